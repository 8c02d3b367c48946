"""Times that are taken on some dates: residents away, therapists off, rounds and meals, days rehab is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from app.care.rules import Hours, clock_words
from app.care.spans import absences_of
from app.core.unit import Reader
from app.rehab.day import rehab_day
from app.rehab.rules.conflicts import Taken
from app.residents.rules.stays import ABSENCES
from db.models import TherapistTime

_OFFS = select(
    TherapistTime.rid, TherapistTime.revision, TherapistTime.staff, TherapistTime.words, TherapistTime.begins,
    TherapistTime.ends, TherapistTime.weekday, TherapistTime.until,
).where(
    TherapistTime.current,
    TherapistTime.state != "retracted",
    TherapistTime.begins < bindparam("after"),
    or_(TherapistTime.weekday.is_not(None), TherapistTime.ends > bindparam("first")),
)  # fmt: skip


@dataclass(frozen=True)
class Off:
    """A time at which a therapist is not there; `weekly`: it comes every week, this is one of them."""

    rid: UUID
    revision: int
    staff: UUID
    words: str
    begins: datetime
    ends: datetime
    weekly: bool

    @property
    def taken(self) -> Taken:
        return Taken("off", self.staff, self.begins, self.ends, self.words)


def taken_of(
    reader: Reader,
    residents: Collection[UUID] | None,
    days: Sequence[date],
    hours: Hours,
    offs: Iterable[Off] | None = None,
) -> tuple[Taken, ...]:
    """Everything that is taken between the first and the last of these dates; `offs` where they are known already."""
    first, after = hours.moment(min(days), 0), hours.moment(max(days), 24 * 60)
    found = [
        Taken("away", resident, max(span.since or first, first), min(span.until or after, after), words)
        for resident, spans in absences_of(reader, residents).items()
        for span in spans
        if (words := ABSENCES.get(span.what, span.what))
        and (span.since is None or span.since < after)
        and (span.until is None or span.until > first)
    ]
    off = offs_of(reader, days, hours) if offs is None else offs
    return (*found, *(one.taken for one in off), *_every_day(days, hours))


def offs_of(reader: Reader, days: Sequence[date], hours: Hours) -> Iterator[Off]:
    """When therapists are not there on these dates."""
    first, after = hours.moment(min(days), 0), hours.moment(max(days), 24 * 60)
    for row in reader.session.execute(_OFFS, {"first": first, "after": after}):
        rid, revision, staff, words, begins, ends, weekday, until = row
        if weekday is None:
            yield Off(rid, revision, staff, words, begins, ends, weekly=False)
            continue
        wall = hours.wall(begins)
        lasts = min(ends - begins, timedelta(days=1))
        for day in days:
            over = until is not None and day > until
            if day.isoweekday() == weekday and day >= wall.date() and not over:
                since = hours.moment(day, wall.hour * 60 + wall.minute)
                yield Off(rid, revision, staff, words, since, since + lasts, weekly=True)


def _every_day(days: Sequence[date], hours: Hours) -> Iterator[Taken]:
    day_of = rehab_day()
    for day in days:
        if day.isoweekday() not in day_of.open_days:
            yield Taken("closed", None, hours.moment(day, 0), hours.moment(day, 24 * 60), "休息日")
        for busy in day_of.busy:
            begins, ends = hours.moment(day, busy.begins), hours.moment(day, busy.ends)
            yield Taken(
                "busy",
                None,
                begins,
                ends,
                f"{busy.words} {clock_words(busy.begins)}–{clock_words(busy.ends)}",
            )
