"""Tables of medication reconciliation 用药重整: one a return from hospital, and a named decision for each medicine."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

LISTS = ("list", "none", "missing")
DECISIONS = ("keep", "change", "stop", "take", "drop")
_CURRENT = text("current = 1")


class MedReconciliation(Clinical, Base):
    """What the hospital gave as its list of medicines, and that somebody signed the whole. `at`: the return.

    Its rid is named by the absence that ended, so that two stations name it alike. That a list is owed follows from the
    absence itself: with no record of this kind nothing is decided. `came_with`: list, none (nothing to take, as the
    hospital wrote), missing (no papers, or papers without medicines). `listed`: {"all": [{key, drug, words, dose,
    frequency, times, days, ends, note, stopped}]}. `doctor_at`: signed as finished.
    """

    __tablename__ = "med_reconciliation"
    __kind__: ClassVar[str] = "med_reconciliation"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    absence: Mapped[UUID]
    came_with: Mapped[str]
    listed: Mapped[dict[str, Any]]
    hospital: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="")  # sha256 of the photographed list
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_name: Mapped[str] = mapped_column(default="")
    doctor_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint(f"came_with in {LISTS!r}", name="came_with"),
        Index("ix_med_reconciliation_resident", "resident", "absence", sqlite_where=_CURRENT),
    )


class MedDecision(Clinical, Base):
    """What was decided of one medicine after one return: keep, change or stop an order; take or drop a listed one.

    Its rid is named by the absence and the order or the key of the list's line. `med_order` is empty for a medicine
    that is only on the hospital's list; `med_order_after` is the order that was written for it. `doctor_name`: who
    decided, where a nurse wrote it down; `doctor_by`: until when a doctor has to sign that; `doctor_at`: one did.
    """

    __tablename__ = "med_decision"
    __kind__: ClassVar[str] = "med_decision"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    absence: Mapped[UUID]
    decision: Mapped[str]
    drug: Mapped[str]
    words: Mapped[str]
    med_order: Mapped[UUID | None] = mapped_column(default=None)
    item: Mapped[str] = mapped_column(default="")  # key of the list's line
    med_order_after: Mapped[UUID | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_name: Mapped[str] = mapped_column(default="")
    doctor_by: Mapped[datetime | None] = mapped_column(default=None)
    doctor_at: Mapped[datetime | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint(f"decision in {DECISIONS!r}", name="decision"),
        Index("ix_med_decision_resident", "resident", "absence", sqlite_where=_CURRENT),
        Index("ix_med_decision_order", "med_order", sqlite_where=_CURRENT),
    )
