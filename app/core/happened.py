"""One line of a resident's timeline, as each subject tells it: what happened, when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Happened:
    """`kind` and `rid` name the record (F8 and its history); `sort` groups lines for filtering (体征, 护理记录 …).

    `tone` is ok, info, warn, orange, danger, violet or neutral, as the badges have it.
    """

    at: datetime
    kind: str
    rid: UUID
    sort: str
    title: str
    words: str = ""
    by: str = ""
    tone: str = "neutral"
    icon: str = "clock"
