"""What a window is started with: where its station lies, which clock, how the station is put together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.clock import Clock
from app.core.home import Home

if TYPE_CHECKING:
    from app.compose import Station


def composed(home: Home) -> Station:
    """The station of a home, its lock taken. Imports SQLAlchemy, cryptography and the rest: a second, cold."""
    from app.compose import compose
    from app.core.errors import Trouble

    station = compose(home.root)
    if not station.lock.take():
        station.close()
        raise Trouble(
            "另一个程序正在使用这个站点的数据。", remedy="多半是命令行在导入或备份，请等它做完再重试。"
        )
    return station


@dataclass(frozen=True)
class Start:
    """A window's ground. `make` runs on a thread of its own, since it imports what is heavy."""

    home: Home
    clock: Clock
    make: Callable[[], Station]


class Opening:
    """The station while it is being put together; whoever needs it waits for it."""

    def __init__(self, make: Callable[[], Station]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._outcome = self._pool.submit(make)

    async def station(self) -> Station:
        """The station, or the Trouble it met."""
        return await asyncio.shield(asyncio.wrap_future(self._outcome))

    def close(self) -> None:
        """Let go of the station, whether or not anybody has signed in."""
        self._pool.shutdown(wait=True)
        if self._outcome.exception() is None:
            self._outcome.result().close()
