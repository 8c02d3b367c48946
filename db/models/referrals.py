"""Tables of referrals 转诊: what is sent to a hospital with a resident, the states it goes through, what comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

REFERRAL_STATUSES = (
    "draft", "pending", "rejected", "submitted", "declined", "accepted", "departed", "arrived", "treating", "moved",
    "no_show", "returned", "assessed", "archived", "withdrawn", "cancelled", "died",
)  # fmt: skip
"""The nodes of `app.referrals.rules.states`."""
URGENCIES = ("emergency", "h48", "elective")
PAPERS = ("paper", "platform", "told", "none")
_CURRENT = text("current = 1")


class Referral(Clinical, Base):
    """上转: one resident sent to one hospital. `at` is when it was begun. Each move of its state is a revision.

    `criteria`: {"all": [{code, words, value, at, red}]}, what in the chart asked for it. The four texts of the sheet:
    `impression` 初步印象, `history` 主要现病史（转出原因）, `past` 主要既往史, `course` 治疗经过. `sbar`: {I, S, B, A,
    R: text}. `attachments`: {"all": [{what, rid, words}]}. `consent`: {name, relation, agreed, words, drawn, later:
    rescued first}; `consent_by`: until when it has to be signed then. `family`: {"all": [{name, relation, phone, at,
    answer, words, by, by_name}]}. `escort`: {persons, transport, plate}. `belongings`: [words]. `call`: the 120 script
    and what was handed over. `times`: {started, told, told_whom, ambulance_called, ambulance_here, eta, left, arrived,
    taken_over, taken_over_by …}, instants in ISO. `moves`: {"all": [{from, to, at, recorded_at, by, by_name, reason,
    source, taken_back, left}]}. `due`: until when the partner should answer. `approval`: {by, by_name, at, words};
    `approval_by`: until when it has to follow where it was skipped.
    """

    __tablename__ = "referral"
    __kind__: ClassVar[str] = "referral"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]  # 转诊单编号 ZZ-…, the same for every revision
    status: Mapped[str]
    urgency: Mapped[str]
    impression: Mapped[str] = mapped_column(default="")
    history: Mapped[str] = mapped_column(default="")
    past: Mapped[str] = mapped_column(default="")
    course: Mapped[str] = mapped_column(default="")
    criteria: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    sbar: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    green: Mapped[bool] = mapped_column(default=False)  # 绿色通道
    cause: Mapped[str] = mapped_column(default="")  # a code of criteria.toml: what it is counted under
    partner: Mapped[UUID | None] = mapped_column(default=None)
    partner_words: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    receiver: Mapped[str] = mapped_column(default="")  # 接诊医生
    booking: Mapped[str] = mapped_column(default="")  # 预约号、床位, from the partner
    doctor: Mapped[UUID | None] = mapped_column(default=None)  # 转诊医生
    doctor_name: Mapped[str] = mapped_column(default="")
    attachments: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    consent: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    consent_at: Mapped[datetime | None] = mapped_column(default=None)
    consent_by: Mapped[datetime | None] = mapped_column(default=None)
    family: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    escort: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    belongings: Mapped[list[str]] = mapped_column(default_factory=list)
    call: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    times: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    moves: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    due: Mapped[datetime | None] = mapped_column(default=None)
    approval: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    approval_by: Mapped[datetime | None] = mapped_column(default=None)
    absence: Mapped[UUID | None] = mapped_column(default=None)  # the time in hospital it began
    bed_until: Mapped[date | None] = mapped_column(default=None)  # 留床 to this day
    care: Mapped[str] = mapped_column(default="")  # inpatient, outpatient: how it is treated there
    __table_args__ = (
        CheckConstraint(f"status in {REFERRAL_STATUSES!r}", name="status"),
        CheckConstraint(f"urgency in {URGENCIES!r}", name="urgency"),
        CheckConstraint("care in ('', 'inpatient', 'outpatient')", name="care"),
        Index("ix_referral_resident", "resident", "at", sqlite_where=_CURRENT),
        Index("ix_referral_status", "status", "at", sqlite_where=_CURRENT),
        Index(None, "number"),
    )


class ReferralReturn(Clinical, Base):
    """回转: a resident came back from hospital, with a referral or without; `at` is when. One a time in hospital.

    `came_with`: paper, platform, told (by word of mouth), none. Of the national 回转单: `diagnoses` 诊断结果,
    `record_number` 住院病案号, `findings` 主要检查结果, `course` and `plan` 治疗经过、下一步治疗方案及康复建议.
    `papers`: {code of return.toml: {state: here | missing | not_needed, at, by, by_name, note}}: what is owed to us.
    `chased`: {"all": [{at, by, by_name, how, whom, answer}]}. `assessed`: {code of return.toml: {at, by, by_name,
    record, words}}, the return assessment; `assess_by` its deadline. `files`: {"all": [{sha256, words}]}, photographed
    or received. The medicines are a `MedReconciliation`.
    """

    __tablename__ = "referral_return"
    __kind__: ClassVar[str] = "referral_return"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    came_with: Mapped[str]
    assess_by: Mapped[datetime]
    referral: Mapped[UUID | None] = mapped_column(default=None)
    absence: Mapped[UUID | None] = mapped_column(default=None)
    partner: Mapped[UUID | None] = mapped_column(default=None)
    hospital: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    diagnoses: Mapped[str] = mapped_column(default="")
    record_number: Mapped[str] = mapped_column(default="")
    findings: Mapped[str] = mapped_column(default="")
    course: Mapped[str] = mapped_column(default="")
    plan: Mapped[str] = mapped_column(default="")
    visit_on: Mapped[date | None] = mapped_column(default=None)  # 复诊
    visit_department: Mapped[str] = mapped_column(default="")
    dangers: Mapped[str] = mapped_column(default="")  # 何种情况立即返院
    doctor_name: Mapped[str] = mapped_column(default="")
    doctor_phone: Mapped[str] = mapped_column(default="")
    papers: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    chased: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    assessed: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    assessed_at: Mapped[datetime | None] = mapped_column(default=None)
    files: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint(f"came_with in {PAPERS!r}", name="came_with"),
        Index("ix_referral_return_resident", "resident", "at", sqlite_where=_CURRENT),
        Index(
            "ix_referral_return_open", "assess_by", sqlite_where=text("current = 1 and assessed_at is null")
        ),
    )


class ReferralDocument(Clinical, Base):
    """The PDF that left with a referral: one document a referral, a later one is its next revision. `at` is when it
    was made.

    `sha256`: the file among the blobs; `sha1` in base64, as FHIR has it. `covers`: {revision: of the referral it was
    drawn of, standing: digest of what was sent, printed: digest of everything on paper, marks: of the
    pages of each paper, by which a copy is known}.
    """

    __tablename__ = "referral_document"
    __kind__: ClassVar[str] = "referral_document"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    referral: Mapped[UUID]
    what: Mapped[str]  # pack: the whole pack
    number: Mapped[str]  # of the referral
    title: Mapped[str]
    sha256: Mapped[str]
    sha1: Mapped[str]
    size: Mapped[int]
    pages: Mapped[int]
    covers: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint("what in ('pack')", name="what"),
        CheckConstraint("size > 0 and pages > 0", name="size"),
        Index("ix_referral_document_referral", "referral", sqlite_where=_CURRENT),
    )
