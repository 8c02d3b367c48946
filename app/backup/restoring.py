"""Restoring: a backup becomes the station of a home, after it was proved beside it; the one before is never deleted."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from app.access.keys import STRONG, Cost
from app.access.queries import ActorOfSlot
from app.backup.acts import MarkRestored
from app.backup.opened import NOTHING, Opened, Secret, check_newer, clear, discard_copies, open_backup, unpack
from app.core.clock import Clock, SystemClock, local
from app.core.desk import Desk
from app.core.disk import settle_folder
from app.core.errors import Refusal
from app.core.home import Home
from app.core.ids import Ids
from app.core.replacing import replace_station
from app.core.roles import Actor, Role
from app.core.watch import Watch
from app.opening import open_desk
from db.engine import PlainFile, WrongKey, connect
from db.upgrade import revisions

LIVE_AGAIN = "备份那时候的账号和密码又有效了，之后改过的密码请重新改一次。"
NUMBERS = "编号跳到了下一个整千以后，备份之后打印过的编号不会再给出去。"
CODE = Actor(UUID(int=0), "", "恢复码", frozenset({Role.ADMINISTRATOR}), "")
"""Who restores with the recovery code: whoever holds the paper."""


@dataclass(frozen=True)
class Restored:
    """What a restore did. `aside`: the folder that holds the station before, whole; None if there was none."""

    file: Path
    institution: str
    made_at: datetime
    aside: Path | None
    head: int


@dataclass(frozen=True)
class Ground:
    """Where and when a restore is done; `cost` is cheap only in tests."""

    home: Home
    clock: Clock = SystemClock()  # noqa: RUF009  # it has no state
    cost: Cost = STRONG


def restore(ground: Ground, file: Path, secret: Secret, watch: Watch, *, replacing: bool = False) -> Restored:
    """Refuses a home with a station unless `replacing`, and whatever `open_backup` and `unpack` refuse.

    The caller holds the home's lock. Until the last step nothing of the present station is touched; that step is a few
    renames that a kill can only interrupt, not spoil (`app.core.replacing`).
    """
    home = ground.home
    occupied = home.data.exists()
    if occupied and not replacing:
        raise Refusal(
            f"这个文件夹里已经有一个站点了。要换成备份里的，请用 --replace；原来的会整个留着。{NOTHING}"
        )
    opened = open_backup(file, secret, watch)
    check_newer(opened.manifest, revisions())
    scratch = Home(home.restoring)
    try:
        unpack(opened, scratch, watch)
        watch.report(0, 0, "正在登记恢复")
        _mark(ground, opened, scratch, _taken(home, opened.key))
        watch.check()
        aside = _aside(ground) if occupied else None
        replace_station(home, aside.name if aside else "")
    finally:
        if not home.intent.exists():
            clear(scratch)
    stated = opened.manifest
    return Restored(file, stated.institution, stated.made_at, aside, stated.head[0])


def _mark(ground: Ground, opened: Opened, scratch: Home, taken: tuple[tuple[str, int], ...]) -> None:
    """Bring the copy to this program's shape and write into its chain where it comes from."""
    at_work = open_desk(scratch, opened.key, ground.clock, Ids(), ground.cost)
    desk: Desk = at_work.desk
    try:
        named = None if opened.slot.kind == "recovery" else desk.ask_as(CODE, ActorOfSlot(opened.slot.id))
        if named is None and opened.slot.kind != "recovery":
            raise Refusal("这个账号在备份里已停用，请换一个人的密码或用恢复码。", field="secret")
        desk.actor = named or CODE
        epoch = at_work.keyring.renew()
        stated = opened.manifest
        desk.do_now(MarkRestored(opened.file.name, stated.made_at, stated.head, epoch, taken))
    finally:
        desk.close()
    discard_copies(scratch)
    scratch.ballast.unlink(missing_ok=True)
    with scratch.anchors.open("rb+") as file:
        os.fsync(file.fileno())
    settle_folder(scratch.data)
    settle_folder(scratch.root)


def _taken(home: Home, key: bytes) -> tuple[tuple[str, int], ...]:
    """The next numbers of the station that is there now, if the backup is one of its own and it still opens."""
    with suppress(sqlcipher.Error, WrongKey, PlainFile, OSError):
        if home.database.exists():
            raw = connect(home.database, key, read_only=True)
            try:
                rows = raw.execute("SELECT name, next FROM sequence").fetchall()
            finally:
                raw.close()
            return tuple((str(name), int(number)) for name, number in rows)
    return ()


def _aside(ground: Ground) -> Path:
    """A folder beside the station that is not there yet, named after today."""
    at = local("Asia/Shanghai", ground.clock.now())
    name, number = f"station.replaced-{at:%Y%m%d-%H%M%S}", 1
    while (ground.home.root / name).exists():
        number += 1
        name = f"station.replaced-{at:%Y%m%d-%H%M%S}-{number}"
    return ground.home.root / name
