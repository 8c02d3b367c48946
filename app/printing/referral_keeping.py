"""The pack of a sent referral drawn to be kept: what is still owed, or was printed with something else on it since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.referral_pack_data import ReferralPackOf, referral_pack_of
from app.printing.sheets.referral_pack import PARTS, PackPapers
from app.printing.sheets.referral_parts import Paper
from app.referrals.documents import Covers, KeepDocument, document_rid
from app.referrals.documents.covering import sent_digest, was_sent
from app.referrals.rules.states import OVER, Status
from db.models import Referral, ReferralDocument

PACK = "referral-pack"
_BACK = frozenset({Status.RETURNED, Status.ASSESSED}) | OVER
"""Nothing leaves any more: what is printed now is for the file."""
_EACH_TIME = frozenset({"printed_at", "printed_by", "certificate", "taken", "until"})
_STANDS = _EACH_TIME | {"watermark", "code"}
"""What a paper says of the minute, of the printing and of where the referral stands, and not of what was sent."""


@dataclass(frozen=True)
class PackToDraw:
    """What is to be drawn and kept."""

    referral: UUID
    papers: PackPapers
    covers: Covers


@dataclass(frozen=True)
class PackToKeep(Question[PackToDraw | None]):
    """The whole pack of a referral; None where it was not sent, or what is kept already says the same."""

    referral: UUID


@answers(PackToKeep)
def pack_to_keep(reader: Reader, question: PackToKeep) -> PackToDraw | None:
    reader.require(Right.PRINT_RECORDS)
    row = reader.session.scalar(
        select(Referral).where(Referral.rid == question.referral, Referral.current).limit(1)
    )
    if row is None or not was_sent(row):
        return None
    sent, known = sent_digest(row), _kept(reader, row.rid)
    back = Status(row.status) in _BACK
    if back and known.get("sent") == sent:
        return None
    parts = tuple(part for part in PARTS if part != "reply" or not back)
    papers = referral_pack_of(reader, ReferralPackOf(row.resident, row.rid, parts=parts))
    covers = Covers(row.revision, sent, printed_digest(papers))
    if (known.get("sent"), known.get("printed")) == (covers.sent, covers.printed):
        return None
    return PackToDraw(row.rid, papers, covers)


def drawn_document(wanted: PackToDraw) -> KeepDocument:
    """Drawn (and signed, where a certificate is set); off the screen's thread."""
    from app.printing.registry import SHEETS  # it lists the sheets whose data this asks for

    drawn = SHEETS[PACK].draw(wanted.papers)
    return KeepDocument(wanted.referral, drawn.pdf, drawn.pages, wanted.covers, drawn.marks)


def printed_digest(papers: PackPapers) -> str:
    """Everything on paper but for when, by whom and as what it was printed, in one word."""
    summed = hashlib.sha256()
    for piece in _pieces(papers):
        summed.update(piece)
        summed.update(b"\x1f")
    return summed.hexdigest()


def _pieces(value: Any) -> Iterator[bytes]:
    if is_dataclass(value):
        left = _STANDS if isinstance(value, Paper) else _EACH_TIME
        yield type(value).__name__.encode()
        for one in fields(value):
            if one.name not in left:
                yield one.name.encode()
                yield from _pieces(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield str(key).encode()
            yield from _pieces(value[key])
    elif isinstance(value, list | tuple):
        yield str(len(value)).encode()
        for one in value:
            yield from _pieces(one)
    else:
        yield value if isinstance(value, bytes) else str(value).encode()


def _kept(reader: Reader, referral: UUID) -> Mapping[str, Any]:
    """What the document that stands was drawn of."""
    rid = document_rid(reader.settings.institution_id, referral)
    rows = select(ReferralDocument).where(ReferralDocument.rid == rid, ReferralDocument.current)
    row = reader.session.scalars(rows.order_by(ReferralDocument.recorded_at.desc()).limit(1)).first()
    return row.covers if row is not None and row.state != "retracted" else {}
