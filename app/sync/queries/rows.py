"""The list of 同步: what needs a person first, then what waits and why, then what the platform has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, text, tuple_

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.sync.queries.overview import REFUSED, WAITING, standing
from app.sync.queries.receipts import Receipt, receipts
from app.sync.queries.titles import Title, authors, kind_title, titles
from app.sync.words import HELD, Line, Standing, exactly, reason, state_of, waiting
from db.models import Outbox, Remote

FILTERS = ("all", "conflict", "aside", "waiting", "held", "received")
MANY = 5
"""More waiting rows of one kind than this are one line in the list of everything."""
GLANCE = 30
"""Lines of one section in the list of everything."""
_WAITING = or_(
    Outbox.state.in_(("sending", "unknown")),
    and_(
        Outbox.state == "pending",
        not_(func.coalesce(Outbox.words, "").startswith(HELD, autoescape=True)),
    ),
)
_HELD = and_(Outbox.state == "pending", Outbox.words.startswith(HELD, autoescape=True))
_WHERE: dict[str, ColumnElement[bool]] = {
    "conflict": and_(WAITING, Outbox.state == "conflict"),
    "aside": and_(WAITING, Outbox.state == "quarantined"),
    "waiting": and_(WAITING, _WAITING),
    "held": and_(WAITING, _HELD),
}
_ACKED = text("outbox.state = 'acked'")
Mark = tuple[datetime, int]


@dataclass(frozen=True)
class SyncRow:
    """One line. `state` as in `words.STATES`, or `refused` for what came from there and did not fit here.

    `count` > 1: so many rows of one kind, told apart only in their own list. `outbox` is the row's number (0: none).
    `place` and `target` say where the record is opened.
    """

    key: str
    group: str
    kind: str
    record: UUID | None
    title: str
    by: str
    at: datetime
    words: str
    state: str
    outbox: int = 0
    count: int = 1
    receipt: str = ""
    place: str = ""
    target: UUID | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class Rows:
    """`counts` by filter for the chips, `total` of this list; `more`: it goes on after the last row."""

    rows: tuple[SyncRow, ...]
    counts: dict[str, int]
    more: bool
    total: int = 0


@dataclass(frozen=True)
class SyncRows(Question[Rows]):
    """One of FILTERS, the newest first. `before`: the mark of the last row shown; `kind` narrows what waits."""

    filter: str = "all"
    limit: int = 200
    before: Mark | None = None
    kind: str = ""


@answers(SyncRows)
def sync_rows(reader: Reader, question: SyncRows) -> Rows:
    now = standing(reader)
    counts = _counts(reader)
    if question.filter == "all":
        rows = _everything(reader, now)
        return Rows(rows, counts, more=False, total=counts["all"])
    found = list(reader.session.scalars(_listing(question)))
    rows = _lines(reader, now, question.filter, found[: question.limit])
    if question.filter == "aside" and question.before is None:
        rows = (*_refused(reader), *rows)
    return Rows(rows, counts, more=len(found) > question.limit, total=_total(reader, question, counts))


def _listing(question: SyncRows) -> Select[Outbox]:
    """One row more than asked for, to know whether there are more."""
    statement = select(Outbox).limit(question.limit + 1)
    if question.kind:
        statement = statement.where(Outbox.kind == question.kind)
    if question.filter == "received":
        statement = statement.where(_ACKED).order_by(Outbox.acked_at.desc(), Outbox.id.desc())
        if question.before is not None:
            at, last = question.before
            earlier = or_(Outbox.acked_at < at, Outbox.id < last)
            statement = statement.where(Outbox.acked_at <= at, earlier)
        return statement
    statement = statement.where(_WHERE[question.filter]).order_by(Outbox.id.desc())
    return statement if question.before is None else statement.where(Outbox.id < question.before[1])


def _everything(reader: Reader, now: Standing) -> tuple[SyncRow, ...]:
    """A glance at each section; many of one kind are one line."""
    rows: list[SyncRow] = []
    for group in ("conflict", "aside"):
        rows += _refused(reader) if group == "aside" else ()
        rows += _lines(reader, now, group, _some(reader, SyncRows(group)))
    for group in ("waiting", "held"):
        rows += _waiting(reader, now, group)
    return (*rows, *_lines(reader, now, "received", _some(reader, SyncRows("received"))))


def _some(reader: Reader, question: SyncRows) -> Sequence[Outbox]:
    return reader.session.scalars(_listing(question).limit(GLANCE)).all()


def _waiting(reader: Reader, now: Standing, group: str) -> list[SyncRow]:
    """Few of a kind one by one, many as one line with the reason of one of them."""
    same = (Outbox.kind, Outbox.state, Outbox.words.is_(None))
    statement = select(
        *same, func.count(), func.max(Outbox.created_at), func.max(Outbox.id), func.min(Outbox.words)
    )
    found = reader.session.execute(statement.where(_WHERE[group]).group_by(*same)).all()
    many = [_many(now, group, one) for one in found if one[3] > MANY]
    few = [tuple(one[:3]) for one in found if one[3] <= MANY]
    if not few:
        return many
    some = select(Outbox).where(_WHERE[group], tuple_(*same).in_(few)).order_by(Outbox.id.desc())
    return [*_lines(reader, now, group, reader.session.scalars(some.limit(GLANCE)).all()), *many]


def _many(now: Standing, group: str, found: Any) -> SyncRow:
    kind, state, _, count, at, last, words = found
    line = Line(state, words, None, None, None)
    said = reason(line, now) if words or state != "pending" else waiting(now)
    return SyncRow(
        key=f"many:{group}:{kind}:{state}:{words is None}",
        group=group,
        kind=kind,
        record=None,
        title=f"{kind_title(kind)} {count:,} 条",
        by="",
        at=at,
        words=f"{said} 等" if words and state == "pending" and group == "waiting" else said,
        state=state_of(state, words),
        count=count,
        mark=(at, last),
    )


def _lines(reader: Reader, now: Standing, group: str, found: Sequence[Outbox]) -> tuple[SyncRow, ...]:
    named = titles(reader, {(row.kind, row.record) for row in found})
    wrote = authors(reader, {(row.kind, row.record, row.revision, row.station) for row in found})
    acked = {(row.kind, row.record) for row in found if row.state == "acked"}
    given = receipts(reader, acked)
    rows = []
    for row in found:
        title = named[row.kind, row.record]
        words, receipt = (reason(_line(row), now), "")
        if row.state == "acked" and not row.words:
            words, receipt = _receipt(now, row, given.get((row.kind, row.record), []))
        who = wrote[row.kind, row.record, row.revision, row.station]
        rows.append(_row(row, group, title, (who, words, receipt)))
    return tuple(rows)


def _receipt(now: Standing, row: Outbox, given: list[Receipt]) -> tuple[str, str]:
    """The receipt of a row in words, and the address alone."""
    words = "区平台已收" + (f" {exactly(now, row.acked_at)}" if row.acked_at else "")
    if not given:
        return f"{words} · 没有留下回执号", ""
    return f"{words} · {given[0].words(row.revision, row.station)}", given[0].address


def _row(row: Outbox, group: str, title: Title, said: tuple[str, str, str]) -> SyncRow:
    by, words, receipt = said
    return SyncRow(
        key=f"row:{row.id}",
        group=group,
        kind=row.kind,
        record=row.record,
        title=title.words,
        by=by,
        at=row.created_at,
        words=words,
        state=state_of(row.state, row.words),
        outbox=row.id,
        receipt=receipt,
        place=title.place,
        target=title.record,
        mark=(row.acked_at or row.created_at, row.id),
    )


def _refused(reader: Reader) -> list[SyncRow]:
    """What came from there and did not fit here: a person has to look."""
    statement = select(Remote).where(*REFUSED).order_by(Remote.received_at.desc())
    found = reader.session.scalars(statement.limit(GLANCE)).all()
    named = titles(reader, {(row.kind, row.record) for row in found})
    return [
        SyncRow(
            key=f"remote:{row.type}:{row.rid}",
            group="aside",
            kind=row.kind,
            record=row.record,
            title=named[row.kind, row.record].words,
            by="区平台",
            at=row.received_at,
            words=f"从区平台来的没有收下：{row.words}",
            state="refused",
            receipt=f"{row.type}/{row.server_id}",
            place=named[row.kind, row.record].place,
            target=named[row.kind, row.record].record,
        )
        for row in found
    ]


def _total(reader: Reader, question: SyncRows, counts: dict[str, int]) -> int:
    """How many rows the whole list has that a page was asked of."""
    if not question.kind or question.filter not in _WHERE:
        return counts[question.filter]
    statement = select(func.count()).select_from(Outbox).where(_WHERE[question.filter])
    return reader.session.execute(statement.where(Outbox.kind == question.kind)).scalar_one()


def _counts(reader: Reader) -> dict[str, int]:
    """How many rows each filter has."""

    def count(where: Any) -> int:
        return reader.session.execute(select(func.count()).select_from(Outbox).where(where)).scalar_one()

    counts = {name: count(where) for name, where in _WHERE.items()}
    counts["aside"] += reader.session.execute(
        select(func.count()).select_from(Remote).where(*REFUSED)
    ).scalar_one()
    counts["received"] = count(_ACKED)
    return {"all": sum(counts.values()), **counts}


def _line(row: Outbox) -> Line:
    return Line(row.state, row.words, row.next_at, row.tried_at, row.acked_at)
