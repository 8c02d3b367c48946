"""Tables of rounds 巡诊, family-doctor contracts 签约 with their services, and home beds 家庭病床."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

_CURRENT = text("current = 1")


class DoctorRound(Clinical, Base):
    """One 巡诊: planned for a day, held or cancelled. `at` is when it began, or was planned to.

    `asked`: {"all": [{resident, question, by, by_name, at}]}, whom the doctor is to see and what about. `visitor` is
    a `VisitingDoctor`, or `staff` of our own. `way`: on_site, video. `home_bed`: a round of one home bed.
    """

    __tablename__ = "doctor_round"
    __kind__: ClassVar[str] = "doctor_round"
    __syncs__: ClassVar[bool] = True
    number: Mapped[str]
    planned_on: Mapped[date]
    status: Mapped[str]
    way: Mapped[str]
    doctor_name: Mapped[str]
    partner: Mapped[UUID | None] = mapped_column(default=None)
    partner_words: Mapped[str] = mapped_column(default="")
    visitor: Mapped[UUID | None] = mapped_column(default=None)
    staff: Mapped[UUID | None] = mapped_column(default=None)
    arrived: Mapped[datetime | None] = mapped_column(default=None)
    left: Mapped[datetime | None] = mapped_column(default=None)
    asked: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    next_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("status in ('planned', 'held', 'cancelled')", name="status"),
        CheckConstraint("way in ('on_site', 'video')", name="way"),
        Index("ix_doctor_round_day", "planned_on", "status", sqlite_where=_CURRENT),
    )


class RoundVisit(Clinical, Base):
    """What a doctor found in one resident; `at` is when. Of a round, or of a home bed (查床).

    `content`: {complaint, examined, assessment, exams, refer, nursing, rehab, education, fee}, texts. `orders`: {"all":
    [{words, order}]}, what is to be changed in the medicines; `order` once one was written. `doctor_at`: the doctor
    signed; `nurse` signed with them.
    """

    __tablename__ = "round_visit"
    __kind__: ClassVar[str] = "round_visit"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    doctor_name: Mapped[str]
    content: Mapped[dict[str, Any]]
    doctor_round: Mapped[UUID | None] = mapped_column(default=None)
    home_bed: Mapped[UUID | None] = mapped_column(default=None)
    question: Mapped[str] = mapped_column(default="")
    vitals: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    orders: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    problem: Mapped[bool] = mapped_column(default=False)  # something was found
    refer: Mapped[bool] = mapped_column(default=False)  # 建议转诊
    next_on: Mapped[date | None] = mapped_column(default=None)
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_at: Mapped[datetime | None] = mapped_column(default=None)
    nurse: Mapped[UUID | None] = mapped_column(default=None)
    nurse_at: Mapped[datetime | None] = mapped_column(default=None)
    drawn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)  # an outside doctor's signature
    __table_args__ = (
        Index("ix_round_visit_resident", "resident", "at", sqlite_where=_CURRENT),
        Index("ix_round_visit_round", "doctor_round", sqlite_where=_CURRENT),
        Index("ix_round_visit_home_bed", "home_bed", "at", sqlite_where=_CURRENT),
    )


class FamilyContract(Clinical, Base):
    """家庭医生签约: a resident's contract with a team. `signer`: {name, relation, drawn}; relation 本人 if themselves.

    `team`: {"all": [{role, name, phone}]}. `services`: {"all": [{code, words, per_year}]}, what is owed a year. `fee`:
    {own, insurance, public} in yuan. `groups`: codes of contracts.toml (重点人群).
    """

    __tablename__ = "family_contract"
    __kind__: ClassVar[str] = "family_contract"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]
    status: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date]
    package: Mapped[str]
    doctor_name: Mapped[str]
    services: Mapped[dict[str, Any]]
    signer: Mapped[dict[str, Any]]
    team: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    partner: Mapped[UUID | None] = mapped_column(default=None)
    partner_words: Mapped[str] = mapped_column(default="")
    doctor_phone: Mapped[str] = mapped_column(default="")
    fee: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    groups: Mapped[list[str]] = mapped_column(default_factory=list)
    renews: Mapped[bool] = mapped_column(default=False)  # 到期自动续签, as agreed
    renewed_from: Mapped[UUID | None] = mapped_column(default=None)
    satisfaction: Mapped[int | None] = mapped_column(default=None)  # 1–5
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("status in ('running', 'ended')", name="status"),
        CheckConstraint("ends >= begins", name="ends"),
        Index("ix_family_contract_resident", "resident", "ends", sqlite_where=_CURRENT),
        Index(None, "number"),
    )


class ContractService(Clinical, Base):
    """One service of a contract that was delivered; `at` is when."""

    __tablename__ = "contract_service"
    __kind__: ClassVar[str] = "contract_service"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    contract: Mapped[UUID]
    code: Mapped[str]
    words: Mapped[str]
    provider: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    visit: Mapped[UUID | None] = mapped_column(default=None)  # the `RoundVisit` it was
    drawn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (Index("ix_contract_service_contract", "contract", sqlite_where=_CURRENT),)


class HomeBed(Clinical, Base):
    """家庭病床: applied for, opened after an evaluation, renewed, closed. `at` is when its last step happened.

    `indications`: codes of home_bed.toml. `evaluation`: {words, at, by, by_name}. `visits_week`: rounds a doctor owes a
    week. `until`: end of the period; `renewed`: {"all": [{until, at, why}]}. `closing`: {why, summary, outcome}.
    """

    __tablename__ = "home_bed"
    __kind__: ClassVar[str] = "home_bed"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]
    status: Mapped[str]
    applicant: Mapped[dict[str, Any]]  # {name, relation, drawn}
    indications: Mapped[list[str]]
    diagnosis: Mapped[str] = mapped_column(default="")
    evaluation: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_name: Mapped[str] = mapped_column(default="")
    nurse: Mapped[UUID | None] = mapped_column(default=None)
    nurse_name: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    visits_week: Mapped[int] = mapped_column(default=1)
    plan: Mapped[str] = mapped_column(default="")
    insurance: Mapped[str] = mapped_column(default="")
    renewed: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closing: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint("status in ('applied', 'open', 'closed', 'declined')", name="status"),
        Index("ix_home_bed_resident", "resident", "status", sqlite_where=_CURRENT),
        Index(None, "number"),
    )
