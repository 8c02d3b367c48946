"""The daily record there and back: every kind survives, corrections follow, what stays is not queued."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.unit import Unit
from app.fhir import Held
from app.fhir.reference import references
from app.registry import ORDER, Waiting, mapper_of
from db.base import Clinical
from db.models import Absence, Contact, Entry, Grade, Incident, Stay, Vital
from tests.app.fhir.daily import ENTRIES, VITALS, corrected, later, live, retracted
from tests.app.fhir.people import admit
from tests.app.fhir.test_stated_there import carry_since
from tests.app.fhir.test_there_and_back import kept
from tests.app.fhir.test_valid import validate
from tests.support.acts import Act, rows
from tests.support.exchange import bodies, carry, part_of, parts_of, waiting

TABLES = ("resident", "stay", "contact", "absence", "grade", "vital", "incident")


def goes(table: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Entries without those of journals that stay."""
    return {row for row in table if "turning" not in row}


def equal(station: Station, other: Station) -> None:
    for table in TABLES:
        assert kept(station, table) == kept(other, table), table
    assert goes(kept(station, "entry")) == kept(other, "entry")


@pytest.fixture
def resident(station: Station) -> UUID:
    return admit(station)


def test_every_kind_survives_there_and_the_same_again_changes_nothing(
    station: Station, other: Station, resident: UUID
) -> None:
    live(station, resident)
    carry(station, other)
    equal(station, other)
    lines = rows(other, "select count(*) from audit")
    assert [taken for taken in carry(station, other) if taken.changed] == []
    assert [taken for taken in carry(station, station) if taken.changed] == []
    assert rows(other, "select count(*) from audit") == lines


def test_every_resource_is_valid_and_refers_to_what_was_sent_before(station: Station, resident: UUID) -> None:
    made = live(station, resident)
    corrected(station, made["vital/blood_pressure"], Vital, value=168.0)
    retracted(station, made["vital/glucose"], Vital)
    for journal in ENTRIES:
        corrected(station, made[f"entry/{journal}"], Entry, ends=later(0).date())
    for body in bodies(station):
        validate(body)
    found = [
        part for parts in parts_of(station, waiting(station)).values() if not isinstance(parts, Held) for part in parts
    ]  # fmt: skip
    known = {part.ref for part in found} | {
        ref for ref in references([part.body for part in found]) if ref.type == "Organization"
    }
    for part in found:
        assert part.needs <= known, part.ref
        assert all(ORDER.index(ref.type) <= ORDER.index(part.type) for ref in part.needs)
        assert set(part.body) - {"resourceType", "meta"} <= part.owned | {"identifier", "extension"}, (
            part.type
        )


def test_each_body_is_known_by_what_it_says(station: Station, resident: UUID) -> None:
    live(station, resident)
    kinds = {
        (part.type, part.rid): one.kind
        for one, parts in parts_of(station, waiting(station)).items()
        if not isinstance(parts, Held)
        for part in parts
    }
    for body in bodies(station):
        mapper: Any = mapper_of(body)
        rid = next(
            UUID(one["value"])
            for one in _listed(body["identifier"])
            if one["system"].startswith("urn:uuid:") and not one["system"][45:]
        )
        assert mapper.kind == kinds[body["resourceType"], rid]
    for strange in (
        {},
        {"code": None},
        {"code": {"coding": [None]}},
        {"code": {"coding": [{"system": "x"}]}},
    ):
        assert mapper_of({"resourceType": "Observation", **strange}) is None


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


Correction = tuple[str, type[Clinical], dict[str, Any]]
CORRECTIONS: list[Correction] = [
    ("vital/blood_pressure", Vital, {"value": 168.0, "second": 90.0, "at": later(2), "note": "复测"}),
    ("vital/spo2", Vital, {"value": None, "absent": "refused", "how": {}}),
    ("vital/weight", Vital, {"absent": "", "value": 52.4}),
    ("absence", Absence, {"ends": later(4), "condition": "好转", "bed_kept": False, "whither": ""}),
    ("grade", Grade, {"value": "stable", "review_on": None, "note": "", "basis": {}}),
    ("incident", Incident, {"status": "closed", "content": {"review": "已整改"}, "harm": ""}),
    ("entry/insurance", Entry, {"ends": later(0).date(), "content": {"type": "1"}}),
    ("entry/consent", Entry, {"content": {"scope": "photo", "given": "no"}}),
    ("entry/isolation", Entry, {"ends": later(0).date(), "due_on": None}),
    ("entry/nine-risk", Entry, {"content": {"fall": "none"}}),
    ("entry/labs", Entry, {"content": {"item": "新项目", "value": "阴性"}}),
    ("entry/nursing-note", Entry, {"content": {"text": ""}}),
]


@pytest.mark.parametrize("correction", CORRECTIONS, ids=[one[0] for one in CORRECTIONS])
def test_corrections_and_retractions_follow(
    station: Station, other: Station, resident: UUID, correction: Correction
) -> None:
    key, model, changes = correction
    rid = live(station, resident)[key]
    carry(station, other)
    sent = len(waiting(station))
    corrected(station, rid, model, **changes)
    carry_since(station, other, sent)
    equal(station, other)
    retracted(station, rid, model)
    carry_since(station, other, sent + 1)
    equal(station, other)
    table = key.partition("/")[0]
    states = f"select revision, state from {table} where rid = :rid order by revision"  # noqa: S608  # our own table
    assert rows(other, states, rid=rid.bytes) == [(1, "signed"), (2, "retracted")]


@pytest.mark.parametrize(
    ("status", "there"),
    [
        ("enquiry", "planned"), ("reserved", "planned"), ("in", "active"), ("ended", "finished"),
        ("withdrawn", "cancelled"),
    ],
)  # fmt: skip
def test_a_stays_steps(station: Station, other: Station, resident: UUID, status: str, there: str) -> None:
    rid = UUID(bytes=rows(station, "select rid from stay")[0][0])
    ends = later(0).date() if status == "ended" else None
    more = {"outcome": "home", "note": "家属接回", "expected": later(0).date(), "mode": "day"}
    corrected(station, rid, Stay, status=status, ends=ends, **more)
    body = part_of(station, "stay", rid, 2).body
    validate(
        {
            **body,
            "patient": {"reference": "Patient/1"},
            "managingOrganization": {"reference": "Organization/1"},
        }
    )
    assert body["status"] == there
    carry(station, other)
    assert kept(station, "stay") == kept(other, "stay")


def test_what_stays_is_neither_queued_nor_shown_as_waiting(station: Station, resident: UUID) -> None:
    made = live(station, resident)
    queued = {one.record for one in waiting(station)}
    assert made["entry/turning"] not in queued
    assert queued >= set(made.values()) - {made["entry/turning"]}
    told = {one.title: one.count for one in station.desk.ask_now(Waiting())}
    assert told["照护记录"] == len(ENTRIES)
    assert told["体征"] == len(VITALS)


def test_authors_stand_in_the_element_of_their_kind(station: Station, resident: UUID) -> None:
    made = live(station, resident)
    assert station.desk.actor is not None
    writer = {"reference": f"Practitioner/urn:uuid:{station.desk.actor.rid}"}
    for kind, key, element, many in (
        ("vital", "vital/pulse", "performer", True),
        ("grade", "grade", "performer", True),
        ("incident", "incident", "recorder", False),
        ("entry", "entry/labs", "performer", True),
        ("entry", "entry/isolation", "author", False),
        ("entry", "entry/nursing-note", "author", True),
    ):
        assert part_of(station, kind, made[key]).body[element] == ([writer] if many else writer)


def test_a_wish_permits_nothing_and_says_that_it_is_no_order(station: Station, resident: UUID) -> None:
    body = part_of(station, "entry", live(station, resident)["entry/resuscitation"]).body
    assert "不是医嘱" in body["policyRule"]["text"]
    assert "coding" not in body["policyRule"]
    assert "type" not in body["provision"]


def test_a_panel_and_both_codes_of_oxygen_saturation(station: Station, resident: UUID) -> None:
    made = live(station, resident)
    body = part_of(station, "vital", made["vital/blood_pressure"]).body
    codes = [one["code"]["coding"][0]["code"] for one in body["component"]]
    assert (body["code"]["coding"][0]["code"], codes) == ("85354-9", ["8480-6", "8462-4"])
    assert [one["valueQuantity"]["code"] for one in body["component"]] == ["mm[Hg]"] * 2
    body = part_of(station, "vital", made["vital/spo2"]).body
    assert [one["code"] for one in body["code"]["coding"]] == ["2708-6", "59408-5", "spo2"]
    sets = {
        part_of(station, "vital", rid).body["identifier"][1]["value"]
        for key, rid in made.items()
        if "vital/" in key
    }
    assert len(sets) == 1
    assert "snomed" not in str(bodies(station)).lower()


def test_a_contact_taken_out_is_not_active_there_and_empty_here(
    station: Station, other: Station, resident: UUID
) -> None:
    rid = live(station, resident)["contact"]

    def take_out(unit: Unit) -> None:
        row = unit.session.get_one(Contact, rid)
        row.name = row.phone = row.second_phone = row.relation = ""

    station.desk.do_now(Act(take_out))
    assert part_of(station, "contact", rid, 2).body["active"] is False
    carry(station, other)
    assert kept(station, "contact") == kept(other, "contact")
