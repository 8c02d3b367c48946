"""What stands on the pages of a PDF, as pdfium finds it: every character with its ink box, every stroked edge."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float, str]
Edge = tuple[float, float, float, float]
_Point = tuple[float, float]

_STRAIGHT = 0.3  # points: a line that leaves its row or column by more slants
_SQUARE = 0.01
_FIRST_HALF, _SECOND_HALF = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # of a character beyond 16 bits
_HYPHEN = 2  # what pdfium says of a hyphen at the end of a line


@dataclass(frozen=True)
class Page:
    """Ink boxes (left, top, right, bottom, character) and edges as thin boxes, in points from the top left corner."""

    width: float
    height: float
    boxes: list[Box]
    edges: list[Edge]


def read(pdf: bytes) -> list[Page]:
    """Every page; what is turned (a watermark) is left out, and so are slanting lines and curves."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[at]) for at in range(len(document))]
    finally:
        document.close()


def _page(page: Any) -> Page:
    width, height = page.get_size()
    objects = list(_objects(page.raw))
    paths = [one for one in objects if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_PATH]
    texts = [one for one in objects if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_TEXT]
    edges = [edge for one in paths for edge in _edges(one, height)]
    return Page(width, height, _boxes(page, texts, height), edges)


def _objects(page: Any) -> Iterator[Any]:
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        found = pdfium.FPDFPage_GetObject(page, at)
        assert pdfium.FPDFPageObj_GetType(found) != pdfium.FPDF_PAGEOBJ_FORM, "a form: its parts are not read"
        yield found


def _matrix(found: Any) -> Any:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, matrix)
    return matrix


def _address(found: Any) -> int:
    return ctypes.cast(found, ctypes.c_void_p).value or 0


@dataclass(frozen=True)
class _Run:
    """One text object: its size on the page (0: it is turned), its font and how wide the font's characters are."""

    size: float
    font: Any
    widths: dict[tuple[int, int], float]  # by font and character, of all runs of a document

    @classmethod
    def of(cls, found: Any, widths: dict[tuple[int, int], float]) -> _Run:
        size, matrix = ctypes.c_float(), _matrix(found)
        pdfium.FPDFTextObj_GetFontSize(found, size)
        return cls(0 if matrix.b else size.value * matrix.d, pdfium.FPDFTextObj_GetFont(found), widths)

    def width(self, said: str) -> float:
        key = (_address(self.font), ord(said))
        if key not in self.widths:
            width = ctypes.c_float()
            pdfium.FPDFFont_GetGlyphWidth(self.font, ord(said), 1000, width)
            self.widths[key] = width.value / 1000
        return self.widths[key] * self.size


def _boxes(page: Any, texts: list[Any], height: float) -> list[Box]:
    """From each character's base line; a run pdfium passes over (the same words once more) is one box."""
    widths: dict[tuple[int, int], float] = {}
    runs = {_address(one): _Run.of(one, widths) for one in texts}
    text = page.get_textpage()
    seen, out = set(), []
    x, y = ctypes.c_double(), ctypes.c_double()
    for at, address, said in _characters(text.raw):
        run = runs.get(address)
        if run is None:  # a blank pdfium made up between two runs
            continue
        seen.add(address)
        if run.size and said.strip():
            pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
            top = height - y.value - 0.86 * run.size
            right = x.value + run.width(said) if run.width(said) else _right(text.raw, at)
            out.append((x.value, top, right, top + 0.96 * run.size, said))
    text.close()
    return out + [_whole(one, height) for one in texts if _address(one) not in seen and _inked(one)]


def _right(text: Any, at: int) -> float:
    """Where a character ends whose width the font does not say."""
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, at, loose)
    return float(loose.right)


def _characters(text: Any) -> Iterator[tuple[int, int, str]]:
    """(place, address of its text object, character)."""
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _SECOND_HALF:
            continue
        if code in _FIRST_HALF:
            code = 0x10000 + ((code - 0xD800) << 10) + pdfium.FPDFText_GetUnicode(text, at + 1) - 0xDC00
        yield at, _address(pdfium.FPDFText_GetTextObject(text, at)), "-" if code == _HYPHEN else chr(code)


def _bounds(found: Any) -> Edge:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(found, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _inked(found: Any) -> bool:
    left, bottom, right, top = _bounds(found)
    return right > left and top > bottom and not _matrix(found).b


def _whole(found: Any, height: float) -> Box:
    left, bottom, right, top = _bounds(found)
    return left, height - top, right, height - bottom, "words"


def _edges(path: Any, height: float) -> Iterator[Edge]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not stroke.value:
        return
    for points in _drawn(path):
        high = [height - y for _, y in points]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(high), max(high)
        if len(points) == 2 and right - left > _STRAIGHT and bottom - top > _STRAIGHT:
            continue
        yield from ((left, top, right, top), (left, bottom, right, bottom))
        yield from ((left, top, left, bottom), (right, top, right, bottom))


def _drawn(path: Any) -> Iterator[list[_Point]]:
    """The lines and rectangles of a path: points where they stand on the page."""
    matrix, x, y = _matrix(path), ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    curved = False
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if not curved and _edged(points):
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        points.append((across, matrix.b * x.value + matrix.d * y.value + matrix.f))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2 and points[-1] != points[0]:
            points.append(points[0])
    if not curved and _edged(points):
        yield points


def _edged(points: list[_Point]) -> bool:
    """A line, or a rectangle that comes back to where it began."""
    if len(points) != 5:
        return len(points) == 2
    if any(abs(a - b) > _SQUARE for a, b in zip(points[0], points[4], strict=True)):
        return False
    turns = [(abs(b[0] - a[0]) < _SQUARE, abs(b[1] - a[1]) < _SQUARE) for a, b in pairwise(points)]
    first = all(one[at % 2] for at, one in enumerate(turns))
    return first or all(one[1 - at % 2] for at, one in enumerate(turns))
