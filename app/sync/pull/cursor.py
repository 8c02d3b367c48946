"""How far a type has been pulled: the mark kept between two rounds, on the platform's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core.orders import Question, answers
from app.core.unit import Reader
from db.models import SyncMark

OVERLAP = timedelta(minutes=10)
"""Rows may appear behind a cursor that has passed (seen: 5 s, in 400 of 400); so far back every walk begins."""
SLACK = timedelta(minutes=20)
"""By so much the clock in the server's answers may be ahead of the one in its rows."""


@dataclass(frozen=True)
class Cursor:
    """Everything of `type` up to `until` has been seen."""

    type: str
    until: datetime

    @property
    def begin(self) -> datetime:
        """Where the next walk begins."""
        return self.until - OVERLAP


def key(type_: str) -> str:
    """The name of the mark."""
    return f"cursor/{type_}"


def read(session: Session, type_: str) -> Cursor | None:
    """The cursor of a type; None if it was never pulled to its end."""
    mark = session.get(SyncMark, key(type_))
    return None if mark is None else Cursor(type_, datetime.fromisoformat(str(mark.value["until"])))


def keep(session: Session, cursor: Cursor) -> None:
    """Write it, in the transaction of the page it belongs to."""
    value: dict[str, Any] = {"until": cursor.until.isoformat(timespec="milliseconds")}
    mark = session.get(SyncMark, key(cursor.type))
    if mark is None:
        session.add(SyncMark(key=key(cursor.type), value=value))
    else:
        mark.value = value


def moved(
    type_: str, before: Cursor | None, newest: datetime | None, clock: datetime | None
) -> Cursor | None:
    """Where the cursor stands after a whole walk.

    `newest`: the last row seen. `clock`: the server's time when the walk began; without it a quiet hour after a large
    upload would be fetched again and again.
    """
    candidates = [newest, None if clock is None else clock - SLACK, None if before is None else before.until]
    known = [one for one in candidates if one is not None]
    return Cursor(type_, max(known)) if known else None


@dataclass(frozen=True)
class CursorOf(Question[Cursor | None]):
    """How far a type was pulled."""

    type: str


@answers(CursorOf)
def cursor_of(reader: Reader, question: CursorOf) -> Cursor | None:
    return read(reader.session, question.type)
