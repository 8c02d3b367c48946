"""签名确认: a seal over the canonical content of a record, who signed and when.

A password is not a 可靠电子签名 (电子签名法 第十三条), so sheets keep their wet-ink lines and the word is 签名确认.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from app.core.audit import seal
from app.core.roles import Actor
from app.core.unit import Reader, Unit
from db.models import Signature

ELSEWHERE = b""
"""The seal of a signature that came from another station: its key never left there."""


@dataclass(frozen=True)
class Signed:
    """One signature as screens and sheets show it."""

    ordinal: int
    signer: UUID
    number: str
    name: str
    profession: str
    title: str
    certificate: str
    at: datetime
    genuine: bool
    elsewhere: bool = False  # given at another station, whose seal nobody here can check

    @property
    def contradicts(self) -> bool:
        """Whether the seal was checked and does not belong to the content."""
        return not (self.genuine or self.elsewhere)


@dataclass(frozen=True)
class Signable:
    """Which revision of which record is signed."""

    kind: str
    record: UUID
    revision: int
    station: str


def digest(content: Any) -> bytes:
    """SHA-256 of the canonical JSON (sorted keys) of what is signed."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()


def sign(unit: Unit, what: Signable, content: Any, signer: Actor) -> Signature:
    """Add the next signature to a record; the table refuses the same person twice."""
    given = unit.session.scalars(_of(what)).all()
    row = Signature(
        kind=what.kind,
        record=what.record,
        revision=what.revision,
        station=what.station,
        ordinal=len(given) + 1,
        signer=signer.rid,
        profession=signer.profession,
        title=signer.title,
        certificate=signer.certificate,
        name=signer.name,
        number=signer.number,
        at=unit.now,
        mac=_mac(unit, what, content, signer.rid, unit.now),
    )
    unit.session.add(row)
    return row


def signatures(reader: Reader, what: Signable, content: Any) -> tuple[Signed, ...]:
    """The signatures of a record, each checked against the content as it is now."""
    return tuple(
        Signed(
            ordinal=row.ordinal,
            signer=row.signer,
            number=row.number,
            name=row.name,
            profession=row.profession,
            title=row.title,
            certificate=row.certificate,
            at=row.at,
            genuine=hmac.compare_digest(row.mac, _mac(reader, what, content, row.signer, row.at)),
            elsewhere=row.mac == ELSEWHERE,
        )
        for row in reader.session.scalars(_of(what))
    )


def receive(unit: Unit, what: Signable, given: Signed) -> bool:
    """Keep a signature given at another station. False where it, or one by the same person, is here already."""
    here = unit.session.scalars(_of(what)).all()
    if any(row.ordinal == given.ordinal or row.signer == given.signer for row in here):
        return False
    person = {
        key: getattr(given, key) for key in ("signer", "number", "name", "profession", "title", "certificate")
    }
    unit.session.add(Signature(**vars(what), **person, ordinal=given.ordinal, at=given.at, mac=ELSEWHERE))
    return True


def _of(what: Signable) -> Any:
    return (
        select(Signature)
        .where(
            Signature.kind == what.kind,
            Signature.record == what.record,
            Signature.revision == what.revision,
            Signature.station == what.station,
        )
        .order_by(Signature.ordinal)
    )


def _mac(reader: Reader, what: Signable, content: Any, signer: UUID, at: datetime) -> bytes:
    fields = (what.kind, what.record, what.revision, what.station, digest(content), signer, at)
    return seal(reader.seals.signature, fields)
