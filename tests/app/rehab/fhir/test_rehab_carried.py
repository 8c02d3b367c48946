"""Rehab there and back without a server: kinds survive, corrections follow, sessions of two stations both stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.revising import next_revision
from app.core.unit import Unit
from app.fhir import Held, NotYet, Part
from app.fhir.reference import references
from app.registry import ORDER
from app.residents.fhir.apart import REPLACED, revision_rid
from db.base import Clinical
from db.models import GoalRating, RehabEvaluation, RehabGoal, RehabItem, RehabPlan, RehabSession
from tests.app.fhir.daily import DAY
from tests.app.fhir.people import admit
from tests.app.fhir.test_stated_there import carry_since
from tests.app.fhir.test_valid import own, validate
from tests.app.rehab.fhir.rows import TABLES, rehabilitate, session_of
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
    """Everything that goes is the same at both."""
    for table in TABLES:
        gone = "where ended_at is not null" if table == "rehab_session" else ""
        query = f"select * from {table} {gone}"  # noqa: S608  # our own tables
        assert set(rows(station, query)) == set(rows(other, query)), table


def revised(station: Station, model: type[Clinical], rid: UUID, **changes: Any) -> None:
    """The next revision of the record, as a person of this station writes it."""

    def work(unit: Unit) -> None:
        found = unit.session.query(model).filter_by(rid=rid, current=True).order_by(model.recorded_at.desc())
        row = found.first()
        assert row is not None
        next_revision(unit, row, "笔误", {"state": "corrected", **changes})

    station.desk.do_now(Act(work))


def recorded(station: Station, item: UUID, rid: UUID, **said: Any) -> None:
    """A session that two stations name alike."""

    def work(unit: Unit) -> None:
        row = unit.session.query(RehabItem).filter_by(rid=item, current=True).one()
        session = session_of(unit, row, "18:00", **said)
        session.rid = rid
        unit.session.add(session)

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
    rehabilitate(station, resident)
    carry(station, other)
    equal(station, other)
    lines = rows(other, "select count(*) from audit")
    assert [taken for taken in carry(station, other) if taken.changed] == []
    assert [taken for taken in carry(station, station) if taken.changed] == []
    assert rows(other, "select count(*) from audit") == lines


def test_every_resource_is_valid_refers_to_what_went_before_and_says_no_foreign_code(
    station: Station, resident: UUID
) -> None:
    made = rehabilitate(station, resident)
    revised(station, RehabSession, made["session/done"], attendance="partly", why="tired")
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
        needs = references(part.body) - {part.ref}
        assert needs <= there, part.ref
        assert all(ORDER.index(ref.type) <= ORDER.index(part.type) for ref in needs)


@pytest.mark.parametrize(
    "case",
    [
        ("evaluation", RehabEvaluation, {"diagnosis": "脑出血后遗症"}),
        ("plan/drawn", RehabPlan, {"status": "running"}),
        ("plan/running", RehabPlan, {"status": "closed"}),
        ("goal/count", RehabGoal, {"target": 6.0}),
        ("item/unplaced", RehabItem, {"week": ["1 10:00"]}),
        ("session/done", RehabSession, {"attendance": "partly", "why": "tired"}),
        ("rating/step", GoalRating, {"note": "复核"}),
    ],
)
def test_a_correction_follows_and_a_retraction_too(
    station: Station, other: Station, resident: UUID, case: tuple[str, type[Clinical], dict[str, Any]]
) -> None:
    key, model, changes = case
    rid = rehabilitate(station, resident)[key]
    carry(station, other)
    sent = len(waiting(station))
    revised(station, model, rid, **changes)
    carry_since(station, other, sent)
    equal(station, other)
    revised(station, model, rid, state="retracted")
    carry_since(station, other, sent + 1)
    equal(station, other)


def test_a_revision_that_only_went_on_is_no_correction_there(
    station: Station, other: Station, resident: UUID
) -> None:
    rid = rehabilitate(station, resident)["plan/drawn"]
    revised(station, RehabPlan, rid, state="signed", status="running")
    carry(station, other)
    equal(station, other)
    assert rows(other, "select state from rehab_plan where rid = :rid and current", rid=rid.bytes) == [
        ("signed",)
    ]


def test_a_session_goes_once_it_has_ended(station: Station, other: Station, resident: UUID) -> None:
    made = rehabilitate(station, resident)
    assert [one for one in waiting(station) if one.record == made["session/running"]] == []
    revised(
        station,
        RehabSession,
        made["session/running"],
        state="signed",
        attendance="done",
        ended_at=station.clock.now(),
    )
    (part,) = parts(station, "rehab_session", made["session/running"], 2)
    assert "urn:carestation:replaces" not in str(part.body)
    carry(station, other)
    equal(station, other)


def test_sessions_two_stations_recorded_both_stay_and_each_corrects_its_own(
    station: Station, other: Station, resident: UUID
) -> None:
    made = rehabilitate(station, resident)
    carry(station, other)
    rid = UUID("aaaaaaaa-0000-5000-8000-000000000001")
    recorded(station, made["item/same"], rid, attendance="done", minutes=30)
    recorded(other, made["item/same"], rid, attendance="refused", why="tired")
    carry_since(station, other, len(waiting(station)) - 1)
    carry(other, station)
    equal(station, other)
    both = "select station, revision, current from rehab_session where rid = :rid order by station"
    assert rows(station, both, rid=rid.bytes) == [("01", 1, 1), ("02", 1, 1)]
    revised(other, RehabSession, rid, state="retracted")
    carry(other, station)
    equal(station, other)
    standing = "select count(*) from rehab_session where rid = :rid and current and state <> 'retracted'"
    assert rows(station, standing, rid=rid.bytes) == [(1,)]


def test_another_stations_session_is_corrected_by_a_new_resource(
    station: Station, other: Station, resident: UUID
) -> None:
    rid = rehabilitate(station, resident)["session/done"]
    carry(station, other)
    revised(other, RehabSession, rid, attendance="absent", why="other", why_words="认错人")
    fresh, former = parts(other, "rehab_session", rid, 2)
    assert fresh.rid == revision_rid(rid, "procedure", "02", 2)
    assert former.rid == revision_rid(rid, "procedure", "01", 1)
    assert (fresh.body["status"], former.body["status"]) == ("not-done", "entered-in-error")
    assert REPLACED in str(former.body)
    carry(other, station)
    equal(station, other)


def test_what_a_session_was_stands_in_elements_of_fhir(station: Station, resident: UUID) -> None:
    made = rehabilitate(station, resident)
    done = part_of(station, "rehab_session", made["session/done"]).body
    assert done["performedPeriod"]["start"] < done["performedPeriod"]["end"]
    assert done["basedOn"] == [{"reference": f"ServiceRequest/urn:uuid:{made['item/same']}"}]
    assert [one["text"] for one in done["note"]] == ["S：不累", "A：坐位平衡好转", "家属在场"]
    assert done["complication"][0]["text"] == "头晕"
    stopped = part_of(station, "rehab_session", made["session/partly"]).body
    assert stopped["status"] == "stopped"
    assert "收缩压 >180" in stopped["statusReason"]["text"]
    missed = part_of(station, "rehab_session", made["session/absent"]).body
    assert missed["status"] == "not-done"
    assert "performedPeriod" not in missed
    assert "家属来访" in missed["statusReason"]["text"]


def test_a_plan_names_its_goals_and_items_and_how_it_stands(station: Station, resident: UUID) -> None:
    made = rehabilitate(station, resident)
    status = {name: part_of(station, "rehab_plan", made[f"plan/{name}"]).body["status"] for name in
              ("drawn", "running", "paused", "closed", "cancelled")}  # fmt: skip
    assert list(status.values()) == ["draft", "active", "on-hold", "completed", "revoked"]
    body = part_of(station, "rehab_plan", made["plan/running"]).body
    goals = {f"Goal/urn:uuid:{made[key]}" for key in made if key.startswith("goal/")}
    assert {one["reference"] for one in body["goal"]} == goals
    asked = [one["reference"]["identifier"]["value"] for one in body["activity"] if "reference" in one]
    assert sorted(asked) == sorted(str(made[key]) for key in made if key.startswith("item/"))
    forbidden = [
        one["detail"]["description"] for one in body["activity"] if one.get("detail", {}).get("doNotPerform")
    ]
    assert len(forbidden) == 1
    assert "左下肢" in forbidden[0]


@pytest.mark.parametrize(
    ("name", "repeat"),
    [
        ("same", {"frequency": 3, "dayOfWeek": ["mon", "wed", "fri"], "timeOfDay": ["09:00:00"]}),
        ("unlike", {"frequency": 2, "dayOfWeek": ["mon", "tue"], "timeOfDay": None}),
        ("unplaced", {"frequency": 5, "dayOfWeek": None, "timeOfDay": None}),
        ("monthly", {"frequency": None, "period": None}),
    ],
)
def test_an_items_week_is_told_as_timing(
    station: Station, resident: UUID, name: str, repeat: dict[str, Any]
) -> None:
    made = rehabilitate(station, resident)
    body = part_of(station, "rehab_item", made[f"item/{name}"]).body
    said = body["occurrenceTiming"]["repeat"]
    assert {key: said.get(key) for key in repeat} == repeat
    assert (said["duration"], said["durationUnit"]) == (30, "min")
    assert body["status"] == "active"


def test_a_goal_that_was_given_up_or_reached_says_so(station: Station, resident: UUID) -> None:
    made = rehabilitate(station, resident)
    said = {
        name: part_of(station, "rehab_goal", made[f"goal/{name}"]).body
        for name in ("count", "metres", "falling")
    }
    assert [one["lifecycleStatus"] for one in said.values()] == ["active", "completed", "cancelled"]
    assert said["metres"]["target"][0]["detailQuantity"] == {
        "value": 30, "unit": "米", "system": "http://unitsofmeasure.org", "code": "m",
    }  # fmt: skip


ALTERED: list[tuple[str, str, dict[str, Any]]] = [
    ("rehab_plan", "plan/running", {"status": "revoked"}),
    ("rehab_plan", "plan/running", {"status": "entered-in-error"}),
    ("rehab_plan", "plan/running", {"period": {"start": "2026-01-01", "end": "2027-01-01"}}),
    ("rehab_goal", "goal/count", {"lifecycleStatus": "cancelled"}),
    ("rehab_goal", "goal/count", {"target": [{"measure": {"text": "次"}, "detailQuantity": {"value": 50}}]}),
    ("rehab_item", "item/same", {"status": "revoked"}),
    ("rehab_item", "item/same", {"occurrenceTiming": {"code": {"text": "每日 3 次"}}}),
    ("rehab_session", "session/done", {"status": "not-done"}),
    ("rehab_session", "session/done", {"status": "entered-in-error"}),
    ("rehab_session", "session/done", {"performedPeriod": {"start": "2026-11-24T03:00:00+08:00"}}),
    ("goal_rating", "rating/step", {"valueInteger": 2}),
    ("rehab_evaluation", "evaluation", {"summary": "已能步行"}),
]


def test_what_another_program_changed_is_put_aside_in_words(station: Station, resident: UUID) -> None:
    made = rehabilitate(station, resident)
    before = {table: rows(station, f"select * from {table}") for table in TABLES}  # noqa: S608  # our own tables
    for kind, key, elements in ALTERED:
        part = part_of(station, kind, made[key])
        remember(part)
        base = on_the_wire(part)
        with pytest.raises(Refusal, match="别的程序"):
            take(station, came(station, {**base, **elements}, base))
    assert before == {table: rows(station, f"select * from {table}") for table in TABLES}  # noqa: S608  # our own tables


def test_a_server_that_cuts_milliseconds_and_a_list_with_other_words_have_changed_nothing(
    station: Station, resident: UUID
) -> None:
    made = rehabilitate(station, resident)
    due = (DAY + timedelta(days=21)).isoformat()
    goal = {"target": [{"measure": {"text": "改叫别的"}, "detailQuantity": {"value": 60.0}, "dueDate": due}]}
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("rehab_session", "session/done", {}), ("rehab_goal", "goal/scale", goal), ("goal_rating", "rating/step", {}),
        ("rehab_item", "item/same", {"occurrenceTiming": _with_other_words(station, made["item/same"])}),
    ]  # fmt: skip
    for kind, key, elements in said:
        part = part_of(station, kind, made[key])
        remember(part)
        base = on_the_wire(part)
        shown = {**base, **elements, "text": {"status": "generated", "div": "<div>…</div>"}}
        cut = eval(repr(shown).replace(".000+08:00", "+08:00"))  # noqa: S307  # our own text
        assert not take(station, came(station, cut, base)).changed


def _with_other_words(station: Station, item: UUID) -> dict[str, Any]:
    said: dict[str, Any] = part_of(station, "rehab_item", item).body["occurrenceTiming"]
    return {**said, "code": {"text": "一周三次"}}


def test_what_comes_before_what_it_belongs_to_waits(station: Station, other: Station, resident: UUID) -> None:
    made = rehabilitate(station, resident)
    for body in bodies(station):
        if body["resourceType"] in ("Organization", "Practitioner", "Location", "Patient"):
            take(other, came(other, body))
    for kind, key in (
        ("rehab_item", "item/same"),
        ("rehab_session", "session/done"),
        ("goal_rating", "rating/step"),
    ):
        with pytest.raises(NotYet, match="还没有收到"):
            take(other, came(other, on_the_wire(part_of(station, kind, made[key]))))
