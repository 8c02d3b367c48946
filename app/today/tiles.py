"""What the cards of the workbench say: numbers that are worklists, and the things to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Way:
    """Where a click or a key leads: a place and what to bring there."""

    place: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tile:
    """One number of the shift. `note` is the line under it, `urgent` when it wants somebody now."""

    key: str
    icon: str
    label: str
    number: str
    note: str
    way: Way
    urgent: bool = False


@dataclass(frozen=True)
class Todo:
    """One thing to do. `when` as it is shown (08:30, 逾期 3 天); `rank` orders: smaller is more urgent.

    `tone` as badges have it.
    """

    rank: int
    when: str
    title: str
    words: str
    badge: str
    tone: str
    way: Way
    icon: str = "clipboard-list"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others, before and after a refresh."""
        return (self.title, self.badge, self.when)
