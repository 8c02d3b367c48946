"""When residents were in the house, and when they were away: the times no care, and no medicine, was due in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.care.rules import Hours
from app.core.unit import Reader
from db.models import Absence, Stay


@dataclass(frozen=True)
class Span:
    """A time of a resident, `until` None while it lasts; `what` of an absence is leave or hospital."""

    since: datetime | None
    until: datetime | None
    what: str = ""

    def covers(self, moment: datetime) -> bool:
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


def stays_of(reader: Reader, residents: Collection[UUID] | None, hours: Hours) -> dict[UUID, list[Span]]:
    """When each was a resident: an ended stay ends with its last step if that is known, else with its last day."""
    statement = whose(select(Stay.resident, Stay.begins, Stay.ends, Stay.at), Stay.resident, residents).where(
        Stay.current, Stay.state != "retracted", Stay.status.in_(("in", "ended"))
    )
    found: dict[UUID, list[Span]] = defaultdict(list)
    for row in reader.session.execute(statement):
        since = None if row.begins is None else hours.moment(row.begins, 0)
        until = None if row.ends is None else hours.moment(row.ends, 24 * 60)
        if until is not None and hours.moment(row.ends, 0) <= row.at < until:
            until = row.at
        found[row.resident].append(Span(since, until))
    return found


def absences_of(reader: Reader, residents: Collection[UUID] | None) -> dict[UUID, list[Span]]:
    """Every time away of each."""
    statement = whose(
        select(Absence.resident, Absence.begins, Absence.ends, Absence.code), Absence.resident, residents
    ).where(Absence.current, Absence.state != "retracted")
    found: dict[UUID, list[Span]] = defaultdict(list)
    for row in reader.session.execute(statement):
        found[row.resident].append(Span(row.begins, row.ends, row.code))
    return found


def whose(statement: Any, column: Any, residents: Collection[UUID] | None) -> Any:
    """A statement about some residents, or about the whole house."""
    return statement if residents is None else statement.where(column.in_(list(residents)))
