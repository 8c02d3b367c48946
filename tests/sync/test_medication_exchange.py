"""Medication through a platform: orders before their doses, two stations giving one slot, foreign edits shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.compose import Station
from app.core.roles import Role
from app.medication.derived import DoseFact, doses_of
from app.medication.following.deciding import DecideMatter
from app.medication.following.matters import open_matters
from app.medication.giving import CorrectDose, Give, RetractDose, Said
from app.medication.queries import RoundBoard, SlotRow
from app.residents.stating import Seen
from app.sync.queries import SyncRows
from db.models import Dose
from tests.app.fhir.medicines import medicate
from tests.app.fhir.people import admit
from tests.app.fhir.test_medication_carried import TABLES, revised
from tests.app.medication.house import DAY, Ward, at, ward_of
from tests.support.acts import Look, rows
from tests.support.exchange import second_station
from tests.support.platform import Behaviour, Platform
from tests.support.station import become
from tests.sync.joined import Joined, sends
from tests.sync.test_daily_record import aside


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def ward(station: Station) -> Iterator[Ward]:
    yield from ward_of(station)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as started:
        yield started


def equal(first: Station, other: Station) -> None:
    """What stands now is the same at both; of doses every revision is, for each is a resource of its own."""
    for table in TABLES:
        names = [row[1] for row in rows(first, f"pragma table_info({table})") if row[1] != "clock_offset_ms"]
        which = "1" if table == "dose" else "current"
        query = f"select {', '.join(names)} from {table} where {which}"  # noqa: S608  # our own tables
        assert set(rows(first, query)) == set(rows(other, query)), table


def doubled(station: Station) -> list[DoseFact]:
    found = station.desk.ask_now(Look(lambda reader: list(doses_of(reader, None, [DAY]).values())))
    return [one for one in found if one.others]


def slot(station: Station, name: str = "08:00") -> SlotRow:
    sheet = station.desk.ask_now(RoundBoard(None, DAY))
    return next(one for one in sheet.slots if one.key[2] == name)


class Two:
    """The ward's station and another one, each with a nurse, joined to one platform."""

    def __init__(self, ward: Ward, second: Station, platform: Platform) -> None:
        self.ward = ward
        self.first, self.other = Joined(ward.station, platform), Joined(second, platform)
        self.platform = platform
        self.order = ward.order("氨氯地平", "5")
        ward.measure("blood_pressure", "128/76")
        self.exchange()
        self.put(8)

    def put(self, hour: int, minute: int = 0) -> None:
        self.ward.put(hour, minute)
        self.other.station.clock.put(at(hour, minute))  # type: ignore[attr-defined]  # a SetClock

    def exchange(self, times: int = 2) -> None:
        """Both stations until nothing waits; the platform's lists may lag behind."""
        for _ in range(times):
            for one in (self.first, self.other):
                one.rounds_until_quiet()

    def give(self, station: Station) -> Seen:
        seen: Seen = station.desk.do_now(Give(slot(station).key, Said()))
        return seen


@pytest.fixture
def two(ward: Ward, second: Station, platform: Platform) -> Two:
    return Two(ward, second, platform)


def test_everything_of_a_resident_comes_to_the_other_station(
    joined_anywhere: Joined, second: Station
) -> None:
    resident = admit(joined_anywhere.station)
    made = medicate(joined_anywhere.station, resident)
    done = joined_anywhere.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    there = Joined(second, joined_anywhere.platform)
    there.rounds_until_quiet()
    assert aside(second) == []
    equal(joined_anywhere.station, second)
    assert joined_anywhere.platform.complaints == []
    revised(joined_anywhere.station, Dose, made["dose/given"], amount="2.5", outcome="partial")
    revised(second, Dose, made["dose/held"], outcome="given", reason_code=None, amount="5", unit="mg")
    for one in (joined_anywhere, there, joined_anywhere):
        assert one.rounds_until_quiet().conflicts == 0
    assert (aside(second), aside(joined_anywhere.station)) == ([], [])
    equal(joined_anywhere.station, second)
    assert len(joined_anywhere.platform.resources("Medication")) == 2
    joined_anywhere.restart()
    assert joined_anywhere.round().sent == 0


def test_medicines_go_before_orders_and_those_before_doses(joined: Joined) -> None:
    medicate(joined.station, admit(joined.station))
    joined.rounds_until_quiet()
    of = [
        [place for place, one in enumerate(joined.platform.requests) if sends(kind)(one)]
        for kind in ("Medication", "MedicationRequest", "MedicationAdministration")
    ]
    assert min(of[0]) < min(of[1]) < min(of[2])
    asked = [one for one in joined.platform.requests if one.path.startswith("/MedicationAdministration")]
    assert len(asked) <= 3  # what it is like, and the pull; no search for what only this station makes


def test_a_slot_given_at_two_stations_is_shown_at_both_and_closed_for_both(two: Two) -> None:
    first, other = two.first.station, two.other.station
    two.give(first)
    two.give(other)
    two.exchange()
    for station in (first, other):
        (fact,) = doubled(station)
        assert fact.doubled
        assert {one.station for one in fact.all} == {"01", "02"}
        assert aside(station) == []
    assert len(two.platform.resources("MedicationAdministration")) == 2
    (matter,) = first.desk.ask_now(Look(open_matters))
    first.desk.do_now(
        DecideMatter(matter.resident, matter.what, matter.about, matter.since, "02 站误点，只服一次")
    )
    two.exchange()
    assert other.desk.ask_now(Look(open_matters)) == ()
    equal(first, other)


def test_one_of_two_is_retracted_where_it_was_recorded_and_the_other_stays(two: Two) -> None:
    first, other = two.first.station, two.other.station
    two.give(first)
    seen = two.give(other)
    two.exchange()
    other.desk.do_now(RetractDose(seen, "点错"))
    two.exchange()
    equal(first, other)
    for station in (first, other):
        assert doubled(station) == []
        assert station.desk.ask_now(Look(open_matters)) == ()
    statuses = [one["status"] for one in two.platform.resources("MedicationAdministration")]
    assert sorted(statuses) == ["completed", "entered-in-error", "entered-in-error"]


def test_what_comes_meanwhile_never_touches_a_dose_that_waits(two: Two) -> None:
    """Station 02 gives and corrects without a line while 01 gives, corrects and sends."""
    first, other = two.first.station, two.other.station
    seen, mine = two.give(first), two.give(other)
    two.first.rounds_until_quiet()
    two.first.station.desk.do_now(CorrectDose(seen, "笔误", number=5))
    two.other.station.desk.do_now(CorrectDose(mine, "笔误", number=1))
    two.exchange()
    for station in (first, other):
        (fact,) = doubled(station)
        assert {(one.station, one.outcome) for one in fact.all} == {("01", "not_given"), ("02", "refused")}
        assert aside(station) == []
    equal(first, other)


def test_a_dose_another_station_took_back_can_be_given_again(two: Two) -> None:
    first, other = two.first.station, two.other.station
    seen = two.give(first)
    two.exchange()
    other.desk.do_now(RetractDose(seen, "老人其实没有服"))
    two.exchange()
    two.give(first)
    two.exchange()
    equal(first, other)
    standing = "select station, revision from dose where current and state <> 'retracted'"
    assert rows(first, standing) == rows(other, standing) == [("01", 2)]


def test_both_stop_one_order_and_a_person_decides(two: Two) -> None:
    from app.medication.orders import StopOrder

    become(two.first.station, Role.HEAD_NURSE)
    for joined in (two.first, two.other):
        joined.station.desk.do_now(StopOrder(Seen(two.order.rid, 2), "血压低", doctor_name="徐医生"))
    two.first.rounds_until_quiet()
    two.other.round()
    assert two.other.states(two.order.rid)[-1][1] == "conflict"
    assert any("医嘱" in row.title for row in two.other.station.desk.ask_now(SyncRows()).rows)


@pytest.mark.parametrize("elements", [{"status": "entered-in-error"}, {"status": "not-done"}])
def test_a_foreign_edit_of_a_dose_is_shown_and_not_taken(joined: Joined, elements: dict[str, str]) -> None:
    rid = medicate(joined.station, admit(joined.station))["dose/given"]
    joined.rounds_until_quiet()
    (body,) = [
        one
        for one in joined.platform.resources("MedicationAdministration")
        if str(rid) in str(one["identifier"])
    ]
    joined.platform.edit("MedicationAdministration", body["id"], elements)
    joined.round()
    ((type_, kind, words),) = aside(joined.station)
    assert (type_, kind) == ("MedicationAdministration", "dose")
    assert "别的程序" in words
    assert rows(joined.station, "select count(*) from dose where rid = :rid", rid=rid.bytes) == [(1,)]


def test_what_was_lost_on_the_way_is_there_once(station: Station) -> None:
    with Platform(Behaviour.named("wso2")) as platform:
        joined = Joined(station, platform)
        medicate(station, admit(station))
        joined.rounds_until_quiet()
        identities = [one["identifier"][0]["value"] for one in platform.resources("MedicationAdministration")]
        assert len(identities) == len(set(identities)) == 9


def test_a_resident_who_refused_keeps_the_medicines_here(joined: Joined) -> None:
    resident = admit(joined.station)
    medicate(joined.station, resident)
    joined.edit(resident, upload_refused=True)
    joined.round()
    for kind in ("MedicationRequest", "MedicationAdministration", "MedicationDispense", "DetectedIssue"):
        assert joined.platform.resources(kind) == []
    assert UUID(bytes=rows(joined.station, "select rid from resident")[0][0]) == resident
