"""What hospital and platform create themselves carries no tag of ours: it is asked for by resident, and only kept."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.ids import named
from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.fhir import House, rid_of
from app.fhir.identity import INSTITUTION
from app.fhir.part import FOREIGN, Followed
from app.registry import FOLLOWED
from app.sync.line import Line
from app.sync.pull.naming import name_foreign
from app.sync.pull.pages import Parameters, Unanswered, row_of, walk
from db.models import Remote

TYPES = ("ServiceRequest", "DocumentReference", "MedicationRequest", "Communication")
TASK = "Task"
MOST = 50
"""Resources of one type of one resident: more is not what a stay in hospital brings."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ids(Question[dict[tuple[str, UUID], str]]):
    """The server's ids of some resources."""

    wanted: tuple[tuple[str, UUID], ...]


@dataclass(frozen=True)
class KeepForeign(Order[int]):
    """Keep what others wrote of a resident as it is; says how much of it is new."""

    followed: Followed
    bodies: tuple[dict[str, Any], ...]


@answers(Ids)
def ids(reader: Reader, question: Ids) -> dict[tuple[str, UUID], str]:
    rids = [rid for _, rid in question.wanted]
    rows = reader.session.execute(
        select(Remote.type, Remote.rid, Remote.server_id).where(Remote.rid.in_(rids))
    )
    found = {(type_, rid): server_id for type_, rid, server_id in rows}
    return {one: found[one] for one in question.wanted if one in found}


@performs(KeepForeign)
def keep_foreign(unit: Unit, order: KeepForeign) -> int:
    new = sum(_keep(unit, order.followed.resident, body) for body in order.bodies)
    if new:
        unit.tell("referral", order.followed.record)
    return new


def _keep(unit: Unit, resident: UUID, body: dict[str, Any]) -> bool:
    type_, row = str(body["resourceType"]), row_of(body)
    rid = named(unit.settings.institution_id, FOREIGN, type_, row.id)
    kept = unit.session.scalar(select(Remote).where(Remote.type == type_, Remote.server_id == row.id))
    if kept is not None and (kept.kind != FOREIGN or kept.version == row.version):
        return False
    if kept is None:
        kept = Remote(
            type=type_, rid=rid, kind=FOREIGN, record=resident, revision=0, station="", server_id=row.id, body={},
            received_at=unit.now,
        )  # fmt: skip
        unit.session.add(kept)
    kept.body = name_foreign(unit, body, resident)
    kept.version, kept.updated_at, kept.received_at = row.version, row.updated_at, unit.now
    unit.session.flush()
    return True


async def pull_foreign(line: Line) -> int:
    """What the hospitals of those with an open referral wrote. A question the platform does not know costs nothing."""
    followed = {one.resident: one for one in await line.ask(FOLLOWED())}
    if not followed:
        return 0
    house = line.house.institution
    about = ([("Patient", one.resident), ("ServiceRequest", one.record)] for one in followed.values())
    known = await line.ask(Ids((("Organization", house), *(one for some in about for one in some))))
    found: dict[UUID, list[dict[str, Any]]] = {}
    patients = {known["Patient", rid]: one for rid, one in followed.items() if ("Patient", rid) in known}
    for server_id, one in patients.items():
        for type_ in TYPES:
            asked = [("subject", f"Patient/{server_id}")]
            found.setdefault(one.resident, []).extend(
                [body async for body in _theirs(line, type_, asked, one.since)]
            )
    if ours := known.get(("Organization", house)):
        since = min(one.since for one in followed.values())
        meant = {f"Patient/{server_id}": one for server_id, one in patients.items()}
        meant |= {
            f"ServiceRequest/{known['ServiceRequest', one.record]}": one
            for one in followed.values()
            if ("ServiceRequest", one.record) in known
        }
        async for body in _theirs(line, TASK, [("owner", f"Organization/{ours}")], since):
            if one_of := next((meant[said] for said in _about(body) if said in meant), None):
                found.setdefault(one_of.resident, []).append(body)
    return sum(
        [await line.do(KeepForeign(followed[rid], tuple(some))) for rid, some in found.items() if some]
    )


async def _theirs(
    line: Line, type_: str, asked: Parameters, since: datetime
) -> AsyncIterator[dict[str, Any]]:
    """Resources of a type that are none of ours."""
    left = MOST
    try:
        async for page in walk(line.wire, type_, asked, since):
            for body in _strangers(line.house, (row.body for row in page.rows)):
                yield body
                left -= 1
                if not left:
                    return
    except Unanswered as no:
        _log.info("foreign resources: %s", no.words)


def _strangers(house: House, bodies: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    mine = (INSTITUTION, str(house.institution))
    for body in bodies:
        tags = {(one.get("system"), one.get("code")) for one in (body.get("meta") or {}).get("tag") or []}
        if mine not in tags and rid_of(house, body) is None:
            yield body


def _about(body: dict[str, Any]) -> Iterator[str]:
    """Whom and what a Task names, whether by address or not: `Patient/5`, `ServiceRequest/7`."""
    for key in ("for", "focus"):
        named_ = body.get(key)
        parts = str(named_.get("reference") or "").split("/") if isinstance(named_, dict) else []
        if "_history" in parts:
            parts = parts[: parts.index("_history")]
        if len(parts) >= 2:
            yield "/".join(parts[-2:])
