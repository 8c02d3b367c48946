"""The care a signed assessment proposes, decided on its page by keys: ticked, accepted, declined with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.assessments.care_decisions import DecideCare
from app.assessments.care_proposals import CareProposals
from app.assessments.statements import StatementsOf
from app.care.queries import CarePlan
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.measured import (
    HIGH_FALL,
    MORSE,
    NINE,
    NO_FALL,
    SOME_FALL,
    assessed,
    checked,
    refused,
)
from tests.app.assessments.people import Admit
from tests.support.station import become
from tests.ui.assessments.room import Room, keys, press, room, until
from ui.assessments.decline_sheet import DeclineSheet
from ui.assessments.record_work import RecordWork


@pytest.fixture
def rid(station: Station) -> UUID:
    return station.desk.do_now(Admit())


async def opened(r: Room, record: UUID) -> RecordWork:
    r.frame.go("assessment", {"assessment": record})
    await until(lambda: r.form.record.record == record and not r.form.errands.running)
    await until(lambda: r.form.record.print_button.isVisible() and not r.form.record.errands.running)
    return r.form.record


def planned(station: Station, rid: UUID) -> list[str]:
    return sorted(row.code for row in station.desk.ask_now(CarePlan(rid)).running)


async def test_enter_takes_what_is_ticked_and_asks_why_not_the_rest(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    async with room(station) as r:
        work = await opened(r, record)
        care = work.page.care
        assert care.isVisible()
        assert care.problem.text() == "跌倒高风险（Morse跌倒 55 分，2026-11-24）"
        assert [box.text() for box in care.boxes.values()] == ["1　防跌倒检查", "2　如厕协助", "3　安全巡视"]
        assert care.accept.text().strip() == "采纳 3 项"
        press(work.page, Qt.Key.Key_Return)
        assert planned(station, rid) == []  # the keys are not in the card yet: nothing happens by chance
        press(work.page, Qt.Key.Key_3)
        assert care.hasFocus()
        assert care.accept.text().strip() == "采纳 2 项，不采纳 1 项"
        press(care, Qt.Key.Key_Return)
        await until(lambda: isinstance(work.talk.sheet, DeclineSheet))
        sheet = work.talk.sheet
        assert isinstance(sheet, DeclineSheet)
        await until(sheet.isActiveWindow)
        press(sheet, Qt.Key.Key_Return)
        assert sheet.isVisible()  # no reason yet
        assert planned(station, rid) == []
        press(sheet, Qt.Key.Key_5)
        press(sheet, Qt.Key.Key_Return)
        assert sheet._words.error.text() == "选“其他”时，请写明原因。"
        keys("night nurse")
        press(sheet.words, Qt.Key.Key_Return)
        await until(lambda: planned(station, rid) == ["fall_check", "toileting"])
        await until(lambda: not care.accept.isVisible() and care.said.text() == "已全部处理")
        assert r.notice == "已加入照护计划 2 项，不采纳 1 项。"
        assert not care.boxes["fall_check"].isEnabled()
        assert not care.noted.isEnabled()
        (said,) = station.desk.ask_now(StatementsOf(record))
        assert "不采纳：安全巡视（night nurse）" in said.words


async def test_digits_and_enter_alone_plan_everything(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    async with room(station) as r:
        work = await opened(r, record)
        press(work.page, Qt.Key.Key_C)
        assert work.page.care.hasFocus()
        press(work.page.care, Qt.Key.Key_Return)
        press(work.page.care, Qt.Key.Key_Return)  # twice is once
        await until(lambda: planned(station, rid) == ["fall_check", "round", "toileting"])
        await until(lambda: not work.errands.running)
        assert len(station.desk.ask_now(StatementsOf(record))) == 1


async def test_precautions_alone_are_noted(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, NO_FALL)
    async with room(station) as r:
        work = await opened(r, record)
        care = work.page.care
        assert care.accept.text().strip() == "注意事项已知"
        press(work.page, Qt.Key.Key_0)
        assert not care.accept.isVisible()
        press(care, Qt.Key.Key_0)
        press(care, Qt.Key.Key_Return)
        await until(lambda: care.said.text() == "已全部处理")
        assert r.notice == "注意事项已记录。"


async def test_a_newer_result_renews_and_shows_what_to_review(station: Station, rid: UUID) -> None:
    older = assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    seen = station.desk.ask_now(CareProposals(older)).seen
    station.desk.do_now(DecideCare(seen, ("fall_check", "toileting", "round")))
    record = assessed(station, rid, MORSE, SOME_FALL)
    async with room(station) as r:
        work = await opened(r, record)
        care = work.page.care
        assert care.review.text() == "照护计划里的 如厕协助、安全巡视：2026-11-24 的新评估为“中风险”"
        assert care.accept.text().strip() == "采纳 1 项"
        press(work.page, Qt.Key.Key_C)
        press(care, Qt.Key.Key_Return)
        await until(lambda: "1 项依据已更新" in r.notice)
        work = await opened(r, older)
        assert "已有更新的一次（2026-11-24 中风险）" in care.said.text()
        assert not care.accept.isVisible()
        assert not any(box.isEnabled() for box in care.boxes.values())


async def test_who_may_not_plan_reads_who_may(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    become(station, Role.ASSESSOR)
    async with room(station) as r:
        work = await opened(r, record)
        assert not work.page.care.accept.isVisible()
        assert "制定照护计划" in work.page.care.said.text()
        press(work.page, Qt.Key.Key_C)
        press(work.page.care, Qt.Key.Key_Return)
        await until(lambda: not work.errands.running)
        assert planned(station, rid) == []


async def test_the_panel_follows_the_instrument_and_an_undone_one_proposes_nothing(
    station: Station, rid: UUID
) -> None:
    nine = assessed(station, rid, NINE, checked(choking=2, fall=1))
    morse = assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    undone = refused(station, rid, MORSE, "拒绝评估：今天不愿意")
    async with room(station) as r:
        work = await opened(r, nine)
        assert work.panel.badge.text() == "2级 高风险"
        assert work.page.care.problem.text() == "噎食高风险（九防，2026-11-24）"
        work = await opened(r, morse)
        assert work.panel.ring.accessibleName() == "55 满分 125"
        assert work.beside.panel is work.panel
        work = await opened(r, undone)
        assert not work.page.care.isVisible()
        assert not work.correct_button.isHidden()
