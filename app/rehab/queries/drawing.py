"""Questions for writing a plan: what one is drawn up from, and a plan that stands as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.access.queries import StaffList, staff_list
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.strokes import Strokes, strokes_of
from app.core.unit import Reader
from app.rehab.comfort import stage_of
from app.rehab.drafted import GoalDraft, ItemDraft, PlanDraft, Rest
from app.rehab.evaluations import problems_in
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.measures import instrument_codes
from app.rehab.lists.stops import conditions_of
from app.rehab.measured import Measure, measures_of
from app.rehab.offered import offered_templates, running_diagnoses
from app.rehab.planning.signing import missing_of
from app.rehab.queries.evaluation import EvaluationRow, evaluations_of, plan_line
from app.rehab.reading import items_of
from app.rehab.templating import Ground, Hand
from app.residents.stating import Seen
from db.models import RehabGoal, RehabPlan


@dataclass(frozen=True)
class Signed:
    """How far a plan is signed. `missing` in words; `agreed` None while nobody has said anything."""

    doctor: str
    therapist: str
    missing: tuple[str, ...]
    agreed: bool | None
    by: str
    relation: str
    words: str
    drawn: Strokes


@dataclass(frozen=True)
class Standing:
    """A plan that stands: the revision seen, its number and status, its signatures, and its content as a draft."""

    seen: Seen
    resident: UUID
    number: str
    status: str
    signed: Signed
    draft: PlanDraft
    paused: str
    evaluated_finally: bool


@dataclass(frozen=True)
class PlanStart:
    """What a plan is written from. `offered`: templates that suit the diagnoses, the nearest first; `conditions`: those
    the diagnoses suggest; `standing`: the plan that is changed; `open`: number of another one that is not over."""

    ground: Ground
    measures: tuple[Measure, ...]
    evaluation: EvaluationRow | None
    offered: tuple[str, ...]
    conditions: tuple[str, ...]
    standing: Standing | None
    open: str = ""


@dataclass(frozen=True)
class StartPlan(Question[PlanStart]):
    """`plan`: the one that is changed; without it one of a resident is begun."""

    resident: UUID | None = None
    plan: UUID | None = None


@answers(StartPlan)
def start_plan(reader: Reader, question: StartPlan) -> PlanStart:
    reader.require(Right.READ_RESIDENTS)
    standing = _standing(reader, question.plan) if question.plan is not None else None
    resident = standing.resident if standing is not None else question.resident
    if resident is None:
        raise Refusal("没有选中老人。")
    running = running_diagnoses(reader, resident)
    made = evaluations_of(reader, resident)
    last = made[0] if made else None
    found = measures_of(reader, resident, instrument_codes())
    staff = helpers(reader)
    codes = tuple(code for _, code in running if code)
    ground = Ground(
        today=reader.today,
        diagnosis="；".join(words for words, _ in running),
        evaluation=last.seen.rid if last is not None else None,
        said=last.said if last is not None else None,
        results={one.code: one for one in found if one.last is not None},
        staff=staff,
        lead=reader.actor.rid if any(one.rid == reader.actor.rid for one in staff) else None,
    )
    other = plan_line(reader, resident) if standing is None else None
    words = [words for words, _ in running] + ([last.said.diagnosis] if last is not None else [])
    offered = offered_templates(codes, words, stage_of(reader, resident))
    open_one = other.number if other is not None else ""
    return PlanStart(ground, found, last, offered, conditions_of(codes), standing, open_one)


def helpers(reader: Reader) -> tuple[Hand, ...]:
    """Everybody who may hold sessions of some discipline."""
    return tuple(
        Hand(one.rid, one.name, one.roles, one.profession, one.title)
        for one in staff_list(reader, StaffList())
        if one.active and any(known.held_by(one.roles, one.profession) for known in disciplines().values())
    )


def _standing(reader: Reader, rid: UUID) -> Standing:
    row = reader.session.scalar(
        select(RehabPlan).where(RehabPlan.rid == rid, RehabPlan.current, RehabPlan.state != "retracted")
    )
    if row is None:
        raise Refusal("没有这份康复计划。")
    pauses = [first for first, on in row.pauses.get("spans", ()) if on is None]
    final = any(one.said.stage == "final" and one.plan == rid for one in evaluations_of(reader, row.resident))
    return Standing(
        seen=Seen(row.rid, row.revision),
        resident=row.resident,
        number=row.number,
        status=row.status,
        signed=_signed(reader, row),
        draft=_draft(reader, row),
        paused=pauses[-1] if pauses else "",
        evaluated_finally=final,
    )


def _signed(reader: Reader, row: RehabPlan) -> Signed:
    names = author_names(reader)
    said = row.consent
    return Signed(
        doctor=names.get(row.doctor, "") if row.doctor else "",
        therapist=names.get(row.therapist, "") if row.therapist else "",
        missing=missing_of(row.doctor_at, row.therapist_at, row.consent_at),
        agreed=said["agreed"] if said else None,
        by=said.get("name", ""),
        relation=said.get("relation", ""),
        words=said.get("words", ""),
        drawn=strokes_of(said.get("drawn") or {}),
    )


def _draft(reader: Reader, row: RehabPlan) -> PlanDraft:
    rows = reader.session.scalars(
        select(RehabGoal)
        .where(RehabGoal.plan == row.rid, RehabGoal.current, RehabGoal.state != "retracted")
        .order_by(RehabGoal.ordinal, RehabGoal.recorded_at)
    ).all()
    return PlanDraft(
        words=row.words,
        template=row.template,
        phase=row.phase,
        begins=row.begins,
        ends=row.ends,
        review_on=row.review_on,
        lead=row.lead,
        evaluation=row.evaluation,
        problems=problems_in(row.problems),
        contraindications=dict(row.contraindications),
        measures=tuple(row.measures),
        limits=dict(row.limits),
        conditions=tuple(row.conditions),
        rest=Rest.of(row.content),
        goals=tuple(_goal(one) for one in rows if one.status == "open"),
        items=tuple(_items(reader, row)),
    )


def _goal(row: RehabGoal) -> GoalDraft:
    return GoalDraft(
        key=str(row.rid), term=row.term, action=row.action, condition=row.condition, problem=row.problem,
        measure=row.measure, unit=row.unit, baseline=row.baseline, target=row.target, due_on=row.due_on,
        serves=str(row.serves) if row.serves else "", weight=row.weight, seen=Seen(row.rid, row.revision),
        begins=row.begins,
    )  # fmt: skip


def _items(reader: Reader, row: RehabPlan) -> Sequence[ItemDraft]:
    return [
        ItemDraft(
            key=str(one.rid), code=one.code, words=one.words, discipline=one.discipline, minutes=one.minutes,
            per_week=one.per_week, dose=one.dose, place=one.place, therapist=one.therapist, together=one.together,
            note=one.note, goal=str(one.goal) if one.goal else "", week=tuple(one.week),
            seen=Seen(one.rid, one.revision),
        )
        for one in items_of(reader, (row.resident,)).values()
        if one.plan == row.rid and (one.ends is None or one.ends >= reader.today)
    ]  # fmt: skip
