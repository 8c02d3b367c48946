"""Puts outbox, remote and marks into the states the engine leaves them in, for tests and pictures of screens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.compose import Station
from app.core.unit import Unit
from app.sync import marks
from app.sync.marks import KeepMarks, State
from db.models import Outbox, Remote
from tests.support.acts import Act

HOST = "fhir.qu-yiyang.example"
ADDRESS = f"https://{HOST}/r4"


def stands(
    station: Station, phase: str, words: str = "", *, success: datetime | None = None, again: float = 0
) -> None:
    """How the last round ended. `again`: seconds until the next try."""
    now = station.clock.now()
    state = State(phase, words, 38 if phase == "online" else None, now, HOST)
    kept: dict[str, dict[str, Any] | None] = {marks.STATE: marks.stored_state(state)}
    kept[marks.SUCCESS] = {"at": marks.stamp(success)} if success else None
    kept[marks.NEXT] = {"at": marks.stamp(now + timedelta(seconds=again))} if again else None
    station.desk.do_now(KeepMarks(kept))


def put(station: Station, kind: str, record: UUID, state: str, **columns: Any) -> int:
    """Put the newest outbox row of a record into a state; its number."""

    def work(unit: Unit) -> int:
        newest = select(Outbox.id).where(Outbox.kind == kind, Outbox.record == record)
        row: int = unit.session.scalars(newest.order_by(Outbox.id.desc()).limit(1)).one()
        unit.session.execute(update(Outbox).where(Outbox.id == row).values(state=state, **columns))
        _tell(unit)
        return row

    number: int = station.desk.do_now(Act(work))
    return number


def put_all(station: Station, state: str, *, kind: str = "", **columns: Any) -> None:
    """As `put`, for every row (of a kind)."""

    def work(unit: Unit) -> None:
        statement = update(Outbox).values(state=state, **columns)
        unit.session.execute(statement.where(Outbox.kind == kind) if kind else statement)
        _tell(unit)

    station.desk.do_now(Act(work))


def receipt(
    station: Station, kind: str, record: UUID, address: str, version: str | None = "1", **columns: Any
) -> None:
    """The newest revision of a record was confirmed under an id (`Patient/17`) and a version."""

    def work(unit: Unit) -> None:
        newest = select(Outbox).where(Outbox.kind == kind, Outbox.record == record)
        row = unit.session.scalars(newest.order_by(Outbox.id.desc()).limit(1)).one()
        type_, _, server_id = address.partition("/")
        at = columns.pop("received_at", unit.now)
        unit.session.add(
            Remote(
                type=type_,
                rid=columns.pop("rid", record),
                kind=kind,
                record=record,
                revision=row.revision,
                station=row.station,
                server_id=server_id,
                version=version,
                body=columns.pop("body", {"resourceType": type_}),
                received_at=at,
                **columns,
            )
        )
        if row.state != "conflict":
            row.state, row.acked_at, row.tried_at, row.attempt, row.words = "acked", at, at, 1, None
        _tell(unit)

    station.desk.do_now(Act(work))


def _tell(unit: Unit) -> None:
    unit.tell("sync", unit.settings.institution_id)
