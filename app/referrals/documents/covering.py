"""What a referral's document was drawn of, and whether that is what was sent; its identity, the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.signing import digest
from app.core.ids import named
from app.referrals.rules.states import Status
from db.models import Referral

LEAVES = frozenset({Status.SUBMITTED, Status.DEPARTED})
"""Moves with which the papers leave."""
MARKS = "marks"
"""Beside what a kept document covers: the marks of the pages of each paper in it."""
_SENT = (
    "number", "urgency", "impression", "history", "past", "course", "criteria", "sbar", "doctor_name", "belongings",
)  # fmt: skip
"""Columns that only a correction changes once a referral was sent."""


@dataclass(frozen=True)
class Covers:
    """`revision`: of the referral; `sent`: digest of what stood in it and of when it left; `printed`: digest of all
    that is on paper but for when and by whom it was printed."""

    revision: int
    sent: str
    printed: str

    def kept(self) -> dict[str, Any]:
        return {"revision": self.revision, "sent": self.sent, "printed": self.printed}


def document_rid(institution: UUID, referral: UUID) -> UUID:
    """The identity of a referral's document."""
    return named(institution, "referral-document", referral.hex)


def was_sent(row: Referral) -> bool:
    """Whether the papers of a referral left, and that stands."""
    return row.state != "retracted" and bool(_left(row))


def sent_digest(row: Referral) -> str:
    """What left with a referral and when, in one word: another one after a correction and after the next leaving."""
    said = {name: getattr(row, name) for name in _SENT}
    return digest({**said, "attached": row.attachments.get("all", []), "left": _left(row)}).hex()


def leavings(row: Referral) -> frozenset[tuple[str, str, str]]:
    """The moves with which papers left, struck ones too: the same wherever they are written."""
    lines = (one for one in row.moves.get("all", ()) if one["to"] in LEAVES)
    return frozenset((one["to"], one["recorded_at"], one["by"]) for one in lines)


def _left(row: Referral) -> list[tuple[str, str]]:
    """The moves with which papers left that were not struck (`app.referrals.moving` stands above this)."""
    lines = (one for one in row.moves.get("all", ()) if not one.get("taken_back"))
    return [(one["to"], one["at"]) for one in lines if one["to"] in LEAVES]
