"""One round with the platform, from connecting to the last complete success."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app.core.clock import SetClock, SystemClock
from app.core.desk import Desk
from app.core.roles import PLATFORM
from app.fhir import House, Mapper
from app.registry import MAPPERS
from app.sync import marks, reconcile, vanished
from app.sync.access import Access
from app.sync.line import Line
from app.sync.marks import KeepMarks, State
from app.sync.patience import Stopped
from app.sync.probe import prove
from app.sync.pull import pull
from app.sync.pull.fetching import fetch_files
from app.sync.push.keeping import Settle
from app.sync.push.pace import Pace, Tempo
from app.sync.push.queue import Tallied
from app.sync.push.run import push
from app.sync.wire import Wire

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Round:
    """What a round came to. `error`: why it stopped, in words, or empty. `wait`: seconds the platform asked for.

    `due`: when something is to be looked at again by itself.
    """

    sent: int = 0
    received: int = 0
    waiting: int = 0
    conflicts: int = 0
    quarantined: int = 0
    error: str = ""
    complete: bool = False
    wait: float | None = None
    due: datetime | None = None


@dataclass
class Rounds:
    """What lasts over the rounds of one run: pace, patience, and which server has proved to speak FHIR R4."""

    desk: Desk
    pace: Pace = field(default_factory=Pace)
    tempo: Tempo = field(default_factory=Tempo)
    mappers: Mapping[str, Mapper] = field(default_factory=lambda: MAPPERS)
    proved: Access | None = None

    async def run(self, access: Access, *, pulls: bool = True) -> Round:
        """One round. Never raises what the platform does; a bug or a full disk comes through."""
        house = House.of(self.desk.surroundings.settings)
        now = self.desk.clock.now()
        try:
            line = Line(self.desk, Wire(access), house, self.mappers)
        except Stopped as stopped:  # an address or a certificate that cannot be used at all
            return await self._kept(Round(error=stopped.words), _state(stopped, access, now), {})
        done, state, clock = Round(), State("online", at=now, address=access.host), dict[str, Any]()
        try:
            await self._connect(line, access)
            clock = self._measured(line.wire.date)
            done = await self._work(line, pulls=pulls)
        except Stopped as stopped:
            done = Round(stopped.sent, error=stopped.words, wait=stopped.wait)
            state = _state(stopped, access, now)
        finally:
            await line.wire.close()
        return await self._kept(done, replace(state, latency_ms=line.wire.latency_ms), clock)

    async def _connect(self, line: Line, access: Access) -> None:
        await line.do(Settle())
        if self.proved != access:
            await prove(line.wire)
            self.proved = access
        await vanished.check(line)

    async def _work(self, line: Line, *, pulls: bool) -> Round:
        restored = await reconcile.run(line)
        self.pace.holds_files = pulls  # what others wrote need not wait for a slow file
        pushed = await push(line, self.pace, self.tempo)
        self.pace.holds_files = False
        done = Round(pushed.sent, restored.received if restored else 0)
        if not pulls:
            return done
        pulled = await pull(line)
        self.pace.pulled()
        if pulled.received or pulled.acked or self.pace.held:  # what came may be what something waited for
            pushed = await push(line, self.pace, self.tempo)
            done = replace(done, sent=done.sent + pushed.sent)
        await fetch_files(line, self.pace)
        is_complete = pushed.clean and not pulled.error
        return replace(
            done, received=done.received + pulled.received, error=pulled.error, complete=is_complete
        )

    def _measured(self, theirs: datetime | None) -> dict[str, Any]:
        """How far this computer's clock is from the platform's (whose Date counts whole seconds)."""
        if theirs is None:
            return {}
        now = self.desk.clock.now()
        apart = (now - theirs) // MILLISECOND
        offset = 0 if 0 <= apart < 2000 else apart - 500
        if isinstance(self.desk.clock, SystemClock | SetClock):
            self.desk.clock.offset_ms = offset
        return {marks.CLOCK: {"offset_ms": offset, "at": marks.stamp(now)}}

    async def _kept(self, done: Round, state: State, clock: dict[str, Any]) -> Round:
        """Remember how it ended, and count what is left."""
        kept: dict[str, dict[str, Any] | None] = {marks.STATE: marks.stored_state(state), **clock}
        if done.complete:
            kept[marks.SUCCESS] = {"at": marks.stamp(self.desk.clock.now())}
        await asyncio.wrap_future(self.desk.post(KeepMarks(kept), actor=PLATFORM))
        left = await asyncio.wrap_future(self.desk.pose(Tallied(), actor=PLATFORM))
        return replace(
            done, waiting=left.waiting, conflicts=left.conflicts, quarantined=left.quarantined, due=left.due
        )


def _state(stopped: Stopped, access: Access, now: datetime) -> State:
    return State(stopped.phase, stopped.words, None, now, access.host)
