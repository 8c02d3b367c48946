"""Tables of the people of the house: residents, places, stays, contacts, allergies, diagnoses, search."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical, Register


class Resident(Register, Base):
    """A resident 老人. Codes are those of GB/T 2261.1 (sex), GB 3304 (ethnic group) and their kin."""

    __tablename__ = "resident"
    __kind__: ClassVar[str] = "resident"
    __syncs__: ClassVar[bool] = True
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sex: Mapped[str]
    birth_date: Mapped[date | None] = mapped_column(default=None)
    id_type: Mapped[str] = mapped_column(default="01")
    id_number: Mapped[str | None] = mapped_column(default=None)
    ethnicity: Mapped[str] = mapped_column(default="")
    education: Mapped[str] = mapped_column(default="")
    marital_status: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    insurance: Mapped[list[str]] = mapped_column(default_factory=list)
    care_level: Mapped[str] = mapped_column(
        default=""
    )  # 护理等级: independent, partial, full; empty = not set
    remarks: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict
    )  # unknown roster columns, as they came
    upload_refused: Mapped[bool] = mapped_column(default=False, server_default=text("0"))  # 不同意上传区平台
    archive_number: Mapped[str] = mapped_column(default="", server_default=text("''"))  # 居民健康档案编号
    household_address: Mapped[str] = mapped_column(default="", server_default=text("''"))  # 户籍地址
    residence: Mapped[str] = mapped_column(default="", server_default=text("''"))  # 常住类型: 户籍, 非户籍
    occupation: Mapped[str] = mapped_column(default="", server_default=text("''"))
    blood_type: Mapped[str] = mapped_column(default="", server_default=text("''"))
    rhesus: Mapped[str] = mapped_column(default="", server_default=text("''"))
    living: Mapped[str] = mapped_column(default="", server_default=text("''"))  # 居住情况 before admission
    nurse: Mapped[UUID | None] = mapped_column(default=None)  # 责任护士
    doctor: Mapped[UUID | None] = mapped_column(default=None)  # 责任医生
    photo: Mapped[str] = mapped_column(
        default="", server_default=text("''")
    )  # sha256 of a `blob`, empty: none
    __table_args__ = (
        CheckConstraint("sex in ('0', '1', '2', '9')", name="sex"),
        CheckConstraint("length(trim(name)) > 0", name="name"),
        Index(
            "uq_resident_id_number",
            "id_type",
            "id_number",
            unique=True,
            sqlite_where=text("id_number is not null"),
        ),
    )


class Place(Register, Base):
    """A building, floor, room or bed; each lies in the one above it."""

    __tablename__ = "place"
    __kind__: ClassVar[str] = "place"
    __syncs__: ClassVar[bool] = True
    kind: Mapped[str]
    name: Mapped[str]
    parent: Mapped[UUID | None] = mapped_column(ForeignKey("place.rid"), default=None)
    label: Mapped[str] = mapped_column(default="")  # the whole way, e.g. 2号楼 312-1, as staff say it
    bed_type: Mapped[str] = mapped_column(default="")  # beds: ordinary, nursing, medical, observation
    __table_args__ = (
        CheckConstraint("kind in ('building', 'floor', 'room', 'bed')", name="kind"),
        Index("uq_place_name", "parent", "kind", "name", unique=True),
    )


class Stay(Clinical, Base):
    """From enquiry and admission 入住 to discharge 退住, with the bed held now. `at` is when its last step happened.

    `mode` 服务方式: resident 机构, day 日托, week 周托, month 月托, home 居家, home_bed 家庭病床. `status`: enquiry,
    reserved, in, ended, withdrawn. (Checked by the rules: SQLite adds no CHECK to a table with data.)
    """

    __tablename__ = "stay"
    __kind__: ClassVar[str] = "stay"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    begins: Mapped[date | None]
    ends: Mapped[date | None] = mapped_column(default=None)
    bed: Mapped[UUID | None] = mapped_column(ForeignKey("place.rid"), default=None)
    mode: Mapped[str] = mapped_column(default="resident", server_default=text("'resident'"))
    status: Mapped[str] = mapped_column(default="in", server_default=text("'in'"))
    expected: Mapped[date | None] = mapped_column(default=None)  # when somebody enquired or reserved for
    outcome: Mapped[str] = mapped_column(default="", server_default=text("''"))  # how it ended: home, death …
    note: Mapped[str] = mapped_column(default="", server_default=text("''"))
    __table_args__ = (
        Index("ix_stay_resident", "resident", sqlite_where=text("current = 1")),
        # one bed, one resident: the rule that must never break is kept here for the truth
        Index(
            "uq_stay_bed",
            "bed",
            unique=True,
            sqlite_where=text("current = 1 and ends is null and bed is not null and state <> 'retracted'"),
        ),
    )


class Contact(Register, Base):
    """A relative or guardian: relation by GB/T 4761."""

    __tablename__ = "contact"
    __kind__: ClassVar[str] = "contact"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    name: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    guardian: Mapped[bool] = mapped_column(default=False)
    ordinal: Mapped[int] = mapped_column(default=1)
    powers: Mapped[list[str]] = mapped_column(default_factory=list, server_default=text("'[]'"))
    address: Mapped[str] = mapped_column(default="", server_default=text("''"))
    second_phone: Mapped[str] = mapped_column(default="", server_default=text("''"))
    note: Mapped[str] = mapped_column(default="", server_default=text("''"))
    __table_args__ = (Index(None, "resident", "ordinal"),)


class Absence(Clinical, Base):
    """A time away from the house during a stay: leave 请假外出 or hospital 住院. Two of one resident never overlap.

    `ends` is when the resident came back, empty while away; `planned` when that is expected. The bed stays held
    while `bed_kept`, until `keep_until` if that was agreed.
    """

    __tablename__ = "absence"
    __kind__: ClassVar[str] = "absence"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    stay: Mapped[UUID]
    code: Mapped[str]
    begins: Mapped[datetime]
    planned: Mapped[datetime | None] = mapped_column(default=None)
    ends: Mapped[datetime | None] = mapped_column(default=None)
    whither: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    escort: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    bed_kept: Mapped[bool] = mapped_column(default=True)
    keep_until: Mapped[date | None] = mapped_column(default=None)
    condition: Mapped[str] = mapped_column(default="")  # how they came back
    __table_args__ = (
        CheckConstraint("code in ('leave', 'hospital')", name="code"),
        CheckConstraint("ends is null or ends >= begins", name="ends"),
        Index("ix_absence_resident", "resident", "begins", sqlite_where=text("current = 1")),
        Index(
            "uq_absence_open",
            "resident",
            unique=True,
            sqlite_where=text("current = 1 and ends is null and state <> 'retracted'"),
        ),
    )


class Grade(Clinical, Base):
    """A level somebody decided for a resident, from a day on: care level, care stage, nursing grade; all are kept.

    `what`: care_level 护理等级, care_stage 照护阶段, nursing_grade 护理级别. `basis`: what it was decided from, in
    words or {"assessment": rid}.
    """

    __tablename__ = "grade"
    __kind__: ClassVar[str] = "grade"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    what: Mapped[str]
    value: Mapped[str]
    since: Mapped[date]
    review_on: Mapped[date | None] = mapped_column(default=None)
    basis: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("what in ('care_level', 'care_stage', 'nursing_grade')", name="what"),
        Index("ix_grade_resident", "resident", "what", "since", sqlite_where=text("current = 1")),
    )


class Allergy(Clinical, Base):
    """An allergy, or the entry that none is known. No entry at all means unknown, never none."""

    __tablename__ = "allergy"
    __kind__: ClassVar[str] = "allergy"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    none_known: Mapped[bool] = mapped_column(default=False)
    substance: Mapped[str] = mapped_column(default="")
    reaction: Mapped[str] = mapped_column(default="")
    severity: Mapped[str] = mapped_column(default="")
    certainty: Mapped[str] = mapped_column(default="")
    told_by: Mapped[str] = mapped_column(
        default=""
    )  # where the statement comes from: roster, resident, family …
    __table_args__ = (
        CheckConstraint("none_known = (substance = '')", name="substance"),
        Index("ix_allergy_resident", "resident", sqlite_where=text("current = 1")),
    )


class Diagnosis(Clinical, Base):
    """A diagnosis as stated, with its ICD-10 code where known."""

    __tablename__ = "diagnosis"
    __kind__: ClassVar[str] = "diagnosis"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    words: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    onset: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="active")
    ordinal: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        Index("ix_diagnosis_resident", "resident", "ordinal", sqlite_where=text("current = 1")),
    )


class ResidentSearch(Base):
    """One narrow row a resident: everything the one-box search looks through."""

    __tablename__ = "resident_search"
    rid: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"), primary_key=True)
    status: Mapped[str]  # in, out
    sort: Mapped[str]  # bed label, then number: the order of the list
    text: Mapped[str]
    __table_args__ = (Index(None, "status", "sort"),)
