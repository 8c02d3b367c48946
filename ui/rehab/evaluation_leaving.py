"""How the form of an evaluation is left: a new one as a draft or not at all, one that is put right without a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ui.kit import ask_first, errand
from ui.rehab.evaluation_screen import EvaluationScreen
from ui.rehab.leave_sheet import LeaveSheet


class EvaluationLeaving(EvaluationScreen):
    """`EvaluationView` opens and saves it."""

    async def leave(self) -> None:
        if self.mending is None:
            await self.draft.flush()

    def ask_leave(self) -> None:
        """Esc: go back, after asking if something is typed."""
        if not self.dirty:
            self.bench.go(*self._back(self.resident))
            return
        if self.mending is not None:  # no draft is kept of what is put right: the row stands as it was
            asked = ask_first(
                self, "更正还没有保存", "离开会丢掉这里没有保存的更正。", "不保存，离开", grave=True
            )
            asked.done_with.connect(self._leave_mending)
            return
        sheet = LeaveSheet(self, "评定还没有保存")
        sheet.kept.connect(self._leave_draft)
        sheet.thrown.connect(self._leave_nothing)
        sheet.open()

    def _leave_mending(self) -> None:
        self.start = None
        self.bench.go(*self._back(self.resident))

    @errand
    async def _leave_draft(self) -> None:
        await self.leave()
        self.bench.go(*self._back(self.resident))
        self.bench.notice.done("已留作草稿，下次打开接着填。")

    @errand
    async def _leave_nothing(self) -> None:
        await self.draft.drop()
        self.start = None
        self.bench.go(*self._back(self.resident))

    def _back(self, resident: UUID | None) -> tuple[str, Mapping[str, Any]]:
        found: tuple[str, Mapping[str, Any]] = self._asked.get("back", ("rehab", {"resident": resident}))
        return found
