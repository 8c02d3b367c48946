"""Everything to hold one session by: the plan's cautions, rules and values at rest, dose, goals, the last sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.derived import Held, derive, session_rid
from app.rehab.dosing import dose_words
from app.rehab.lists.contraindications import Contraindication, asked_at
from app.rehab.lists.dose import DoseField, dose_fields
from app.rehab.planning.forms import COUNT
from app.rehab.queries.session_day import lines_of
from app.rehab.queries.session_rows import GoalLine, LastSession, Recorded, SessionSheetRow
from app.rehab.rules.sessions import SessionKey, SessionState
from app.rehab.rules.stopping import Fired
from app.rehab.training.beginning import refuse_ahead
from app.rehab.training.guarding import Guard, guard_of
from app.rehab.training.running import waits_for_form
from app.rehab.training.values import at_rest, values_of
from app.rehab.training.writing import recorded_words, session_for
from app.residents.stating import Seen
from db.models import GoalRating, RehabGoal, RehabPlan, RehabSession

LAST = 3
MOST_GOALS = 4


@dataclass(frozen=True)
class SessionSheet(Question[SessionSheetRow]):
    """Refuses a session the programme does not ask for."""

    key: SessionKey


@answers(SessionSheet)
def session_sheet(reader: Reader, question: SessionSheet) -> SessionSheetRow:
    reader.require(Right.READ_RESIDENTS)
    held = session_for(reader, question.key)
    guard = guard_of(held.plan, held.item)
    plan = reader.session.scalar(select(RehabPlan).where(RehabPlan.rid == held.plan.rid, RehabPlan.current))
    group = _group(reader, held)
    (line,) = lines_of(reader, [held])
    recorded = _recorded(reader, held)
    return SessionSheetRow(
        rid=session_rid(reader, held.key),
        line=line,
        day=held.planned.day,
        plan=held.plan.rid,
        number=held.plan.number,
        plan_words=held.plan.words,
        precautions=tuple(_said(one) for one in plan.content.get("precautions", ())) if plan else (),
        cannot=_cannot(reader, held),
        guard=guard,
        rest=at_rest(reader, held.item.resident, reader.now),
        rest_then=at_rest(reader, held.item.resident, min(held.planned.at, reader.now)),
        held=guard.contraindicated(),
        asked=_asked(guard),
        fields=_fields(guard, held.item.dose),
        prescribed=held.item.dose,
        goals=_goals(reader, held, recorded),
        last=_last(reader, held),
        recorded=recorded,
        others=tuple(f"{one.station} 号站点：{recorded_words(reader, one)}" for one in held.others),
        group=lines_of(reader, group) if len(group) > 1 else (),
    )


def _cannot(reader: Reader, held: Held) -> str:
    """Why it cannot begin, whatever the resident is like."""
    if held.session is not None:
        return ""
    try:
        refuse_ahead(reader, held)
    except Refusal as refused:
        return refused.text
    return ""


def _group(reader: Reader, held: Held) -> list[Held]:
    """The sessions of the same group at the same time."""
    if not held.item.together:
        return []
    return [
        one
        for one in derive(reader, None, (held.planned.day,))
        if one.item.together == held.item.together
        and one.planned.at == held.planned.at
        and one.state is not SessionState.CANCELLED
    ]


def _asked(guard: Guard) -> tuple[Contraindication, ...]:
    """Questions of today that matter for the item and that the plan has not answered; the skin has its own."""
    found = []
    for one in asked_at("session"):
        if not one.question or one.code in guard.held or (_skin(guard) and one.code == "skin_broken"):
            continue
        if any(fired.code == one.code for fired in guard.contraindicated((one.code,))):
            found.append(one)
    return tuple(found)


def _skin(guard: Guard) -> bool:
    return guard.item is not None and guard.item.skin_check


def _fields(guard: Guard, dose: Mapping[str, Any]) -> tuple[DoseField, ...]:
    """What the dose asks for, in the order of the form."""
    asks = guard.item.asks if guard.item is not None else tuple(dose)
    return tuple(field for code, field in dose_fields().items() if code in asks)


def _goals(reader: Reader, held: Held, recorded: Recorded | None) -> tuple[GoalLine, ...]:
    """Open goals that are a number of therapists' own, the item's goal first, with the last value reached; and those
    a value was recorded of, whatever became of them since."""
    rated_here = recorded.goals if recorded is not None else {}
    found_rows = list(
        reader.session.scalars(
            select(RehabGoal)
            .where(
                RehabGoal.plan == held.plan.rid, RehabGoal.current, RehabGoal.state != "retracted",
                or_(RehabGoal.status == "open", RehabGoal.rid.in_(list(rated_here))), RehabGoal.measure == COUNT,
            )
            .order_by(RehabGoal.rid != held.item.goal, RehabGoal.ordinal)
        )
    )  # fmt: skip
    asked = [row.rid for row in found_rows if row.status == "open"][:MOST_GOALS]
    rows = [row for row in found_rows if row.rid in asked or row.rid in rated_here]
    rated = select(GoalRating.goal, GoalRating.value).where(
        GoalRating.goal.in_([row.rid for row in rows]), GoalRating.current, GoalRating.state != "retracted",
        GoalRating.value.is_not(None),
    )  # fmt: skip
    found = reader.session.execute(rated.order_by(GoalRating.at, GoalRating.recorded_at))
    last = {goal: value for goal, value in found}  # noqa: C416  # rows are no pairs to dict()
    return tuple(
        GoalLine(
            row.rid,
            f"{row.action}（{row.condition}）" if row.condition else row.action,
            row.unit,
            row.baseline,
            row.target,
            last.get(row.rid),
        )
        for row in rows
    )


def _last(reader: Reader, held: Held) -> tuple[LastSession, ...]:
    rows = reader.session.scalars(
        select(RehabSession)
        .where(
            RehabSession.resident == held.item.resident, RehabSession.item == held.item.rid, RehabSession.current,
            RehabSession.state != "retracted", RehabSession.ended_at.is_not(None), RehabSession.at < held.planned.at,
        )
        .order_by(RehabSession.at.desc())
        .limit(LAST + 1)
    )  # fmt: skip
    return tuple(
        LastSession(
            row.service_date,
            row.attendance,
            dose_words(row.dose),
            row.during.get("rpe", row.after.get("rpe")),
            row.soap.get("o") or row.note or row.why_words,
            row.soap,
        )
        for row in rows
        if (row.item, row.service_date, row.slot) != held.key
    )[:LAST]


def _recorded(reader: Reader, held: Held) -> Recorded | None:
    fact = held.session
    if fact is None:
        return None
    row = reader.session.scalar(
        select(RehabSession).where(
            RehabSession.rid == fact.rid,
            RehabSession.revision == fact.revision,
            RehabSession.station == fact.station,
        )
    )
    if row is None:
        return None
    taken = row.before.get("at")
    return Recorded(
        seen=Seen(row.rid, row.revision),
        at=row.at,
        ended_at=row.ended_at,
        minutes=row.minutes,
        attendance=row.attendance,
        why=row.why,
        why_words=row.why_words,
        before=values_of(row.before),
        taken_at=datetime.fromisoformat(taken) if taken else None,
        during=values_of(row.during),
        after=values_of(row.after),
        dose=row.dose,
        fired=tuple(_fired(one) for one in row.stopped.get("all", ())),
        overruled=str(row.stopped.get("overruled", "")),
        reactions=tuple(row.reactions),
        soap=row.soap,
        skin=row.skin,
        goals={UUID(goal): float(value) for goal, value in row.goals.items()},
        note=row.note,
        by=author_names(reader).get(row.author, "区平台"),
        author=row.author,
        recorded_at=row.recorded_at,
        corrected=row.state == "corrected",
        wanting=waits_for_form(row),
    )


def _fired(one: Mapping[str, Any]) -> Fired:
    return Fired(
        one["code"],
        one["words"],
        one["effect"],
        one.get("found"),
        one.get("limit"),
        tuple(one.get("symptoms", ())),
        one.get("advice", ""),
    )


def _said(precaution: Any) -> str:
    """A precaution is kept with whether nursing sees it."""
    return str(precaution.get("words", "")) if isinstance(precaution, dict) else str(precaution)
