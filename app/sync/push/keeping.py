"""Orders of push: what crashed is unknown, what goes is on its way, what was confirmed is kept with its receipt.

Bare SQL for many rows at once: this is the hot path of a first upload.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.core.orders import Order, performs
from app.core.unit import Unit
from app.fhir import Mapper, Ref, Revision
from app.sync import marks
from app.sync.push.bodies import digest
from app.sync.push.queue import own_pieces
from app.sync.push.rows import ACKED, SENDING, UNKNOWN, Departure, Fate, Receipt, Theirs
from db.base import to_number
from db.models import Outbox, Remote


@dataclass(frozen=True)
class Settle(Order[int]):
    """What was on its way when the program ended has an unknown outcome. Returns how many."""


@dataclass(frozen=True)
class Depart(Order[frozenset[int]]):
    """These rows go out now; durable before the request. Returns those that do: one edited since stays here."""

    rows: tuple[Departure, ...]


@dataclass(frozen=True)
class Confirm(Order[None]):
    """Receipts of resources, and the rows that are complete with them. `tell`: whether screens hear of it now.

    `superseded`: rows put aside earlier whose record got there with a newer revision.
    """

    receipts: tuple[Receipt, ...]
    acked: tuple[int, ...]
    superseded: tuple[int, ...] = ()
    tell: bool = True


@dataclass(frozen=True)
class Decide(Order[None]):
    """What becomes of rows that were not confirmed, and the bodies that stand there against ours."""

    fates: tuple[Fate, ...]
    theirs: tuple[Theirs, ...] = ()


@dataclass(frozen=True)
class QueueMade(Order[int]):
    """Records without a table are sent when they say something new. Returns how many were queued."""

    records: tuple[tuple[str, UUID], ...]
    mappers: Mapping[str, Mapper]


@dataclass(frozen=True)
class Adopt(Order[None]):
    """Of two resources for one record this is the one from now on; pull takes in what it says besides."""

    ref: Ref
    body: dict[str, Any]


@dataclass(frozen=True)
class KeepIdentity(Order[None]):
    """How resources of a type are found again on this server: identifier or tag."""

    type: str
    key: str


@performs(Settle)
def settle(unit: Unit, _order: Settle) -> int:
    words = "上次没等到回答，正在核对是否已收，不会重发。"
    statement = (
        update(Outbox)
        .where(Outbox.state == SENDING)
        .values(state=UNKNOWN, words=words, next_at=unit.now, looked=0)
        .execution_options(synchronize_session=False)
    )
    settled: int = unit.session.connection().execute(statement).rowcount
    if settled:
        _tell(unit)
    return settled


_DEPART = (
    "UPDATE outbox SET state = 'sending', body_hash = ?, tried_at = ?, attempt = attempt + 1, words = NULL"
    " WHERE id = ? AND revision = ? AND state IN ('pending', 'unknown', 'sending')"
)


@performs(Depart)
def depart(unit: Unit, order: Depart) -> frozenset[int]:
    run, now = unit.session.connection().exec_driver_sql, to_number(unit.now)
    ids = [row.id for row in order.rows]
    if run(_DEPART, [(row.digest, now, row.id, row.revision) for row in order.rows]).rowcount == len(ids):
        return frozenset(ids)
    asked = {(row.id, row.revision) for row in order.rows}
    statement = select(Outbox.id, Outbox.revision).where(Outbox.id.in_(ids), Outbox.state == SENDING)
    return frozenset(row[0] for row in unit.session.execute(statement) if tuple(row) in asked)


_KEEP = (
    "INSERT INTO remote (type, rid, kind, record, revision, station, server_id, body, received_at, version, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (type, rid) DO UPDATE SET kind = excluded.kind,"
    " record = excluded.record, revision = excluded.revision, station = excluded.station,"
    " server_id = excluded.server_id, body = excluded.body, received_at = excluded.received_at,"
    " version = excluded.version, updated_at = excluded.updated_at, theirs = NULL, words = NULL"
)
_ACK = "UPDATE outbox SET state = 'acked', acked_at = ?, words = NULL, next_at = NULL WHERE id = ?"

_SUPERSEDE = (
    "UPDATE outbox SET state = 'acked', acked_at = ?, words = '这一版没有单独上传，已由后一版代替。', next_at = NULL"
    " WHERE id = ? AND state = 'quarantined'"
)


@performs(Confirm)
def confirm(unit: Unit, order: Confirm) -> None:
    run, now = unit.session.connection().exec_driver_sql, to_number(unit.now)
    if order.receipts:
        run(_KEEP, [_kept(one, now) for one in order.receipts])
    if order.acked:
        run(_ACK, [(now, row) for row in order.acked])
    if order.superseded:
        run(_SUPERSEDE, [(now, row) for row in order.superseded])
    if order.tell:
        _tell(unit)


def _kept(one: Receipt, now: int) -> tuple[Any, ...]:
    asked = one.revision
    record = (asked.kind, asked.record.bytes, asked.revision, asked.station)
    updated = None if one.updated_at is None else to_number(one.updated_at)
    return (
        one.ref.type, one.ref.rid.bytes, *record, one.server_id, one.text.decode(), now, one.version, updated
    )  # fmt: skip


_DECIDE = "UPDATE outbox SET state = ?, words = ?, next_at = ?, looked = ? WHERE id = ? AND state <> 'acked'"


@performs(Decide)
def decide(unit: Unit, order: Decide) -> None:
    run = unit.session.connection().exec_driver_sql
    rows = [
        (
            fate.state,
            fate.words,
            None if fate.next_at is None else to_number(fate.next_at),
            fate.looked,
            fate.id,
        )
        for fate in order.fates
    ]
    if rows:
        run(_DECIDE, rows)
    for one in order.theirs:
        row = unit.session.get(Remote, (one.ref.type, one.ref.rid))
        if row is not None:
            row.theirs = one.body
    _tell(unit)


@performs(QueueMade)
def queue_made(unit: Unit, order: QueueMade) -> int:
    """Compared with what was last queued, not with what the server made of it: that may differ for ever."""
    return sum(_queue_made(unit, order.mappers[kind], kind, rid) for kind, rid in order.records)


def _queue_made(unit: Unit, mapper: Mapper, kind: str, rid: UUID) -> bool:
    statement = (
        select(Outbox).where(Outbox.kind == kind, Outbox.record == rid).order_by(Outbox.revision.desc())
    )
    last = unit.session.scalars(statement.limit(1)).first()
    revision = last.revision if last else 1
    pieces = own_pieces(unit, mapper, Revision(kind, rid, revision, unit.station))
    if pieces is None or (
        last and (last.state not in (ACKED, "quarantined") or last.body_hash == digest(pieces))
    ):
        return False
    fresh = Outbox(
        kind=kind,
        record=rid,
        revision=revision + 1 if last else 1,
        station=unit.station,
        created_at=unit.now,
        body_hash=digest(pieces),  # what stands there already is confirmed without ever going out
    )
    unit.session.add(fresh)
    return True


@performs(Adopt)
def adopt(unit: Unit, order: Adopt) -> None:
    row = unit.session.get(Remote, (order.ref.type, order.ref.rid))
    if row is not None and row.server_id != order.body["id"]:
        row.server_id, row.version = str(order.body["id"]), None


@performs(KeepIdentity)
def keep_identity(unit: Unit, order: KeepIdentity) -> None:
    marks.write(unit.session, f"identity/{order.type}", {"key": order.key})


def _tell(unit: Unit) -> None:
    unit.tell("sync", unit.settings.institution_id)
