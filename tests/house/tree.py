"""The files of the house, each read and parsed once."""

from __future__ import annotations

import ast
import fnmatch
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("app/", "ui/", "db/", "packaging/", "tests/")
SAMPLES = "tests/samples/"  # input as institutions send it, in their encodings: no text of ours


@dataclass(frozen=True)
class Source:
    """One text file: its path from the root, with forward slashes, and its text."""

    path: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        """The parsed Python code."""
        return ast.parse(self.text, filename=self.path)

    @functools.cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the tree, walked once for all rules."""
        return tuple(ast.walk(self.tree))

    @functools.cached_property
    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.text.splitlines()

    @property
    def is_python(self) -> bool:
        """Python code, wherever it stands."""
        return self.path.endswith(".py")

    @property
    def is_test(self) -> bool:
        """Anything under tests/."""
        return self.path.startswith("tests/")

    @property
    def is_migration(self) -> bool:
        """A version of the schema, frozen when it was released."""
        return self.path.startswith("db/migrations/versions/")


def paths(root: Path = ROOT) -> Iterator[str]:
    """Every file that is ours: what .gitignore names is not, nor is git's own folder."""
    patterns = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [".git", *(line.strip("/") for line in patterns if line and not line.startswith("#"))]
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not _matches(name, ignored))
        for name in sorted(files):
            if not _matches(name, ignored):
                yield (Path(folder) / name).relative_to(root).as_posix()


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


@functools.cache
def sources() -> tuple[Source, ...]:
    """Every text file of the house (UTF-8, at most 1 MB: larger ones are data)."""
    found = []
    for path in paths():
        file = ROOT / path
        if file.stat().st_size <= 1_000_000 and not path.startswith(SAMPLES):
            data = file.read_bytes()
            if b"\0" not in data:
                found.append(Source(path, data.decode("utf-8")))
    return tuple(found)
