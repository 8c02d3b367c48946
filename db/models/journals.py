"""The table of journals 记录: nursing notes, laboratory results, wishes, tubes …; what each holds is data."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

SENT = frozenset(
    {
        "insurance", "consent", "resuscitation", "restraint", "isolation", "nine-risk", "labs", "intake-output",
        "nursing-note",
    }
)  # fmt: skip
"""Journals FHIR has a shape for (`app.journals.fhir`); entries of all others stay at the station they were made at."""


class Entry(Clinical, Base):
    """One entry of one journal (`resources/journals/<journal>.toml` says what `content` holds).

    `at` is when it happened. What holds for a time has `begins` and, once it is over, `ends`; `due_on` is the day
    something is to be done about it (a tube changed, an agreement renewed).
    """

    __tablename__ = "entry"
    __kind__: ClassVar[str] = "entry"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    journal: Mapped[str]
    content: Mapped[dict[str, Any]]
    begins: Mapped[date | None] = mapped_column(default=None)
    ends: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def goes(self) -> bool:
        return self.journal in SENT

    __table_args__ = (
        Index("ix_entry_resident", "resident", "journal", "at", sqlite_where=text("current = 1")),
        Index(
            "ix_entry_due",
            "due_on",
            sqlite_where=text("current = 1 and due_on is not null and ends is null and state <> 'retracted'"),
        ),
    )
