"""Referrals there and back without a server: kinds survive, corrections follow, the hospital's answer is a move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.revising import next_revision
from app.core.unit import Unit
from app.fhir import Held, NotYet, Part, Revision
from app.fhir.reference import Ref, references
from app.referrals.fhir.task import task_rid
from app.registry import ORDER
from db.base import Clinical
from db.models import (
    Agreement,
    ContractService,
    DoctorRound,
    FamilyContract,
    HomeBed,
    MedDecision,
    MedReconciliation,
    Partner,
    Referral,
    ReferralDocument,
    ReferralReturn,
    Resident,
    RoundVisit,
    VisitingDoctor,
)
from tests.app.fhir.people import admit
from tests.app.fhir.test_stated_there import carry_since
from tests.app.fhir.test_valid import own, validate
from tests.app.referrals.fhir.rows import TABLES, refer
from tests.support.acts import Act, rows
from tests.support.exchange import (
    bodies,
    came,
    carry,
    on_the_wire,
    part_of,
    parts_of,
    remember,
    second_station,
    take,
    waiting,
)


@pytest.fixture
def other(tmp_path: Any) -> Any:
    """Station 02, freshly founded."""
    with second_station(tmp_path / "other") as opened:
        yield opened


@pytest.fixture
def resident(station: Station) -> UUID:
    return admit(station)


def equal(station: Station, other: Station) -> None:
    for table in TABLES:
        query = f"select * from {table}"  # noqa: S608  # our own tables
        assert set(rows(station, query)) == set(rows(other, query)), table


def revised(station: Station, model: type[Clinical], rid: UUID, **changes: Any) -> None:
    """The next revision of the record, as a person of this station writes it."""

    def work(unit: Unit) -> None:
        row = unit.session.query(model).filter_by(rid=rid, current=True).one()
        next_revision(unit, row, "笔误", {"state": "corrected", **changes})

    station.desk.do_now(Act(work))


def parts(station: Station, kind: str, rid: UUID, revision: int = 1) -> dict[str, Part]:
    asked = Revision(kind, rid, revision, station.settings.station_number)
    found = parts_of(station, [asked])[asked]
    assert not isinstance(found, Held)
    return {part.type: part for part in found}


def test_every_kind_survives_there_and_the_same_again_changes_nothing(
    station: Station, other: Station, resident: UUID
) -> None:
    refer(station, resident)
    carry(station, other)
    equal(station, other)
    lines = rows(other, "select count(*) from audit")
    assert [taken for taken in carry(station, other) if taken.changed] == []
    assert [taken for taken in carry(station, station) if taken.changed] == []
    assert rows(other, "select count(*) from audit") == lines


def test_every_resource_is_valid_and_refers_to_what_went_before(station: Station, resident: UUID) -> None:
    refer(station, resident)
    for body in bodies(station):
        validate(body)
        assert "snomed" not in str(body).lower()
    found = [
        part
        for some in parts_of(station, [*own(station), *waiting(station)]).values()
        if not isinstance(some, Held)
        for part in some
    ]
    there = {part.ref for part in found}
    for part in found:
        sent = {Ref("Binary", one.rid) for one in part.files}
        needs = references(part.body) - {part.ref} - sent
        assert {ref for ref in needs if ref.type != "MedicationRequest"} <= there, part.ref
        assert all(ORDER.index(ref.type) <= ORDER.index(part.type) for ref in needs)


@pytest.mark.parametrize(
    "case",
    [
        ("partner", Partner, {"phone": "0592-5550199"}),
        ("agreement", Agreement, {"number": "LS-2"}),
        ("doctor", VisitingDoctor, {"title": "副主任医师"}),
        ("doctor/ours", VisitingDoctor, {"note": "周三来"}),
        ("referral/draft", Referral, {"history": "咳嗽 3 天"}),
        ("referral/submitted", Referral, {"booking": "3 床"}),
        ("document", ReferralDocument, {"pages": 12}),
        ("return", ReferralReturn, {"findings": "复查好转"}),
        ("reconciliation", MedReconciliation, {"note": "已问病房"}),
        ("decision/keep", MedDecision, {"decision": "stop", "why": "医师认为不需要"}),
        ("round", DoctorRound, {"note": "补记"}),
        ("visit", RoundVisit, {"question": "咳嗽两周"}),
        ("contract", FamilyContract, {"satisfaction": 5}),
        ("service", ContractService, {"result": "血压 140/80"}),
        ("bed", HomeBed, {"visits_week": 2}),
    ],
)
def test_a_correction_follows_and_a_retraction_too(
    station: Station, other: Station, resident: UUID, case: tuple[str, type[Clinical], dict[str, Any]]
) -> None:
    key, model, changes = case
    rid = refer(station, resident)[key]
    carry(station, other)
    sent = len(waiting(station))
    revised(station, model, rid, **changes)
    carry_since(station, other, sent)
    equal(station, other)
    revised(station, model, rid, state="retracted")
    for body in bodies(station):
        validate(body)
    carry_since(station, other, sent + 1)
    equal(station, other)


def test_what_another_program_changed_is_put_aside_in_words(station: Station, resident: UUID) -> None:
    made = refer(station, resident)
    before = {table: rows(station, f"select * from {table}") for table in TABLES}  # noqa: S608  # our own tables
    altered: list[tuple[str, str, dict[str, Any]]] = [
        ("partner", "partner", {"active": False}),
        ("partner", "partner", {"name": "别的医院"}),
        ("agreement", "agreement", {"status": "terminated"}),
        ("visiting_doctor", "doctor", {"active": False}),
        ("referral", "referral/accepted", {"status": "revoked"}),
        ("referral", "referral/accepted", {"status": "entered-in-error"}),
        ("referral", "referral/accepted", {"priority": "routine"}),
        ("referral_document", "document", {"status": "superseded"}),
        ("referral_document", "document", {"content": []}),
        ("referral_return", "return", {"reasonCode": [{"text": "肿瘤"}]}),
        ("med_reconciliation", "reconciliation", {"entry": []}),
        ("med_decision", "decision/stop", {"status": "active"}),
        ("doctor_round", "round", {"status": "cancelled"}),
        ("round_visit", "visit", {"summary": "无异常"}),
        ("family_contract", "contract", {"status": "terminated"}),
        ("contract_service", "service", {"status": "not-done"}),
        ("home_bed", "bed", {"status": "finished"}),
    ]
    for kind, key, elements in altered:
        part = part_of(station, kind, made[key])
        remember(part)
        base = on_the_wire(part)
        with pytest.raises(Refusal, match="别的程序"):
            take(station, came(station, {**base, **elements}, base))
    assert before == {table: rows(station, f"select * from {table}") for table in TABLES}  # noqa: S608  # our own tables


def test_what_a_referral_is_stands_in_elements_of_fhir(station: Station, resident: UUID) -> None:
    made = refer(station, resident)
    found = parts(station, "referral", made["referral/departed"])
    request, task = found["ServiceRequest"].body, found["Task"].body
    assert (request["status"], request["intent"], request["priority"]) == ("active", "order", "stat")
    assert request["performer"][0]["reference"] == f"Organization/urn:uuid:{made['partner']}"
    assert [one["text"] for one in request["reasonCode"]] == ["肺炎？呼吸衰竭？", "NEWS2 9 分"]
    assert (task["status"], task["businessStatus"]["text"]) == ("ready", "已出发")
    assert task["owner"] == request["performer"][0]
    assert "restriction" in task
    assert found["Consent"].body["provision"]["type"] == "permit"
    assert "strokes" in str(request)
    assert "Task" not in parts(station, "referral", made["referral/draft"])


def test_a_revision_that_does_not_move_leaves_the_task_alone(station: Station, resident: UUID) -> None:
    rid = refer(station, resident)["referral/submitted"]
    station.clock.forward(timedelta(minutes=3))  # type: ignore[attr-defined]  # a SetClock
    revised(station, Referral, rid, booking="3 床")
    assert "Task" not in parts(station, "referral", rid, 2)
    assert (
        parts(station, "referral", rid, 2)["Consent"].body == parts(station, "referral", rid)["Consent"].body
    )


def answer(station: Station, rid: UUID, base: dict[str, Any], **elements: Any) -> Any:
    return take(station, came(station, {**base, **elements}, base))


@pytest.fixture
def tasked(station: Station, resident: UUID) -> dict[str, Any]:
    """Rid of a referral and its Task as the platform holds it, by status."""
    made = refer(station, resident)
    found = {}
    for status in ("submitted", "accepted", "departed", "arrived", "treating", "returned"):
        part = parts(station, "referral", made[f"referral/{status}"])["Task"]
        remember(part)
        found[status] = (made[f"referral/{status}"], on_the_wire(part))
    return found


@pytest.mark.parametrize(
    ("was", "said", "now"),
    [
        ("submitted", {"status": "accepted"}, "accepted"),
        ("submitted", {"status": "rejected", "statusReason": {"text": "无床"}}, "declined"),
        ("submitted", {"status": "rejected"}, "declined"),
        ("submitted", {"status": "received"}, "submitted"),
        ("submitted", {"status": "in-progress"}, "submitted"),
        ("submitted", {"status": "completed"}, "submitted"),
        ("accepted", {"status": "rejected", "statusReason": {"text": "床位被占"}}, "declined"),
        ("accepted", {"status": "failed"}, "no_show"),
        ("departed", {"status": "in-progress"}, "arrived"),
        ("departed", {"status": "accepted"}, "departed"),
        ("departed", {"status": "rejected"}, "departed"),
        ("arrived", {"status": "in-progress", "businessStatus": "treating"}, "treating"),
        ("treating", {"status": "completed"}, "treating"),
        ("treating", {"status": "completed", "businessStatus": "died"}, "treating"),
        ("treating", {"status": "completed", "businessStatus": "returned"}, "treating"),
        ("returned", {"status": "accepted"}, "returned"),
        ("returned", {"status": "nonsense"}, "returned"),
    ],
)
def test_the_hospitals_answer_is_a_move_where_the_machine_allows_it(
    station: Station, tasked: dict[str, Any], was: str, said: dict[str, Any], now: str
) -> None:
    rid, base = tasked[was]
    elements = dict(said)
    if "businessStatus" in elements:
        code = elements["businessStatus"]
        elements["businessStatus"] = {"coding": [{"system": "urn:carestation:referral-status", "code": code}]}
    taken = answer(station, rid, base, **elements)
    assert taken.changed is (was != now)
    query = "select status, revision, station, author_role, source from referral where rid = :rid and current"
    ((status, revision, by, role, source),) = rows(station, query, rid=rid.bytes)
    assert status == now
    if was != now:
        assert (revision, by, role, source) == (2, "00", "station", "platform")
        assert not answer(station, rid, {**base, **elements}, **elements).changed


def test_the_answer_brings_booking_receiver_and_reason(station: Station, tasked: dict[str, Any]) -> None:
    rid, base = tasked["submitted"]
    output = [
        {
            "type": {"coding": [{"system": "urn:carestation:referral-output", "code": key}]},
            "valueString": text,
        }
        for key, text in (("booking", "呼吸科 3 床"), ("receiver", "刘志远"))
    ]
    answer(station, rid, base, status="accepted", output=output)
    query = "select booking, receiver, due, moves from referral where rid = :rid and current"
    ((booking, receiver, due, moves),) = rows(station, query, rid=rid.bytes)
    assert (booking, receiver, due) == ("呼吸科 3 床", "刘志远", None)
    assert '"by_name":"区平台"' in moves


def test_both_stations_make_the_same_of_an_answer(
    station: Station, other: Station, tasked: dict[str, Any]
) -> None:
    carry(station, other)
    rid, base = tasked["submitted"]
    for one in (station, other):
        assert answer(one, rid, base, status="accepted").changed
    equal(station, other)


def test_what_another_station_wrote_meanwhile_goes_under_the_answer(
    station: Station, other: Station, tasked: dict[str, Any]
) -> None:
    carry(station, other)
    rid, base = tasked["submitted"]
    sent = len(waiting(station))
    revised(station, Referral, rid, state="signed", belongings=["拐杖"])
    answer(other, rid, base, status="accepted")
    answer(station, rid, base, status="accepted")
    carry_since(station, other, sent)
    columns = "revision, station, status, belongings, moves, recorded_at, author, reason"
    query = f"select {columns} from referral where rid = :rid and current"  # noqa: S608  # our own columns
    assert rows(station, query, rid=rid.bytes) == rows(other, query, rid=rid.bytes)
    assert rows(other, query, rid=rid.bytes)[0][:3] == (3, "00", "accepted")


def test_a_server_that_writes_the_same_again_changes_nothing_after_an_answer(
    station: Station, resident: UUID, tasked: dict[str, Any]
) -> None:
    rid, base = tasked["submitted"]
    answer(station, rid, base, status="accepted")
    request = part_of(station, "referral", rid)
    remember(request)
    again = on_the_wire(request)
    assert not take(station, came(station, again, again)).changed
    with pytest.raises(Refusal):
        take(station, came(station, {**again, "status": "revoked"}, again))


def test_a_task_that_comes_before_its_referral_waits(
    station: Station, other: Station, tasked: dict[str, Any]
) -> None:
    rid, base = tasked["submitted"]
    assert task_rid(rid)
    with pytest.raises(NotYet, match="还没有收到"):
        take(other, came(other, base))


def test_who_refused_the_upload_is_in_no_round_that_goes(
    station: Station, other: Station, resident: UUID
) -> None:
    made = refer(station, resident)

    def refuse(unit: Unit) -> None:
        unit.session.get_one(Resident, resident).upload_refused = True

    station.desk.do_now(Act(refuse))
    body = part_of(station, "doctor_round", made["round"]).body
    assert str(resident) not in str(body)
    assert "咳嗽" not in str(body)
    remember(part_of(station, "doctor_round", made["round"]))
    before = rows(station, "select asked from doctor_round order by number")
    revised(station, DoctorRound, made["round"], note="补记")
    there = on_the_wire(part_of(station, "doctor_round", made["round"], 2))
    take(station, came(station, there))
    assert rows(station, "select asked from doctor_round where current order by number") == before
    held = [one for one in parts_of(station, waiting(station)).values() if isinstance(one, Held)]
    assert len(held) >= len(made) - 8
