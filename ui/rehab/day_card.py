"""今日训练: today's sessions of a plan, values before, what stops a training, the last time, and the acts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.core.roles import Right
from app.rehab.queries.plan_rows import DayRow, LastRow, SessionRow
from app.rehab.rules.sessions import SessionKey, SessionState
from ui.kit import Card, ScrollBody, Words
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.rehab.session_line import SessionLine
from ui.rehab.state_marks import STATES
from ui.rehab.stops_tile import BeforeTile, StopsTile
from ui.style import Role

RECORD, STOP, MOVE = "record", "stop", "move"


class DayCard(Card):
    """`asked` carries what is to be done (record, stop, move) and the session that is marked."""

    asked = Signal(str, object)

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self._zone = view.bench.station.settings.zone
        self.lines: list[SessionLine] = []
        self.chosen: SessionRow | None = None
        self.count = Words("", Role.HINT)
        self.none = Words("", Role.HINT, wrap=True)
        self.before, self.stops = BeforeTile(), StopsTile()
        self.last = _LastTile()
        self.begin = GuardedButton(view, Right.TRAIN, "记录本次训练", "primary", icon="clipboard-pen")
        self.end = GuardedButton(view, Right.TRAIN, "中止并写原因")
        self.shift = GuardedButton(view, Right.SCHEDULE_REHAB, "改期")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._lay_out()
        self.begin.allowed.connect(lambda: self._tell(RECORD))
        self.end.allowed.connect(lambda: self._tell(STOP))
        self.shift.allowed.connect(lambda: self._tell(MOVE))

    def show_day(self, day: DayRow) -> None:
        """Show today; the session that was marked stays so while it is there, else the next one is."""
        place = self.place
        had = None if place is None else self.lines[place].row.key
        kept = None if self.chosen is None else self.chosen.key
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for row in day.sessions:
            line = SessionLine(row)
            line.chosen.connect(lambda row: self._choose(row))  # noqa: PLW0108  # the signal carries object
            line.opened.connect(lambda row: self.asked.emit(RECORD, row))
            self._list.addWidget(line)
            self.lines.append(line)
        row_now = next((row for row in day.sessions if row.key == kept), None)
        self._choose(row_now or day.next or (day.sessions[-1] if day.sessions else None))
        for line in self.lines:
            if line.row.key == had:
                line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.count.setText(f"{day.done} / {len(day.sessions)} 完成" if day.sessions else "")
        self.none.setText("" if day.sessions else "今天没有安排训练。")
        self.none.setVisible(not day.sessions)
        time = "" if day.before is None else f"{local(self._zone, day.before.at):%H:%M}"
        self.before.show_before(day.before, time)
        self.stops.show_stops(day.stops)
        self.last.show_last(day.last)

    @property
    def place(self) -> int | None:
        """Which of the sessions has the keys, or had them when a sheet came over it."""
        focused = self.window().focusWidget()
        return next((place for place, line in enumerate(self.lines) if line is focused), None)

    def step(self, way: int) -> bool:
        """The keys to the next session or the one before; False where none of them has the keys."""
        place = self.place
        if place is None:
            return False
        self.lines[min(max(place + way, 0), len(self.lines) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_on(self, key: SessionKey) -> None:
        """The keys to a session, if it is there."""
        line = next((line for line in self.lines if line.row.key == key), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrive(self) -> bool:
        """The keys to the session that is marked."""
        for line in self.lines:
            if self.chosen is not None and line.row.key == self.chosen.key:
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _choose(self, row: SessionRow | None) -> None:
        self.chosen = row
        for line in self.lines:
            line.mark(row is not None and line.row.key == row.key)
        state = None if row is None else row.state
        recorded = row is not None and row.rid is not None and state is not SessionState.RUNNING
        self.begin.setVisible(row is not None)
        self.begin.say(
            "查看训练记录" if recorded else "继续记录" if state is SessionState.RUNNING else "记录本次训练"
        )
        for button in (self.end, self.shift):
            button.setVisible(row is not None and not recorded)
        self.shift.setVisible(row is not None and not recorded and state is not SessionState.RUNNING)
        self.end.say("中止并写原因" if state is SessionState.RUNNING else "没有做，写原因")

    def _tell(self, what: str) -> None:
        if self.chosen is not None:
            self.asked.emit(what, self.chosen)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 17, 20, 6)
        head.addWidget(Words("今日训练", Role.CARD_TITLE))
        head.addStretch(1)
        head.addWidget(self.count)
        middle = ScrollBody(spacing=12)
        middle.body.addLayout(self._list)
        tiles = QWidget()
        box = QVBoxLayout(tiles)
        box.setContentsMargins(20, 2, 20, 8)
        box.setSpacing(12)
        for tile in (self.none, self.before, self.stops, self.last):
            box.addWidget(tile)
        middle.body.addWidget(tiles)
        middle.body.addStretch(1)
        acts = QVBoxLayout()
        acts.setContentsMargins(20, 10, 20, 16)
        acts.setSpacing(10)
        acts.addWidget(self.begin)
        pair = QHBoxLayout()
        pair.setSpacing(10)
        pair.addWidget(self.end, 3)
        pair.addWidget(self.shift, 2)
        acts.addLayout(pair)
        self.body.addLayout(head)
        self.body.addWidget(middle, 1)
        self.body.addLayout(acts)


class _LastTile(QFrame):
    """The last session before today."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 11, 14, 11)
        box.setSpacing(4)
        self.head = Words("", Role.STRONG, wrap=True)
        self.told = Words("", Role.HINT, ink="text2", wrap=True)
        box.addWidget(self.head)
        box.addWidget(self.told)

    def show_last(self, last: LastRow | None) -> None:
        self.setVisible(last is not None)
        if last is not None:
            self.head.setText(f"上次 {last.on:%m-%d} · {last.badge} {STATES[last.state].text}")
            self.told.setText(last.told or last.words)
