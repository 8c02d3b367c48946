"""Every journal's worked cases, played through the real form: written, shown, corrected."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.compose import Station
from app.core.roles import Role
from app.journals.asking import AT
from app.journals.journal_file import in_group, journal_called, shelf
from app.journals.queries import EntryHistory, LastEntry
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
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
    kind = NotesTab if journal.event and journal in in_group("notes", "body") else MattersTab
    async with tab_of(station, rid, kind) as (_stage, tab):  # type: ignore[type-var]  # either of the two tabs
        press(Qt.Key[f"Key_{journal.key}"])
        sheet = await sheet_of(tab, EntrySheet)
        assert sheet.journal is journal
        assert sheet.form is not None
        case = journal.cases[0]
        sheet.form.set_values(case.content)
        assert sheet.form.view.problems() == {}
        press(Qt.Key.Key_Return, modifier=Control)
        await saved(tab)
        row = station.desk.ask_now(LastEntry(rid, code))
        assert row is not None
        assert row.line == case.line
        assert row.late is False
        if isinstance(tab, NotesTab):
            assert tab.table.pick(row.rid)
        else:
            (line,) = [one for one in tab.lines if one.row is not None and one.row.rid == row.rid]
            line.setFocus()
        press(Qt.Key.Key_E)
        sheet = await sheet_of(tab, EntrySheet)
        assert sheet.form is not None
        said = sheet.form.view.values()
        assert {key: said[key] for key in case.content} == dict(case.content)
        sheet.form.view.focus_on("reason")
        press(Qt.Key.Key_Return, modifier=Control)
        form = sheet.form.view
        await until(lambda: form.error("reason") == "请选择更正原因。")
        changed = (
            {"at": "2026-11-24 08:05"}
            if AT in said
            else {journal.fields[-1].key: said[journal.fields[-1].key]}
        )
        sheet.form.set_values({**changed, "reason": "时间更正"})
        press(Qt.Key.Key_Return, modifier=Control)
        if AT in said:
            await saved(tab)
            assert [one.state for one in station.desk.ask_now(EntryHistory(row.rid))] == [
                "signed",
                "corrected",
            ]
        else:
            await sheet_of(tab, EntrySheet)
            await until(lambda: sheet.notice.text() == "内容没有变化，不用更正。")
