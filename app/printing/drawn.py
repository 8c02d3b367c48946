"""A sheet that was drawn: the file, and what is known of it without reading it."""

from __future__ import annotations

from dataclasses import dataclass

Marks = tuple[tuple[str, ...], ...]
"""Of each sheet the marks of its pages, by which a reprint is known; drafts have none."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet drawn: the file, how many pages, which characters no font held, and the file's fingerprint."""

    pdf: bytes
    pages: int
    missing_glyphs: tuple[str, ...]
    sha256: str
    file_name: str  # suggested: what a person can find again, without signs that Windows forbids
    signature: str = ""  # what became of a digital signature; empty: none was asked for
    marks: Marks = ()
    each: tuple[int, ...] = ()  # of a pack: the pages of each sheet in turn
