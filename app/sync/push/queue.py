"""What waits for the platform, what it would be as resources, and what is known of them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.fhir import Held, Mapper, Ref, Revision
from app.fhir.made import MadeMapper
from app.sync.push.bodies import piece
from app.sync.push.rows import ACKED, CONFLICT, PENDING, QUARANTINED, UNKNOWN, Known, Piece, Row
from db.models import Outbox, Remote, SyncMark

AT_ONCE = 500
"""Identities asked for in one query."""


@dataclass(frozen=True)
class Queue(Question[tuple[Row, ...]]):
    """Every row that is not confirmed, oldest first."""


@dataclass(frozen=True)
class Made(Question[tuple[tuple[str, UUID], ...]]):
    """Records without a table that are to be there: (kind, record), in the order kinds are sent."""

    mappers: Mapping[str, Mapper]


@dataclass(frozen=True)
class Prepared:
    """Revisions as resources, and what is known of those and of what they refer to."""

    made: Mapping[Revision, tuple[Piece, ...] | Held]
    known: Mapping[Ref, Known]
    ids: Mapping[Ref, str]


@dataclass(frozen=True)
class Prepare(Question[Prepared]):
    """Revisions of one kind as resources. `ids`: the server's ids known already, so they are not asked for again."""

    mapper: Mapper
    asked: tuple[Revision, ...]
    ids: Mapping[Ref, str]


@dataclass(frozen=True)
class Identities(Question[Mapping[str, str]]):
    """How types are found again there, as far as it was tried: type → identifier or tag."""


@dataclass(frozen=True)
class Tally:
    """How many rows wait, are in conflict, are put aside; and when the next of them is due by itself."""

    waiting: int
    conflicts: int
    quarantined: int
    due: datetime | None


@dataclass(frozen=True)
class Tallied(Question[Tally]):
    """The outbox in numbers."""


@answers(Queue)
def queue(reader: Reader, _question: Queue) -> tuple[Row, ...]:
    table = Outbox.__table__.c
    columns = (table.id, table.kind, table.record, table.revision, table.station, table.state)
    # ordered by id alone: the partial index of waiting rows walks just these
    statement = (
        select(*columns, table.looked, table.next_at, table.words, table.tried_at.is_not(None))
        .where(table.state != ACKED)
        .order_by(table.id)
    )
    return tuple(
        Row(row[0], Revision(row[1], row[2], row[3], row[4]), *row[5:])
        for row in reader.session.execute(statement)
    )


@answers(Made)
def made(reader: Reader, question: Made) -> tuple[tuple[str, UUID], ...]:
    kinds = ((kind, one) for kind, one in question.mappers.items() if isinstance(one, MadeMapper))
    return tuple((kind, rid) for kind, one in kinds for rid in one.records(reader))


@answers(Prepare)
def prepare(reader: Reader, question: Prepare) -> Prepared:
    parts = question.mapper.parts(reader, question.asked)
    made = {
        asked: some if isinstance(some, Held) else tuple(map(piece, some)) for asked, some in parts.items()
    }
    pieces = [one for some in made.values() if not isinstance(some, Held) for one in some]
    known = dict(_known(reader, [one.ref for one in pieces]))
    ids = {ref: found.server_id for ref, found in known.items()}
    needs = {need for one in pieces for need in one.needs} - ids.keys() - question.ids.keys()
    ids.update(_ids(reader, needs))
    return Prepared(made, known, ids)


@answers(Identities)
def identities(reader: Reader, _question: Identities) -> Mapping[str, str]:
    statement = select(SyncMark).where(SyncMark.key.startswith("identity/"))
    return {row.key.partition("/")[2]: row.value["key"] for row in reader.session.scalars(statement)}


@answers(Tallied)
def tallied(reader: Reader, _question: Tallied) -> Tally:
    statement = select(Outbox.state, func.count()).where(Outbox.state != ACKED).group_by(Outbox.state)
    counts: dict[str, int] = {row[0]: row[1] for row in reader.session.execute(statement)}
    moving = Outbox.state.in_((PENDING, UNKNOWN))
    due = reader.session.scalar(select(func.min(Outbox.next_at)).where(Outbox.state != ACKED, moving))
    conflicts, quarantined = counts.pop(CONFLICT, 0), counts.pop(QUARANTINED, 0)
    return Tally(sum(counts.values()), conflicts, quarantined, due)


def _known(reader: Reader, refs: Sequence[Ref]) -> Iterator[tuple[Ref, Known]]:
    columns = (Remote.rid, Remote.server_id, Remote.version, Remote.body, Remote.revision, Remote.station)
    for kind, rids in _by_type(refs):
        statement = select(*columns).where(Remote.type == kind, Remote.rid.in_(rids))
        for row in reader.session.execute(statement):
            yield Ref(kind, row[0]), Known(*row[1:])


def _ids(reader: Reader, refs: Iterable[Ref]) -> Iterator[tuple[Ref, str]]:
    for kind, rids in _by_type(refs):
        statement = select(Remote.rid, Remote.server_id).where(Remote.type == kind, Remote.rid.in_(rids))
        for row in reader.session.execute(statement):
            yield Ref(kind, row[0]), row[1]


def _by_type(refs: Iterable[Ref]) -> Iterator[tuple[str, list[UUID]]]:
    grouped: dict[str, list[UUID]] = {}
    for ref in refs:
        grouped.setdefault(ref.type, []).append(ref.rid)
    for kind, rids in grouped.items():
        for start in range(0, len(rids), AT_ONCE):
            yield kind, rids[start : start + AT_ONCE]


def own_pieces(reader: Reader, mapper: Mapper, asked: Revision) -> tuple[Piece, ...] | None:
    """The resources of one revision; None where there are none to send."""
    found = mapper.parts(reader, (asked,)).get(asked)
    return None if found is None or isinstance(found, Held) else tuple(map(piece, found))
