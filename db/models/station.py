"""Tables of the station: settings, numbers, audit chain, outbox, map to the platform, older contents."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Json


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
    words: Mapped[str | None] = mapped_column(default=None)  # why it waits or was put aside, for a person
    looked: Mapped[int] = mapped_column(
        default=0, server_default=text("0")
    )  # how often it was looked for there and not found
    tried_at: Mapped[datetime | None] = mapped_column(default=None)  # when it was last on its way
    next_at: Mapped[datetime | None] = mapped_column(default=None)  # not again before
    acked_at: Mapped[datetime | None] = mapped_column(default=None)  # when the platform's receipt was kept
    __table_args__ = (
        CheckConstraint(
            "state in ('pending', 'sending', 'acked', 'unknown', 'conflict', 'quarantined')", name="state"
        ),
        Index("ix_outbox_waiting", "id", sqlite_where=text("state <> 'acked'")),
        Index("ix_outbox_acked", "acked_at", sqlite_where=text("state = 'acked'")),
        Index(None, "kind", "record"),
    )


class Remote(Base):
    """What the platform is known to hold: one row a resource, with its id and version there and its last body.

    `rid` is the resource's identity (`identifier`, or `meta.tag` on types without one); a record may be several
    resources, so `kind` and `record` say whose it is. `revision` and `station` name the revision it stands for.
    """

    __tablename__ = "remote"
    type: Mapped[str] = mapped_column(primary_key=True)
    rid: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record: Mapped[UUID]
    revision: Mapped[int]
    station: Mapped[str]
    server_id: Mapped[str]
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    version: Mapped[str | None] = mapped_column(default=None)  # None: the server did not say
    updated_at: Mapped[datetime | None] = mapped_column(default=None)  # meta.lastUpdated, the server's clock
    theirs: Mapped[dict[str, Any] | None] = mapped_column(Json, default=None)  # their side of a conflict
    words: Mapped[str | None] = mapped_column(default=None)  # why what came from there was put aside
    __table_args__ = (
        Index("uq_remote_server_id", "type", "server_id", unique=True),
        Index(None, "kind", "record"),
        Index("ix_remote_aside", "type", sqlite_where=text("words is not null")),
    )


class RemoteFile(Base):
    """A file the platform holds and a resource from there names. `sha256`: its name among the blobs once it is here."""

    __tablename__ = "remote_file"
    url: Mapped[str] = mapped_column(
        primary_key=True
    )  # as the Attachment says it; of our own Binary/urn:uuid:<rid>
    resident: Mapped[UUID]
    media: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    size: Mapped[int | None] = mapped_column(default=None)  # bytes, as the Attachment says
    hash: Mapped[str | None] = mapped_column(default=None)  # SHA-1 in base64, as the Attachment says
    sha256: Mapped[str | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(default=0)
    words: Mapped[str | None] = mapped_column(default=None)  # why it is not here
    received_at: Mapped[datetime | None] = mapped_column(default=None)


class SyncMark(Base):
    """What sync remembers between two runs: cursors, last complete success, what this server is like."""

    __tablename__ = "sync_mark"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


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


class Blob(Base):
    """A photo, drawn signature or PDF, named by what it holds: the same file is kept once."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    media: Mapped[str]
    content: Mapped[bytes]
