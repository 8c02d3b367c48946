"""What a scanner types in the guided round: a wristband that is the right one, the wrong one, or a pack of medicine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QElapsedTimer

from app.core.errors import Refusal
from app.medication.giving.writing import SCAN, SlotKey
from app.medication.queries import BedsideRow
from app.residents.queries import FindResident, Found
from app.residents.rules import read_wristband
from ui.style import Tone

if TYPE_CHECKING:
    from ui.medication.guided_view import GuidedView

LEAST = 8
"""Digits of the shortest code; fewer are a person's choice of a number."""
GAP_MS = 400
"""A longer gap begins another code: scanners type a digit every few milliseconds, careful people every 200."""
_TRACE = 20
"""Digits of a 药品追溯码; its first seven name the medicine."""


class Scanner:
    """Collects digits; Enter takes them."""

    def __init__(self) -> None:
        self._digits = ""
        self._clock = QElapsedTimer()

    def feed(self, digit: str) -> None:
        if not self._clock.isValid() or self._clock.elapsed() > GAP_MS:
            self._digits = ""
        self._digits += digit
        self._clock.start()

    def take(self) -> str:
        """The code that was scanned; empty where no scanner typed."""
        taken, self._digits = self._digits, ""
        fresh = self._clock.isValid() and self._clock.elapsed() <= GAP_MS
        return taken if fresh and len(taken) >= LEAST else ""


@dataclass(frozen=True)
class WrongBand:
    """Whose wristband was scanned while another resident shows; `here`: whether they are in this round."""

    found: Found
    here: bool


class Scans:
    """`verified`: resident → when the wristband was scanned. `wrong` stops every act until it is cleared."""

    def __init__(self, view: GuidedView) -> None:
        self._view = view
        self.scanner = Scanner()
        self.verified: dict[UUID, datetime] = {}
        self.packs: set[SlotKey] = set()
        self.wrong: WrongBand | None = None

    def scanned(self, code: str) -> None:
        self._view.errands.start("scan", lambda: self._scanned(code), replace=True)

    def clear(self) -> None:
        self.wrong = None

    async def _scanned(self, code: str) -> None:
        row = self._view.row
        if row is None:
            return
        number = read_wristband(code)
        if number is not None:
            await self._band(row, number)
        elif (key := _pack(row, code)) is not None:
            self._packed(row, key)
        else:
            said = f"扫到 {code}：不是{row.name}这一次的药，也不是腕带。请核对药盒，再看药名。"
            self._loud(said)

    async def _band(self, row: BedsideRow, number: str) -> None:
        view = self._view
        try:
            found = await view.errands.ask(FindResident(number))
        except Refusal:
            self._loud(f"腕带 {number} 在这里查不到，不是本院老人的腕带。")
            return
        if view.row is None or view.row.resident != row.resident:
            return
        if found.rid == row.resident:
            self.wrong = None
            self.verified[found.rid] = view.bench.desk.clock.now()
            view.bench.notice.done(f"腕带已核对：{row.name}。")
        else:
            here = any(one.resident == found.rid for one in view.sheet.stops) if view.sheet else False
            self.wrong = WrongBand(found, here)
            self._loud(f"这是{found.name}的腕带，不是{row.name}！没有给药。")
        view.showing.scans()

    def _packed(self, row: BedsideRow, key: SlotKey) -> None:
        slot = next(one for one in row.slots if one.key == key)
        self.packs.add(key)
        self._view.giving.answer(key, check=SCAN)
        self._view.list.go_to(key)
        self._view.bench.notice.done(f"药盒已核对：{slot.words}。")

    def _loud(self, words: str) -> None:
        self._view.bench.notice.say(words, Tone.DANGER)
        beep()


def _pack(row: BedsideRow, code: str) -> SlotKey | None:
    """The slot of a scanned pack: the first that waits, else the first there is."""
    meant = [slot for slot in row.slots if any(_same(one, code) for one in row.packs.get(slot.key[0], ()))]
    waiting = [slot for slot in meant if slot.state.open]
    return next((slot.key for slot in (*waiting, *meant)), None)


def _same(barcode: str, code: str) -> bool:
    """A code of the trade with or without its leading zeros, or a trace code that begins with the medicine's own."""
    if len(code) == _TRACE and len(barcode) == 7:
        return code.startswith(barcode)
    return barcode.lstrip("0") == code.lstrip("0")


def _ring() -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.beep()


beep: Callable[[], None] = _ring
"""Heard where the screen is not looked at."""
