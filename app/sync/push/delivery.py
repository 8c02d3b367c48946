"""One round's deliveries: rows go out, and each comes to an end: confirmed, unknown, waiting or put aside."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.fhir import Ref
from app.sync.line import Line
from app.sync.patience import Stopped
from app.sync.push.keeping import Confirm, Decide, Depart
from app.sync.push.pace import Pace, Tempo
from app.sync.push.rows import (
    CONFLICT,
    PENDING,
    QUARANTINED,
    UNKNOWN,
    Departure,
    Fate,
    Item,
    Parcel,
    Receipt,
    Row,
    Theirs,
)
from app.sync.vanished import MarkGone

ENOUGH = 3
"""So many refusals of one type with none taken, and the rest of it waits: it is the server, not the records."""
NEWS_EVERY = timedelta(milliseconds=250)


class Delivery:
    """What is known in this round and what became of its rows."""

    def __init__(self, line: Line, pace: Pace, tempo: Tempo, keys: Mapping[str, str]) -> None:
        self.line = line
        self.pace = pace
        self.tempo = tempo
        self.keys = dict(keys)  # how types are found again there: identifier or tag
        self.ids: dict[Ref, str] = {}
        self.sent = 0
        self.waits: dict[int, str] = {}  # rows that cannot be sent now though all is well, and why
        self._halted: Stopped | None = None
        self.aside: dict[UUID, list[Row]] = {}  # rows put aside, by record: a newer revision settles them
        self._firsts: dict[str, asyncio.Lock] = {}
        self._refused: dict[str, list[str]] = {}
        self._taken: set[str] = set()
        self._told = line.desk.clock.now() - NEWS_EVERY

    def id_of(self, ref: Ref) -> str | None:
        return self.ids.get(ref)

    @property
    def halted(self) -> Stopped | None:
        """Why nothing more is sent in this round; None while it goes on."""
        return self._halted or (Stopped("off", "同步已停下。") if self.pace.ended else None)

    def first(self, kind: str) -> asyncio.Lock:
        """Held while the first resource of a type is sent and looked for."""
        return self._firsts.setdefault(kind, asyncio.Lock())

    async def depart(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Commit that these are on their way; returns those that are, without what was edited meanwhile."""
        items = {one.item.row.id: one.item for one in parcels if not one.item.departed}
        if items:
            rows = tuple(Departure(key, item.row.asked.revision, item.digest) for key, item in items.items())
            gone = await self.line.do(Depart(rows))
            for key, item in items.items():
                item.departed, item.alive = key in gone, key in gone
                self.waits.pop(key, None)
        return [one for one in parcels if one.item.alive]

    async def confirmed(self, pairs: Iterable[tuple[Parcel, Receipt]]) -> None:
        """Keep receipts; a row is confirmed when all its resources are."""
        receipts, acked, taken = [], [], []
        for sent, receipt in pairs:
            taken.append(sent)
            self.ids[sent.ref] = receipt.server_id
            self._taken.add(sent.type)
            sent.item.left.discard(sent.ref)
            receipts.append(receipt)
            if not sent.item.left:
                acked.append(sent.item)
        try:
            await self.acknowledge(acked, receipts)
        except IntegrityError:  # an id that is another record's: that was the answer to something else
            for sent in taken:
                self.ids.pop(sent.ref, None)
                sent.item.left.add(sent.ref)
            await self.unknown(taken, "区平台的回答和本站的记录对不上，")

    async def acknowledge(self, items: Sequence[Item], receipts: Sequence[Receipt] = ()) -> None:
        """Rows of which everything is there."""
        if not items and not receipts:
            return
        now = self.line.desk.clock.now()
        tell = now - self._told >= NEWS_EVERY
        if tell:
            self._told = now
        rows = [item.row.id for item in items]
        older = [one.id for item in items for one in self._older(item.row)]
        await self.line.do(Confirm(tuple(receipts), tuple(rows), tuple(older), tell))
        for item in items:
            item.alive = False
        self.sent += len(items)

    def _older(self, row: Row) -> list[Row]:
        aside = self.aside.get(row.asked.record, [])
        return [
            one
            for one in aside
            if one.asked.kind == row.asked.kind and one.asked.revision < row.asked.revision
        ]

    async def unknown(self, parcels: Iterable[Parcel], words: str) -> None:
        """No whole answer came: looked for later, never simply sent again."""
        items = _items(parcels)
        for item in items:
            item.alive, item.unsure = False, True
        said = f"{words}正在核对是否已收，不会重发。"
        await self._decide([self._later(item, UNKNOWN, said, self.tempo.look(0)) for item in items])

    async def not_found(self, items: Iterable[Item]) -> None:
        """Searched for and not there (yet)."""
        fates = []
        for item in items:
            item.alive, item.unsure = False, True
            looked = item.row.looked + 1
            words = "区平台还没有查到，再核对一次后重发。"
            fates.append(self._later(item, UNKNOWN, words, self.tempo.look(looked), looked))
        await self._decide(fates)

    async def back(self, parcels: Iterable[Parcel], words: str | None, seconds: float | None = None) -> None:
        """Certainly not taken, and not because of these records: they wait again."""
        fates = []
        for item in _items(parcels):
            item.alive = False
            if not item.unsure:
                fates.append(self._later(item, _resting(item), words, seconds, item.row.looked))
        await self._decide(fates)

    async def refused(self, sent: Parcel, words: str) -> None:
        """One record stands alone and the platform does not take it: put aside, unless it takes none of its kind."""
        sent.item.alive = False
        if sent.item.unsure:
            return
        if sent.type not in self._taken:
            self._refused.setdefault(sent.type, []).append(words)
        await self._decide([Fate(sent.item.row.id, QUARANTINED, words)])

    async def untranslated(self, row: Row) -> None:
        """A bug here, not the platform: the record is put aside, so that it holds up nobody else."""
        await self._decide(
            [Fate(row.id, QUARANTINED, "这条记录转换时出了内部错误，已记入日志，请联系维护人员。")]
        )

    async def changed(self, sent: Parcel, words: str, theirs: dict[str, Any] | None) -> None:
        """Somebody else's work stands there: both stay, a person decides."""
        sent.item.alive = False
        if sent.item.unsure:
            return
        against = () if theirs is None else (Theirs(sent.ref, theirs),)
        await self.line.do(Decide((Fate(sent.item.row.id, CONFLICT, words),), against))

    async def gone(self, sent: Parcel) -> None:
        """It was there and is not any more: a person decides what that means."""
        sent.item.alive = False
        await self.line.do(MarkGone(sent.type, sent.part.rid))

    async def wait(self, items: Mapping[int, tuple[Item, str]]) -> None:
        """Rows that cannot be sent now, each with its reason; only what is new is written."""
        fates = []
        for key, (item, words) in items.items():
            item.alive = False
            self.waits[key] = words
            if not item.unsure and (item.departed or item.row.words != words):
                fates.append(Fate(key, _resting(item), words, None, item.row.looked))
        await self._decide(fates)

    async def willing(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Without the types of which the platform has refused several and taken none."""
        barred = [one for one in parcels if len(self._refused.get(one.type, ())) >= ENOUGH]
        for kind in {one.type for one in barred}:
            words = self._refused[kind][-1].replace("区平台不收：", "区平台现在不收这一类：", 1)
            await self.back([one for one in barred if one.type == kind], words, self.tempo.look(2))
        return [one for one in parcels if one.item.alive]

    def halt(self, stopped: Stopped) -> None:
        """No use going on; what is on its way comes to its end first."""
        self._halted = self._halted or stopped

    def _later(
        self, item: Item, state: str, words: str | None, seconds: float | None, looked: int = 0
    ) -> Fate:
        now = self.line.desk.clock.now()
        next_at = None if seconds is None else now + timedelta(seconds=seconds)
        return Fate(item.row.id, state, words, next_at, looked)

    async def _decide(self, fates: Sequence[Fate]) -> None:
        if fates:
            await self.line.do(Decide(tuple(fates)))


def _resting(item: Item) -> str:
    """What a row is again that was not sent: one whose outcome is unknown does not become harmless by waiting."""
    return UNKNOWN if item.row.state == UNKNOWN else PENDING


def _items(parcels: Iterable[Parcel]) -> list[Item]:
    return list({one.item.row.id: one.item for one in parcels}.values())
