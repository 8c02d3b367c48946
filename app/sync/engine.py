"""The sync engine: a thread and an asyncio loop of its own that runs rounds, and is never killed by one."""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core.changes import Changes
from app.core.desk import Desk
from app.core.errors import Trouble
from app.core.roles import PLATFORM
from app.sync import marks
from app.sync.access import Access
from app.sync.acts import PRESSED
from app.sync.marks import KeepMarks, State
from app.sync.patience import back_off
from app.sync.round import Round, Rounds

BROKEN = "同步出了内部错误，已记入日志，稍后会再试。"
DEBOUNCE = 1.0
"""Seconds after an act before it is sent: an act is often followed by the next."""
OVERDUE = 30.0
"""Seconds until what could not be settled in its time is looked at again."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rhythm:
    """Seconds: how long news gathers before a round; how long stopping waits for what is on its way."""

    debounce: float = DEBOUNCE
    grace: float = 2.0


class SyncEngine:
    """Runs while a station is open. `access_of` says where the platform is now; None: nowhere, and nothing is done."""

    def __init__(
        self,
        desk: Desk,
        access_of: Callable[[], Access | None],
        *,
        rounds: Rounds | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        self.rounds = rounds or Rounds(desk)
        self._desk = desk
        self._access_of = access_of
        self._rhythm = rhythm or Rhythm()
        self._chance = random.Random()
        self._failures = 0
        self._not_before = 0.0  # the platform asked to wait, or failed: news alone does not try again sooner
        self._pull_at = 0.0  # when the next whole round is due, on the monotonic clock
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._ending = False
        self._pressed = True  # the first round is due at once
        self._news = False
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._grace = self._rhythm.grace

    # from any thread --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin; the first round runs at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
            self._thread.start()

    def stop(self, timeout: float | None = None) -> None:
        """End. Waits at most so many seconds for a request on its way; its rows then stay `sending`."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        grace = self._rhythm.grace if timeout is None else timeout
        self._grace, self._ending = grace, True
        self.rounds.pace.end()
        self._call(self._ended.set)
        self._call(self._wake.set)
        thread.join(grace + 3.0)

    def now(self) -> None:
        """Have a round at once, however long it was to wait. Pressed twice during a round is one more round."""
        self._pressed = self.rounds.pace.pressed = self.rounds.pace.called = True
        self._call(self._wake.set)

    def _heard(self, changes: Changes) -> None:
        """On the writer's thread: an act was committed."""
        if changes.touches(PRESSED):
            self.now()
        elif changes.kinds & self.rounds.mappers.keys() and time.monotonic() >= self._not_before:
            self._news = self.rounds.pace.called = True
            self._call(self._wake.set)

    def _call(self, work: Callable[[], Any]) -> None:
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(work)

    # on its own thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.run(self._live())

    async def _live(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
        deaf = self._desk.listen(self._heard)
        try:
            wait: float | None = 0.0
            while not self._ending:
                await self._until_woken(wait)
                if not self._ending:
                    wait = await self._turn()
        finally:
            deaf()
            with self._lock:
                self._loop = None

    async def _until_woken(self, seconds: float | None) -> None:
        """Until something happened or the time has come; news gathers a moment first."""
        if not self._pressed and not self._news:
            try:
                async with asyncio.timeout(seconds):
                    await self._wake.wait()
            except TimeoutError:
                self._pressed = True  # its time has come: a whole round
        self._wake.clear()
        if self._news and not self._pressed and not self._ending:
            try:
                async with asyncio.timeout(self._rhythm.debounce):
                    while not self._pressed and not self._ending:
                        await self._wake.wait()
                        self._wake.clear()
            except TimeoutError:
                pass

    async def _turn(self) -> float | None:
        """One round; returns the seconds until the next, None for never by itself. Nothing in it ends the engine."""
        whole = self._pressed or self._failures > 0 or time.monotonic() >= self._pull_at
        pace = self.rounds.pace
        self._pressed = self._news = pace.called = pace.pressed = False
        try:
            pace.every = self._every()
            access = self._access_of()
            if access is None:
                await self._mark(State(at=self._desk.clock.now()), None)
                return None
            done = await self._guarded(self.rounds.run(access, pulls=whole))
            return await self._after(done, whole=whole)
        except Trouble as trouble:  # signed out meanwhile, or the disk is full
            _log.info("sync: %s", trouble.text)
        except asyncio.CancelledError:
            if not self._ending:
                raise
        except Exception:  # noqa: BLE001  # a bug in one round must not end all later ones; it is in the log
            _log.exception("a round of sync failed")
            await self._mark_broken()
        self._failures += 1
        return back_off(self._failures, self._chance)

    async def _guarded(self, work: Coroutine[Any, Any, Round]) -> Round:
        """Run a round; at the end of the engine what is being sent may still come back, anything else is cut short."""
        task = asyncio.ensure_future(work)
        ended = asyncio.ensure_future(self._ended.wait())
        await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done() and self.rounds.pace.pushing:
            await asyncio.wait({task}, timeout=self._grace)
        if not task.done():
            task.cancel()
        ended.cancel()
        return await task

    async def _after(self, done: Round, *, whole: bool) -> float:
        if done.error:
            self._failures += 1
            seconds = done.wait if done.wait is not None else back_off(self._failures, self._chance)
            self._not_before = time.monotonic() + seconds
        else:
            self._failures, self._not_before = 0, 0.0
            if whole:
                self._pull_at = self.rounds.pace.pull_at  # not from the files behind the pull
            seconds = max(0.0, self._pull_at - time.monotonic())
        now = self._desk.clock.now()
        if done.due is not None and not done.error:
            # what was due already had its chance in this round
            until = (done.due - now).total_seconds()
            seconds = min(seconds, until if until > 0 else OVERDUE)
        await self._mark(None, now + timedelta(seconds=seconds))
        return seconds

    def _every(self) -> float:
        return 60.0 * max(1, self._desk.surroundings.settings.sync_every_minutes)

    async def _mark(self, state: State | None, next_at: datetime | None) -> None:
        kept: dict[str, dict[str, Any] | None] = {
            marks.NEXT: None if next_at is None else {"at": marks.stamp(next_at)}
        }
        if state is not None:
            kept[marks.STATE] = marks.stored_state(state)
        await asyncio.wrap_future(self._desk.post(KeepMarks(kept), actor=PLATFORM))

    async def _mark_broken(self) -> None:
        try:
            await self._mark(State("strange", BROKEN, at=self._desk.clock.now()), None)
        except Trouble as trouble:
            _log.info("sync: %s", trouble.text)
