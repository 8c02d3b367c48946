"""康复注意 in a chart's head, on every tab: what nurses mind of the plan that runs; a press opens the plan."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.rehab.queries.nursing import NursingNotes
from ui.kit import latest
from ui.kit.chart import ChartPart, Who
from ui.kit.strip import Strip
from ui.kit.view import Bench
from ui.style import Tone

NURSING_KINDS = frozenset({"rehab_plan", "rehab_item", "rehab_booking", "rehab_session"})


class NursingStrip(ChartPart):
    """Nothing to say takes no room."""

    kinds: ClassVar[frozenset[str]] = NURSING_KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复注意")
        self.strip = Strip("accessibility", Tone.INFO)
        self.strip.acted.connect(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.strip)
        self.hide()

    def show_resident(self, who: Who) -> None:
        """Of another resident nothing stays on screen meanwhile."""
        if self.who is not None and who.rid != self.who.rid:
            self._show("")
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """What cannot be read is said, never left out."""
        if self.who is None:
            return
        rid = self.who.rid
        try:
            note = (await self.errands.ask(NursingNotes((rid,)))).get(rid)
            self._show(f"康复注意：{note.words}" if note is not None else "")
        except (Refusal, Trouble) as error:
            self._show(f"康复注意读不出来：{error.text}")

    def _show(self, words: str) -> None:
        self.strip.say(words, "康复计划" if words else "")
        self.setVisible(bool(words))

    def _open(self) -> None:
        if self.who is not None:
            self.bench.go("rehab", {"resident": self.who.rid})
