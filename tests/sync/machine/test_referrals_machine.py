"""Moves of referrals at two stations and at the hospital, with faults between: none is lost, doubled or forgotten."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.support.examples import CAMPAIGN, tries
from tests.support.platform import COLUMNS
from tests.support.station import Founded
from tests.sync.machine.house import NUMBERS, found_second
from tests.sync.machine.referring import ANSWERS, STEPS, Referring, line, written
from tests.sync.machine.test_machine import FAULTS
from tests.sync.two_houses import time_away

EXAMPLES = tries(2)
STEP_COUNT = 14
TEMPLATES: list[Founded] = []
SETTLED: list[str] = []
"""Which server each example ended with."""

stations = st.integers(0, len(NUMBERS) - 1)
people = st.integers(0, 1)


class Moves(RuleBasedStateMachine):
    """Rules are what can happen; the end is what must hold."""

    @initialize(column=st.sampled_from(COLUMNS))
    def open(self, column: str) -> None:
        """Two residents whom both stations know; one of them is referred already."""
        self.house = Referring((TEMPLATES[0], TEMPLATES[1]), column)
        self.residents: list[UUID] = [self.house.admit(0), self.house.admit(1)]
        self.house.refer(0, self.residents[0])
        self.house.settle()

    @rule(at=stations, who=people)
    def refer(self, at: int, who: int) -> None:
        self.house.refer(at, self.residents[who])

    @rule(at=stations, who=people, name=st.sampled_from(sorted(STEPS)))
    def step(self, at: int, who: int, name: str) -> None:
        self.house.step(at, self.residents[who], name)

    @rule(
        at=stations,
        who=people,
        names=st.sampled_from([("depart", "arrive"), ("accept", "depart"), ("arrive", "take over")]),
    )
    def steps(self, at: int, who: int, names: tuple[str, ...]) -> None:
        for name in names:
            self.house.step(at, self.residents[who], name)

    @rule(at=stations, who=people)
    def come_home(self, at: int, who: int) -> None:
        self.house.come_home(at, self.residents[who])

    @rule(at=stations, who=people, came_with=st.sampled_from(["none", "missing"]))
    def reconcile(self, at: int, who: int, came_with: str) -> None:
        self.house.reconcile(at, self.residents[who], came_with)

    @rule(at=stations, who=people, days=st.sampled_from([7, 14]))
    def keep_bed(self, at: int, who: int, days: int) -> None:
        self.house.keep_bed(at, self.residents[who], days)

    @rule(said=st.sampled_from(ANSWERS), which=people)
    def hospital(self, said: str, which: int) -> None:
        self.house.answer(said, which)

    @rule(at=stations, minutes=st.integers(1, 20))
    def wait(self, at: int, minutes: int) -> None:
        self.house.wait(at, minutes)

    @rule(at=stations)
    def sync(self, at: int) -> None:
        self.house.stations[at].round()

    @rule(at=stations, fault=st.sampled_from(sorted(FAULTS)), passing=st.integers(0, 12))
    def sync_with_a_fault(self, at: int, fault: str, passing: int) -> None:
        self.house.platform.faults.next(FAULTS[fault](), passing=passing)
        self.house.stations[at].round()
        self.house.platform.faults.clear()

    @rule(at=stations, after=st.integers(1, 14))
    def crash(self, at: int, after: int) -> None:
        self.house.crash(at, after)

    @rule()
    def restart_platform(self) -> None:
        self.house.platform.restart()

    def teardown(self) -> None:
        if not hasattr(self, "house"):
            return
        try:
            self.house.settle()
            nothing_waits(self.house)
            both_say_the_same(self.house)
            no_move_is_lost_or_doubled(self.house)
            what_the_hospital_says_is_taken(self.house)
            assert self.house.platform.complaints == []
            SETTLED.append(self.house.column)
        finally:
            self.house.close()


def nothing_waits(house: Referring) -> None:
    """Everything is confirmed, or a person is asked."""
    for at in range(len(NUMBERS)):
        assert house.unsent(at) == [], NUMBERS[at]


def both_say_the_same(house: Referring) -> None:
    """One row of every record stands at both stations, and it is the same, but where a person is asked."""
    for rid, kind in house.kept.items():
        if house.is_shown(rid):
            continue
        found = [house.current(at, rid, kind) for at in range(len(NUMBERS))]
        assert [len(some) for some in found] == [1] * len(NUMBERS), f"{kind} {rid}"
        (here,), (there,) = found
        if kind == "referral":
            assert (here.status, here.absence) == (there.status, there.absence), f"{kind} {rid}"
            assert written(here) == written(there), f"{kind} {rid}"
        if kind == "absence":
            assert time_away(here) == time_away(there), f"{kind} {rid}"
        if (here.station, there.station) == ("00", "00"):
            continue  # an answer the hospital changed at once is two steps for who saw both, and one for who did not
        for one in ("revision", "station", "state", "recorded_at", "author", "reason"):
            assert getattr(here, one) == getattr(there, one), f"{one} of {kind} {rid}"


def no_move_is_lost_or_doubled(house: Referring) -> None:
    for rid, lines in house.moved.items():
        for at in range(len(NUMBERS)):
            for row in house.current(at, rid):
                times = Counter(line(one) for one in row.moves.get("all", ()))
                assert not times or max(times.values()) == 1, f"{rid} at {NUMBERS[at]}: {row.moves}"
                if not house.is_shown(rid):
                    assert lines <= set(written(row)), f"{rid} at {NUMBERS[at]}: {row.moves}"


def what_the_hospital_says_is_taken(house: Referring) -> None:
    """What stands at the Task stands here, or the machine does not allow it; or a person is asked."""
    for rid, kind in house.kept.items():
        if kind == "referral" and not house.is_shown(rid):
            for at in range(len(NUMBERS)):
                assert not house.untaken(at, rid), f"{rid} at {NUMBERS[at]}"


@pytest.mark.slow
def test_moves_of_referrals_converge(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> None:
    TEMPLATES[:] = [founded, found_second(tmp_path_factory.mktemp("second") / "home")]
    SETTLED.clear()
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEP_COUNT,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=tuple(Phase) if CAMPAIGN else (Phase.generate,),
            derandomize=not CAMPAIGN,
            database=None,
        ),
    )
    assert len(SETTLED) >= EXAMPLES
