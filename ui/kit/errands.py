"""Errands: what a view asks of the desk, written so that it reads top to bottom and nothing is told to a dead view.

    class RoundView(QWidget):
        def __init__(self, desk):
            self.notice = Notice()
            self.errands = Errands(desk, self, notice=self.notice)

        @errand
        async def give(self) -> None:
            row = await self.errands.do(Give(...), busy=self.give_button)
            self.notice.done(f"已给 {row.at}")

A `Refusal` or `Trouble` ends the errand and is told where it belongs: beside its field if the view has that field,
otherwise in the notice line. When the view is gone its waiting errands end; an order already handed over is still
done (a nurse who pressed the key meant it), and if it is then refused, `late` hears of it, because silence would
read as success. Anything else is a bug and goes to the application.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import sys
import weakref
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from app.core.errors import Cancelled, Refusal, Trouble
from app.core.orders import Order, Question
from app.core.watch import Watch
from ui.kit.buttons import Button
from ui.kit.notice import Notice

R = TypeVar("R")
P = ParamSpec("P")
_log = logging.getLogger(__name__)


class DeskLike(Protocol):
    """The part of the desk a view knows."""

    async def do(self, order: Order[R], watch: Watch | None = None) -> R: ...
    async def ask(self, question: Question[R]) -> R: ...


class HasFields(Protocol):
    """Something with named inputs, such as a form: shows a refusal beside its field if it has it."""

    def show_refusal(self, field: str, text: str) -> bool: ...


class Errands:
    """The errands of one view. Made in the view's constructor as `self.errands`."""

    late: ClassVar[Callable[[str], None]] = staticmethod(
        lambda _text: _log.warning("an order was refused after its view had closed")
    )
    """Told the sentence of an order refused after its view closed; the shell shows it in its own notice line."""

    def __init__(
        self,
        desk: DeskLike,
        owner: QWidget,
        *,
        notice: Notice | None = None,
        fields: HasFields | None = None,
    ) -> None:
        self.desk = desk
        self.notice = notice
        self.fields = fields
        self._gone = False
        self._tasks: dict[str, asyncio.Task[None]] = {}
        # by weak reference: the connection must not keep errands and view alive
        mine = weakref.ref(self)
        owner.destroyed.connect(lambda *_: _end(mine))

    @property
    def gone(self) -> bool:
        """Whether the view no longer exists."""
        return self._gone

    @property
    def running(self) -> frozenset[str]:
        """Names of the errands now under way."""
        return frozenset(self._tasks)

    async def do(self, order: Order[R], watch: Watch | None = None, *, busy: Button | None = None) -> R:
        """Have an order done. The answer comes only to a living view."""
        if busy is not None:
            busy.set_busy(True)
        try:
            return await self.carry(self.desk.do(order, watch))
        finally:
            if busy is not None and not self._gone:
                busy.set_busy(False)

    async def carry(self, work: Coroutine[Any, Any, R]) -> R:
        """Work carried to its end although the view goes meanwhile, such as a printout and its line of audit."""
        handed = asyncio.ensure_future(work)
        handed.add_done_callback(self._hear_late)
        return await asyncio.shield(handed)

    async def ask(self, question: Question[R]) -> R:
        """Have a question answered. The answer comes only to a living view."""
        return await self.desk.ask(question)

    def start(
        self, name: str, work: Callable[[], Coroutine[Any, Any, None]], *, replace: bool = False
    ) -> None:
        """Run a coroutine as the errand `name`. A second of the same name is ignored, or with `replace` takes over."""
        if self._gone:
            return
        under_way = self._tasks.get(name)
        if under_way is not None and not under_way.done():  # one that is done may still wait to be struck off
            if not replace:
                return
            under_way.cancel()
        task = _loop().create_task(self._tell(work))
        self._tasks[name] = task
        task.add_done_callback(functools.partial(self._done, name))

    def tell(self, error: Refusal | Trouble) -> None:
        """Say a refusal or trouble where the person looks."""
        if self._gone:
            return
        if isinstance(error, Refusal):
            if error.field and self.fields is not None and self.fields.show_refusal(error.field, error.text):
                return
            if self.notice is not None:
                self.notice.refused(error.text)
        elif self.notice is not None:
            self.notice.trouble(error.text, error.remedy)

    async def _tell(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()  # called here: an errand taken over before its first step leaves no coroutine behind
        except (Refusal, Trouble) as error:
            self.tell(error)
        except Cancelled:
            if self.notice is not None and not self._gone:
                self.notice.say("已取消，没有写入任何内容。")

    def _done(self, name: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            sys.excepthook(type(error), error, error.__traceback__)

    def _hear_late(self, handed: asyncio.Future[Any]) -> None:
        if not self._gone or handed.cancelled():
            return
        error = handed.exception()
        if isinstance(error, Refusal | Trouble):
            type(self).late(error.text)

    def close(self) -> None:
        """The view is gone: end what waits."""
        self._gone = True
        for task in list(self._tasks.values()):
            task.cancel()


class HasErrands(Protocol):
    """A view with errands."""

    errands: Errands


S = TypeVar("S", bound=HasErrands)
Work = Callable[Concatenate[S, P], Coroutine[Any, Any, None]]
Slot = Callable[..., None]


def errand(method: Work[S, P]) -> Slot:
    """Turn an async method of a view into a plain slot. While it runs, a second press is ignored (double clicks)."""
    return _slot(method, replace=False)


def latest(method: Work[S, P]) -> Slot:
    """As `errand`, but a new call takes over from the running one: refreshing, searching as typed."""
    return _slot(method, replace=True)


def _slot(method: Work[S, P], *, replace: bool) -> Slot:
    room = _positional_room(method)

    @functools.wraps(method)
    def slot(self: S, *args: Any) -> None:
        # Qt hands a slot everything the signal carries (clicked: checked); the method takes what it has names for
        given = args if room is None else args[:room]
        self.errands.start(method.__name__, lambda: method(self, *given), replace=replace)  # type: ignore[call-arg]  # args come from a signal

    return slot


def _positional_room(method: Callable[..., Any]) -> int | None:
    kinds = [p.kind for p in inspect.signature(method).parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return None
    takes = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    return sum(kind in takes for kind in kinds) - 1


def _loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.get_event_loop()


def _end(errands: weakref.ref[Errands]) -> None:
    mine = errands()
    if mine is not None:
        mine.close()
