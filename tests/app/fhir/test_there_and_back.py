"""What one station sends another takes in: equal rows with their authors; what says nothing new writes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.assessments.record_queries import AssessmentRevisions
from app.assessments.service import Correct, Retract
from app.compose import Station
from app.core.roles import Role
from app.residents.queries import Chart, FormOf, ResidentList
from app.residents.rules import AllergyStatement, PlacePath
from app.residents.service import CreateResident, EditResident
from tests.app.assessments.people import filled, first, save, second
from tests.app.fhir.people import LONGEST, admit, admit_without_allergies, assessed
from tests.support.acts import rows
from tests.support.exchange import carry
from tests.support.station import become

TABLES = ("place", "resident", "stay", "allergy", "diagnosis", "assessment")


def kept(station: Station, table: str) -> set[tuple[Any, ...]]:
    return set(rows(station, f"select * from {table}"))  # noqa: S608  # names of our own tables


def equal(station: Station, other: Station) -> None:
    for table in TABLES:
        assert kept(station, table) == kept(other, table), table


def staff(station: Station) -> set[tuple[Any, ...]]:
    return set(
        rows(station, "select number, name, profession, title, certificate, active, author from staff")
    )


def test_everything_survives_there(station: Station, other: Station) -> None:
    assessed(station, admit(station))
    admit_without_allergies(station)
    carry(station, other)
    equal(station, other)
    assert staff(station) < staff(other)
    assert rows(other, "select roles from staff where number = '0412'") == [("[]",)]
    found = other.desk.ask_now(ResidentList("欧阳"))
    assert [row.bed for row in found.rows] == ["2号楼 312-1"]


def test_what_came_is_not_sent_back(station: Station, other: Station) -> None:
    before = rows(other, "select count(*) from outbox")
    assessed(station, admit(station))
    carry(station, other)
    assert rows(other, "select count(*) from outbox") == before
    assert other.verify() == []


def test_the_same_again_changes_nothing(station: Station, other: Station) -> None:
    assessed(station, admit(station))
    carry(station, other)
    lines = rows(other, "select count(*) from audit")
    assert [taken for taken in carry(station, other) if taken.changed] == []
    assert [taken for taken in carry(station, station) if taken.changed] == []
    assert rows(other, "select count(*) from audit") == lines


def test_signatures_come_as_those_of_another_station(station: Station, other: Station) -> None:
    record = assessed(station, admit(station))
    carry(station, other)
    there = other.desk.ask_now(AssessmentRevisions(record))[0]
    here = station.desk.ask_now(AssessmentRevisions(record))[0]
    assert [(one.name, one.profession, one.at) for one in there.signatures] == [
        (one.name, one.profession, one.at) for one in here.signatures
    ]
    assert all(one.elsewhere and not one.contradicts for one in there.signatures)
    assert all(one.genuine and not one.elsewhere for one in here.signatures)
    assert replace(there, signatures=()) == replace(here, signatures=())


def test_a_correction_follows_and_the_first_stays_readable(station: Station, other: Station) -> None:
    resident = admit(station)
    record = assessed(station, resident)
    carry(station, other)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(Correct(record, "笔误"))
    save(station, resident, filled(station, points=40))
    first(station, resident, Role.NURSE)
    second(station, resident, Role.ASSESSOR)
    carry(station, other)
    equal(station, other)
    there = other.desk.ask_now(AssessmentRevisions(record))
    assert [(one.revision, one.state, len(one.signatures)) for one in there] == [
        (2, "corrected", 2),
        (1, "signed", 2),
    ]


def test_a_retraction_follows(station: Station, other: Station) -> None:
    record = assessed(station, admit(station))
    carry(station, other)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(Retract(record, "笔误"))
    carry(station, other)
    equal(station, other)
    assert rows(other, "select revision from assessment where current and state = 'retracted'") == [(2,)]


def test_an_edit_follows_with_its_author(station: Station, other: Station) -> None:
    resident = admit(station)
    carry(station, other)
    become(station, Role.NURSE)
    form = station.desk.ask_now(FormOf(resident))
    moved = replace(form.form, phone="021-55550999", place=PlacePath("2号楼", "3层", "312", "2"))
    station.desk.do_now(
        EditResident(resident, replace(moved, allergies=None, diagnoses=()), form.revision, "误录")
    )
    carry(station, other)
    equal(station, other)
    chart = other.desk.ask_now(Chart(resident))
    assert (chart.phone, chart.bed, chart.recorded_by, chart.revision) == (
        "021-55550999",
        "2号楼 312-2",
        "林晓燕",
        2,
    )
    assert rows(other, "select count(*) from register_version where kind = 'resident'") == [(1,)]


def test_what_is_taken_back_where_it_stood_is_taken_back_there(station: Station, other: Station) -> None:
    resident = admit(station)
    carry(station, other)
    form = station.desk.ask_now(FormOf(resident))
    emptied = replace(form.form, allergies=AllergyStatement(), diagnoses=())
    station.desk.do_now(EditResident(resident, emptied, form.revision, "同名老人的"))
    carry(station, other)
    stated = "select state from allergy where current union all select state from diagnosis where current"
    assert rows(other, stated) == [("retracted",)] * 3
    equal(station, other)


def test_two_stations_name_one_bed_alike(station: Station, other: Station) -> None:
    admit(station)
    twin = replace(
        LONGEST, name="张桂英", id_number="", place=LONGEST.place and replace(LONGEST.place, bed="2")
    )
    other.desk.do_now(CreateResident(twin))
    carry(station, other)
    assert rows(other, "select count(*) from place where kind = 'room'") == [(1,)]
    assert len(other.desk.ask_now(ResidentList("")).rows) == 2
