"""From a rehab plan to its printed sheet: which plan is meant, its content in words, and who answers for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.shelf import instruments
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.resources import resource
from app.core.roles import Right
from app.core.strokes import strokes_of
from app.core.unit import Reader
from app.printing.journal_sheet_data import whose
from app.printing.sheet import Tick
from app.printing.sheets.rehab_parts import GoalWords, Signature
from app.printing.sheets.rehab_plan import ItemLine, ProblemLine, RehabPlanSheet
from app.printing.signing_data import AGENT
from app.rehab.dosing import CLOSE
from app.rehab.drafted import Rest
from app.rehab.evaluations import effect_words, problems_in
from app.rehab.lists.contraindications import contraindications
from app.rehab.lists.phases import phases
from app.rehab.lists.stops import stop_rules
from app.rehab.planning.signing import missing_of
from app.rehab.progress.goals import GoalRow, goals_of
from app.rehab.queries.evaluation import evaluations_of
from app.rehab.queries.plan import PlanSheet, plan_sheet
from app.rehab.queries.plan_rows import ItemRow
from app.rehab.rules.evaluation import KINDS
from app.rehab.rules.stopping import STOP, applying, rule_words
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import RehabPlan

STATES = {"running": "执行中", "closed": "已结案", "cancelled": "已取消"}
GOAL_STATES = {"open": "进行中", "attained": "已达成", "dropped": "已停止"}
_ORDER = {"running": 0, "drawn_up": 1, "closed": 2, "cancelled": 3}
_DAYS = "一二三四五六日"


@dataclass(frozen=True)
class RehabPlanOf(Question[RehabPlanSheet]):
    """`record`: the plan; without it the one that counts of the resident."""

    resident: UUID
    record: UUID | None = None


@answers(RehabPlanOf)
def rehab_plan_of(reader: Reader, question: RehabPlanOf) -> RehabPlanSheet:
    """Refuses where there is no plan, and one of somebody else."""
    reader.require(Right.PRINT_RECORDS)
    row = the_plan(reader, question.resident, question.record)
    person, names, rest = chart(reader, Chart(question.resident)), author_names(reader), Rest.of(row.content)
    goals = goals_of(reader, row.resident, (row.rid,))
    numbers = goal_numbers(goals)
    shown = plan_sheet(reader, PlanSheet(row.resident, row.rid))
    return RehabPlanSheet(
        whose=whose(reader, person),
        number=row.number,
        words=row.words,
        diagnosis="；".join(one.words for one in person.diagnoses),
        state=_state(row),
        phase=phases()[row.phase].words if row.phase in phases() else row.phase,
        period=period_words(row),
        review_on="" if row.status in ("closed", "cancelled") else f"{row.review_on:%Y-%m-%d}",
        lead=names.get(row.lead, "") if row.lead else "",
        evaluation=_evaluation(reader, row),
        measures=measure_names(reader, row.measures),
        problems=tuple(
            ProblemLine(KINDS[one.kind], one.code, f"{one.words}（{one.note}）" if one.note else one.words)
            for one in problems_in(row.problems)
        ),
        contraindications=tuple(forbidden_words(row.contraindications)),
        goals=tuple(_goal(one, numbers) for one in goals if one.status != "dropped"),
        items=tuple(_item(one, numbers) for one in shown.items),
        precautions=tuple(
            f"{words}（护理同时执行）" if ward else words for words, ward, _ in rest.precautions
        ),
        guard=rest.guard,
        exercises=rest.exercises,
        aids=rest.aids,
        education=rest.education,
        stops=_stops(row),
        team=_team(rest),
        signed=tuple(_signed(reader, row, names)),
        consent=_consent_sentence(),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def the_plan(reader: Reader, resident: UUID, rid: UUID | None) -> RehabPlan:
    """The plan named, or the one that counts: one that is not over, else the last."""
    rows = reader.session.scalars(
        select(RehabPlan).where(
            RehabPlan.resident == resident, RehabPlan.current, RehabPlan.state != "retracted"
        )
    ).all()
    if not rows:
        raise Refusal("这位老人没有康复计划，没有可以打印的。")
    found = [row for row in rows if row.rid == rid] if rid is not None else list(rows)
    if not found:
        raise Refusal("这份康复计划不是这位老人的。")
    return min(found, key=lambda row: (_ORDER[row.status], -row.begins.toordinal()))


def period_words(plan: RehabPlan) -> str:
    """`2026-05-25 至 2026-11-20`."""
    return f"{plan.begins:%Y-%m-%d} 至 {plan.ended_on or plan.ends:%Y-%m-%d}"


def measure_names(reader: Reader, codes: Sequence[str]) -> str:
    shelf = instruments(reader.session)
    return "、".join(shelf[code].short if code in shelf else code for code in codes)


def forbidden_words(held: Mapping[str, str]) -> Iterator[str]:
    """What is contraindicated, what was noted of it, and what it forbids."""
    known = contraindications()
    for code, said in held.items():
        words = known[code].words if code in known else code
        noted = f"{words}（{said}）" if said else words
        effect = effect_words(known[code]) if code in known else ""
        yield f"{noted}。{effect}".rstrip("。")


def goal_numbers(goals: Sequence[GoalRow]) -> dict[UUID, str]:
    """长1, 短1, 短2 … in their order."""
    found, counted = {}, {"长": 0, "短": 0}
    for one in goals:
        kind = "长" if one.term == "long" else "短"
        counted[kind] += 1
        found[one.seen.rid] = f"{kind}{counted[kind]}"
    return found


def goal_way(goal: GoalRow) -> str:
    """`20 → 60 分`."""
    start = "—" if goal.baseline is None else f"{goal.baseline:g}"
    close = "" if goal.unit in CLOSE else " "
    return f"{start} → {goal.target:g}{close}{goal.unit}".rstrip()


def measured_by(goal: GoalRow) -> str:
    """Its instrument, or a number that therapists write down."""
    return goal.short or f"训练中测\n（{goal.unit}）"


def _goal(goal: GoalRow, numbers: Mapping[UUID, str]) -> GoalWords:
    reached = f"\n{goal.attained_on:%Y-%m-%d}" if goal.attained_on else ""
    return GoalWords(
        number=numbers[goal.seen.rid],
        words=goal.words,
        measure=measured_by(goal),
        way=goal_way(goal),
        due=f"{goal.due_on:%Y-%m-%d}",
        state=f"{GOAL_STATES[goal.status]}{reached}",
        serves=numbers.get(goal.serves, "") if goal.serves else "",
    )


def _item(item: ItemRow, numbers: Mapping[UUID, str]) -> ItemLine:
    often = f"每周 {item.per_week} 次" if item.per_week else "按医嘱"
    return ItemLine(
        badge=item.badge,
        words=f"{item.words}（{item.together}）" if item.together else item.words,
        dose=item.dose,
        often=f"{often}\n每次 {item.minutes} 分钟",
        when=times_of_week(item.week),
        place=item.place,
        therapist=item.therapist,
        goal=numbers.get(item.goal, "") if item.goal else "",
        note=item.note,
    )


def times_of_week(week: Sequence[str]) -> str:
    """`周一、三 09:00` a line for each time of day."""
    by_time: dict[str, str] = {}
    for day, clock in sorted((one.split() for one in week), key=lambda one: (one[1], one[0])):
        by_time[clock] = by_time.get(clock, "") + _DAYS[int(day) - 1]
    return "\n".join(f"周{'、'.join(days)} {clock}" for clock, days in by_time.items())


def _state(plan: RehabPlan) -> str:
    if plan.status != "drawn_up":
        over = f" {plan.ended_on:%Y-%m-%d}" if plan.ended_on else ""
        return f"{STATES[plan.status]}{over}"
    missing = missing_of(plan.doctor_at, plan.therapist_at, plan.consent_at)
    return f"未执行，缺{'、'.join(missing)}"


def _evaluation(reader: Reader, plan: RehabPlan) -> str:
    made = (one for one in evaluations_of(reader, plan.resident) if one.seen.rid == plan.evaluation)
    one = next(made, None)
    return (
        ""
        if one is None or one.said.evaluated_on is None
        else f"{one.said.evaluated_on:%Y-%m-%d} {one.number}"
    )


def _stops(plan: RehabPlan) -> tuple[str, ...]:
    rules = applying(stop_rules().values(), tuple(plan.conditions))
    return tuple(rule_words(one, plan.limits) for one in rules if one.during == STOP)


def _team(rest: Rest) -> str:
    return "、".join(f"{name}（{role}）" if role else name for role, _staff, name in rest.team)


def _signed(reader: Reader, plan: RehabPlan, names: Mapping[UUID, str]) -> Iterator[Signature]:
    zone = reader.settings.zone
    for part, who, at in (
        ("医师开立", plan.doctor, plan.doctor_at),
        ("康复师确认", plan.therapist, plan.therapist_at),
    ):
        said = (f"本站签名 {local(zone, at):%Y-%m-%d %H:%M}",) if at else ()
        yield Signature(part, names.get(who, "") if who else "", said)
    yield consent_line(plan.consent, local(zone, plan.consent_at).date() if plan.consent_at else None)


@cache
def _consent_sentence() -> str:
    """What stands under the signatures, as the institution words it."""
    return str(tomllib.loads(resource("printing", "rehab_sheets.toml").read_text("utf-8"))["consent"])


def consent_line(consent: Mapping[str, object], day: date | None) -> Signature:
    """What the resident or their agent said, with the signature they drew."""
    agreed = consent.get("agreed")
    choices = (Tick("同意", agreed is True), Tick("不同意", agreed is False))
    if not consent:
        return Signature(AGENT, said=("与老人关系：",), choices=choices)
    drawn = consent.get("drawn")
    strokes = strokes_of(drawn) if isinstance(drawn, Mapping) else ()
    given = (f"本站录入 {day:%Y-%m-%d}",) if day else ()
    who = f"{consent.get('name', '')}（{consent.get('relation', '')}）"
    said = (str(consent.get("words", "")), *given)
    return Signature(AGENT, who, said, choices, strokes, f"{day:%Y-%m-%d}" if day and strokes else "")
