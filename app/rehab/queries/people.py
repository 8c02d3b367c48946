"""Who is in rehab: residents with a plan that is not over, in the order of beds, and how today stands with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.assessments.due.people import Lodger, lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.derived import Held, derive
from app.rehab.facts import PlanFact
from app.rehab.queries.open_sessions import still_open
from app.rehab.reading import plans_of


@dataclass(frozen=True)
class RehabPerson:
    """A resident with their plan, or without one. `running` is False while a signature or the consent is missing;
    `held` of `sessions` of today, `open` are still to be held."""

    resident: UUID
    number: str
    name: str
    sex: str
    bed: str
    away: str
    plan: UUID | None = None
    words: str = ""
    running: bool = False
    paused: bool = False
    review_on: date | None = None
    sessions: int = 0
    held: int = 0
    open: int = 0


@dataclass(frozen=True)
class InRehab(Question[tuple[RehabPerson, ...]]):
    """`words` narrows it as the search of residents does; `everybody`: those in the house without a plan as well."""

    words: str = ""
    everybody: bool = False


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
        _person(reader, one, plans.get(one.resident), today[one.resident])
        for one in lodgers(reader, words=question.words)
        if question.everybody or one.resident in plans
    )


def _person(reader: Reader, one: Lodger, plan: PlanFact | None, sessions: Sequence[Held]) -> RehabPerson:
    bare = RehabPerson(one.resident, one.number, one.name, one.sex, one.bed, one.away)
    if plan is None:
        return bare
    return replace(
        bare,
        plan=plan.rid,
        words=plan.words,
        running=plan.status == "running",
        paused=plan.paused(reader.today),
        review_on=plan.review_on,
        sessions=len(sessions),
        held=sum(held.state.held for held in sessions),
        open=sum(map(still_open, sessions)),
    )
