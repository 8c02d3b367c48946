"""The home folder of a station: where its files lie, and that only one program writes there.

home/
  station/        data of the station: station.db (encrypted), keys.json
  attempts.jsonl  sign-in attempts       anchors.jsonl   heads of the audit chain
  ballast         room kept in reserve for a full disk   backups/        kept backups, one file each
  station.lock    held while a program writes here       log/            ui.json  theme, text size
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from app.core.errors import Trouble


def default_home() -> Path:
    """CARESTATION_HOME, else the machine-wide place: not a user's own, since nurses share the PC's account."""
    if chosen := os.environ.get("CARESTATION_HOME"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "CareStation"
    return Path("/var/lib/carestation")


class Phase(StrEnum):
    """Where a station stands."""

    EMPTY = "empty"  # nothing in the home folder: the set-up assistant
    CLOSED = "closed"  # encrypted and shut: sign-in
    OPEN = "open"  # somebody has signed in since the program started


@dataclass(frozen=True)
class Home:
    """Paths of one home folder; making one touches nothing."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "station"

    @property
    def database(self) -> Path:
        return self.data / "station.db"

    @property
    def keys(self) -> Path:
        return self.data / "keys.json"

    @property
    def draft(self) -> Path:
        """Where set-up builds; renamed to `data` in one step when all is there."""
        return self.root / "station.setup"

    @property
    def attempts(self) -> Path:
        return self.root / "attempts.jsonl"

    @property
    def anchors(self) -> Path:
        return self.root / "anchors.jsonl"

    @property
    def ballast(self) -> Path:
        """Room kept in reserve for the last work on a full disk."""
        return self.root / "ballast"

    @property
    def backups(self) -> Path:
        """Where backups are kept first; the second place is a setting."""
        return self.root / "backups"

    @property
    def backup_note(self) -> Path:
        """What became of the last backup."""
        return self.root / "backup.json"

    @property
    def backup_lock(self) -> Path:
        """Held by the one backup that is being made."""
        return self.root / "backup.lock"

    @property
    def restoring(self) -> Path:
        """Where a backup is unpacked and proved before it takes the station's place: a home of its own."""
        return self.root / "station.restore"

    @property
    def drilling(self) -> Path:
        """The same for a drill, which takes nobody's place."""
        return self.root / "station.drill"

    @property
    def intent(self) -> Path:
        """There while a restored station takes its place: whoever finds it finishes the way."""
        return self.root / "restore.json"

    @property
    def lock(self) -> Path:
        return self.root / "station.lock"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def ui(self) -> Path:
        """How this computer likes its screen: theme, text size."""
        return self.root / "ui.json"

    @property
    def phase(self) -> Phase:
        """EMPTY or CLOSED by what lies there; half a pair of files is a Trouble, never a reason to begin anew."""
        try:
            database, table = self.database.exists(), self.keys.exists()
        except PermissionError as error:
            raise self._shut_out() from error
        if database != table:
            missing = "keys.json" if database else "station.db"
            raise Trouble(f"数据文件夹里缺少 {missing}。", remedy="现有文件已原样保留，请用备份恢复。")
        return Phase.CLOSED if database else Phase.EMPTY

    def prepare(self) -> None:
        """Make the folder and see that it can be written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            probe = self.root / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except PermissionError as error:
            raise self._shut_out() from error
        except OSError as error:
            remedy = "请检查文件夹权限和磁盘，或用 --home 换一个文件夹。"
            raise Trouble(f"数据文件夹不能写入：{self.root}。", remedy=remedy) from error

    def _shut_out(self) -> Trouble:
        """This account of the PC may not work here. Where the folder belongs to a group, joining it is the way."""
        group = _group_of(self.root)
        remedy = "请检查文件夹权限，或用 --home 换一个文件夹。"
        if group not in {"", "root"}:
            remedy = (
                f"请电脑管理员把这个账户加入 {group} 组（sudo adduser 账户名 {group}），注销再登录后重试。"
            )
        return Trouble(f"您的电脑账户不能使用数据文件夹 {self.root}。", remedy=remedy)


def _group_of(folder: Path) -> str:
    """The group a folder belongs to; empty where there is no folder, no such group, or no such thing as groups."""
    try:
        return folder.group()
    except (OSError, KeyError, NotImplementedError):
        return ""


class FileLock:
    """A file only one holds at a time; the system lets go of it when the program dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether it is ours now."""
        if self._file is not None:
            return True
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class HomeLock(FileLock):
    """Held by the one program that writes in a home."""

    def __init__(self, home: Home) -> None:
        super().__init__(home.lock)


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
