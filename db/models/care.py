"""Tables of care 照护: the tasks of a resident's care plan, and what was done of them, shift by shift."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical


class CareTask(Clinical, Base):
    """One task of the care plan: what is done, for which problem and goal, at which times of which days, by whom.

    `times`: nominal HH:MM of the institution's day, or shift keys; `weekdays`: 1 (Monday) … 7, empty for every day.
    """

    __tablename__ = "care_task"
    __kind__: ClassVar[str] = "care_task"
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    code: Mapped[str]
    words: Mapped[str]
    begins: Mapped[date]
    problem: Mapped[str] = mapped_column(default="")
    goal: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="caregiver")
    times: Mapped[list[str]] = mapped_column(default_factory=list)
    weekdays: Mapped[list[str]] = mapped_column(default_factory=list)
    ends: Mapped[date | None] = mapped_column(default=None)
    origin: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("ix_care_task_resident", "resident", sqlite_where=text("current = 1")),)


class CareDoing(Clinical, Base):
    """What became of one task at one time of one service day; its rid is named by those three (UUIDv5)."""

    __tablename__ = "care_doing"
    __kind__: ClassVar[str] = "care_doing"
    task: Mapped[UUID]
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    service_date: Mapped[date]
    slot: Mapped[str]
    outcome: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("outcome in ('done', 'partly', 'refused', 'not_done', 'away')", name="outcome"),
        Index("ix_care_doing_day", "service_date", "resident", sqlite_where=text("current = 1")),
        Index("ix_care_doing_resident", "resident", "at", sqlite_where=text("current = 1")),
    )
