"""Tables of vital signs 体征: measurements, the latest of each kind, and what a doctor set for one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

_STANDS = text("current = 1 and state <> 'retracted'")


class Vital(Clinical, Base):
    """One measurement; all of one visit share `set_id`. `at` is when it was measured.

    A blood pressure is one row, systolic in `value` and diastolic in `second`: it is measured, corrected and sent
    (one panel Observation) as one. `words` holds what is no number (LO, HI, the letter of ACVPU); `how` the site,
    posture, meal or oxygen; `absent` why nothing was measured, and then there is no value.
    """

    __tablename__ = "vital"
    __kind__: ClassVar[str] = "vital"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    code: Mapped[str]
    set_id: Mapped[UUID]
    value: Mapped[float | None] = mapped_column(default=None)
    second: Mapped[float | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    how: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    absent: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("(value is null and words = '') = (absent <> '')", name="value"),
        Index("ix_vital_chart", "resident", "code", "at", "value", "second", sqlite_where=_STANDS),
        Index("ix_vital_at", "at", sqlite_where=_STANDS),
        Index("ix_vital_set", "set_id"),
        Index(
            "ix_vital_retracted", "resident", "at", sqlite_where=text("current = 1 and state = 'retracted'")
        ),
        {"sqlite_with_rowid": False},
    )


class VitalLatest(Base):
    """The latest measurement of each kind a resident has; kept by triggers on `vital`, never written by hand."""

    __tablename__ = "vital_latest"
    resident: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    rid: Mapped[UUID]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    value: Mapped[float | None]
    second: Mapped[float | None]
    words: Mapped[str]
    __table_args__ = ({"sqlite_with_rowid": False},)


class VitalProfile(Clinical, Base):
    """What holds for one person: usual consciousness, SpO₂ scale 2 (by the doctor who wrote it), own limits.

    `limits`: sign code → {"low": …, "high": …} a doctor set instead of the usual bands.
    """

    __tablename__ = "vital_profile"
    __kind__: ClassVar[str] = "vital_profile"
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    consciousness: Mapped[str] = mapped_column(default="A")
    spo2_scale: Mapped[int] = mapped_column(default=1)
    limits: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("spo2_scale in (1, 2)", name="spo2_scale"),
        Index("ix_vital_profile_resident", "resident", sqlite_where=text("current = 1")),
    )
