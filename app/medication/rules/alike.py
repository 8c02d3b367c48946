"""Names that are mistaken for each other: which characters tell them apart, so that these can be made to stand out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Piece:
    """A part of a name; `differs`: it is not in the other name at this place."""

    text: str
    differs: bool = False


def pieces(name: str, others: Iterable[str]) -> tuple[Piece, ...]:
    """`格列美脲` beside `格列齐特` is `格列` and, told apart, `美脲`."""
    marked = [False] * len(name)
    for other in others:
        for tag, start, end, _, _ in SequenceMatcher(None, name, other, autojunk=False).get_opcodes():
            if tag != "equal":
                marked[start:end] = [True] * (end - start)
    found: list[Piece] = []
    for sign, differs in zip(name, marked, strict=True):
        if found and found[-1].differs == differs:
            found[-1] = Piece(found[-1].text + sign, differs)
        else:
            found.append(Piece(sign, differs))
    return tuple(found)
