"""A backup that was read whole, opened with a secret of its own moment, and unpacked to be proved."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.access import keys
from app.access.entry import WRONG
from app.access.keys import KeyTable, Slot
from app.backup import archive, keeping, manifest, proving
from app.backup.manifest import Manifest
from app.core.audit import derive
from app.core.disk import settle_folder, troubles
from app.core.errors import Refusal, Trouble
from app.core.home import Home
from app.core.watch import Watch
from db.engine import connect

OF_THEN = "要用做备份那时候的密码。"
NOTHING = "什么也没有改动。"
_SPARE = 8 * 1024 * 1024


@dataclass(frozen=True)
class Secret:
    """What opens a backup: the password of somebody (staff number or name); with nobody named, the recovery code."""

    words: str = field(repr=False)
    who: str = ""


@dataclass(frozen=True)
class Opened:
    """A backup whose manifest is genuine. `slot` is the one the secret opened."""

    file: Path
    manifest: Manifest
    table: KeyTable
    slot: Slot
    key: bytes = field(repr=False)


def open_backup(file: Path, secret: Secret, watch: Watch) -> Opened:
    """Refuses a file that is cut, damaged, another's or newer, and a wrong password; reads, and changes nothing."""
    if not file.is_file():
        raise Refusal(f"没有这个文件：{file}")
    with keeping.told(file.parent, NOTHING):
        archive.sum_of(file, watch)
        stated = manifest.read(archive.small_part(file, archive.MANIFEST))
        table = keys.from_stored(archive.small_part(file, archive.KEYS))
    slot, key = _unlocked(table, secret)
    parts_known = set(stated.parts) == {archive.DATABASE, archive.KEYS}
    if not (table.genuine(key) and stated.genuine(derive(key, manifest.PURPOSE)) and parts_known):
        raise Refusal("备份的清单被改动过，不能使用。")
    return Opened(file, stated, table, slot, key)


def unpack(opened: Opened, scratch: Home, watch: Watch) -> None:
    """Put the station of a backup into a scratch home and prove it. Refuses (Trouble) what is not whole."""
    size = opened.manifest.parts[archive.DATABASE].size
    with keeping.told(scratch.root.parent, NOTHING), troubles():
        shutil.rmtree(scratch.root, ignore_errors=True)
        scratch.data.mkdir(parents=True)
        keeping.make_room(scratch.root, size + _SPARE, NOTHING)
        for name, path in ((archive.DATABASE, scratch.database), (archive.KEYS, scratch.keys)):
            _unpack(opened, name, path, watch)
        settle_folder(scratch.data)
        _prove(opened, scratch, watch)


def clear(scratch: Home) -> None:
    """Take a scratch home away."""
    shutil.rmtree(scratch.root, ignore_errors=True)


def _unlocked(table: KeyTable, secret: Secret) -> tuple[Slot, bytes]:
    if not secret.words:
        raise Refusal("请输入密码。" if secret.who else "请输入恢复码。", field="secret")
    recovery = tuple(slot for slot in table.slots if slot.kind == "recovery")
    for slot in table.find(secret.who) if secret.who.strip() else recovery:
        if (key := keys.unlock(table, slot, secret.words)) is not None:
            return slot, key
    raise Refusal(f"{WRONG}{OF_THEN}" if secret.who.strip() else "恢复码不对，请核对后再试。", field="secret")


def _unpack(opened: Opened, name: str, path: Path, watch: Watch) -> None:
    part, summed, size = opened.manifest.parts[name], hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in archive.chunks(opened.file, name):
            file.write(chunk)
            summed.update(chunk)
            size += len(chunk)
            watch.report(size // archive.CHUNK, part.size // archive.CHUNK, "正在取出数据")
        file.flush()
        os.fsync(file.fileno())
    if (size, summed.hexdigest()) != (part.size, part.sha256):
        raise Refusal(archive.DAMAGED)


def _prove(opened: Opened, scratch: Home, watch: Watch) -> None:
    stated = opened.manifest
    with proving.readable():
        raw = connect(scratch.database, opened.key, read_only=True)
    try:
        proving.prove(raw, proving.Facts(stated.counts, stated.head, stated.schema), watch)
    finally:
        raw.close()
    proving.prove_chain(scratch.database, opened.key, watch)


def discard_copies(scratch: Home) -> None:
    """The dated copy an upgrade leaves is the backup itself once more: it need not be kept twice."""
    for path in scratch.data.glob("station-*.db"):
        with suppress(OSError):
            path.unlink()


def check_newer(stated: Manifest, known: frozenset[str]) -> None:
    """Refuses a backup whose tables this program does not know yet."""
    if stated.schema not in known:
        raise Trouble("备份里的数据是更新版本的程序写的。", remedy=f"请安装新版本后再恢复。{NOTHING}")
