"""Beside the list: the story of the selected row, and what a person may really do about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.sync.queries import SyncRow, Trace, TraceOf
from app.sync.settling import Choice, ChoiceOf
from app.sync.words import STATES
from ui.kit import Button, Card, Foot, Line, StateView, Words
from ui.kit.card import IconTile
from ui.kit.view import View
from ui.style import Role, look
from ui.sync.clock import short
from ui.sync.signs import STATE_SIGNS
from ui.sync.story import Story
from ui.sync.trace_sheet import show_story


class TracePane(Card):
    """One row at a time. Its acts are offered only where they do something."""

    again_asked = Signal(int)
    """Number of the outbox row to send again."""
    settle_asked = Signal(object, object, bool)
    """A row in conflict, what may be decided of it, and whether what this station wrote is to stand."""
    open_asked = Signal(str, object)
    """Place and rid of the record to open."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self._bench = view.bench
        self.row: SyncRow | None = None
        self.choice: Choice | None = None
        """What a person may decide of the row."""
        self.tile = IconTile("clock")
        self.title = Words("", Role.CARD_TITLE, wrap=True)
        self.why = Words("", Role.HINT, wrap=True)
        self.story = Story(view.bench)
        self.again = Button("再发一次", "primary", icon="refresh-cw")
        self.ours = Button("采用本站的")
        self.theirs = Button("采用区平台的")
        self.copy = Button("复制回执号", icon="copy")
        self.open = Button("打开记录", icon="arrow-right")
        self.state = StateView(self._whole())
        self.state.setMinimumSize(look.sp(280), look.sp(200))
        self.body.addWidget(self.state)
        self.again.clicked.connect(self.send_again)
        self.ours.clicked.connect(lambda *_: self.settle(ours=True))
        self.theirs.clicked.connect(lambda *_: self.settle(ours=False))
        self.copy.clicked.connect(self.copy_receipt)
        self.open.clicked.connect(self.open_record)
        self.story.chosen.connect(lambda kind, record: show_story(view.bench, view, kind, record))
        self.nothing()

    def nothing(self, words: str = "没有选中记录", how: str = "在左边选一条，这里显示它的经过。") -> None:
        """No row is selected, or one that stands for many."""
        self.row = self.choice = None
        self.state.empty(words, how)

    async def show_row(self, view: View, row: SyncRow) -> None:
        """Ask for the story of a row and show it; until then the one before stays, whole."""
        if row.record is None:
            self.nothing(row.title, "按 Enter 逐条列出。")
            return
        with self.state.asking(forget=self._forget):
            trace = await view.errands.ask(TraceOf(row.kind, row.record))
            asked = ChoiceOf(row.kind, row.record) if row.state == "conflict" else None
            choice = await view.errands.ask(asked) if asked is not None else None
            self._show(row, trace, choice)

    def _forget(self) -> None:
        self.row = self.choice = None

    def send_again(self) -> None:
        """Only what the platform refused: everything else goes by itself."""
        if self.row is not None and self.again.isVisibleTo(self):
            self.again_asked.emit(self.row.outbox)

    def settle(self, *, ours: bool) -> None:
        """Only a conflict that may be decided here."""
        if self.row is not None and self.choice is not None:
            self.settle_asked.emit(self.row, self.choice, ours)

    def open_record(self) -> None:
        if self.row is not None and self.open.isVisibleTo(self):
            self.open_asked.emit(self.row.place, self.row.target)

    def copy_receipt(self) -> None:
        if self.row is not None and self.row.receipt:
            QGuiApplication.clipboard().setText(self.row.receipt)
            self._bench.notice.done(f"已复制回执号 {self.row.receipt}。")

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(300), look.sp(240))

    def _show(self, row: SyncRow, trace: Trace, choice: Choice | None) -> None:
        self.row, self.choice = row, choice
        icon, tone = STATE_SIGNS[row.state]
        self.tile.show_icon(icon, tone)
        self.title.setText(row.title)
        wrote = f"{row.by} {short(self._bench, row.at)} 写下".strip()
        hindrance = choice.not_theirs if choice is not None else ""
        self.why.setText("\n".join(filter(None, (f"{wrote} · {STATES[row.state]}", hindrance))))
        self.story.show_trace(trace)
        may = self._bench.actor.may(Right.SYNC)
        self.again.setVisible(row.state == "quarantined" and may)
        self.ours.setVisible(choice is not None)
        self.theirs.setVisible(choice is not None and not choice.beside)
        self.copy.setVisible(bool(row.receipt))
        readable = row.place == "settings" or self._bench.actor.may(Right.READ_RESIDENTS)
        self.open.setVisible(bool(row.place) and readable)
        acts = (self.again, self.ours, self.theirs, self.copy, self.open)
        self.foot.setVisible(any(one.isVisibleTo(self.foot) for one in acts))
        self.state.content()

    def _whole(self) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 14)
        head.setSpacing(14)
        head.addWidget(self.tile)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.why)
        head.addLayout(texts, 1)
        box.addLayout(head)
        box.addWidget(Line())
        box.addWidget(self.story, 1)
        self.foot = Foot()
        self.foot.row.addStretch(1)
        for button in (self.copy, self.open, self.theirs, self.ours, self.again):
            self.foot.row.addWidget(button)
        box.addWidget(self.foot)
        return whole
