"""What the disk says, put into a sentence with a remedy; and the way to make a rename outlive a power cut."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from app.core.errors import Trouble


class DiskFull(Trouble):
    """No room for this act; everything acknowledged before it is there."""

    def __init__(self) -> None:
        super().__init__("磁盘已满，这一步没有保存。", remedy="请清出一些空间后再试，已保存的记录都在。")


_SAID = {
    "readonly": ("数据文件只能读，不能写。", "请检查数据文件夹的权限。"),
    "locked": ("另一个程序正占用数据文件。", "请关掉它再试。"),
    "disk I/O error": ("读写数据文件出错。", "请检查磁盘，并尽快做一次备份。"),
    "unable to open": ("数据文件打不开。", "请检查数据文件夹的权限和磁盘。"),
    "malformed": ("数据文件有损坏。", "原文件已原样保留，请用备份恢复。"),
    "not a database": ("数据文件有损坏。", "原文件已原样保留，请用备份恢复。"),
}
"""What SQLite says, and (what happened, what a person can do)."""


def in_words(error: BaseException | None) -> Trouble | None:
    """The Trouble behind what SQLite said; None if it is no matter of the disk (then it is a bug)."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlcipher.Error):
        return None
    words = str(cause)
    if "disk is full" in words:
        return DiskFull()
    return next(
        (Trouble(text, remedy=remedy) for sign, (text, remedy) in _SAID.items() if sign in words), None
    )


@contextmanager
def troubles() -> Iterator[None]:
    """Inside, what the disk says becomes a Trouble; anything else stays what it is."""
    try:
        yield
    except (sqlcipher.Error, DBAPIError) as error:
        trouble = in_words(error)
        if trouble is None:
            raise
        raise trouble from error


def settle_folder(folder: Path) -> None:
    """Make a rename in a folder durable. Windows writes it through by itself and cannot open a folder."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
