"""How far joints move: degrees by joint, side, active and passive; what cannot be is said below as it is typed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.form import fold
from app.rehab.lists.joints import Joint, joints
from app.rehab.rules.evaluation import Motion, motion_wrong
from ui.kit import Button, FieldError, LineField, Words
from ui.style import Role, look

WAYS = (("active", "主动"), ("passive", "被动"))
_SIDES = (("left", "左"), ("right", "右"))
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Cell = tuple[str, str, str]
"""Joint, side, way."""


class MotionTable(QWidget):
    """`changed` when the person typed. Enter goes on to the next cell, ↑ and ↓ to the joint above and below."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[Cell, DegreeField] = {}
        self.error = FieldError()
        self.more = Button("更多关节", "link", icon="plus")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._rows: dict[str, list[QWidget]] = {}
        self._head()
        for place, joint in enumerate(joints().values(), 2):
            self._row(place, joint)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._grid)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.error)
        self.more.clicked.connect(self.show_all)

    @property
    def said(self) -> tuple[Motion, ...]:
        """The joints of which something was measured."""
        found = []
        for joint in joints().values():
            for side in joint.sides:
                active, passive = (self._number(joint.code, side, way) for way, _ in WAYS)
                if active is not None or passive is not None:
                    found.append(Motion(joint.code, side, active, passive))
        return tuple(found)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the cells, as typed."""
        return {"|".join(cell): field.text() for cell, field in self.cells.items() if field.text()}

    def show_motions(self, said: Iterable[Motion]) -> None:
        """Degrees instead of those there are; says nothing."""
        known = {(one.joint, one.side): one for one in said}
        for (joint, side, way), field in self.cells.items():
            one = known.get((joint, side))
            value = getattr(one, way) if one is not None else None
            field.setText("" if value is None else f"{value:g}")
        self._show_used()

    def show_typed(self, typed: dict[str, str]) -> None:
        """What was typed before."""
        for cell, field in self.cells.items():
            field.setText(typed.get("|".join(cell), ""))
        self._show_used()

    def show_all(self) -> None:
        """Every joint of the list."""
        self._show({joint.code for joint in joints().values()})
        self.more.hide()

    def problem(self) -> str:
        """What is wrong with what is typed, empty if nothing is."""
        for (joint, _side, _way), field in self.cells.items():
            if field.text() and field.number is None:
                return f"{joints()[joint].words}：请填度数。"
        known = {one.code: (one.words, one.most) for one in joints().values()}
        return next((wrong for one in self.said if (wrong := motion_wrong(one, known))), "")

    def say_wrong(self, text: str) -> None:
        self.error.say(text)

    def focus_part(self) -> QWidget:
        return next(iter(self.cells.values()))

    # inside -------------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        for place, (_, words) in enumerate(_SIDES):
            label = Words(words, Role.LABEL)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._grid.addWidget(label, 0, 1 + 2 * place, 1, 2)
        for column in range(4):
            label = Words(WAYS[column % 2][1], Role.HINT)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._grid.addWidget(label, 1, 1 + column)
        self._grid.addWidget(Words("参考", Role.HINT), 1, 5)

    def _row(self, place: int, joint: Joint) -> None:
        pieces: list[QWidget] = [Words(joint.words, Role.BODY)]
        self._grid.addWidget(pieces[0], place, 0)
        for side in joint.sides:
            for column, (way, words) in enumerate(WAYS):
                field = DegreeField(f"{dict(_SIDES).get(side, '')}{joint.words}{words}")
                field.textEdited.connect(self._edited)
                field.stepped.connect(lambda step, cell=(joint.code, side, way): self._step(cell, step))
                field.editingFinished.connect(self._judge)
                self.cells[joint.code, side, way] = field
                self._grid.addWidget(field, place, 1 + column + (2 if side == "right" else 0))
                pieces.append(field)
        usual = Words(f"{joint.most:g}°", Role.HINT, ink="text3")
        self._grid.addWidget(usual, place, 5)
        self._rows[joint.code] = [*pieces, usual]

    def _show_used(self) -> None:
        used = {joint for (joint, _, _), field in self.cells.items() if field.text()}
        self._show(used | {joint.code for joint in joints().values() if joint.usual})
        self.more.setVisible(any(pieces[0].isHidden() for pieces in self._rows.values()))
        self._judge()

    def _show(self, shown: set[str]) -> None:
        for code, pieces in self._rows.items():
            for piece in pieces:
                piece.setVisible(code in shown)

    def _number(self, joint: str, side: str, way: str) -> float | None:
        return self.cells[joint, side, way].number

    def _edited(self) -> None:
        if self.error.text():
            self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        self.say_wrong(self.problem())

    def _step(self, cell: Cell, step: int) -> None:
        joint, side, way = cell
        shown = [code for code, pieces in self._rows.items() if not pieces[0].isHidden()]
        place = shown.index(joint) + step
        if 0 <= place < len(shown):
            other = joints()[shown[place]]
            there = side if side in other.sides else other.sides[0]
            self.cells[other.code, there, way].setFocus()


class DegreeField(LineField):
    """Degrees, three signs at most."""

    stepped = Signal(int)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setMaxLength(4)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(look.sp(62))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    @property
    def number(self) -> float | None:
        text = fold(self.text())
        return float(text) if text.lstrip("-").isdigit() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
