"""What a place is: one screen, who may see it, and the number beside its entry in the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.orders import Question
from app.core.roles import Actor, Right
from ui.kit.view import Bench, View


@dataclass(frozen=True)
class Count:
    """The number beside an entry: asked anew when one of `kinds` changed. `urgent`: each of them needs a person."""

    question: Callable[[], Question[int]]
    kinds: frozenset[str]
    urgent: bool = False


@dataclass(frozen=True)
class Place:
    """One screen. One `under` another has no entry of its own: that entry is marked while it shows.

    `right` is needed to see it at all.
    """

    key: str
    words: str
    icon: str
    make: Callable[[Bench], View]
    right: Right | None = None
    under: str = ""
    count: Count | None = None

    @property
    def hidden(self) -> bool:
        return bool(self.under)

    def open_to(self, actor: Actor) -> bool:
        return self.right is None or actor.may(self.right)
