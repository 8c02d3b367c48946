"""A house over months: the worklist at a glance is what is due of each resident one by one, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.assessments.due.queries import CountDue, DueList, DuesOf
from app.assessments.due.reckoning import owed
from app.assessments.due.rows import DueRow
from app.assessments.due.rules import SOON, CauseKey
from app.assessments.due.service import DeferAssessment, DueKey, WaiveAssessment, WithdrawDecision
from app.assessments.instruments import shipped
from app.assessments.record import STANDING
from app.assessments.service import Retract
from app.compose import Station
from app.core.clock import SetClock
from app.core.unit import Reader
from db.models import Assessment, AssessmentLatest, Resident
from tests.app.assessments.dues import assessed, at, came_back, fell, graded
from tests.app.assessments.people import Admit
from tests.support.acts import Look

STEPS = 60
Key = tuple[UUID, str, str, object]


class Months:
    """Somebody to whom things happen, a station that notes them, and what was due before the last of them."""

    def __init__(self, station: Station, seed: int) -> None:
        self.station, self.dice = station, random.Random(seed)
        self.people = [
            station.desk.do_now(Admit(f"01-00000{n}", f"老人{n}", f"2号楼 30{n}-1")) for n in range(1, 5)
        ]
        self.codes = [code for code, one in shipped().items() if one.due.after or one.due.every]

    def step(self) -> None:
        assert isinstance(self.station.clock, SetClock)
        self.station.clock.forward(timedelta(days=self.dice.randrange(6)))
        acts: tuple[Callable[[UUID], object], ...] = (
            self.assess, self.assess, self.refuse, self.fall, self.come_back, self.grade, self.put_off,
            self.waive, self.take_back, self.retract,
        )  # fmt: skip
        self.dice.choice(acts)(self.dice.choice(self.people))

    def assess(self, who: UUID, undone: str = "") -> None:
        day = self.today - timedelta(days=self.dice.choice((0, 0, 0, 1, 40)))
        hour = self.dice.choice((0, 4, 8))
        assessed(self.station, who, self.dice.choice(self.codes), day, undone=undone, hour=hour)

    def refuse(self, who: UUID) -> None:
        self.assess(who, "拒绝评估")

    def fall(self, who: UUID) -> None:
        fell(self.station, who, at(self.today, self.dice.randrange(20)))

    def come_back(self, who: UUID) -> None:
        came_back(self.station, who, at(self.today - timedelta(days=self.dice.randrange(3))))

    def grade(self, who: UUID) -> None:
        graded(self.station, who, self.dice.choice(("independent", "partial", "full")), self.today)

    def put_off(self, who: UUID) -> None:
        row = self._row(who, "open")
        if row is not None and row.due_on is not None:
            until = max(self.today, row.due_on) + timedelta(days=self.dice.randrange(1, 20))
            if until <= self.today + timedelta(days=90):
                self.station.desk.do_now(DeferAssessment(self._key(row), until, "住院中"))

    def waive(self, who: UUID) -> None:
        row = self._row(who, self.dice.choice(("open", "deferred")))
        if row is not None:
            self.station.desk.do_now(WaiveAssessment(self._key(row), "不适用"))

    def take_back(self, who: UUID) -> None:
        row = self._row(who, self.dice.choice(("waived", "deferred")))
        if row is not None and row.decision is not None:
            self.station.desk.do_now(WithdrawDecision(row.decision.seen, "又需要"))

    def retract(self, who: UUID) -> None:
        row = next((row for row in self.dues(who) if row.latest is not None), None)
        if row is not None and row.latest is not None:
            self.station.desk.do_now(Retract(row.latest.record, "笔误"))

    @property
    def today(self) -> date:
        return self.station.clock.now().date()

    def dues(self, who: UUID) -> tuple[DueRow, ...]:
        return self.station.desk.ask_now(DuesOf(who))

    def _row(self, who: UUID, state: str) -> DueRow | None:
        rows = [row for row in self.dues(who) if row.state == state]
        return self.dice.choice(rows) if rows else None

    def _key(self, row: DueRow) -> DueKey:
        seen = row.decision.seen if row.decision else ()
        return DueKey(row.resident, row.instrument, tuple(one.key for one in row.causes), seen)


def listed(station: Station, view: str) -> set[Key]:
    return {row.key for row in station.desk.ask_now(DueList(view=view, limit=9999)).rows}


def kept(reader: Reader) -> tuple[dict[tuple[UUID, str], UUID], dict[tuple[UUID, str], UUID]]:
    """The narrow table of the latest, and the same reckoned from all assessments."""
    narrow = {(row.resident, row.instrument): row.rid for row in reader.session.query(AssessmentLatest)}
    reckoned: dict[tuple[UUID, str], UUID] = {}
    done = reader.session.query(Assessment).where(
        Assessment.current, Assessment.state.in_(STANDING), Assessment.undone == ""
    )
    for row in done.order_by(Assessment.assessed_on, Assessment.recorded_at):
        reckoned[row.resident, row.instrument] = row.rid
    return narrow, reckoned


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_house_at_a_glance_is_its_residents_one_by_one(station: Station, seed: int) -> None:
    months = Months(station, seed)
    for _ in range(STEPS):
        months.step()
        every = [row for who in months.people for row in months.dues(who)]
        soon = {
            row.key
            for row in every
            if row.state == "open" and (row.due_on or date.max) <= months.today + SOON
        }
        assert listed(station, "due") == soon
        assert listed(station, "decided") == {row.key for row in every if row.state != "open"}
        assert station.desk.ask_now(CountDue()) == len(soon)
        narrow, reckoned = station.desk.ask_now(Look(kept))
        assert narrow == reckoned


@pytest.mark.parametrize("seed", [4, 5])
def test_a_due_date_goes_only_when_another_assessment_counts(station: Station, seed: int) -> None:
    """Every cause that was there before an act is there after it, unless the latest assessment is another one."""
    months = Months(station, seed)
    before, counted = station.desk.ask_now(Look(causes)), station.desk.ask_now(Look(kept))[0]
    for _ in range(STEPS):
        months.step()
        after, counts = station.desk.ask_now(Look(causes)), station.desk.ask_now(Look(kept))[0]
        for who, code, _cause in before - after:
            assert counts.get((who, code)) != counted.get((who, code))
        before, counted = after, counts


def causes(reader: Reader) -> set[tuple[UUID, str, CauseKey]]:
    """Every cause in any state, of everybody."""
    people = [row.rid for row in reader.session.query(Resident)]
    return {
        (who, one.instrument.code, cause.key)
        for who in people
        for one in owed(reader, who)[1]
        if one.line is not None
        for cause in one.line.causes
    }
