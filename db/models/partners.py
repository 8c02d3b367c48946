"""Tables of who the station works with: partners, agreements, its own licences, doctors who come."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

PARTNER_KINDS = ("hospital", "community", "emergency", "other")
_CURRENT = text("current = 1")


class Partner(Clinical, Base):
    """协作机构: a hospital or community centre residents are referred to. `code` is its 统一社会信用代码 or 机构代码.

    `departments`: {"all": [{words, contact, phone, day_and_night}]}. `capabilities`: codes of partners.toml, what it
    can take (stroke, chest pain, respiratory beds …). `distance_km` and `minutes`: by road. Over when `ended_on` is.
    """

    __tablename__ = "partner"
    __kind__: ClassVar[str] = "partner"
    __syncs__: ClassVar[bool] = True
    name: Mapped[str]
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")  # 三级甲等 …
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")  # 24 h
    distance_km: Mapped[float | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    departments: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    capabilities: Mapped[list[str]] = mapped_column(default_factory=list)
    note: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint(f"kind in {PARTNER_KINDS!r}", name="kind"),
        CheckConstraint("length(trim(name)) > 0", name="name"),
        Index("ix_partner_name", "name", sqlite_where=_CURRENT),
    )


class Agreement(Clinical, Base):
    """协议 with a partner; `what` is a code of partners.toml (合作, 托管, 绿色通道, 巡诊 …).

    `terms`: {beds, pay_later, visit_days, text}: beds kept for us, treated first and paid later, a visit every so many
    days. `remind_days`: so long before `ends` it is in the list of work. `paper`: sha256 of the scanned paper.
    """

    __tablename__ = "agreement"
    __kind__: ClassVar[str] = "agreement"
    __syncs__: ClassVar[bool] = True
    partner: Mapped[UUID]
    what: Mapped[str]
    words: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date | None] = mapped_column(default=None)
    number: Mapped[str] = mapped_column(default="")
    terms: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    remind_days: Mapped[int] = mapped_column(default=60)
    paper: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("ends is null or ends >= begins", name="ends"),
        Index("ix_agreement_partner", "partner", sqlite_where=_CURRENT),
    )


class Licence(Clinical, Base):
    """The station's own papers: 备案, 执业许可 …; `what` is a code of partners.toml, `scope` what it covers."""

    __tablename__ = "licence"
    __kind__: ClassVar[str] = "licence"
    what: Mapped[str]
    number: Mapped[str]
    authority: Mapped[str]
    issued: Mapped[date]
    expires: Mapped[date | None] = mapped_column(default=None)
    holder: Mapped[str] = mapped_column(default="")
    scope: Mapped[list[str]] = mapped_column(default_factory=list)
    remind_days: Mapped[int] = mapped_column(default=90)
    paper: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (CheckConstraint("expires is null or expires >= issued", name="expires"),)


class VisitingDoctor(Clinical, Base):
    """A doctor who comes from outside; `staff` if they have an account here, `partner` whom they come from."""

    __tablename__ = "visiting_doctor"
    __kind__: ClassVar[str] = "visiting_doctor"
    __syncs__: ClassVar[bool] = True
    name: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date | None] = mapped_column(default=None)
    partner: Mapped[UUID | None] = mapped_column(default=None)
    department: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    staff: Mapped[UUID | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name"),
        Index("ix_visiting_doctor_partner", "partner", sqlite_where=_CURRENT),
    )
