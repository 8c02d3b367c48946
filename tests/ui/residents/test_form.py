"""Registering and editing by keys alone, every bad field, drafts, and two people editing one resident."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QWidget

from app.compose import Station
from app.residents.queries import Chart, FormOf, ResidentList
from app.residents.rules import AllergyEntry, check_digit
from app.residents.service import EditResident
from tests.support.acts import NoteAllergy, count
from tests.support.hands import type_text
from tests.ui.residents.stage import Stage, on_stage, people, until
from ui.kit import Sheet, Words
from ui.residents.resident_form_view import ResidentFormView

FIRST17 = "31019919420518004"
CARD = FIRST17 + check_digit(FIRST17)


@asynccontextmanager
async def _form(station: Station, rid: UUID | None = None) -> AsyncIterator[tuple[Stage, ResidentFormView]]:
    async with on_stage(station) as stage:
        view = stage.view("resident", {"resident": rid} if rid else {})
        assert isinstance(view, ResidentFormView)
        await stage.settle()
        yield stage, view


def _field(view: ResidentFormView, key: str) -> QWidget:
    assert view.form is not None
    return view.form.input(key)


def _write(view: ResidentFormView, key: str, text: str) -> None:
    """Go to a field (its section opened by a click), wipe it, type, and leave it by Tab."""
    assert view.form is not None
    fold = view.form.fold_of(key)
    if fold is not None and not fold.open:
        QTest.mouseClick(fold.head, Qt.MouseButton.LeftButton)
    field = _field(view, key)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    for place, line in enumerate(text.split("\n")):
        if place:
            QTest.keyClick(field, Qt.Key.Key_Return)
        type_text(field, line)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def _choose(view: ResidentFormView, key: str, words: str) -> None:
    buttons = _field(view, key).findChildren(QAbstractButton)
    QTest.mouseClick(next(one for one in buttons if one.text() == words), Qt.MouseButton.LeftButton)


def _error(view: ResidentFormView, key: str) -> str:
    assert view.form is not None
    return view.form.error(key)


def _press(key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


async def test_registered_by_keys_alone(station: Station) -> None:
    """N; name, Enter; Enter past the sex (the card says it) and the kind of paper; the number; Ctrl+S: 29 keys."""
    async with on_stage(station) as stage:
        listing = stage.view("residents")
        await stage.settle()
        QTest.keyClick(listing, Qt.Key.Key_N)
        await stage.settle()
        view = stage.frame.pages.view
        assert isinstance(view, ResidentFormView)
        focused = QApplication.focusWidget()
        assert focused is not None
        type_text(focused, "李桂兰")
        _press(Qt.Key.Key_Return)
        while QApplication.focusWidget() is not _field(view, "id_number"):
            _press(Qt.Key.Key_Tab)
        type_text(_field(view, "id_number"), CARD)
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: stage.place == "chart")
        await stage.settle()
        assert stage.frame.notice.text() == "已建档：李桂兰"
    row = station.desk.ask_now(ResidentList()).rows[0]
    assert (row.name, row.sex, row.birth_date, row.allergy) == ("李桂兰", "2", date(1942, 5, 18), "")
    assert count(station, "draft") == 0


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("name", "李1", "姓名中有“1”"),
        ("id_number", "3101991942", "应为18位"),
        ("id_number", FIRST17 + ("0" if CARD[-1] != "0" else "1"), "校验码不符"),
        ("birth_date", "1942-02-30", "日期不存在"),
        ("birth_date", "1890-01-01", "超过120岁"),
        ("birth_date", "2030-01-01", "不能晚于"),
        ("phone", "12", "应为11位"),
        ("bed", "待定", "请写到床号"),
        ("bed", "1号楼201-1", "已经住着 欧阳淑华"),
        ("admitted_on", "2030-01-01", "不能晚于"),
        ("contact1_phone", "138", "应为11位"),
        ("contact2_name", "？", "姓名中有“？”"),
        ("allergies", "无", "这里留空"),
        ("ethnicity", "外星", "没有这个民族"),
    ],
)
async def test_a_bad_field_says_so_when_it_is_left(
    station: Station, key: str, typed: str, sentence: str
) -> None:
    people(station, 1)
    async with _form(station) as (stage, view):
        _write(view, key, typed)
        await until(lambda: sentence in _error(view, key))
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        assert stage.place == "resident"
    assert station.desk.ask_now(ResidentList()).count == 1


async def test_the_card_fills_birth_date_and_sex_and_is_believed(station: Station) -> None:
    async with _form(station) as (_stage, view):
        _write(view, "id_number", CARD)
        assert view.form is not None
        values = view.form.values()
        assert (values["birth_date"], values["sex"]) == ("1942-05-18", "2")
        _write(view, "birth_date", "1942-05-19")
        assert "与身份证号不一致" in _error(view, "birth_date")
        _choose(view, "sex", "男")
        assert "性别与身份证号不一致" in _error(view, "sex")


async def test_who_is_here_already_is_said_while_typing(station: Station) -> None:
    rids = people(station, 5)
    known = station.desk.ask_now(FormOf(rids[3])).form
    async with _form(station) as (_stage, view):
        _write(view, "name", "李桂澜")
        await until(lambda: "李桂兰 01-000004" in view.alike.text() and "李桂蓝" in view.alike.text())
        _write(view, "id_number", known.id_number)
        await until(lambda: "已登记为 李桂兰 01-000004" in _error(view, "id_number"))


async def test_allergies_are_one_of_three(station: Station) -> None:
    async with _form(station) as (stage, view):
        _write(view, "name", "李桂兰")
        _write(view, "id_number", CARD)
        _choose(view, "allergy", "有过敏")
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        assert "请写出过敏物" in _error(view, "allergies")
        _choose(view, "allergy", "不详")
        _write(view, "allergies", "青霉素（皮疹）\n磺胺类")
        assert view.form is not None
        assert view.form.values()["allergy"] == "some"
        _choose(view, "allergy", "无已知过敏")
        assert "下面写着过敏物" in _error(view, "allergy")
        _choose(view, "allergy", "有过敏")
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: stage.place == "chart")
    rid = station.desk.ask_now(ResidentList()).rows[0].rid
    stated = station.desk.ask_now(FormOf(rid)).form.allergies
    assert stated is not None
    assert stated.entries == (AllergyEntry("青霉素", "皮疹"), AllergyEntry("磺胺类"))


async def test_an_untouched_form_saves_what_it_found(station: Station) -> None:
    rids = people(station, 3)
    for rid in rids:
        before = station.desk.ask_now(FormOf(rid))
        async with _form(station, rid) as (stage, view):
            QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
            await until(lambda: stage.place == "chart")
        after = station.desk.ask_now(FormOf(rid))
        assert after == before


async def test_two_people_editing_one_resident(station: Station) -> None:
    """What only the other changed is taken, what both changed is named, and nothing typed is lost."""
    rid = people(station, 1)[0]
    async with _form(station, rid) as (stage, view):
        _write(view, "phone", "13800138000")
        _write(view, "address", "文昌路1号")
        seen = station.desk.ask_now(FormOf(rid))
        other = replace(seen.form, phone="13900139000", diagnoses=("帕金森病",))
        station.desk.do_now(EditResident(rid, other, seen.revision, "出院小结改了诊断"))
        station.desk.do_now(NoteAllergy(rid, "碘造影剂"))
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: "刚被别人改过" in view.said.text())
        assert "电话别人改成了“13900139000”，您填的还在" in view.said.text()
        assert "诊断已换成新的" in view.said.text()
        await stage.settle()
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: stage.place == "chart")
    form = station.desk.ask_now(FormOf(rid)).form
    assert (form.phone, form.address, form.diagnoses) == ("13800138000", "文昌路1号", ("帕金森病",))
    assert "碘造影剂" in {one.substance for one in station.desk.ask_now(Chart(rid)).allergies}


async def test_a_draft_outlives_the_screen_and_is_offered_back(station: Station) -> None:
    rid = people(station, 1)[0]
    async with _form(station, rid) as (_stage, view):
        _write(view, "address", "望江路7号")
        await until(lambda: "已存草稿" in view._kept.text())
    async with _form(station, rid) as (stage, view):
        assert view.form is not None
        assert view.form.values()["address"] == "望江路7号"
        assert "没有保存的内容" in view.said.text()
        QTest.mouseClick(view.discard, Qt.MouseButton.LeftButton)
        await until(lambda: view.form is not None and view.form.values()["address"] != "望江路7号")
        await stage.settle()
    assert count(station, "draft") == 0


async def test_leaving_for_another_person_keeps_what_is_typed(station: Station) -> None:
    async with _form(station) as (stage, view):
        type_text(_field(view, "name"), "李桂兰")
        await stage.frame.leave()
        assert count(station, "draft") == 1


async def test_esc_asks_before_typed_text_is_left(station: Station) -> None:
    async with _form(station) as (stage, view):
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert stage.place == "residents"
        stage.frame.go("resident", {})
        await stage.settle()
        type_text(_field(view, "name"), "李桂兰")
        QTest.keyClick(_field(view, "name"), Qt.Key.Key_Escape)
        sheet = view.findChild(Sheet)
        assert isinstance(sheet, Sheet)
        assert sheet.isVisible()
        throw = next(one for one in sheet.findChildren(QPushButton) if one.text() == "不保存")
        QTest.mouseClick(throw, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "residents")
        await stage.settle()
    assert count(station, "draft") == 0


async def test_words_no_list_knows_are_kept(station: Station) -> None:
    """A relation or an insurance that came as words stays as it was said, also through an edit."""
    rid = people(station, 1)[0]
    seen = station.desk.ask_now(FormOf(rid))
    contact = replace(seen.form.contacts[0], relation="干女儿")
    odd = replace(seen.form, insurance=("离休统筹",), contacts=(contact,) * 4)
    station.desk.do_now(EditResident(rid, odd, seen.revision))
    async with _form(station, rid) as (stage, view):
        assert isinstance(_field(view, "contact4_relation"), QComboBox)
        _write(view, "address", "百合弄2号")
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: stage.place == "chart")
    form = station.desk.ask_now(FormOf(rid)).form
    assert form.insurance == ("离休统筹",)
    assert [one.relation for one in form.contacts] == ["干女儿"] * 4


async def test_who_refuses_the_platform_is_asked_and_shown(station: Station) -> None:
    rid = people(station, 1)[0]
    async with _form(station, rid) as (stage, view):
        _choose(view, "upload_refused", "不同意上传")
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: stage.place == "chart")
        await stage.settle()
        chart = stage.frame.pages.view
        assert chart is not None
        shown = [words for words in chart.findChildren(Words) if words.text() == "不上传（未同意）"]
        assert [words.isVisibleTo(chart) for words in shown] == [True]
    assert station.desk.ask_now(FormOf(rid)).form.upload_refused
