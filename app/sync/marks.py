"""What sync remembers between two rounds, as typed values over the table of marks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core.orders import Order, performs
from app.core.unit import Unit
from db.models import SyncMark

STATE, SUCCESS, NEXT, CLOCK, RECONCILE = "state", "success", "next", "clock", "reconcile"
FILES = "files"
"""RECONCILE: while it is there, a restored station compares with the platform before it sends. FILES: how this server
takes files."""
PHASES = ("off", "online", "offline", "refused", "forbidden", "strange", "busy")


@dataclass(frozen=True)
class State:
    """How things stood with the platform at `at`, as confirmed; `words` say why when all is not well."""

    phase: str = "off"
    words: str = ""
    latency_ms: int | None = None
    at: datetime | None = None
    address: str = ""


def read(session: Session, key: str) -> dict[str, Any] | None:
    """The value under a key; None if nothing is remembered."""
    row = session.get(SyncMark, key)
    return None if row is None else row.value


def write(session: Session, key: str, value: dict[str, Any]) -> None:
    """Remember a value under a key."""
    session.merge(SyncMark(key=key, value=value))


def forget(session: Session, key: str) -> None:
    session.execute(delete(SyncMark).where(SyncMark.key == key))


def state(session: Session) -> State:
    """How things stood last; `off` before the first round."""
    found = read(session, STATE)
    return State() if found is None else State(**{**found, "at": moment(found.get("at"))})


def stored_state(value: State) -> dict[str, Any]:
    """A state as it is kept."""
    return {**asdict(value), "at": stamp(value.at)}


def success(session: Session) -> datetime | None:
    """When everything that may be sent was confirmed and everything there was pulled, last."""
    return moment((read(session, SUCCESS) or {}).get("at"))


def next_try(session: Session) -> datetime | None:
    """When the next try is due, if one is planned."""
    return moment((read(session, NEXT) or {}).get("at"))


def identity_key(session: Session, kind: str) -> str | None:
    """How resources of a type are found again there: identifier or tag; None while it was not tried."""
    found = read(session, f"identity/{kind}")
    return None if found is None else str(found["key"])


def cursor(session: Session, kind: str) -> dict[str, Any]:
    """How far a type was pulled; empty before its first complete pull."""
    return read(session, f"cursor/{kind}") or {}


def moment(text: str | None) -> datetime | None:
    """An instant as marks keep it."""
    return datetime.fromisoformat(text) if text else None


def stamp(instant: datetime | None) -> str | None:
    """An instant for a mark."""
    return None if instant is None else instant.isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class KeepMarks(Order[None]):
    """Remember values under their keys; None forgets one. Screens hear of it."""

    marks: dict[str, dict[str, Any] | None]


@performs(KeepMarks)
def keep_marks(unit: Unit, order: KeepMarks) -> None:
    for key, value in order.marks.items():
        if value is None:
            forget(unit.session, key)
        else:
            write(unit.session, key, value)
    unit.tell("sync", unit.settings.institution_id)
