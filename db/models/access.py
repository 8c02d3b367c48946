"""Tables of people and rights: staff, accounts, signatures."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Register


class Staff(Register, Base):
    """A person who works here; goes to the platform as Practitioner, without credentials."""

    __tablename__ = "staff"
    __kind__: ClassVar[str] = "staff"
    __syncs__: ClassVar[bool] = True
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    roles: Mapped[list[str]]
    profession: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class Account(Base):
    """The right of a staff member to sign in: which key slot, and the PIN's hash. Never leaves the station."""

    __tablename__ = "account"
    staff: Mapped[UUID] = mapped_column(ForeignKey("staff.rid"), primary_key=True)
    slot: Mapped[UUID]
    pin_hash: Mapped[str | None] = mapped_column(default=None)
    pin_failures: Mapped[int] = mapped_column(default=0)
    must_change: Mapped[bool] = mapped_column(default=False)


class Signature(Base):
    """One 签名确认: HMAC over the canonical content, who and when. Rows are never changed."""

    __tablename__ = "signature"
    kind: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    signer: Mapped[UUID]
    profession: Mapped[str]
    title: Mapped[str]
    certificate: Mapped[str]
    name: Mapped[str]
    number: Mapped[str]
    at: Mapped[datetime]
    mac: Mapped[bytes]
    __table_args__ = (
        CheckConstraint("ordinal between 1 and 3", name="ordinal"),
        # the same person never signs one content twice
        Index("uq_signature_signer", "kind", "record", "revision", "station", "signer", unique=True),
    )
