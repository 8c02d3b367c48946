"""Where one is: crumbs in the top bar, the steps of an assistant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.card import Card
from ui.kit.focus_ring import ringed
from ui.kit.paint import Painted, Script, draw_sign, draw_words
from ui.kit.words import Sign, Words
from ui.style import Role, look


class Crumbs(QWidget):
    """老人 › 李桂兰: every place but the last is a way back; the last is the page's title."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def show_path(self, *places: str, hint: str = "") -> None:
        """Show a path, outermost first; `hint` stands small beside the title."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for depth, place in enumerate(places[:-1]):
            button = QPushButton(place.replace("&", "&&"))
            button.setProperty("kind", "crumb")
            button.setAccessibleName(f"回到{place}")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            ringed(button)
            button.clicked.connect(lambda _checked=False, depth=depth: self.chosen.emit(depth))
            self._row.addWidget(button)
            self._row.addWidget(Sign("chevron-right", 18, "text3"))
        if places:
            self._row.addWidget(Words(places[-1], Role.PAGE_TITLE))
        if hint:
            self._row.addSpacing(8)
            self._row.addWidget(Words(hint, Role.HINT))
        self._row.addStretch(1)


@dataclass(frozen=True)
class Step:
    """One step of an assistant: its title and, once done or under way, what became of it."""

    title: str
    note: str = ""


class _StepRow(Painted):
    def __init__(self, number: int, step: Step) -> None:
        super().__init__()
        self._number, self.step = number, step
        self.state: Literal["done", "now", "later"] = "later"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, step: Step, state: Literal["done", "now", "later"]) -> None:
        self.step, self.state = step, state
        words = {"done": "已完成", "now": "正在进行", "later": "未开始"}[state]
        self.setAccessibleName(f"第 {self._number} 步 {step.title} {words} {step.note}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(180), look.sp(58))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        now, done = self.state == "now", self.state == "done"
        if now:
            painter.setBrush(look.colour("soft"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        size = look.sp(30)
        disc = QRect(10, (self.height() - size) // 2, size, size)
        painter.setBrush(look.colour("primary" if now else "ok.tint" if done else "sunken"))
        painter.drawEllipse(disc)
        if done:
            inset = (size - look.sp(18)) // 2
            draw_sign(painter, disc.adjusted(inset, 0, 0, 0), "check", 18, "ok.text")
        else:
            script = Script(Role.STRONG, "onprimary" if now else "text3", Qt.AlignmentFlag.AlignHCenter)
            draw_words(painter, disc, str(self._number), script)
        self._draw_texts(painter, disc.right() + 14)

    def _draw_texts(self, painter: QPainter, left: int) -> None:
        now = self.state == "now"
        ink = "onsoft" if now else "text" if self.state == "done" else "text2"
        room = QRect(left, 0, self.width() - left - 10, self.height())
        role = Role.STRONG if now else Role.BODY
        if not self.step.note:
            draw_words(painter, room, self.step.title, Script(role, ink))
            return
        half = self.height() // 2
        draw_words(
            painter,
            QRect(left, half - look.sp(23), room.width(), look.sp(23)),
            self.step.title,
            Script(role, ink),
        )
        note = Script(Role.SMALL, "onsoft" if now else "text3")
        draw_words(painter, QRect(left, half, room.width(), look.sp(20)), self.step.note, note)


class Steps(Card):
    """The list of an assistant's steps: 第 3 步，共 6 步, a bar, the steps. `body` may take a foot line."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self._count = Words("", Role.CARD_TITLE)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._rows = [_StepRow(number, step) for number, step in enumerate(steps, 1)]
        self.body.addWidget(self._count)
        self.body.addWidget(self._bar)
        list_box = QVBoxLayout()
        list_box.setSpacing(4)
        for row in self._rows:
            list_box.addWidget(row)
        self.body.addLayout(list_box)
        self.body.addStretch(1)
        self.show_step(0)

    def show_step(self, now: int) -> None:
        """Steps before `now` are done, the ones after it come later."""
        total = len(self._rows)
        self._count.setText(f"第 {min(now + 1, total)} 步，共 {total} 步")
        self._bar.setRange(0, total)
        self._bar.setValue(now)
        for place, row in enumerate(self._rows):
            row.say(row.step, "done" if place < now else "now" if place == now else "later")

    def note(self, place: int, note: str) -> None:
        """Say under a step what became of it."""
        row = self._rows[place]
        row.say(Step(row.step.title, note), row.state)
