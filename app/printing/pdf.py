"""A sheet becomes a PDF file: pages from the flow, footer, watermark, fonts; the same sheet gives the same bytes.

ReportLab writes the file; text and lines are raw operators that we set ourselves (see the package's docstring).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import replace

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFPage,
    PDFResourceDictionary,
)

from app.printing.embedding import embed, refer, stream
from app.printing.faces import Glyph, glyph
from app.printing.flow import flow
from app.printing.pack import Pack
from app.printing.page import Page
from app.printing.picture import name_of, picture_stream
from app.printing.setting import set_once
from app.printing.sheet import BOTTOM, MARGIN, Drawn, Ink, Sheet, Stamp, Words
from app.printing.text import number, set_words, show

_FOOT = Ink("song", 8.5, 6, gray=0.3)
_WATERMARK = 190.0  # size of the two characters, points
_DIAGONAL = 740.0  # what a longer watermark is as long as


def draw(sheet: Sheet) -> Drawn:
    """Draws a sheet: A4, every font embedded, reproducible."""
    return draw_all((sheet,), sheet.title)


def draw_all(sheets: Iterable[Sheet], title: str) -> Drawn:
    """Draws several sheets into one file: each begins on its own page and counts its own pages."""
    return _drawn(title, [page for sheet in sheets for page in _paged(sheet, _laid(sheet))])


def draw_pack(pack: Pack) -> Drawn:
    """Draws a pack: each sheet begins on its own page, all pages are counted through."""
    cover = Sheet(pack.title, pack.number, pack.printed, (), draft=pack.draft, watermark=pack.watermark)
    laid = [_laid(sheet) for sheet in pack.sheets]
    drawn = _drawn(pack.title, _paged(cover, [page for pages in laid for page in pages]))
    return replace(drawn, each=tuple(map(len, laid)))


def _drawn(title: str, pages: list[Page]) -> Drawn:
    used: set[Glyph] = set().union(*(page.glyphs for page in pages))
    data = _file(title, pages, used)
    missing = tuple(sorted({each.missing for each in used if each.missing}))
    return Drawn(data, len(pages), missing, hashlib.sha256(data).hexdigest(), _file_name(title))


def _laid(sheet: Sheet) -> list[Page]:
    """Its pages; those that go on say whose they are above the type area."""
    pages = flow(sheet.parts, sheet.page)
    if sheet.running:
        for page in pages[1:]:
            measure = page.size[0] - 2 * MARGIN
            page.put(set_once(Words(sheet.running, _FOOT, "right", lines=1), measure), MARGIN, 16)
    return pages


def _paged(sheet: Sheet, pages: list[Page]) -> list[Page]:
    """The pages with what the machine prints on each."""
    for at, page in enumerate(pages, 1):
        _footer(page, sheet, at, len(pages))
        if sheet.draft or sheet.watermark:
            _watermark(page, "草稿" if sheet.draft else sheet.watermark)
    return pages


def _file_name(title: str) -> str:
    return "".join("_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in title) + ".pdf"


def _footer(page: Page, sheet: Sheet, at: int, total: int) -> None:
    top, measure = page.size[1] - BOTTOM + 10, page.size[0] - 2 * MARGIN
    page.line(MARGIN, MARGIN + measure, top, 0.5, 0.55)
    third = measure * 0.38
    if sheet.number:
        left = Words(f"文书编号：{sheet.number}", _FOOT, lines=1)
        page.put(set_once(left, third), MARGIN, top + 3)
    middle = Words(f"第 {at} 页　共 {total} 页", _FOOT, "center")
    page.put(set_words(middle, measure - 2 * third), MARGIN + third, top + 3)
    right = Words(f"打印：{sheet.printed}", _FOOT, "right", lines=1)
    page.put(set_once(right, third), MARGIN + measure - third, top + 3)
    if sheet.reprint:
        stamp = set_once(Stamp(Words("补打", Ink("heavy", 11))), 60)
        page.put(stamp, MARGIN, 16)


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
