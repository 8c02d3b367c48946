"""Every stop rule at its edge, through the acts: just not, and just so, before a session and while it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.rehab.lists.stops import conditions, stop_rules
from app.rehab.rules.stopping import MISSING, STOP, StopRule, Values, rule_words
from app.rehab.training import Before, BeginSession, NoteDuring, TakeBackSessions
from app.rehab.training.values import measured_of
from app.vitals.service import RecordSet
from tests.app.rehab.house import DAY, Gym, at

WELL = Values(120, 75, 72, 97, 36.5, pain=1)
GRAIN = {"temp": 0.1}


def edges(rule: StopRule, base: Values) -> Iterator[tuple[Values, bool]]:
    """Values on both sides of a rule's limit, and whether it fires."""
    if rule.measure == "symptom":
        yield base, False
        for symptom in rule.symptoms:
            yield replace(base, symptoms=frozenset({symptom})), True
        return
    grain = GRAIN.get(rule.measure, 1)
    usual = getattr(base, rule.measure) or 0
    up = rule.op.startswith(">")
    step = 0 if rule.op.endswith("=") else grain
    ways = {"": (1,), "rise": (1,), "fall": (-1,), "either": (1, -1)}[rule.change]
    for way in ways:
        fires = rule.value + (step if up else -step)
        stays = fires - grain if up else fires + grain
        for number, so in ((stays, False), (fires, True)):
            found = usual + way * number if rule.change else number
            values = replace(base, **{rule.measure: round(found, 1)}, symptoms=rule.symptoms)
            if rule.measure in ("sbp", "dbp"):  # the other one of the pair must be possible
                low, high = (
                    min(values.dbp or 0, (values.sbp or 0) - 20),
                    max(values.sbp or 0, (values.dbp or 0) + 20),
                )
                values = replace(values, dbp=low) if rule.measure == "sbp" else replace(values, sbp=high)
            yield values, so


def gym_with(gym: Gym, rule: StopRule) -> None:
    held = tuple(rule.conditions) or ()
    discipline = next(iter(rule.disciplines), "pt")
    gym.plan(gym.item(code="positioning", discipline=discipline), conditions=held)
    gym.put(9)


@pytest.mark.parametrize(
    "code", [code for code, rule in stop_rules().items() if rule.before and rule.op != MISSING]
)
def test_before_a_session(gym: Gym, code: str) -> None:
    rule = stop_rules()[code]
    gym_with(gym, rule)
    if rule.change:  # held against the usual value of the days before
        gym.do(RecordSet(gym.li, at(9, day=DAY - timedelta(days=1)), measured_of(WELL)))
    for values, so in edges(rule, WELL):
        said = words_of(gym, values)
        assert (rule_words(rule) in said) == so, (values, said)
        if so:
            assert ("先报告医生" in said) == (rule.before == "refuse")


@pytest.mark.parametrize("code", [code for code, rule in stop_rules().items() if rule.op == MISSING])
def test_what_must_be_measured(gym: Gym, code: str) -> None:
    rule = stop_rules()[code]
    gym_with(gym, rule)
    assert rule.words not in words_of(gym, WELL)
    without = {"sbp": None, "dbp": None} if rule.measure == "sbp" else {rule.measure: None}
    assert rule.words in words_of(gym, replace(WELL, **without))  # type: ignore[arg-type]  # measures are numbers or None


@pytest.mark.parametrize("code", [code for code, rule in stop_rules().items() if rule.during])
def test_while_it_goes_on(gym: Gym, code: str) -> None:
    rule = stop_rules()[code]
    gym_with(gym, rule)
    for values, so in edges(rule, WELL):
        gym.do(BeginSession(gym.key(), Before(WELL)))
        noted = gym.do(NoteDuring(gym.key(), values))
        fired = {one.code: one.effect for one in noted.fired}
        assert (code in fired) == so, (values, fired)
        if so and rule.during == STOP:
            assert noted.stopped
        gym.do(TakeBackSessions((noted.seen,)))


def test_a_plan_has_its_own_limits(gym: Gym) -> None:
    gym.plan(gym.item(code="positioning"), limits={"hr_high": 110, "sbp_high": 160})
    gym.put(9)
    assert "收缩压 >160，现在 161 mmHg" in words_of(gym, replace(WELL, sbp=161))
    gym.do(BeginSession(gym.key(), Before(WELL)))
    assert not gym.do(NoteDuring(gym.key(), Values(hr=110))).stopped
    assert gym.do(NoteDuring(gym.key(), Values(hr=111))).stopped


def test_every_condition_switches_some_rule(gym: Gym) -> None:
    del gym
    assert set(conditions()) == {
        one for rule in stop_rules().values() for one in rule.conditions | rule.unless
    }


def words_of(gym: Gym, values: Values) -> str:
    """What is said when a session is to begin so; nothing where it begins, which is taken back."""
    confirmed = ("bp", "hr", "spo2", "temp", "pain")
    try:
        begun = gym.do(BeginSession(gym.key(), Before(values, confirmed=confirmed)))
    except Refusal as refused:
        return refused.text
    gym.do(TakeBackSessions((begun.seen,)))
    return ""
