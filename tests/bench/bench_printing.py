"""How fast the ability report is drawn, beside QPdfWriter drawing the same text and rules at the same places.

QPdfWriter is given every line with its place, size and font: it measures, breaks and lays out nothing. Our side does
all of it from the sheet. Both embed subsets of the same font files.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

import pdfplumber
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageSize, QPainter, QPdfWriter

from app.core.resources import resource
from app.printing.faces import FILES, warm
from app.printing.pdf import draw
from app.printing.sheet import Sheet
from app.printing.sheets.ability_assessment import sheet
from app.printing.sheets.ability_report import AbilityReport
from tests.printing import sample

ROUNDS = 7
_DPI = 72


@dataclass(frozen=True)
class Run:
    """Characters of one font on one base line: left and base line in points from the top left corner."""

    left: float
    base: float
    size: float
    face: str
    text: str


Paper = list[tuple[list[Run], list[QRectF]]]


def _read(pdf: bytes) -> Paper:
    """What stands on the pages of our own file, as runs and rules."""
    names = {
        "Serif": "song",
        "SemiBold": "heavy",
        "Sans": "hei",
        "WenKai": "kai",
        "Rare": "rare",
        "DejaVu": "signs",
    }
    paper: Paper = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            runs = []
            for _, group in groupby(
                page.chars, lambda each: (each["matrix"][5], each["fontname"], each["size"])
            ):
                chars: list[dict[str, Any]] = list(group)
                face = next(face for part, face in names.items() if part in chars[0]["fontname"])
                text = "".join(each["text"] for each in chars)
                base = float(page.height) - chars[0]["matrix"][5]
                runs.append(Run(chars[0]["x0"], base, chars[0]["size"], face, text))
            rules = [QRectF(e["x0"], e["top"], e["width"], e["height"]) for e in page.rects if e["stroke"]]
            paper.append((runs, rules))
    return paper


def _qt(paper: Paper, fonts: dict[str, tuple[str, str]]) -> int:
    """Draws the pages with QPdfWriter; gives back the size of the file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(writer.pageLayout().margins() * 0)
    painter = QPainter(writer)
    made: dict[tuple[str, float], QFont] = {}
    for number, (runs, rules) in enumerate(paper):
        if number:
            writer.newPage()
        for run in runs:
            key = (run.face, run.size)
            if key not in made:
                family, style = fonts[run.face]
                made[key] = QFontDatabase.font(family, style, 10)
                made[key].setPointSizeF(run.size)
            painter.setFont(made[key])
            painter.drawText(QPointF(run.left, run.base), run.text)
        painter.drawRects(rules)
    painter.end()
    return buffer.size()


def _fonts() -> dict[str, tuple[str, str]]:
    loaded = {}
    for face, file in FILES.items():
        number = QFontDatabase.addApplicationFont(str(resource("fonts", file)))
        family = QFontDatabase.applicationFontFamilies(number)[0]
        style = "SemiBold" if face == "heavy" else "Regular"
        loaded[face] = (family, style)
    return loaded


def _reports(count: int) -> list[AbilityReport]:
    """Different residents, so that no cell with a name in it is found in the cache."""
    base = sample.report()
    return [
        replace(base, number=f"SH-PG-{n:06}", subject=replace(base.subject, name=f"李{chr(0x4E00 + 37 * n)}"))
        for n in range(count)
    ]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _compare(label: str, sheets: list[Sheet], fonts: dict[str, tuple[str, str]]) -> tuple[str, float, str]:
    """Median of interleaved rounds: our seconds for each sheet, QPdfWriter's for the text of the first."""
    first = draw(sheets[0])
    paper = _read(first.pdf)
    _qt(paper, fonts)
    ours, theirs = [], []
    for each in sheets[1:]:
        ours.append(_seconds(partial(draw, each)))
        theirs.append(_seconds(partial(_qt, paper, fonts)))
    mine, other = statistics.median(ours), statistics.median(theirs)
    note = f"{first.pages / mine:.0f} against {first.pages / other:.0f} pages per CPU second"
    return label, other / mine, note


def _long(reports: list[AbilityReport]) -> Sheet:
    """Many reports in one file."""
    first = sheet(reports[0])
    return replace(first, parts=tuple(part for report in reports for part in sheet(report).parts))


def run() -> list[tuple[str, float, str]]:
    """Lines for `make bench`: our pages per CPU second over QPdfWriter's, for one report and for a long file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    warm()
    fonts = _fonts()
    assert application is not None
    reports = _reports(ROUNDS + 1 + 4 * 30)
    single = [sheet(report) for report in reports[: ROUNDS + 1]]
    long = [_long(reports[at : at + 30]) for at in range(ROUNDS + 1, len(reports), 30)]
    return [
        _compare("ability report, pages per second / QPdfWriter", single, fonts),
        _compare("30 reports in one file, pages per second / QPdfWriter", long, fonts),
    ]


if __name__ == "__main__":
    for label, ratio, note in run():
        sys.stdout.write(f"{label}: {ratio:.2f} ({note})\n")
