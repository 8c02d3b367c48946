"""What is due of one resident, through the desk: causes in words, answered by what is signed, never gone otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.assessments.content import occasions
from app.assessments.due.queries import CountDue, DueList, DuesOf
from app.assessments.due.rows import DueRow
from app.assessments.due.rules import ADMISSION, INTERVAL, RETURN
from app.assessments.due.showing import occasion_for
from app.assessments.instruments import shipped
from app.assessments.queries import LatestLevels
from app.compose import Station
from app.residents.queries import ResidentList
from tests.app.assessments.dues import assessed
from tests.app.assessments.people import GB, Admit, filled, signed


def dues(station: Station) -> dict[str, DueRow]:
    resident = station.desk.do_now(Admit())
    return {row.instrument: row for row in station.desk.ask_now(DuesOf(resident))}


def test_who_was_never_assessed_owes_every_routine_instrument(station: Station) -> None:
    found = dues(station)
    assert found[GB.code].why == "入住评估"
    assert (found[GB.code].due_on, found[GB.code].occasion) == (date(2026, 3, 8), "首次评估")
    assert (found["morse"].due_on, found["morse"].occasion) == (date(2026, 3, 2), "入住评估")
    assert (found["tcm33"].due_on, found["tcm33"].why) == (date(2027, 3, 1), "定期")
    assert "frail" not in found


def test_what_is_signed_answers_and_is_due_again_by_interval(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    before = station.desk.ask_now(CountDue())
    signed(station, resident, replace(filled(station), assessed_on=date(2026, 10, 1)))
    row = next(row for row in station.desk.ask_now(DuesOf(resident)) if row.instrument == GB.code)
    assert (row.due_on, row.why, row.occasion) == (date(2027, 10, 1), "定期", "常规评估")
    assert row.latest is not None
    assert (row.latest.finding, row.ability) == ("中度失能", row.latest.tone)
    assert station.desk.ask_now(CountDue()) == before - 1
    page = station.desk.ask_now(DueList())
    assert (page.count, page.counts.due, page.counts.overdue) == (before - 1, before - 1, before - 1)
    assert page.counts.by_instrument["morse"] == 1


def test_a_refusal_hides_no_level(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    record = signed(station, resident, replace(filled(station), assessed_on=date(2026, 10, 1)))
    assessed(station, resident, GB.code, date(2026, 11, 20), undone="拒绝评估")
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].record == record
    assert [row.level for row in station.desk.ask_now(ResidentList()).rows] == [2]
    row = next(row for row in station.desk.ask_now(DuesOf(resident)) if row.instrument == GB.code)
    assert (row.refused, row.due_on) == ("11-20 拒绝评估", date(2027, 10, 1))


def test_every_instrument_has_a_word_for_every_cause() -> None:
    for instrument in shipped().values():
        for cause in (ADMISSION, INTERVAL, *instrument.due.after):
            assert occasion_for(instrument, cause) in occasions(instrument), (instrument.code, cause)
    assert occasion_for(GB, RETURN) == "即时评估"
