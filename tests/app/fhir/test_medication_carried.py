"""Medication there and back without a server: every kind survives, corrections follow, siblings of a dose both stay."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.revising import next_revision
from app.core.unit import Unit
from app.fhir import Held, Part, claimant
from app.medication.fhir.dose import WORD
from app.registry import mappers_of_type
from app.residents.fhir.apart import REPLACED, revision_rid
from db.base import Clinical
from db.models import Dispense, Dose, MedMatter, MedOrder, MedStatement, OwnDrug, Prescription, SkinTest
from tests.app.fhir.medicines import ORDERS, dose_of, medicate
from tests.app.fhir.people import admit
from tests.app.fhir.test_stated_there import carry_since
from tests.app.fhir.test_there_and_back import kept
from tests.app.fhir.test_valid import own, validate
from tests.support.acts import Act, rows
from tests.support.exchange import (
    bodies,
    came,
    carry,
    on_the_wire,
    part_of,
    parts_of,
    remember,
    take,
    waiting,
)

TABLES = (
    "own_drug", "prescription", "med_order", "dose", "skin_test", "dispense", "med_matter", "med_statement",
)  # fmt: skip


def equal(station: Station, other: Station) -> None:
    for table in TABLES:
        assert kept(station, table) == kept(other, table), table


@pytest.fixture
def resident(station: Station) -> UUID:
    return admit(station)


def revised(station: Station, model: type[Clinical], rid: UUID, **changes: Any) -> None:
    """The next revision of the record, as a person of this station writes it."""

    def work(unit: Unit) -> None:
        row = (
            unit.session.query(model)
            .filter_by(rid=rid, current=True)
            .order_by(model.recorded_at.desc())
            .first()
        )
        assert row is not None
        next_revision(unit, row, "笔误", {"state": "corrected", **changes})

    station.desk.do_now(Act(work))


def given_here(station: Station, order: UUID, rid: UUID, **said: Any) -> None:
    """A dose of a slot that two stations name alike."""

    def work(unit: Unit) -> None:
        row = unit.session.query(MedOrder).filter_by(rid=order, current=True).one()
        dose = dose_of(unit, row, **said)
        dose.rid = rid
        unit.session.add(dose)

    station.desk.do_now(Act(work))


def parts(station: Station, kind: str, rid: UUID, revision: int = 1) -> tuple[Part, ...]:
    asked = next(
        one for one in waiting(station) if (one.kind, one.record, one.revision) == (kind, rid, revision)
    )
    found = parts_of(station, [asked])[asked]
    assert not isinstance(found, Held)
    return found


def test_every_kind_survives_there_and_the_same_again_changes_nothing(
    station: Station, other: Station, resident: UUID
) -> None:
    medicate(station, resident)
    carry(station, other)
    equal(station, other)
    lines = rows(other, "select count(*) from audit")
    assert [taken for taken in carry(station, other) if taken.changed] == []
    assert [taken for taken in carry(station, station) if taken.changed] == []
    assert rows(other, "select count(*) from audit") == lines


def test_every_resource_is_valid_and_says_no_foreign_code(station: Station, resident: UUID) -> None:
    made = medicate(station, resident)
    revised(station, Dose, made["dose/given"], amount="2.5", outcome="partial")
    revised(station, Dispense, made["dispense"], items={"items": []})
    found = bodies(station, own(station))
    for body in found:
        validate(body)
    assert "snomed" not in str(found).lower()
    assert "rxnorm" not in str(found).lower()


@pytest.mark.parametrize(
    "case",
    [
        ("order/same", MedOrder, {"status": "stopped", "ended_why": "血压偏低"}),
        ("order/issued", MedOrder, {"status": "checked"}),
        ("dose/given", Dose, {"outcome": "refused", "reason_code": 1, "amount": "", "pieces": None}),
        ("skin_test/waiting", SkinTest, {"result": "positive", "size": "红晕 2 cm"}),
        ("dispense", Dispense, {"items": {"items": [{"words": "氨氯地平片"}]}}),
        ("prescription", Prescription, {"status": "ended"}),
        ("med_statement", MedStatement, {"words": "改"}),
        ("med_matter", MedMatter, {"words": "已与家属核实"}),
        ("own_drug", OwnDrug, {"words": "活血酊"}),
    ],
)
def test_a_correction_follows_and_a_retraction_too(
    station: Station, other: Station, resident: UUID, case: tuple[str, type[Clinical], dict[str, Any]]
) -> None:
    kind, model, changes = case
    rid = medicate(station, resident)[kind]
    carry(station, other)
    sent = len(waiting(station))
    revised(station, model, rid, **changes)
    carry_since(station, other, sent)
    equal(station, other)
    revised(station, model, rid, state="retracted")
    carry_since(station, other, sent + 1)
    equal(station, other)


def test_two_stations_doses_of_one_slot_both_stay(station: Station, other: Station, resident: UUID) -> None:
    made = medicate(station, resident)
    carry(station, other)
    slot = UUID("aaaaaaaa-0000-5000-8000-000000000001")
    given_here(station, made["order/same"], slot, slot="18:00")
    given_here(other, made["order/same"], slot, slot="18:00")
    carry_since(station, other, len(waiting(station)) - 1)
    carry(other, station)
    equal(station, other)
    both = "select station, revision, current from dose where rid = :rid order by station"
    assert rows(station, both, rid=slot.bytes) == [("01", 1, 1), ("02", 1, 1)]
    revised(other, Dose, slot, state="retracted")  # its own, which leads there
    carry(other, station)
    equal(station, other)
    standing = "select station, revision from dose where rid = :rid and current and state <> 'retracted'"
    stays = rows(station, standing, rid=slot.bytes)
    assert len(stays) == 1


def test_another_stations_dose_is_corrected_by_a_new_one(
    station: Station, other: Station, resident: UUID
) -> None:
    rid = medicate(station, resident)["dose/given"]
    carry(station, other)
    revised(other, Dose, rid, outcome="not_given", reason_code=5, amount="", pieces=None)
    fresh, former = parts(other, "dose", rid, 2)
    assert fresh.rid == revision_rid(rid, WORD, "02", 2)
    assert former.rid == revision_rid(rid, WORD, "01", 1)
    assert (fresh.body["status"], former.body["status"]) == ("not-done", "entered-in-error")
    carry(other, station)
    equal(station, other)
    lines = "select station, revision, current from dose where rid = :rid order by revision"
    assert rows(station, lines, rid=rid.bytes) == [("01", 1, 0), ("02", 2, 1)]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_station_that_comes_later_sees_one_dose_whatever_comes_first(
    station: Station, other: Station, resident: UUID, *, backwards: bool
) -> None:
    rid = medicate(station, resident)["dose/given"]
    carry(station, other)
    slot = UUID("aaaaaaaa-0000-5000-8000-000000000002")
    order = medicate_order(station)
    given_here(station, order, slot, slot="19:00")
    revised(station, Dose, slot, outcome="refused", reason_code=1, amount="", pieces=None)
    fresh, former = parts(station, "dose", slot, 2)
    for part in (former, fresh):
        remember(part)
    for part in (fresh, former) if backwards else (former, fresh):
        take(other, came(other, on_the_wire(part)))
        assert rows(other, "select count(*) from dose where rid = :rid and current", rid=slot.bytes) == [(1,)]
    assert kept_of(station, slot) == kept_of(other, slot)
    assert rid != slot


def medicate_order(station: Station) -> UUID:
    found = rows(
        station, "select rid from med_order where kind = 'long' and status = 'checked' order by number"
    )
    return UUID(bytes=found[0][0])


def kept_of(station: Station, rid: UUID) -> list[tuple[Any, ...]]:
    return rows(station, "select * from dose where rid = :rid order by revision", rid=rid.bytes)


ALTERED = [
    ("order/same", {"status": "cancelled"}),
    ("order/same", {"status": "entered-in-error"}),
    (
        "order/same",
        {"dosageInstruction": [{"text": "每日两次", "doseAndRate": [{"doseQuantity": {"value": 10}}]}]},
    ),
    ("dose/given", {"status": "entered-in-error"}),
    ("dose/given", {"status": "not-done"}),
    ("dose/given", {"dosage": {"dose": {"value": 50, "unit": "mg"}}}),
    ("dose/given", {"effectiveDateTime": "2026-11-24T03:00:00+08:00"}),
    ("skin_test", {"valueCodeableConcept": {"text": "阳性"}}),
    ("prescription", {"status": "revoked"}),
    ("med_matter", {"status": "entered-in-error"}),
    ("own_drug", {"status": "inactive"}),
]


@pytest.mark.parametrize(("key", "elements"), ALTERED)
def test_what_another_program_changed_is_put_aside_in_words(
    station: Station, resident: UUID, key: str, elements: dict[str, Any]
) -> None:
    rid = medicate(station, resident)[key]
    kind = {"order": "med_order"}.get(key.partition("/")[0], key.partition("/")[0])
    part = part_of(station, kind, rid)
    remember(part)
    base = on_the_wire(part)
    before = rows(station, f"select * from {kind}")  # noqa: S608  # our own table
    with pytest.raises(Refusal, match="别的程序"):
        take(station, came(station, {**base, **elements}, base))
    assert rows(station, f"select * from {kind}") == before  # noqa: S608  # our own table


def test_a_server_that_cuts_milliseconds_and_adds_words_has_changed_nothing(
    station: Station, other: Station, resident: UUID
) -> None:
    made = medicate(station, resident)
    carry(station, other)
    for key, kind in (("order/taper", "med_order"), ("dose/given", "dose")):
        part = part_of(station, kind, made[key])
        remember(part)
        base = on_the_wire(part)
        shown = {**base, "text": {"status": "generated", "div": "<div>…</div>"}}
        cut = eval(repr(shown).replace(".000+08:00", "+08:00"))  # noqa: S307  # our own text
        assert not take(station, came(station, cut, base)).changed


def test_medicines_go_by_atc_and_our_own_code(station: Station, resident: UUID) -> None:
    medicate(station, resident)
    found = [one for one in bodies(station, own(station)) if one["resourceType"] == "Medication"]
    assert sorted(one["code"]["coding"][0]["code"] for one in found) == ["amlodipine-tab-5", "own-walk"]
    shipped = next(one for one in found if one["code"]["coding"][0]["code"] == "amlodipine-tab-5")
    assert {"system": "http://www.whocc.no/atc", "code": "C08CA01"} in shipped["code"]["coding"]
    assert shipped["ingredient"][0]["strength"]["numerator"] == {
        "value": 5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg",
    }  # fmt: skip
    assert {claimant(mappers_of_type("Medication"), one) for one in found} == {"drug", "own_drug"}


def test_orders_say_when_how_much_and_by_whom(station: Station, resident: UUID) -> None:
    made = medicate(station, resident)
    body = partial(part_of, station, "med_order")
    said = {name: body(made[f"order/{name}"]).body for name in ORDERS}
    assert {name: one["status"] for name, one in said.items() if one["status"] != "active"} == {
        "paused": "on-hold", "stopped": "stopped", "cancelled": "cancelled", "issued": "draft",
    }  # fmt: skip
    times = said["times"]["dosageInstruction"]
    assert [one["timing"]["repeat"]["timeOfDay"] for one in times] == [["07:30:00"], ["17:30:00"]]
    assert [one["doseAndRate"][0]["doseQuantity"]["code"] for one in times] == ["[iU]", "[iU]"]
    steps = said["taper"]["dosageInstruction"]
    assert [(one["sequence"], one["timing"]["repeat"]["boundsDuration"]["value"]) for one in steps] == [
        (1, 7),
        (2, 7),
    ]
    assert "按血糖" in said["scale"]["dosageInstruction"][0]["text"]
    assert said["weekly"]["dosageInstruction"][0]["timing"]["repeat"]["dayOfWeek"] == ["tue"]
    assert said["weekly"]["priorPrescription"]["reference"].endswith(str(made["order/same"]))
    assert said["other-day"]["dosageInstruction"][0]["timing"]["repeat"]["period"] == 2
    assert said["prn"]["dosageInstruction"][0]["asNeededCodeableConcept"] == {"text": "疼痛"}
    assert said["same"]["groupIdentifier"]["value"] == "01-000009"
    assert said["same"]["requester"]["reference"] == said["same"]["recorder"]["reference"]
    assert said["stat"]["requester"] == {"display": "徐医生"}
    assert said["issued"]["medicationCodeableConcept"]["coding"][0]["code"] == "gone-from-the-list"


def test_doses_say_why_not_and_who_checked(station: Station, resident: UUID) -> None:
    made = medicate(station, resident)
    said = {key: part_of(station, "dose", rid).body for key, rid in made.items() if key.startswith("dose/")}
    assert {key for key, one in said.items() if one["status"] == "not-done"} == {
        "dose/refused", "dose/missed", "dose/held",
    }  # fmt: skip
    assert said["dose/refused"]["statusReason"][0]["coding"][0]["code"] == "1"
    functions = [one["function"]["coding"][0]["code"] for one in said["dose/given"]["performer"]]
    assert functions == ["performer", "verifier"]
    assert said["dose/self"]["performer"][0]["actor"]["reference"].startswith("Patient/")
    assert said["dose/infusion"]["effectivePeriod"].keys() == {"start", "end"}
    assert not [one for one in said.values() if REPLACED in str(one)]
