"""How much at once, learned from the server: sizes of bundles and how many are on their way."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
LEAST, MOST, FIRST = 10, 200, 50
MOST_PUTS = 50
MOST_BYTES = 700_000
QUICK, SLOW = 1.0, 8.0
"""Seconds an answer takes: under the one the next bundle is larger, over the other smaller."""
PATIENT = 10.0
"""Seconds that whoever waits, waits for a file that is on its way."""
WATCH = 0.25
"""Seconds between two looks whether somebody waits."""


@dataclass(frozen=True)
class Tempo:
    """Seconds of patience. `look_after`: how long after a lost answer the platform is searched, by searches done."""

    look_after: tuple[float, ...] = (2.0, 10.0, 60.0)
    pause: float = 0.5  # before a request that collided, or failed at the server, is tried again
    chance: random.Random = field(default_factory=random.Random)

    def look(self, looked: int) -> float:
        return self.look_after[min(looked, len(self.look_after) - 1)]

    async def rest(self, tries: int) -> None:
        """A while that grows with the tries, with full jitter so that stations do not meet again."""
        await asyncio.sleep(self.chance.uniform(0.2, 1.0) * self.pause * 2**tries)


class Pace:
    """Sizes as they were learned in this run of the engine; a new run starts anew. `pushing`: a push is going on;
    `called`: somebody waits for the next round. `pressed`: for a whole one, which pulls; `pull_at`: when that is due
    by itself, on the monotonic clock. `holds_files`: files wait for a pull; `held`: some do."""

    def __init__(self, size: int = FIRST) -> None:
        self.size = size
        self.puts = MOST_PUTS
        self._lanes = asyncio.Semaphore(2)
        self._alone = asyncio.Lock()
        self._one_lane = False
        self.pushing = False
        self.ended = False
        self.called = False
        self.pressed = False
        self.every = self.pull_at = float("inf")
        self._patience = PATIENT
        self.holds_files = False
        self.held = False

    @property
    def pull_waits(self) -> bool:
        """Whether a pull waits for what is going on."""
        return self.pressed or time.monotonic() >= self.pull_at

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[None]:
        """At most two requests at a time; one, once the server was seen to collide with itself."""
        async with self._lanes:
            if self._one_lane:
                async with self._alone:
                    yield
            else:
                yield

    def end(self) -> None:
        """No new requests: what is on its way comes to its end."""
        self.ended = True

    def collided(self) -> None:
        self._one_lane = True

    def took(self, count: int, seconds: float) -> None:
        """A bundle of so many was confirmed after so many seconds."""
        if seconds > SLOW:
            self.size = max(LEAST, self.size // 2)
        elif seconds < QUICK and count >= self.size:
            self.size = min(MOST, self.size * 3 // 2)

    def too_large(self, count: int) -> None:
        """The server does not take so many at once."""
        self.size = max(1, min(self.size, count // 2))

    def too_many_puts(self, count: int) -> None:
        self.puts = max(1, min(self.puts, count // 2))

    def lost(self) -> None:
        """An answer did not come: less at a time loses less."""
        self.size = max(LEAST, self.size // 2)

    def pulled(self) -> None:
        """A pull has come to its end, and the next is due in its time."""
        self.pull_at = time.monotonic() + self.every

    async def giving_way(self, work: Coroutine[Any, Any, T], *, to_news: bool = False) -> T | None:
        """A slow file gives way to a pull that waits, and `to_news`: None if it did. One that gave way to a pull
        that was due has twice its time from then on, until a slow one is through: it must come to its end some day."""
        begun, task = time.monotonic(), asyncio.ensure_future(work)
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=WATCH)
                took, is_called = time.monotonic() - begun, self.pressed or (to_news and self.called)
                if task.done() or not (is_called or self.pull_waits):
                    continue
                if took > (PATIENT if is_called else self._patience):
                    self._patience = self._patience if is_called else took * 2
                    return None
            if time.monotonic() - begun > PATIENT:
                self._patience = PATIENT
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
