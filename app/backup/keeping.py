"""What lies in a place for backups: the ones of this station, leftovers of a killed program, the second place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, ENOSPC, EROFS
from pathlib import Path

from app.backup import archive, rules
from app.core.disk import settle_folder
from app.core.errors import Refusal, Trouble
from app.core.watch import Watch

PART = ".part"
_MB = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """One backup in a place; `at` on the institution's wall clock, size in bytes."""

    file: Path
    at: datetime
    size: int


def found_in(folder: Path, owner: str) -> tuple[Kept, ...]:
    """The backups of a station, the newest first. A place that is not there holds none."""
    try:
        entries = [(entry, rules.parsed(entry.name)) for entry in folder.iterdir()]
        mine = [
            Kept(path, name.at, path.stat().st_size) for path, name in entries if name and name.whose == owner
        ]
    except OSError:
        return ()
    return tuple(sorted(mine, key=lambda one: one.at, reverse=True))


def thin_out(folder: Path, owner: str, newest: Path) -> None:
    """Delete the backups that the rules no longer keep. One that cannot be deleted stays."""
    there = found_in(folder, owner)
    fresh = next((one.at for one in there if one.file.name == newest.name), None)
    wanted = rules.kept([one.at for one in there], fresh)
    for one in there:
        if one.at not in wanted:
            with suppress(OSError):
                one.file.unlink()


def clear_leftovers(folder: Path, owner: str) -> None:
    """Take away what a killed program left half written."""
    with suppress(OSError):
        for path in folder.glob(f"{owner}-*{PART}*"):
            path.unlink(missing_ok=True)


@contextmanager
def told(folder: Path, kept: str) -> Iterator[None]:
    """Inside, what a disk refuses becomes a Trouble that names the place; `kept` says what is still good."""
    try:
        yield
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise Trouble(f"备份位置空间不够：{folder}", remedy=f"请清出一些空间。{kept}") from error
        if error.errno == EROFS or isinstance(error, PermissionError):
            raise Trouble(f"备份位置只能读，不能写：{folder}", remedy=f"请检查权限。{kept}") from error
        if not folder.is_dir():
            raise Trouble(f"备份位置不见了：{folder}", remedy=f"请检查 U 盘或网络盘。{kept}") from error
        raise Trouble(f"备份位置读写出错：{folder}", remedy=f"请检查磁盘。{kept}") from error


def make_room(folder: Path, needed: int, kept: str) -> None:
    """Refuse (Trouble) before anything is written if so many bytes will not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        short = -(-(needed - free) // _MB)
        raise Trouble(f"备份位置空间不够，还差 {short:,} MB：{folder}", remedy=f"请清出一些空间。{kept}")


def copy_there(file: Path, folder: Path, owner: str, watch: Watch) -> None:
    """Put a second copy of a backup into a place, read it back, and keep the rules there too.

    Refuses (Trouble) a place that is missing, read-only, full or unplugged half-way; nothing half stays there.
    """
    kept = "第一份备份是好的。"
    part, done = folder / f"{file.name}{PART}", folder / file.name
    if not folder.is_dir():
        raise Trouble(f"第二备份位置不见了：{folder}", remedy=f"请检查 U 盘或网络盘。{kept}")
    try:
        with told(folder, kept):
            clear_leftovers(folder, owner)
            make_room(folder, file.stat().st_size + _MB, kept)
            _copy(file, part, watch)
            if archive.sum_of(part, watch) != archive.sum_of(file, watch):
                raise Trouble(f"第二备份和第一份不一致：{folder}", remedy=f"请换一个位置。{kept}")
            part.replace(done)
            settle_folder(folder)
            thin_out(folder, owner, done)
    except Refusal as refusal:
        raise Trouble(f"第二备份写坏了：{folder}", remedy=f"请换一个位置。{kept}") from refusal
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def place_problem(text: str, backups: Path) -> str:
    """Why a folder cannot be the second place; empty if it can. Writes and takes away one small file."""
    if not text.strip():
        return ""
    folder = Path(text.strip()).expanduser()
    if not folder.is_absolute():
        return "请写完整的路径。"
    if not folder.is_dir():
        return "没有这个文件夹。"
    if folder.resolve() == backups.resolve():
        return "这就是第一个备份位置，请换一个。"
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return "这个文件夹不能写入。"
    return ""


def same_disk(text: str, home: Path) -> bool:
    """Whether a folder lies on the disk of the home: then one broken disk takes both."""
    with suppress(OSError):
        return bool(text.strip()) and Path(text.strip()).stat().st_dev == home.stat().st_dev
    return False


def _copy(file: Path, part: Path, watch: Watch) -> None:
    total, done = file.stat().st_size, 0
    with file.open("rb") as source, part.open("wb") as target:
        while chunk := source.read(archive.CHUNK):
            target.write(chunk)
            done += len(chunk)
            watch.report(done // archive.CHUNK, total // archive.CHUNK, "正在拷到第二备份位置")
        target.flush()
        os.fsync(target.fileno())
