"""What people say of a signed assessment, written down by keys; drawn signatures; corrected, taken back."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.assessments.statements import Doubts, Said, Say, StatementRow, StatementsOf
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.people import Admit, filled, signed
from tests.support.station import become
from tests.ui.assessments.room import Room, keys, press, room, type_into, until
from tests.ui.assessments.test_record_care import opened
from ui.assessments.record_work import RecordWork
from ui.assessments.statement_sheet import StatementSheet, TakeBackSheet
from ui.kit import Badge, Words
from ui.kit.sign_pad import SignatureView

Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def record(station: Station) -> UUID:
    return signed(station, station.desk.do_now(Admit()), filled(station, 62))


def said(station: Station, record: UUID) -> tuple[StatementRow, ...]:
    return station.desk.ask_now(StatementsOf(record))


async def sheet_of(r: Room, work: RecordWork) -> StatementSheet:
    await until(lambda: isinstance(work.talk.sheet, StatementSheet) and work.talk.sheet.isActiveWindow())
    sheet = work.talk.sheet
    assert isinstance(sheet, StatementSheet)
    return sheet


async def closed(r: Room, work: RecordWork) -> None:
    await until(lambda: work.talk.sheet is None and not work.errands.running)
    r.frame.activateWindow()
    await until(r.frame.isActiveWindow)
    await until(lambda: not work.errands.running)


def badges(widget: QWidget) -> set[str]:
    return {one.text() for one in widget.findChildren(Badge) if one.isVisible()}


def draw(pad: QWidget, *points: tuple[int, int]) -> None:
    """A stroke by mouse, in the pad's own pixels."""
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(pad, left, none, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, left, none, QPoint(*points[-1]))


async def test_consent_by_keys_with_a_drawn_signature(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        assert "还没有征求老人或代理人的意见" in badges(work.page.voices)
        press(work.page, Qt.Key.Key_Y)
        sheet = await sheet_of(r, work)
        assert sheet.form.values()["name"] == "王桂芳"
        assert sheet.form.values()["relation"] == "本人"
        press(sheet, Qt.Key.Key_Return, Control)
        await until(lambda: sheet.form.error("what").startswith("请选择"))
        sheet.form.set_values({"what": "agree"})
        pad = sheet.pad.pad
        draw(pad, (40, 40), (120, 90), (200, 60))
        draw(pad, (220, 30), (240, 120))
        assert len(sheet.pad.strokes) == 2
        press(pad, Qt.Key.Key_Z, Control)
        assert len(sheet.pad.strokes) == 1
        press(pad, Qt.Key.Key_Y, Control)
        assert len(sheet.pad.strokes) == 2
        assert all(0 <= x <= 1000 and 0 <= y <= 300 for stroke in sheet.pad.strokes for x, y in stroke)
        press(sheet, Qt.Key.Key_Return, Control)
        await closed(r, work)
        await until(lambda: "本人已同意结果" in badges(work.page.voices))
        assert r.notice == "已登记：同意评估结果。"
        (row,) = said(station, record)
        assert len(row.drawn) == 2
        await until(lambda: bool(work.page.voices.findChildren(SignatureView)))


async def test_a_refusal_keeps_everything_typed_and_drawn(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        press(work.page, Qt.Key.Key_Y)
        sheet = await sheet_of(r, work)
        sheet.form.set_values({"what": "refuse"})
        draw(sheet.pad.pad, (40, 40), (120, 90))
        press(sheet, Qt.Key.Key_Return, Control)
        await until(lambda: sheet.form.error("words") == "请写明为什么不同意。")
        assert len(sheet.pad.strokes) == 1
        keys("too low")  # the cursor stands in the field that was refused
        press(sheet, Qt.Key.Key_Return, Control)
        await closed(r, work)
        await until(lambda: "本人不同意结果" in badges(work.page.voices))
        assert [row.words for row in said(station, record)] == ["too low"]


async def test_the_informant_is_the_first_contact_and_can_be_corrected(
    station: Station, record: UUID
) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        press(work.page, Qt.Key.Key_I)
        sheet = await sheet_of(r, work)
        assert sheet.form.values()["name"] == "王建国"
        sheet.people.button("other").click()
        assert sheet.form.values()["name"] == ""
        type_into(sheet.form.input("name"), "Li")
        type_into(sheet.form.input("relation"), "niece")
        press(sheet, Qt.Key.Key_Return, Control)
        await closed(r, work)
        await until(lambda: len(work.page.voices.lines) == 1)
        (line,) = work.page.voices.lines
        line.setFocus()
        press(line, Qt.Key.Key_Return)
        sheet = await sheet_of(r, work)
        assert sheet.form.values()["relation"] == "niece"
        sheet.people.button("1").click()
        press(sheet, Qt.Key.Key_Return, Control)
        await until(lambda: sheet.form.error("reason") != "")
        sheet.form.set_values({"reason": "笔误"})
        press(sheet, Qt.Key.Key_Return, Control)
        await closed(r, work)
        await until(lambda: work.page.voices.lines[0].row.name == "王建国")
        assert "已更正（笔误）" in work.page.voices.lines[0].accessibleName()


async def test_a_doubt_is_raised_and_taken_back(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        press(work.page, Qt.Key.Key_U)
        sheet = await sheet_of(r, work)
        keys("she walks")  # the words come first: who it is stands there already
        press(sheet, Qt.Key.Key_Return, Control)
        await closed(r, work)
        await until(lambda: "已申请复评" in badges(work.page.voices))
        assert [one.words for one in station.desk.ask_now(Doubts())] == ["she walks"]
        (line,) = work.page.voices.lines
        line.setFocus()
        press(line, Qt.Key.Key_Delete)
        await until(lambda: isinstance(work.talk.sheet, TakeBackSheet))
        back = work.talk.sheet
        assert isinstance(back, TakeBackSheet)
        await until(back.isActiveWindow)
        keys("understood")
        assert back.main is not None
        back.main.click()
        await closed(r, work)
        await until(lambda: "已申请复评" not in badges(work.page.voices))
        assert station.desk.ask_now(Doubts()) == ()
        texts = [one for one in work.page.voices.findChildren(Words) if one.text() == "she walks"]
        assert "line-through" in texts[-1].styleSheet()


async def test_only_a_signer_writes_another_opinion(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        assert not work.page.voices.buttons["assessor"].isVisible()
        press(work.page, Qt.Key.Key_O)
        assert work.talk.sheet is None
    become(station, Role.ASSESSOR)
    async with room(station) as r:
        work = await opened(r, record)
        press(work.page, Qt.Key.Key_O)
        sheet = await sheet_of(r, work)
        assert not sheet.pad.isVisible()
        keys("level 3")
        press(sheet, Qt.Key.Key_Return, Control)
        await closed(r, work)
        await until(lambda: "评估人员有不同意见" in badges(work.page.voices))
        (row,) = said(station, record)
        assert (row.name, row.words) == ("沈思远", "level 3")


async def test_who_only_reads_is_offered_nothing(station: Station, record: UUID) -> None:
    station.desk.do_now(Say(record, "agree", Said("王桂芳", "本人")))
    become(station, Role.MANAGER)
    async with room(station) as r:
        work = await opened(r, record)
        assert not any(button.isVisible() for button in work.page.voices.buttons.values())
        press(work.page, Qt.Key.Key_Y)
        assert work.talk.sheet is None
        (line,) = work.page.voices.lines
        assert line.focusPolicy() is Qt.FocusPolicy.NoFocus


async def test_each_assessors_certificate_is_on_the_page(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        texts = [one.text() for one in work.page.voices.findChildren(Words)]
        assert any("护士 · 护师 · 工号 0412 · 证书 PG310000358" in one for one in texts)
        assert any("评估员 · 工号 0610 · 证书 PG310000777" in one for one in texts)
