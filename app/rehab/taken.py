"""Times that are taken on some dates: residents away, therapists off, rounds and meals, days rehab is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from app.care.rules import Hours, clock_words, minute_of
from app.care.spans import absences_of
from app.core.unit import Reader
from app.rehab.day import rehab_day
from app.rehab.rules.conflicts import Taken
from db.models import TherapistTime

ABSENCES = {"leave": "请假外出", "hospital": "住院"}


def taken_of(
    reader: Reader, residents: Collection[UUID] | None, days: Sequence[date], hours: Hours
) -> tuple[Taken, ...]:
    """Everything that is taken between the first and the last of these dates."""
    first, after = hours.moment(min(days), 0), hours.moment(max(days), 24 * 60)
    found = [
        Taken("away", resident, max(span.since or first, first), min(span.until or after, after), words)
        for resident, spans in absences_of(reader, residents).items()
        for span in spans
        if (words := ABSENCES.get(span.what, span.what))
        and (span.since is None or span.since < after)
        and (span.until is None or span.until > first)
    ]
    return (*found, *off_of(reader, days, hours), *_every_day(days, hours))


def off_of(reader: Reader, days: Sequence[date], hours: Hours) -> Iterator[Taken]:
    """When therapists are not there on these dates."""
    first, after = hours.moment(min(days), 0), hours.moment(max(days), 24 * 60)
    rows = reader.session.scalars(
        select(TherapistTime).where(
            TherapistTime.current,
            TherapistTime.state != "retracted",
            TherapistTime.begins < after,
            or_(TherapistTime.weekday.is_not(None), TherapistTime.ends > first),
        )
    )
    for row in rows:
        if row.weekday is None:
            yield Taken("off", row.staff, row.begins, row.ends, row.words)
            continue
        begins = hours.wall(row.begins)
        for day in days:
            over = row.until is not None and day > row.until
            if day.isoweekday() == row.weekday and day >= begins.date() and not over:
                since = hours.moment(day, begins.hour * 60 + begins.minute)
                lasts = row.ends - row.begins
                yield Taken("off", row.staff, since, since + min(lasts, timedelta(days=1)), row.words)


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


def in_board(time: str) -> bool:
    """Whether a time of day lies in the hours of the board."""
    return rehab_day().begins <= minute_of(time) < rehab_day().ends
