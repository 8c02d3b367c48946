"""Receipts: under which id and version the platform holds a record, as the platform itself said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import load_only

from app.core.unit import Reader
from app.sync.words import version
from db.models import Remote

MAIN = (
    "Organization",
    "Device",
    "Practitioner",
    "Location",
    "Patient",
    "RelatedPerson",
    "EpisodeOfCare",
    "Encounter",
    "AllergyIntolerance",
    "Condition",
    "QuestionnaireResponse",
    "AdverseEvent",
    "MedicationRequest",
)
"""The resource that stands for a record where it became several; the others are shown in its story."""
_STRETCH = 400
_SHOWN = (
    Remote.kind,
    Remote.record,
    Remote.revision,
    Remote.station,
    Remote.server_id,
    Remote.version,
    Remote.received_at,
    Remote.updated_at,
)
"""Everything but the bodies, which are long."""


@dataclass(frozen=True)
class Receipt:
    """One resource as the platform named it. `revision` and `station` say which revision it stands for now."""

    type: str
    server_id: str
    version: str | None
    revision: int
    station: str
    received_at: datetime
    updated_at: datetime | None

    @property
    def address(self) -> str:
        """What a person reads to the platform's people: QuestionnaireResponse/5521."""
        return f"{self.type}/{self.server_id}"

    def words(self, revision: int, station: str) -> str:
        """The receipt of one revision; where a later one has taken its place the version is that one's."""
        if (self.revision, self.station) != (revision, station):
            return f"回执号 {self.address} · 后来有了新版"
        return f"回执号 {self.address} · {version(self.version, short=True)}"


def receipts(reader: Reader, keys: Collection[tuple[str, UUID]]) -> dict[tuple[str, UUID], list[Receipt]]:
    """The receipts of many records, the main resource of each first."""
    found: dict[tuple[str, UUID], list[Receipt]] = {}
    known = list(keys)
    for start in range(0, len(known), _STRETCH):
        some = known[start : start + _STRETCH]
        statement = select(Remote).where(tuple_(Remote.kind, Remote.record).in_(some))
        columns = load_only(*_SHOWN, raiseload=True)
        for row in reader.session.scalars(statement.options(columns).order_by(Remote.type, Remote.rid)):
            found.setdefault((row.kind, row.record), []).append(_receipt(row))
    for some_receipts in found.values():
        some_receipts.sort(key=lambda one: (one.type not in MAIN, one.type))
    return found


def _receipt(row: Remote) -> Receipt:
    stands = (row.revision, row.station)
    return Receipt(row.type, row.server_id, row.version, *stands, row.received_at, row.updated_at)
