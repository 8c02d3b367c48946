"""Tables of care assessments: one row a revision, answers as a snapshot of what was shown."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical


class Assessment(Clinical, Base):
    """One assessment by one instrument. `answers` keeps item, score and the option's text as shown then.

    `total` and `level` are empty where the instrument gives none (a coma is levelled without a total).
    """

    __tablename__ = "assessment"
    __kind__: ClassVar[str] = "assessment"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]  # 评估编号, the same for every revision
    instrument: Mapped[str]
    instrument_version: Mapped[str]
    assessed_on: Mapped[date]
    occasion: Mapped[str]  # 评估原因
    answers: Mapped[dict[str, Any]]
    information: Mapped[dict[str, Any]]
    sub_scores: Mapped[dict[str, Any]]
    total: Mapped[int | None]
    initial_level: Mapped[int | None]
    level: Mapped[int | None]
    why: Mapped[list[str]]
    conclusion: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint("level is null or level between 0 and 5", name="level"),
        Index(
            "ix_assessment_resident",
            "resident",
            "instrument",
            "assessed_on",
            sqlite_where=text("current = 1"),
        ),
        Index(None, "number"),
    )
