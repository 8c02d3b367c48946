"""Notes and events by keys alone: written, repeated, corrected, retracted, moved, taken back, kept as drafts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.journals import AddEntries, AddEntry
from app.journals.queries import JournalPage, LastEntry
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from tests.support.station import become
from tests.ui.journals.room import Control, in_front, press, quiet, saved, sheet_of, tab_of
from tests.ui.residents.stage import until
from ui.journals.act_sheets import MoveSheet, RetractSheet
from ui.journals.entry_sheet import EntrySheet
from ui.journals.notes_tab import PAGE, NotesTab
from ui.journals.versions_sheet import VersionsSheet
from ui.kit import Words

NOTE = {"kind": "general", "text": "早餐进食半碗粥"}
TURN = {"position": "left", "skin": "intact", "next_by": "10:00"}
Enter, Escape, Tab, Space = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18))))


def lines(station: Station, rid: UUID) -> list[str]:
    page = station.desk.ask_now(JournalPage(rid, ("nursing-note", "turning")))
    return [row.line for row in page.rows]


async def test_a_note_is_n_the_words_and_ctrl_enter(station: Station, rid: UUID) -> None:
    async with tab_of(station, rid, NotesTab) as (stage, tab):
        assert tab.state.words == "还没有护理记录"
        press(Qt.Key.Key_N)
        sheet = await sheet_of(tab, EntrySheet)
        press("早餐进食半碗粥")
        press(Enter, modifier=Control)
        await saved(tab)
        assert stage.frame.notice.text() == "已保存。"
        assert [row.line for row in tab.table.rows_model.rows] == ["一般：早餐进食半碗粥"]
        assert stage.place == "chart"
        assert sheet.draft.subject == rid
    assert lines(station, rid) == ["一般：早餐进食半碗粥"]


async def test_a_sentence_brings_its_blanks(station: Station, rid: UUID) -> None:
    async with tab_of(station, rid, NotesTab) as (_stage, tab):
        press(Qt.Key.Key_N)
        sheet = await sheet_of(tab, EntrySheet)
        press(Qt.Key.Key_2, modifier=Control)
        assert sheet.form is not None
        field = sheet.form.view.input("text")
        assert isinstance(field, QPlainTextEdit)
        assert field.toPlainText().startswith("08:30 巡视，李桂兰入睡")
        assert field.textCursor().selectedText() == "＿＿"
        press("安静")
        press(Qt.Key.Key_F4)
        assert field.textCursor().selectedText() == ""
        press(Qt.Key.Key_3, modifier=Control)
        press(Qt.Key.Key_F4)
        assert field.textCursor().selectedText() == "＿＿"


async def test_one_key_repeats_the_last_turning_and_ctrl_z_takes_it_back(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddEntry(rid, "turning", TURN, station.clock.now() - timedelta(minutes=50)))
    async with tab_of(station, rid, NotesTab) as (stage, tab):
        press(Qt.Key.Key_R)
        await until(lambda: len(lines(station, rid)) == 2)
        await quiet(tab)
        assert stage.frame.notice.text() == "已记翻身：左侧卧，皮肤完好。"
        press(Qt.Key.Key_R)
        await until(lambda: stage.frame.notice.text() == "一分钟内已记过翻身，没有再记。")
        assert len(lines(station, rid)) == 2
        press(Qt.Key.Key_Z, modifier=Control)
        await until(lambda: len(lines(station, rid)) == 1)
        await quiet(tab)
        press(Qt.Key.Key_Z, modifier=Control)
        await until(lambda: stage.frame.notice.text() == "没有刚写下的记录可以撤销。")


async def test_e_corrects_here_and_versions_strike_the_old_words_through(station: Station, rid: UUID) -> None:
    """E on the list is the list's: the chart's own E would open the person's form."""
    station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    async with tab_of(station, rid, NotesTab) as (stage, tab):
        press(Qt.Key.Key_E)
        sheet = await sheet_of(tab, EntrySheet)
        assert stage.place == "chart"
        assert sheet.form is not None
        sheet.form.view.focus_on("text")
        press(Qt.Key.Key_A, modifier=Control)
        press("早餐进食一碗粥")
        sheet.form.view.focus_on("reason")
        press(Space)
        press(Enter, modifier=Control)
        await saved(tab)
        press(Enter)
        shown = await sheet_of(tab, VersionsSheet)
        struck = [one.text() for one in shown.findChildren(Words) if one.font().strikeOut()]
        assert struck == ["早餐进食半碗粥"]
        assert "原因：笔误" in [one.text() for one in shown.findChildren(Words)]
        press(Escape)
        await saved(tab)


async def test_d_asks_why_and_x_shows_what_was_retracted(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    async with tab_of(station, rid, NotesTab) as (stage, tab):
        press(Qt.Key.Key_D)
        sheet = await sheet_of(tab, RetractSheet)
        press(Enter)
        await until(lambda: sheet.form.error("why") == "请填写为什么作废。")
        press("重复", Enter)
        await saved(tab)
        await until(lambda: tab.table.rows_model.rows == ())
        tab.setFocus()
        press(Qt.Key.Key_X)
        await until(lambda: [row.retracted for row in tab.table.rows_model.rows] == [True])
        tab.table.setFocus()
        press(Qt.Key.Key_E)
        await until(lambda: stage.frame.notice.text() == "这条记录已作废。")
    assert lines(station, rid) == []


async def test_w_moves_it_to_the_right_person(station: Station, rid: UUID) -> None:
    other = station.desk.do_now(CreateResident(ResidentForm("欧阳淑华", "2", date(1940, 2, 2))))
    station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    async with tab_of(station, rid, NotesTab) as (stage, tab):
        press(Qt.Key.Key_W)
        sheet = await sheet_of(tab, MoveSheet)
        press("oysh")
        await until(lambda: [one.name for one in sheet.table.rows_model.rows] == ["欧阳淑华"])
        await until(lambda: not sheet.errands.running)
        press(Enter)
        press(Enter)
        await saved(tab)
        assert "已改记到欧阳淑华名下" in stage.frame.notice.text()
    assert (lines(station, rid), lines(station, other)) == ([], ["一般：早餐进食半碗粥"])


async def test_what_is_typed_waits_as_a_draft_and_comes_back(station: Station, rid: UUID) -> None:
    async with tab_of(station, rid, NotesTab) as (_stage, tab):
        press(Qt.Key.Key_N)
        await sheet_of(tab, EntrySheet)
        press("写到一半")
        press(Escape)
        await saved(tab)
        tab.setFocus()
        press(Qt.Key.Key_N)
        sheet = await sheet_of(tab, EntrySheet)
        assert sheet.form is not None
        assert sheet.form.view.values()["text"] == "写到一半"
        assert "没保存的内容" in sheet.notice.text()
        press(Enter, modifier=Control)
        await saved(tab)
        press(Qt.Key.Key_N)
        again = await sheet_of(tab, EntrySheet)
        assert again.form is not None
        assert again.form.view.values()["text"] == ""


async def test_one_more_keeps_what_stays_the_same(station: Station, rid: UUID) -> None:
    async with tab_of(station, rid, NotesTab) as (_stage, tab):
        press(Qt.Key.Key_H)
        sheet = await sheet_of(tab, EntrySheet)
        assert sheet.form is not None
        sheet.form.set_values({"item": "k", "value": "6.5", "lab": "区中心医院"})
        press(Enter, modifier=Control)
        form = sheet.form.view
        await until(lambda: form.error("read_back").startswith("请填写"))
        sheet.form.set_values({"value": "4.1"})
        press(Enter, modifier=Control | Qt.KeyboardModifier.ShiftModifier)
        await until(lambda: sheet.notice.text() == "已保存，接着记下一条。")
        await in_front(sheet)
        values = sheet.form.view.values()
        assert (values["lab"], values["item"], values["value"]) == ("区中心医院", "", "")
    last = station.desk.ask_now(LastEntry(rid, "labs"))
    assert last is not None
    assert last.line == "钾 4.1 mmol/L，区中心医院"


async def test_a_caregiver_turns_but_writes_no_note(station: Station, rid: UUID) -> None:
    become(station, Role.CAREGIVER)
    async with tab_of(station, rid, NotesTab) as (stage, tab):
        press(Qt.Key.Key_N)
        await until(lambda: "您没有“书写护理记录”的权限" in stage.frame.notice.text())
        assert tab.acts.sheet is None
        press(Qt.Key.Key_T)
        await sheet_of(tab, EntrySheet)


async def test_seven_hundred_notes_come_as_the_list_is_scrolled(station: Station, rid: UUID) -> None:
    now = station.clock.now()
    station.desk.do_now(
        AddEntries(
            tuple(
                AddEntry(rid, "nursing-note", {**NOTE, "text": f"第{n}条"}, now - timedelta(hours=n))
                for n in range(700)
            )
        )
    )
    async with tab_of(station, rid, NotesTab) as (_stage, tab):
        assert len(tab.table.rows_model.rows) == PAGE
        while len(tab.table.rows_model.rows) < 700:
            had = len(tab.table.rows_model.rows)
            press(Qt.Key.Key_End)
            await until(lambda had=had: len(tab.table.rows_model.rows) > had)  # type: ignore[misc]  # bound now
        assert len({row.rid for row in tab.table.rows_model.rows}) == 700
        assert isinstance(station.clock, SetClock)
        station.clock.forward(timedelta(minutes=1))
        chosen = tab.table.current()
        station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
        await until(lambda: tab.table.rows_model.rows[0].line.endswith("半碗粥"))
        assert chosen is not None
        assert tab.table.current() is not None
