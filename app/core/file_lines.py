"""Where in the text of a TOML file a refusal points: the line of a key, or of a code a sentence names."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]\s]+)\s*\]\]?")
_KEY = re.compile(r"^\s*\"?([A-Za-z0-9_.\-]+)\"?\s*=")
_PLACE = re.compile(r"\[[0-9]+\]")
_NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-/]*")


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) of a path such as `dimension[1].item[2].name`, or of the longest part of it that is known."""
    known = _lines(text)
    while path:
        if path in known:
            return known[path]
        cut = max(path.rfind("."), path.rfind("["))
        path = path[:cut] if cut > 0 else ""
    return None


def line_naming(text: str, sentence: str) -> int | None:
    """The first line that holds, as a quoted text, a code named in a sentence."""
    lines = text.splitlines()
    for name in _NAMED.findall(sentence):
        for number, line in enumerate(lines, 1):
            if f'"{name}"' in line:
                return number
    return None


def _lines(text: str) -> Mapping[str, int]:
    """Line by path of every header and key; tables written in one line are known by the key they stand under."""
    known: dict[str, int] = {}
    counts: dict[str, int] = {}
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header is not None:
            here = _placed(header.group(2), counts, array=header.group(1) == "[[")
            known.setdefault(here, number)
            known.setdefault(_PLACE.sub("", here), number)
        elif (key := _KEY.match(line)) is not None:
            known.setdefault(f"{here}.{key.group(1)}" if here else key.group(1), number)
    return known


def _placed(name: str, counts: dict[str, int], *, array: bool) -> str:
    """A header with the place in each array it lies in: `dimension.item` may be `dimension[2].item[1]`."""
    parts = name.split(".")
    path = ""
    for depth, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        last = depth == len(parts) - 1
        if last and array:
            counts[path] = counts.get(path, 0) + 1
            for inner in [one for one in counts if one.startswith(f"{path}[{counts[path]}].")]:
                del counts[inner]
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
