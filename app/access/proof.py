"""Proof that a person gave password or PIN a moment ago: what a sign panel hands to a service.

The slow check (Argon2id) happens off the writer's thread; the service only verifies the seal and the person's rights.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.core.audit import Seals, seal
from app.core.errors import Refusal
from app.core.roles import Actor, Role
from app.core.unit import Reader
from db.models import Staff

LIFETIME = timedelta(minutes=2)


@dataclass(frozen=True)
class Proof:
    """Says that `staff` proved who they are at `at`; worthless without the station's seal."""

    staff: UUID
    at: datetime
    mac: bytes


def make(seals: Seals, staff: UUID, at: datetime) -> Proof:
    return Proof(staff, at, seal(seals.proof, ("proof", staff, at)))


def accept(reader: Reader, proof: Proof) -> Actor:
    """The person behind a proof; refuses a forged or stale one, and a person who no longer works here."""
    genuine = hmac.compare_digest(proof.mac, make(reader.seals, proof.staff, proof.at).mac)
    if not genuine or abs(reader.now - proof.at) > LIFETIME:
        raise Refusal("签名确认已过时，请重新输入密码。", field="secret")
    staff = reader.session.get(Staff, proof.staff)
    if staff is None or not staff.active:
        raise Refusal("这位人员的账号已停用，不能签名。", field="number")
    return actor_of(staff)


def actor_of(staff: Staff) -> Actor:
    """A staff row as the person acts are done by."""
    return Actor(
        rid=staff.rid,
        number=staff.number,
        name=staff.name,
        roles=frozenset(Role(role) for role in staff.roles),
        profession=staff.profession,
        title=staff.title,
        certificate=staff.certificate,
    )
