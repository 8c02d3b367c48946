"""One push: kind after kind in the order of their references, in chunks, each in waves of what can go already."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.errors import Trouble
from app.core.ids import NAMED
from app.fhir import Held, Mapper, Ref, Revision
from app.fhir.attached import BINARY
from app.registry import RECORDS
from app.sync.line import Line
from app.sync.patience import Stopped
from app.sync.push.bodies import digest, parcel, same
from app.sync.push.creating import create
from app.sync.push.delivery import Delivery
from app.sync.push.doubles import look_for_twins
from app.sync.push.files import Files
from app.sync.push.keeping import QueueMade
from app.sync.push.looking import SHARED, look
from app.sync.push.others import is_of_another
from app.sync.push.pace import Pace, Tempo
from app.sync.push.queue import Identities, Made, Prepare, Prepared, Queue
from app.sync.push.rows import CONFLICT, QUARANTINED, UNKNOWN, Item, Known, Parcel, Piece, Row
from app.sync.push.updating import update

_log = logging.getLogger(__name__)
WORKERS = 4
"""Chunks in hand: two on the network, two being mapped or kept meanwhile."""
WATCH = 0.25
"""Seconds between two looks whether something was written while a file is on its way."""


@dataclass(frozen=True)
class Pushed:
    """What a push came to. `clean`: everything that may be sent was confirmed."""

    sent: int
    clean: bool


async def push(line: Line, pace: Pace, tempo: Tempo) -> Pushed:
    """Send what waits. Raises Stopped when the platform does not go on; what was confirmed until then is kept."""
    delivery = Delivery(line, pace, tempo, await line.ask(Identities()))
    rows = await _queue(line)
    pace.pushing = True
    try:
        await look_for_twins(delivery)
        files = Files(delivery)
        going = Push(delivery, rows, files)
        await going.run()
        if await _meanwhile(delivery, files):
            await going.run()
        await files.settle()
    except Stopped as stopped:
        stopped.sent = delivery.sent
        raise
    finally:
        pace.pushing = False
    left = await line.ask(Queue())
    seen = {row.id for row in rows}
    clean = all(
        row.state in (CONFLICT, QUARANTINED) or row.id in delivery.waits or row.id not in seen for row in left
    )
    return Pushed(delivery.sent, clean)


async def _meanwhile(delivery: Delivery, files: Files) -> bool:
    """Send files; what is written meanwhile does not wait for them. Whether any is there now that was not.

    Not where they are held: what others wrote does not wait for them either.
    """
    line, pace = delivery.line, delivery.pace
    pace.held = pace.holds_files and files.wanted
    if pace.holds_files:
        return False
    sending = asyncio.ensure_future(files.send())
    try:
        while not sending.done():
            await asyncio.wait({sending}, timeout=WATCH)
            if pace.called and not sending.done():
                pace.called = False
                beside = Delivery(line, pace, delivery.tempo, delivery.keys)
                await Push(beside, await _queue(line), Files(beside)).run()
                delivery.sent += beside.sent
        return sending.result()
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _queue(line: Line) -> tuple[Row, ...]:
    """What waits. What is made without a table (a questionnaire) is queued after the look, for what was seen in it."""
    rows = await line.ask(Queue())
    made = await line.ask(Made(line.mappers))
    if not await line.do(QueueMade(made, line.mappers)):
        return rows
    seen, kinds = {row.id for row in rows}, {kind for kind, _ in made}
    later = await line.ask(Queue())
    return (*rows, *(row for row in later if row.asked.kind in kinds and row.id not in seen))


class Push:
    """The rows of one push, by record, each record's revisions in their order."""

    def __init__(self, delivery: Delivery, rows: Sequence[Row], files: Files) -> None:
        self._delivery = delivery
        self._files = files
        self._line = delivery.line
        self._types = {kind: name for name, mapper in self._line.mappers.items() for kind in mapper.types}
        self._queues: dict[str, dict[UUID, list[Row]]] = {}
        self._mapping = asyncio.Lock()
        """One chunk is mapped at a time: side by side all of them would be ready late, and the network idle."""
        self._done: set[int] = set()  # confirmed in this round
        self._over: set[int] = set()  # rows this round has nothing more to do for
        for row in rows:
            records = self._queues.setdefault(row.asked.kind, {})
            records.setdefault(row.asked.record, []).append(row)
            if row.state == QUARANTINED:
                delivery.aside.setdefault(row.asked.record, []).append(row)

    async def run(self) -> None:
        now = self._line.desk.clock.now()
        for kind, mapper in self._line.mappers.items():
            queues = [
                [row for row in rows if row.state != QUARANTINED]
                for rows in self._queues.get(kind, {}).values()
            ]
            await self._kind(mapper, queues, now)
            await self._delivery.wait({row.id: (waiting(row), words) for row, words in self._behind(queues)})

    async def _kind(self, mapper: Mapper, queues: list[list[Row]], now: datetime) -> None:
        """Passes over one kind while they get anywhere: a room after its floor, a correction after what it corrects."""
        while True:
            before = self._delivery.sent
            heads = [queue[0] for queue in queues if queue and self._may_go(queue[0], now)]
            lacking = await self._pass(mapper, heads)
            for queue in queues:
                if queue and queue[0].id in self._done:
                    queue.pop(0)
            if self._delivery.sent == before:
                await self._delivery.wait(lacking)
                return

    def _may_go(self, row: Row, now: datetime) -> bool:
        is_due = row.next_at is None or row.next_at <= now
        return row.state != CONFLICT and is_due and row.id not in self._over

    def _behind(self, queues: Iterable[Sequence[Row]]) -> Iterator[tuple[Row, str]]:
        """Rows behind one of their own record that waits or is in conflict."""
        for queue in queues:
            if len(queue) > 1 and queue[0].state == CONFLICT:
                yield from ((row, "等前一版的冲突先处理。") for row in queue[1:])
            elif len(queue) > 1 and queue[0].id in self._delivery.waits:
                yield from ((row, "等前一版先上传。") for row in queue[1:])

    async def _pass(self, mapper: Mapper, heads: Sequence[Row]) -> dict[int, tuple[Item, str]]:
        """Send these; returns those that lack something, with the words for it."""
        lacking: dict[int, tuple[Item, str]] = {}
        chunks = self._chunks(heads)

        async def work() -> None:
            for chunk in chunks:
                if self._delivery.halted:
                    return
                try:
                    await self._chunk(mapper, chunk, lacking)
                except Stopped as stopped:
                    self._delivery.halt(stopped)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(WORKERS):
                    group.create_task(work())
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from several  # whoever waits knows a full disk from a bug
        if self._delivery.halted:
            raise self._delivery.halted
        return lacking

    def _chunks(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        start = 0
        while start < len(rows):
            size = max(1, self._delivery.pace.size)
            yield rows[start : start + size]
            start += size

    async def _chunk(self, mapper: Mapper, rows: Sequence[Row], lacking: dict[int, tuple[Item, str]]) -> None:
        delivery = self._delivery
        prepared = await self._prepared(mapper, rows)
        if prepared is None:
            middle = len(rows) // 2
            for half in (rows[:middle], rows[middle:]) if middle else ():
                await self._chunk(mapper, half, lacking)
            return
        delivery.ids.update(prepared.ids)
        there = dict(prepared.known)
        items = await self._items(rows, prepared.made)
        sought = [item for item in items if _is_to_be_sought(item, there, is_apart=mapper.apart)]
        await look(delivery, sought, there)
        self._files.want(items)
        while parcels := self._wave(items, there):
            await create(delivery, [one for one in parcels if one.known is None])
            await update(delivery, [one for one in parcels if one.known is not None])
        await delivery.acknowledge([item for item in items if item.alive and not item.left])
        for item in items:
            if not item.left:
                self._done.add(item.row.id)
            elif item.alive and (missing := self._missing(item)):
                lacking[item.row.id] = (item, missing)
            else:
                self._over.add(item.row.id)

    async def _prepared(self, mapper: Mapper, rows: Sequence[Row]) -> Prepared | None:
        """These as resources; None if one of them cannot be translated: alone, it is put aside and the log says why."""
        question = Prepare(mapper, tuple(row.asked for row in rows), self._delivery.ids)
        async with self._mapping:
            (made,) = await asyncio.gather(self._line.ask(question), return_exceptions=True)
        if isinstance(made, Prepared):
            return made
        if isinstance(made, Trouble) or not isinstance(made, Exception):
            raise made
        if len(rows) == 1:
            asked = rows[0].asked
            _log.error("a %s cannot be translated: %s", asked.kind, asked.record, exc_info=made)
            self._over.add(rows[0].id)
            await self._delivery.untranslated(rows[0])
        return None

    async def _items(
        self, rows: Sequence[Row], prepared: Mapping[Revision, tuple[Piece, ...] | Held]
    ) -> list[Item]:
        items, held = [], dict[int, tuple[Item, str]]()
        for row in rows:
            made = prepared.get(row.asked)
            if made is None or isinstance(made, Held):
                words = made.words if made else "这条记录还不能上传。"
                held[row.id] = (waiting(row), words)
            else:
                items.append(Item(row, made, digest(made), {piece.ref for piece in made}))
        await self._delivery.wait(held)
        self._over.update(held)
        return items

    def _wave(self, items: Sequence[Item], there: dict[Ref, Known]) -> list[Parcel]:
        """What can go now: its references are there, in the version of this row where they are of it. What is there
        already needs no sending."""
        ready = []
        for item in items:
            for piece in item.pieces if item.alive and not self._delivery.halted else ():
                if piece.ref not in item.left or not piece.needs <= self._delivery.ids.keys() - item.left:
                    continue
                one = parcel(item, piece, there.get(piece.ref), self._delivery.id_of)
                if _is_there(one):
                    item.left.discard(piece.ref)
                else:
                    ready.append(one)
        return ready

    def _missing(self, item: Item) -> str:
        """Why a row cannot go: what it refers to is not there."""
        for piece in item.pieces:
            for need in sorted(piece.needs):
                if piece.ref in item.left and need not in self._delivery.ids:
                    if need.type == BINARY:
                        return self._files.words_of(need)
                    kind = self._types.get(need.type, "")
                    title = RECORDS[kind].title if kind in RECORDS else need.type
                    return f"等“{title}”先上传。"
        return ""


def waiting(row: Row) -> Item:
    """A row of which nothing is sent in this round."""
    return Item(row, (), b"", set())


def _is_to_be_sought(item: Item, there: Mapping[Ref, Known], *, is_apart: bool) -> bool:
    """Whether it may be there without our knowing: its answer got lost, or another station names the same thing alike
    (the institution, a bed: their identities are made of their names) and makes the same resource of it."""
    asked = item.row.asked
    is_shared = asked.record.version == NAMED and not is_apart
    may_be_there = item.row.state == UNKNOWN or asked.kind in SHARED or is_shared
    return may_be_there and any(ref not in there for ref in item.left)


def _is_there(one: Parcel) -> bool:
    """Whether the platform is known to hold what this revision says, or a newer one that followed it."""
    if one.known is None:
        return False
    asked = one.item.row.asked
    is_newer = one.known.revision > asked.revision and not is_of_another(asked, one.known.station)
    return is_newer or (one.known.version is not None and same(one.body, one.known.body))
