"""One medicine of a reconciliation: name, before, hospital, now, and the three decisions as buttons in the row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.medication.reconciling import ReconcileRow
from ui.kit import Chip, ElidedWords, Sign, Tag
from ui.kit.paint import bottom_line
from ui.medication.reconcile_words import (
    ACTS,
    KEYS,
    Lines,
    after_lines,
    before_lines,
    hospital_lines,
    name_lines,
    who_line,
)
from ui.style import Role, Tone, look

SHARES = (30, 22, 25, 25)
"""How the width is shared among the four columns of words."""
DECISIONS = 232
"""Width of the column of buttons."""
MARGINS = (18, 6, 14, 6)


class Two(QWidget):
    """Two lines, each cut where there is no room, whole in the tip."""

    def __init__(self, role: Role = Role.BODY) -> None:
        super().__init__()
        self.first, self.under = ElidedWords("", role), ElidedWords("", Role.SMALL, ink="text2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addStretch(1)
        box.addWidget(self.first)
        box.addWidget(self.under)
        box.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, lines: Lines, *, loud_under: bool = False) -> None:
        ink = lines[2] or "text"
        self.first.say(lines[0], "text" if loud_under else ink)
        self.under.say(lines[1], lines[2] if loud_under else "text2")
        self.under.setVisible(bool(lines[1]))


class Decision(Chip):
    """One of the three: solid once it stands, as the options of a form are."""

    def __init__(self) -> None:
        super().__init__("")
        self.setProperty("kind", "option")
        self.setProperty("high", "field")


class ReconcileLine(QWidget):
    """`decided` carries the key of a decision, `entered` that the row was clicked."""

    decided = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row: ReconcileRow | None = None
        self.current = False
        self.name, self.before, self.hospital, self.after = Two(Role.STRONG), Two(), Two(), Two(Role.STRONG)
        self.tag, self.waits = Tag("", Tone.DANGER), Tag("待医师签", Tone.VIOLET)
        head = QWidget()
        head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        named = QHBoxLayout(head)
        named.setContentsMargins(0, 0, 0, 0)
        named.setSpacing(8)
        named.addWidget(self.name, 1)
        named.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignVCenter)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(*MARGINS)
        self.grid.setHorizontalSpacing(14)
        self.open = Sign("circle-dashed", 18, "warn.text")
        now = QWidget()
        now.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        told = QHBoxLayout(now)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(8)
        told.addWidget(self.open, 0, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.after, 1)
        told.addWidget(self.waits, 0, Qt.AlignmentFlag.AlignVCenter)
        for place, piece in enumerate((head, self.before, self.hospital, now)):
            self.grid.addWidget(piece, 0, place)
            self.grid.setColumnStretch(place, SHARES[place])
        self.buttons = tuple(Decision() for _ in range(3))
        acts = QWidget()
        acts.setFixedWidth(look.sp(DECISIONS))
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for place, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._press, place))
            row.addWidget(button, 1)
        self.grid.addWidget(acts, 0, 4)
        self.setMinimumHeight(look.sp(56))

    def show_row(self, row: ReconcileRow, zone: str) -> None:
        self.row = row
        self.name.say(name_lines(row), loud_under=bool(row.findings))
        self.before.say(before_lines(row))
        self.hospital.say(hospital_lines(row))
        self.after.say(after_lines(row, zone))
        self.open.setVisible(row.undecided)
        danger = row.urgent or ("高警示" if row.high_alert else "")
        self.tag.say(danger, Tone.DANGER)
        self.tag.setVisible(bool(danger))
        self.waits.setVisible(row.decision is not None and row.decision.sign_by is not None)
        said = row.decision.decision if row.decision is not None else ""
        for key, word, button in zip(KEYS[row.new], ACTS[row.new], self.buttons, strict=True):
            button.setText(word)
            button.setChecked(key == said)
        self.setToolTip("\n".join((*row.findings, who_line(row, zone))).strip())
        self.setAccessibleName(
            f"{row.words}，入院前 {' '.join(before_lines(row)[:2])}，出院 {' '.join(hospital_lines(row)[:2])}，"
            f"{' '.join(after_lines(row, zone)[:2])}"
        )
        self.update()

    def set_current(self, *, current: bool) -> None:
        if current != self.current:
            self.current = current
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        waits = self.row is not None and self.row.undecided
        if self.current:
            painter.fillRect(self.rect(), look.colour("sel"))
        elif waits:
            painter.fillRect(self.rect(), look.colour("warn.tint"))
        if self.current or waits:
            ink = (
                "primary"
                if self.current
                else "danger.solid"
                if self.row and self.row.urgent
                else "warn.solid"
            )
            painter.fillRect(QRect(0, 0, 3, self.height()), look.colour(ink))
        bottom_line(painter, self.rect())

    def _press(self, place: int) -> None:
        """A button shows what stands, not what was pressed: the answer of the desk draws the row anew."""
        if self.row is None:
            return
        keys = KEYS[self.row.new]
        said = self.row.decision.decision if self.row.decision is not None else ""
        for key, button in zip(keys, self.buttons, strict=True):
            button.setChecked(key == said)
        self.entered.emit()
        self.decided.emit(keys[place])
