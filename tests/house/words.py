"""What things are called, what their first line says, and the words that have no place here."""

from __future__ import annotations

import ast
import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house.tree import Source

# A name like these says that nobody knew what the thing is for.
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|misc|common|shared|libs?|managers?|handlers?)$", re.IGNORECASE)
EMPTY_ENDINGS = re.compile(r"(Manager|Helper|Handler|Utils?|Impl)$")

# Files whose first line is a comment; Python files begin with a docstring instead.
COMMENTED = (".toml", ".sh", ".qss", "Makefile", ".ci/run", ".editorconfig", ".gitattributes", ".gitignore")

# Written in rot13, or this file would accuse itself: registry hosts, machine paths, tools that are not the project.
_PRIVATE = codecs.decode(
    r"clcv\.bet|clgubaubfgrq|aczwf|qro\.qrovna|tbbtyrncvf|/jbex/|/ebbg/|/ubzr/[n-m]|naguebcvp|pynhqr|bcranv|"
    r"pungtcg|pbcvybg|ynathntr zbqry|pb-nhguberq-ol|\ovffhrf? #?\q",
    "rot13",
)
PRIVATE_WORDS = re.compile(_PRIVATE, re.IGNORECASE)

EXCUSE = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover)(?P<rest>[^\n]*)")
CODES = re.compile(r"^(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*|\[[\w, -]+\])?")


def name_says_something(source: Source) -> Iterator[str]:
    """No file or folder is called after nothing (utils, misc, common …), alone or as a part of its name."""
    for part in PurePosixPath(source.path).parts:
        for word in re.split(r"[_.-]", part):
            if EMPTY_NAMES.match(word):
                yield f"“{part}” says nothing: name it after what it does"


def class_says_something(source: Source) -> Iterator[str]:
    """No class ends in Manager, Helper, Handler, Util, Impl."""
    if source.is_python:
        for node in source.nodes:
            if isinstance(node, ast.ClassDef) and EMPTY_ENDINGS.search(node.name):
                yield f"class {node.name} (line {node.lineno}): name it after what it is"


def first_line_says_what_for(source: Source) -> Iterator[str]:
    """The first line is a sentence that says what the file is for (after the shebang, where there is one)."""
    lines = [line for line in source.lines[:2] if not line.startswith("#!")]
    first = lines[0] if lines else ""
    if source.is_python:
        sentence = first.removeprefix('r"""').removeprefix('"""')
        if not first.startswith(('"""', 'r"""')) or not _is_sentence(sentence.removesuffix('"""')):
            yield f"begins with {first[:60]!r} instead of a docstring that says in a sentence what it is for"
    elif source.path.endswith(COMMENTED):
        mark = "/*" if source.path.endswith(".qss") else "#"
        if not first.startswith(mark) or len(first.split()) < 4:
            yield f"begins with {first[:60]!r} instead of a comment that says what it is for"


def excuse_has_a_reason(source: Source) -> Iterator[str]:
    """Who silences a tool names the rule and says why, in the same comment."""
    if not source.is_python or source.path.startswith("tests/house/"):
        return
    for number, line in enumerate(source.lines, 1):
        if excuse := EXCUSE.search(line):
            reason = CODES.sub("", excuse["rest"]).strip(" #-–—:;.")
            if len(reason.split()) < 2:
                yield f"line {number} silences a tool without saying why"


def speaks_of_itself_alone(source: Source) -> Iterator[str]:
    """No host of a registry, no folder of somebody's machine, no tracker's number, no tool that wrote it."""
    for number, line in enumerate(source.lines, 1):
        if found := PRIVATE_WORDS.search(line):
            yield f"line {number} speaks of “{found[0]}”"


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 3 and text.rstrip()[-1:] in ".:!?。：" and text.rstrip()[-1:] != ""
