"""Whose document is still owed, and the one of a referral: how large, since when, whether the platform has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.fhir.attached import file_of, url_of
from app.fhir.files import FilesOf, files_of
from app.fhir.identity import House
from app.referrals.documents.covering import MARKS, document_rid, leavings, sent_digest, was_sent
from app.referrals.rules.states import OVER, Status
from app.residents.fhir.consent import refused
from app.residents.forms import NOT_UPLOADED
from db.models import Blob, Outbox, Referral, ReferralDocument

BACK = timedelta(days=60)
"""Of a referral that is over no document is made up so long after."""
PDF = "application/pdf"
_LEFT = (Status.SUBMITTED.value, Status.DEPARTED.value)


@dataclass(frozen=True)
class OwedDocuments(Question[tuple[UUID, ...]]):
    """Referrals this station sent whose document is not kept, or says something else than what was sent; none for
    somebody who may not print."""


@dataclass(frozen=True)
class DocumentRow:
    """A kept document. `here`: its bytes are in this file; `sent`: whether the platform has it, in words; `well`: it
    does, or will without anybody's doing; `words`: why it is not here; `marks`: of its pages."""

    rid: UUID
    revision: int
    resident: UUID
    referral: UUID
    title: str
    sha256: str
    size: int
    pages: int
    at: datetime
    here: bool
    sent: str
    well: bool = True
    words: str = ""
    marks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class DocumentOf(Question[DocumentRow | None]):
    """The document of a referral; None where none was kept."""

    referral: UUID


@answers(OwedDocuments)
def owed_documents(reader: Reader, _question: OwedDocuments) -> tuple[UUID, ...]:
    if not reader.actor.may(Right.PRINT_RECORDS):
        return ()
    current = select(Referral).where(
        Referral.current,
        Referral.state != "retracted",
        or_(Referral.status.not_in(OVER), Referral.recorded_at >= reader.now - BACK),
    )
    rows = [row for row in reader.session.scalars(current.order_by(Referral.at)) if was_sent(row)]
    kept = select(ReferralDocument).where(
        ReferralDocument.current, ReferralDocument.referral.in_([row.rid for row in rows])
    )
    known = {
        one.referral: one.covers.get("sent")
        for one in reader.session.scalars(kept)
        if one.state != "retracted"
    }
    return tuple(row.rid for row in rows if known.get(row.rid) != sent_digest(row) and _ours(reader, row))


@answers(DocumentOf)
def document_of(reader: Reader, question: DocumentOf) -> DocumentRow | None:
    reader.require(Right.READ_RESIDENTS)
    rid = document_rid(reader.settings.institution_id, question.referral)
    found = select(ReferralDocument).where(ReferralDocument.rid == rid, ReferralDocument.current)
    row = reader.session.scalars(found.order_by(ReferralDocument.recorded_at.desc()).limit(1)).first()
    if row is None or row.state == "retracted":
        return None
    here = reader.session.scalar(select(Blob.sha256).where(Blob.sha256 == row.sha256)) is not None
    sent, well = _sent(reader, row)
    return DocumentRow(
        rid, row.revision, row.resident, row.referral, row.title, row.sha256, row.size, row.pages, row.at, here,
        sent, well, "" if here else _why_not(reader, row), tuple(tuple(one) for one in row.covers.get(MARKS, ())),
    )  # fmt: skip


def _ours(reader: Reader, row: Referral) -> bool:
    """Whether the newest revision with which papers left was written at this station: it keeps them. One with moves
    that do not stand in the referral now was given up for what another station wrote."""
    left = select(Referral).where(Referral.rid == row.rid, Referral.status.in_(_LEFT))
    rows = reader.session.scalars(left.order_by(Referral.revision.desc(), Referral.current.desc()))
    counts = next((one for one in rows if leavings(one) <= leavings(row)), row)
    return counts.station == reader.settings.station_number


def _sent(reader: Reader, row: ReferralDocument) -> tuple[str, bool]:
    if row.resident in refused(reader, [row.resident]):
        return NOT_UPLOADED, True
    lines = select(Outbox).where(
        Outbox.kind == row.__kind__, Outbox.record == row.rid, Outbox.state != "acked"
    )
    waiting = reader.session.scalars(lines.order_by(Outbox.id.desc()).limit(1)).first()
    if waiting is None:
        return "平台已收到", True
    if waiting.state in ("quarantined", "conflict"):
        return f"没有上传：{waiting.words or '请看同步中心'}", False
    return "待上传", True


def _why_not(reader: Reader, row: ReferralDocument) -> str:
    """A document another station kept: its bytes come by themselves."""
    url = url_of(file_of(House.of(reader.settings), row.sha256, PDF).rid)
    found = files_of(reader, FilesOf((url,))).get(url)
    return found.words if found is not None and found.words else "还在下载"
