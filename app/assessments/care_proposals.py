"""What the level of an assessment proposes for the care plan, what of it is planned, and what was decided before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.instruments import Instrument
from app.assessments.instruments.levels import GRADES, Level
from app.assessments.record import STANDING
from app.assessments.shelf import instruments
from app.assessments.statements.said import CARE
from app.care.lists import task_kind
from app.care.queries import CarePlan, TaskRow, care_plan, kind_when
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.risk_codes import risk_code, risk_words
from app.residents.stating import Seen
from db.models import Assessment, AssessmentStatement


@dataclass(frozen=True)
class ProposedTask:
    """One task proposed. `planned`: it is in the plan, `problem` says for what; `decided`: accepted, declined or empty.

    `why` it was declined; `renew`: it stands in the plan for an earlier result, and would stand for this one.
    """

    code: str
    words: str
    when: str
    icon: str
    planned: bool = False
    problem: str = ""
    decided: str = ""
    why: str = ""
    renew: bool = False

    @property
    def free(self) -> bool:
        """Whether it can be accepted: it is not in the plan, or there for a result that no longer counts."""
        return self.renew or not self.planned

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.free and not self.decided


@dataclass(frozen=True)
class Decision:
    """One act of deciding: who, when, what, in words."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class CareProposal:
    """What one assessment proposes now. `closed` says why nothing can be decided; empty while it can.

    `problem` and `goal` are those its tasks get; `noted`: precautions somebody has taken note of; `review`: tasks of
    the plan that stand on an assessment by this instrument which no longer says so.
    """

    seen: Seen
    resident: UUID
    problem: str
    goal: str
    level: int | None
    tasks: tuple[ProposedTask, ...]
    precautions: tuple[str, ...]
    noted: frozenset[str]
    decisions: tuple[Decision, ...]
    closed: str = ""
    review: tuple[TaskRow, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.tasks and not self.precautions

    @property
    def pending(self) -> bool:
        """Whether a task or a precaution waits for somebody."""
        open_tasks = any(one.open for one in self.tasks)
        return not self.closed and (open_tasks or bool(set(self.precautions) - self.noted))


@dataclass(frozen=True)
class CareProposals(Question[CareProposal]):
    """What the level of one assessment proposes for its resident's care plan."""

    assessment: UUID


@dataclass(frozen=True)
class Decided:
    """What was decided before of one assessment, the last word on each."""

    accepted: frozenset[str] = frozenset()
    declined: Mapping[str, str] = field(default_factory=dict)
    noted: frozenset[str] = frozenset()

    def of(self, code: str) -> str:
        return "accepted" if code in self.accepted else "declined" if code in self.declined else ""


@answers(CareProposals)
def care_proposals(reader: Reader, question: CareProposals) -> CareProposal:
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(
        select(Assessment).where(Assessment.rid == question.assessment, Assessment.current)
    )
    if row is None:
        raise Refusal("没有这份评估")
    instrument, level = level_of(reader, row)
    statements = decisions_of(reader, row.rid)
    before = decided_before(statements)
    plan = care_plan(reader, CarePlan(row.resident))
    planned = {one.code: one for one in plan.running}
    review = tuple(one for one in plan.running if one.to_review and _same(reader, one, row))
    stale = {one.code for one in review}
    names = author_names(reader)
    return CareProposal(
        seen=Seen(row.rid, row.revision),
        resident=row.resident,
        problem=problem_of(row, instrument),
        goal=goal_of(row),
        level=row.level,
        tasks=tuple(
            replace(_task(code, planned, before), renew=code in stale)
            for code in (level.tasks if level else ())
        ),
        precautions=level.precautions if level else (),
        noted=before.noted,
        decisions=tuple(Decision(names.get(one.author, ""), one.at, one.words) for one in statements),
        closed=why_closed(reader, row),
        review=review,
    )


def level_of(reader: Reader, row: Assessment) -> tuple[Instrument | None, Level | None]:
    """The instrument of a record and the level it reached, as the station has them today."""
    instrument = instruments(reader.session).get(row.instrument)
    return instrument, instrument.level_named(row.level) if instrument is not None else None


def why_closed(reader: Reader, row: Assessment) -> str:
    """Why nothing of this record may be planned any more: it was retracted, or a newer result counts."""
    if row.state not in STANDING:
        return "这份评估已作废，不能再按它安排照护"
    newest = reader.session.scalar(
        select(Assessment)
        .where(
            Assessment.resident == row.resident,
            Assessment.instrument == row.instrument,
            Assessment.current,
            Assessment.state.in_(STANDING),
            Assessment.undone == "",
        )
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
        .limit(1)
    )
    if newest is None or newest.rid == row.rid:
        return ""
    return f"已有更新的一次（{newest.assessed_on.isoformat()} {newest.finding}），请按那一次安排"


def decisions_of(reader: Reader, assessment: UUID) -> list[AssessmentStatement]:
    """Standing decisions about the care one assessment proposes, the first first."""
    return list(
        reader.session.scalars(
            select(AssessmentStatement)
            .where(
                AssessmentStatement.assessment == assessment,
                AssessmentStatement.what == CARE,
                AssessmentStatement.current,
                AssessmentStatement.state != "retracted",
            )
            .order_by(AssessmentStatement.at, AssessmentStatement.recorded_at)
        )
    )


def decided_before(statements: Sequence[AssessmentStatement]) -> Decided:
    """The last word on every task and precaution."""
    accepted: set[str] = set()
    declined: dict[str, str] = {}
    noted: set[str] = set()
    for one in statements:
        said: dict[str, Any] = one.decided
        for code in said.get("accepted", ()):
            accepted.add(code)
            declined.pop(code, None)
        for code, why in said.get("declined", {}).items():
            declined[code] = why
            accepted.discard(code)
        noted.update(said.get("precautions", ()))
    return Decided(frozenset(accepted), declined, frozenset(noted))


def problem_of(row: Assessment, instrument: Instrument | None) -> str:
    """跌倒高风险（Morse跌倒 55 分，2026-11-24）; without a risk the finding, such as 重度失能."""
    high = [code for code, grade in row.risks.items() if grade == GRADES[-1]]
    codes = high or list(row.risks)
    said = risk_words(codes, high=bool(high)) if codes else row.finding
    points = f" {row.total} 分" if row.total is not None else ""
    short = instrument.short if instrument is not None else row.instrument
    return f"{said}（{short}{points}，{row.assessed_on.isoformat()}）"


def goal_of(row: Assessment) -> str:
    """The goal of care against the one risk found; several, or none, name none."""
    return risk_code(next(iter(row.risks))).goal if len(row.risks) == 1 else ""


def _task(code: str, planned: Mapping[str, TaskRow], before: Decided) -> ProposedTask:
    kind, here = task_kind(code), planned.get(code)
    return ProposedTask(
        code,
        kind.words,
        here.when if here is not None else kind_when(kind),
        kind.icon,
        here is not None,
        here.form.problem if here is not None else "",
        before.of(code),
        before.declined.get(code, ""),
    )


def _same(reader: Reader, task: TaskRow, row: Assessment) -> bool:
    """Whether a task stands on an assessment by the same instrument."""
    if task.basis is None:
        return False
    found = reader.session.scalar(
        select(Assessment.instrument).where(Assessment.rid == task.basis.assessment, Assessment.current)
    )
    return found == row.instrument
