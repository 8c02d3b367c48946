"""Layout lint: no character on a rule, outside its margins or over another, however long the data is."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any

import pdfplumber
import pytest
from pdfminer.layout import LTChar, LTContainer, LTLine, LTRect

from app.printing.pdf import draw
from app.printing.sheet import MARGIN, Cell, Drawn, Row, Sheet, Table, Words
from app.printing.sheets import ability_assessment, recovery_code
from tests.printing import sample

_SLACK = 0.3  # points
_BAND = 12  # points: only what lies in the same band of a page is held against each other


Box = tuple[float, float, float, float, str]
Edge = tuple[float, float, float, float]


def drawn_on(layout: Any) -> Iterator[Any]:
    """Every character and shape of a page as the reader found it (pdfplumber's own dictionaries take twice as long)."""
    for each in layout:
        if isinstance(each, LTContainer):
            yield from drawn_on(each)
        else:
            yield each


def boxes(page: Any) -> list[Box]:
    """Ink boxes (left, top, right, bottom, character) from each character's base line; the watermark left out."""
    out = []
    for char in drawn_on(page.layout):
        if isinstance(char, LTChar) and char.get_text().strip() and not char.matrix[1]:  # turned: a watermark
            top = float(page.height) - char.matrix[5] - 0.86 * char.size
            out.append((char.x0, top, char.x1, top + 0.96 * char.size, char.get_text()))
    return out


def rules(page: Any) -> list[Edge]:
    """Every stroked edge as a thin box: table rules, check boxes, frames of bars; slanting lines (curves) left out."""
    out = []
    for shape in drawn_on(page.layout):
        if not isinstance(shape, LTRect | LTLine) or not shape.stroke:
            continue
        high = float(page.height)
        left, top, right, bottom = shape.x0, high - shape.y1, shape.x1, high - shape.y0
        if isinstance(shape, LTLine) and right - left > _SLACK and bottom - top > _SLACK:
            continue
        out += [(left, top, right, top), (left, bottom, right, bottom)]
        out += [(left, top, left, bottom), (right, top, right, bottom)]
    return out


def problems(drawn: Drawn) -> list[str]:
    """Everything that is wrong with the layout, in words."""
    found = []
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            chars = boxes(page)
            found += [
                f"page {number}: {each}" for each in _outside(page, chars) + _crossed(chars, rules(page))
            ]
            found += [f"page {number}: {each}" for each in _overlapping(chars)]
    return found


def _outside(page: Any, chars: list[tuple[float, float, float, float, str]]) -> list[str]:
    limits = (MARGIN - _SLACK, 14, float(page.width) - MARGIN + _SLACK, float(page.height) - 14)
    return [
        f"{text} outside"
        for left, top, right, bottom, text in chars
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


@pytest.mark.parametrize("build", [sample.report, sample.extreme])
def test_the_report_is_laid_out_clean(build: Any) -> None:
    assert problems(ability_assessment.draw(build())) == []


def test_a_reprinted_draft_with_a_word_without_end_is_laid_out_clean() -> None:
    data = replace(
        sample.report(), draft=True, reprint=True, conclusion="W" * 400 + "（" * 60 + "\n" * 3 + "，" * 80
    )
    who = replace(data.subject, name="M" * 60, address="9" * 80, contact_phone="0" * 60)
    assert problems(ability_assessment.draw(replace(data, subject=who))) == []


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
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        text = document.pages[0].extract_text().replace(" ", "").replace("\n", "")
    assert all(group in text for group in groups)
    assert "保管人签名" in text
