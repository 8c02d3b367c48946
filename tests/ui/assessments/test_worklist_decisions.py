"""D, N, R and A in the worklist: put off, not needed, due again, another instrument; by keys, and refused in words."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.assessments.due.queries import DuesOf
from app.assessments.due.rows import DueRow
from app.assessments.instruments import shipped
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.dues import TODAY, assessed
from tests.app.assessments.people import Admit
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.assessments.room import Room, click, fits, keys, press, room, until
from ui.assessments.decide_sheet import DecideSheet
from ui.assessments.pick_sheet import PickSheet
from ui.kit import Sheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit(name="欧阳淑华", bed="2号楼东区 312-1"))


def due(station: Station, resident: UUID, code: str = "morse") -> list[DueRow]:
    return [row for row in station.desk.ask_now(DuesOf(resident)) if row.instrument == code]


async def listed(r: Room, view: str = "due", instrument: str = "morse") -> None:
    r.frame.go("assessments", {"view": view, "instrument": instrument})
    await until(lambda: not r.worklist.errands.running)
    r.frame.activateWindow()
    await until(r.frame.isActiveWindow)
    r.worklist.table.setFocus()


def confirm(sheet: DecideSheet, field: str = "reason") -> None:
    """Ctrl+Enter in a field."""
    press(sheet.form.input(field), Qt.Key.Key_Return, CTRL)


async def opened(r: Room, key: Qt.Key, kind: type[Sheet]) -> Sheet:
    press(r.worklist.table, key)
    await until(lambda: any(one.isVisible() for one in r.worklist.findChildren(kind)))
    return next(one for one in r.worklist.findChildren(kind) if one.isVisible())


async def closed(r: Room, kind: type[Sheet]) -> None:
    await until(lambda: not any(one.isVisible() for one in r.worklist.findChildren(kind)))
    r.frame.activateWindow()
    await until(r.frame.isActiveWindow)


async def test_d_puts_off_with_a_reason_and_undo_brings_it_back(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        await listed(r)
        sheet = await opened(r, Qt.Key.Key_D, DecideSheet)
        assert isinstance(sheet, DecideSheet)
        assert "欧阳淑华" in sheet.text.text()
        assert "Morse跌倒风险评估：入住评估，2026-03-02 到期" in sheet.text.text()
        assert sheet.steps.key == "7"
        await fits(sheet)
        type_text(sheet.form.input("reason"), "住院中")
        press(sheet.form.input("reason"), Qt.Key.Key_Return)
        await closed(r, DecideSheet)
        await until(lambda: r.notice == "欧阳淑华的Morse跌倒已延期。")
        (row,) = due(station, resident)
        assert row.decision is not None
        assert (row.state, row.decision.until, row.decision.reason) == (
            "deferred",
            TODAY + timedelta(days=7),
            "住院中",
        )
        await until(lambda: not r.worklist.table.rows_model.rows)
        click(r.frame.notice._undo_button)
        await until(lambda: due(station, resident)[0].state == "open")


async def test_a_step_or_a_typed_day_says_until_when(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        await listed(r)
        sheet = await opened(r, Qt.Key.Key_D, DecideSheet)
        assert isinstance(sheet, DecideSheet)
        click(sheet.steps.button("14"))
        assert sheet.form.values()["until"] == (TODAY + timedelta(days=14)).isoformat()
        until_field = sheet.form.input("until")
        until_field.setFocus()
        until_field.selectAll()  # type: ignore[attr-defined]  # a line
        type_text(until_field, "2027-03-01")
        press(until_field, Qt.Key.Key_Return)  # to the reason
        press(sheet.form.input("reason"), Qt.Key.Key_Return)
        await until(lambda: sheet.form.error("until").startswith("最多延期 90 天（到 2027-02-22）"))
        await until(lambda: sheet.form.error("reason") == "请填写原因。")
        assert sheet.steps.key is None
        assert due(station, resident)[0].state == "open"
        press(sheet, Qt.Key.Key_Escape)
        await closed(r, DecideSheet)


async def test_n_waives_and_r_makes_it_due_again(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        await listed(r)
        sheet = await opened(r, Qt.Key.Key_N, DecideSheet)
        assert isinstance(sheet, DecideSheet)
        type_text(sheet.form.input("reason"), "yyqt")  # 已用其他量表代替 by its initials
        press(sheet.form.input("reason"), Qt.Key.Key_Return)
        confirm(sheet)
        await closed(r, DecideSheet)
        (row,) = due(station, resident)
        assert row.decision is not None
        assert (row.state, row.decision.reason) == ("waived", "已用其他量表代替")
        await listed(r, "decided")
        assert [one.state for one in r.worklist.decided.rows_model.rows] == ["waived"]
        assert r.worklist.record_shown() == ("assessment_deferral", row.decision.seen[0].rid)
        sheet = await opened(r, Qt.Key.Key_R, DecideSheet)
        assert isinstance(sheet, DecideSheet)
        type_text(sheet.form.input("why"), "记错人")
        confirm(sheet, "why")
        await closed(r, DecideSheet)
        assert due(station, resident)[0].state == "open"
        await until(lambda: r.worklist.states.words == "没有延期或免评")


async def test_what_is_typed_survives_what_somebody_else_did_meanwhile(
    station: Station, resident: UUID
) -> None:
    async with room(station) as r:
        await listed(r)
        sheet = await opened(r, Qt.Key.Key_D, DecideSheet)
        assert isinstance(sheet, DecideSheet)
        type_text(sheet.form.input("reason"), "住院中")
        assessed(station, resident, "morse", TODAY, hour=0)
        confirm(sheet)
        await until(lambda: "已有人完成" in sheet.notice.text())
        assert sheet.form.values()["reason"] == "住院中"
        press(sheet, Qt.Key.Key_Escape)
        await closed(r, DecideSheet)


async def test_a_picks_any_instrument_by_a_part_of_its_name(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        await listed(r)
        sheet = await opened(r, Qt.Key.Key_A, PickSheet)
        assert isinstance(sheet, PickSheet)
        await until(lambda: len(sheet.table.rows_model.rows) == len(shipped()))
        await fits(sheet)
        press(sheet.search, Qt.Key.Key_Down)
        row = sheet.table.current()
        assert row is not None
        assert row.code == "ltci-2021"
        keys("frail")
        await until(lambda: [one.code for one in sheet.table.rows_model.rows] == ["frail"])
        press(sheet.search, Qt.Key.Key_Return)
        await until(lambda: r.frame.pages.key == "assessment" and r.work.resident == resident)
        assert r.form.filling.instrument.code == "frail"


async def test_an_instrument_that_is_not_for_the_age_is_not_begun(station: Station) -> None:
    from tests.support.acts import Act

    young = station.desk.do_now(Admit())

    def rejuvenate(unit):  # type: ignore[no-untyped-def]  # the unit of an act
        from db.models import Resident

        unit.session.get_one(Resident, young).birth_date = date(1980, 1, 1)

    station.desk.do_now(Act(rejuvenate))
    async with room(station) as r:
        await listed(r)
        sheet = await opened(r, Qt.Key.Key_A, PickSheet)
        assert isinstance(sheet, PickSheet)
        await until(lambda: len(sheet.table.rows_model.rows) == len(shipped()))
        press(sheet.search, Qt.Key.Key_Return)
        await until(lambda: sheet.notice.text() == "老年人能力评估：60岁以上适用，这位老人不适用。")
        press(sheet, Qt.Key.Key_Escape)
        await closed(r, PickSheet)


async def test_who_may_not_assess_hears_who_may(station: Station, resident: UUID) -> None:
    become(station, Role.CAREGIVER)
    async with room(station) as r:
        await listed(r)
        for key in (Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_A):
            r.frame.notice.clear()
            press(r.worklist.table, key)
            assert r.notice.startswith("您没有“做评估”的权限。有此权限的岗位：护士、护士长")
        assert QApplication.activeModalWidget() is None
