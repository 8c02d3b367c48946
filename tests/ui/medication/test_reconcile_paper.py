"""The photographed list on the sheet of a return: taken off, put on, and what somebody else did with it meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.core.blobs import BlobOf
from app.medication.reconciling import ListDischarge
from tests.app.medication.house import Ward
from tests.app.medication.reconcile_house import Back, item
from tests.support.acts import rows
from tests.ui.medication.room import Stage, press, sheet, standing_at, until
from ui.forms.fields.photos import PhotosInput
from ui.kit import IconButton
from ui.medication.reconcile_list_sheet import DischargeSheet


def picture(grey: int) -> bytes:
    image = QImage(60, 90, QImage.Format.Format_RGB32)
    image.fill(grey * 0x010101)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
    return bytes(content.data())


def photographed(back: Back, paper: bytes | None) -> None:
    ward, stands = back.ward, back.now
    items = tuple(one.line for one in stands.rows if one.line is not None) or (item("氨溴索", "30mg", "tid"),)
    ward.do(ListDischarge(ward.li, back.absence, "list", items, "市第一人民医院", paper, seen=stands.seen))


@pytest.fixture
def back(ward: Ward) -> Back:
    one = Back(ward).go(("阿托伐他汀", "20", "qd"))
    ward.put(7)
    photographed(one, picture(40))
    return one


async def listed(stage: Stage, view: Any) -> tuple[DischargeSheet, PhotosInput]:
    await until(lambda: len(view.list.rows) == 2)
    press(stage.focus(view), Qt.Key.Key_L)
    found = await sheet(DischargeSheet)
    await stage.settle()
    photo = found.photo.input("paper")
    assert isinstance(photo, PhotosInput)
    return found, photo


def save(form: DischargeSheet) -> None:
    QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def closed(form: DischargeSheet) -> bool:
    return not isValid(form) or not form.isVisible()  # type: ignore[no-untyped-call]  # shiboken ships no types


async def test_a_photograph_of_another_persons_list_is_taken_off(back: Back) -> None:
    ward = back.ward
    wrong = back.now.paper
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        form, photo = await listed(stage, view)
        (thumb,) = photo._thumbs.values()
        away = thumb.findChild(IconButton)
        assert isinstance(away, IconButton)
        press(away, Qt.Key.Key_Space)
        assert photo.value() == ()
        save(form)
        await until(lambda: closed(form))
        assert back.now.paper == ""
        view.window().activateWindow()
        await stage.settle()
    kept = rows(ward.station, "select paper from med_reconciliation order by revision")
    assert kept == [(wrong,), ("",)]
    assert ward.ask(BlobOf(wrong)) == picture(40)


async def test_one_that_was_not_touched_stays(back: Back) -> None:
    ward = back.ward
    stood = back.now.paper
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        form, _photo = await listed(stage, view)
        form.hospital.setText("市第二人民医院")
        save(form)
        await until(lambda: closed(form))
        view.window().activateWindow()
        await stage.settle()
    assert (back.now.hospital, back.now.paper) == ("市第二人民医院", stood)


async def test_what_somebody_else_photographed_meanwhile_is_not_taken_off(back: Back) -> None:
    ward = back.ward
    photographed(back, b"")
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        form, photo = await listed(stage, view)
        photographed(back, picture(90))
        theirs = back.now.paper
        form.hospital.setText("市第二人民医院")
        save(form)
        await until(lambda: "刚被别人改过" in form.notice.text())
        assert photo.value() == (theirs,)
        save(form)
        await until(lambda: closed(form))
        view.window().activateWindow()
        await stage.settle()
    assert back.now.paper == theirs
