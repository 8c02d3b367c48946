"""Making one backup: a copy out of one moment, proved, packed, read back, and only then given its name."""

from __future__ import annotations

import io
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app import __version__
from app.access import keys
from app.access.keyring import KeyRing
from app.access.keys import KeyTable
from app.backup import archive, keeping, manifest, proving, rules
from app.backup.keeping import PART, told
from app.core.clock import local
from app.core.disk import DiskFull, settle_folder, troubles
from app.core.errors import Trouble
from app.core.settings import Settings
from app.core.watch import Watch
from db import backup

KEPT = "以前的备份都在。"
_SPARE = 4 * 1024 * 1024
_TRIES = 5


@dataclass(frozen=True)
class Source:
    """What is backed up: an open station's file and keys, and by whom and when."""

    database: Path
    keyring: KeyRing
    settings: Settings
    by: str  # staff number
    at: datetime

    @property
    def owner(self) -> str:
        """The beginning of the names of this station's backups."""
        return rules.whose(self.settings.institution_code, self.settings.station_number)


@dataclass(frozen=True)
class Made:
    """A finished, proved backup. `head`: the last audit line in it."""

    file: Path
    size: int
    seconds: float
    at: datetime
    head: tuple[int, bytes]


def make(source: Source, folder: Path, watch: Watch) -> Made:
    """Write one backup into a folder. Refuses (Trouble) what the disk refuses; nothing half stays, old ones live."""
    begun = time.monotonic()
    try:
        with told(folder, KEPT), troubles():
            folder.mkdir(parents=True, exist_ok=True)
            keeping.clear_leftovers(folder, source.owner)
            keeping.make_room(folder, 2 * source.database.stat().st_size + _SPARE, KEPT)
            taken = {path.name for path in folder.iterdir()}
            at = local(source.settings.zone, source.at)
            name = rules.free_name(source.owner, at, taken).text
            done, head = _write(source, folder / name, watch)
    except DiskFull as error:
        raise Trouble(f"备份位置空间不够：{folder}", remedy=f"请清出一些空间。{KEPT}") from error
    finally:
        keeping.clear_leftovers(folder, source.owner)
    return Made(done, done.stat().st_size, time.monotonic() - begun, source.at, head)


def _write(source: Source, done: Path, watch: Watch) -> tuple[Path, tuple[int, bytes]]:
    copy, part = done.with_name(f"{done.name}.copy{PART}"), done.with_name(f"{done.name}{PART}")
    table, found = _copy(source, copy, watch)
    _prove(source, copy, found, watch)
    packed = _pack(source, (copy, part), (table, found), watch)
    copy.unlink()
    _forget(part)
    # the same bytes that were opened and proved lie in the finished file: its sum says so, read from the disk anew
    if archive.sum_of(part, watch) != packed:
        raise Trouble("写好的备份读回来不一样。", remedy=f"请检查磁盘。{KEPT}")
    watch.check()
    part.replace(done)
    settle_folder(done.parent)
    return done, found.head


def _copy(source: Source, copy: Path, watch: Watch) -> tuple[KeyTable, proving.Facts]:
    """Copy the file out of one moment; returns the key table that goes with it, and what that moment holds."""
    raw, target = source.keyring.connect(source.database), source.keyring.begin(copy)
    try:
        for _ in range(_TRIES):
            with backup.held(raw):
                table = source.keyring.table
                if not _fits(raw, table):
                    continue  # a password was being changed in this very moment
                backup.copy_pages(raw, target, _stepping(copy, watch))
                found = proving.facts(raw)
                break
        else:
            raise Trouble("密钥正在改动，备份没有做成。", remedy=f"请再试一次。{KEPT}")
    finally:
        target.close()
        raw.close()
    source.keyring.settle_copy(copy)
    return table, found


def _stepping(copy: Path, watch: Watch) -> backup.Step:
    """Report each step; bring what is copied to the disk bit by bit."""
    flushed = 0

    def step(done: int, total: int) -> None:
        nonlocal flushed
        watch.report(done, total, "正在拷贝数据")
        if done - flushed >= archive.FLUSH_PAGES:
            archive.flush(copy)
            flushed = done

    return step


def _fits(raw: Any, table: KeyTable) -> bool:
    """Whether every account of this moment has its slot in the table."""
    return backup.account_slots(raw) <= {slot.id.bytes for slot in table.slots} | _disabled(raw)


def _disabled(raw: Any) -> set[bytes]:
    rows = raw.execute(
        "SELECT slot FROM account JOIN staff ON staff.rid = account.staff WHERE NOT staff.active"
    )
    return {bytes(row[0]) for row in rows}


def _prove(source: Source, copy: Path, found: proving.Facts, watch: Watch) -> None:
    raw = source.keyring.connect(copy)
    try:
        proving.prove(raw, found, watch)
    except sqlcipher.Error as error:
        raise Trouble("备份的拷贝读不出来。", remedy=f"请检查磁盘。{KEPT}") from error
    finally:
        raw.close()


def _pack(
    source: Source, files: tuple[Path, Path], what: tuple[KeyTable, proving.Facts], watch: Watch
) -> str:
    copy, part = files
    table, found = what
    packing = archive.Packing(part)
    try:
        with copy.open("rb") as file:
            packing.put(archive.DATABASE, file, watch, copy.stat().st_size)
        packing.put(archive.KEYS, io.BytesIO(keys.as_stored(table)), watch, 0)
        stated = manifest.Manifest(
            program=__version__,
            schema=found.schema,
            institution=source.settings.institution_name,
            institution_code=source.settings.institution_code,
            station=source.settings.station_number,
            database=table.database,
            made_at=source.at,
            made_by=source.by,
            counts=found.counts,
            head=found.head,
            parts=dict(packing.parts),
        ).sealed(source.keyring.derived(manifest.PURPOSE))
        packing.put(archive.MANIFEST, io.BytesIO(stated.as_stored()), watch, 0)
        return packing.finish()
    finally:
        packing.close()


def _forget(path: Path) -> None:
    """Let the system drop its memory of a file, so that reading it back asks the disk (where it knows how)."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
