"""Times that are taken on some dates: a therapist's time off, leave and hospital, meals and rounds, closed days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from app.care.derived import hours_of
from app.care.rules import DAY, Hours
from app.care.spans import absences_of
from app.core.unit import Reader
from app.rehab.day import rehab_day
from app.rehab.rules.conflicts import Taken
from db.models import TherapistTime

AWAY = {"leave": "外出", "hospital": "住院"}
_OFFS = select(
    TherapistTime.rid, TherapistTime.revision, TherapistTime.staff, TherapistTime.words, TherapistTime.begins,
    TherapistTime.ends, TherapistTime.weekday, TherapistTime.until,
).where(
    TherapistTime.current,
    TherapistTime.state != "retracted",
    TherapistTime.begins < bindparam("ends"),
    or_(TherapistTime.ends > bindparam("begins"), TherapistTime.weekday.is_not(None)),
)  # fmt: skip


@dataclass(frozen=True)
class Off:
    """A time at which a therapist is not there, on one date of those asked for; `weekly`: it comes every week."""

    rid: UUID
    revision: int
    staff: UUID
    words: str
    day: date
    begins: datetime
    ends: datetime
    weekly: bool

    @property
    def taken(self) -> Taken:
        return Taken("off", self.staff, self.begins, self.ends, self.words)


def offs_of(reader: Reader, days: Sequence[date]) -> list[Off]:
    """Every time off on these dates, cut at midnight, by therapist and time."""
    hours = hours_of(reader)
    first, last = hours.moment(min(days), 0), hours.moment(max(days), DAY)
    found: list[Off] = []
    for row in reader.session.execute(_OFFS, {"begins": first, "ends": last}):
        for day, begins, ends in _on(row, days, hours):
            weekly = row.weekday is not None
            found.append(Off(row.rid, row.revision, row.staff, row.words, day, begins, ends, weekly))
    return sorted(found, key=lambda one: (one.staff, one.begins))


def taken_of(reader: Reader, days: Sequence[date], offs: Iterable[Off]) -> tuple[Taken, ...]:
    """Every time that is taken on these dates, of whomever."""
    return (*(one.taken for one in offs), *_away(reader, days), *_of_the_day(days, hours_of(reader)))


def _on(
    row: tuple[UUID, int, UUID, str, datetime, datetime, int | None, date | None],
    days: Sequence[date],
    hours: Hours,
) -> Iterator[tuple[date, datetime, datetime]]:
    *_rest, begins, ends, weekday, until = row
    first, last = hours.wall(begins), hours.wall(ends)
    for day in days:
        midnight, next_one = hours.moment(day, 0), hours.moment(day, DAY)
        if weekday is None:
            if begins < next_one and midnight < ends:
                yield day, max(begins, midnight), min(ends, next_one)
        elif day.isoweekday() == weekday and first.date() <= day and (until is None or day <= until):
            opens, closes = first.hour * 60 + first.minute, last.hour * 60 + last.minute
            yield day, hours.moment(day, opens), hours.moment(day, closes or DAY)


def _away(reader: Reader, days: Sequence[date]) -> Iterator[Taken]:
    hours = hours_of(reader)
    first, last = hours.moment(min(days), 0), hours.moment(max(days), DAY)
    for resident, spans in absences_of(reader, None).items():
        for span in spans:
            begins, ends = span.since or first, span.until or last
            if begins < last and first < ends:
                yield Taken(
                    "away", resident, max(begins, first), min(ends, last), AWAY.get(span.what, "外出")
                )


def _of_the_day(days: Sequence[date], hours: Hours) -> Iterator[Taken]:
    """What stands in everybody's way: meals, rounds, the hours before and after the board's, closed days."""
    board = rehab_day()
    for day in days:
        if day.isoweekday() not in board.open_days:
            yield Taken("closed", None, hours.moment(day, 0), hours.moment(day, DAY), "休息日")
            continue
        for begins, ends in ((0, board.begins), (board.ends, DAY)):
            yield Taken("closed", None, hours.moment(day, begins), hours.moment(day, ends), "康复时间以外")
        for busy in board.busy:
            yield Taken(
                "busy", None, hours.moment(day, busy.begins), hours.moment(day, busy.ends), busy.words
            )
