"""What tests of the order screens do again and again: an order by its name, a key with Ctrl, a signature in a sheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from app.core.roles import Role
from app.medication.orders import OrderForm
from tests.app.medication.house import Ward, drug
from tests.support.hands import type_text
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.assessments.room import focused, keys
from tests.ui.medication.room import Stage, back, sheet, until
from ui.kit.proof_sheet import ProofSheet

CONTROL = Qt.KeyboardModifier.ControlModifier
PAPER = {"doctor_name": "王建国", "hospital": "市中心医院", "origin": "hospital"}


def form(name: str = "阿托伐他汀", amount: str = "20", **more: Any) -> OrderForm:
    return OrderForm(drug(name).code, {"way": "same", "amount": amount}, **more)


def tap(*pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys where the focus is."""
    for key in pressed:
        QTest.keyClick(focused(), key, held)


async def pick(stage: Stage, view: Any, typed: str) -> None:
    """A medicine by its pinyin and Enter; the cursor then stands in the dose."""
    await until(view.fields.drug.line.hasFocus)
    keys(typed)
    tap(Qt.Key.Key_Return)
    await until(lambda: view.fields.drug.drug is not None)
    await stage.settle()
    await until(lambda: view.fields.dose.input("amount").hasFocus())


async def choose(stage: Stage, box: QComboBox, typed: str) -> None:
    """One of a long list by its initials; a closed popup leaves no window active where nobody manages windows."""
    line, completer = box.lineEdit(), box.completer()
    assert line is not None
    assert completer is not None
    box.setFocus()
    line.selectAll()
    type_text(box, typed)
    popup = completer.popup()
    QTest.keyClick(popup if popup is not None and popup.isVisible() else line, Qt.Key.Key_Tab)
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)
    await stage.settle()


async def prove(stage: Stage, role: Role, kind: type[ProofSheet] = ProofSheet, *, last: bool = True) -> None:
    """Number and password in the sheet that is open; it closes. `last`: no other one follows."""
    shown = await sheet(kind)
    shown.number.setText("")
    shown.number.setFocus()
    keys(PEOPLE[role].number)
    shown.secret.setFocus()
    shown.secret.setText("")
    keys(PASSWORD)
    tap(Qt.Key.Key_Return)
    await until(lambda: QApplication.activeModalWidget() is not shown or bool(shown.wrong))
    assert QApplication.activeModalWidget() is not shown, shown.wrong
    if last:
        await back(stage)


def transcribed(ward: Ward, *forms: OrderForm) -> Any:
    """The nurse writes down orders of a hospital."""
    from app.medication.orders import TranscribeOrders

    ward.become(Role.NURSE)
    return ward.do(TranscribeOrders(ward.li, forms))
