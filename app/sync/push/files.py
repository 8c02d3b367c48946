"""Files go one at a time behind everything else, each read back and compared; then what names them can go.

A file has an identity made of what it holds, so it is put under that id, again and again without doubling. A server
that gives ids itself is asked for an empty Binary first, which is found again by its tag where its answer got lost;
the content then goes there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from app.fhir import Ref
from app.fhir.attached import BINARY, File, named_files
from app.sync.patience import Lost, Stopped
from app.sync.push.delivery import Delivery
from app.sync.push.keeping import Decide
from app.sync.push.one_file import FIRST, Aside, Later, OneFile
from app.sync.push.rows import PENDING, QUARANTINED, UNKNOWN, Fate, Item, Piece, Row

LONGEST = 60.0
"""Seconds in which another file may begin: the rest goes in the next round, so that pulling need not wait for it.
One that takes longer gives way when somebody waits for a pull, or it is due."""


@dataclass
class Wanted:
    """A file and the rows that wait for it. `needs`: what must be there before it; `about`: whose file it is."""

    file: File
    title: str
    about: Ref | None
    needs: frozenset[Ref]
    rows: dict[int, Row] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """Why a file is not there. `seconds`: until it is tried again; None where something else must happen first."""

    words: str
    seconds: float | None = None
    is_aside: bool = False


class Files:
    """The files of one push."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._wanted: dict[Ref, Wanted] = {}
        self._outcomes: dict[Ref, Outcome] = {}

    def want(self, items: Iterable[Item]) -> None:
        """Note which files these rows wait for."""
        for item in items:
            for piece in item.pieces if item.alive else ():
                for file in piece.part.files if piece.ref in item.left else ():
                    self._note(item.row, piece, file)

    def _note(self, row: Row, piece: Piece, file: File) -> None:
        ref = Ref(BINARY, file.rid)
        if ref in self._delivery.ids:
            return
        titles = {one.rid: one.title for one in named_files(piece.part.body)}
        about = next((need for need in sorted(piece.needs) if need.type == "Patient"), None)
        needs = frozenset(need for need in piece.needs if need.type != BINARY)
        wanted = self._wanted.setdefault(ref, Wanted(file, titles.get(file.rid, ""), about, needs))
        wanted.rows[row.id] = row

    @property
    def wanted(self) -> bool:
        """Whether any is to be sent."""
        return not self._wanted.keys() <= self._delivery.ids.keys()

    def words_of(self, ref: Ref) -> str:
        """Why what names this file cannot go."""
        found = self._outcomes.get(ref)
        return found.words if found else FIRST

    async def send(self) -> bool:
        """One after the other; whether any is there now that was not. Raises Stopped where nothing goes any more."""
        delivery, begun, before = self._delivery, time.monotonic(), len(self._delivery.ids)
        for ref, wanted in self._wanted.items():
            if ref in delivery.ids or not wanted.needs <= delivery.ids.keys() or delivery.halted:
                continue
            if time.monotonic() - begun > LONGEST or delivery.pace.pull_waits:
                self._outcomes[ref] = Outcome(FIRST, 1.0)
            elif not await self._one(ref, wanted):
                break
        return len(delivery.ids) > before

    async def _one(self, ref: Ref, wanted: Wanted) -> bool:
        """Whether the next may be tried."""
        delivery = self._delivery
        try:
            resident = wanted.about.rid if wanted.about else wanted.file.rid
            about = f"Patient/{delivery.ids[wanted.about]}" if wanted.about else ""
            one = OneFile(delivery, wanted.file, about)
            delivery.ids[ref] = await one.send(resident, wanted.title)
        except Later as later:
            self._outcomes[ref] = Outcome(later.words, later.seconds)
        except Aside as aside:
            self._outcomes[ref] = Outcome(aside.words, is_aside=True)
        except Lost as lost:
            words = f"附件：{lost.words}正在核对是否已收，不会重发。"
            self._outcomes[ref] = Outcome(words, delivery.tempo.look(0))
        except Stopped as stopped:
            if stopped.phase in ("offline", "refused"):
                raise
            seconds = delivery.tempo.look(2) if stopped.wait is None else stopped.wait
            self._outcomes[ref] = Outcome(f"附件还不能上传：{stopped.words}", seconds)
            return False
        return True

    async def settle(self) -> None:
        """What becomes of the rows whose files are not there."""
        fates = []
        for ref, outcome in self._outcomes.items():
            for row in self._wanted[ref].rows.values() if ref not in self._delivery.ids else ():
                fates.append(self._fate(row, outcome))
                if outcome.seconds is not None:
                    self._delivery.waits.pop(row.id, None)
        if fates:
            await self._delivery.line.do(Decide(tuple(fates)))

    def _fate(self, row: Row, outcome: Outcome) -> Fate:
        if outcome.is_aside:
            return Fate(row.id, QUARANTINED, outcome.words)
        now, seconds = self._delivery.line.desk.clock.now(), outcome.seconds
        next_at = None if seconds is None else now + timedelta(seconds=seconds)
        state = UNKNOWN if row.state == UNKNOWN else PENDING
        return Fate(row.id, state, outcome.words, next_at, row.looked)
