"""From a rehab evaluation, and the one before it, to its printed sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.assessments.trends.readings import Reading, measures, readings
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.journal_sheet_data import whose
from app.printing.rehab_plan_data import forbidden_words
from app.printing.sheets.rehab_evaluation import MeasureLine, ProblemNow, RehabEvaluationSheet, Said
from app.rehab.lists.contraindications import contraindications
from app.rehab.lists.joints import joints
from app.rehab.lists.phases import phases
from app.rehab.lists.templates import templates
from app.rehab.progress.curves import judge
from app.rehab.progress.plain import named_of
from app.rehab.queries.evaluation import (
    EvaluationCalled,
    EvaluationRow,
    cause_words,
    evaluation_called,
    evaluations_of,
)
from app.rehab.rules.evaluation import FIRST, KINDS, SIDES, STAGES, TEXTS, Evaluated, Motion, degrees
from app.rehab.rules.telling import TURNS, amount
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import RehabPlan

_CLOSING = ("summary", "next")
_VITALS = (
    ("hr", "心率 {:g} 次/分"),
    ("spo2", "血氧 {:g}%"),
    ("temp", "体温 {:g} ℃"),
    ("pain", "疼痛 NRS {:g} 分"),
)


@dataclass(frozen=True)
class RehabEvaluationOf(Question[RehabEvaluationSheet]):
    """`record`: the evaluation; without it the latest of the resident."""

    resident: UUID
    record: UUID | None = None


@answers(RehabEvaluationOf)
def rehab_evaluation_of(reader: Reader, question: RehabEvaluationOf) -> RehabEvaluationSheet:
    """Refuses where there is none, and one of somebody else."""
    reader.require(Right.PRINT_RECORDS)
    record = question.record or _latest(reader, question.resident)
    found = evaluation_called(reader, EvaluationCalled(record))
    row, now = found.row, found.row.said
    if row.resident != question.resident:
        raise Refusal("这次康复评定不是这位老人的。")
    before = found.before if now.stage != FIRST else None
    was = before.said if before is not None else None
    return RehabEvaluationSheet(
        whose=whose(reader, chart(reader, Chart(row.resident))),
        number=row.number,
        stage=STAGES[now.stage],
        cause=cause_words(now.cause),
        day=_day(now),
        phase=phases()[now.phase].words if now.phase in phases() else now.phase,
        by=row.by,
        plan=_plan(reader, row),
        before=f"{STAGES[was.stage]} {_day(was)}　{before.number}"
        if was is not None and before is not None
        else "",
        condition=templates()[now.condition].words if now.condition in templates() else now.condition,
        diagnosis=Said("诊断", now.diagnosis, was.diagnosis if was else ""),
        texts=tuple(_texts(now, was, [key for key in TEXTS if key not in _CLOSING])),
        problems=tuple(_problems(now, was)),
        held=tuple(forbidden_words(now.contraindications)),
        denied="、".join(
            contraindications()[code].words for code in now.denied if code in contraindications()
        ),
        vitals="，".join(_vitals(now.vitals)),
        measures=tuple(_measures(reader, row, was)),
        ranges=tuple(_ranges(now, was)),
        closing=tuple(_texts(now, was, _CLOSING)),
        correction=row.reason if row.state == "corrected" else "",
        retracted=row.reason if row.state == "retracted" else "",
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _latest(reader: Reader, resident: UUID) -> UUID:
    made = evaluations_of(reader, resident)
    if not made:
        raise Refusal("这位老人还没有康复评定，没有可以打印的。")
    return made[0].seen.rid


def _day(said: Evaluated) -> str:
    return f"{said.evaluated_on:%Y-%m-%d}" if said.evaluated_on else ""


def _plan(reader: Reader, row: EvaluationRow) -> str:
    plan = reader.session.execute(
        select(RehabPlan.words, RehabPlan.number).where(RehabPlan.rid == row.plan, RehabPlan.current)
    ).first()
    return "" if plan is None else f"{plan.words}（{plan.number}）"


def _texts(now: Evaluated, was: Evaluated | None, keys: list[str] | tuple[str, ...]) -> Iterator[Said]:
    for key in keys:
        yield Said(TEXTS[key], now.texts.get(key, ""), was.texts.get(key, "") if was is not None else "")


def _problems(now: Evaluated, was: Evaluated | None) -> Iterator[ProblemNow]:
    """Those of now, then those that are no more."""
    earlier = {one.code for one in was.problems} if was is not None else set()
    here = {one.code for one in now.problems}
    for one in now.problems:
        words = f"{one.words}（{one.note}）" if one.note else one.words
        yield ProblemNow(KINDS[one.kind], one.code, words, "仍有" if one.code in earlier else "新增")
    for one in was.problems if was is not None else ():
        if one.code not in here:
            yield ProblemNow(KINDS[one.kind], one.code, one.words, "已解决")


def _vitals(taken: Mapping[str, float]) -> Iterator[str]:
    if "sbp" in taken and "dbp" in taken:
        yield f"血压 {taken['sbp']:g}/{taken['dbp']:g} mmHg"
    yield from (words.format(taken[code]) for code, words in _VITALS if code in taken)


def _measures(reader: Reader, row: EvaluationRow, was: Evaluated | None) -> Iterator[MeasureLine]:
    """What each assessment named found; the change is judged as everywhere, from the one before to this one."""
    named, earlier = row.said.measures, was.measures if was is not None else {}
    codes = tuple(dict.fromkeys((*named, *earlier)))
    known = measures(reader, row.resident, codes)
    read = {one.rid: one for one in readings(reader, row.resident, codes)}
    for code in codes:
        measure = known.get(code)
        now, before = (
            read.get(named[code]) if code in named else None,
            read.get(earlier.get(code, row.seen.rid)),
        )
        change, grave = "", False
        if measure is not None and now is not None and before is not None and now.rid != before.rid:
            verdict = judge(measure, (before, now))
            change = f"{TURNS[verdict.turn]}，{amount(verdict, named_of(measure))}"
            grave = verdict.turn == "declined"
        elif now is not None and before is not None:
            change = "没有再评"
        title = measure.title if measure is not None else code
        yield MeasureLine(title, _found(before), _found(now) or "—", change, grave)


def _found(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return (
        reading.finding if reading.words in reading.finding else f"{reading.words}　{reading.finding}".strip()
    )


def _ranges(now: Evaluated, was: Evaluated | None) -> Iterator[Said]:
    earlier = {(one.joint, one.side): one for one in was.ranges} if was is not None else {}
    for one in now.ranges:
        before = earlier.get((one.joint, one.side))
        yield Said(_joint(one), degrees(one), degrees(before) if before is not None else "")


def _joint(one: Motion) -> str:
    known = joints().get(one.joint)
    return f"{SIDES.get(one.side, '')}{known.words if known is not None else one.joint}"
