"""The signed record with the longest words clips, squeezes or overlaps nothing, at any window, theme or text size."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.assessments.care_decisions import DecideCare
from app.assessments.care_proposals import CareProposals
from app.assessments.instruments import shipped
from app.assessments.statements import RetractSaid, Said, Say, StatementsOf
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.measured import HIGH_FALL, MORSE, NINE, SOME_FALL, assessed, refused
from tests.app.assessments.people import Admit, filled, signed
from tests.support.station import become
from tests.ui.assessments.room import fits, press, room, until
from tests.ui.assessments.test_record_care import opened
from ui.style import look

LONG = "家属认为平地行走一项评低了，她在家里可以自己扶墙走到厕所，只是慢一些；请换一位评估人员再评一次。"
WHO = "阿卜杜热依木·买买提吐尔逊"
DRAWN = tuple(tuple((x + 200 * k, 150 + (x * 7) % 120) for x in range(60, 220, 6)) for k in range(4))


@pytest.fixture
def records(station: Station) -> dict[str, UUID]:
    rid = station.desk.do_now(Admit(name=WHO, bed="3号楼康复区 1205-12"))
    ability = signed(station, rid, filled(station, 20))
    older = assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    found = station.desk.ask_now(CareProposals(older))
    declined = {"round": "已有其他措施：夜间有专人看护，床旁有离床报警器", "toileting": "老人或家属不同意"}
    station.desk.do_now(DecideCare(found.seen, ("fall_check",), declined, found.precautions))
    for what in ("agree", "informant", "doubt"):
        station.desk.do_now(Say(ability, what, Said(WHO, "外甥女（代理人）", LONG * 2, DRAWN)))
    become(station, Role.ASSESSOR)
    station.desk.do_now(Say(ability, "assessor", Said("", "", LONG)))
    become(station, Role.HEAD_NURSE)
    doubt = station.desk.ask_now(StatementsOf(ability))[2]
    station.desk.do_now(RetractSaid(doubt.seen, "家属已了解评分的依据，收回疑问"))
    tcm = shipped()["tcm33"]
    most = {code: max(option.digit for option in item.options) for code, item in tcm.items.items()}
    return {
        "ability": ability,
        "older": older,
        "newer": assessed(station, rid, MORSE, SOME_FALL),
        "nine": assessed(station, rid, NINE, dict.fromkeys(NINE.items, 2)),
        "tcm": assessed(station, rid, tcm, most),
        "undone": refused(station, rid, MORSE, "拒绝评估：今天不愿意，家属建议等她心情好一些，下周再来"),
    }


@pytest.mark.parametrize(
    ("size", "dark", "scale"),
    [
        ((1440, 900), False, 1.0),
        ((1366, 768), True, 1.0),
        ((900, 500), False, 1.0),
        ((1366, 768), False, 1.3),
    ],
)
async def test_every_record_fits(
    station: Station, records: dict[str, UUID], size: tuple[int, int], *, dark: bool, scale: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.apply(app, dark=dark, scale=scale)
    async with room(station, size) as r:
        for record in records.values():
            work = await opened(r, record)
            bar = work.page.scroller.verticalScrollBar()
            for place in range(0, bar.maximum() + 1, 400):
                bar.setValue(place)
                await fits(r.frame.pages)
        work = await opened(r, records["ability"])
        for key in (Qt.Key.Key_Y, Qt.Key.Key_I, Qt.Key.Key_U):
            press(work.page, key)
            await until(lambda: work.talk.sheet is not None and work.talk.sheet.isActiveWindow())
            sheet = work.talk.sheet
            assert sheet is not None
            await fits(sheet)
            sheet.reject()
            await until(lambda: work.talk.sheet is None)
            r.frame.activateWindow()
            await until(r.frame.isActiveWindow)
            work.page.setFocus()
        press(work.page, Qt.Key.Key_1)
        press(work.page.care, Qt.Key.Key_Return)
        await until(lambda: work.talk.sheet is not None and work.talk.sheet.isActiveWindow())
        sheet = work.talk.sheet
        assert sheet is not None
        await fits(sheet)
        sheet.reject()
    look.apply(app)
