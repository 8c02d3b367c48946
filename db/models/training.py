"""Tables of training 康复训练: changed times, sessions, when a therapist is not there, aids that were lent.

A planned session is never stored: it is derived from an item's week (`app.rehab.derived`). Stored are what was changed
of the week (`RehabBooking`), what became of a session (`RehabSession`), and when a therapist is not there.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

BOOKINGS = ("moved", "cancelled", "extra", "waived")
ATTENDANCES = ("done", "partly", "refused", "absent", "sick")
_CURRENT = text("current = 1")


class RehabBooking(Clinical, Base):
    """What is otherwise than the week says, for one session: moved, cancelled, one more, or a missed one let go.

    The session is named by item, `service_date` and `slot` (HH:MM of the week; `+HH:MM` for one more), and the rid of
    its booking by these three (UUIDv5), so that two stations name it alike. `to_date`, `to_slot`, `therapist`,
    `minutes`: where it went. `instead_of`: the missed session that one more makes up for.
    """

    __tablename__ = "rehab_booking"
    __kind__: ClassVar[str] = "rehab_booking"
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    item: Mapped[UUID]
    service_date: Mapped[date]
    slot: Mapped[str]
    what: Mapped[str]
    to_date: Mapped[date | None] = mapped_column(default=None)
    to_slot: Mapped[str] = mapped_column(default="")
    therapist: Mapped[UUID | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    accepted: Mapped[list[str]] = mapped_column(default_factory=list)  # conflicts that were seen and accepted
    instead_of: Mapped[UUID | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint(f"what in {BOOKINGS!r}", name="what"),
        Index("ix_rehab_booking_day", "service_date", "resident", sqlite_where=_CURRENT),
        Index("ix_rehab_booking_to", "to_date", sqlite_where=_CURRENT),
        Index("ix_rehab_booking_item", "item", sqlite_where=_CURRENT),
    )


class RehabSession(Clinical, Base):
    """训练记录: what became of one session; `at` is when it began. Its rid is named like its booking's (kind
    `rehab_session`). `ended_at` None: it goes on now. Only ended ones go to the platform.

    `dose`: what was done, by the item's own fields. `before`, `during`, `after`: measured values by code (sbp, dbp, hr,
    spo2, temp, rpe, pain) and `symptoms`; `stopped`: the rules that fired, {"all": [{code, words, effect, found}]},
    with `overruled` why it went on in spite of a warning. `soap`: {s, o, a, p}. `skin`: {before, after, temperature_c}.
    `goals`: {goal rid: value reached}. `together`: the group's name.
    """

    __tablename__ = "rehab_session"
    __kind__: ClassVar[str] = "rehab_session"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    plan: Mapped[UUID]
    item: Mapped[UUID]
    service_date: Mapped[date]
    slot: Mapped[str]
    discipline: Mapped[str]
    words: Mapped[str]
    therapist: Mapped[UUID | None]  # who worked with the resident
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=0)
    attendance: Mapped[str] = mapped_column(default="")  # empty while it goes on
    why: Mapped[str] = mapped_column(default="")
    why_words: Mapped[str] = mapped_column(default="")
    dose: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    before: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    during: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    stopped: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    reactions: Mapped[list[str]] = mapped_column(default_factory=list)
    soap: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    skin: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    goals: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    together: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint(f"attendance = '' or attendance in {ATTENDANCES!r}", name="attendance"),
        Index("ix_rehab_session_day", "service_date", "resident", sqlite_where=_CURRENT),
        Index("ix_rehab_session_resident", "resident", "at", sqlite_where=_CURRENT),
        Index("ix_rehab_session_plan", "plan", "service_date", sqlite_where=_CURRENT),
    )

    @property
    def goes(self) -> bool:
        return self.__syncs__ and self.ended_at is not None


class TherapistTime(Clinical, Base):
    """When a therapist is not there: 轮休, 培训, 休假 …, from `begins` to `ends`; or every week on `weekday`, at the
    times of day of these two, from the date of `begins` on (until the date of `until`, where it is known)."""

    __tablename__ = "therapist_time"
    __kind__: ClassVar[str] = "therapist_time"
    staff: Mapped[UUID]
    words: Mapped[str]
    begins: Mapped[datetime]
    ends: Mapped[datetime]
    weekday: Mapped[int | None] = mapped_column(default=None)  # 1 (Monday) … 7
    until: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (Index("ix_therapist_time_staff", "staff", "begins", sqlite_where=_CURRENT),)


class AidLoan(Clinical, Base):
    """辅具借用: an aid lent to a resident; `at` is when. `returned_at` None: it is out."""

    __tablename__ = "aid_loan"
    __kind__: ClassVar[str] = "aid_loan"
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    code: Mapped[str]
    words: Mapped[str]
    tag: Mapped[str] = mapped_column(default="")  # 资产编号
    due_on: Mapped[date | None] = mapped_column(default=None)
    condition: Mapped[str] = mapped_column(default="")  # as lent
    taught: Mapped[bool] = mapped_column(default=False)  # 已教会使用
    returned_at: Mapped[datetime | None] = mapped_column(default=None)
    returned_condition: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index("ix_aid_loan_resident", "resident", sqlite_where=_CURRENT),
        Index("ix_aid_loan_tag", "tag", sqlite_where=text("current = 1 and returned_at is null")),
    )
