"""The draft of a form: kept half a second after the last key, offered back, dropped when the form was saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.clock import local
from app.core.drafts import DraftOf, DropDraft, KeepDraft, KeptDraft
from app.core.errors import Refusal, Trouble
from ui.kit.view import View

KEEP_AFTER_MS = 500


class FormDraft(QObject):
    """`touch()` with every edit; `kept` says each acknowledged save, `failed` why one was not possible."""

    kept = Signal(str)
    failed = Signal(str)

    def __init__(self, view: View, form: str, content: Callable[[], dict[str, Any]]) -> None:
        super().__init__(view)
        self._view, self._form, self._content = view, form, content
        self.subject: UUID | None = None
        self.waits = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self._begin)

    async def find(self, subject: UUID) -> KeptDraft | None:
        """Turn to another subject; what the person had typed about it, if anything."""
        await self.flush()
        self.subject = subject
        return await self._view.errands.ask(DraftOf(self._form, subject))

    def touch(self) -> None:
        """Something was edited."""
        self.waits = True
        self._timer.start()

    async def flush(self) -> None:
        """Keep what waits, now: before somebody else signs in, or another resident comes."""
        self._timer.stop()
        if not self.waits or self.subject is None:
            return
        self.waits = False
        try:
            at = await self._view.errands.do(KeepDraft(self._form, self.subject, self._content()))
        except (Refusal, Trouble) as error:
            self.waits = True
            self.failed.emit(error.text)
        else:
            self.kept.emit(f"{self._clock(at)} 已存草稿")

    async def drop(self) -> None:
        """Saved or not wanted: the draft goes."""
        self._timer.stop()
        self.waits = False
        if self.subject is not None:
            await self._view.errands.do(DropDraft(self._form, self.subject))

    def when(self, draft: KeptDraft) -> str:
        """When a draft was kept, as the wall clock said."""
        return f"{local(self._view.bench.station.settings.zone, draft.saved_at):%m-%d %H:%M}"

    def _begin(self) -> None:
        self._view.errands.start("keep draft", self.flush, replace=True)

    def _clock(self, at: datetime) -> str:
        return f"{local(self._view.bench.station.settings.zone, at):%H:%M}"
