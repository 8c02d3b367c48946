"""The story of one record: steps of each version, what differs in a conflict, the resident's other records."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.sync.queries import Related, Trace, Version
from ui.kit import Badge, Line, ScrollBody, Words
from ui.kit.focus_ring import ringed
from ui.kit.paint import Script, draw_words, metrics
from ui.kit.view import Bench
from ui.style import Role, look
from ui.sync.signs import STATE_SIGNS
from ui.sync.timeline import StepLine

KEPT = "两边都留着，没有覆盖任何一边。请先当面核对，定下来以前不会上传。"
MOST_RELATED = 30


class Story(ScrollBody):
    """Scrolls; shown beside the list and in the sheet."""

    chosen = Signal(str, object)
    """Kind and rid of another record whose story was asked for."""

    def __init__(self, bench: Bench) -> None:
        super().__init__((20, 18, 20, 18), 14)
        self._bench = bench
        self.shown: Trace | None = None
        self._parts = QVBoxLayout()
        self._parts.setSpacing(14)
        self.body.addLayout(self._parts)
        self.body.addStretch(1)

    def show_trace(self, trace: Trace) -> None:
        """Show the story of one record; the same one again stays where it was scrolled to."""
        same = self.shown is not None and self.shown.record == trace.record
        scrolled = self.verticalScrollBar().value() if same else 0
        self.shown = trace
        _empty(self._parts)
        if any(one.state == "conflict" for one in trace.versions):
            self._parts.addWidget(_strip(KEPT))
        if trace.differences:
            self._parts.addWidget(_differences(trace))
        for place, version in enumerate(trace.versions):
            if place:
                self._parts.addWidget(Line())
            self._parts.addWidget(self._version(version, alone=len(trace.versions) == 1))
        if trace.related:
            self._parts.addWidget(Line())
            self._parts.addWidget(self._related(trace.related))
        self.verticalScrollBar().setValue(scrolled)

    def _version(self, version: Version, *, alone: bool) -> QWidget:
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if not alone:
            words = f"第 {version.revision} 版" + (f" · {version.station} 站" if version.station else "")
            box.addWidget(Words(words, Role.LABEL))
            box.addSpacing(10)
        for place, step in enumerate(version.steps):
            box.addWidget(StepLine(self._bench, step, last=place == len(version.steps) - 1))
        return block

    def _related(self, related: tuple[Related, ...]) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Words("这位老人的其他记录", Role.LABEL), 0, 0, 1, 2)
        for row, one in enumerate(related[:MOST_RELATED], 1):
            link = _Link(one.title)
            link.setAccessibleName(f"{one.title}，{one.words}")
            link.clicked.connect(lambda *_, one=one: self.chosen.emit(one.kind, one.record))
            grid.addWidget(link, row, 0)
            grid.addWidget(Badge(one.words, STATE_SIGNS[one.state][1]), row, 1, Qt.AlignmentFlag.AlignRight)
        if len(related) > MOST_RELATED:
            rest = f"还有 {len(related) - MOST_RELATED} 条，请到“同步”里看。"
            grid.addWidget(Words(rest, Role.HINT), MOST_RELATED + 1, 0, 1, 2)
        return block


class _Link(QAbstractButton):
    """One line that leads to another story; what does not fit ends in …."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setToolTip(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ringed(self)

    def sizeHint(self) -> QSize:
        return QSize(metrics(Role.BODY).horizontalAdvance(self._words), look.sp(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(80), look.sp(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = "primary_h" if self.underMouse() else "primary"
        draw_words(QPainter(self), self.rect(), self._words, Script(Role.BODY, ink))


def _strip(text: str) -> QFrame:
    """A sentence nobody should overlook."""
    strip = QFrame()
    look.restyle(strip, "strip", "danger")
    row = QHBoxLayout(strip)
    row.setContentsMargins(14, 10, 14, 10)
    row.addWidget(Words(text, ink="danger", wrap=True))
    return strip


def _differences(trace: Trace) -> QWidget:
    """Element by element: what both last agreed on, ours, theirs. To be read; nothing is decided here."""
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    for column, title in enumerate(("要素", "上次一致", "本站", "区平台")):
        grid.addWidget(Words(title, Role.LABEL), 0, column)
        grid.setColumnStretch(column, 2 if column else 1)
    for row, one in enumerate(trace.differences, 1):
        cells = ((one.element, "text2"), (one.base, "text3"), (one.ours, ""), (one.theirs, ""))
        for column, (words, ink) in enumerate(cells):
            said = Words(words or "—", Role.BODY, ink=ink, wrap=True)
            grid.addWidget(said, row, column, Qt.AlignmentFlag.AlignTop)
    return block


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
