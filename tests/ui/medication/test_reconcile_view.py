"""返院用药重整 by keys: decided medicine by medicine, with the hospital's list, signatures and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.core.roles import Role
from app.medication.queries.order_lists import OrderDetail
from app.medication.reconciling import OpenReconciliations
from app.medication.rules.slots import DoseState
from tests.app.medication.house import Ward, drug
from tests.app.medication.reconcile_house import Back, item
from tests.support.acts import NoteAllergy
from tests.support.layout import lint
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.assessments.room import keys
from tests.ui.medication.room import Stage, press, sheet, shown, standing_at, until
from ui.forms.act_sheet import ActSheet
from ui.kit.proof_sheet import ProofSheet
from ui.medication.reconcile_list_sheet import DischargeSheet
from ui.medication.reconcile_order_sheet import ReconcileOrderSheet
from ui.medication.reconcile_view import ReconcileView
from ui.medication.round_view import RoundView
from ui.printing.preview_view import PreviewView


@pytest.fixture
def back(ward: Ward) -> Back:
    one = Back(ward).go(("阿托伐他汀", "20", "qd"), ("华法林", "2.5", "qd"), ("二甲双胍", "0.5", "bid"))
    ward.put(7)
    one.lists(
        item("阿托伐他汀", "20mg"), item("二甲双胍", "0.5g", "tid"), item("氨溴索", "30mg", "tid", days="7")
    )
    return one


def closed(widget: QWidget) -> bool:
    """Whether a sheet is gone, or hidden."""
    return not isValid(widget) or not widget.isVisible()  # type: ignore[no-untyped-call]  # shiboken ships no types


def ctrl(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or widget, key, Qt.KeyboardModifier.ControlModifier)


async def _named(stage: Stage, view: ReconcileView, *said: str) -> None:
    """The sheet that asks why and which doctor, filled in."""
    form = await sheet(ActSheet)
    for text in said:
        keys(text)
        await stage.settle()
        if text is not said[-1]:
            QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Tab)
            await stage.settle()
    ctrl(form, Qt.Key.Key_Return)
    await until(lambda: closed(form))
    view.window().activateWindow()
    await stage.settle()


async def test_the_sheet_is_printed_from_here(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        assert view.pieces.print.isVisible()
        QTest.keyClick(stage.focus(view), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.facts.text().startswith("共 1 页")
        assert "返院用药重整单 李桂兰" in preview.facts.text()
        press(stage.focus(preview), Qt.Key.Key_Escape)
        await until(lambda: view.isVisible() and len(view.list.rows) == 4)


async def test_a_nurse_keeps_by_one_key_once_the_doctor_is_named(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        assert view.list.current.words == "华法林片"  # urgent and first
        press(stage.focus(view), Qt.Key.Key_1)
        await _named(stage, view, "刘志远")
        await until(lambda: back.row("华法林").decision is not None)
        assert back.row("华法林").decision.who == "刘志远"  # type: ignore[union-attr]  # just decided
        await until(lambda: view.list.current is not None and view.list.current.undecided)
        press(stage.focus(view), Qt.Key.Key_A)  # the same on both sides, the doctor is known
        await until(lambda: back.row("阿托伐他汀").decision is not None)
        await stage.settle()
        assert len(view.sheet.undecided) == 2
        assert not view.pieces.sign.isEnabled()
        press(stage.focus(view), Qt.Key.Key_F)
        await until(lambda: len(view.list.rows) == 2)


async def test_a_stop_asks_why_and_is_taken_back(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        press(stage.focus(view), Qt.Key.Key_3)
        await _named(stage, view, "牙龈出血", "陈永康")
        await until(lambda: back.row("华法林").decision is not None)
        await stage.settle()
        assert ward.ask(OrderDetail(back.orders["华法林"])).row.ended_by == "林晓燕"
        view.list.go_to(str(back.orders["华法林"]))
        press(stage.focus(view), Qt.Key.Key_1)
        assert "先按 Z 撤销" in stage.frame.notice.text()
        press(stage.focus(view), Qt.Key.Key_Z)
        await until(lambda: back.row("华法林").undecided)
        await stage.settle()
        assert back.row("华法林").held


async def test_a_change_is_an_order_filled_in_from_the_list(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        view.list.go_to(str(back.orders["二甲双胍"]))
        press(stage.focus(view), Qt.Key.Key_2)
        form = await sheet(ReconcileOrderSheet)
        await until(lambda: form.fields.drug.drug is not None)
        await stage.settle()
        values = form.fields.typed().values
        assert (values["amount"], values["frequency"]) == ("0.5g", "tid")
        ctrl(form, Qt.Key.Key_Return)
        await until(lambda: form.fields.rest.error("doctor_name") or form.notice.text())  # who ordered it
        form.fields.rest.set_values({"doctor_name": "刘志远"})
        ctrl(form, Qt.Key.Key_Return)
        await until(lambda: closed(form))
        assert back.row("二甲双胍").after is not None
        await stage.settle()


async def test_a_doctor_takes_changes_and_signs_the_whole(back: Back) -> None:
    ward = back.ward
    ward.do(NoteAllergy(ward.li, "磺胺"))
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        press(stage.focus(view), Qt.Key.Key_1)  # a doctor at the desk is the doctor who decides
        await until(lambda: len(view.sheet.undecided) == 3)
        await stage.settle()
        press(stage.focus(view), Qt.Key.Key_1)
        await until(lambda: len(view.sheet.undecided) == 2)
        await stage.settle()
        press(stage.focus(view), Qt.Key.Key_A)
        await until(lambda: len(view.sheet.undecided) == 1)
        await stage.settle()
        press(stage.focus(view), Qt.Key.Key_1)
        form = await sheet(ReconcileOrderSheet)
        await until(lambda: form.fields.drug.drug is not None)
        await stage.settle()
        ctrl(form, Qt.Key.Key_Return)
        await _sign()
        await until(lambda: closed(form))
        view.window().activateWindow()
        await until(lambda: view.sheet.state == "sign")
        await stage.settle()
        ctrl(view, Qt.Key.Key_Return)
        await _sign()
        await until(lambda: back.now.signed_at is not None)
        await stage.settle()
    assert ward.ask(OpenReconciliations()) == ()


async def test_a_doctor_signs_one_decision_while_others_are_open(back: Back) -> None:
    ward = back.ward
    back.decide("华法林", "keep")
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        view.list.go_to(str(back.orders["阿托伐他汀"]))
        press(stage.focus(view), Qt.Key.Key_S)
        assert "还没有决定" in stage.frame.notice.text()
        view.list.go_to(str(back.orders["华法林"]))
        assert view.pieces.sign_one.isVisibleTo(view)
        press(stage.focus(view), Qt.Key.Key_S)
        await _proved(PEOPLE[Role.DOCTOR].number)
        await until(lambda: back.row("华法林").decision.sign_by is None)  # type: ignore[union-attr]  # decided above
        view.window().activateWindow()
        await stage.settle()
        assert len(view.sheet.undecided) == 3
        view.list.go_to(str(back.orders["华法林"]))
        assert not view.pieces.sign_one.isVisibleTo(view)
        press(stage.focus(view), Qt.Key.Key_S)
        assert "已由" in stage.frame.notice.text()


async def test_a_doctor_signs_all_that_wait_at_once(back: Back) -> None:
    ward = back.ward
    back.decide("华法林", "keep")
    back.decide("阿托伐他汀", "keep")
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        QTest.keyClick(stage.focus(view), Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
        await _proved(PEOPLE[Role.DOCTOR].number)
        await until(lambda: "医师已签名" in stage.frame.notice.text())
        assert all(one.decision is None or one.decision.sign_by is None for one in back.now.rows)


async def _proved(number: str) -> None:
    """A doctor signs at a nurse's screen: number, password, Enter."""
    proof = await sheet(ProofSheet)
    QTest.keyClicks(QApplication.focusWidget() or proof.number, number)
    proof.secret.setFocus()
    keys(PASSWORD)
    QTest.keyClick(proof.secret, Qt.Key.Key_Return)
    await until(lambda: closed(proof) or proof.wrong)
    assert closed(proof), proof.wrong


async def _sign() -> None:
    proof = await sheet(ProofSheet)
    assert proof.number.text() == PEOPLE[Role.DOCTOR].number
    keys(PASSWORD)
    QTest.keyClick(proof.secret, Qt.Key.Key_Return)
    await until(lambda: closed(proof) or proof.wrong)
    assert closed(proof), proof.wrong


async def test_the_list_is_typed_in_by_keys(ward: Ward) -> None:
    back = Back(ward).go(("阿托伐他汀", "20", "qd"))
    ward.put(7)
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 1)
        press(stage.focus(view), Qt.Key.Key_L)
        form = await sheet(DischargeSheet)
        form.drug.take(drug("氨溴索"))
        form.line.focus_on("dose")
        keys("30mg")
        await stage.settle()
        form.line.set_values({**form.line.values(), "frequency": "tid", "days": "7"})
        ctrl(form, Qt.Key.Key_D)
        await until(lambda: len(form.items) == 1)
        ctrl(form, Qt.Key.Key_Return)
        await until(lambda: closed(form))
        await stage.settle()
        assert back.row("氨溴索").new
        assert back.row("阿托伐他汀").says == "unwritten"


async def test_the_round_leads_there_and_esc_back(back: Back) -> None:
    ward = back.ward
    ward.put(8, 5)
    async with standing_at(ward, "medication") as (stage, view):
        await until(lambda: view.grid.sheet.lines)
        assert "李桂兰 住院返回后待重整" in view.pieces.unreconciled.text()
        assert ward.slot("08:00", "华法林").state is DoseState.UNRECONCILED
        press(stage.focus(view), Qt.Key.Key_Space)
        await stage.settle()
        assert "待重整" in stage.frame.notice.text()
        press(stage.focus(view), Qt.Key.Key_W)
        there = await shown(stage, ReconcileView)
        await until(lambda: len(there.list.rows) == 4)
        press(stage.focus(there), Qt.Key.Key_Escape)
        await shown(stage, RoundView)


async def test_nobody_open_says_so(ward: Ward) -> None:
    async with standing_at(ward, "reconcile") as (stage, view):
        await until(lambda: "没有要重整的老人" in view.state.words)
        assert stage.frame.isVisible()


async def _list_sheet(stage: Stage, view: ReconcileView) -> DischargeSheet:
    await until(lambda: len(view.list.rows) == 4)
    press(stage.focus(view), Qt.Key.Key_L)
    found = await sheet(DischargeSheet)
    await stage.settle()
    return found


async def test_dropping_a_line_beside_the_one_that_is_edited_does_not_double_it(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        listed = await _list_sheet(stage, view)
        first, second, _third = (one.key for one in listed.items)
        listed.take_back(0)
        await until(lambda: listed.drug.drug is not None)
        listed.drop(2)
        listed.put()
        assert [one.key for one in listed.items] == [first, second]
        press(listed, Qt.Key.Key_Escape)
        await until(lambda: QApplication.activeModalWidget() is not listed)
        press(asking(), Qt.Key.Key_Return)
        assert listed.isVisible()


def asking() -> QWidget:
    """The question that stands over everything."""
    modal = QApplication.activeModalWidget()
    assert modal is not None
    return modal


async def test_esc_asks_before_what_was_typed_is_lost(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        listed = await _list_sheet(stage, view)
        listed.drug.line.setText("自备中成药丸")
        listed.put()
        press(listed, Qt.Key.Key_Escape)
        await until(lambda: QApplication.activeModalWidget() is not listed)
        press(asking(), Qt.Key.Key_Return)
        await until(lambda: QApplication.activeModalWidget() is listed)
        assert len(listed.items) == 4


async def test_a_list_somebody_else_saved_meanwhile_is_taken_up(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        listed = await _list_sheet(stage, view)
        listed.drug.line.setText("自备药")
        listed.put()
        back.lists(
            item("阿托伐他汀", "20mg"),
            item("二甲双胍", "0.5g", "tid"),
            item("氨溴索", "30mg", "tid", days="7"),
            item("华法林", "2.5mg"),
        )
        ctrl(listed, Qt.Key.Key_Return)
        await until(lambda: "华法林" in listed.notice.text())
        assert sorted(one.words for one in listed.items) == [
            "二甲双胍片",
            "华法林片",
            "氨溴索片",
            "自备药",
            "阿托伐他汀片",
        ]
        ctrl(listed, Qt.Key.Key_Return)
        await until(lambda: closed(listed))
        view.window().activateWindow()
        await until(lambda: len(view.sheet.rows) == 5)


async def test_what_is_undecided_carries_a_sign_and_a_decision_stands_solid(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        lines = view.list.lines
        assert all(line.open.isVisible() == line.row.undecided for line in lines if line.row)
        assert {button.property("kind") for line in lines for button in line.buttons} == {"option"}
        press(stage.focus(view), Qt.Key.Key_1)
        await _named(stage, view, "刘志远")
        await until(lambda: back.row("华法林").decision is not None)
        await until(lambda: any(not line.open.isVisible() for line in lines))
        assert all(line.open.isVisible() == line.row.undecided for line in lines if line.row)


async def test_a_high_alert_medicine_stays_marked_while_a_doctor_has_to_sign(back: Back) -> None:
    ward = back.ward
    back.decide("华法林", "keep")
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (_stage, view):
        await until(lambda: len(view.list.rows) == 4)
        (line,) = [one for one in view.list.lines if one.row and one.row.key == str(back.orders["华法林"])]
        await until(line.waits.isVisible)
        assert line.tag.isVisible()
        assert (line.tag.accessibleName(), line.waits.accessibleName()) == (line.row.urgent, "待医师签")
        (undecided,) = [
            one for one in view.list.lines if one.row and one.row.key == str(back.orders["二甲双胍"])
        ]
        assert not undecided.waits.isVisible()


async def test_it_is_not_wider_than_the_smallest_window(back: Back) -> None:
    ward = back.ward
    async with standing_at(ward, "reconcile", {"resident": ward.li}, size=(900, 500)) as (stage, view):
        await until(lambda: len(view.list.rows) == 4)
        pages = stage.frame.pages
        inside = pages.widget()
        assert inside is not None
        await until(lambda: inside.width() <= pages.viewport().width(), patience=2.0)
        assert lint(stage.frame) == []
