"""Every journal's worked cases, played through the real form: written, shown, corrected."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.compose import Station
from app.core.roles import Role
from app.journals import AddEntry
from app.journals.asking import AT
from app.journals.journal import Journal
from app.journals.journal_file import in_group, journal_called, shelf
from app.journals.queries import EntryHistory, EntryRow, LastEntry
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from tests.app.journals.old import WroteThen
from tests.support.station import become
from tests.ui.journals.room import Control, press, saved, sheet_of, tab_of
from tests.ui.residents.stage import until
from ui.journals.entry_sheet import EntrySheet
from ui.journals.matters_tab import MattersTab
from ui.journals.notes_tab import NotesTab


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18))))


@pytest.mark.parametrize("code", list(shelf()))
async def test_a_case_through_the_form(station: Station, rid: UUID, code: str) -> None:
    """Its letter opens the form, the values go in, Ctrl+Enter writes; the line is the one the file says."""
    journal = journal_called(code)
    notes = journal.event and journal in in_group("notes", "body")
    if notes:
        async with tab_of(station, rid, NotesTab) as (_stage, tab):
            row = await write(station, rid, tab, journal)
            assert tab.table.pick(row.rid)
            await correct(station, tab, journal, row)
    else:
        async with tab_of(station, rid, MattersTab) as (_stage, matters):
            row = await write(station, rid, matters, journal)
            (line,) = [one for one in matters.lines if one.row is not None and one.row.rid == row.rid]
            line.setFocus()
            await correct(station, matters, journal, row)
    assert row.line == journal.cases[0].line
    assert row.late is False


async def write(station: Station, rid: UUID, tab: NotesTab | MattersTab, journal: Journal) -> EntryRow:
    """The first worked case, written; of a journal that is closed by now, as it was written then."""
    if journal.closed:
        station.desk.do_now(WroteThen(AddEntry(rid, journal.code, journal.cases[0].content)))
        row = station.desk.ask_now(LastEntry(rid, journal.code))
        assert isinstance(tab, MattersTab)
        assert row is not None
        await until(lambda: bool(tab.cards[journal.code].lines))
        return row
    press(Qt.Key[f"Key_{journal.key}"])
    sheet = await sheet_of(tab, EntrySheet)
    assert sheet.journal is journal
    assert sheet.form is not None
    sheet.form.set_values(journal.cases[0].content)
    assert sheet.form.view.problems() == {}
    press(Qt.Key.Key_Return, modifier=Control)
    await saved(tab)
    row = station.desk.ask_now(LastEntry(rid, journal.code))
    assert row is not None
    return row


async def correct(station: Station, tab: NotesTab | MattersTab, journal: Journal, row: EntryRow) -> None:
    """E shows what was said; without a reason, and without a change, it is not corrected."""
    press(Qt.Key.Key_E)
    sheet = await sheet_of(tab, EntrySheet)
    assert sheet.form is not None
    form, content = sheet.form.view, journal.cases[0].content
    said = form.values()
    assert {key: said[key] for key in content} == dict(content)
    form.focus_on("reason")
    press(Qt.Key.Key_Return, modifier=Control)
    await until(lambda: form.error("reason") == "请选择更正原因。")
    sheet.form.set_values({"reason": "时间更正"} | ({AT: "2026-11-24 08:05"} if AT in said else {}))
    press(Qt.Key.Key_Return, modifier=Control)
    if AT in said:
        await saved(tab)
        states = [one.state for one in station.desk.ask_now(EntryHistory(row.rid))]
        assert states == ["signed", "corrected"]
    else:
        await until(lambda: sheet.notice.text() == "内容没有变化，不用更正。")
