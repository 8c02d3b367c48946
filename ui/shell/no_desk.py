"""What stands where the desk will be: before anyone has signed in there is nothing to do and nothing to ask."""

from __future__ import annotations

from typing import TypeVar

from app.core.errors import Trouble
from app.core.orders import Order, Question
from app.core.watch import Watch

R = TypeVar("R")


class NoDesk:
    """Refuses everything, in words."""

    async def do(self, order: Order[R], watch: Watch | None = None) -> R:
        raise Trouble("还没有人登录。", remedy="请先登录。")

    async def ask(self, question: Question[R]) -> R:
        raise Trouble("还没有人登录。", remedy="请先登录。")
