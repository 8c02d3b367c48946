"""The sheets of the round: when needed, corrected, closed; a refusal stands beside its field and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.medication.orders import OrderForm, Prn
from app.medication.queries import PrnOrders
from app.medication.rules.slots import DoseState
from tests.app.medication.house import drug
from tests.support.acts import count
from tests.support.hands import type_text
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.medication.room import DAY, Stage, Ward, back, press, sheet, standing_at, until
from ui.medication.correct_dose_sheet import CorrectDoseSheet
from ui.medication.dose_detail import DoseDetailSheet
from ui.medication.prn_sheet import PrnSheet
from ui.medication.round_close_sheet import CloseDosesSheet

ENTER, ESCAPE, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
CONTROL = Qt.KeyboardModifier.ControlModifier


def _prn(ward: Ward, name: str = "对乙酰氨基酚", **more: object) -> None:
    """An order for pain: not before six hours have passed, at most four times in a day."""
    limits = Prn("疼痛", 360, 4)
    form = OrderForm(drug(name).code, {"way": "same", "amount": "0.5"}, kind="prn", prn=limits, **more)  # type: ignore[arg-type]  # more are fields
    ward.issue(form)


def _said(stage: Stage) -> str:
    return stage.frame.notice.text()


async def test_when_needed_with_why_and_refused_before_its_time(ward: Ward) -> None:
    _prn(ward)
    ward.order("阿托伐他汀", "20")
    ward.put(9)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, "p")
        prn = await sheet(PrnSheet)
        await until(prn.answers.why.hasFocus)
        press(prn.answers.why, ENTER)
        await until(lambda: prn.answers.fields["why"].error.text() == "请写明为什么用药。")
        type_text(prn.answers.why, "头痛 NRS 5")
        press(prn.answers.why, ENTER)
        await back(stage)
        assert "已给 09:00，09:30–10:00 看效果并记录" in _said(stage)
        ward.put(11)
        press(view.grid, "p")
        prn = await sheet(PrnSheet)
        await until(lambda: "15:00 后才能再给" in prn.notice.text())
        assert "距上次不足6小时" in prn.notice.text()
        type_text(prn.answers.why, "头痛")
        press(prn.answers.why, ENTER)
        await until(lambda: "11-24 15:00 后才能再给" in prn.answers.fields["why"].error.text())
        assert prn.answers.why.text() == "头痛"
        press(prn, ESCAPE)
        await back(stage)
        (row,) = ward.ask(PrnOrders(ward.li))
        assert (row.now.in_24h, row.may, row.most) == (1, False, 4)
        assert count(ward.station, "dose") == 1


async def test_without_orders_when_needed_the_sheet_says_how_they_come(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(9)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, "p")
        prn = await sheet(PrnSheet)
        await until(lambda: prn.state.words != "")
        assert prn.state.words == "没有必要时医嘱"
        press(prn, ESCAPE)
        await back(stage)


async def test_an_injection_when_needed_takes_the_second_person(ward: Ward) -> None:
    form = OrderForm(
        drug("门冬胰岛素").code, {"way": "same", "amount": "4"}, kind="prn", prn=Prn("血糖大于 16", 240, 3)
    )
    ward.issue(form)
    ward.order("阿托伐他汀", "20")
    ward.put(9)
    ward.measure("glucose", "12.2")
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, "p")
        prn = await sheet(PrnSheet)
        await until(prn.answers.why.hasFocus)
        type_text(prn.answers.why, "血糖 12.2")
        press(prn.answers.why, ENTER)
        await until(lambda: "第二人" in prn.answers.fields["number"].error.text())
        type_text(prn.answers.number, PEOPLE[Role.HEAD_NURSE].number)
        type_text(prn.answers.secret, "Wrong-2026")
        press(prn.answers.secret, ENTER)
        await until(lambda: prn.answers.fields["secret"].error.text() != "")
        prn.answers.secret.clear()
        type_text(prn.answers.secret, PASSWORD)
        press(prn.answers.secret, ENTER)
        await back(stage)
        assert "已给 09:00" in _said(stage)


async def test_a_record_is_corrected_and_taken_away_as_an_error(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, "e")
        assert "没有记录" in _said(stage)
        press(view.grid, SPACE)
        await stage.settle()
        press(view.grid, "e")
        fix = await sheet(CorrectDoseSheet)
        assert fix.form.values()["at"] == "2026-11-24 08:10"
        fix.form.set_values({"outcome": "1"})
        QTest.keyClick(fix, ENTER, CONTROL)
        await until(lambda: fix.form.error("reason") != "")
        fix.form.set_values({"reason": "笔误"})
        QTest.keyClick(fix, ENTER, CONTROL)
        await back(stage)
        assert ward.slot("08:00").state is DoseState.REFUSED
        await until(lambda: view.grid.sheet.lines[0].cells[0].face.words == "拒服 1")
        press(view.grid, "e")
        fix = await sheet(CorrectDoseSheet)
        fix.form.set_values({"outcome": "given", "amount": ".5", "reason": "笔误"})
        QTest.keyClick(fix, ENTER, CONTROL)
        await until(lambda: "小数点前要有 0" in fix.form.error("amount"))
        fix.form.set_values({"amount": "10", "at": "2026-11-24 08:05"})
        QTest.keyClick(fix, ENTER, CONTROL)
        await back(stage)
        assert ward.slot("08:00").state is DoseState.PARTIAL
        await until(lambda: view.grid.sheet.lines[0].cells[0].face.words == "部分 1")
        press(view.grid, "e")
        fix = await sheet(CorrectDoseSheet)
        fix.form.set_values({"outcome": "error", "reason": "笔误"})
        QTest.keyClick(fix, ENTER, CONTROL)
        await back(stage)
        assert ward.slot("08:00").state is DoseState.DUE


async def test_of_several_records_the_details_ask_which(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("甲钴胺", "0.5")
    ward.put(8, 10)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, SPACE)
        await stage.settle()
        press(view.grid, "e")
        detail = await sheet(DoseDetailSheet)
        assert sum("林晓燕 11-24 08:10 记为“已给药”" in words for words in detail.told) == 2
        press(detail, "2")
        fix = await sheet(CorrectDoseSheet)
        assert "甲钴胺" in fix.title.text()
        press(fix, ESCAPE)
        await back(stage)


async def test_a_shift_is_closed_over_the_list_of_its_blanks(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("甲钴胺", "0.5")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(14, 50)
    async with standing_at(ward, "medication") as (stage, view):
        QTest.keyClick(view.grid, ENTER, CONTROL)
        closing = await sheet(CloseDosesSheet)
        await until(lambda: len(closing.rows) == 3)
        assert closing.main is not None
        assert closing.main.text().strip() == "结束本班（还差 3 次原因）"
        press(closing.table, "5")
        assert closing.words.hasFocus()
        type_text(closing.words, "停水")
        QTest.keyClick(closing.words, ENTER)
        ward.give(ward.slot("08:00", "甲钴胺"), late="外出检查")  # the other nurse knows what became of it
        await until(lambda: len(closing.rows) == 2)
        press(closing.table, "2")
        QTest.keyClick(closing.table, ENTER, CONTROL)
        await back(stage)
        assert _said(stage) == "11-24 白班给药已结束，2 次记为漏给。"
        said = {one.recorded.words for one in ward.board().slots if one.recorded is not None}
        assert {"其他：停水", "忙未顾上"} <= {words.removeprefix("漏给：") for words in said}


async def test_an_earlier_shift_is_pointed_out_until_it_is_settled(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(9, 0, DAY + timedelta(days=1))
    async with standing_at(ward, "medication") as (stage, view):
        assert view.pieces.strip.text() == "前面的班还有没记录的给药：11-24 白班 1 次"
        QTest.mouseClick(view.pieces.strip.button, Qt.MouseButton.LeftButton)
        closing = await sheet(CloseDosesSheet)
        await until(lambda: len(closing.rows) == 1)
        assert view.board is not None
        assert closing.shift[0] == DAY
        press(closing.table, "2", ENTER)
        await back(stage)
        assert view.board.day == DAY
        view.opened({})
        await stage.settle()
        assert view.pieces.strip.text() == ""


async def test_what_waits_after_midnight_is_pointed_out_before_it(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", times=("00:00",), frequency="qd")
    ward.order("甲钴胺", "0.5")
    ward.put(23, 30)
    async with standing_at(ward, "medication") as (stage, view):
        assert "11-25 的班次还有 1 次待给" in view.pieces.strip.text()
        QTest.mouseClick(view.pieces.strip.button, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert view.board is not None
        assert view.board.day == DAY + timedelta(days=1)
        press(view.grid, SPACE)
        await stage.settle()
        assert "已给 1 种" in _said(stage)
