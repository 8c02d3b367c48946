"""Sessions planned and held: by week of the plan and by discipline, and what became of those that were not held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.unit import Reader
from app.rehab.derived import Held, derive
from app.rehab.facts import PlanFact
from app.rehab.rules.sessions import SessionState

WEEK = timedelta(days=7)
ASIDE = frozenset({SessionState.CANCELLED, SessionState.AWAY})
"""What counts neither as planned nor as held."""
AHEAD = frozenset({SessionState.PLANNED, SessionState.DUE, SessionState.RUNNING})


@dataclass(frozen=True)
class Tally:
    """Sessions whose time has come. `made_up`: one more, held instead of a missed one; `by`: by state, as its value."""

    planned: int = 0
    held: int = 0
    made_up: int = 0
    minutes: int = 0
    by: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        """Held of planned, made-up ones among them; None where none was planned."""
        return min(1.0, (self.held + self.made_up) / self.planned) if self.planned else None

    @property
    def missed(self) -> int:
        return self.planned - self.held


@dataclass(frozen=True)
class WeekRow:
    """One week of the plan, the first is 1; `by_discipline` in the order of the programme."""

    number: int
    begins: date
    whole: Tally
    by_discipline: dict[str, Tally]


@dataclass(frozen=True)
class Attendance:
    """`aside`: cancelled, or the resident was away."""

    whole: Tally
    weeks: tuple[WeekRow, ...]
    disciplines: dict[str, Tally]
    aside: int


def attendance_of(reader: Reader, plan: PlanFact) -> Attendance:
    """Of a plan, from its first day until now or its end."""
    last = min(reader.today, plan.ends, plan.ended_on or plan.ends)
    if last < plan.begins:
        return Attendance(Tally(), (), {}, 0)
    days = [plan.begins + timedelta(days=place) for place in range((last - plan.begins).days + 1)]
    mine = [one for one in derive(reader, (plan.resident,), days) if one.plan.rid == plan.rid]
    counted = [one for one in mine if one.state not in ASIDE | AHEAD and not one.tentative]
    disciplines = list(dict.fromkeys(one.item.discipline for one in counted))
    weeks = []
    for number in range((last - plan.begins) // WEEK + 1):
        begins = plan.begins + number * WEEK
        inside = [one for one in counted if begins <= one.planned.day < begins + WEEK]
        weeks.append(WeekRow(number + 1, begins, _tally(inside), _split(inside, disciplines)))
    aside = sum(one.state in ASIDE for one in mine)
    return Attendance(_tally(counted), tuple(weeks), _split(counted, disciplines), aside)


def _split(held: Sequence[Held], disciplines: Sequence[str]) -> dict[str, Tally]:
    return {code: _tally([one for one in held if one.item.discipline == code]) for code in disciplines}


def _tally(sessions: Sequence[Held]) -> Tally:
    extra = [one for one in sessions if one.booking is not None and one.booking.instead_of is not None]
    planned = [one for one in sessions if one not in extra]
    return Tally(
        len(planned),
        sum(one.state.held for one in planned),
        sum(one.state.held for one in extra),
        sum(one.session.minutes for one in sessions if one.session is not None),
        dict(Counter(str(one.state) for one in planned)),
    )
