"""The times of a referral to the minute, in the order they happen, and which cannot come before which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

GREEN_TIMES = {
    "started": "启用",
    "told": "通知医院",
    "ambulance_called": "呼叫 120",
    "ambulance_here": "120 到场",
    "eta": "预计到达",
    "left": "离院",
    "arrived": "到达",
    "taken_over": "接诊",
}
"""The times of a referral in the order they happen; `left`, `arrived` and `taken_over` are written by their moves."""
BY_MOVES = frozenset({"left", "arrived", "taken_over"})
EXPECTED = frozenset({"eta"})
CHAINS = (("started", "told"), ("ambulance_called", "ambulance_here", "left", "arrived", "taken_over"))
"""What cannot come before what. A hospital may be told before or after 120 is called, and on the way."""
Times = Mapping[str, datetime]


def disorder(known: Times, said: Times) -> tuple[str, str] | None:
    """The first two times of a chain that lie the wrong way round because of what is `said`: the one that comes first,
    and the one that lies before it. After a move only what comes before counts."""
    times = {**known, **said}
    for chain in CHAINS:
        last = next((place for place, key in enumerate(chain) if key in said and key in BY_MOVES), len(chain))
        held = [key for key in chain[: last + 1] if key in times]
        for first, then in pairwise(held):
            if times[then] < times[first] and not said.keys().isdisjoint((first, then)):
                return first, then
    return None
