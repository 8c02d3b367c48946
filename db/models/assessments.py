"""Tables of care assessments: one row a revision, answers as a snapshot of what was shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical

STATEMENTS = ("agree", "refuse", "doubt", "informant", "assessor", "care")
"""Consent to the result, refusal of it, doubt that asks for a re-assessment, the informant's signature, another
opinion of an assessor, and what was decided about the care it proposes."""


class Assessment(Clinical, Base):
    """One assessment by one instrument. `answers` keeps item, score and the option's text as shown then.

    `total` and `level` are empty where the instrument gives none (a coma is levelled without a total).
    """

    __tablename__ = "assessment"
    __kind__: ClassVar[str] = "assessment"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    number: Mapped[str]  # 评估编号, the same for every revision
    instrument: Mapped[str]
    instrument_version: Mapped[str]
    assessed_on: Mapped[date]
    occasion: Mapped[str]  # 评估原因
    answers: Mapped[dict[str, Any]]
    information: Mapped[dict[str, Any]]
    sub_scores: Mapped[dict[str, Any]]
    total: Mapped[int | None]
    initial_level: Mapped[int | None]
    level: Mapped[int | None]
    why: Mapped[list[str]]
    conclusion: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    finding: Mapped[str] = mapped_column(
        default="", server_default=sql("''")
    )  # what it came to, in words, as shown then
    tone: Mapped[str] = mapped_column(default="", server_default=sql("''"))
    risks: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, server_default=sql("'{}'")
    )  # code → guard, high
    undone: Mapped[str] = mapped_column(default="", server_default=sql("''"))  # why it was not done at all
    measured: Mapped[float | None] = mapped_column(
        default=None
    )  # in the unit of the instrument, which adds nothing up
    __table_args__ = (
        CheckConstraint("level is null or level between 0 and 5", name="level"),
        Index(
            "ix_assessment_resident",
            "resident",
            "instrument",
            "assessed_on",
            sqlite_where=sql("current = 1"),
        ),
        Index(
            "ix_assessment_risks",  # whole: a board asks for everybody's risks, and the answers lie in the way
            "resident",
            "instrument",
            "assessed_on",
            "recorded_at",
            "level",
            "state",
            "undone",
            "risks",
            "rid",
            sqlite_where=sql("current = 1"),
        ),
        Index(None, "number"),
    )


class AssessmentLatest(Base):
    """The latest assessment of a resident by each instrument that was really done (not `undone`, not retracted).

    Kept by triggers on `assessment`, never written by hand. `signed_at`: when its first revision was signed.
    """

    __tablename__ = "assessment_latest"
    resident: Mapped[UUID] = mapped_column(primary_key=True)
    instrument: Mapped[str] = mapped_column(primary_key=True)
    rid: Mapped[UUID]
    assessed_on: Mapped[date]
    signed_at: Mapped[datetime]
    due_on: Mapped[date | None]
    __table_args__ = ({"sqlite_with_rowid": False},)


class AssessmentStatement(Clinical, Base):
    """What somebody said of a signed assessment: consent to the level, doubt, an assessor's other opinion, and so on.

    `what` is one of STATEMENTS; `drawn` holds the strokes of a drawn signature as lists of points, or nothing;
    `decided` what was accepted and declined of the care an assessment proposes, so that it need not be read from words.
    """

    __tablename__ = "assessment_statement"
    __kind__: ClassVar[str] = "assessment_statement"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    assessment: Mapped[UUID]
    what: Mapped[str]
    name: Mapped[str]  # who said it
    relation: Mapped[str] = mapped_column(default="")  # 本人, 子女, 评估员 …
    words: Mapped[str] = mapped_column(default="")
    drawn: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    decided: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint(f"what in {STATEMENTS!r}", name="what"),
        Index("ix_assessment_statement_assessment", "assessment", sqlite_where=sql("current = 1")),
        Index("ix_assessment_statement_resident", "resident", sqlite_where=sql("current = 1")),
    )


class AssessmentDeferral(Clinical, Base):
    """A decision about an assessment that is due: put off `until` a day, or, without one, not called for.

    It answers one due date, told by `cause` (admission, interval, fall …) and the day the cause dates from: another
    cause, or the same later, is due again. The reason in words stands in the envelope.
    """

    __tablename__ = "assessment_deferral"
    __kind__: ClassVar[str] = "assessment_deferral"
    __syncs__: ClassVar[bool] = True
    resident: Mapped[UUID] = mapped_column(ForeignKey("resident.rid"))
    instrument: Mapped[str]
    cause: Mapped[str]
    caused_on: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (
        Index("ix_assessment_deferral_resident", "resident", "instrument", sqlite_where=sql("current = 1")),
    )


class OwnInstrument(Clinical, Base):
    """An instrument the institution loaded from a file, whole as text; it replaces a shipped one of the same code."""

    __tablename__ = "own_instrument"
    __kind__: ClassVar[str] = "own_instrument"
    __syncs__: ClassVar[bool] = True
    code: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    __table_args__ = (Index("ix_own_instrument_code", "code", sqlite_where=sql("current = 1")),)
