"""Tables of medication: orders, doses, skin tests, the weekly check, matters, prescriptions, boxes, statements."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

ORDER_KINDS = ("long", "once", "stat", "prn", "sos")
ORDER_STATUSES = ("issued", "checked", "paused", "stopped", "cancelled")
OUTCOMES = ("given", "partial", "refused", "held", "away", "not_given", "missed", "self")
MATTERS = ("double", "contradiction", "refusals", "misses")
STATEMENTS = ("own_supply", "long_term", "free")
_CURRENT = text("current = 1")


class OwnDrug(Clinical, Base):
    """A medicine the institution added to the list, or a shipped one it changed; `content` as in a drug file."""

    __tablename__ = "own_drug"
    __kind__: ClassVar[str] = "own_drug"
    __syncs__: ClassVar[bool] = True
    code: Mapped[str]
    words: Mapped[str]
    content: Mapped[dict[str, Any]]
    __table_args__ = (Index("ix_own_drug_code", "code", sqlite_where=_CURRENT),)


class MedOrder(Clinical, Base):
    """An order 医嘱: its content never changes (another dose is another order, `replaces` names the old one), only its
    status does. `at` is when it was ordered; `begins` and `ends` (not included) bound the doses it asks for.

    `facts`: the medicine as the list had it then. `dosing`: the amount, the same each time or differing
    (`app.medication.rules.dosing`). `times` are copied from the institution's table. `doctor_by`: until when a doctor
    has to sign what somebody else wrote down; `doctor_at` is when one did. `found`: what the checks said and what the
    doctor answered. `pauses`: {"spans": [[from, until or null]]} in ISO instants.
    """

    __tablename__ = "med_order"
    __kind__: ClassVar[str] = "med_order"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]  # 医嘱号, the same for every revision
    kind: Mapped[str]  # 长期, 临时, 立即, 长期备用, 临时备用
    status: Mapped[str]
    drug: Mapped[str]
    words: Mapped[str]
    facts: Mapped[dict[str, Any]]
    dosing: Mapped[dict[str, Any]]
    dose_unit: Mapped[str]
    route: Mapped[str]
    begins: Mapped[datetime]
    frequency: Mapped[str] = mapped_column(default="")
    times: Mapped[list[str]] = mapped_column(default_factory=list)
    weekdays: Mapped[list[str]] = mapped_column(default_factory=list)
    every_days: Mapped[int] = mapped_column(default=1)
    every_weeks: Mapped[int] = mapped_column(default=1)
    first_count: Mapped[int | None] = mapped_column(default=None)  # 首日次数
    meal: Mapped[str] = mapped_column(default="")
    ends: Mapped[datetime | None] = mapped_column(default=None)
    indication: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="station")  # station, hospital, long, extended, family
    own_supply: Mapped[bool] = mapped_column(default=False)  # 自备药
    note: Mapped[str] = mapped_column(default="")  # 嘱托
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_name: Mapped[str] = mapped_column(default="")
    doctor_at: Mapped[datetime | None] = mapped_column(default=None)
    doctor_by: Mapped[datetime | None] = mapped_column(default=None)
    hospital: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="")  # sha256 of the photographed order
    verbal: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict
    )  # 口头医嘱: who said, who read back, when
    checked_by: Mapped[UUID | None] = mapped_column(default=None)
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    pauses: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    ended_by: Mapped[UUID | None] = mapped_column(default=None)  # who stopped or cancelled it
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")
    replaces: Mapped[UUID | None] = mapped_column(default=None)
    limits: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict
    )  # hold limits the doctor set: key → number
    prn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)  # gap_minutes, most (in 24 h), why
    found: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    prescription: Mapped[UUID | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint(f"kind in {ORDER_KINDS!r}", name="kind"),
        CheckConstraint(f"status in {ORDER_STATUSES!r}", name="status"),
        Index("ix_med_order_resident", "resident", "status", sqlite_where=_CURRENT),
        Index(
            "ix_med_order_doctor_by", "doctor_by", sqlite_where=text("current = 1 and doctor_by is not null")
        ),
        Index(None, "number"),
    )


class Dose(Clinical, Base):
    """What became of one dose; `at` is when it was given. Its rid is named by order, service date, time and kind, so
    two stations name it alike; a dose of a PRN order has an id of its own. Two stations' records of one both stay.

    `amount` in `unit` is what was really given, `pieces` the same in base units of the medicine (stock counts those).
    """

    __tablename__ = "dose"
    __kind__: ClassVar[str] = "dose"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    med_order: Mapped[UUID]
    drug: Mapped[str]
    service_date: Mapped[date]
    slot: Mapped[str]  # HH:MM of the service date, 00:00 to 24:00
    kind: Mapped[str]  # slot, prn
    outcome: Mapped[str]
    reason_code: Mapped[int | None] = mapped_column(default=None)  # 1–14 of reasons.toml
    note: Mapped[str] = mapped_column(default="")
    amount: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    pieces: Mapped[float | None] = mapped_column(default=None)
    late: Mapped[str] = mapped_column(default="")  # why it was given after its window
    second: Mapped[UUID | None] = mapped_column(default=None)
    check_how: Mapped[str] = mapped_column(default="")  # second, key, scan, alone
    check_why: Mapped[str] = mapped_column(default="")  # alone on shift: why
    counter_by: Mapped[UUID | None] = mapped_column(default=None)  # who countersigned that later
    counter_at: Mapped[datetime | None] = mapped_column(default=None)
    site: Mapped[str] = mapped_column(default="")
    lot: Mapped[str] = mapped_column(default="")
    measured: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict
    )  # sign → value it was given or held by
    prn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)  # why; effect, effect_at, effect_by
    ended: Mapped[datetime | None] = mapped_column(default=None)  # infusions
    swallowed: Mapped[str] = mapped_column(default="")  # 看服到口, 检查口腔
    supply: Mapped[str] = mapped_column(default="")  # own, ward
    __table_args__ = (
        CheckConstraint(f"outcome in {OUTCOMES!r}", name="outcome"),
        Index("ix_dose_day", "service_date", "resident", sqlite_where=_CURRENT),
        Index("ix_dose_resident", "resident", "at", sqlite_where=_CURRENT),
        Index("ix_dose_order", "med_order", "service_date", "slot", "kind", "state", sqlite_where=_CURRENT),
        Index(
            "ix_dose_not_taken", "at", sqlite_where=text("current = 1 and outcome in ('refused', 'missed')")
        ),
        Index("ix_dose_prn", "at", sqlite_where=text("current = 1 and kind = 'prn'")),
        Index(
            "ix_dose_alone",
            "at",
            sqlite_where=text("current = 1 and check_how = 'alone' and counter_by is null"),
        ),
        {"sqlite_with_rowid": False},
    )


class DoseTwice(Base):
    """Slots of which more than one station has a record; kept by a trigger on `dose`, never written by hand.

    Nothing leaves it: whether the records still differ is asked of the doses themselves.
    """

    __tablename__ = "dose_twice"
    rid: Mapped[UUID] = mapped_column(primary_key=True)
    resident: Mapped[UUID]
    __table_args__ = ({"sqlite_with_rowid": False},)


class SkinTest(Clinical, Base):
    """A skin test 皮试; `at` is when it was made. The result is the next revision, read by two."""

    __tablename__ = "skin_test"
    __kind__: ClassVar[str] = "skin_test"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    drug: Mapped[str]
    words: Mapped[str]
    lot: Mapped[str]
    med_order: Mapped[UUID | None] = mapped_column(default=None)
    site: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")  # empty while it is waited for; negative, positive
    size: Mapped[str] = mapped_column(default="")  # what was seen, in words
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    reader: Mapped[UUID | None] = mapped_column(default=None)
    second: Mapped[UUID | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint("result in ('', 'negative', 'positive')", name="result"),
        Index("ix_skin_test_resident", "resident", sqlite_where=_CURRENT),
    )


class OrderReview(Clinical, Base):
    """总查对: every order of a floor was checked by two on a day; `found`: {order rid: words} of what was not right."""

    __tablename__ = "order_review"
    __kind__: ClassVar[str] = "order_review"
    floor: Mapped[UUID]
    floor_words: Mapped[str]
    reviewed_on: Mapped[date]
    residents: Mapped[int]
    orders: Mapped[int]
    second: Mapped[UUID | None] = mapped_column(default=None)
    found: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (Index("ix_order_review_floor", "floor", "reviewed_on", sqlite_where=_CURRENT),)


class MedMatter(Clinical, Base):
    """What a person decided about something the program raised: a possible double dose, refusals, misses.

    `about`: the dose or the order; `since`: the instant of what raised it; the same later is raised again.
    """

    __tablename__ = "med_matter"
    __kind__: ClassVar[str] = "med_matter"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    what: Mapped[str]
    about: Mapped[UUID]
    since: Mapped[datetime]
    words: Mapped[str]
    __table_args__ = (
        CheckConstraint(f"what in {MATTERS!r}", name="what"),
        Index("ix_med_matter_resident", "resident", "what", "about", sqlite_where=_CURRENT),
    )


class Prescription(Clinical, Base):
    """A prescription: 长期处方 long, 延伸处方 extended, free basic medicines free; `items` are its lines."""

    __tablename__ = "prescription"
    __kind__: ClassVar[str] = "prescription"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]
    what: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date | None]
    items: Mapped[dict[str, Any]]  # {"items": [...]}
    status: Mapped[str] = mapped_column(default="active")  # active, ended
    weeks: Mapped[int] = mapped_column(default=0)
    diagnosis: Mapped[str] = mapped_column(default="")
    doctor: Mapped[UUID | None] = mapped_column(default=None)
    doctor_name: Mapped[str] = mapped_column(default="")
    doctor_title: Mapped[str] = mapped_column(default="")
    review_on: Mapped[date | None] = mapped_column(default=None)
    content: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)  # what differs between the three
    __table_args__ = (
        CheckConstraint("what in ('long', 'extended', 'free')", name="what"),
        CheckConstraint("status in ('active', 'ended')", name="status"),
        Index("ix_prescription_resident", "resident", "what", sqlite_where=_CURRENT),
        Index("ix_prescription_ends", "ends", sqlite_where=text("current = 1 and status = 'active'")),
        Index(None, "number"),
    )


class MedStatement(Clinical, Base):
    """What a resident or relative signed: 自备药协议, 长期处方确认, 免费药领取. `drawn`: strokes as lists of points."""

    __tablename__ = "med_statement"
    __kind__: ClassVar[str] = "med_statement"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    what: Mapped[str]
    name: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    about: Mapped[UUID | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    drawn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    until: Mapped[date | None] = mapped_column(default=None)
    content: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint(f"what in {STATEMENTS!r}", name="what"),
        Index("ix_med_statement_resident", "resident", "what", sqlite_where=_CURRENT),
    )


class Dispense(Clinical, Base):
    """Medicines put out for one resident: into the box of a round 摆药, or handed over for some days 发药.

    `items`: {"items": [{order, slot, words, amount, unit, pieces, lot}]}. `second` checked it; nobody has yet if empty.
    """

    __tablename__ = "dispense"
    __kind__: ClassVar[str] = "dispense"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    what: Mapped[str]  # box, issue
    service_date: Mapped[date]
    round: Mapped[str]
    items: Mapped[dict[str, Any]]
    days: Mapped[int] = mapped_column(default=1)
    second: Mapped[UUID | None] = mapped_column(default=None)
    second_at: Mapped[datetime | None] = mapped_column(default=None)
    receiver: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("what in ('box', 'issue')", name="what"),
        Index("ix_dispense_day", "service_date", "resident", sqlite_where=_CURRENT),
    )
