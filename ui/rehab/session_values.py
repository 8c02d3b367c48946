"""Measured values as they are typed: each field with what it means at once, for the time before, during or after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rehab.rules.stopping import WARN, Fired, StopRule, Values
from app.rehab.training.values import RPE
from app.vitals.catalogue import sign_of
from app.vitals.rules import Wrong
from app.vitals.rules.judging import soft_doubt
from app.vitals.rules.reading import read_value
from ui.kit import FieldError, LineField, Words
from ui.kit.flow import Flow
from ui.style import Role, look

WIDE, PAIR = 84, 92
BOXES = {
    "bp": ("血压", "mmHg"),
    "hr": ("心率", "次/分"),
    "spo2": ("血氧", "%"),
    "temp": ("体温", "℃"),
    "pain": ("疼痛", "0–10"),
    "rpe": ("RPE", "6–20"),
}
"""Inputs by name: words and unit."""
_SIGNS = {"bp": "blood_pressure", "hr": "pulse", "spo2": "spo2", "temp": "temperature", "pain": "pain"}
_BOX_OF = {"sbp": "bp", "dbp": "bp"}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class NumberField(LineField):
    """Space and ↓ go to the next field, ↑ to the one before, Enter does the main act. Digits never go through an
    input method; `pair`: a space between two numbers is the stroke of a blood pressure."""

    entered = Signal()

    def __init__(self, words: str, *, pair: bool = False) -> None:
        super().__init__(words)
        self._pair = pair
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _HELD:
            if not event.isAutoRepeat():
                self.entered.emit()
        elif key == Qt.Key.Key_Space and self._pair and self.text().strip().isdigit():
            self.insert("/")
            self.textEdited.emit(self.text())
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Down}:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class ValueBox(QWidget):
    """Label, field, and under it what the value means, or what was measured already."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        words, unit = BOXES[name]
        self.field = NumberField(words, pair=name == "bp")
        self.note = Words(
            "", Role.SMALL, ink="text3"
        )  # one line: the whole sentence stands below all of them
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(look.sp(PAIR if name == "bp" else WIDE))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        label = Words(words, Role.LABEL)
        label.setBuddy(self.field)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label)
        head.addWidget(Words(unit, Role.SMALL, ink="text3"))
        head.addStretch(1)
        box.addLayout(head)
        for piece in (self.field, self.note):
            box.addWidget(piece)

    def read(self) -> dict[str, float]:
        """Measures by name; refuses (Wrong) what is none."""
        text = self.field.text().strip()
        if not text:
            return {}
        if self.name == "rpe":
            if not text.isdigit() or not RPE[0] <= int(text) <= RPE[1]:
                raise Wrong(f"RPE 是 {RPE[0]} 到 {RPE[1]} 的整数。")
            return {"rpe": float(text)}
        measured = read_value(sign_of(_SIGNS[self.name]), text)
        if measured.value is None:
            return {}
        if self.name == "bp":
            return {"sbp": measured.value, "dbp": measured.second or 0}
        return {self.name: measured.value}

    def doubt(self) -> str:
        """Why a value is to be looked at again; empty for one that is plain."""
        if self.name == "rpe" or not self.field.text().strip():
            return ""
        sign = sign_of(_SIGNS[self.name])
        return soft_doubt(sign, read_value(sign, self.field.text()), None) or ""

    def say(self, text: str, ink: str, *, wrong: bool = False) -> None:
        self.note.say(text, ink)
        self.field.set_wrong(wrong)
        self.field.setAccessibleDescription(text)


class ValuesRow(QWidget):
    """Boxes side by side, in as many rows as they need."""

    changed = Signal()
    entered = Signal()

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.boxes = {name: ValueBox(name) for name in names}
        self._known: dict[str, str] = {}
        self._confirmed: dict[str, str] = {}
        self.error = FieldError()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(10)
        row.setLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(row)
        column.addWidget(self.error)
        for box in self.boxes.values():
            flow.addWidget(box)
            box.field.textEdited.connect(self._edited)
            box.field.entered.connect(self.entered)

    # what is typed ------------------------------------------------------------------------------------------------

    @property
    def empty(self) -> bool:
        return not any(box.field.text().strip() for box in self.boxes.values())

    def values(self) -> Values:
        """What can be read; what cannot is left out and said under its field by `show_fired`."""
        found: dict[str, float] = {}
        for box in self.boxes.values():
            try:
                found |= box.read()
            except Wrong:
                continue
        return Values(**found)  # type: ignore[arg-type]  # names of measures, never of symptoms

    def check(self) -> bool:
        """Whether all of it may be kept. A doubtful value is confirmed by the second Enter."""
        self.error.say("")
        for name, box in self.boxes.items():
            try:
                box.read()
                doubt = box.doubt()
            except Wrong as wrong:
                return self._ask(box, wrong.text)
            text = box.field.text()
            if doubt and self._confirmed.get(name) != text:
                self._confirmed[name] = text
                return self._ask(box, doubt)
        return True

    @property
    def confirmed(self) -> tuple[str, ...]:
        """Inputs of doubtful values that were looked at again."""
        return tuple(name for name, text in self._confirmed.items() if self.boxes[name].field.text() == text)

    def texts(self) -> dict[str, str]:
        return {name: text for name, box in self.boxes.items() if (text := box.field.text())}

    def put(self, texts: Mapping[str, str]) -> None:
        """Other texts, of somebody else perhaps: nothing of them was looked at again."""
        self._confirmed = {}
        self.error.say("")
        for name, box in self.boxes.items():
            box.field.setText(texts.get(name, ""))

    def put_values(self, values: Values) -> None:
        """Fill in what was kept."""
        numbers = {
            name: f"{found:g}"
            for name in self.boxes
            if (found := values.of(name) if name != "bp" else None) is not None
        }
        if values.sbp is not None and values.dbp is not None:
            numbers["bp"] = f"{values.sbp:g}/{values.dbp:g}"
        self.put(numbers)

    # what is said of it -------------------------------------------------------------------------------------------

    def know(self, known: Mapping[str, str]) -> None:
        """What was measured already, shown under a field while it is empty."""
        self._known = dict(known)

    def show_fired(self, found: Iterable[Fired], rules: Iterable[StopRule], fine: str) -> None:
        """Under each field: the rule that fires, else `fine`, else what was measured already."""
        shown = {rule.code: rule for rule in rules}
        measures = {code: _BOX_OF.get(rule.measure, rule.measure) for code, rule in shown.items()}
        by_box: dict[str, list[Fired]] = {}
        for one in found:
            by_box.setdefault(measures.get(one.code, ""), []).append(one)
        for name, box in self.boxes.items():
            said = sorted(by_box.get(name, ()), key=lambda one: one.effect == WARN)
            text = box.field.text().strip()
            if said and (text or name in self._known or said[0].limit is None):
                ink = "warn" if said[0].effect == WARN else "danger"
                box.say(_head(said[0], shown.get(said[0].code)), ink, wrong=bool(text))
            elif not text:
                box.say(self._known.get(name, ""), "text3")
            else:
                self._say_typed(box, fine)

    def say_wrong(self, name: str, text: str) -> bool:
        """A rule refused this input; False if it is not here."""
        box = self.boxes.get(name)
        if box is not None:
            self._ask(box, text)
        return box is not None

    def focus_first(self) -> None:
        next(iter(self.boxes.values())).field.setFocus()

    def _edited(self) -> None:
        self.error.say("")
        self.changed.emit()

    def _say_typed(self, box: ValueBox, fine: str) -> None:
        try:
            box.read()
        except Wrong:
            box.say("", "text3")  # half a number is no error while it is typed
        else:
            box.say(fine, "ok")

    def _ask(self, box: ValueBox, text: str) -> bool:
        box.say("请核对", "danger", wrong=True)
        box.note.setToolTip(text)
        box.field.setToolTip(text)
        box.field.setFocus()
        box.field.selectAll()
        self.error.say(text)
        return False


def _head(one: Fired, rule: StopRule | None) -> str:
    """`>180`, `变化 >20`, `未测`: short enough for the width of its field."""
    if one.limit is None or rule is None:
        return "未测"
    unit = "%" if rule.unit == "%" else ""
    return f"{'变化 ' if rule.change else ''}{_SIGN[rule.op]}{one.limit:g}{unit}"


_SIGN = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}
