"""What one round works with: the desk as the platform, the wire, the institution, the translators."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.core.desk import Desk
from app.core.orders import Order, Question
from app.core.roles import PLATFORM
from app.fhir import House, Mapper
from app.sync.wire import Wire

R = TypeVar("R")


@dataclass(frozen=True)
class Line:
    """Open for one round. `mappers` by record kind, in the order kinds are sent."""

    desk: Desk
    wire: Wire
    house: House
    mappers: Mapping[str, Mapper]

    async def do(self, order: Order[R]) -> R:
        """Have an order done in the platform's name, behind the work of whoever is at the desk."""
        return await asyncio.wrap_future(self.desk.post(order, actor=PLATFORM))

    async def ask(self, question: Question[R]) -> R:
        """Have a question answered in the platform's name."""
        return await asyncio.wrap_future(self.desk.pose(question, actor=PLATFORM))
