"""A sheet becomes a PDF file: pages from the flow, footer, watermark, fonts; the same sheet gives the same bytes.

ReportLab writes the file; text and lines are raw operators that we set ourselves (see the package's docstring).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFPage,
    PDFResourceDictionary,
)

from app.printing.again import NONE, Before, mark_of
from app.printing.drawn import Drawn
from app.printing.embedding import embed, refer, stream
from app.printing.faces import Glyph, glyph
from app.printing.flow import flow
from app.printing.pack import Pack
from app.printing.page import Page
from app.printing.picture import name_of, picture_stream
from app.printing.setting import set_once
from app.printing.sheet import BOTTOM, MARGIN, Ink, Sheet, Stamp, Words
from app.printing.text import number, set_words, show

_FOOT = Ink("song", 8.5, 6, gray=0.3)
_MARGIN_LINE = 16.0  # top of what stands in the margin above
_WATERMARK = 190.0  # size of the two characters, points
_DIAGONAL = 740.0  # what a longer watermark is as long as


def draw(sheet: Sheet, before: Before = NONE) -> Drawn:
    """Draws a sheet: A4, every font embedded, reproducible. Pages that stand in `before` say 补打."""
    return draw_all((sheet,), sheet.title, before)


def draw_all(sheets: Iterable[Sheet], title: str, before: Before = NONE) -> Drawn:
    """Draws several sheets into one file: each begins on its own page and counts its own pages."""
    pages: list[Page] = []
    marks: list[tuple[str, ...]] = []
    for sheet in sheets:
        laid = _laid(sheet, before)
        pages += _paged(sheet, [laid])
        marks.append(laid.marks)
    return _drawn(title, pages, marks)


def draw_pack(pack: Pack, before: Before = NONE) -> Drawn:
    """Draws a pack: each sheet begins on its own page, all pages are counted through."""
    cover = Sheet(pack.title, pack.number, pack.printed, (), draft=pack.draft, watermark=pack.watermark)
    every = [_laid(replace(sheet, draft=sheet.draft or pack.draft), before) for sheet in pack.sheets]
    drawn = _drawn(pack.title, _paged(cover, every), [laid.marks for laid in every])
    return replace(drawn, each=tuple(len(laid.pages) for laid in every))


def _drawn(title: str, pages: list[Page], marks: list[tuple[str, ...]]) -> Drawn:
    used: set[Glyph] = set().union(*(page.glyphs for page in pages))
    data = _file(title, pages, used)
    missing = tuple(sorted({each.missing for each in used if each.missing}))
    sha256 = hashlib.sha256(data).hexdigest()
    return Drawn(data, len(pages), missing, sha256, _file_name(title), marks=tuple(marks))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sheet on its pages, their marks, and of each in words when it was printed first, if it was before."""

    pages: list[Page]
    marks: tuple[str, ...]
    first: tuple[str, ...]


def _laid(sheet: Sheet, before: Before) -> _Laid:
    """Its pages; in the margin above, those that go on say whose they are, those of a reprint that it is one."""
    pages = flow(sheet.parts, sheet.page)
    marks = () if sheet.draft else tuple(map(mark_of, pages))
    first = tuple(before.get(mark, "") for mark in marks) or ("",) * len(pages)
    for at, (page, words) in enumerate(zip(pages, first, strict=True)):
        measure = page.size[0] - 2 * MARGIN
        if words:
            _reprint(page, words, measure / 2)
        if at and sheet.running:
            room = measure / 2 if words else measure
            running = Words(sheet.running, _FOOT, "right", lines=1)
            page.put(set_once(running, room), MARGIN + measure - room, _MARGIN_LINE)
    return _Laid(pages, marks, first)


def _paged(sheet: Sheet, every: list[_Laid]) -> list[Page]:
    """The pages with what the machine prints on each."""
    pages = [each for laid in every for each in zip(laid.pages, laid.first, strict=True)]
    for at, (page, again) in enumerate(pages, 1):
        _footer(page, sheet, f"第 {at} 页　共 {len(pages)} 页", again=bool(again))
        if sheet.draft or sheet.watermark:
            _watermark(page, "草稿" if sheet.draft else sheet.watermark)
    return [page for page, _again in pages]


def _file_name(title: str) -> str:
    return "".join("_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in title) + ".pdf"


def _footer(page: Page, sheet: Sheet, counted: str, *, again: bool) -> None:
    top, measure = page.size[1] - BOTTOM + 10, page.size[0] - 2 * MARGIN
    page.line(MARGIN, MARGIN + measure, top, 0.5, 0.55)
    third = measure * 0.38
    if sheet.number:
        left = Words(f"文书编号：{sheet.number}", _FOOT, lines=1)
        page.put(set_once(left, third), MARGIN, top + 3)
    middle = Words(counted, _FOOT, "center")
    page.put(set_words(middle, measure - 2 * third), MARGIN + third, top + 3)
    right = Words(f"{'补打' if again else '打印'}：{sheet.printed}", _FOOT, "right", lines=1)
    page.put(set_once(right, third), MARGIN + measure - third, top + 3)


def _reprint(page: Page, first: str, room: float) -> None:
    """补打 in the margin above, and when it was printed first."""
    stamp = set_once(Stamp(Words("补打", Ink("heavy", 9.5))), 60)
    page.put(stamp, MARGIN, _MARGIN_LINE - 1.5)
    words = Words(first, _FOOT, lines=1)
    page.put(set_once(words, room - stamp.width - 6), MARGIN + stamp.width + 6, _MARGIN_LINE)


def _watermark(page: Page, words: str) -> None:
    """草稿, or a sentence, across the page, below everything else."""
    glyphs = [glyph(char, "heavy") for char in words]
    turn, size = math.cos(math.radians(45)), min(_WATERMARK, _DIAGONAL / len(glyphs))
    half = len(glyphs) * size / 2 * turn
    left = page.size[0] / 2 - half + 0.38 * size * turn
    low = page.size[1] / 2 - half - 0.38 * size * turn
    matrix = " ".join(map(number, (turn, turn, -turn, turn, left, low)))
    page.ops.insert(0, f"0.9 g BT /heavy {number(size)} Tf {matrix} Tm {show(glyphs)} ET")
    page.glyphs.update(glyphs)


class _Info(PDFInfo):
    """What the file says about itself: nothing that changes from one drawing to the next."""

    producer = creator = author = "CareStation"
    subject = ""


def _file(title: str, pages: list[Page], used: set[Glyph]) -> bytes:
    document = PDFDocument(compression=1, invariant=1, lang="zh-CN")
    document.info = _Info()
    document.info.title = title
    fonts = document.idToObject["BasicFonts"]
    assert isinstance(fonts, PDFDictionary)  # noqa: S101 - what PDFDocument puts there
    for name in sorted({each.face for each in used}):
        fonts[name] = embed(document, name, {each for each in used if each.face == name})
    shown = sorted(set().union(*(page.pictures for page in pages)), key=name_of)
    photos = {name_of(each): refer(document, picture_stream(each)) for each in shown}
    for page in pages:
        content = "\n".join(page.ops)
        document.updateSignature(content)
        leaf = _leaf(document, content, page.size)
        if page.pictures:
            leaf.Resources.XObject = PDFDictionary(
                {name_of(each): photos[name_of(each)] for each in page.pictures}
            )
        document.addPage(leaf)
    return bytes(document.GetPDFData(None))


def _leaf(document: PDFDocument, content: str, size: tuple[float, float]) -> PDFPage:
    """One page of the file; made whole by us, for ReportLab would fill in what only its canvas knows."""
    leaf = PDFPage()
    leaf.Override_default_compilation = 1
    leaf.MediaBox = PDFArray([0, 0, *size])
    leaf.Contents = stream(content.encode("ascii"))
    leaf.Resources = PDFResourceDictionary()
    leaf.Resources.basicFonts()
    leaf.Parent = refer(document, vars(document)["Pages"])  # an attribute the stubs forget
    return leaf
