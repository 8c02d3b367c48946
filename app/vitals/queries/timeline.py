"""A resident's visits as lines of the timeline: one line a visit, its worst value colouring it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from app.core.happened import Happened
from app.core.unit import Reader
from app.vitals.catalogue import sign_of
from app.vitals.queries.sets import SetRow, SetsOf, sets_of
from app.vitals.queries.taken import Taken
from app.vitals.rules import News2
from app.vitals.rules.judging import WORSE

SORT = "体征"


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Every visit in a time, the newest first."""
    for one in sets_of(reader, SetsOf(resident, since, until, limit=10_000)):
        yield _line(one)


def _line(row: SetRow) -> Happened:
    worst = max((one.judgement.tone for one in row.values), key=WORSE.index)
    said = [_words(one) for one in row.values]
    if isinstance(row.news2, News2):
        said.append(f"NEWS2 {row.news2.total} {row.news2.words}")
    title = "体征未测" if all(one.absent for one in row.values) else "测量体征"
    return Happened(
        at=row.at,
        kind="vital",
        rid=row.values[0].rid,
        sort=SORT,
        title=title + ("（补录）" if row.late else ""),
        words="，".join(said) + (f"。{row.note}" if row.note else ""),
        by=row.by,
        tone="neutral" if worst == "ok" else worst,
        icon="heart-pulse",
    )


def _words(one: Taken) -> str:
    sign = sign_of(one.code)
    if one.absent:
        return f"{sign.words}未测（{one.absent}）"
    unit = "" if sign.letters or sign.code == "pain" else f" {sign.unit}"
    return f"{sign.words} {one.text}{unit}{one.judgement.mark}" + ("（复测）" if one.turn else "")
