"""The fonts of the paper: which face has which character, how wide it is, and in what order faces are asked.

A *face* is one font file. A *chain* is the order in which faces are asked for a character: the wanted face,
then rare Han, then signs, last 楷体, which alone has some characters of names (𠮷). A character that no face
holds prints as 〓 and is reported, never left out silently.

A character's code in the file (CID) is its glyph number; a glyph that serves two characters (⼀ and 一) gets
a code of its own for each further one, so that copying text out of the file gives back what was put in.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFontFile

from app.core.resources import resource

TOFU = "〓"
# Marks without a shape of their own: joiners, direction marks, variation selectors, byte order mark.
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")

# Scripts written from the right need joining and turning, which we do not do: better a reported 〓 than a wrong word.
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))

FILES = {
    "song": "NotoSerifSC-Regular.ttf",
    "hei": "NotoSansSC-Regular.ttf",
    "heavy": "NotoSansSC-SemiBold.ttf",
    "kai": "LXGWWenKai-Regular.ttf",
    "rare": "CareStationRareHan-Regular.ttf",
    "signs": "DejaVuSans.ttf",
    "emoji": "NotoEmoji-Regular.ttf",
}
_REST = ("rare", "signs", "emoji")
CHAINS = {
    "song": ("song", *_REST, "kai"),  # body
    "hei": ("hei", "song", *_REST, "kai"),  # small print on screens of paper: scales, captions
    "heavy": ("heavy", "song", *_REST, "kai"),  # headings, figures that must stand out
    "kai": ("kai", "song", *_REST),  # what a person filled in
}


class _Part:
    """A stretch of a font file that copies only what is asked of it: the outlines alone are 10 MB."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _FontFile(TTFontFile):
    """A font file whose outlines are not copied whole for every subset (that cost 1 ms a font)."""

    def get_table(self, tag: str) -> bytes | _Part:
        if tag == "glyf":
            start, _length = self.get_table_pos(tag)
            return _Part(vars(self)["_ttf_data"], start)
        table: bytes = super().get_table(tag)  # type: ignore[no-untyped-call]  # the same
        return table


class Face:
    """One font file, read once (40-50 ms): widths in thousandths of the size, and codes of its characters."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.font = _FontFile(str(resource("fonts", FILES[name])))
        self.glyphs: dict[int, int] = {code: glyph for code, glyph in self.font.charToGlyph.items() if glyph}
        self._widths: dict[int, float] = self.font.charWidths
        self._codes = _codes(self.glyphs, len(self.font.hmetrics))

    def has(self, char: str) -> bool:
        """Whether the face can show the character."""
        return ord(char) in self.glyphs

    def width(self, char: str) -> float:
        """Advance width in thousandths of the size."""
        return self._widths[ord(char)]

    def code(self, char: str) -> int:
        """The two-byte code that stands for the character in a page's text."""
        return self._codes[ord(char)]


def _codes(glyphs: dict[int, int], count: int) -> dict[int, int]:
    """Character -> code: its glyph number; later characters on the same glyph get numbers behind the last glyph."""
    codes: dict[int, int] = {}
    taken: set[int] = set()
    spare = count
    for char in sorted(glyphs):
        glyph = glyphs[char]
        if glyph in taken:
            codes[char] = spare
            spare += 1
        else:
            codes[char] = glyph
            taken.add(glyph)
    return codes


_reading = threading.Lock()


@cache
def _read(name: str) -> Face:
    return Face(name)


def face(name: str) -> Face:
    """The face of that name; read at first use, by one thread only."""
    with _reading:
        return _read(name)


def warm() -> None:
    """Reads the faces every sheet needs (about 0.3 s); call it in the background after sign-in."""
    for name in ("song", "heavy", "kai", "hei"):
        face(name)


class Glyph(NamedTuple):
    """What prints for one character."""

    face: str
    code: str  # four hex digits, ready for a text operator
    width: float  # thousandths of the size
    char: str  # what copying it gives back
    missing: str = ""  # the character for which 〓 stands in


@lru_cache(maxsize=65536)
def glyph(char: str, chain: str) -> Glyph:
    """The glyph that prints for a character, from the first face of the chain that has it; else 〓."""
    for name in CHAINS[chain] if unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT else ():
        found = face(name)
        if found.has(char):
            return Glyph(name, f"{found.code(char):04X}", found.width(char), char)
    if char == TOFU:
        raise LookupError(f"no face of the chain {chain!r} holds {TOFU}")
    return glyph(TOFU, chain)._replace(missing=char)


def clean(text: str) -> str:
    """Text as it can be printed: tabs become spaces, marks without a shape and control characters go."""
    if text.isprintable():
        return text
    kept = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        if char == "\t":
            kept.append(" ")
        elif char == "\n" or (ord(char) >= 0x20 and char not in INVISIBLE and not "\x7f" <= char <= "\x9f"):
            kept.append(char)
    return "".join(kept)
