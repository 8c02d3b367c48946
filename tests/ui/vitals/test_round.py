"""The round by keys: no mouse, no key too many, nothing lost, nothing twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.compose import Station
from app.core.drafts import DraftOf, KeepDraft
from app.core.ids import named
from app.core.roles import Role
from app.core.unit import Unit
from app.vitals.queries import RoundGrid, VitalHistory
from app.vitals.rules import Measured, News2
from app.vitals.service import RecordSet
from db.models import Absence
from tests.app.vitals.ward import forward, measured, ward
from tests.support.acts import Act, count
from tests.support.station import MORNING, become
from tests.ui.residents.stage import on_stage, until
from tests.ui.vitals.floor import ENTER, ROW, Nurse, round_of_floor
from ui.kit import KeySheet
from ui.vitals.correct_sheet import CorrectSheet
from ui.vitals.reason_sheet import ReasonSheet
from ui.vitals.saving import FORM

RED = Measured("blood_pressure", 186.0, 94.0, confirmed=True)
DOWN, LEFT, TAB = Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Tab


@pytest.fixture
def people(station: Station, tmp_path: Path) -> list[UUID]:
    return ward(station, tmp_path, 6)


async def test_forty_residents_need_digits_and_one_key_a_field(station: Station, tmp_path: Path) -> None:
    """No mouse; points and slashes are put by the editor, so they are no keys either."""
    ward(station, tmp_path, 40)
    fields = ("365", "76", "18", "13278", "97", "a", "", "", "2")
    async with round_of_floor(station) as nurse:
        for _ in range(40):
            nurse.row(*fields)
        await nurse.settle()
        await until(lambda: nurse.view.shown is not None and nurse.view.shown.measured == 40)
        assert nurse.keys == 40 * (sum(len(one) for one in fields) + len(fields))
        assert nurse.view.head.rest.text() == "本层已测完"
        assert all(isinstance(row.news2, News2) for row in nurse.view.grid.rows)
    assert count(station, "vital") == 40 * 7
    grid = station.desk.ask_now(RoundGrid(None, MORNING - timedelta(hours=2)))
    assert {len(row.visits) for row in grid.rows} == {1}


async def test_whoever_types_points_and_slashes_gets_the_same(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.row(*ROW)
        nurse.control(ENTER)
        await nurse.settle()
        assert nurse.texts("李桂兰") == list(ROW)
        assert nurse.at == ("李贵兰", "temperature")
        nurse.row("37", "101", "11", "9862", "100/3", "c+")
        nurse.control(ENTER)
        await nurse.settle()
        assert nurse.texts("李贵兰") == ["37.0", "101", "11", "98/62", "100", "C"]


async def test_a_value_that_cannot_be_is_marked_and_the_rest_recorded(
    station: Station, people: list[UUID]
) -> None:
    async with round_of_floor(station) as nurse:
        nurse.press("436", ENTER)
        assert nurse.at == ("李桂兰", "temperature")  # it stays on what needs another look
        assert nurse.said("李桂兰") == ("体温 43.6 ℃ 超出可录范围 30.0–43.0，请核对后重新输入。",)
        nurse.press(TAB)
        nurse.row("80", "19")
        nurse.press(DOWN)
        await nurse.settle()
        assert nurse.texts("李桂兰") == ["80", "19"]
        assert nurse.state("李桂兰") == "待更正"
        assert nurse.view.head.waits.text() == "1 处待更正"
        nurse.press(Qt.Key.Key_Up, LEFT, LEFT, LEFT)
        assert nurse.view.grid.editor.text() == "43.6"
        nurse.press("363", ENTER)
        nurse.press(DOWN)
        await nurse.settle()
        assert nurse.texts("李桂兰") == ["36.3", "80", "19"]
        assert len(nurse.of("李桂兰").visits) == 1
        assert nurse.said("李桂兰") == ()


async def test_a_doubtful_value_is_confirmed_by_a_second_enter_and_measured_again(
    station: Station, people: list[UUID]
) -> None:
    async with round_of_floor(station) as nurse:
        nurse.row(*ROW[:3])
        nurse.press("186")
        assert "达到危急值，隔 1–2 分钟复测" in nurse.view.foot.means.text()
        nurse.press("94", ENTER)
        assert nurse.at == ("李桂兰", "blood_pressure")
        assert nurse.said("李桂兰") == ("收缩压 186 mmHg 数值异常，请核对：再按一次 Enter 确认。",)
        nurse.press(ENTER)
        assert nurse.at == ("李桂兰", "spo2")
        nurse.row("97", "A")
        nurse.press(DOWN)
        await nurse.settle()
        assert "李桂兰 收缩压 186 达到危急值，隔 1–2 分钟复测" in nurse.view.bench.notice.text()
        forward(station, minutes=2)
        nurse.press(Qt.Key.Key_Up, LEFT, LEFT, LEFT)
        assert nurse.at == ("李桂兰", "blood_pressure")
        nurse.press("16488", ENTER, DOWN)
        await nurse.settle()
        both = nurse.of("李桂兰").values["blood_pressure"]
        assert [(one.text, one.turn) for one in both] == [("186/94", 0), ("164/88", 1)]


async def test_a_recorded_value_is_not_typed_over(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.row(*ROW)
        nurse.control(ENTER)
        await nurse.settle()
        nurse.press(Qt.Key.Key_Up, "37")
        assert "F2 更正" in nurse.view.foot.means.text()
        nurse.press(Qt.Key.Key_F2)
        sheet = await nurse.sheet(CorrectSheet)
        sheet.value.selectAll()
        for sign in "36.8":
            nurse.press(sign)
        nurse.press(ENTER)
        await until(lambda: nurse.texts("李桂兰")[0] == "36.8")
        await nurse.back()
        (one,) = nurse.of("李桂兰").values["temperature"]
        assert [line.text for line in station.desk.ask_now(VitalHistory(one.rid))] == ["36.8", "36.5"]


async def test_a_correction_that_is_refused_keeps_what_was_typed(
    station: Station, people: list[UUID]
) -> None:
    async with round_of_floor(station) as nurse:
        nurse.row(*ROW[:2])
        nurse.press(DOWN)
        await nurse.settle()
        nurse.press(Qt.Key.Key_Up, LEFT, Qt.Key.Key_F2)
        sheet = await nurse.sheet(CorrectSheet)
        sheet.value.selectAll()
        nurse.press("300", ENTER)
        await until(sheet._value.error.text)
        assert sheet._value.error.text() == "脉率 300 次/分 超出可录范围 20–250，请核对后重新输入。"
        assert sheet.value.text() == "300"
        sheet.retraction.click()
        await until(lambda: sheet._words.error.text() == "请写明为什么作废。")
        sheet.words.setText("量错人")
        sheet.retraction.click()
        await until(lambda: nurse.texts("李桂兰") == ["36.5"])
        await nurse.back()


async def test_why_nothing_was_measured(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.row("36.5")
        nurse.press(Qt.Key.Key_Space)
        await nurse.sheet(ReasonSheet)
        nurse.press("6")
        await nurse.back()
        assert nurse.at == ("李桂兰", "respiration")
        nurse.press(DOWN)
        await nurse.settle()
        assert nurse.texts("李桂兰") == ["36.5", "躁动不配合"]
        nurse.view.grid.editor.absent.emit(True)  # Shift+Space
        await nurse.sheet(ReasonSheet)
        nurse.press("1")
        await nurse.back()
        assert set(nurse.texts("李贵兰")) == {"拒测"}
        assert nurse.state("李贵兰") == "未测 林晓燕"


async def test_a_block_from_a_spreadsheet(station: Station, people: list[UUID]) -> None:
    block = "36.5\t76\t18\t132/78\n36,4\t720\t17\t128/74\n\t\t\t\n３６．９\t80\t16\t186/94\t97\n"
    async with round_of_floor(station) as nurse:
        nurse.row("36.1")
        nurse.press(DOWN)
        await nurse.settle()
        nurse.press(Qt.Key.Key_Up, LEFT)
        QApplication.clipboard().setText(block)
        nurse.control(Qt.Key.Key_V)
        await nurse.settle()
        await until(lambda: "36.9" in nurse.texts("赵树仁"))
        assert nurse.texts("李桂兰") == ["36.1", "76", "18", "132/78"]
        assert nurse.texts("李贵兰") == ["36.4", "17", "128/74"]
        assert nurse.texts("赵树仁") == ["36.9", "80", "16", "97"]
        assert nurse.said("李贵兰")[0].startswith("脉率 720 次/分 超出可录范围")
        assert nurse.state("赵树仁") == "待更正"
        said = nurse.view.bench.notice.text()
        assert said == "已粘贴 12 格，2 格待更正，1 格已有记录，没有覆盖。"


async def test_what_is_typed_survives_the_lock_and_a_crash(station: Station, people: list[UUID]) -> None:
    async with on_stage(station) as stage:
        view = stage.view("vitals-round")
        await stage.settle()
        nurse = Nurse(stage, view)
        nurse.row(*ROW[:2])
        nurse.press("1")  # in the middle of a number
        await stage.frame.leave()
    assert count(station, "vital") == 0
    async with round_of_floor(station) as nurse:
        await until(lambda: nurse.state("李桂兰") == "待更正")  # the number was not whole
        assert "已带回上次没有保存的 3 格" in nurse.view.bench.notice.text()
        typed = nurse.view.typed.rows[people[0]]
        assert {code: cell.text for code, cell in typed.cells.items()} == {
            "temperature": "36.5",
            "pulse": "76",
            "respiration": "1",
        }
        assert nurse.said("李桂兰")[0].startswith("呼吸 1 次/分 超出可录范围")
        nurse.press(ENTER, ENTER, "18", ENTER, DOWN)
        await nurse.settle()
        assert nurse.texts("李桂兰") == ["36.5", "76", "18"]
        await nurse.view.leave()
        floor = nurse.view.shown.floor if nurse.view.shown else None
        assert floor is not None
        assert station.desk.ask_now(DraftOf(FORM, named(floor, "2026-11-24 morning"))) is None


async def test_who_is_away_is_passed_by(station: Station, people: list[UUID]) -> None:
    def leave(unit: Unit) -> None:
        begins = unit.now - timedelta(days=1)
        stamp = unit.stamp()
        row = Absence(
            **stamp, revision=1, resident=people[1], stay=unit.new_id(), code="hospital", begins=begins
        )
        unit.session.add(row)

    station.desk.do_now(Act(leave))
    async with round_of_floor(station) as nurse:
        assert nurse.state("李贵兰") == "住院"
        nurse.press(DOWN)
        assert nurse.at == ("王素芬", "temperature")
        nurse.press(Qt.Key.Key_Up)
        nurse.control(ENTER)
        assert nurse.at == ("王素芬", "temperature")
        assert nurse.view.head.count.text() == "已测 0 / 5"


async def test_a_paper_round_is_entered_with_its_own_time(station: Station, people: list[UUID]) -> None:
    forward(station, hours=2)  # 10:30, still the morning round
    async with round_of_floor(station) as nurse:
        nurse.control(Qt.Key.Key_T)
        nurse.press("7:15")
        assert nurse.view.head.late.text() == "将标为补录"
        nurse.press(ENTER)
        nurse.row(*ROW[:1])
        nurse.press(DOWN)
        await nurse.settle()
        assert nurse.state("李桂兰") == "补录 07:15 林晓燕"
        nurse.control(Qt.Key.Key_T)
        nurse.view.head.time.clear()
        nurse.press("23:50", ENTER)
        assert nurse.view.head.late.text() == "还没有到这个时间"
        nurse.press(LEFT, "372", ENTER, DOWN)
        await nurse.settle()
        assert nurse.texts("李贵兰") == []
        assert "11-24 23:50 还没有到" in nurse.said("李贵兰")[0]
        nurse.control(Qt.Key.Key_T)
        nurse.view.head.time.clear()
        nurse.press("9:00", ENTER, Qt.Key.Key_Up, DOWN)
        await nurse.settle()
        assert nurse.texts("李贵兰") == ["37.2"]


async def test_yesterdays_round_and_a_second_visit(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.view.head.back.click()
        await nurse.settle()
        assert nurse.view.head.day.text() == "11-23 周一"
        nurse.row(*ROW[:1])
        nurse.press(DOWN)
        await nurse.settle()
        assert nurse.state("李桂兰") == "补录 08:00 林晓燕"
        nurse.view.head.forth.click()
        await nurse.settle()
        assert nurse.of("李桂兰").before["temperature"].text == "36.5"
        assert nurse.at == ("李桂兰", "temperature")
        nurse.row("36.6")
        nurse.press(DOWN)
        await nurse.settle()
        nurse.press(Qt.Key.Key_Up)
        forward(station, minutes=20)
        nurse.control(Qt.Key.Key_N)
        nurse.row("36.7")
        nurse.press(DOWN)
        await nurse.settle()
        assert [visit.values[0].text for visit in nurse.of("李桂兰").visits] == ["36.7", "36.6"]


async def test_the_row_just_recorded_is_taken_back(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.control(Qt.Key.Key_Z)
        await nurse.settle()
        assert nurse.view.bench.notice.text() == "没有可以撤销的录入。"
        nurse.row(*ROW)
        nurse.control(ENTER)
        await nurse.settle()
        nurse.control(Qt.Key.Key_Z)
        await until(lambda: nurse.texts("李桂兰") == [])
        await nurse.settle()
        assert nurse.view.bench.notice.text() == "已撤销刚才的录入，记录仍可查。"


async def test_somebody_elses_value_appears_while_one_types(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.press("36")
        station.desk.do_now(RecordSet(people[2], MORNING, measured(pulse="66")))
        await until(lambda: nurse.texts("王素芬") == ["66"])
        nurse.press("5", ENTER, DOWN)
        await nurse.settle()
        assert nurse.texts("李桂兰") == ["36.5"]


async def test_who_may_and_what_f1_says(station: Station, people: list[UUID]) -> None:
    async with round_of_floor(station) as nurse:
        nurse.press(Qt.Key.Key_F1)
        sheet = await nurse.sheet(KeySheet)
        sheet.accept()
        await nurse.back()
    become(station, Role.MANAGER)
    async with on_stage(station) as stage:
        stage.frame.go("vitals-round", None)
        assert stage.place != "vitals-round"


async def test_an_empty_house_says_what_to_do(station: Station) -> None:
    become(station, Role.NURSE)
    async with on_stage(station) as stage:
        view = stage.view("vitals-round")
        await until(lambda: view.state.words)
        assert view.state.words == "这里没有要测的老人"


async def test_another_round_waits_until_this_one_is_recorded(station: Station, people: list[UUID]) -> None:
    """Leaving in the middle of a row: what is whole is recorded, what is wrong comes back with the round."""
    async with round_of_floor(station) as nurse:
        nurse.row(*ROW[:2])
        nurse.press("1")
        nurse.view.head.back.click()
        await nurse.settle()
        assert nurse.view.head.day.text() == "11-23 周一"
        assert nurse.said("李桂兰") == ()
        nurse.view.head.forth.click()
        await nurse.settle()
        assert nurse.texts("李桂兰") == ["36.5", "76"]
        assert nurse.said("李桂兰")[0].startswith("呼吸 1 次/分 超出可录范围")
        await nurse.view.leave()
    forward(station, hours=5)
    async with round_of_floor(station) as nurse:
        await until(nurse.view.bench.notice.text)
        assert nurse.view.bench.notice.text().startswith("11-24 周二 晨间还有没有保存的录入")


async def test_a_draft_kept_before_a_crash_records_nothing_twice(
    station: Station, people: list[UUID]
) -> None:
    """The row was recorded, the draft of before was still there: only the repetition that was typed comes back."""
    set_id = station.desk.do_now(RecordSet(people[0], MORNING, (*measured(temperature="36.5"), RED)))
    grid = station.desk.ask_now(RoundGrid(None, MORNING - timedelta(hours=2)))
    assert grid.floor is not None
    cells = {"temperature": "36.5", "blood_pressure": "164/88"}
    kept = {
        "set": str(set_id),
        "fresh": False,
        "cells": {code: {"text": text, "absent": ""} for code, text in cells.items()},
    }
    content = {"round": "2026-11-24 morning", "rows": {str(people[0]): kept}}
    station.desk.do_now(KeepDraft(FORM, named(grid.floor, "2026-11-24 morning"), content))
    async with round_of_floor(station) as nurse:
        await until(nurse.view.bench.notice.text)
        assert "已带回上次没有保存的 1 格" in nurse.view.bench.notice.text()
        nurse.view.grid.put(0, "blood_pressure")
        nurse.press(ENTER, DOWN)
        await nurse.settle()
        await until(lambda: len(nurse.of("李桂兰").values["blood_pressure"]) == 2)
        assert nurse.texts("李桂兰") == ["36.5", "164/88"]
    assert count(station, "vital") == 3
