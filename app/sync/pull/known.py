"""What the file says of the arrivals of one order: remote rows, unsent work, identities behind references."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.core.orders import Question, answers
from app.core.unit import Reader, Unit
from app.fhir import House, Ref, localised, rid_of
from app.fhir.attached import BINARY, carried
from app.fhir.part import FOREIGN
from app.fhir.reference import refers
from app.sync.patience import Stopped
from app.sync.vanished import MOVED
from db.models import Outbox, Remote

Body = dict[str, Any]
_REFERENCE = re.compile(r"^([A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/.+)?$")
# of a conflict, `theirs` is looked at each time: it may have been found by push, which names no elements
_HELD = text(
    "select server_id, version, json_extract(body, '$.meta.versionId'),"
    " case when words is not null then json_extract(theirs, '$.meta.versionId') end"
    " from remote where type = :type and server_id in (select value from json_each(:ids))"
)


@dataclass(frozen=True)
class Seen(Question[frozenset[tuple[str, str]]]):
    """Which (id, version) of a type are already here as the server said them, looked at or put aside."""

    type: str
    ids: tuple[str, ...]


@answers(Seen)
def seen(reader: Reader, question: Seen) -> frozenset[tuple[str, str]]:
    import orjson

    values = {"type": question.type, "ids": orjson.dumps(question.ids).decode()}
    found: set[tuple[str, str]] = set()
    for server_id, version, held, theirs in reader.session.execute(_HELD, values):
        found.update((server_id, one) for one in (theirs, held if held == version else None) if one)
    return frozenset(found)


class Known:
    """Answers of the file, asked for a whole batch at once."""

    def __init__(self, unit: Unit, kinds: Collection[str], type_: str, bodies: tuple[Body, ...]) -> None:
        self.house = House.of(unit.settings)
        self._unit = unit
        self._type = type_
        self._rids = {str(body["id"]): rid_of(self.house, body) for body in bodies}
        self._made: list[Remote] = []
        self._by_rid: dict[UUID, Remote] = {}
        self._by_id: dict[str, Remote] = {}
        self._ask_remote()
        records = {row.record for row in self._by_rid.values()} | {rid for rid in self._rids.values() if rid}
        self._waiting: dict[tuple[str, UUID], list[Outbox]] = defaultdict(list)
        self._ask_waiting(kinds, records)
        self._behind = self._ask_references([*bodies, *(row.body for row in self._by_rid.values())])

    def rid(self, body: Body) -> UUID | None:
        """Whose body it is: by its identity, or because we know this id; None for a stranger."""
        row = self._by_id.get(str(body["id"]))
        return self._rids[str(body["id"])] or (None if row is None else row.rid)

    def has_identity(self, body: Body) -> bool:
        """Whether it carries its identity itself."""
        return self._rids[str(body["id"])] is not None

    def row(self, body: Body) -> Remote | None:
        """What the platform was known to hold of it."""
        rid = self.rid(body)
        return None if rid is None else self._by_rid.get(rid)

    @property
    def made(self) -> int:
        """How many rows were made so far."""
        return len(self._made)

    def forget_since(self, made: int) -> None:
        """Rows made after so many others were rolled back."""
        for row in self._made[made:]:
            self.forget(row)
        del self._made[made:]

    def keep(self, row: Remote) -> None:
        """A row that was made just now."""
        self._unit.session.add(row)
        self._made.append(row)
        self._by_rid[row.rid] = row
        self._by_id[row.server_id] = row

    def forget(self, row: Remote) -> None:
        """A row that is not to be there."""
        self._by_rid.pop(row.rid, None)
        self._by_id.pop(row.server_id, None)

    def waiting(self, kind: str, record: UUID) -> list[Outbox]:
        """The revisions of a record that the platform has not confirmed, the oldest first."""
        return [row for row in self._waiting.get((kind, record), ()) if row.state != "acked"]

    def localised(self, body: Body) -> Body:
        """A copy whose references to what is known name identities."""
        here: Body = localised(body, lambda type_, id_: self._behind.get((type_, id_)))
        return here

    def server_id(self, ref: Ref) -> str:
        """The id a resource has there; a dash for one that is not known, which fits nothing."""
        statement = select(Remote.server_id).where(Remote.type == ref.type, Remote.rid == ref.rid)
        return self._unit.session.scalar(statement) or "-"

    def _ask_remote(self) -> None:
        session = self._unit.session
        rids = [rid for rid in self._rids.values() if rid is not None]
        mine = select(Remote).where(Remote.type == self._type, Remote.kind != FOREIGN)
        found = {row.rid: row for row in session.scalars(mine.where(Remote.rid.in_(rids)))}
        nameless = [id_ for id_, rid in self._rids.items() if rid is None]
        if nameless:
            found |= {row.rid: row for row in session.scalars(mine.where(Remote.server_id.in_(nameless)))}
        self._refuse_reused()
        self._by_rid = found
        self._by_id = {row.server_id: row for row in found.values()}

    def _refuse_reused(self) -> None:
        """An id that now bears another identity: ids were given anew there, so nothing we know of it holds any more."""
        statement = select(Remote.server_id, Remote.rid).where(
            Remote.type == self._type, Remote.server_id.in_(list(self._rids))
        )
        for server_id, rid in self._unit.session.execute(statement):
            if self._rids[server_id] not in (None, rid):
                raise Stopped("strange", MOVED)

    def _ask_waiting(self, kinds: Collection[str], records: set[UUID]) -> None:
        statement = select(Outbox).where(
            Outbox.kind.in_(list(kinds)), Outbox.record.in_(records), Outbox.state != "acked"
        )
        for row in self._unit.session.scalars(statement.order_by(Outbox.id)):
            self._waiting[row.kind, row.record].append(row)

    def _ask_references(self, bodies: Iterable[Body]) -> dict[tuple[str, str], UUID]:
        wanted: dict[str, set[str]] = defaultdict(set)
        bodies = list(bodies)
        for type_, id_ in _named(bodies):
            wanted[type_].add(id_)
        found: dict[tuple[str, str], UUID] = {}
        for type_, ids in wanted.items():
            statement = select(Remote.server_id, Remote.rid).where(
                Remote.type == type_, Remote.server_id.in_(ids)
            )
            found |= {(type_, id_): rid for id_, rid in self._unit.session.execute(statement)}
        # neighbours of the same page may stand before or behind; a file of ours says its identity itself
        here = {(BINARY, id_): rid for body in bodies for rid, id_ in carried(body)}
        here |= {(self._type, id_): rid for id_, rid in self._rids.items() if rid is not None}
        return here | found


def _named(node: Any) -> Iterator[tuple[str, str]]:
    """(type, id) of every reference anywhere in some bodies."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str):
                if refers(key, value) and (match := _REFERENCE.match(value)):
                    yield match[1], match[2]
            else:
                yield from _named(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _named(value)


def record_of(refs: Iterable[Ref], primary: str, rid: UUID) -> UUID:
    """The record a derived resource belongs to: the one of its kind's first type that it names, else itself."""
    return next((ref.rid for ref in sorted(refs) if ref.type == primary), rid)
