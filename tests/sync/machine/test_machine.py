"""Any order of work, faults, crashes and strangers' edits ends with nothing lost, nothing doubled, conflicts shown."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from app.core.roles import Role
from tests.support.examples import CAMPAIGN, tries
from tests.support.platform import COLUMNS, Fault
from tests.support.station import Founded, become
from tests.sync.machine.house import NUMBERS, TYPES, Institution, found_second, said, says, stands_for

EXAMPLES = tries(5)
STEPS = 14
FAULTS = {
    "lost before": Fault.lost_before,
    "lost after": Fault.lost_after,
    "twice": Fault.twice,
    "reset after": lambda: Fault.reset(committed=True),
    "half": Fault.truncated,
    "html": Fault.html,
    "500": lambda: Fault.status(500),
    "503 done": lambda: Fault.status(503, committed=True),
    "504 done": lambda: Fault.status(504, committed=True),
    "429": lambda: Fault.status(429, retry_after="0"),
    "409 entries": lambda: Fault.entries(409),
    "half a page": Fault.half_page,
}
TEMPLATES: list[Founded] = []
SETTLED: list[str] = []
"""Which server each example ended with."""

stations = st.integers(0, len(NUMBERS) - 1)
phones = st.sampled_from([f"021-5555{number:04d}" for number in range(6)])
substances = st.sampled_from(["青霉素", "花生", "头孢", "海鲜"])
pulses = st.sampled_from([62.0, 78.0, 96.5, 121.0])
whithers = st.sampled_from(["女儿家", "区中心医院"])


class Rounds(RuleBasedStateMachine):
    """Rules are what can happen; the end is what must hold."""

    residents: Bundle[UUID] = Bundle("residents")

    @initialize(target=residents, column=st.sampled_from(COLUMNS))
    def open(self, column: str) -> UUID:
        """A resident both stations know, so that they have something to disagree about."""
        self.house = Institution((TEMPLATES[0], TEMPLATES[1]), column)
        rid = self.house.admit(0)
        self.house.note_allergy(0, rid, "青霉素")
        self.house.measure(0, rid, 78.0)
        self.house.settle()
        return rid

    @rule(target=residents, at=stations)
    def admit(self, at: int) -> UUID:
        return self.house.admit(at)

    @rule(at=stations, rid=residents, phone=phones)
    def edit(self, at: int, rid: UUID, phone: str) -> None:
        self.house.edit(at, rid, phone)

    @rule(at=stations, rid=residents, substance=substances)
    def note_allergy(self, at: int, rid: UUID, substance: str) -> None:
        self.house.note_allergy(at, rid, substance)

    @rule(at=stations, rid=residents, substance=substances)
    def correct(self, at: int, rid: UUID, substance: str) -> None:
        self.house.correct(at, rid, substance)

    @rule(at=stations, rid=residents, value=pulses)
    def measure(self, at: int, rid: UUID, value: float) -> None:
        self.house.measure(at, rid, value)

    @rule(at=stations, rid=residents, value=pulses)
    def correct_pulse(self, at: int, rid: UUID, value: float) -> None:
        self.house.correct_pulse(at, rid, value)

    @rule(at=stations, rid=residents, whither=whithers)
    def leave(self, at: int, rid: UUID, whither: str) -> None:
        self.house.leave(at, rid, whither)

    @rule(at=stations, rid=residents)
    def come_back(self, at: int, rid: UUID) -> None:
        self.house.come_back(at, rid)

    @rule(role=st.sampled_from([Role.NURSE, Role.HEAD_NURSE, Role.DOCTOR]))
    def change_person(self, role: Role) -> None:
        become(self.house.stations[0].station, role)

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

    @rule(phone=phones, which=st.integers(0, 3))
    def stranger(self, phone: str, which: int) -> None:
        self.house.touch(phone, which)

    @rule(value=pulses, which=st.integers(0, 3))
    def stranger_at_a_pulse(self, value: float, which: int) -> None:
        self.house.touch_pulse(value, which)

    def teardown(self) -> None:
        if not hasattr(self, "house"):
            return
        try:
            self.house.settle()
            nothing_is_lost_or_doubled(self.house)
            nobody_is_overwritten(self.house)
            authors_are_right(self.house)
            stations_agree_or_say_so(self.house)
            assert self.house.platform.complaints == []
            SETTLED.append(self.house.column)
        finally:
            self.house.close()


def nothing_is_lost_or_doubled(house: Institution) -> None:
    """Every line is confirmed or waits for a person; each confirmed record stands there once, with that revision."""
    for at in range(len(NUMBERS)):
        for line in house.lines(at):
            kind = TYPES[line.kind]
            there = house.stations[at].there(line.record, kind)
            states = house.states(at, line.record)
            assert line.state in ("acked", "conflict") or "conflict" in states, (line.state, line.words)
            assert len(there) <= 1, f"{kind} {line.record} is doubled"
            if line.state == "acked":
                assert len(there) == 1, f"{kind} {line.record} is lost"
                revisions = [stands_for(body)[0] for body in house.versions(kind, line.record)]
                assert max(revisions) >= line.revision


def nobody_is_overwritten(house: Institution) -> None:
    """Each version there was written by somebody who had seen the one before it, a stranger's too."""
    for rid, kind in records(house):
        last, before, is_strange = (0, ""), "", False
        for body in house.versions(kind, rid):
            number, station, _ = stands_for(body)
            if (number, station) == last:
                is_strange |= says(body) != before
            else:
                unseen = is_strange and says(body) != before  # the same words harm nobody
                assert number > last[0] + unseen, f"{kind} {rid}: {last} was overwritten by {station}"
                last, is_strange = (number, station), False
            before = says(body)


def authors_are_right(house: Institution) -> None:
    """Whatever revision ever stood there says what its author wrote, unless a stranger wrote over it."""
    for (rid, revision, station), written in house.written.items():
        for body in house.versions(written.type, rid):
            number, where, author = stands_for(body)
            if (number, where) == (revision, station):
                assert author == written.author
                assert says(body) == written.says or rid in house.touched


def stations_agree_or_say_so(house: Institution) -> None:
    """What stands there stands at every station, but for a conflict that is shown where it differs."""
    for rid, kind in records(house):
        for body in house.stations[0].there(rid, kind):
            for at in range(len(NUMBERS)):
                here = house.row(at, rid, kind)
                shown = "conflict" in house.states(at, rid) or house.is_aside(at, rid)
                assert here is not None or shown, f"{kind} {rid} did not come to {NUMBERS[at]}"
                assert shown or said(here) == says(body), f"{kind} {rid} differs at {NUMBERS[at]}"


def records(house: Institution) -> set[tuple[UUID, str]]:
    """Every record that was written, with the type it has there."""
    return {(rid, written.type) for (rid, _, _), written in house.written.items()}


@pytest.mark.slow
def test_any_interleaving_converges(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> None:
    TEMPLATES[:] = [founded, found_second(tmp_path_factory.mktemp("second") / "home")]
    SETTLED.clear()
    run_state_machine_as_test(
        Rounds,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=tuple(Phase) if CAMPAIGN else (Phase.generate,),
            derandomize=not CAMPAIGN,
            database=None,
        ),
    )
    assert len(SETTLED) >= EXAMPLES
