"""The file of a backup: a stored ZIP archive whose comment is the SHA-256 of everything before it.

The comment finds what ZIP itself overlooks (a flipped bit in a date, a name, a spare field) and a cut end, before
anybody is asked for a password. What somebody changed on purpose the sealed manifest finds.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import RawIOBase
from pathlib import Path
from typing import IO, Any

from app.backup.manifest import NO_BACKUP, Part
from app.core.errors import Refusal
from app.core.watch import Watch

DATABASE, KEYS, MANIFEST = "station.db", "keys.json", "manifest.json"
SUM = 64
"""Length of the comment: a SHA-256 as hex."""
CHUNK = 1024 * 1024
FLUSH = 4 * CHUNK
FLUSH_PAGES = FLUSH // 4096
"""Written bytes (pages) that are brought to the disk at a time: a commit of the nurse's waits for all before it."""
CUT = "备份文件不完整，多半没有拷贝完，不能使用。"
DAMAGED = "备份文件有损坏（校验和不符），不能使用。"
_DAY = (1980, 1, 1, 0, 0, 0)


class _Summing(RawIOBase):
    """Writes on, and sums up all but the last 64 bytes, which will hold the sum. It cannot go back: no byte changes."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._last = b""
        self.over = False
        self.sum = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self.over:
            return len(data)
        self._file.write(data)
        held = self._last + bytes(data)
        self.sum.update(held[:-SUM])
        self._last = held[-SUM:]
        return len(data)


class Packing:
    """An archive being written to `path`, part by part."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._summing = _Summing(self._file)
        self._zip = zipfile.ZipFile(self._summing, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.parts: dict[str, Part] = {}

    def put(self, name: str, source: IO[bytes], watch: Watch, total: int) -> None:
        """Add a part; `total` is its length, for whoever watches."""
        summed, size = hashlib.sha256(), 0
        with self._zip.open(zipfile.ZipInfo(name, _DAY), "w", force_zip64=True) as entry:
            while chunk := source.read(CHUNK):
                entry.write(chunk)
                summed.update(chunk)
                size += len(chunk)
                if size % FLUSH == 0:
                    self._file.flush()
                    os.fsync(self._file.fileno())
                watch.report(size // CHUNK, total // CHUNK, "正在写备份文件")
        self.parts[name] = Part(size, summed.hexdigest())

    def finish(self) -> str:
        """End the archive, make it durable, return its sum."""
        self._zip.comment = b"0" * SUM
        self._zip.close()
        found = self._summing.sum.hexdigest()
        self._file.seek(-SUM, os.SEEK_END)
        self._file.write(found.encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return found

    def close(self) -> None:
        """Let go, finished or not. An archive that was given up would still want to write its end."""
        self._summing.over = True
        with suppress(OSError, ValueError):
            self._zip.close()
        self._file.close()


def flush(path: Path) -> None:
    """Bring to the disk what was written to a file so far."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sum_of(path: Path, watch: Watch) -> str:
    """The sum a backup's file bears, after reading all of it. Refuses what is cut, damaged, or no backup at all."""
    size, summed, read = path.stat().st_size, hashlib.sha256(), 0
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04" or size <= SUM:
            raise Refusal(NO_BACKUP if size else CUT)
        file.seek(-SUM, os.SEEK_END)
        borne = file.read().decode("ascii", "replace")
        if not re.fullmatch("[0-9a-f]{64}", borne):
            raise Refusal(CUT)
        file.seek(0)
        while read < size - SUM:
            chunk = file.read(min(CHUNK, size - SUM - read))
            if not chunk:
                raise Refusal(CUT)
            summed.update(chunk)
            read += len(chunk)
            watch.report(read // CHUNK, size // CHUNK, "正在核对备份文件")
    if summed.hexdigest() != borne:
        raise Refusal(DAMAGED)
    return borne


def small_part(path: Path, name: str) -> bytes:
    """A part that fits in memory; refuses an archive of other parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sorted(archive.namelist()) != sorted((DATABASE, KEYS, MANIFEST)):
                raise Refusal(NO_BACKUP)
            if archive.getinfo(name).file_size > CHUNK * 8:
                raise Refusal(NO_BACKUP)
            return archive.read(name)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise Refusal(NO_BACKUP) from error


def chunks(path: Path, name: str) -> Iterator[bytes]:
    """A part in pieces of a megabyte."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as entry:
            while chunk := entry.read(CHUNK):
                yield chunk
    except zipfile.BadZipFile as error:
        raise Refusal(DAMAGED) from error
