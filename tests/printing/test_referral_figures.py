"""The sheet of figures of referrals: clean pages, every figure with its denominator, every definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.printing.referral_figures_data import ReferralFiguresOf, span_words
from app.printing.registry import SHEETS, offered
from app.printing.sheets.referral_figures import FigureLine
from app.referrals.figures.lists import lists
from tests.app.referrals.contracted import signed
from tests.app.referrals.figured import years
from tests.app.referrals.house import Desk, desk_of
from tests.printing.test_layout import problems
from tests.printing.test_vital_sheets import lines_of

LONG = "新疆维吾尔自治区巴音郭楞蒙古自治州若羌县人民医院医养结合转诊协作中心（东院区）"


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


def drawn(desk: Desk, first: date, last: date, **more: Any) -> list[str]:
    data = desk.ask(ReferralFiguresOf(desk.station.settings.institution_id, first, last, **more))
    return lines_of(clean(data).pdf)


def clean(data: Any) -> Any:
    made = SHEETS["referral-figures"].draw(data)
    assert made.missing_glyphs == ()
    assert problems(made) == []
    return made


def test_the_words_of_a_year(desk: Desk) -> None:
    desk.become(Role.DOCTOR)
    years(desk, 120, 300)
    signed(desk)
    lines = drawn(desk, date(2026, 1, 1), date(2026, 12, 31))
    text = "".join(lines).replace(" ", "")
    assert "统计时间：2026年" in text
    for kind in lists().groups.values():
        assert kind.definition.replace(" ", "")[:12] in text, kind.code
    assert "NEWS2" in text
    assert "24/119份" in text or "24/120份" in text


def test_an_empty_month_is_printed_too(desk: Desk) -> None:
    desk.become(Role.NURSE)
    text = "".join(drawn(desk, date(2026, 9, 1), date(2026, 9, 30))).replace(" ", "")
    assert "0份，不计算" in text
    assert "没有" in text


def test_long_names_do_not_run_over(desk: Desk) -> None:
    desk.become(Role.NURSE)
    years(desk, 30, 200)
    data = desk.ask(ReferralFiguresOf(desk.li, date(2026, 1, 1), date(2026, 12, 31)))
    first = data.sections[0]
    groups = tuple(
        replace(one, lines=(*one.lines, FigureLine(LONG, "1,234 份", f"8 %（1234 / 15000 份）{LONG}", 0.08)))
        for one in first.groups
    )
    clean(replace(data, sections=(replace(first, groups=groups), *data.sections[1:])))


def test_spans_in_words() -> None:
    assert span_words(date(2026, 11, 1), date(2026, 11, 30)) == "2026 年 11 月"
    assert span_words(date(2026, 10, 1), date(2026, 12, 31)) == "2026 年第 4 季度"
    assert span_words(date(2026, 10, 1), date(2026, 12, 30)) == "2026-10-01 至 2026-12-30"


def test_it_is_no_sheet_of_one_resident(desk: Desk) -> None:
    assert "referral-figures" not in {kind.name for kind in offered()}
    desk.become(Role.NURSE)
    with pytest.raises(Refusal, match="没有这一层"):
        drawn(desk, date(2026, 11, 1), date(2026, 11, 30), record=desk.li)
