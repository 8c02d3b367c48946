"""The end of a guided round: what was given, what was not and why, who is left, and the way to close the shift."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.core.clock import local
from app.medication.queries import GuidedSheet
from ui.kit import Button, Card, Foot, IconTile, ScrollBody, StatTile, Words
from ui.style import Role, Tone


class GuidedSummary(Card):
    """`closed`: Ctrl+Enter; `left`: back to the board; `walked`: look at the residents once more; `begun`: Space, the
    next round, once something of it may be given."""

    closed = Signal()
    left = Signal()
    walked = Signal()
    begun = Signal()

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.scroller = ScrollBody((28, 26, 28, 16), 18)
        head = QHBoxLayout()
        head.setSpacing(16)
        self._tile = IconTile("circle-check", Tone.OK, size=56, drawing=28)
        self.words = Words("", Role.PAGE_TITLE, wrap=True)
        head.addWidget(self._tile)
        head.addWidget(self.words, 1)
        self.scroller.body.addLayout(head)
        self.hint = Words("", Role.BODY, ink="text2", wrap=True)
        self.scroller.body.addWidget(self.hint)
        tiles = QGridLayout()
        tiles.setSpacing(16)
        self.given = StatTile("pill", "已给")
        self.exceptions = StatTile("circle-alert", "例外")
        self.open_ones = StatTile("clock", "还没有结果")
        for column, tile in enumerate((self.given, self.exceptions, self.open_ones)):
            tiles.addWidget(tile, 0, column)
            tiles.setColumnStretch(column, 1)
        self.scroller.body.addLayout(tiles)
        self._list = QWidget()
        self._lines = QGridLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(20)
        self._lines.setVerticalSpacing(8)
        self._lines.setColumnStretch(3, 1)
        self.scroller.body.addWidget(self._list)
        self.scroller.body.addStretch(1)
        self.body.addWidget(self.scroller, 1)
        self._foot()

    def show_sheet(self, sheet: GuidedSheet, zone: str, now: datetime) -> None:
        given, open_ones = sum(one.given for one in sheet.stops), sum(one.blank for one in sheet.stops)
        exceptions = sum(one.exceptions for one in sheet.stops)
        name = sheet.round.words if sheet.round is not None else ""
        people = f"{len(sheet.stops)} 位老人"
        self.words.setText(f"{name} 班次走完了，{people}都有结果")
        self._tile.show_icon("circle-check", Tone.OK)
        if open_ones:
            self.words.setText(f"{name} 班次现在能给的都给了")
            self._tile.show_icon("clock", Tone.INFO)
        self.hint.setText(self._later(sheet, zone, now))
        self.given.say(f"{given}", "次，已记录")
        self.exceptions.say(f"{exceptions}", "次，原因在下面")
        self.open_ones.say(f"{open_ones}", "还没到时间" if open_ones else "每一次都有结果")
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lines = [(stop, one) for stop in sheet.stops for one in stop.not_taken]
        for row, (stop, one) in enumerate(lines):
            self._lines.addWidget(Words(f"{stop.name}　{stop.bed}", Role.STRONG), row, 0)
            self._lines.addWidget(Words(one.words, Role.BODY), row, 1)
            self._lines.addWidget(Words(one.why, Role.BODY, ink="text2"), row, 2)

    def _later(self, sheet: GuidedSheet, zone: str, now: datetime) -> str:
        """When the next round is; the button that begins it shows when it may."""
        coming = sheet.coming
        may = coming is not None and coming.opens <= now
        self.begin.setVisible(may)
        if coming is None:
            return "今天后面没有要给的药了。"
        self.begin.say(f"开始 {coming.round.words} 班次")
        when = "现在就可以给药" if may else f"{local(zone, coming.opens):%H:%M} 起可以给药"
        return f"下一班次 {coming.round.words}，{when}，{coming.people} 位。"

    def _foot(self) -> None:
        foot = Foot()
        back, walk = Button("回到班次表", icon="arrow-left"), Button("再看一遍", "quiet")
        self.close_shift = Button("结束本班", "primary", icon="clipboard-check")
        self.begin = Button("", icon="arrow-right")
        self.begin.setToolTip("快捷键：空格")
        self.begin.clicked.connect(self.begun)
        self.close_shift.setToolTip("快捷键：Ctrl+Enter")
        for button, signal in ((back, self.left), (walk, self.walked), (self.close_shift, self.closed)):
            button.clicked.connect(signal)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot.row.addWidget(back)
        foot.row.addWidget(walk)
        foot.row.addStretch(1)
        foot.row.addWidget(self.begin)
        foot.row.addWidget(self.close_shift)
        self.begin.hide()
        self.body.addWidget(foot)
