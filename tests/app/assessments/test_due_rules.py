"""When an assessment is due: every cause by its own day, and none is ever lost, whatever happens or is decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.due.rules import (
    ADMISSION,
    DEFERRED,
    FALL,
    INTERVAL,
    LEVEL,
    OPEN,
    RETURN,
    WAIVED,
    Cause,
    CauseKey,
    Decision,
    Event,
    Last,
    Person,
    Rule,
    cause_words,
    lines,
    unanswered,
    until_wrong,
)

TODAY = date(2026, 11, 24)
CAME = date(2026, 3, 1)
HERE = Person(CAME, None, date(1941, 3, 12))


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def in_a_year(day: date) -> date:
    return day.replace(year=day.year + 1)


ROUTINE = Rule(routine=True, admission_days=1, first_by=in_a_year, after=(FALL, RETURN, LEVEL), after_days=1)
DONE = Last(date(2026, 11, 1), at(date(2026, 11, 1)), date(2027, 11, 1))


def said(rule: Rule, last: Last | None, *events: Event, person: Person = HERE) -> list[tuple[str, str, str]]:
    return [
        (one.code, f"{one.day:%m-%d}", one.due_on.isoformat())
        for one in unanswered(rule, person, last, events)
    ]


@pytest.mark.parametrize(
    ("rule", "last", "found"),
    [
        (ROUTINE, None, [(ADMISSION, "03-01", "2026-03-02")]),
        (ROUTINE, DONE, [(INTERVAL, "11-01", "2027-11-01")]),
        (Rule(routine=True, first_by=in_a_year), None, [(INTERVAL, "03-01", "2027-03-01")]),
        (Rule(routine=True), None, [(ADMISSION, "03-01", "2026-03-01")]),
        (Rule(routine=True), Last(CAME, at(CAME)), []),
        (Rule(routine=False, first_by=in_a_year, after=(FALL,)), None, []),
        (Rule(routine=False, first_by=in_a_year), DONE, [(INTERVAL, "11-01", "2027-11-01")]),
    ],
)
def test_admission_and_interval(rule: Rule, last: Last | None, found: list[tuple[str, str, str]]) -> None:
    assert said(rule, last) == found


def test_an_event_is_answered_by_what_is_signed_after_it() -> None:
    fall = date(2026, 11, 1)
    before, after = Event(FALL, fall, at(fall, 15)), Event(FALL, fall, at(fall, 9))
    assert said(ROUTINE, DONE, after) == said(ROUTINE, DONE)
    assert said(ROUTINE, DONE, before)[0] == (FALL, "11-01", "2026-11-02")
    assert said(ROUTINE, DONE, Event(FALL, date(2026, 10, 31), at(TODAY))) == said(ROUTINE, DONE)
    assert said(ROUTINE, DONE, Event(LEVEL, fall)) == said(ROUTINE, DONE)  # what was decided from it that day


def test_events_of_another_instrument_of_before_the_stay_or_of_the_never_assessed() -> None:
    late = Event(RETURN, date(2026, 11, 20), at(date(2026, 11, 20)))
    assert said(Rule(routine=True, after=(FALL,)), Last(CAME, at(CAME)), late) == []
    assert said(ROUTINE, DONE, Event(FALL, date(2026, 2, 1), at(TODAY))) == said(ROUTINE, DONE)
    assert said(Rule(routine=False, after=(RETURN,)), None, late) == []
    assert said(Rule(routine=False, after=(RETURN,), after_days=30), DONE._replace(due_on=None), late) == [
        (RETURN, "11-20", "2026-12-20")
    ]
    assert said(ROUTINE, None, late) == [(ADMISSION, "03-01", "2026-03-02"), (RETURN, "11-20", "2026-11-21")]


def test_who_comes_back_after_a_stay_is_admitted_anew() -> None:
    again = Person(date(2026, 11, 20), former=date(2026, 11, 5), born=HERE.born)
    assert said(ROUTINE, DONE, person=again)[0] == (ADMISSION, "11-20", "2026-11-21")
    between = DONE._replace(assessed_on=date(2026, 11, 18))
    assert said(ROUTINE, between, person=again) == said(ROUTINE, DONE)
    named = Rule(routine=False, after=(ADMISSION,), after_days=3)
    assert said(named, DONE, person=again)[0] == (ADMISSION, "11-20", "2026-11-23")


def test_nothing_is_due_before_the_age_it_is_for() -> None:
    elder = Rule(routine=True, admission_days=1, min_age=65)
    assert said(elder, None, person=Person(CAME, born=date(1964, 2, 29)))[0][2] == "2029-03-01"
    assert said(elder, None, person=Person(CAME, born=date(1950, 1, 1)))[0][2] == "2026-03-02"
    assert (
        said(elder, None, person=Person(CAME))[0][2] == "2026-03-02"
    )  # unknown: the record is to be completed


def test_what_was_put_off_is_due_again_on_that_day() -> None:
    cause = Cause(FALL, date(2026, 11, 20), date(2026, 11, 21))
    (deferred,) = lines([cause], {cause.key: Decision(date(2026, 11, 25))}, TODAY)
    assert (deferred.state, deferred.until, deferred.due_on) == (
        DEFERRED,
        date(2026, 11, 25),
        date(2026, 11, 21),
    )
    (again,) = lines([cause], {cause.key: Decision(TODAY)}, TODAY)
    assert (again.state, again.due_on, again.causes[0].first_due) == (OPEN, TODAY, date(2026, 11, 21))
    (waived,) = lines([cause], {cause.key: Decision(None)}, TODAY)
    assert waived.state == WAIVED


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "请填写延到哪一天。"),
        (TODAY, "延期的日期应在今天以后。"),
        (TODAY + timedelta(days=91), "最多延期 90 天（到 2027-02-22）。长期不需要时，请用“不再需要”。"),
        (TODAY + timedelta(days=2), "本来就是 2026-11-27 到期，延期应晚于这一天。"),
        (TODAY + timedelta(days=90), None),
    ],
)
def test_how_far_one_may_put_off(until: date | None, words: str | None) -> None:
    assert until_wrong(until, TODAY + timedelta(days=3), TODAY) == words


def test_causes_in_words() -> None:
    day = date(2025, 12, 31)
    assert [cause_words(code, day, year=2025) for code in (ADMISSION, INTERVAL, FALL, RETURN, LEVEL)] == [
        "入住评估",
        "定期",
        "跌倒后 12-31",
        "返院后 12-31",
        "等级变更 12-31",
    ]
    assert cause_words(FALL, day, year=2026) == "跌倒后 2025-12-31"


# properties -------------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 268).map(lambda n: CAME + timedelta(days=n))
MOMENTS = st.builds(at, DAYS, st.integers(0, 23))
EVENTS = st.lists(
    st.builds(
        lambda code, day, hour: Event(code, day, at(day, hour)),
        st.sampled_from((FALL, RETURN)),
        DAYS,
        st.integers(0, 23),
    )
    | st.builds(Event, st.just(LEVEL), DAYS),
    max_size=5,
)
DONES = st.lists(
    st.builds(
        lambda day, hour, every: Last(day, at(day, hour), every and day + timedelta(days=every)),
        DAYS,
        st.integers(0, 23),
        st.none() | st.integers(1, 400),
    ),
    max_size=4,
)
RULES = st.builds(
    Rule,
    routine=st.booleans(),
    admission_days=st.none() | st.integers(0, 30),
    first_by=st.none() | st.just(in_a_year),
    after=st.lists(st.sampled_from((FALL, RETURN, LEVEL)), unique=True).map(tuple),
    after_days=st.integers(1, 30),
)
UNTIL = st.none() | st.integers(-30, 90).map(lambda n: TODAY + timedelta(days=n))


def latest(done: list[Last]) -> Last | None:
    return max(done, key=lambda one: (one.assessed_on, one.signed_at), default=None)


def arisen(rule: Rule, done: list[Last], events: list[Event]) -> set[CauseKey]:
    """Every cause that no assessment has answered, told by going through all that happened, one by one."""
    found: set[CauseKey] = set()
    if rule.routine and not done:
        first = rule.first_by(CAME) if rule.admission_days is None and rule.first_by else CAME
        by_interval = rule.admission_days is None and rule.first_by is not None
        found.add((INTERVAL if by_interval else ADMISSION, first))
    newest = latest(done)
    if newest is not None and newest.due_on is not None:
        found.add((INTERVAL, newest.due_on))
    for event in events:
        if event.code in rule.after and (rule.routine or done):
            later = [one for one in done if one.assessed_on > event.day]
            same = [one for one in done if one.assessed_on == event.day]
            knew = [one for one in same if event.known_at is None or one.signed_at > event.known_at]
            if not later and not knew:
                found.add((event.code, event.day))
    return found


@given(rule=RULES, done=DONES, events=EVENTS, data=st.data())
def test_a_cause_is_answered_put_off_waived_or_listed(
    rule: Rule, done: list[Last], events: list[Event], data: st.DataObject
) -> None:
    wanted = arisen(rule, done, events)
    causes = unanswered(rule, HERE, latest(done), events)
    assert {one.key for one in causes} == wanted
    decisions = {key: Decision(data.draw(UNTIL)) for key in sorted(wanted) if data.draw(st.booleans())}
    listed = list(lines(causes, decisions, TODAY))
    assert sorted(cause.key for line in listed for cause in line.causes) == sorted(wanted)
    for line in listed:
        assert line.due_on == min(cause.due_on for cause in line.causes)
        assert line.causes[0] in line.pressing(TODAY)
        for cause in line.causes:
            decision = decisions.get(cause.key)
            if line.state == OPEN:
                assert decision is None or (decision.until is not None and decision.until <= TODAY)
            else:
                assert decision is not None
                assert (decision.until is None) == (line.state == WAIVED)


@given(rule=RULES, done=DONES, events=EVENTS, day=DAYS)
def test_an_assessment_answers_what_was_before_it_and_nothing_else(
    rule: Rule, done: list[Last], events: list[Event], day: date
) -> None:
    before = {one.key for one in unanswered(rule, HERE, latest(done), events)}
    made = Last(day, at(TODAY, 23), None)
    after = {one.key for one in unanswered(rule, HERE, latest([*done, made]), events)}
    for code, caused in before - after:
        assert code in (ADMISSION, INTERVAL) or caused <= day
    if rule.routine:
        assert {key for key in after - before if key[0] != INTERVAL} == set()
