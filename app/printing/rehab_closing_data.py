"""From a closed rehab plan to its 结案小结."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.journal_sheet_data import whose
from app.printing.rehab_plan_data import GOAL_STATES, goal_numbers, goal_way, measured_by, period_words
from app.printing.rehab_progress_data import newest_of
from app.printing.sheets.rehab_closing import Held, RehabClosing
from app.printing.sheets.rehab_evaluation import MeasureLine
from app.printing.sheets.rehab_parts import GoalWords
from app.rehab.aids.asking import Aids, aids_lent
from app.rehab.lists.disciplines import discipline_words
from app.rehab.planning.running import OUTCOMES
from app.rehab.progress.attendance import Attendance, Tally
from app.rehab.progress.curves import MeasureCurve
from app.rehab.progress.goals import GoalRow, Score
from app.rehab.progress.plain import named_of
from app.rehab.progress.sheet import Progress, progress
from app.rehab.queries.evaluation import evaluations_of
from app.rehab.rules.evaluation import STAGES
from app.rehab.rules.telling import TURNS, amount, signed
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import CareTask, RehabPlan


@dataclass(frozen=True)
class RehabClosingOf(Question[RehabClosing]):
    """`record`: the closed plan; without it the one closed last."""

    resident: UUID
    record: UUID | None = None


@answers(RehabClosingOf)
def rehab_closing_of(reader: Reader, question: RehabClosingOf) -> RehabClosing:
    """Refuses a plan that is not closed."""
    reader.require(Right.PRINT_RECORDS)
    plan = _closed(reader, question)
    person, names = chart(reader, Chart(plan.resident)), author_names(reader)
    found = progress(reader, Progress(plan.resident, plan.rid))
    numbers = goal_numbers(found.goals)
    return RehabClosing(
        whose=whose(reader, person),
        number=plan.number,
        words=plan.words,
        diagnosis="；".join(one.words for one in person.diagnoses),
        period=period_words(plan),
        outcome=OUTCOMES.get(plan.ending.get("outcome", ""), ""),
        lead=names.get(plan.lead, "") if plan.lead else "",
        doctor=names.get(plan.doctor, "") if plan.doctor else "",
        evaluations="、".join(_evaluations(reader, plan)),
        whole=found.whole,
        measures=tuple(_measure(one) for one in found.curves.curves),
        goals=tuple(_goal(one, numbers) for one in found.goals),
        score=_score(found.score),
        held=tuple(_held(found.attendance)),
        summary=plan.ending.get("summary", ""),
        maintenance=tuple(plan.ending.get("maintenance", ())),
        tasks=_tasks(reader, plan),
        aids=tuple(one.words for one in aids_lent(reader, Aids(plan.resident)).out),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _closed(reader: Reader, question: RehabClosingOf) -> RehabPlan:
    statement = select(RehabPlan).where(
        RehabPlan.resident == question.resident,
        RehabPlan.current,
        RehabPlan.state != "retracted",
        RehabPlan.status == "closed",
    )
    if question.record is not None:
        statement = statement.where(RehabPlan.rid == question.record)
    plan = reader.session.scalars(statement.order_by(RehabPlan.ended_on.desc()).limit(1)).first()
    if plan is None:
        raise Refusal("康复计划还没有结案，没有结案小结可以打印。")
    return plan


def _evaluations(reader: Reader, plan: RehabPlan) -> Iterator[str]:
    """The one it was drawn up on, the last before it began, then those made in it."""
    made = [one for one in reversed(evaluations_of(reader, plan.resident)) if one.said.evaluated_on]
    opening = [one for one in made if one.plan != plan.rid and str(one.said.evaluated_on) <= str(plan.begins)]
    for one in (*opening[-1:], *(one for one in made if one.plan == plan.rid)):
        yield f"{STAGES[one.said.stage]} {one.said.evaluated_on:%Y-%m-%d}"


def _measure(curve: MeasureCurve) -> MeasureLine:
    read, verdict = curve.readings, curve.whole
    before = f"{read[0].words}\n{read[0].assessed_on:%Y-%m-%d}" if read else ""
    now = f"{read[-1].words}\n{read[-1].assessed_on:%Y-%m-%d}" if len(read) > 1 else "—"
    change = TURNS[verdict.turn] + (f"，{amount(verdict, named_of(curve.measure))}" if len(read) > 1 else "")
    return MeasureLine(curve.measure.title, before, now, change, verdict.turn == "declined")


def _goal(goal: GoalRow, numbers: Mapping[UUID, str]) -> GoalWords:
    reached = newest_of(goal)
    value = "" if reached is None else f"\n达到 {reached:g}"
    step = "" if goal.gas is None else f"\nGAS {signed(goal.gas)}" if goal.gas else "\nGAS 0"
    state = "未达成" if goal.status == "open" else GOAL_STATES[goal.status]
    return GoalWords(
        numbers[goal.seen.rid], goal.words, measured_by(goal), f"{goal_way(goal)}{value}", f"{goal.due_on:%Y-%m-%d}",
        f"{state}{step}", numbers.get(goal.serves, "") if goal.serves else "",
    )  # fmt: skip


def _score(score: Score) -> str:
    if score.now is None or score.began is None:
        return ""
    return (
        f"目标达成评分（GAS T）{score.began:.0f} → {score.now:.0f}，50 为按预期达成；"
        f"{score.goals} 个目标中 {score.rated} 个已评定。"
    )


def _held(attendance: Attendance) -> Iterator[Held]:
    if not attendance.whole.planned:
        return
    for code, tally in attendance.disciplines.items():
        yield _tally(discipline_words(code), tally)
    yield _tally("合计", attendance.whole)


def _tally(words: str, tally: Tally) -> Held:
    rate = "—" if tally.rate is None else f"{tally.rate:.0%}"
    return Held(words, tally.planned, tally.held + tally.made_up, rate, tally.minutes)


def _tasks(reader: Reader, plan: RehabPlan) -> tuple[str, ...]:
    """Those put into the care plan when it was closed."""
    rids = [UUID(one) for one in plan.ending.get("tasks", ())]
    rows = reader.session.execute(
        select(CareTask.words, CareTask.times).where(CareTask.rid.in_(rids), CareTask.current)
    )
    return tuple(words + (f"（{'、'.join(times)}）" if times else "") for words, times in rows)
