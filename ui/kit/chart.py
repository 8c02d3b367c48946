"""What a subject adds to a resident's chart: a tab of its own, or a card of the overview. `ui/places.py` lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from app.core.roles import Right
from ui.kit.keys import Key
from ui.kit.view import Bench, View

Slot = Literal["head", "top", "main", "side"]


@dataclass(frozen=True)
class Who:
    """Whose chart it is. `here`: in the house now (not only enquired, not discharged)."""

    rid: UUID
    number: str
    name: str
    sex: str
    birth_date: date | None
    age: int | None
    bed: str
    here: bool


class ChartPart(View):
    """A tab or an overview card. It has the errands, the news and the keys of a view, and shows one resident.

    `show_resident` comes when the part is about to be seen of this resident (a tab: when it is first turned to), and
    again when the chart itself was asked anew; news of `kinds` come to `refresh` as in every view.
    """

    who: Who | None = None
    chart_keys: tuple[Key, ...] = ()
    """Of a card: keys that work in the whole chart."""

    def show_resident(self, who: Who) -> None:
        """Take the resident and ask for what is shown."""
        self.who = who
        self.refresh()

    def arrive(self) -> None:
        """A tab was turned to: put the focus where work begins."""
        self.setFocus()


@dataclass(frozen=True)
class ChartTab:
    """One tab. `right` is needed to see it at all."""

    key: str
    words: str
    make: Callable[[Bench], ChartPart]
    right: Right | None = None


@dataclass(frozen=True)
class ChartCard:
    """One card of the overview: a strip over its whole width, a card among the main ones, or one at the side.

    One in the `head` stands above the tabs, on every one of them; it may hide while it has nothing to say, since it is
    shown the resident anew with every news of the chart's kinds.
    """

    key: str
    slot: Slot
    make: Callable[[Bench], ChartPart]
    right: Right | None = None


@dataclass(frozen=True)
class ChartParts:
    """Everything other subjects add to the chart."""

    tabs: tuple[ChartTab, ...] = ()
    cards: tuple[ChartCard, ...] = ()
