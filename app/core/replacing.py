"""How a restored station takes the place of the one before: a few renames, written down first and always finished.

Two folders and a file cannot change places in one step, and a power cut between two renames would leave a home without
a station, in which set-up would begin anew. So the way is written down, durably, before the first rename; from then on
it only goes forward. Every opening of a home asks here first. Only json and pathlib: the door is painted with it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from app.core.errors import Trouble
from app.core.home import Home

_NAMES = ("station", "anchors.jsonl", "backup.json")
"""What belongs to one station. Attempts, log and looks belong to the PC, backups to both."""


def replace_station(home: Home, aside: str) -> None:
    """Let what lies in `home.restoring` be the station; the one before, if any, goes whole into the folder `aside`.

    Refuses (Trouble) if the first step fails: then everything is as it was.
    """
    part = home.intent.with_suffix(".part")
    there = [name for name in _NAMES if (home.root / name).exists()]
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump({"aside": aside, "there": there}, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(home.intent)
        _settle(home.root)
        finish(home)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
            if (home.restoring / "station").exists() and not (home.root / aside / "station").exists():
                home.intent.unlink(missing_ok=True)
                raise Trouble(
                    "恢复没有完成，原来的站点没有动。", remedy="请检查文件夹权限和磁盘后再试。"
                ) from error
        raise Trouble("恢复差最后一步。", remedy="重新打开程序会接着做完。") from error


def finish(home: Home) -> bool:
    """Go the rest of the way, if one was begun; returns whether there was one."""
    if not home.intent.exists():
        return False
    way = json.loads(home.intent.read_text(encoding="utf-8"))
    aside = home.root / str(way["aside"])
    if (home.restoring / "station").exists():
        for name in way["there"]:
            if (home.root / name).exists() and not (aside / name).exists():
                aside.mkdir(exist_ok=True)
                (home.root / name).rename(aside / name)
        _settle(home.root)
    for name in reversed(
        _NAMES
    ):  # the station comes last: once it is in its place, nothing goes aside any more
        if (home.restoring / name).exists():
            (home.restoring / name).replace(home.root / name)
    _settle(home.root)
    home.intent.unlink()
    _settle(home.root)
    shutil.rmtree(home.restoring, ignore_errors=True)
    return True


def _settle(folder: Path) -> None:
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
