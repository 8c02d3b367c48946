"""A page with its score beside it: a panel where there is room, under that a strip whose panel opens over the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.assessments.act_bar import ActBar
from ui.assessments.score_panel import WIDTH, ScorePanel
from ui.kit import Badge, Button, Card, ElidedWords
from ui.style import Role, Tone, look

ROOM = 1000
"""Width of the view, in px at 100 % text size, from which on the panel stands beside the page (window of 1180)."""
LOW = 480


class Beside(QWidget):
    """`left` is the page. The acts go along: foot of the panel, or right end of the strip."""

    def __init__(self, left: QWidget, panel: ScorePanel, acts: ActBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel, self.acts = panel, acts
        self._narrow: bool | None = None
        self.strip = Card()
        self.strip.body.setContentsMargins(16, 5, 16, 5)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self.count = ElidedWords("", Role.TILE_NUMBER)  # nine verdicts are too long for any window
        self.badge = Badge()
        self.more = Button("得分明细", "plain", icon="info")
        self.more.clicked.connect(self._toggle)
        for piece in (self.count, self.badge):
            self._row.addWidget(piece)
        self._row.addStretch(1)
        self._row.addWidget(self.more)
        self.strip.body.addLayout(self._row)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(left, 1)
        column.addWidget(self.strip)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(20)
        self._box.addLayout(column, 1)
        self._fit()

    @property
    def narrow(self) -> bool:
        return bool(self._narrow)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(480), look.sp(240))

    def hasHeightForWidth(self) -> bool:
        return False  # what is tall scrolls inside; no window must grow for it

    def say(self, words: str, level: tuple[str, Tone] | None) -> None:
        """What the strip shows: how far, or total and level."""
        self.count.setText(words)
        self.badge.setVisible(level is not None)
        if level is not None:
            self.badge.say(*level)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.narrow and self.panel.isVisible():
            self._toggle()
            return
        super().keyPressEvent(event)

    def _toggle(self) -> None:
        self.panel.setVisible(self.panel.isHidden())
        self._place()

    def _fit(self) -> None:
        self.panel.setFixedWidth(look.sp(WIDTH))
        narrow = self.width() < look.sp(ROOM)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange(narrow=narrow)
        self._place()

    def _arrange(self, *, narrow: bool) -> None:
        self.strip.setVisible(narrow)
        self.panel.setProperty("overlay", narrow)
        self.acts.lay_out(in_row=narrow)
        if narrow:
            self._box.removeWidget(self.panel)
            self.panel.setParent(self)
            self.panel.hide()
            self._row.addWidget(self.acts)
            self.panel.foot.hide()
        else:
            self._box.addWidget(self.panel)
            self.panel.foot.row.addWidget(self.acts)
            self.panel.foot.show()
            self.panel.show()
        self.acts.show()

    def _place(self) -> None:
        if self.narrow and not self.panel.isHidden():
            bottom = self.strip.y() - 8
            height = min(bottom, self.panel.sizeHint().height())
            height = bottom if bottom > 0 else height
            self.panel.setGeometry(self.width() - self.panel.width(), 0, self.panel.width(), height)
            self.panel.raise_()
