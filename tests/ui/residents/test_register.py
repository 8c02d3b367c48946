"""The register on screen: folded sections by keys, photo chosen, pasted and removed, reasons asked, phones copied."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.compose import Station
from app.core.blobs import MOST, BlobOf
from app.core.clock import SetClock
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import Chart, FormOf, History
from app.residents.service import CreateResident, EditResident, NewPhoto
from tests.support.acts import count
from tests.support.hands import type_text
from tests.ui.residents.stage import Stage, on_stage, until
from ui.kit import Tag, Words
from ui.kit.pictures import SIDE, as_jpeg, picture_of, read_picture
from ui.kit.why_sheet import WhySheet
from ui.residents.contacts_card import Phone
from ui.residents.resident_form_view import ResidentFormView

LI = ResidentForm(
    name="李桂兰",
    sex="2",
    birth_date=date(1942, 5, 18),
    diagnoses=("帕金森病", "2型糖尿病"),
    contacts=(
        ContactForm("王建国", "子", "13800138000", powers=("legal", "guarantor")),
        ContactForm("王丽萍", "女", "13900139000、021-55550001", powers=("emergency",)),
    ),
)


@pytest.fixture
def rid(station: Station) -> UUID:
    return station.desk.do_now(CreateResident(LI))


@asynccontextmanager
async def _form(station: Station, rid: UUID | None = None) -> AsyncIterator[tuple[Stage, ResidentFormView]]:
    async with on_stage(station) as stage:
        view = stage.view("resident", {"resident": rid} if rid else {})
        assert isinstance(view, ResidentFormView)
        await stage.settle()
        yield stage, view


def _picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for place in range(height):  # noise does not compress
        for column in range(0, width, 7):
            image.setPixel(column, place, (place * 2654435761 + column * 40503) & 0xFFFFFF)
    return image


def _save(view: ResidentFormView) -> None:
    QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


async def test_a_new_form_is_short_and_opens_by_keys(station: Station) -> None:
    async with _form(station) as (stage, view):
        form = view.form
        assert form is not None
        assert not form.input("archive_number").isVisible()
        assert form.input("contact1_phone").isVisible()
        fold = form.fold_of("archive_number")
        assert fold is not None
        fold.head.setFocus()
        QTest.keyClick(fold.head, Qt.Key.Key_Space)
        assert form.input("archive_number").isVisible()
        form.focus_on("archive_number")
        type_text(_focus(), "3101990020")
        await until(lambda: "现在 10 位" in _hint(view, "archive_number"))
        QTest.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        assert form.input("contact3_note").isVisible()
        QTest.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        assert not form.input("archive_number").isVisible()
        form.set_values({"name": "李桂兰", "sex": "2", "birth_date": "1942-05-18", "archive_number": "？"})
        fold.set_open(False)
        _save(view)
        await stage.settle()
        assert form.input("archive_number").isVisible()  # what is wrong is never hidden
        assert "17 位数字" in form.error("archive_number")


async def test_edited_sections_with_something_to_say_are_open(station: Station, rid: UUID) -> None:
    async with _form(station, rid) as (_stage, view):
        assert view.form is not None
        assert view.form.input("contact2_name").isVisible()
        assert not view.form.input("contact3_name").isVisible()


async def test_the_nurse_is_chosen_among_those_who_work_here(station: Station, rid: UUID) -> None:
    async with _form(station, rid) as (stage, view):
        form = view.form
        assert form is not None
        form.focus_on("nurse")
        buttons = form.input("nurse").findChildren(QAbstractButton)
        assert {one.text() for one in buttons} == {"周敏", "林晓燕"}
        QTest.mouseClick(next(one for one in buttons if one.text() == "林晓燕"), Qt.MouseButton.LeftButton)
        _save(view)
        await until(lambda: stage.place == "chart")
        await stage.settle()
        chart = stage.frame.pages.view
        assert chart is not None
        await until(lambda: "林晓燕" in {one.text() for one in chart.findChildren(Words)})
    assert station.desk.ask_now(Chart(rid)).nurse == "林晓燕"


async def test_a_child_without_guardian_is_said_beside_the_contacts(station: Station) -> None:
    async with _form(station) as (stage, view):
        form = view.form
        assert form is not None
        form.set_values(
            {"name": "小明", "sex": "1", "contact1_name": "王丽", "contact1_phone": "13800138000"}
        )
        form.focus_on("birth_date")
        type_text(_focus(), "2018-05-01")
        await until(lambda: "必须登记监护人" in _hint(view, "contact1_powers"))
        _save(view)
        await until(lambda: "必须登记监护人" in form.error("contact1_powers"))
        assert stage.place == "resident"
        boxes = form.input("contact1_powers").findChildren(QAbstractButton)
        QTest.mouseClick(next(one for one in boxes if one.text() == "法定监护人"), Qt.MouseButton.LeftButton)
        await until(lambda: not _hint(view, "contact1_powers") and not form.error("contact1_powers"))
        _save(view)
        await until(lambda: stage.place == "chart")
    assert count(station, "resident") == 1


async def test_a_line_taken_out_asks_why(station: Station, rid: UUID) -> None:
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(hours=1))
    async with _form(station, rid) as (stage, view):
        assert view.form is not None
        view.form.set_values({"diagnoses": "帕金森病"})
        _save(view)
        await until(lambda: view.findChild(WhySheet) is not None)
        sheet = view.findChild(WhySheet)
        assert isinstance(sheet, WhySheet)
        assert "2型糖尿病" in sheet.text.text()
        QTest.keyClick(sheet.words, Qt.Key.Key_Return)
        assert "请写明原因" in sheet._why.error.text()
        type_text(sheet.words, "同名老人的")
        QTest.keyClick(sheet.words, Qt.Key.Key_Return)
        await until(lambda: stage.place == "chart")
        await stage.settle()
    (last, *_) = station.desk.ask_now(History(rid))
    assert [(one.old, one.why) for one in last.changes] == [("2型糖尿病", "误录：同名老人的")]


async def test_a_photo_is_chosen_shown_and_removed_with_a_reason(
    station: Station, rid: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "face.png"
    _picture(1800, 1200).save(str(path))
    async with _form(station, rid) as (stage, view):
        view.photo.take_file(str(path))
        await until(lambda: view.photo.change is not None)
        assert view.dirty
        _save(view)
        await until(lambda: stage.place == "chart")
        await stage.settle()
        chart = stage.view("chart", {"resident": rid})
        await until(lambda: chart.head._avatar.photo is not None)
    kept = station.desk.ask_now(BlobOf(station.desk.ask_now(Chart(rid)).photo))
    assert kept is not None
    image = picture_of(kept)
    assert image is not None
    assert (max(image.width(), image.height()), len(kept) <= MOST) == (SIDE, True)
    async with _form(station, rid) as (stage, view):
        await until(lambda: view.photo.avatar.photo is not None)
        QTest.mouseClick(view.photo.remove, Qt.MouseButton.LeftButton)
        sheet = view.photo.findChild(WhySheet)
        assert isinstance(sheet, WhySheet)
        type_text(sheet.words, "不是本人")
        QTest.keyClick(sheet.words, Qt.Key.Key_Return)
        await until(lambda: view.photo.avatar.photo is None)
        stage.frame.activateWindow()
        await until(stage.frame.isActiveWindow)
        QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "chart")
        await stage.settle()
    assert station.desk.ask_now(Chart(rid)).photo == ""


async def test_a_photo_is_pasted(station: Station) -> None:
    async with _form(station) as (stage, view):
        QGuiApplication.clipboard().setText("no picture")
        QTest.mouseClick(view.photo.paste, Qt.MouseButton.LeftButton)
        assert "剪贴板里没有图片" in view.photo.words.text()
        QGuiApplication.clipboard().setImage(_picture(300, 400))
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(view, Qt.Key.Key_V, modifiers)
        await until(lambda: view.photo.change is not None)
        assert view.form is not None
        view.form.set_values({"name": "李桂兰", "sex": "2", "birth_date": "1942-05-18"})
        _save(view)
        await until(lambda: stage.place == "chart")
    assert count(station, "blob") == 1


def test_pictures_are_scaled_and_what_is_none_is_said(tmp_path: Path) -> None:
    text = tmp_path / "a.jpg"
    text.write_text("no picture", encoding="utf-8")
    assert read_picture(str(text)) is None
    wide = picture_of(as_jpeg(_picture(2000, 500)))
    assert wide is not None
    assert (wide.width(), wide.height()) == (640, 160)
    small = picture_of(as_jpeg(_picture(50, 40)))
    assert small is not None
    assert (small.width(), small.height()) == (50, 40)


async def test_contacts_stand_in_the_order_of_calling_and_enter_copies(station: Station, rid: UUID) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        card = view.overview.contacts
        phones = card.findChildren(Phone)
        assert [one.text() for one in phones] == ["13900139000", "021-55550001", "13800138000"]
        assert [one.text() for one in card.findChildren(Tag)] == ["先联系", "法定监护人", "费用担保人"]
        phones[1].setFocus()
        QTest.keyClick(phones[1], Qt.Key.Key_Return)
        assert QGuiApplication.clipboard().text() == "021-55550001"
        assert "已复制电话 021-55550001" in stage.frame.notice.text()
        QTest.mouseClick(phones[2], Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == "13800138000"


async def test_the_photo_of_one_never_stands_beside_the_name_of_another(station: Station, rid: UUID) -> None:
    other = station.desk.do_now(CreateResident(replace(LI, name="李桂蓝", contacts=(), diagnoses=())))
    seen = station.desk.ask_now(FormOf(rid))
    photo = NewPhoto(as_jpeg(_picture(90, 90)))
    station.desk.do_now(EditResident(rid, seen.form, seen.revision, photo=photo))
    async with on_stage(station) as stage:
        view = stage.view("residents")
        await stage.settle()
        view.table.pick(rid)
        await until(lambda: view.panel._avatar.photo is not None)
        view.table.pick(other)
        await until(lambda: view.panel.shown is not None and view.panel.shown.rid == other)
        assert view.panel._avatar.photo is None


def _hint(view: ResidentFormView, field: str) -> str:
    assert view.form is not None
    return view.form._labelled[field].hint.text()
