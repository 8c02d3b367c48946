"""Orders by keys: pinyin, Enter, dose, Enter, Ctrl+Enter; nothing typed is lost by a refusal or another place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.queries.order_lists import OrdersOf
from app.residents.stating import AddAllergy, AllergyForm
from tests.support.layout import lint
from tests.ui.assessments.room import focused, keys
from tests.ui.medication.order_room import CONTROL, PAPER, choose, form, pick, prove, tap
from tests.ui.medication.room import DAY, Ward, at, back, sheet, shown, standing_at, until
from ui.kit.why_sheet import WhySheet
from ui.medication.order_sign_sheets import HeardSheet, OrdersSheet
from ui.residents.chart_view import ChartView

ENTER = Qt.Key.Key_Return


async def test_a_usual_order_is_a_handful_of_keys(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    ward.put(9)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "atftt")
        keys("20")
        await until(lambda: "11-25" in view.fields.preview.text() or "首次" in view.fields.preview.text())
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        await stage.settle()
        await pick(stage, view, "aldp")
        keys("5")
        tap(ENTER, held=CONTROL)
        await prove(stage, Role.DOCTOR, OrdersSheet)
        await shown(stage, ChartView)
        assert "已开立 2 条医嘱" in stage.frame.notice.text()
    long = ward.ask(OrdersOf(ward.li)).long
    assert [(one.words, one.dose, one.status) for one in long] == [
        ("阿托伐他汀片", "20 mg", "issued"),
        ("氨氯地平片", "5 mg", "issued"),
    ]
    assert long[1].begins == at(8, 0, DAY + timedelta(days=1))


async def test_a_wrong_dose_is_said_beside_the_dose_and_stays(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys(".5")
        tap(ENTER)
        await stage.settle()
        assert "小数点前要有 0" in view.fields.dose.error("amount")
        assert view.fields.dose.input("amount").text() == ".5"
        assert view.basket.lines == ()
        tap(Qt.Key.Key_Home)
        keys("0")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)


async def test_a_medicine_is_asked_for_first(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        tap(ENTER, held=CONTROL)
        await until(lambda: "还没有填医嘱" in stage.frame.notice.text())
        view.fields.dose.focus_on("amount")
        keys("5")
        tap(ENTER)
        await until(lambda: "请选药品" in view.fields.drug.error.text())
        assert view.fields.dose.input("amount").text() == "5"


async def test_a_wrong_password_loses_nothing(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys("5")
        tap(ENTER, held=CONTROL)
        asked = await sheet(OrdersSheet)
        keys("wrong1234")
        tap(ENTER)
        await until(lambda: bool(asked.wrong))
        tap(Qt.Key.Key_Escape)
        await back(stage)
        assert len(view.basket.lines) == 1
        assert ward.ask(OrdersOf(ward.li)).rows == ()


async def test_insulin_differs_by_the_time_of_day(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "mdyds")
        view.fields.dose.input("way").button("times").setFocus()
        tap(Qt.Key.Key_Space)
        await until(view.fields.rows.isVisible)
        await choose(stage, view.fields.dose.input("frequency"), "mrlc")
        await until(lambda: len(view.fields.rows.fields) == 2)
        view.fields.rows.focus_first()
        keys("12")
        tap(ENTER)
        keys("8")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        assert "08:00 12 U、17:30 8 U" in view.basket.lines[0].words


async def test_a_weekly_medicine_demands_its_weekday(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "allsn")
        keys("70")
        tap(ENTER)
        await until(lambda: "星期几" in view.fields.rest.error("weekdays"))
        tap(Qt.Key.Key_Space)
        await stage.settle()
        view.fields.dose.focus_on("amount")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        assert "每周一次 周一" in view.basket.lines[0].words


async def test_what_is_typed_comes_back_after_another_place(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys("5")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        await stage.settle()
        await pick(stage, view, "atftt")
        keys("20")
        await view.leave()
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, again):
        await until(lambda: "已恢复" in stage.frame.notice.text())
        assert [line.row.title[:4] for line in again.basket.lines] == ["氨氯地平"]
        assert again.fields.drug.drug.name == "阿托伐他汀"
        assert again.fields.dose.input("amount").text() == "20"


async def test_a_nurse_transcribes_with_the_source(ward: Ward) -> None:
    ward.become(Role.NURSE)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys("5")
        view.fields.rest.focus_on("doctor_name")
        keys("王建国")
        tap(ENTER)
        keys("市中心医院")
        tap(ENTER, held=CONTROL)
        await shown(stage, ChartView)
    row = ward.ask(OrdersOf(ward.li)).long[0]
    assert (row.doctor, row.hospital, row.unsigned_by is not None) == ("王建国", "市中心医院", True)


async def test_without_the_doctors_name_the_nurse_is_told_where(ward: Ward) -> None:
    ward.become(Role.NURSE)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys("5")
        tap(ENTER, held=CONTROL)
        await until(lambda: "医师姓名" in view.fields.rest.error("doctor_name"))
        assert view.fields.dose.input("amount").text() in ("5", "5 mg")
        assert ward.ask(OrdersOf(ward.li)).rows == ()


@pytest.mark.parametrize("alone", [False, True])
async def test_a_verbal_order_is_read_back(ward: Ward, *, alone: bool) -> None:
    ward.become(Role.NURSE)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "fsm")
        keys("20")
        view.fields.dose.input("kind").button("stat").setFocus()
        tap(Qt.Key.Key_Space)
        await stage.settle()
        view.fields.rest.focus_on("verbal")
        keys("陈永康")
        tap(ENTER, held=CONTROL)
        asked = await sheet(HeardSheet)
        if alone:
            asked.switch.setFocus()
            tap(Qt.Key.Key_Space)
            keys("夜班一人")
            tap(ENTER)
            await until(lambda: QApplication.activeModalWidget() is None)
            await back(stage)
        else:
            await prove(stage, Role.HEAD_NURSE, HeardSheet)
        await shown(stage, ChartView)
    row = ward.ask(OrdersOf(ward.li)).once[0]
    assert row.status == "checked"
    assert ("仅一人：夜班一人" if alone else "周敏听到") in row.verbal


async def test_a_change_is_another_order_and_asks_why(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li, "replaces": issued.rid}) as (stage, view):
        await until(lambda: view.fields.drug.drug is not None)
        assert issued.number in view.pieces.replaced.text()
        view.fields.dose.focus_on("amount")
        focused().selectAll()  # type: ignore[attr-defined]  # the line of the dose
        keys("40")
        tap(ENTER, held=CONTROL)
        asked = await sheet(OrdersSheet)
        asked.secret.setFocus()
        keys("x")
        asked.why.setFocus()
        keys("血脂未达标")
        await prove(stage, Role.DOCTOR, OrdersSheet)
        await shown(stage, ChartView)
    orders = ward.ask(OrdersOf(ward.li))
    assert [one.dose for one in orders.long] == ["40 mg"]
    assert "血脂未达标" in orders.over[0].ended_why


async def test_a_nurse_who_changes_says_why(ward: Ward) -> None:
    issued = ward.issue(form("阿托伐他汀", "20"))[0]
    ward.become(Role.NURSE)
    params = {"resident": ward.li, "replaces": issued.rid}
    async with standing_at(ward, "order", params) as (stage, view):
        await until(lambda: view.fields.drug.drug is not None)
        view.fields.rest.set_values(PAPER)
        view.fields.dose.focus_on("amount")
        tap(ENTER, held=CONTROL)
        await sheet(WhySheet)
        keys("出院医嘱改量")
        tap(ENTER)
        await until(lambda: QApplication.activeModalWidget() is None)
        await back(stage)
        await shown(stage, ChartView)
    assert "出院医嘱改量" in ward.ask(OrdersOf(ward.li)).over[0].ended_why


async def test_a_line_of_the_basket_is_taken_back_and_dropped(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys("5")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        tap(Qt.Key.Key_T, held=CONTROL)
        await until(lambda: view.fields.drug.drug is not None)
        assert view.basket.lines == ()
        assert view.fields.dose.input("amount").text() == "5"
        view.fields.dose.focus_on("amount")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        view.drop(0)
        assert view.basket.lines == ()


async def test_allergies_stand_above_the_form_as_they_become_known(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        assert "不详" in view.pieces.allergies.accessibleName()
        ward.do(AddAllergy(ward.li, AllergyForm("青霉素类", told_by="家属")))
        await until(lambda: "青霉素类" in view.pieces.allergies.accessibleName())
        await stage.settle()
        assert lint(stage.frame) == []


async def test_without_a_resident_it_says_how_to_come_here(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order") as (_stage, view):
        assert view.state.words == "没有选中老人"
