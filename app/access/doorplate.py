"""What stands on the door before anyone has come in: the place, its people, who signed in today.

Read with json and pathlib alone: the sign-in screen is painted before SQLAlchemy and cryptography are imported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.clock import date_in
from app.core.errors import Trouble
from app.core.home import Home, Phase
from app.core.replacing import finish

ZONE = "Asia/Shanghai"
RECENT = 3


@dataclass(frozen=True)
class Person:
    """Somebody who has an account here, as the door knows them. Roles stand in the encrypted file only."""

    number: str
    name: str


@dataclass(frozen=True)
class Doorplate:
    """Phase, institution and station, accounts, and the last few who signed in today (the latest first)."""

    phase: Phase
    institution: str = ""
    station: str = ""
    people: tuple[Person, ...] = ()
    today: tuple[Person, ...] = ()

    def person(self, who: str) -> Person | None:
        """The one person a staff number or a name means; None if nobody or more than one."""
        wanted = who.strip()
        found = [one for one in self.people if one.number.lower() == wanted.lower()]
        found = found or [one for one in self.people if one.name == wanted]
        return found[0] if len(found) == 1 else None


def read(home: Home, now: datetime) -> Doorplate:
    """The doorplate of a home. Half a pair of files or a broken key table is a Trouble; no station is changed.

    A restore that was killed while the new station took its place is finished first; the caller holds the home.
    """
    try:
        finish(home)
    except (OSError, ValueError, KeyError) as error:
        raise Trouble("恢复差最后一步，还没有做完。", remedy="请检查文件夹权限和磁盘后重试。") from error
    phase = home.phase
    if phase is Phase.EMPTY:
        return Doorplate(phase)
    try:
        stored = json.loads(home.keys.read_bytes())
        institution, station = stored["label"]
        slots = [slot for slot in stored["slots"] if slot["kind"] == "password"]
        people = {slot["id"]: Person(str(slot["number"]), str(slot["name"])) for slot in slots}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("密钥表读不出来。", remedy="请从备份取回 keys.json，数据文件没有动过。") from error
    came = [people[slot] for slot in _came_today(home.attempts, now) if slot in people]
    known = tuple(sorted(people.values(), key=lambda one: one.number))
    return Doorplate(phase, str(institution), str(station), known, tuple(came[:RECENT]))


def _came_today(attempts: Path, now: datetime) -> list[str]:
    """Slots opened today, the latest first, each once; a record that cannot be read is an empty one."""
    try:
        lines = attempts.read_bytes().splitlines()
    except OSError:
        return []
    today = date_in(ZONE, now)
    slots = [slot for line in reversed(lines) if (slot := _opened_on(line, today))]
    return list(dict.fromkeys(slots))


def _opened_on(line: bytes, today: Any) -> str:
    """The slot a line says was opened on a date, else nothing."""
    try:
        stored = json.loads(line)
        at = datetime.fromisoformat(stored["at"])
        return str(stored["slot"]) if stored["right"] and date_in(ZONE, at) == today else ""
    except (ValueError, KeyError, TypeError):
        return ""
