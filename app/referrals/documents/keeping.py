"""A document of a referral is kept: as its first or next revision; where the sending was a mistake it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.blobs import keep_file
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.fhir.attached import sha1
from app.referrals.documents.covering import MARKS, Covers, document_rid, sent_digest, was_sent
from app.referrals.revising import Seen, follow
from app.residents.stating.revising import newest
from db.models import Referral, ReferralDocument

PACK = "pack"
TITLE = "双向转诊单"


@dataclass(frozen=True)
class KeepDocument(Order[Seen | None]):
    """The PDF of a referral's pack, as it was drawn or signed; nothing of a draft, and of what is kept already.

    `marks`: of its pages, by which a copy of them is known.
    """

    referral: UUID
    pdf: bytes
    pages: int
    covers: Covers
    marks: tuple[tuple[str, ...], ...] = ()


@performs(KeepDocument)
def keep_document(unit: Unit, order: KeepDocument) -> Seen | None:
    """Refuses whoever may not print, and a file that is too large."""
    unit.require(Right.PRINT_RECORDS)
    row = newest(unit, Referral, order.referral)
    if row is None or not was_sent(row):
        return None
    rid = document_rid(unit.settings.institution_id, row.rid)
    before = newest(unit, ReferralDocument, rid)
    if before is not None and _has(before, order.covers, sent_digest(row)):
        return None
    content: dict[str, Any] = {
        "sha256": keep_file(unit, order.pdf, "document"),
        "sha1": sha1(order.pdf),
        "size": len(order.pdf),
        "pages": order.pages,
        "covers": order.covers.kept() | {MARKS: order.marks},
        "title": f"{TITLE} {row.number}",
    }
    if before is not None:
        return follow(unit, before, "重新存档", {**content, "at": unit.now, "state": "signed"})
    stamp = unit.stamp(rid=rid)
    fresh = ReferralDocument(
        **stamp, revision=1, resident=row.resident, referral=row.rid, what=PACK, number=row.number, **content
    )
    unit.session.add(fresh)
    return Seen(rid, 1)


def take_out(unit: Unit, referral: Referral, why: str) -> None:
    """The referral was not sent after all: its document was none."""
    row = newest(unit, ReferralDocument, document_rid(unit.settings.institution_id, referral.rid))
    if row is not None and row.state != "retracted":
        follow(unit, row, f"转诊未发出：{why}"[:100], {"state": "retracted"})


def _has(row: ReferralDocument, covers: Covers, sent: str) -> bool:
    """Whether the same is kept, or something newer. `sent`: what counts of the referral now; what is kept of steps that
    were given up is of no account, however high their number."""
    if row.state == "retracted":
        return False
    known = row.covers
    same = (known.get("sent"), known.get("printed")) == (covers.sent, covers.printed)
    return same or (known.get("sent") == sent and int(known.get("revision", 0)) > covers.revision)
