"""When residents were in the house, and when they were away: the times no care, and no medicine, was due in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from app.care.rules import Hours
from app.core.unit import Reader
from db.models import Absence, Stay


@dataclass(frozen=True)
class Span:
    """A time of a resident, `until` None while it lasts; of an absence `what` is leave or hospital, `rid` names it."""

    since: datetime | None
    until: datetime | None
    what: str = ""
    rid: UUID | None = None

    def covers(self, moment: datetime) -> bool:
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


def stays_of(reader: Reader, residents: Collection[UUID] | None, hours: Hours) -> dict[UUID, list[Span]]:
    """When each was a resident: an ended stay ends with its last step if that is known, else with its last day."""
    found: dict[UUID, list[Span]] = defaultdict(list)
    for resident, begins, ends, at in rows_of(reader, _STAYS, residents):
        since = None if begins is None else hours.moment(begins, 0)
        until = None if ends is None else hours.moment(ends, 24 * 60)
        if until is not None and hours.moment(ends, 0) <= at < until:
            until = at
        found[resident].append(Span(since, until))
    return found


def absences_of(reader: Reader, residents: Collection[UUID] | None) -> dict[UUID, list[Span]]:
    """Every time away of each."""
    found: dict[UUID, list[Span]] = defaultdict(list)
    for resident, begins, ends, code, rid in rows_of(reader, _ABSENCES, residents):
        found[resident].append(Span(begins, ends, code, rid))
    return found


@dataclass(frozen=True)
class Asked:
    """A statement made once, about the whole house and about some residents (parameter `residents`).

    Making a statement anew each time costs more than running it for one resident.
    """

    everybody: Any
    some: Any


def asked(statement: Any, column: Any) -> Asked:
    """Both forms of a statement; `column` says whose a row is."""
    return Asked(statement, statement.where(column.in_(bindparam("residents", expanding=True))))


def rows_of(reader: Reader, what: Asked, residents: Collection[UUID] | None, **values: Any) -> Any:
    """The rows of a statement about some residents, or about the whole house."""
    if residents is None:
        return reader.session.execute(what.everybody, values)
    return reader.session.execute(what.some, values | {"residents": list(residents)})


def whose(statement: Any, column: Any, residents: Collection[UUID] | None) -> Any:
    """A statement about some residents, or about the whole house."""
    return statement if residents is None else statement.where(column.in_(list(residents)))


_STAYS = asked(
    select(Stay.resident, Stay.begins, Stay.ends, Stay.at).where(
        Stay.current, Stay.state != "retracted", Stay.status.in_(("in", "ended"))
    ),
    Stay.resident,
)
_ABSENCES = asked(
    select(Absence.resident, Absence.begins, Absence.ends, Absence.code, Absence.rid).where(
        Absence.current, Absence.state != "retracted"
    ),
    Absence.resident,
)
