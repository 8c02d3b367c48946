"""The plan of one resident: head, goals with how far they have come, programme, and what is trained today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.dosing import dose_words
from app.rehab.facts import ItemFact
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.phases import phases
from app.rehab.lists.surroundings import places
from app.rehab.planning.signing import missing_of
from app.rehab.progress.goals import goals_of, score_of_goals
from app.rehab.queries.plan_day import day_of
from app.rehab.queries.plan_rows import ItemRow, PlanRow, PlanSheetRow
from app.rehab.reading import items_of
from app.residents.stating import Seen
from db.models import RehabEvaluation, RehabPlan

_ORDER = {"running": 0, "drawn_up": 1, "closed": 2, "cancelled": 3}


@dataclass(frozen=True)
class PlanSheet(Question[PlanSheetRow]):
    """The plan that counts of a resident, or the one named."""

    resident: UUID
    plan: UUID | None = None


@answers(PlanSheet)
def plan_sheet(reader: Reader, question: PlanSheet) -> PlanSheetRow:
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.scalars(
        select(RehabPlan).where(
            RehabPlan.resident == question.resident, RehabPlan.current, RehabPlan.state != "retracted"
        )
    ).all()
    rows = sorted(
        rows,
        key=lambda row: (min(_ORDER[row.status], 2), -row.begins.toordinal(), -row.recorded_at.timestamp()),
    )
    plan = _which(rows, question.plan)
    if plan is None:
        none = score_of_goals(())
        return PlanSheetRow(
            question.resident, None, (), none, (), None, len(rows), _evaluated(reader, question)
        )
    goals = goals_of(reader, question.resident, (plan.rid,))
    items = [one for one in items_of(reader, (question.resident,)).values() if one.plan == plan.rid]
    names = author_names(reader)
    return PlanSheetRow(
        resident=question.resident,
        plan=_plan(reader, plan, names),
        goals=goals,
        score=score_of_goals(goals),
        items=tuple(_item(one, names) for one in items if _shown(one, reader.today)),
        today=day_of(reader, plan, names),
        plans=len(rows),
        evaluated_on=_evaluated(reader, question),
        order=tuple(row.rid for row in rows),
    )


def _which(rows: Sequence[RehabPlan], wanted: UUID | None) -> RehabPlan | None:
    if wanted is not None:
        return next((row for row in rows if row.rid == wanted), None)
    return rows[0] if rows else None


def _plan(reader: Reader, row: RehabPlan, names: dict[UUID, str]) -> PlanRow:
    pauses = [first for first, on in row.pauses.get("spans", ()) if on is None]
    agreed = row.consent.get("agreed", True)
    until = min(reader.today, row.ended_on or row.ends)
    return PlanRow(
        seen=Seen(row.rid, row.revision),
        number=row.number,
        words=row.words,
        status=row.status,
        phase=phases()[row.phase].words if row.phase in phases() else row.phase,
        begins=row.begins,
        ends=row.ends,
        review_on=row.review_on,
        week=max((until - row.begins).days, 0) // 7 + 1,
        missing=missing_of(row.doctor_at, row.therapist_at, row.consent_at),
        refused="" if agreed else f"{row.consent.get('name', '')}不同意：{row.consent.get('words', '')}",
        paused=date.fromisoformat(pauses[-1]) if pauses else None,
        lead=_name(names, row.lead),
        doctor=_name(names, row.doctor),
        therapist=_name(names, row.therapist),
        ended_on=row.ended_on,
        precautions=tuple(one["words"] for one in row.content.get("precautions", ())),
        conditions=tuple(row.conditions),
        evaluation=row.evaluation,
    )


def _item(fact: ItemFact, names: dict[UUID, str]) -> ItemRow:
    known = disciplines().get(fact.discipline)
    return ItemRow(
        seen=Seen(fact.rid, fact.revision),
        words=fact.words,
        discipline=fact.discipline,
        badge=known.short if known else fact.discipline,
        tone=known.tone if known else "neutral",
        minutes=fact.minutes,
        per_week=fact.per_week,
        placed=len(fact.week),
        week=tuple(fact.week),
        dose=dose_words(fact.dose),
        place=places()[fact.place].words if fact.place in places() else fact.place,
        therapist=_name(names, fact.therapist),
        goal=fact.goal,
        together=fact.together,
        note=fact.note,
        ends=fact.ends,
    )


def _shown(fact: ItemFact, today: date) -> bool:
    """One that ended is no part of the programme any more."""
    return fact.ends is None or fact.ends >= today


def _evaluated(reader: Reader, question: PlanSheet) -> date | None:
    return reader.session.scalar(
        select(func.max(RehabEvaluation.evaluated_on)).where(
            RehabEvaluation.resident == question.resident,
            RehabEvaluation.current,
            RehabEvaluation.state != "retracted",
        )
    )


def _name(names: dict[UUID, str], rid: UUID | None) -> str:
    return names.get(rid, "") if rid is not None else ""
