"""The guided round for tests: the nurse at it at 08:05, and keys that wait until the next one may act."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.medication.queries import SlotRow
from app.residents.queries import ResidentList
from app.residents.rules import wristband_code
from tests.ui.medication.room import Stage, Ward, standing_at, until
from tests.ui.medication.room import press as press_on
from ui.medication.guided_panels import Panel
from ui.medication.guided_view import GuidedView


class Walker:
    """A nurse in the guided round; every key goes where the focus is."""

    def __init__(self, ward: Ward, stage: Stage, view: GuidedView) -> None:
        self.ward, self.stage, self.view = ward, stage, view

    @property
    def notice(self) -> str:
        return self.stage.frame.notice.text()

    @property
    def name(self) -> str:
        return self.view.row.name if self.view.row is not None else ""

    @property
    def panel(self) -> Panel:
        panel = self.view.asking.panel
        assert panel is not None
        return panel

    @property
    def at(self) -> SlotRow:
        """The slot under the cursor."""
        entry = self.view.list.current
        assert entry is not None
        return entry.slot

    def strips(self, words: str) -> str:
        """What stands under the row of a medicine."""
        entry = next(one for one in self.view.list.entries if words in one.slot.words)
        return " ".join(entry.strip_words())

    async def ready(self) -> None:
        """The next key acts: all is shown, and the breath after a change is over."""
        await self.stage.settle()
        await until(self.view.breathed)

    async def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            await self.ready()
            press_on(focused(), key)
        await self.ready()

    async def scan(self, code: str) -> None:
        """As a scanner does: all at once, then Enter."""
        await self.ready()
        press_on(focused(), code)
        press_on(focused(), Qt.Key.Key_Return)
        await self.ready()

    def band(self, rid: UUID) -> str:
        """The code on a resident's wristband."""
        row = next(one for one in self._people() if one[0] == rid)
        return wristband_code(row[1])

    def _people(self) -> list[tuple[UUID, str]]:
        return [(one.rid, one.number) for one in self.ward.ask(ResidentList()).rows]


@asynccontextmanager
async def walking(
    ward: Ward, *, size: tuple[int, int] = (1440, 900), breath: int = 20
) -> AsyncIterator[Walker]:
    """The view once it shows the first resident, or what it says instead."""
    async with standing_at(ward, "guided", size=size) as (stage, view):
        assert isinstance(view, GuidedView)
        view.breath_ms = breath
        walker = Walker(ward, stage, view)
        await walker.ready()
        yield walker


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found
