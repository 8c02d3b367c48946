"""How often a programme item is done: so many times a day, a week or a month."""

from __future__ import annotations

from dataclasses import dataclass

PERS = {"day": "每日", "week": "每周", "month": "每月"}
"""What times may be counted by, in words."""
_A_WEEK = {"day": 7.0, "week": 1.0, "month": 7 / 28}


@dataclass(frozen=True)
class Often:
    """`times` per `per`, one of `PERS`."""

    times: int
    per: str = "week"

    @property
    def a_week(self) -> float:
        """Times in a week; a month counts as four weeks."""
        return self.times * _A_WEEK[self.per]

    @property
    def on_ward(self) -> bool:
        """More than once a day: done on the ward between sessions, nothing a week board books."""
        return self.per == "day" and self.times > 1

    @property
    def words(self) -> str:
        """`每周 5 次`."""
        return f"{PERS[self.per]} {self.times} 次"
