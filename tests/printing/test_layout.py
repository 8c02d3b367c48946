"""Layout lint: no character on a rule, outside its margins or over another, however long the data is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any

import pytest

from app.printing.drawn import Drawn
from app.printing.pdf import draw
from app.printing.sheet import MARGIN, Cell, Row, Sheet, Table, Words
from app.printing.sheets import ability_assessment, recovery_code
from tests.printing import sample
from tests.printing.reading import Box, Edge, Page, read
from tests.printing.test_report import pages

RUNNING = "阿卜杜热依木·买买提吐尔逊·艾合买提江　女　101岁　转诊单编号：ZZ-01-000218"
_SLACK = 0.3  # points
_BAND = 12  # points: only what lies in the same band of a page is held against each other


def problems(drawn: Drawn) -> list[str]:
    """Everything that is wrong with the layout, in words."""
    return [
        f"page {number}: {each}"
        for number, page in enumerate(read(drawn.pdf), 1)
        for each in (*_outside(page), *_crossed(page.boxes, page.edges), *_overlapping(page.boxes))
    ]


def _outside(page: Page) -> list[str]:
    limits = (MARGIN - _SLACK, 14, page.width - MARGIN + _SLACK, page.height - 14)
    return [
        f"{text} outside"
        for left, top, right, bottom, text in page.boxes
        if left < limits[0] or top < limits[1] or right > limits[2] or bottom > limits[3]
    ]


def _crossed(chars: list[Box], edges: list[Edge]) -> list[str]:
    found = []
    bands = defaultdict(list)
    for edge in edges:
        for band in range(int(edge[1] // _BAND), int(edge[3] // _BAND) + 1):
            bands[band].append(edge)
    for left, top, right, bottom, text in chars:
        near = (bands.get(band, ()) for band in range(int(top // _BAND), int(bottom // _BAND) + 1))
        for x0, y0, x1, y1 in chain.from_iterable(near):
            if x0 < right - _SLACK and x1 > left + _SLACK and y0 < bottom - _SLACK and y1 > top + _SLACK:
                found.append(f"{text} on a rule at {left:.0f},{top:.0f}")
                break
    return found


def _overlapping(chars: list[Box]) -> list[str]:
    found = []
    bands = defaultdict(list)
    for char in sorted(chars):
        for band in range(int(char[1] // _BAND), int(char[3] // _BAND) + 1):
            bands[band].append(char)
    for here in bands.values():
        for at, one in enumerate(here):
            for other in islice(here, at + 1, None):  # from left to right: the first beyond ends it
                if other[0] > one[2]:
                    break
                wide = min(one[2], other[2]) - max(one[0], other[0])
                high = min(one[3], other[3]) - max(one[1], other[1])
                if wide > 0.6 and high > 1.2:
                    found.append(f"{one[4]} over {other[4]} at {one[0]:.0f},{one[1]:.0f}")
    return found


def test_the_lint_sees_what_it_is_there_to_see() -> None:
    words = Words("老年人能力评估" * 8)
    crossing = Table((60, 60), (Row((Cell(words, pad=-30), Cell(words)), 0),))
    found = " ".join(problems(draw(Sheet("x", "1", "now", (crossing,)))))
    assert all(word in found for word in ("outside", "on a rule", "over"))


def written(content: str) -> Drawn:
    """A page of A4 with these operators, written by hand."""
    page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
    parts = (
        "1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj",
        "2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj",
        f"3 0 obj <<{page} /Resources <</Font <</F 4 0 R>>>>>> endobj",
        "4 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj",
        f"5 0 obj <</Length {len(content)}>> stream\n{content}\nendstream endobj",
        "trailer <</Root 1 0 R>>",
    )
    return Drawn("\n".join(("%PDF-1.4", *parts)).encode(), 1, (), "", "x.pdf")


def said(words: str, left: float, base: float, size: float = 10) -> str:
    return f"BT /F {size} Tf {left} {base} Td ({words}) Tj ET "


WELL = said("rest", 100, 700) + "q 1 0 0 1 90 690 cm 0 0 60 24 re S Q "


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", []),
        ("BT /F 60 Tf 0.7 0.7 -0.7 0.7 90 640 Tm (draft) Tj ET", []),  # a watermark
        ("95 640 m 200 760 l S", []),  # it slants
        ("80 703 80 1 re f", []),  # a ground, not a rule
        ("80 703 m 100 720 130 720 160 703 c S", []),
        ("90 703 m 103 703 l S", ["r on a rule"]),
        ("q 0.5 0 0 0.5 0 0 cm 180 1406 m 206 1406 l S Q", ["r on a rule"]),
        ("103 650 m 103 660 l 103 698 m 103 711 l S", ["r on a rule"]),  # two lines in one path
        ("90 703 13 40 re S", ["r on a rule"]),
        ("90 703 13 40 re B", ["r on a rule"]),
        ("90 743 m 103 743 l 103 703 l 90 703 l h S", ["r on a rule"]),
        (said("i", 10, 600), ["i outside"]),
        (said("i", 590, 600), ["i outside"]),
        (said("i", 300, 5), ["i outside"]),
        (said("i", 300, 835), ["i outside"]),
        (said("r", 101, 704), ["r over r", "r over e"]),
        (said("rest", 100.5, 700.5), ["over"]),
        (said("r", 100, 700), ["over"]),  # twice the same word in the same place is not seen on the screen
        (said("rest", 100, 700), ["over"] * 4),
        (said("re", 100, 600) + said("re", 100.4, 600), ["over"]),
        ("q 2 0 0 2 0 0 cm " + said("x", 51, 352, 5) + "Q", ["r over x", "x over e"]),
    ],
)
def test_the_lint_sees_each_fault_and_only_that(content: str, found: list[str]) -> None:
    seen = problems(written(WELL + content))
    assert len(seen) >= len(found)
    assert all(any(one in each for each in seen) for one in found), seen
    assert bool(seen) == bool(found), seen


@pytest.mark.parametrize("build", [sample.report, sample.extreme])
def test_the_report_is_laid_out_clean(build: Any) -> None:
    assert problems(ability_assessment.draw(build())) == []


def test_a_reprint_with_a_word_without_end_is_laid_out_clean() -> None:
    data = replace(sample.report(), conclusion="W" * 400 + "（" * 60 + "\n" * 3 + "，" * 80)
    who = replace(data.subject, name="M" * 60, address="9" * 80, contact_phone="0" * 60)
    assert problems(ability_assessment.draw(replace(data, draft=True, subject=who))) == []
    sheet = replace(ability_assessment.sheet(replace(data, subject=who)), running=RUNNING)
    first = "首次打印：2026-11-20 09:12　阿卜杜热依木·买买提吐尔逊·艾合买提江"
    assert problems(draw(sheet, dict.fromkeys(draw(sheet).marks[0], first))) == []


def test_a_conclusion_longer_than_a_page_goes_on_over_the_page() -> None:
    data = replace(sample.report(), conclusion="需要他人全程照护，每2小时翻身1次。" * 200)
    drawn = ability_assessment.draw(data)
    assert problems(drawn) == []
    assert drawn.pages >= 5


def test_the_recovery_page_shows_the_code_in_boxes() -> None:
    groups = ("7K4M", "Q2XD", "9PHT", "W3VA", "C6RN", "Y8FG", "2BKD", "M5QH")
    made = datetime(2026, 11, 18, 9, 30)  # noqa: DTZ001 - local time as printed
    drawn = recovery_code.draw(recovery_code.RecoveryCode("安和市松鹤颐养中心", "01", groups, made, "陈思远"))
    assert problems(drawn) == []
    assert drawn.pages == 1
    (text,) = pages(drawn)
    assert all(group in text for group in groups)
    assert "保管人签名" in text
