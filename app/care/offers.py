"""What another subject offers for a resident's care plan: tasks in words, and the order that takes them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.orders import Order


@dataclass(frozen=True)
class CareOffer:
    """`words`: whose offer it is; `tasks`: what is not planned yet; `accept` plans them all."""

    words: str
    tasks: tuple[str, ...]
    accept: Order[Any]
