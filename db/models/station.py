"""Tables of the station itself: settings, number sequences, audit chain, outbox, older contents of registers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class Setting(Base):
    """One value the institution decided."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class Sequence(Base):
    """The next human number of a kind at this station; numbers are never given twice."""

    __tablename__ = "sequence"
    name: Mapped[str] = mapped_column(primary_key=True)
    next: Mapped[int] = mapped_column(default=1)


class AuditLine(Base):
    """One link of the audit chain; UPDATE and DELETE are refused by triggers."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[UUID]
    role: Mapped[str]
    at: Mapped[datetime]
    offset_ms: Mapped[int | None]
    station: Mapped[str]
    act: Mapped[str]
    kind: Mapped[str]
    record: Mapped[UUID | None]
    revision: Mapped[int | None]
    reason: Mapped[str | None]
    mac: Mapped[bytes]
    __table_args__ = (Index(None, "record", "seq"),)


class Outbox(Base):
    """What waits for the platform: one row a record and revision, written in the record's own transaction."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    kind: Mapped[str]
    record: Mapped[UUID]
    revision: Mapped[int]
    station: Mapped[str]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="pending")
    attempt: Mapped[int] = mapped_column(default=0)
    body_hash: Mapped[bytes | None] = mapped_column(default=None)
    words: Mapped[str | None] = mapped_column(default=None)
    __table_args__ = (
        CheckConstraint(
            "state in ('pending', 'sending', 'acked', 'unknown', 'conflict', 'quarantined')", name="state"
        ),
        Index("ix_outbox_waiting", "id", sqlite_where=text("state <> 'acked'")),
        Index(None, "kind", "record"),
    )


class RegisterVersion(Base):
    """An older content of a register row, kept readable for ever."""

    __tablename__ = "register_version"
    kind: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    replaced_at: Mapped[datetime]


class Draft(Base):
    """Work not yet signed: saved as typed, never synced, survives lock, crash and change of user."""

    __tablename__ = "draft"
    person: Mapped[UUID] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    __table_args__ = (Index(None, "form", "subject"),)
