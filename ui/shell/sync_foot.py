"""The foot of the sidebar: how sync stands and what waits, never more than was confirmed; a click leads to 同步."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent

from app.sync.queries import Overview
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.kit.view import Bench
from ui.shell.side_button import SideButton
from ui.style import Role, Tone, look
from ui.sync.clock import short
from ui.sync.signs import PHASE_SIGNS

HEIGHT, TILE = 56, 40
_BETWEEN = " · "


@dataclass(frozen=True)
class SyncState:
    """What the foot says: a drawing in its tone, a state, a line under it; the rest when hovered."""

    icon: str = "hard-drive"
    tone: Tone = Tone.NEUTRAL
    words: str = ""
    hint: str = ""
    details: str = ""


class SyncFoot(SideButton):
    """A drawing on its tint and two lines; the drawing alone in the rail."""

    def __init__(self) -> None:
        super().__init__()
        self.state = SyncState()

    def say(self, state: SyncState) -> None:
        """Show another state."""
        self.state = state
        told = f"{state.words}\n{state.hint}".strip()
        self.setToolTip(state.details or told)
        self.setAccessibleName(told.replace("\n", "，"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(TILE), look.sp(HEIGHT))

    def lines(self, width: int) -> tuple[str, str]:
        """The two lines drawn in so many pixels: a number that finds no room beside the state takes the second."""
        words = self.state.words
        if metrics(Role.STRONG).horizontalAdvance(words) <= width or _BETWEEN not in words:
            return words, self.state.hint
        first, _, number = words.partition(_BETWEEN)
        return first, number

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin_paint()
        size = look.sp(TILE)
        left = (self.width() - size) // 2 if self._rail else look.sp(5)
        tile = QRect(left, (self.height() - size) // 2, size, size)
        painter.setBrush(look.colour(f"{self.state.tone}.tint"))
        painter.drawRoundedRect(tile, 9, 9)
        inner = tile.adjusted((size - look.sp(20)) // 2, 0, 0, 0)
        draw_sign(painter, inner, self.state.icon, 20, f"{self.state.tone}.text")
        if self._rail:
            return
        beside = tile.right() + look.sp(12)
        room = QRect(beside, self.height() // 2 - look.sp(21), self.width() - beside - 4, look.sp(22))
        first, second = self.lines(room.width())
        draw_words(painter, room, first, Script(Role.STRONG))
        room.moveTop(self.height() // 2 + look.sp(1))
        draw_words(painter, room, second, Script(Role.SMALL, "text3"))


def state_of(bench: Bench, said: Overview) -> SyncState:
    """State and the number that matters most, then the last complete success; all numbers when hovered."""
    icon, tone = PHASE_SIGNS[said.phase]
    if said.phase == "online" and (said.conflicts or said.aside):
        tone = Tone.WARN
    elif said.phase == "online" and said.waiting:
        icon, tone = "cloud-upload", Tone.INFO
    details = "\n".join(_details(bench, said))
    return SyncState(icon, tone, _words(said), _hint(said, short(bench, said.success)), details)


def _words(said: Overview) -> str:
    if not said.named:
        return said.title
    counts = (("冲突", said.conflicts), ("搁置", said.aside), ("待上传", said.waiting))
    if said.phase != "online":  # while nothing goes out, what waits is what matters
        counts = counts[::-1]
    loudest = next((f"{_BETWEEN}{words} {count:,}" for words, count in counts if count), "")
    return said.title + loudest


def _hint(said: Overview, success: str) -> str:
    if not said.named:
        return f"{said.waiting:,} 条留在本机" if said.waiting else "没有要上传的记录"
    return f"上次完整成功 {success}" if success else "还没有完整成功过"


def _details(bench: Bench, said: Overview) -> list[str]:
    if not said.named:
        return [f"还没有连区平台，{said.waiting:,} 条记录留在本机。"]
    checked: datetime | None = said.at
    lines = [
        f"{said.host} · {said.title}" + (f"（{short(bench, checked)} 确认）" if checked else ""),
        said.words,
        _hint(said, short(bench, said.success)),
    ]
    counts = (
        ("待上传", said.waiting),
        ("搁置", said.aside),
        ("冲突", said.conflicts),
        ("不上传", said.held),
        ("今日已收", said.received_today),
    )
    lines += [f"{words} {count:,} 条" for words, count in counts if count]
    lines += [f"{short(bench, said.next_try)} 再试"] if said.next_try and said.phase != "online" else []
    return [line for line in lines if line]
