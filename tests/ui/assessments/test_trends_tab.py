"""评估 in the chart by keys alone: what is due, the curves, two records compared; loading, empty, refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.assessments.content import Content
from app.assessments.instruments import shipped
from app.assessments.service import Retract, SaveDraft
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.course import assessed
from tests.app.assessments.people import filled, signed
from tests.support.layout import lint
from tests.support.station import become
from tests.ui.residents.stage import TODAY, Stage, on_stage, people, until
from ui.assessments.pick_sheet import PickSheet
from ui.assessments.trends_tab import TrendsTab
from ui.kit import Tag, Words, keys_here
from ui.kit.rows_model import CELL_ROLE

Down, Up, Left, Right = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right
Space, Enter, Home, End = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_End
MORSE, GB = "morse", "gbt42195-2022"
FALLS = ((600, (0, 0, 0, 0, 0, 0)), (200, (1, 0, 0, 0, 0, 0)), (5, (1, 1, 1, 0, 1, 0)))
"""Days ago, and the digits of Morse: 0, 25, 65 points."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return people(station, 2)[0]


@pytest.fixture
def course(station: Station, rid: UUID) -> UUID:
    """Three times Morse and two ability assessments."""
    for days, digits in FALLS:
        assessed(station, rid, MORSE, ago(days), digits)
    for days, points in ((300, 72), (20, 60)):
        signed(station, rid, replace(filled(station, points), assessed_on=ago(days)))
    return rid


@asynccontextmanager
async def opened(
    station: Station, rid: UUID, size: tuple[int, int] = (1440, 900)
) -> AsyncIterator[tuple[Stage, TrendsTab]]:
    async with on_stage(station, size) as stage:
        view = stage.view("chart", {"resident": rid, "tab": "assessments"})
        await stage.settle()
        tab = view._made["assessments"]
        assert isinstance(tab, TrendsTab)
        await until(lambda: tab.trends is not None)
        await stage.settle()
        yield stage, tab


async def to_newest(stage: Stage, tab: TrendsTab) -> None:
    """To the newest record, below what is due."""
    await press(stage, Home)
    while tab.record is None:
        await press(stage, Down)


async def press(stage: Stage, *keys: Qt.Key) -> None:
    """Keys where the focus is, each once all is answered."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        await stage.settle()


def listed(tab: TrendsTab) -> list[str]:
    model = tab.table.rows_model
    return [
        " | ".join(
            str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
            for column in range(model.columnCount())
        ).strip(" |")
        for row in range(model.rowCount())
    ]


def chosen(tab: TrendsTab) -> str:
    return next(chip.text() for chip in tab.chips.group.buttons() if chip.isChecked())


def changed(tab: TrendsTab) -> list[str]:
    """What the comparison says of single items."""
    found = tab.comparison.comparison
    return [] if found is None else [found.words(one) for one in found.items]


async def test_the_list_has_every_instrument_newest_first_and_what_is_due_on_top(
    station: Station, course: UUID
) -> None:
    station.desk.do_now(SaveDraft(course, "braden", Content(assessed_on=TODAY)))
    async with opened(station, course) as (_stage, tab):
        rows = listed(tab)
        records = [row for row in rows if not row.startswith(("待评", "草稿"))]
        assert [row.split(" | ")[:2] for row in records[:2]] == [
            [f"Morse跌倒 {ago(5)} · 林晓燕", "高风险 65 分"],
            [f"能力评估 {ago(20)} · 林晓燕、沈思远", "中度失能 60 分"],
        ]
        assert rows[: len(rows) - len(records)] == [row for row in rows if row.startswith(("待评", "草稿"))]
        assert any(row.startswith("草稿：Braden压疮 林晓燕 · 已填 0 项") for row in rows)
        assert any(row.startswith("待评：") and "逾期" in row for row in rows)
        assert [chip.text() for chip in tab.chips.group.buttons()] == ["全部 5", "能力评估 2", "Morse跌倒 3"]


async def test_arrows_choose_the_instrument_and_enter_opens(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        assert tab.table.hasFocus()
        await press(stage, Right, Right)
        assert chosen(tab) == "Morse跌倒 3"
        await press(stage, End)
        assert tab.record is not None
        assert (tab.record.total, tab.curve.said.text()) == (
            0,
            f"{ago(600)}　0 分　低风险　入住评估　林晓燕",
        )
        await press(stage, Up, Enter)
        assert tab.trends is not None
        assert stage.visits.seen[-1] == ("assessment", {"assessment": tab.trends.of(MORSE)[1].record})


async def test_a_due_one_is_begun_by_enter(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Home)
        row = tab.table.current()
        assert row is not None
        assert row.due is not None
        await press(stage, Enter)
        key, params = stage.visits.seen[-1]
        assert key == "assessment"
        assert params == {
            "resident": course,
            "instrument": row.due.instrument,
            "occasion": row.due.occasion,
        }


async def test_the_curve_is_walked_by_arrows_and_the_list_goes_along(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Right, Right, Qt.Key.Key_Q)
        chart = tab.curve.chart
        assert chart.hasFocus()
        assert chart.plot is not None
        assert [one.words for one in chart.plot.stripes] == ["低风险", "中风险", "高风险"]
        assert [(one.label, one.mark) for one in chart.plot.curves[0].spots] == [
            ("0", "dot"),
            ("25", "triangle"),
            ("65", "square"),
        ]
        assert chart.read_out() == f"{ago(5)}　总分 65 分 高风险"
        await press(stage, Left)
        assert chart.read_out() == f"{ago(200)}　总分 25 分 中风险"
        assert tab.record is not None
        assert tab.record.total == 25
        assert tab.curve.said.text().startswith(f"{ago(200)}　25 分　中风险")
        assert changed(tab) == ["变差：跌倒史 0→25"]
        assert tab.record_shown() == ("assessment", tab.record.record)
        await press(stage, Enter)
        assert stage.visits.seen[-1] == ("assessment", {"assessment": tab.record.record})


async def test_what_changed_since_the_time_before_and_between_two_marked_with_space(
    station: Station, course: UUID
) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Right, Right)
        await to_newest(stage, tab)
        assert changed(tab) == [
            "变差：超过1个医学诊断 0→15",
            "变差：行走辅助 0→15",
            "变差：步态 0→10",
        ]
        assert tab.comparison.heading.text() == "与上次相比"
        assert "下降" not in [tag.text() for tag in tab.comparison.findChildren(Tag)]
        await press(stage, Space, End, Space)
        assert [row.split(" · ")[0] for row in listed(tab) if "已选作比较" in row] == [
            "Morse跌倒 已选作比较"
        ] * 2
        assert tab.comparison.heading.text() == "两次相比"
        assert changed(tab)[0] == "变差：跌倒史 0→25"
        assert len(changed(tab)) == 4
        await press(stage, Space)  # no longer marked
        assert tab.comparison.heading.text() == "与上次相比"
        assert tab.comparison.nothing.text().startswith("这是第一次评估")


async def test_two_are_chosen_in_the_lists_too(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Right, Right, Home, Qt.Key.Key_C)
        assert tab.comparison.older.hasFocus()
        assert tab.comparison.older.currentText() == f"{ago(200)}　25 分"
        await press(stage, Down)  # the next older one
        assert tab.comparison.older.currentText() == f"{ago(600)}　0 分"
        assert len(changed(tab)) == 4
        assert len(tab.beside.marks) == 2


async def test_ability_falls_where_a_high_score_is_good(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Right, Home)
        assert chosen(tab) == "能力评估 2"
        words = [one.text() for one in tab.comparison.findChildren(Words)]
        assert any(one.startswith(f"相隔 {280} 天：下降") for one in words)
        assert "下降　总分 72→60" in [tag.text() for tag in tab.comparison.findChildren(Tag)]


async def test_refused_ones_are_crosses_and_have_nothing_to_compare(station: Station, course: UUID) -> None:
    refused = assessed(station, course, MORSE, ago(2), "拒绝评估")
    async with opened(station, course) as (stage, tab):
        await press(stage, Right, Right)
        await to_newest(stage, tab)
        assert tab.record is not None
        assert tab.record.record == refused
        plot = tab.curve.chart.plot
        assert plot is not None
        assert [(one.words, one.spots[-1].mark) for one in plot.curves] == [
            ("总分", "square"),
            ("未评", "cross"),
        ]
        assert tab.comparison.nothing.text() == "这次没有评成：拒绝评估"
        await press(stage, Down)
        assert len(changed(tab)) == 3  # against the one before, not against the refused one


async def test_a_matrix_is_drawn_as_steps_of_its_levels(station: Station, rid: UUID) -> None:
    nine = shipped()["nine-risk"]
    assessed(station, rid, "nine-risk", ago(200), dict.fromkeys(nine.items, 0))
    async with opened(station, rid) as (stage, tab):
        await press(stage, Right)
        plot = tab.curve.chart.plot
        assert plot is not None
        assert plot.axis is not None
        assert plot.curves[0].steps
        assert plot.axis.words == ("2级", "1级", "0级")
        assert tab.curve.chart.read_out() == f"{ago(200)}　等级 无风险"


async def test_scales_are_a_table_by_date(station: Station, rid: UUID) -> None:
    tcm = shipped()["tcm33"]
    calm = dict.fromkeys(tcm.items, 1)
    assessed(station, rid, "tcm33", ago(300), calm)
    assessed(station, rid, "tcm33", ago(3), {**calm, "2": 4, "3": 4, "4": 3, "14": 3})
    async with opened(station, rid) as (stage, tab):
        await press(stage, Right, Home)
        assert tab.curve.scales.isVisible()
        words = [one.text() for one in tab.curve.scales.findChildren(Words) if one.text()]
        assert words[:2] == [str(ago(3)), str(ago(300))]
        place = words.index("气虚质")
        assert words[place : place + 3] == ["气虚质", "14 是", "4 否"]
        assert "变差　气虚质 4 否→14 是" in [tag.text() for tag in tab.comparison.findChildren(Tag)]


async def test_it_hears_of_what_others_sign_and_retract(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Right, Right)
        record = assessed(station, course, MORSE, ago(1), (0, 0, 0, 0, 0, 0))
        await until(lambda: chosen(tab) == "Morse跌倒 4")
        await stage.settle()
        station.desk.do_now(Retract(record, "笔误"))
        await until(lambda: chosen(tab) == "Morse跌倒 3")


async def test_nothing_yet_says_what_would_be_here(station: Station, rid: UUID) -> None:
    """Somebody who only enquired has neither records nor anything due."""
    async with opened(station, rid) as (_stage, tab):
        assert not tab.state.words  # what is due at the admission stands there
        assert tab.beside.state.words == "这种量表还没有评估过"
        assert all(row.startswith("待评") for row in listed(tab))


async def test_any_other_instrument_is_begun_from_here(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await press(stage, Qt.Key.Key_A)
        await until(lambda: any(one.isVisible() for one in tab.findChildren(PickSheet)))
        sheet = next(one for one in tab.findChildren(PickSheet) if one.isVisible())
        await until(lambda: bool(sheet.table.rows_model.rows) and not sheet.errands.running)
        sheet.table.pick("frail")
        QTest.keyClick(sheet.table, Enter)
        await stage.settle()
        key, params = stage.visits.seen[-1]
        assert (key, params["resident"], params["instrument"]) == ("assessment", course, "frail")


async def test_its_keys_are_told(station: Station, course: UUID) -> None:
    async with opened(station, course) as (_stage, tab):
        told = {key.shown: key.words for key in keys_here(tab.table)}
        assert {"←", "→", "空格", "Enter", "Q", "J", "C", "A"} <= set(told)
        assert tab.table.model().index(0, 0).data(CELL_ROLE) is not None


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (900, 640)])
async def test_nothing_is_clipped(station: Station, course: UUID, size: tuple[int, int]) -> None:
    async with opened(station, course, size) as (stage, tab):
        await press(stage, Right, Right)
        await until(lambda: lint(tab) == [])
        tab.turn_to("curve")
        await stage.settle()
        await until(lambda: lint(tab) == [])


async def test_what_is_compared_can_be_printed(station: Station, course: UUID) -> None:
    async with opened(station, course) as (stage, tab):
        await to_newest(stage, tab)
        await until(tab.comparison.print_button.isVisible)
        QTest.mouseClick(tab.comparison.print_button, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "preview")
        await stage.settle()
        view: Any = stage.frame.pages.view
        await until(lambda: view.drawn is not None)
        assert view.drawn.file_name.startswith("评估对比 ")
        await press(stage, Qt.Key.Key_Escape)
        assert stage.place == "chart"
