"""The way back: how a person came back, what becomes of papers that are owed, and when they are asked for again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

CAME_WITH: Final = {"paper": "纸质材料", "platform": "平台", "told": "只有口头交代", "none": "没有材料"}
"""With what somebody came back 回转依据."""
HERE, MISSING, NOT_NEEDED, OPEN = "here", "missing", "not_needed", "open"
PAPER_STATES: Final = {HERE: "已收到", MISSING: "缺", NOT_NEEDED: "不需要", OPEN: "未收到"}
"""What becomes of a paper; `open`: nobody said anything yet, so it is owed like one that is missing."""
OWED: Final = frozenset({MISSING, OPEN})


@dataclass(frozen=True)
class Chasing:
    """When papers are asked for again. `late`: that day has passed and nobody asked."""

    on: date
    late: bool


def paper_state(said: str, filled: bool) -> str:  # noqa: FBT001  # two facts, no switch
    """What was said of a paper; with nothing said, what stands in the form tells."""
    if said in PAPER_STATES and said != OPEN:
        return said
    return HERE if filled else OPEN


def next_chase(
    returned: date, asked: Iterable[date], days: Collection[int], every: int, today: date
) -> Chasing:
    """The day papers have to be asked for next: the first of D+1, D+3, D+7, then of each `every` days, that comes
    after the last time somebody asked. It never lapses: one nobody kept stays due until somebody asks."""
    last = max(asked, default=returned)
    ordered = sorted(days)
    on = returned + timedelta(days=ordered[0])
    place = 0
    while on <= last:
        place += 1
        after = ordered[place] if place < len(ordered) else ordered[-1] + every * (place - len(ordered) + 1)
        on = returned + timedelta(days=after)
    return Chasing(on, late=on < today)


def is_late(due: datetime, done: datetime | None, now: datetime) -> bool:
    """Whether something was not done when it was due; one done after that was late, and is late no more."""
    return done is None and now > due


def span_words(due: datetime, now: datetime, *, short: bool = False) -> str:
    """How long it still may take, or by how much it is late: `还有 1 小时 48 分`, `超时 35 分`, `超时 2 天`.

    `short`: whole hours once it is one.
    """
    seconds = int((due - now).total_seconds())
    minutes = abs(seconds) // 60
    if minutes < 60:
        words = f"{minutes} 分"
    elif minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        words = f"{hours} 小时" + (f" {rest} 分" if rest and hours < 10 and not short else "")
    else:
        words = f"{minutes // (24 * 60)} 天"
    return f"还有 {words}" if seconds >= 0 else f"超时 {words}"
