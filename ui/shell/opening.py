"""The station while it is being put together on a thread of its own; whoever needs it waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.compose import Station


class Opening:
    """One try to open a station."""

    def __init__(self, make: Callable[[], Station]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._outcome = self._pool.submit(make)

    async def station(self) -> Station:
        """The station, or the Trouble it met."""
        return await asyncio.shield(asyncio.wrap_future(self._outcome))

    def close(self) -> None:
        """Let go of the station, whether or not anybody has signed in."""
        if self._outcome.exception() is None:
            self._outcome.result().close()
        self._pool.shutdown()
