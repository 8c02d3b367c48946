"""Whatever an evaluation, a plan or anything of it holds is valid FHIR and read back as it was sent."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.rehab.fhir import (
    EvaluationMapper,
    GoalMapper,
    ItemMapper,
    PlanMapper,
    RatingMapper,
    SessionMapper,
)
from db.models import GoalRating, RehabEvaluation, RehabGoal, RehabItem, RehabPlan, RehabSession
from db.models.rehab import GOAL_STATUSES, PLAN_STATUSES, STAGES
from db.models.training import ATTENDANCES
from tests.app.fhir.test_daily_properties import (
    CONTENT,
    DAYS,
    ENVELOPE,
    INSTANTS,
    JSON,
    NUMBERS,
    PLAIN,
    RID,
    SOME,
    STATES,
    said,
    there_and_back,
)
from tests.support.examples import tries

proves = settings(
    max_examples=tries(25), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
SOMEBODY = st.none() | st.just(RID)
ALL = st.lists(JSON, max_size=3).map(lambda some: {"all": some}) | CONTENT
WEEK = st.lists(
    st.builds("{} {:02d}:{:02d}".format, st.integers(1, 7), st.integers(7, 18), st.integers(0, 59)),
    max_size=4, unique=True,
).map(sorted)  # fmt: skip
LINES = st.lists(JSON | SOME | st.fixed_dictionaries({"words": PLAIN}), max_size=3)
PAUSES: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.tuples(DAYS, st.none() | DAYS).map(
    lambda span: {"spans": [[span[0].isoformat(), span[1] and span[1].isoformat()]]}
)


def row_of(model: Any, state: tuple[int, str], **content: Any) -> Any:
    return model(**ENVELOPE, revision=state[0], state=state[1], resident=RID, **content)


def survives(station: Station, mapper: Any, row: Any) -> None:
    assert there_and_back(station, mapper, row) == said(row, mapper)


@proves
@given(
    stage=st.sampled_from(STAGES), texts=st.lists(PLAIN, min_size=3, max_size=3), day=DAYS, number=SOME,
    content=CONTENT, summary=JSON, problems=ALL, forbidden=st.dictionaries(SOME, PLAIN, max_size=2), vitals=CONTENT,
    measures=st.dictionaries(SOME, st.just(str(RID)) | JSON, max_size=2), plan=SOMEBODY, state=STATES,
)  # fmt: skip
def test_an_evaluation(station: Station, **given_: Any) -> None:
    texts = dict(zip(("cause", "phase", "diagnosis"), given_["texts"], strict=True))
    row = row_of(
        RehabEvaluation, given_["state"], number=given_["number"], stage=given_["stage"], evaluated_on=given_["day"],
        content={**given_["content"], "summary": given_["summary"]}, problems=given_["problems"],
        contraindications=given_["forbidden"], measures=given_["measures"],
        vitals=given_["vitals"], plan=given_["plan"], **texts,
    )  # fmt: skip
    survives(station, EvaluationMapper(), row)


@proves
@given(
    status=st.sampled_from(PLAN_STATUSES), texts=st.lists(PLAIN, min_size=3, max_size=3), number=SOME,
    days=st.lists(DAYS, min_size=3, max_size=3), ended=st.none() | DAYS, some=st.lists(ALL, min_size=4, max_size=4),
    lines=st.lists(LINES, min_size=2, max_size=2), forbidden=st.dictionaries(SOME, PLAIN, max_size=2), pauses=PAUSES,
    codes=st.lists(SOME, max_size=3), people=st.lists(SOMEBODY, min_size=4, max_size=4), at=st.none() | INSTANTS,
    state=STATES,
)  # fmt: skip
def test_a_plan(station: Station, **given_: Any) -> None:
    texts = dict(zip(("words", "template", "phase"), given_["texts"], strict=True))
    days = dict(zip(("begins", "ends", "review_on"), given_["days"], strict=True))
    people = dict(zip(("evaluation", "lead", "doctor", "therapist"), given_["people"], strict=True))
    problems, limits, consent, ending = given_["some"]
    precautions, exercises = given_["lines"]
    row = row_of(
        RehabPlan, given_["state"], number=given_["number"], status=given_["status"], problems=problems, limits=limits,
        contraindications=given_["forbidden"], content={"precautions": precautions, "exercises": exercises},
        measures=given_["codes"], conditions=given_["codes"], doctor_at=given_["at"], therapist_at=given_["at"],
        consent=consent, consent_at=given_["at"], pauses=given_["pauses"], ended_on=given_["ended"], ending=ending,
        **texts, **days, **people,
    )  # fmt: skip
    survives(station, PlanMapper(), row)


@proves
@given(
    term=st.sampled_from(["long", "short"]), status=st.sampled_from(GOAL_STATUSES),
    texts=st.lists(PLAIN, min_size=5, max_size=5), numbers=st.tuples(st.none() | NUMBERS, NUMBERS),
    falling=st.booleans(), days=st.lists(DAYS, min_size=2, max_size=2), steps=ALL, attained=st.none() | DAYS,
    weight=st.integers(1, 5), serves=SOMEBODY, state=STATES,
)  # fmt: skip
def test_a_goal(station: Station, **given_: Any) -> None:
    texts = dict(zip(("action", "condition", "measure", "unit", "problem"), given_["texts"], strict=True))
    baseline, target = given_["numbers"]
    due, begins = given_["days"]
    row = row_of(
        RehabGoal, given_["state"], plan=RID, term=given_["term"], status=given_["status"], baseline=baseline,
        target=target, falling=given_["falling"], due_on=due, begins=begins, serves=given_["serves"],
        weight=given_["weight"], steps=given_["steps"], attained_on=given_["attained"], **texts,
    )  # fmt: skip
    survives(station, GoalMapper(), row)


@proves
@given(
    texts=st.lists(PLAIN, min_size=6, max_size=6), minutes=st.integers(1, 180), per_week=st.integers(0, 28), week=WEEK,
    begins=DAYS, ends=st.none() | DAYS, dose=CONTENT, people=st.tuples(SOMEBODY, SOMEBODY),
    accepted=st.lists(SOME, max_size=2), state=STATES,
)  # fmt: skip
def test_an_item(station: Station, **given_: Any) -> None:
    names = ("code", "words", "discipline", "place", "together", "note")
    therapist, goal = given_["people"]
    row = row_of(
        RehabItem, given_["state"], plan=RID, minutes=given_["minutes"], per_week=given_["per_week"],
        week=given_["week"], begins=given_["begins"], ends=given_["ends"], dose=given_["dose"], therapist=therapist,
        goal=goal, accepted=given_["accepted"], **dict(zip(names, given_["texts"], strict=True)),
    )  # fmt: skip
    survives(station, ItemMapper(), row)


@proves
@given(
    texts=st.lists(PLAIN, min_size=6, max_size=6), ended=INSTANTS, day=DAYS, minutes=st.integers(0, 360),
    attendance=st.sampled_from(ATTENDANCES), some=st.lists(CONTENT, min_size=5, max_size=5), fired=ALL,
    soap=st.dictionaries(st.sampled_from("soap"), PLAIN | JSON, max_size=4), reactions=st.lists(SOME, max_size=2),
    goals=st.dictionaries(st.just(str(RID)) | SOME, NUMBERS, max_size=2), therapist=SOMEBODY, state=STATES,
)  # fmt: skip
def test_a_session(station: Station, **given_: Any) -> None:
    names = ("discipline", "words", "why", "why_words", "together", "note")
    values = dict(zip(("dose", "before", "during", "after", "skin"), given_["some"], strict=True))
    row = row_of(
        RehabSession, given_["state"], plan=RID, item=RID, service_date=given_["day"], slot="09:00",
        therapist=given_["therapist"], ended_at=given_["ended"], minutes=given_["minutes"],
        attendance=given_["attendance"], stopped=given_["fired"], reactions=given_["reactions"], soap=given_["soap"],
        goals=given_["goals"], **values, **dict(zip(names, given_["texts"], strict=True)),
    )  # fmt: skip
    survives(station, SessionMapper(), row)


@proves
@given(
    value=st.none() | NUMBERS, gas=st.none() | st.integers(-2, 2), note=PLAIN, session=SOMEBODY, assessment=SOMEBODY,
    state=STATES,
)  # fmt: skip
def test_a_rating(station: Station, state: tuple[int, str], **given_: Any) -> None:
    survives(station, RatingMapper(), row_of(GoalRating, state, goal=RID, **given_))
