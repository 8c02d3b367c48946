"""A signed assessment on the screen: read-only, corrected with a reason, retracted with a reason, old text struck."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.assessments.instruments import shipped
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.people import Admit, filled, signed
from tests.printing.assessing import content, save, sign
from tests.support.station import become
from tests.ui.assessments.room import Room, click, keys, press, room, type_into, until
from ui.assessments.record_work import RecordWork
from ui.kit import Words


@pytest.fixture
def record(station: Station) -> UUID:
    return signed(station, station.desk.do_now(Admit()), filled(station, 62))


async def opened(r: Room, record: UUID) -> RecordWork:
    r.frame.go("assessment", {"assessment": record})
    await until(lambda: r.form.record.record == record and not r.form.errands.running)
    await until(r.form.record.print_button.isVisible)
    return r.form.record


def words(work: RecordWork) -> list[str]:
    return [one.text() for one in work.page.findChildren(Words)]


async def test_everything_signed_can_be_read(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        said = words(work)
        assert work.panel.ring.accessibleName() == "62 满分 90"
        assert work.panel.badge.text() == "2级 中度失能"
        assert {"林晓燕", "沈思远", "转移、行走需他人协助。", "B.1.1 进食"} <= set(said)
        assert "4　独立使用器具将食物送进口中并咽下，没有呛咳" in said
        assert work.page.head.status.text() == "已签名"


async def test_a_correction_needs_a_reason_and_two_new_signatures(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        click(work.correct_button)
        sheet = work.sheet
        assert sheet is not None
        assert sheet.main is not None
        click(sheet.main)
        assert sheet.isVisible()  # no reason yet
        button = sheet.reasons.button("笔误")
        button.setFocus()
        press(button, Qt.Key.Key_Space)
        click(sheet.main)
        await until(lambda: r.work.resident == work.resident and not r.form.errands.running)
        r.frame.activateWindow()  # as a window manager does when a dialog closes
        await until(r.frame.isActiveWindow)
        assert "更正（笔误）" in r.work.page.head.about.text()
        r.work.page.go_to("B.1.1")
        keys("0")
        await r.saved()
        r.work.sign()
        await r.sign(Role.HEAD_NURSE)
        await r.sign(Role.ASSESSOR)
        await until(lambda: "已更正" in work.page.head.status.text())
        assert work.page.head.status.text() == "已更正 · 第 2 版"
        said = words(work)
        old = "4 独立使用器具将食物送进口中并咽下，没有呛咳"
        struck = next(one for one in work.page.findChildren(Words) if one.text() == old)
        assert "line-through" in struck.styleSheet()
        assert "0 完全依赖他人协助进食，或吞咽困难，或留置营养管" in said
        assert "62 分" in said


async def test_other_as_a_reason_needs_words(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        click(work.retract_button)
        sheet = work.sheet
        assert sheet is not None
        assert sheet.main is not None
        click(sheet.reasons.button("其他"))
        click(sheet.main)
        assert sheet._words.error.text() == "原因选“其他”时，请写明原因"
        type_into(sheet.words, "wrong person")
        click(sheet.main)
        await until(lambda: work.page.head.status.text().startswith("已作废"))
        assert work.page.strip.text().endswith("原因：其他：wrong person")
        assert not work.retract_button.isVisible()
        assert not work.correct_button.isVisible()


async def test_who_may_not_correct_is_not_offered_to(station: Station, record: UUID) -> None:
    become(station, Role.MANAGER)
    async with room(station) as r:
        work = await opened(r, record)
        assert not work.correct_button.isVisible()
        assert not work.retract_button.isVisible()
        assert work.print_button.isVisible()


async def test_print_opens_the_preview_of_this_record(station: Station, record: UUID) -> None:
    async with room(station) as r:
        work = await opened(r, record)
        click(work.print_button)
        await until(lambda: r.frame.pages.key == "preview")
        view = r.frame.pages.view
        assert view is not None
        assert [crumb.words for crumb in view.crumbs][-1] == "老年人能力评估报告"


async def test_print_of_any_other_instrument_is_its_report(station: Station) -> None:
    resident, morse = station.desk.do_now(Admit()), shipped()["morse"]
    save(station, resident, morse, content(station, morse, morse.cases[0]))
    async with room(station) as r:
        work = await opened(r, sign(station, resident, morse))
        click(work.print_button)
        await until(lambda: r.frame.pages.key == "preview")
        view: Any = r.frame.pages.view
        assert [crumb.words for crumb in view.crumbs][-1] == "评估报告"
        await until(lambda: view.drawn is not None)
        assert view.drawn.file_name.startswith("Morse跌倒风险评估表")
