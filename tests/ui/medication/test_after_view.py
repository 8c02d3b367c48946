"""用药跟踪 by keys: an effect, a matter decided, a countersignature; what is refused stays as typed."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.giving import GivePrn
from app.medication.orders import OrderForm, Prn
from app.medication.rules.regime import PRN
from tests.app.medication.house import drug
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.assessments.room import keys
from tests.ui.medication.room import DAY, Stage, Ward, back, press, sheet, standing_at, until
from ui.medication.after_sheets import CountersignSheet, DecideSheet, EffectSheet
from ui.medication.after_view import AfterView

ENTER = Qt.Key.Key_Return


def _pain_killer(ward: Ward) -> None:
    form = OrderForm(
        drug("对乙酰氨基酚").code,
        {"way": "same", "amount": "1"},
        kind=PRN,
        unit="片",
        prn=Prn("疼痛", 360, 4),
    )
    issued = ward.issue(form)[0]
    ward.put(10)
    ward.do(GivePrn(issued.rid, "左膝疼痛 NRS 4"))


def _shown(view: AfterView) -> list[str]:
    return [row.title for row in view.table.rows_model.rows]


async def test_nothing_to_follow_says_what_would_be_here(ward: Ward) -> None:
    async with standing_at(ward, "after-doses") as (_stage, view):
        assert "没有要跟踪的用药" in view.state.words


async def test_an_effect_is_a_digit_and_words(ward: Ward) -> None:
    _pain_killer(ward)
    ward.put(10, 40)
    async with standing_at(ward, "after-doses") as (stage, view):
        assert _shown(view) == ["评价效果"]
        press(view.table, ENTER)
        asked = await sheet(EffectSheet)
        press(asked.effect, "2")
        QTest.keyClick(asked.words, ENTER)
        await until(lambda: "没有好转请写明" in asked.labelled.error.text())
        assert asked.effect.key == "same"
        keys("通知医生，半小时后再看")
        QTest.keyClick(asked.words, ENTER)
        await back(stage)
        await stage.settle()
        assert _shown(view) == []


async def test_a_matter_is_closed_with_words(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    for step in range(3):
        day = DAY + timedelta(days=step)
        ward.put(8, 10, day)
        ward.not_given(ward.slot("08:00", day=day), 1)
    async with standing_at(ward, "after-doses", {"view": "matters"}) as (stage, view):
        assert _shown(view) == ["多次拒服"]
        press(view.table, ENTER)
        asked = await sheet(DecideSheet)
        press(asked.words, ENTER)
        await until(lambda: "核实" in asked.labelled.error.text())
        keys("医生看过，改晚上服")
        press(asked.words, ENTER)
        await back(stage)
        await stage.settle()
        assert _shown(view) == []
        assert "没有要核实的事" in view.state.words


async def test_a_countersignature_by_whoever_gave_it_is_refused(ward: Ward) -> None:
    ward.order("门冬胰岛素", "6")
    ward.put(7, 50)
    ward.measure("glucose", "8.9")
    ward.give(ward.slot("08:00"), alone="夜班一人值班", check="key")
    async with standing_at(ward, "after-doses") as (stage, view):
        press(view.table, ENTER)
        asked = await sheet(CountersignSheet)
        await _sign(stage, asked, Role.NURSE)
        await until(lambda: "给药的人不能" in asked.wrong)
        asked.number.clear()
        await _sign(stage, asked, Role.HEAD_NURSE)
        await back(stage)
        await stage.settle()
        assert _shown(view) == []


async def _sign(stage: Stage, asked: CountersignSheet, role: Role) -> None:
    asked.number.setFocus()
    keys(PEOPLE[role].number)
    asked.secret.setFocus()
    asked.secret.clear()
    keys(PASSWORD)
    await stage.settle()
    press(QApplication.focusWidget() or asked, ENTER)
