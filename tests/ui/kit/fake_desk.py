"""A written fake of the desk: answers when the test says so, and tells news from another thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.changes import Changes
from app.core.orders import Order, Question
from app.core.watch import Watch


@dataclass(frozen=True)
class Give(Order[str]):
    """Give a dose."""

    dose: str


@dataclass(frozen=True)
class WhoIsThere(Question[tuple[str, ...]]):
    """Who lives here."""

    words: str = ""


class FakeDesk:
    """What was handed over stands in `orders` and `questions`; `answers` are released one by one."""

    def __init__(self) -> None:
        self.orders: list[Order[Any]] = []
        self.questions: list[Question[Any]] = []
        self.finished: list[object] = []
        self._waiting: list[asyncio.Future[Any]] = []
        self._listeners: list[Callable[[Changes], None]] = []

    async def do(self, order: Order[Any], watch: Watch | None = None) -> Any:
        self.orders.append(order)
        answer = await self._wait()
        self.finished.append(order)
        return answer

    async def ask(self, question: Question[Any]) -> Any:
        self.questions.append(question)
        return await self._wait()

    def listen(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def settle(self) -> None:
        """Let everything that can go on go on."""
        for _ in range(6):
            await asyncio.sleep(0)

    async def answer(self, value: object) -> None:
        """Answer the oldest waiting call; an exception is raised there."""
        await self.settle()
        waiting = self._waiting.pop(0)
        if isinstance(value, Exception):
            waiting.set_exception(value)
        else:
            waiting.set_result(value)
        await self.settle()

    def tell(self, changes: Changes) -> None:
        """Tell news as the desk does: on the writer's thread."""
        listeners = list(self._listeners)
        thread = threading.Thread(target=lambda: [listener(changes) for listener in listeners])
        thread.start()
        thread.join()

    async def _wait(self) -> Any:
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            raise
