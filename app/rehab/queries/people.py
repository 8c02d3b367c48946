"""Who is in rehab: everybody in the house with a plan that is not over, in the order of beds, and how today stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.assessments.due.people import lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.derived import Held, derive
from app.rehab.facts import PlanFact
from app.rehab.queries.open_sessions import still_open
from app.rehab.reading import plans_of


@dataclass(frozen=True)
class RehabPerson:
    """A resident with their plan. `running` is False while a signature or the consent is missing; `paused` says so;
    `held` of `sessions` of today, `open` are still to be held."""

    resident: UUID
    number: str
    name: str
    sex: str
    bed: str
    away: str
    plan: UUID
    words: str
    running: bool
    paused: bool
    review_on: date
    sessions: int
    held: int
    open: int


@dataclass(frozen=True)
class InRehab(Question[tuple[RehabPerson, ...]]):
    """`words` narrows it as the search of residents does."""

    words: str = ""


@answers(InRehab)
def in_rehab(reader: Reader, question: InRehab) -> tuple[RehabPerson, ...]:
    reader.require(Right.READ_RESIDENTS)
    plans = {
        one.resident: one for one in plans_of(reader, None).values() if one.status in ("running", "drawn_up")
    }
    today = defaultdict[UUID, list[Held]](list)
    for held in derive(reader, None, (reader.today,)):
        if not held.tentative:
            today[held.item.resident].append(held)
    return tuple(
        RehabPerson(
            one.resident, one.number, one.name, one.sex, one.bed, one.away, *_plan(plans[one.resident], reader.today),
            *_counts(today[one.resident]),
        )
        for one in lodgers(reader, words=question.words)
        if one.resident in plans
    )  # fmt: skip


def _plan(plan: PlanFact, today: date) -> tuple[UUID, str, bool, bool, date]:
    return plan.rid, plan.words, plan.status == "running", plan.paused(today), plan.review_on


def _counts(sessions: Sequence[Held]) -> tuple[int, int, int]:
    return len(sessions), sum(one.state.held for one in sessions), sum(map(still_open, sessions))
