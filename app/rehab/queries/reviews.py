"""Whose plan is to be reviewed: by its date, after an event, or because its measure changed much; derived each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.assessments.record import STANDING
from app.care.derived import hours_of
from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.rehab.lists.measures import measure_words
from app.rehab.lists.phases import occasions
from app.residents.stating import Seen
from db.models import Absence, Assessment, Incident, RehabEvaluation, RehabPlan, Resident

AHEAD = 7
"""Days before its date on which a review is told."""
HOSPITAL, CHANGE = "hospital_return", "change"
_Event = tuple[datetime, str, str]
"""When it happened, which occasion it is, in words."""


@dataclass(frozen=True)
class ReviewRow:
    """A plan to be reviewed. `due_on`: its date, or the day of what happened; `words`: why; `event`: it was no date;
    `cause`: an occasion of phases.toml, or `review`."""

    plan: Seen
    resident: UUID
    name: str
    title: str
    due_on: date
    words: str
    event: bool
    overdue: bool
    cause: str = "review"


@dataclass(frozen=True)
class Reviews(Question[tuple[ReviewRow, ...]]):
    """Of everybody whose plan runs, or of one resident; the most urgent first: events, then by date."""

    resident: UUID | None = None


@dataclass(frozen=True)
class _Plan:
    """A running plan; `since`: when its resident was last evaluated, or it began: what happened after that counts."""

    seen: Seen
    resident: UUID
    name: str
    title: str
    review_on: date
    since: datetime
    measure: str


@answers(Reviews)
def reviews(reader: Reader, question: Reviews) -> tuple[ReviewRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    plans = _running(reader, question.resident)
    events = _events(reader, plans)
    rows = [row for plan in plans for row in _of(reader, plan, events[plan.resident])]
    return tuple(sorted(rows, key=lambda one: (not one.event, one.due_on, one.name)))


def _running(reader: Reader, resident: UUID | None) -> list[_Plan]:
    statement = (
        select(
            RehabPlan.rid, RehabPlan.revision, RehabPlan.resident, Resident.name, RehabPlan.words, RehabPlan.review_on,
            RehabPlan.begins,
            RehabPlan.at,
            RehabPlan.measures,
        )
        .join(Resident, Resident.rid == RehabPlan.resident)
        .where(RehabPlan.current, RehabPlan.state != "retracted", RehabPlan.status == "running")
    )  # fmt: skip
    if resident is not None:
        statement = statement.where(RehabPlan.resident == resident)
    rows = reader.session.execute(statement).all()
    hours, last = hours_of(reader), _last_evaluated(reader, {row.resident for row in rows})
    return [
        _Plan(
            Seen(row.rid, row.revision), row.resident, row.name, row.words, row.review_on,
            max(hours.moment(row.begins, 0), row.at, last.get(row.resident, row.at)),
            row.measures[0] if row.measures else "",
        )
        for row in rows
    ]  # fmt: skip


def _last_evaluated(reader: Reader, residents: Iterable[UUID]) -> dict[UUID, datetime]:
    made = (
        select(RehabEvaluation.resident, RehabEvaluation.at)
        .where(
            RehabEvaluation.resident.in_(list(residents)),
            RehabEvaluation.current,
            RehabEvaluation.state != "retracted",
        )
        .order_by(RehabEvaluation.at)
    )
    return {row.resident: row.at for row in reader.session.execute(made)}


def _of(reader: Reader, plan: _Plan, events: list[_Event]) -> Iterator[ReviewRow]:
    happened = [one for one in events if one[0] >= plan.since]
    if happened:
        at, cause, words = min(happened)
        day = date_in(reader.settings.zone, at)
        said = f"{day:%m-%d} {words}，待复评"
        yield ReviewRow(
            plan.seen, plan.resident, plan.name, plan.title, day, said, event=True, overdue=True, cause=cause
        )
    elif plan.review_on <= reader.today + timedelta(days=AHEAD):
        late = (reader.today - plan.review_on).days
        said = f"{plan.review_on:%m-%d} 到期" + (f"，已过 {late} 天" if late > 0 else "")
        yield ReviewRow(
            plan.seen,
            plan.resident,
            plan.name,
            plan.title,
            plan.review_on,
            said,
            event=False,
            overdue=late > 0,
        )


def _events(reader: Reader, plans: list[_Plan]) -> dict[UUID, list[_Event]]:
    """What happened to them since the earliest of their evaluations: falls and the like, and returns from hospital."""
    found: dict[UUID, list[_Event]] = defaultdict(list)
    if not plans:
        return found
    whose, since = [one.resident for one in plans], min(one.since for one in plans)
    kinds = {code: one.code for one in occasions().values() for code in one.incidents}
    incidents = select(Incident.resident, Incident.at, Incident.code).where(
        Incident.current,
        Incident.state != "retracted",
        Incident.code.in_(list(kinds)),
        Incident.resident.in_(whose),
        Incident.at >= since,
    )
    for resident, at, code in reader.session.execute(incidents):
        if resident is not None:
            found[resident].append((at, kinds[code], catalogue().kind(code).words))
    returns = select(Absence.resident, Absence.ends).where(
        Absence.current,
        Absence.state != "retracted",
        Absence.code == "hospital",
        Absence.resident.in_(whose),
        Absence.ends.is_not(None),
        Absence.ends >= since,
    )
    for resident, ends in reader.session.execute(returns):
        if ends is not None and ends <= reader.now:
            found[resident].append((ends, HOSPITAL, occasions()[HOSPITAL].words))
    for plan, at, words in _changed(reader, plans):
        found[plan.resident].append((at, CHANGE, words))
    return found


def _changed(reader: Reader, plans: list[_Plan]) -> Iterator[tuple[_Plan, datetime, str]]:
    """Leading measures that changed, since their plan was last evaluated, by more than the list says, up or down."""
    percent = occasions()[CHANGE].percent
    made = select(
        Assessment.resident, Assessment.instrument, Assessment.at, Assessment.measured, Assessment.total
    )
    rows = reader.session.execute(
        made.where(
            Assessment.current,
            Assessment.state.in_(STANDING),
            Assessment.undone == "",
            Assessment.resident.in_([one.resident for one in plans]),
            Assessment.instrument.in_({one.measure for one in plans}),
        ).order_by(Assessment.at)
    )
    taken: dict[tuple[UUID, str], list[tuple[datetime, float]]] = defaultdict(list)
    for resident, instrument, at, number, total in rows:
        value = number if number is not None else total
        if value is not None:
            taken[resident, instrument].append((at, value))
    for plan in plans:
        values = taken[plan.resident, plan.measure]
        before = [value for at, value in values if at <= plan.since]
        after = [(at, value) for at, value in values if at > plan.since]
        if (
            before
            and after
            and before[-1]
            and abs(after[-1][1] - before[-1]) > abs(before[-1]) * percent / 100
        ):
            words = f"{measure_words(plan.measure)} {before[-1]:g} → {after[-1][1]:g}"
            yield plan, after[-1][0], f"{words}，变化超过 {percent}%"
