"""The table of incidents 不良事件: what happened, what it did, what was done, who was told, until it is closed."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical


class Incident(Clinical, Base):
    """One incident; `at` is when it happened. `content`: measures, family told, review, what was changed since."""

    __tablename__ = "incident"
    __kind__: ClassVar[str] = "incident"
    __syncs__: ClassVar[bool] = True
    number: Mapped[str]  # the same for every revision
    code: Mapped[str]
    happened: Mapped[str]
    resident: Mapped[UUID | None] = mapped_column(ForeignKey("resident.rid"), default=None)
    status: Mapped[str] = mapped_column(default="reported")
    place: Mapped[str] = mapped_column(default="")
    harm: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint("status in ('reported', 'reviewed', 'closed')", name="status"),
        Index("ix_incident_resident", "resident", "at", sqlite_where=text("current = 1")),
        Index("ix_incident_status", "status", "at", sqlite_where=text("current = 1")),
        Index(None, "number"),
    )
