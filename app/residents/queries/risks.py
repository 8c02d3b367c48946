"""Risks that need protection, from the nine-risk check that holds: for boards and lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from db.models import Entry

NINE_RISK = "nine-risk"
"""The journal of the check (GB 38600); its own subject stands above this one, so the table is asked."""
KEYS = ("fall", "pressure", "choking", "wandering")
"""The risks a board has room for, as the journal names them, in this order."""
NEEDING = ("guard", "high")


@dataclass(frozen=True)
class Risk:
    """One risk; `high` when it was called high, else it needs protection."""

    key: str
    high: bool


def risks_of(reader: Reader, residents: Collection[UUID]) -> dict[UUID, tuple[Risk, ...]]:
    """The risks of some residents; who was never checked, or has none, is left out."""
    rows = reader.session.execute(
        select(Entry.resident, Entry.content)
        .where(
            Entry.journal == NINE_RISK,
            Entry.resident.in_(residents),
            Entry.current,
            Entry.state != "retracted",
            Entry.ends.is_(None),
        )
        .order_by(Entry.at)
    )
    found = {
        resident: tuple(Risk(key, content[key] == "high") for key in KEYS if content.get(key) in NEEDING)
        for resident, content in rows
    }
    return {resident: risks for resident, risks in found.items() if risks}
