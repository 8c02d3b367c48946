"""From the proof of progress of a plan to the sheet for the family: plain sentences, curves, goals, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.access.names import author_names
from app.assessments.trends.measure import VALUES, bands_between, figure, shown_span
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.journal_sheet_data import whose
from app.printing.rehab_plan_data import the_plan
from app.printing.sheets.progress_curve import Line, ProgressCurve
from app.printing.sheets.rehab_progress import GoalWay, MeasureTold, RehabProgress
from app.printing.sheets.score_curve import Spot, Stripe
from app.rehab.drafted import Rest
from app.rehab.progress.attendance import Attendance
from app.rehab.progress.curves import MeasureCurve
from app.rehab.progress.goals import GoalRow
from app.rehab.progress.plain import named_of
from app.rehab.progress.sheet import Progress, ProgressRow, progress
from app.rehab.queries.plan import PlanSheet, plan_sheet
from app.rehab.rules.attainment import way_of
from app.rehab.rules.telling import signed
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import RehabPlan


@dataclass(frozen=True)
class RehabProgressOf(Question[RehabProgress]):
    """`record`: the plan; without it the one that counts of the resident."""

    resident: UUID
    record: UUID | None = None


@answers(RehabProgressOf)
def rehab_progress_of(reader: Reader, question: RehabProgressOf) -> RehabProgress:
    reader.require(Right.PRINT_RECORDS)
    plan = the_plan(reader, question.resident, question.record)
    found = progress(reader, Progress(plan.resident, plan.rid))
    names = author_names(reader)
    plain = {one.code: one.plain for one in found.verdicts}
    goals = [one for one in found.goals if one.status != "dropped"]
    until = plan.ended_on or min(reader.today, plan.ends)
    return RehabProgress(
        whose=whose(reader, chart(reader, Chart(plan.resident))),
        number=plan.number,
        plan=f"康复计划：{plan.words}",
        period=f"从 {plan.begins:%Y-%m-%d} 到 {until:%Y-%m-%d}，第 {max((until - plan.begins).days, 0) // 7 + 1} 周",
        whole=found.whole,
        attendance=attendance_told(found.attendance),
        measures=tuple(_told(one, plain[one.measure.code]) for one in found.curves.curves),
        reached=tuple(reached_of(goals)),
        goals=tuple(_way(one) for one in goals if one.status == "open"),
        coming=tuple(_coming(reader, plan, found)),
        home=Rest.of(plan.content).exercises if plan.status not in ("closed", "cancelled") else (),
        lead=names.get(plan.lead, "") if plan.lead else "",
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def attendance_told(attendance: Attendance) -> str:
    """`到现在安排训练 120 次，完成 112 次（93%）。`"""
    whole = attendance.whole
    if not whole.planned:
        return "还没有到训练的时间。"
    held = whole.held + whole.made_up
    rate = f"（{whole.rate:.0%}）" if whole.rate is not None else ""
    made_up = f"，其中补训 {whole.made_up} 次" if whole.made_up else ""
    return f"到现在安排训练 {whole.planned} 次，完成 {held} 次{rate}{made_up}。"


def reached_of(goals: list[GoalRow]) -> Iterator[tuple[str, str]]:
    """What was reached and when, the earliest first."""
    for one in sorted((one for one in goals if one.attained_on), key=lambda one: str(one.attained_on)):
        yield f"{one.attained_on:%Y-%m-%d}", one.words


def _told(curve: MeasureCurve, plain: str) -> MeasureTold:
    measure, read = curve.measure, curve.readings
    title = named_of(measure).plain
    title = title if title == measure.title else f"{title}　{measure.title}"
    if len(read) < 2 or measure.low == measure.high:
        return MeasureTold(title, plain, None)
    return MeasureTold(title, plain, progress_curve(curve), _explained(curve))


def progress_curve(curve: MeasureCurve) -> ProgressCurve:
    """All readings with the bands, the goals, and the least change that means something."""
    measure = curve.measure
    spots = tuple(
        Spot(one.assessed_on, one.value, words=figure(measure, one.value)) for one in curve.readings
    )
    lines = [Line(one.value, f"{one.words} {measure.unit}") for one in curve.goals]
    lines += _least(curve)
    values = [*(one.value for one in spots), *(one.value for one in lines)]
    low, high = shown_span(measure, values)
    whole = measure.kind != VALUES
    half = 0.5 if whole else 0.0
    bands = (
        [(one, one.low, one.high) for one in measure.stripes] if whole else bands_between(measure, low, high)
    )
    return ProgressCurve(
        spots,
        tuple(Stripe(first - half, last + half, one.short) for one, first, last in bands),
        tuple(lines),
        min(low, *(one.value for one in spots)),
        max(high, *(one.value for one in spots)),
        tuple(first for _one, first, _last in bands if low < first < high),
    )


def _least(curve: MeasureCurve) -> Iterator[Line]:
    """The line that has to be reached before one speaks of progress; of a fall, where it got worse."""
    least, first, last = curve.measure.least, curve.readings[0].value, curve.readings[-1].value
    if not least or curve.whole.least is None:
        return
    better = -1 if curve.falling else 1
    worse = (last - first) * better < 0
    way = -better if worse else better
    word = "明显下降" if worse else "明显进步"
    change = signed(least * way)
    yield Line(first + least * way, f"到虚线才算{word}（{change} {curve.measure.unit}）", dashed=True)


def _explained(curve: MeasureCurve) -> str:
    """How to read it, and where each goal lies if its line is not on the axis."""
    best = "数值越低越好" if curve.falling else "数值越高越好" if curve.measure.direction != "none" else ""
    if curve.whole.least is None:
        return "；".join(part for part in (best, "变化多少才有意义，这个量表没有公认的数") if part)
    return f"{best}。起伏没有到虚线，可能只是平常的波动。"


def _way(goal: GoalRow) -> GoalWay:
    value = newest_of(goal)
    now = "—" if value is None else f"{value:g}"
    return GoalWay(
        goal.words,
        way_of(value, goal.baseline, goal.target, falling=goal.falling),
        f"现在 {now}，目标 {goal.target:g} {goal.unit}".rstrip(),
        f"期限\n{goal.due_on:%Y-%m-%d}",
    )


def newest_of(goal: GoalRow) -> float | None:
    """What was read last of its instrument, rated or not, so that no sheet says two things of one measure."""
    return goal.fresh.value if goal.fresh is not None else goal.value


def _coming(reader: Reader, plan: RehabPlan, found: ProgressRow) -> Iterator[str]:
    """Of a plan that runs: what is trained, when it is reviewed; of one that is over: how it goes on."""
    if plan.status in ("closed", "cancelled"):
        yield f"康复计划已在 {plan.ended_on or reader.today:%Y-%m-%d} 结束。"
        yield from (f"继续保持：{words}" for words in plan.ending.get("maintenance", ()))
        return
    items = plan_sheet(reader, PlanSheet(plan.resident, plan.rid)).items
    if items:
        yield f"继续训练：{'、'.join(f'{one.words}（每周 {one.per_week} 次）' for one in items)}。"
    open_goals = sorted((one for one in found.goals if one.status == "open"), key=lambda one: one.due_on)
    if open_goals:
        yield f"最近的目标：{open_goals[0].due_on:%Y-%m-%d} 前，{open_goals[0].words}。"
    yield f"下次复评：{plan.review_on:%Y-%m-%d}，结果会再告诉您。"
