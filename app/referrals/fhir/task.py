"""How a referral stands as Task: what we say of it, and the hospital's answer, which becomes a move here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.ids import named
from app.core.roles import PLATFORM
from app.core.unit import Unit
from app.fhir import KIND, Arrival, House, Part, local
from app.fhir.carried import Hand, Whence, whence
from app.fhir.carrying import REVISION, stamp
from app.fhir.coding import code_in, coded, text_of, words
from app.fhir.elements import extension, filled
from app.fhir.translation import envelope, framed
from app.referrals.fhir.guarded import listed, organisation
from app.referrals.moving.move import last_at, line_of, minute, standing_moves, standing_of
from app.referrals.rules.platform import TASK, behind, move_of
from app.referrals.rules.states import Status
from db.base import to_number
from db.models import Referral

BUSINESS, REFERRAL = "urn:carestation:referral-status", "urn:carestation:referral"
BOOKING, RECEIVER = "booking", "receiver"
_OUTPUT = "urn:carestation:referral-output"
OWNED = frozenset(
    {
        "identifier", "extension", "status", "statusReason", "businessStatus", "intent", "priority", "code",
        "description", "focus", "for", "authoredOn", "lastModified", "requester", "owner", "reasonCode", "restriction",
    }
)  # fmt: skip
PRIORITIES = {"emergency": "stat", "h48": "urgent", "elective": "routine"}
_SENT = frozenset({Status.SUBMITTED, Status.DEPARTED})


def task_rid(referral: UUID) -> UUID:
    """The identity of a referral's Task: the same at every station."""
    return named(referral, "task")


def is_told(row: Referral) -> bool:
    """Whether this revision says something new of the state: a move, one that was struck, or whose place was settled
    between two stations, once it was sent.

    A revision that only adds to it leaves the Task alone: the hospital's answer may stand there by now.
    """
    lines = [one for one in listed(row.moves, "all") if isinstance(one, dict)]
    if not any(one.get("to") in _SENT for one in lines):
        return False
    written = to_number(row.recorded_at)
    struck = (one["taken_back"] for one in lines if isinstance(one.get("taken_back"), dict))
    instants = [one.get(key) for one in lines for key in ("recorded_at", "settled_at")]
    instants += [one.get("at") for one in struck]
    return row.state == "retracted" or written in {_number(one) for one in instants}


def _number(instant: Any) -> int | None:
    try:
        return to_number(datetime.fromisoformat(str(instant)))
    except ValueError:
        return None


def task(house: House, row: Referral) -> Part:
    """The Task of a revision that moved."""
    ours, rid = TASK[Status(row.status)], task_rid(row.rid)
    stands = standing_moves(row)
    why = words(stands[-1].get("reason") or "") if stands else ""
    last = last_at(row)
    elements = filled(
        extension=extension(KIND, "Code", "referral"),
        status="entered-in-error" if row.state == "retracted" else ours,
        statusReason=filled(text=why),
        businessStatus=coded(BUSINESS, row.status, Status(row.status).words),
        intent="order",
        priority=PRIORITIES[row.urgency],
        code=coded(REFERRAL, "referral", "转诊"),
        description=words(row.impression),
        focus=local("ServiceRequest", row.rid),
        authoredOn=stamp(house, row.at),
        lastModified=stamp(house, max(last or row.at, row.at)),
        requester=local("Organization", house.institution),
        owner=organisation(row.partner, row.partner_words),
        restriction={"period": {"end": stamp(house, row.due)}} if row.due else {},
        **{"for": local("Patient", row.resident)},
    )
    body = framed(house, "Task", rid, envelope(row), elements)
    marks = frozenset({KIND, REVISION, house.system})
    return Part("Task", rid, body, OWNED, marks, answers=lambda theirs: _overtaken(theirs, ours))


def _overtaken(theirs: dict[str, Any], ours: str) -> bool:
    """The hospital's answer came when the person had left already: what is further along stands."""
    return behind(str(theirs.get("status")), ours)


def stated(body: dict[str, Any] | None) -> tuple[str, str]:
    """Status and business status of a Task."""
    said = body or {}
    return str(said.get("status", "")), code_in(said.get("businessStatus"), BUSINESS)


def answered(unit: Unit, arrival: Arrival, row: Referral) -> tuple[Whence, dict[str, Any]] | None:
    """The revision that the hospital's answer is: who says it and the columns that change; None if it is no move."""
    to = move_of(*stated(arrival.body), standing_of(row))
    if to is None:
        return None
    seen = arrival.updated_at or unit.now
    when = max(filter(None, (min(minute(seen), minute(unit.now)), last_at(row))))
    why = text_of(arrival.body.get("statusReason"))
    if not why and to in (Status.DECLINED, Status.NO_SHOW):
        why = "对方没有写原因"
    by = whence(unit, arrival, Hand.FOREIGN, (row.revision, row.at))
    by = replace(by, rid=row.rid, reason=f"区平台：{to.words}{f'（{why}）' if why else ''}"[:200])
    line = line_of(row, to, when, why) | {
        "recorded_at": by.recorded_at.isoformat(), "by": str(PLATFORM.rid), "by_name": "区平台", "source": "platform",
    }  # fmt: skip
    return by, {**_brought(arrival.body, row, to, when), "status": to.value, "moves": _with(row, line)}


def _with(row: Referral, line: dict[str, Any]) -> dict[str, Any]:
    return {"all": [*row.moves.get("all", ()), line]}


def _brought(body: dict[str, Any], row: Referral, to: Status, when: datetime) -> dict[str, Any]:
    """What comes with the answer: a booking, who receives, and the times of the way."""
    found: dict[str, Any] = {}
    for key in (BOOKING, RECEIVER):
        if said := _output(body, key):
            found[key] = said
    if to in (Status.ACCEPTED, Status.DECLINED, Status.NO_SHOW):
        found["due"] = None
    time = {Status.ARRIVED: "arrived", Status.TREATING: "taken_over"}.get(to)
    if time and not row.times.get(time):
        found["times"] = {**row.times, time: when.isoformat()}
    if to is Status.TREATING and not row.care:
        found["care"] = "inpatient"
    return found


def _output(body: dict[str, Any], key: str) -> str:
    for one in body.get("output") or []:
        if isinstance(one, dict) and code_in(one.get("type"), _OUTPUT) == key:
            return words(one.get("valueString") or "")[:60]
    return ""
