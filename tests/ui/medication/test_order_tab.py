"""A resident's orders by keys: stop, cancel, pause, check, change, copy; each repeats the order it is about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.queries.order_lists import OrdersOf
from app.medication.rules.states import Standing
from tests.support.layout import lint
from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import PAPER, form, tap, transcribed
from tests.ui.medication.room import Stage, Ward, back, sheet, shown, standing_at, until
from ui.kit import Sheet
from ui.medication.order_act_sheets import CancelSheet, CheckSheet, DetailSheet, PauseSheet, StopSheet
from ui.medication.order_tab import OrderTab
from ui.medication.order_view import OrderView

ENTER = Qt.Key.Key_Return


@asynccontextmanager
async def _tab(ward: Ward, size: tuple[int, int] = (1440, 900)) -> AsyncIterator[tuple[Stage, OrderTab]]:
    params = {"resident": ward.li, "tab": "medication"}
    async with standing_at(ward, "chart", params, size=size) as (stage, chart):
        await until(lambda: isinstance(chart._made.get("medication"), OrderTab))
        tab = chart._made["medication"]
        await until(lambda: tab.orders is not None)
        await stage.settle()
        tab.arrive()
        yield stage, tab


async def _act(stage: Stage, key: Qt.Key, kind: type[Sheet], *words: str) -> None:
    """A key, the sheet it opens, a word in each field, Enter; the sheet closes."""
    tap(key)
    await sheet(kind)
    for place, said in enumerate(words):
        if place:
            tap(Qt.Key.Key_Tab)
        keys(said)
    tap(ENTER)
    await until(lambda: QApplication.activeModalWidget() is None)
    await back(stage)


async def test_an_empty_tab_says_how_orders_come_here(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with _tab(ward) as (stage, tab):
        assert tab.state.words == "还没有医嘱"
        tap(Qt.Key.Key_N)
        await shown(stage, OrderView)


async def test_a_doctor_stops_with_a_reason(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    async with _tab(ward) as (stage, _):
        await _act(stage, Qt.Key.Key_S, StopSheet, "肌痛")
    assert ward.ask(OrdersOf(ward.li)).over[0].ended_why == "肌痛"


async def test_a_nurse_who_stops_is_asked_for_the_doctor_beside_its_field(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.become(Role.NURSE)
    async with _tab(ward) as (stage, _):
        tap(Qt.Key.Key_S)
        asked = await sheet(StopSheet)
        keys("肌痛")
        tap(ENTER)
        await until(lambda: "医师" in asked.fields["doctor_name"].error.text())
        assert asked.why.text() == "肌痛"
        keys("陈永康")
        tap(ENTER)
        await until(lambda: QApplication.activeModalWidget() is None)
        await back(stage)
    assert ward.ask(OrdersOf(ward.li)).over[0].ended_why == "肌痛（陈永康医嘱）"


async def test_a_time_that_cannot_be_is_said_beside_the_time(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    async with _tab(ward) as (stage, _):
        tap(Qt.Key.Key_S)
        asked = await sheet(StopSheet)
        keys("肌痛")
        asked.at.setFocus()
        keys("不知道")
        tap(ENTER)
        await until(lambda: "明天" in asked.fields["at"].error.text())
        assert asked.why.text() == "肌痛"
        tap(Qt.Key.Key_Escape)
        await back(stage)


async def test_cancelled_stays_in_red_with_who_and_why(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", checked=False)
    ward.become(Role.DOCTOR)
    async with _tab(ward) as (stage, tab):
        tap(Qt.Key.Key_X)
        asked = await sheet(CancelSheet)
        keys("开错老人")
        assert asked.main is not None
        asked.main.setFocus()  # a grave act is never done by a stray Enter in the field
        tap(Qt.Key.Key_Space)
        await until(lambda: QApplication.activeModalWidget() is None)
        await back(stage)
        await until(lambda: bool(tab.orders and tab.orders.over))
        cell = tab.table.rows_model.columns[1].cell(tab.table.rows_model.rows[0])
        assert "取消　陈永康" in cell.under  # type: ignore[union-attr]  # a thing with words below
        assert cell.under_ink == "danger.text"  # type: ignore[union-attr]  # the same
        assert lint(stage.frame) == []


async def test_paused_and_resumed_by_the_same_key(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    async with _tab(ward) as (stage, tab):
        await _act(stage, Qt.Key.Key_P, PauseSheet, "禁食检查")
        await until(lambda: tab.orders.long[0].standing is Standing.PAUSED)  # type: ignore[union-attr]  # it shows
        tap(Qt.Key.Key_P)
        await until(lambda: tab.orders.long[0].status == "checked")  # type: ignore[union-attr]  # it shows
        assert "已恢复" in stage.frame.notice.text()


async def test_checked_by_another_and_refused_to_the_writer(ward: Ward) -> None:
    transcribed(ward, form(**PAPER))
    async with _tab(ward) as (stage, _):
        tap(Qt.Key.Key_C)
        asked = await sheet(CheckSheet)
        tap(ENTER)
        await until(lambda: "另一位" in asked.notice.text())
        tap(Qt.Key.Key_Escape)
        await back(stage)
    ward.become(Role.HEAD_NURSE)
    async with _tab(ward) as (stage, _):
        await _act(stage, Qt.Key.Key_C, CheckSheet)
    assert ward.ask(OrdersOf(ward.li)).long[0].checked_by == "周敏"


@pytest.mark.parametrize("key", [Qt.Key.Key_M, Qt.Key.Key_A])
async def test_changed_and_copied_into_the_form(ward: Ward, key: Qt.Key) -> None:
    ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    async with _tab(ward) as (stage, _):
        tap(key)
        view = await shown(stage, OrderView)
        await until(lambda: view.fields.drug.drug is not None)
        assert (view.replaced is not None) == (key == Qt.Key.Key_M)


async def test_enter_shows_everything_about_it(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", indication="高脂血症")
    async with _tab(ward) as (stage, _):
        tap(ENTER)
        asked = await sheet(DetailSheet)
        assert lint(asked) == []
        tap(Qt.Key.Key_Escape)
        await back(stage)


async def test_l_prints_the_sheet_of_orders_and_g_shows_the_month(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    async with _tab(ward) as (stage, _):
        tap(Qt.Key.Key_L)
        await until(lambda: stage.place == "preview")
    async with _tab(ward) as (stage, _):
        tap(Qt.Key.Key_G)
        await until(lambda: stage.place == "month-grid")
        assert stage.place == "month-grid"


async def test_who_may_not_order_is_told_who_may(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.become(Role.CAREGIVER)
    async with _tab(ward) as (stage, _):
        tap(Qt.Key.Key_N)
        await until(lambda: "开立医嘱" in stage.frame.notice.text())
        tap(Qt.Key.Key_S)
        await stage.settle()
        assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("size", [(1366, 768), (1000, 620)])
async def test_it_fits(ward: Ward, size: tuple[int, int]) -> None:
    ward.issue(
        form("阿托伐他汀"), form("氨氯地平", "5"), form("二甲双胍", "0.5", frequency="tid", own_supply=True)
    )
    transcribed(
        ward, form("氯吡格雷", "75", **(PAPER | {"hospital": "山西省人民医院心血管内科二病区出院带药"}))
    )
    async with _tab(ward, size) as (stage, _):
        assert lint(stage.frame) == []
