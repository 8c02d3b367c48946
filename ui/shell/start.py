"""What a window is started with: where its station lies, which clock, how the station is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.clock import Clock
from app.core.home import Home, HomeLock

if TYPE_CHECKING:
    from app.compose import Station


def lock_of(home: Home) -> HomeLock | None:
    """The lock of a home, taken; None if another program holds it. A home that cannot be written says so later."""
    lock = HomeLock(home)
    try:
        return lock if not home.root.exists() or lock.take() else None
    except OSError:
        return lock


def composed(home: Home, lock: HomeLock) -> Station:
    """The station of a home, its lock taken. Imports SQLAlchemy, cryptography and the rest: a second, cold."""
    from app.compose import compose
    from app.core.errors import Trouble

    station = compose(home.root)
    station.lock, station.syncs = lock, True
    if not lock.take():
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
