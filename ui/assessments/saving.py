"""Keeping a draft while it is filled in: only the newest content is in flight, what failed is tried again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.assessments.content import Content
from app.assessments.service import DraftSaved, SaveDraft
from app.core.errors import Refusal, Trouble
from ui.assessments.phrases import clock_words
from ui.kit import Errands


@dataclass(frozen=True)
class SaveState:
    """What the head of the form says: nothing typed yet, saving, saved at, or not saved and why."""

    state: Literal["idle", "saving", "saved", "failed"] = "idle"
    at: datetime | None = None
    why: str = ""


class Saving(QObject):
    """`keep` is called with every answer. "Saved" is only ever said of what the writer has acknowledged."""

    told = Signal(object)
    """SaveState."""
    voided = Signal()
    """The save made a first signature void."""

    def __init__(self, errands: Errands, parent: QObject) -> None:
        super().__init__(parent)
        self._errands = errands
        self._target: tuple[UUID, str] | None = None
        self._waiting: Content | None = None
        self._under_way = False
        self._idle = asyncio.Event()
        self._idle.set()
        self.state = SaveState()

    def begin(self, resident: UUID, instrument: str, saved_at: datetime | None) -> None:
        """Another form is on the screen."""
        self._target, self._waiting = (resident, instrument), None
        self._tell(SaveState("saved", saved_at) if saved_at else SaveState())

    @property
    def unsaved(self) -> bool:
        """Whether something on the screen is not in the file yet."""
        return self._under_way or self._waiting is not None

    def keep(self, content: Content) -> None:
        """Save this; what waited to be saved before is in it."""
        self._waiting = content
        if not self._under_way:
            self._under_way = True
            self._idle.clear()
            # a task that has just ended may still be listed: it must not swallow this one
            self._errands.start("save draft", self._run, replace=True)

    def retry(self) -> None:
        """Try again what failed."""
        if self._waiting is not None:
            self.keep(self._waiting)

    def forget(self) -> None:
        """Give up what could not be saved."""
        self._waiting = None

    async def settled(self) -> None:
        """Return when what was to be saved is saved, or has failed."""
        await self._idle.wait()

    async def _run(self) -> None:
        try:
            while self._waiting is not None and self._target is not None:
                content, self._waiting = self._waiting, None
                if not await self._save(content, *self._target):
                    break
        finally:
            self._under_way = False
            self._idle.set()

    async def _save(self, content: Content, resident: UUID, instrument: str) -> bool:
        self._tell(SaveState("saving", self.state.at))
        try:
            saved: DraftSaved = await self._errands.do(SaveDraft(resident, instrument, content))
        except (Refusal, Trouble) as error:
            if self._waiting is None:
                self._waiting = content  # stays to be tried again, unless something newer came
            why = error.text if isinstance(error, Refusal) else f"{error.text}{error.remedy}"
            self._tell(SaveState("failed", self.state.at, why))
            return False
        if saved.voided:
            self.voided.emit()
        self._tell(SaveState("saved", saved.at))
        return True

    def _tell(self, state: SaveState) -> None:
        self.state = state
        self.told.emit(state)


def saved_words(state: SaveState, zone: str, now: datetime, wrong: int) -> tuple[str, str]:
    """The words of the head and their ink; `wrong` fields hold something that cannot be kept."""
    if state.state == "saving":
        return "正在保存…", ""
    if state.state == "failed":
        return "未保存", "danger"
    if state.at is None:
        return "", ""
    at = clock_words(zone, state.at, now)
    return (f"已自动保存 {at}，{wrong} 处有误未保存", "warn") if wrong else (f"已自动保存 {at}", "")
