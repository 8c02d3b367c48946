"""What the hospital wrote at the platform of somebody who was referred: read-only, to be taken over into a return."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.ids import named
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.rules.listed import Listed
from app.referrals.coming_back.paper_files import PaperFile, files_by_url, files_in, urls_of
from app.referrals.rules.platform import SHOWN, TASK, differs
from app.referrals.rules.states import Status
from db.models import Referral, Remote

FOREIGN = "foreign"
PAPER = "文书"
_STATUS = "urn:carestation:referral-status"
TITLES = {
    "DocumentReference": PAPER, "MedicationRequest": "带药", "ServiceRequest": "申请", "Communication": "消息",
    "Task": "办理",
}  # fmt: skip
_STOPPED = frozenset({"stopped", "cancelled", "entered-in-error"})
_LONGEST = 800


@dataclass(frozen=True)
class Written:
    """One thing another program wrote. `kind`: as a nurse calls it; `text`: what can be read of it; `files`: what it
    names beside that."""

    kind: str
    title: str
    text: str
    at: datetime | None
    files: tuple[PaperFile, ...] = ()


@dataclass(frozen=True)
class Brought:
    """`state`: what the platform says of the referral where it is not what stands here, in words; else empty.

    `papers`: everything that was written, the newest first. `medicines`: the discharge medicines as lines of a list.
    """

    state: str = ""
    papers: tuple[Written, ...] = ()
    medicines: tuple[Listed, ...] = ()


@dataclass(frozen=True)
class FromPlatform(Question[Brought]):
    """What came from the platform with one referral."""

    referral: UUID


@dataclass(frozen=True)
class BroughtBy(Question[Brought]):
    """The same by the time in hospital the referral began; nothing where there was no referral."""

    absence: UUID


@answers(BroughtBy)
def brought_by(reader: Reader, question: BroughtBy) -> Brought:
    asked = select(Referral.rid).where(
        Referral.absence == question.absence, Referral.current, Referral.state != "retracted"
    )
    rid = reader.session.scalar(asked.limit(1))
    return Brought() if rid is None else from_platform(reader, FromPlatform(rid))


@answers(FromPlatform)
def from_platform(reader: Reader, question: FromPlatform) -> Brought:
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(select(Referral).where(Referral.rid == question.referral, Referral.current))
    if row is None:
        return Brought()
    asked = select(Remote).where(Remote.kind == FOREIGN, Remote.record == row.resident)
    there = list(reader.session.scalars(asked.order_by(Remote.updated_at.desc(), Remote.server_id)))
    papers = _papers(reader, [one for one in there if one.body.get("status") != "entered-in-error"])
    lines = (_line(one.body) for one in reversed(there) if one.type == "MedicationRequest")
    return Brought(state_there(reader, row), papers, tuple(one for one in lines if one is not None))


def state_there(reader: Reader, row: Referral) -> str:
    """平台状态与本站不符: what the hospital says and the machine does not allow; nothing is forced."""
    task = reader.session.get(Remote, ("Task", named(row.rid, "task")))
    if task is None or not task.body or task.revision > row.revision:
        return ""
    status, codes = str(task.body.get("status", "")), _codes(task.body.get("businessStatus"))
    business = codes.get(_STATUS, "")
    ours = (
        business in set(Status) and TASK[Status(business)] == status
    )  # said in our words, and not changed since
    if not differs(status, business, Status(row.status)) or (ours and _said(row, business)):
        return ""
    shown = Status(business).words if ours else SHOWN.get(status, status)
    return f"平台状态与本站不符：平台“{shown}”，本站“{Status(row.status).words}”"


def _said(row: Referral, business: str) -> bool:
    """Whether that stood here before: the next move of ours is still on its way."""
    return business in [one.get("to") for one in row.moves.get("all", ()) if not one.get("taken_back")][:-1]


def _papers(reader: Reader, there: list[Remote]) -> tuple[Written, ...]:
    known = files_by_url(reader, urls_of(one.body for one in there))
    return tuple(replace(_written(one), files=files_in(one.body, known)) for one in there)


def _written(one: Remote) -> Written:
    body = one.body
    texts = list(dict.fromkeys(filter(None, map(str.strip, _texts(body)))))
    title = next(iter(texts), TITLES.get(one.type, one.type))
    return Written(
        TITLES.get(one.type, one.type), title[:80], "\n".join(texts[1:])[:_LONGEST], one.updated_at
    )


def _texts(body: dict[str, Any]) -> Iterator[str]:
    """What a person can read of a body, the shortest name of it first."""
    for key in ("description", "type", "code", "medicationCodeableConcept"):
        yield _text(body.get(key))
    for key in ("reasonCode", "category"):
        yield from map(_text, _list(body, key))
    if body.get("resourceType") == "Task":
        yield SHOWN.get(str(body.get("status")), "")
        yield _text(body.get("businessStatus"))
        yield _text(body.get("statusReason"))
    for key in ("note", "dosageInstruction"):
        yield from (str(one.get("text") or "") for one in _list(body, key))
    yield from (str(one.get("contentString") or "") for one in _list(body, "payload"))
    for one in _list(body, "content"):
        attachment = one.get("attachment") or {}
        yield str(attachment.get("title") or "")
        if str(attachment.get("contentType", "")).startswith("text/plain"):
            yield _decoded(str(attachment.get("data") or ""))


def _line(body: dict[str, Any]) -> Listed | None:
    words = _text(body.get("medicationCodeableConcept")) or str(
        (body.get("medicationReference") or {}).get("display") or ""
    )
    if not words or body.get("status") == "entered-in-error":
        return None
    dosage = next(iter(_list(body, "dosageInstruction")), {})
    dose: dict[str, Any] = (next(iter(_list(dosage, "doseAndRate")), {})).get("doseQuantity") or {}
    amount = f"{dose.get('value', '')}{dose.get('unit', '')}" if dose else ""
    often = next(iter(_codes((dosage.get("timing") or {}).get("code")).values()), "").lower()
    return Listed(
        words[:80], dose=amount[:40], frequency=often[:20], route=_text(dosage.get("route"))[:20],
        note=str(dosage.get("text") or "")[:100], stopped=body.get("status") in _STOPPED,
    )  # fmt: skip


def _list(body: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = body.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _codes(concept: Any) -> dict[str, str]:
    some = _list(concept, "coding") if isinstance(concept, dict) else []
    return {str(one.get("system", "")): str(one.get("code", "")) for one in some}


def _text(said: Any) -> str:
    if isinstance(said, str):
        return said
    if not isinstance(said, dict):
        return ""
    shown = (one.get("display") for one in _list(said, "coding"))
    return str(said.get("text") or next(filter(None, shown), "") or "")


def _decoded(data: str) -> str:
    try:
        return base64.b64decode(data, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
