"""Tables of rehab plans 康复计划: evaluations, plans, goals and their ratings, programme items."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

STAGES = ("first", "middle", "final")
PLAN_STATUSES = ("drawn_up", "running", "closed", "cancelled")
GOAL_STATUSES = ("open", "attained", "dropped")
_CURRENT = text("current = 1")


class RehabEvaluation(Clinical, Base):
    """初期、中期、末期评定: `at` is when it was made. Baseline measures are assessments of their own, named here.

    `content`: condition, onset, operated, level (of an injury), functional, history, consciousness, sensation, ranges
    (list of {joint, side, active, passive}), environment, carer, wishes_resident, wishes_family, risks, summary, next.
    `problems`: {"all": [{code, words, kind: body | activity | participation, note}]}. `contraindications`: {code:
    note}, of what is so. `measures`: {instrument: rid of the assessment}. `vitals`: what was measured then, by code.
    """

    __tablename__ = "rehab_evaluation"
    __kind__: ClassVar[str] = "rehab_evaluation"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]  # 评定编号, the same for every revision
    stage: Mapped[str]
    cause: Mapped[str]  # start, review, fall, hospital_return, transfer, change, close
    phase: Mapped[str]  # 病程阶段, a key of phases.toml
    evaluated_on: Mapped[date]
    diagnosis: Mapped[str]
    content: Mapped[dict[str, Any]]
    problems: Mapped[dict[str, Any]]
    contraindications: Mapped[dict[str, Any]]
    measures: Mapped[dict[str, Any]]
    vitals: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    plan: Mapped[UUID | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint(f"stage in {STAGES!r}", name="stage"),
        Index("ix_rehab_evaluation_resident", "resident", "evaluated_on", sqlite_where=_CURRENT),
    )


class RehabPlan(Clinical, Base):
    """康复计划: one period of work with a resident. A resident has at most one that is not over.

    `content`: precautions (list of {words, nursing}), exercises, aids, education (lists of words), team (list of {role,
    staff, name}), guard. `limits`: stop-rule values the doctor set, code → number. `conditions`: what switches special
    stop rules on (cord_t6, copd, cardiac …). A doctor issues it, a therapist confirms it, the resident or who decides
    for them consents ({name, relation, agreed, words, drawn}): with all three it runs. `pauses`: {"spans": [[first day,
    day it goes on or null]], "at": [instants of each span or null], "ran": when it first ran, "halts": [[changed,
    signed anew or null]]}. `ending`: {outcome, summary, maintenance: [words], tasks: [care task rids], ended_at}.
    """

    __tablename__ = "rehab_plan"
    __kind__: ClassVar[str] = "rehab_plan"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]  # 计划号 KF-…, the same for every revision
    status: Mapped[str]
    words: Mapped[str]  # 计划名: what it is for, 颈椎术后四肢瘫（C5 · AIS C）
    template: Mapped[str]
    phase: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date]
    review_on: Mapped[date]
    problems: Mapped[dict[str, Any]]
    contraindications: Mapped[dict[str, Any]]
    content: Mapped[dict[str, Any]]
    measures: Mapped[list[str]] = mapped_column(default_factory=list)  # instruments, the leading one first
    limits: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    conditions: Mapped[list[str]] = mapped_column(default_factory=list)
    evaluation: Mapped[UUID | None] = mapped_column(default=None)
    lead: Mapped[UUID | None] = mapped_column(default=None)  # 责任治疗师
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_at: Mapped[datetime | None] = mapped_column(default=None)
    therapist: Mapped[UUID | None] = mapped_column(default=None)
    therapist_at: Mapped[datetime | None] = mapped_column(default=None)
    consent: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    consent_at: Mapped[datetime | None] = mapped_column(default=None)
    pauses: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ending: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint(f"status in {PLAN_STATUSES!r}", name="status"),
        Index("ix_rehab_plan_resident", "resident", "status", sqlite_where=_CURRENT),
        Index("ix_rehab_plan_review", "review_on", sqlite_where=text("current = 1 and status = 'running'")),
        Index(None, "number"),
    )


class RehabGoal(Clinical, Base):
    """One goal, SMART: does what (`action`) under which `condition`, measured by what, from where to where, by when.

    `measure` is an instrument's code, or `count` for a number in `unit` that therapists write down themselves.
    `steps`: what −2 … +2 of goal attainment scaling mean, five numbers in that order, or nothing (worked out then).
    """

    __tablename__ = "rehab_goal"
    __kind__: ClassVar[str] = "rehab_goal"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    plan: Mapped[UUID]
    term: Mapped[str]  # long, short
    status: Mapped[str]
    action: Mapped[str]
    condition: Mapped[str]
    measure: Mapped[str]
    unit: Mapped[str]
    baseline: Mapped[float | None]
    target: Mapped[float]
    falling: Mapped[bool]  # less is better
    due_on: Mapped[date]
    begins: Mapped[date]
    serves: Mapped[UUID | None] = mapped_column(default=None)  # the long goal it leads to
    problem: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)
    steps: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    attained_on: Mapped[date | None] = mapped_column(default=None)
    ordinal: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        CheckConstraint("term in ('long', 'short')", name="term"),
        CheckConstraint(f"status in {GOAL_STATUSES!r}", name="status"),
        Index("ix_rehab_goal_plan", "plan", sqlite_where=_CURRENT),
        Index("ix_rehab_goal_resident", "resident", sqlite_where=_CURRENT),
    )


class GoalRating(Clinical, Base):
    """How far a goal has come at `at`: the number reached, and goal attainment −2 … +2. `session`: where it was seen;
    `assessment`: where the number was read."""

    __tablename__ = "goal_rating"
    __kind__: ClassVar[str] = "goal_rating"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    goal: Mapped[UUID]
    value: Mapped[float | None]
    gas: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    session: Mapped[UUID | None] = mapped_column(default=None)
    assessment: Mapped[UUID | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint("gas is null or gas between -2 and 2", name="gas"),
        Index("ix_goal_rating_goal", "goal", "at", sqlite_where=_CURRENT),
        Index("ix_goal_rating_resident", "resident", "at", sqlite_where=_CURRENT),
    )


class RehabItem(Clinical, Base):
    """治疗项目: one line of the programme. `week`: its fixed times as "1 09:00" (Monday) … "7 15:30"; empty while it is
    not yet on the board. `per_week`: how often it was prescribed. `dose`: what is asked, by the item's own fields.

    A changed item counts from when it was changed: sessions before keep the times they had.
    """

    __tablename__ = "rehab_item"
    __kind__: ClassVar[str] = "rehab_item"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    plan: Mapped[UUID]
    code: Mapped[str]
    words: Mapped[str]
    discipline: Mapped[str]
    minutes: Mapped[int]
    per_week: Mapped[int]
    begins: Mapped[date]
    week: Mapped[list[str]] = mapped_column(default_factory=list)
    ends: Mapped[date | None] = mapped_column(default=None)  # the last day
    dose: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    place: Mapped[str] = mapped_column(default="")
    therapist: Mapped[UUID | None] = mapped_column(default=None)
    goal: Mapped[UUID | None] = mapped_column(default=None)
    together: Mapped[str] = mapped_column(default="")  # 小组: the name of the group it is done in
    accepted: Mapped[list[str]] = mapped_column(default_factory=list)  # conflicts that were seen and accepted
    note: Mapped[str] = mapped_column(default="")
    ordinal: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        Index("ix_rehab_item_plan", "plan", sqlite_where=_CURRENT),
        Index("ix_rehab_item_resident", "resident", sqlite_where=_CURRENT),
    )
