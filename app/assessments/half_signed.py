"""A half-signed assessment: the frozen record and its first signature, kept with the draft until the second.

Nothing of it stands among the records before both have signed, and signature rows are never taken back: an edit
voids the first signature by dropping this, and the audit chain tells of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.access.signing import sign
from app.assessments.record import KIND, signable, signed_content
from app.core.roles import Actor
from app.core.unit import Entry, Unit
from db.base import Base, from_text
from db.models import Assessment, Signature


@dataclass(frozen=True)
class HalfSigned:
    """The frozen row and its first signature as JSON values."""

    row: Mapping[str, Any]
    signature: Mapping[str, Any]

    @property
    def signer_name(self) -> str:
        return str(self.signature["name"])

    def as_stored(self) -> dict[str, Any]:
        return {"row": dict(self.row), "signature": dict(self.signature)}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> HalfSigned | None:
        return None if stored is None else cls(stored["row"], stored["signature"])

    def record(self) -> Assessment:
        """The frozen row, not yet in any session."""
        return Assessment(**_thawed(Assessment, self.row))

    def first_signature(self) -> Signature:
        return Signature(**_thawed(Signature, self.signature))


def freeze(unit: Unit, row: Assessment, signer: Actor) -> HalfSigned:
    """Sign a row that is no record yet; both wait with the draft."""
    signature = sign(unit, signable(row), signed_content(row), signer)
    unit.session.expunge(signature)  # it becomes a line of the table only together with the second
    unit.entries.append(Entry(KIND, row.rid, row.revision, row.reason, syncs=False))
    return HalfSigned(_frozen(row), _frozen(signature))


def tell_void(unit: Unit, half: HalfSigned) -> None:
    """Audit line and news of a first signature that an edit made void."""
    row = half.record()
    reason = f"内容有改动，{half.signer_name}的首签作废"
    unit.entries.append(Entry(KIND, row.rid, row.revision, reason, syncs=False))


def _frozen(row: Base) -> dict[str, Any]:
    return {column.key: _plain(getattr(row, column.key)) for column in row.__table__.columns}


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            return value


def _thawed(model: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    columns = model.__table__.columns
    return {key: from_text(columns[key], value) for key, value in values.items()}
