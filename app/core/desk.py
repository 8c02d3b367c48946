"""The desk: everything that writes queues on one thread, three readers answer questions, each commit tells its news.

Why one writer: writing from the screen's thread beside a busy sync waited 3 to 5 seconds for the lock; through one
queue the median is about a millisecond. *Who* and *when* are taken when the order is handed over, not when it runs.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core import ballast, ledger
from app.core.changes import Changes
from app.core.clock import Clock
from app.core.disk import DiskFull, troubles
from app.core.errors import Trouble
from app.core.orders import Order, Question
from app.core.roles import Actor
from app.core.unit import Moment, Reader, Surroundings, Unit
from app.core.watch import Watch

R = TypeVar("R")
Listener = Callable[[Changes], None]
_log = logging.getLogger(__name__)


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    work: Callable[[], None] | None = field(compare=False)


class Desk:
    """Where work is handed over. Open for as long as a person is signed in; `actor` is that person."""

    def __init__(self, writer: Engine, reader: Engine, clock: Clock, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.clock = clock
        self.actor: Actor | None = None
        self._writer = writer
        self._reader = reader
        self._listeners: list[Listener] = []
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._counter = 0
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._write_all, name="writer", daemon=True)
        self._thread.start()
        self._readers = ThreadPoolExecutor(3, thread_name_prefix="reader")

    # two verbs --------------------------------------------------------------------------------------------------

    async def do(self, order: Order[R], watch: Watch | None = None) -> R:
        """Have an order done; returns after the durable commit. Raises Refusal, Trouble or Cancelled."""
        return await asyncio.wrap_future(self.post(order, watch))

    async def ask(self, question: Question[R]) -> R:
        """Have a question answered with frozen rows."""
        return await asyncio.wrap_future(self.pose(question))

    def do_now(self, order: Order[R], watch: Watch | None = None) -> R:
        """As `do`, waiting here: for the command line and tests, never for a screen."""
        return self.post(order, watch).result()

    def ask_now(self, question: Question[R]) -> R:
        """As `ask`, waiting here."""
        return self.pose(question).result()

    def ask_as(self, actor: Actor, question: Question[R]) -> R:
        """A question asked for somebody who is not at the desk yet, such as whoever is just signing in."""
        return self._answer(question, Moment(actor, self.clock.now(), self.clock.offset_ms))

    def post(self, order: Order[R], watch: Watch | None = None, *, actor: Actor | None = None) -> Future[R]:
        """Queue an order for the writer. One by another `actor` (sync) waits until the person at the desk is served."""
        moment = self._moment(actor or self.actor)
        outcome: Future[R] = Future()

        def work() -> None:
            if outcome.set_running_or_notify_cancel():
                _settle(outcome, lambda: self._perform(order, moment, watch))

        with self._lock:
            if self._closed:
                raise Trouble("工作站已退出登录。", remedy="请重新登录。")
            self._counter += 1
            self._jobs.put(_Job(0 if actor is None else 1, self._counter, work))
        return outcome

    def pose(self, question: Question[R], *, actor: Actor | None = None) -> Future[R]:
        """Hand a question to one of the readers."""
        moment = self._moment(actor or self.actor)
        outcome: Future[R] = Future()

        def work() -> None:
            if outcome.set_running_or_notify_cancel():
                _settle(outcome, lambda: self._answer(question, moment))

        with self._lock:
            if self._closed:
                raise Trouble("工作站已退出登录。", remedy="请重新登录。")
            self._readers.submit(work)
        return outcome

    def reading(self) -> Session:
        """A bare read-only session, for checks that walk whole tables; the caller closes it."""
        return Session(self._reader)

    # news -------------------------------------------------------------------------------------------------------

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of every commit, on the writer's thread. Returns the way to stop listening."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def tell(self, changes: Changes) -> None:
        """Tell everyone what changed; a listener that fails never fails the act."""
        if not changes:
            return
        for listener in list(self._listeners):
            try:
                listener(changes)
            except Exception:  # noqa: BLE001  # the act is already durable; a deaf screen must not undo it
                _log.exception("a listener failed")

    # inside -----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(_Job(2, self._counter + 1, None))
        self._thread.join()
        self._readers.shutdown(wait=True)
        self._reader.dispose()
        self._writer.dispose()

    def _moment(self, actor: Actor | None) -> Moment:
        if actor is None:
            raise Trouble("还没有人登录。", remedy="请先登录。")
        return Moment(actor, self.clock.now(), self.clock.offset_ms)

    def _write_all(self) -> None:
        while (job := self._jobs.get()).work is not None:
            job.work()

    def _perform(self, order: Order[R], moment: Moment, watch: Watch | None) -> R:
        try:
            changes, result = self._commit(order, moment, watch)
        except DiskFull:
            reserve = self.surroundings.ballast
            if reserve is None or not ballast.lift(reserve):
                raise
            changes, result = self._commit(order, moment, watch)
        self.tell(changes)
        return result

    def _commit(self, order: Order[R], moment: Moment, watch: Watch | None) -> tuple[Changes, R]:
        """One transaction, with everything that goes with its being durable or not."""
        committed = False
        try:
            with troubles(), Session(self._writer, expire_on_commit=False) as session:
                unit = Unit(session, moment, self.surroundings, watch)
                ledger.watch(unit)
                with session.begin():
                    result: R = type(order).perform(unit, order)
                    head = ledger.close(unit, act_name(order))
            committed = True
        finally:
            self.surroundings.keyring.settle(committed=committed)
        if head is not None and self.surroundings.anchors is not None:
            self.surroundings.anchors.keep(*head)
        return unit.changes(), result

    def _answer(self, question: Question[R], moment: Moment) -> R:
        with troubles(), Session(self._reader) as session:
            result: R = type(question).answer(Reader(session, moment, self.surroundings), question)
            return result


def act_name(order: Order[Any]) -> str:
    """How the audit chain names an order: CreateResident → create_resident."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(order).__name__).lower()


def _settle(outcome: Future[R], work: Callable[[], R]) -> None:
    try:
        outcome.set_result(work())
    except BaseException as error:  # noqa: BLE001  # carried to whoever waits, who decides what it is
        outcome.set_exception(error)
