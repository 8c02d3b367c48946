"""Writes down what a round holds: a row that is left becomes one set; what is not recorded yet is kept as a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.drafts import DraftOf, DropDraft, KeepDraft, KeptDraft
from app.core.errors import Refusal, Trouble
from app.core.ids import named
from app.vitals.service import RecordSet
from ui.kit.view import View
from ui.vitals.typed_round import TypedRound

FORM = "vitals-round"
KEEP_AFTER_MS = 400


class RoundSaving(QObject):
    """`changed`: a row's state is another; `recorded(resident, set id)`: the desk has acknowledged it."""

    changed = Signal()
    recorded = Signal(object, object)

    def __init__(self, view: View, typed: TypedRound, at: Callable[[], datetime]) -> None:
        super().__init__(view)
        self._view, self._typed, self._at = view, typed, at
        self._under_way: dict[UUID, asyncio.Event] = {}

    async def finish(self) -> None:
        """Until nothing is being recorded."""
        for done in list(self._under_way.values()):
            await done.wait()

    def save(self, resident: UUID) -> None:
        """Record what of a row is ready; nothing where nothing is."""
        if self._typed.pending(resident) and resident not in self._under_way:
            self._under_way[resident] = asyncio.Event()
            # `replace`: the errand before this one is over, though its task may not be put away yet
            self._view.errands.start(f"save {resident}", lambda: self._save(resident), replace=True)

    async def _save(self, resident: UUID) -> None:
        """Again and again until nothing is left: what was typed meanwhile is not forgotten."""
        try:
            await self._record(resident)
        finally:
            self._under_way.pop(resident).set()

    async def _record(self, resident: UUID) -> None:
        while values := self._typed.pending(resident):
            row = self._typed.rows[resident]
            row.saving = True
            self.changed.emit()
            order = RecordSet(resident, self._at(), values, set_id=row.set_id)
            try:
                set_id = await self._view.errands.do(order)
            except Refusal as refused:
                self._typed.note_refused(resident, refused.field, refused.text)
                if refused.field is None or refused.field not in row.cells:
                    return
            else:
                self._typed.note_recorded(resident, values)
                self.recorded.emit(resident, set_id)
            finally:
                row.saving = False
                self.changed.emit()


class RoundDraft(QObject):
    """The draft of one round of one floor: kept a moment after the last key, dropped when everything is recorded."""

    def __init__(self, view: View, content: Callable[[], dict[str, Any]]) -> None:
        super().__init__(view)
        self._view, self._content = view, content
        self.subject: UUID | None = None
        self._there = self._waits = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(lambda: view.errands.start("keep draft", self.flush, replace=True))

    async def find(self, floor: UUID, round_key: str) -> KeptDraft | None:
        """Turn to a round of a floor; what this person had typed there and not recorded, if anything."""
        self.subject = named(floor, round_key)
        found = await self.look(floor, round_key)
        self._there = found is not None
        return found

    async def look(self, floor: UUID, round_key: str) -> KeptDraft | None:
        """What is kept of a round, without turning to it."""
        return await self._view.errands.ask(DraftOf(FORM, named(floor, round_key)))

    def touch(self) -> None:
        """Something was typed or recorded."""
        self._waits = True
        self._timer.start()

    async def flush(self) -> None:
        """Write it down now: before the lock, another floor, another person."""
        self._timer.stop()
        if not self._waits or self.subject is None:
            return
        self._waits = False
        content = self._content()
        try:
            if content["rows"]:
                await self._view.errands.do(KeepDraft(FORM, self.subject, content))
                self._there = True
            elif self._there:
                await self._view.errands.do(DropDraft(FORM, self.subject))
                self._there = False
        except (Refusal, Trouble):
            self._waits = True
            raise
