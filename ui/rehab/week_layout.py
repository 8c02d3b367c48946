"""The pieces of the week board and how they stand: week and rows, what is in the way, the grid, its foot."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.roles import Right
from app.rehab.queries.week import RESIDENT, THERAPIST
from ui.kit import Button, Card, ChipRow, ElidedWords, Foot, Painted, StateView
from ui.kit.guarded import GuardedButton
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.kit.view import View
from ui.rehab.sections import Sections
from ui.rehab.week_grid import WeekGrid
from ui.rehab.week_head import Legend, WeekStep
from ui.rehab.week_strips import ClashStrip, WaitingStrip
from ui.rehab.week_table import WeekTable
from ui.style import Role, look

LEAST = 200
SIGNS = (
    ("check", "ok.text", "已完成"),
    ("circle-dot", "info.text", "进行中"),
    ("triangle-alert", "danger.text", "冲突"),
    ("arrow-left-right", "text2", "改期"),
)


class WeekPieces:
    """What the view is made of; lays itself out in it."""

    def __init__(self, view: View) -> None:
        self.sections = Sections(view, "rehab-week")
        self.step, self.legend = WeekStep(), Legend()
        self.by = ChipRow(((THERAPIST, "按康复师"), (RESIDENT, "按老人")))
        self.by.setToolTip("快捷键：V")
        self.off = Button("不在岗", "plain", icon="calendar")
        self.off.setToolTip("快捷键：L")
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印", icon="printer")
        self.print.setToolTip(self.print.toolTip() or "快捷键：P")
        self.add = Button("排训练", "primary", icon="plus")
        self.add.setToolTip("快捷键：N")
        self.clashes, self.waiting = ClashStrip(), WaitingStrip()
        self.grid = WeekGrid()
        self.table = WeekTable(self.grid)
        self.state = StateView(self.table)
        self.state.setMinimumHeight(look.sp(LEAST))
        self.said = ElidedWords("", Role.HINT, ink="text2")
        self.signs = Signs()
        self.may = view.bench.actor.may(Right.SCHEDULE_REHAB)
        for button in (self.off, self.add):
            button.setEnabled(self.may)
        self._lay_out(view)

    def _lay_out(self, view: QWidget) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.sections, 1)
        top.addWidget(self.print)
        top.addWidget(self.off)
        top.addWidget(self.add)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.step)
        head.addWidget(self.legend, 1)
        head.addWidget(self.by)
        card = Card(flush=True)
        foot = Foot()
        foot.row.addWidget(self.said, 1)
        foot.row.addWidget(self.signs)
        card.body.addWidget(self.state, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(top)
        box.addLayout(head)
        box.addWidget(self.clashes)
        box.addWidget(self.waiting)
        box.addWidget(card, 1)


class Signs(Painted):
    """What the signs of the grid mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("、".join(words for _icon, _ink, words in SIGNS))

    def sizeHint(self) -> QSize:
        wide = sum(metrics(Role.HINT).horizontalAdvance(words) + look.sp(38) for _icon, _ink, words in SIGNS)
        return QSize(wide, look.sp(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        for icon, ink, words in SIGNS:
            room = self.rect().adjusted(left, 0, 0, 0)
            draw_sign(painter, room, icon, 16, ink)
            draw_words(painter, room.adjusted(look.sp(22), 0, 0, 0), words, Script(Role.HINT, "text2"))
            left += metrics(Role.HINT).horizontalAdvance(words) + look.sp(38)
