"""A form on the screen, drawn from its data: labels above, errors under, Enter moves on, drafts told as typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.form import Field, Form, Kind, Section, Value, problem, tidy
from ui.forms.fields import Input, make_input
from ui.forms.fold import Fold
from ui.kit import Labelled, Words
from ui.style import Role, look

TWO_COLUMNS_FROM = 640
_WIDE_KINDS = {Kind.LINES, Kind.CHOICES, Kind.BODY, Kind.PHOTOS}
_SEVERAL = {Kind.CHOICES, Kind.BODY, Kind.PHOTOS}


class FormView(QWidget):
    """`values()` are what would be kept; `check()` shows every error and puts the cursor into the first.

    From `two_from` px on two fields stand beside each other.

    A sentence appears when a field is left, or as typed once it has been shown. It goes as soon as the value is good.
    """

    changed = Signal()
    """Something was edited by the person: save the draft."""
    submitted = Signal()
    """Enter in the last field."""

    def __init__(self, form: Form, *, two_from: int = TWO_COLUMNS_FROM) -> None:
        super().__init__()
        self.form = form
        self._two_from = two_from
        self._inputs: dict[str, Input] = {}
        self._labelled: dict[str, Labelled] = {}
        self._grids: list[tuple[QGridLayout, Section]] = []
        self._columns = 0
        self._hidden: set[str] = set()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(24)
        self._folds: dict[str, Fold] = {}
        for section in form.sections:
            self._place(box, section)
        box.addStretch(1)
        self._lay_out(1)

    # values -------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """What each field would keep."""
        return {key: tidy(part.field, part.value()) for key, part in self._inputs.items()}

    def draft(self) -> dict[str, Value]:
        """What each field holds, as typed, without passwords: to be offered back after a lock or a crash."""
        return {k: p.value() for k, p in self._inputs.items() if p.field.kind is not Kind.PASSWORD}

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Fill fields without telling `changed`; those not named stay."""
        for key, value in values.items():
            if key in self._inputs:
                self._inputs[key].set_value(value)
                self._labelled[key].say_wrong("")
                if value:
                    self._open(key)

    def clear(self) -> None:
        """Empty every field."""
        for key, part in self._inputs.items():
            part.set_value(() if part.field.kind in _SEVERAL else "")
            self._labelled[key].say_wrong("")

    # errors -------------------------------------------------------------------------------------------------------

    def problems(self) -> dict[str, str]:
        """What is wrong now, by field, shown or not."""
        found = {key: problem(part.field, part.value()) for key, part in self._inputs.items()}
        return {key: text for key, text in found.items() if text and key not in self._hidden}

    def check(self) -> bool:
        """Show every error, put the cursor into the first wrong field; True when all may be kept."""
        found = self.problems()
        for key, labelled in self._labelled.items():
            self._say(labelled, found.get(key, ""))
            if key in found:
                self._open(key)
        if found:
            self.focus_on(next(iter(found)))
        return not found

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused this field's value; False if the form has no such field."""
        if field not in self._labelled:
            return False
        self._say(self._labelled[field], text)
        self.focus_on(field)
        return True

    def error(self, field: str) -> str:
        """The sentence now shown under a field."""
        return self._labelled[field].error.text()

    def judge(self, field: str) -> None:
        """Show or take back the sentence under a field now: what its check knows may have changed meanwhile."""
        if self._labelled[field].error.text() or tidy(self._inputs[field].field, self._inputs[field].value()):
            self._judge(field)

    def note(self, field: str, text: str, ink: str = "") -> None:
        """Say something beside a field's label that stops nobody."""
        self._labelled[field].hint.say(text, ink)

    def focus_on(self, field: str) -> None:
        """Put the cursor into a field; a folded section opens for it."""
        self._open(field)
        self._inputs[field].focus_part().setFocus(Qt.FocusReason.OtherFocusReason)

    def input(self, field: str) -> QWidget:
        """The widget of a field, for connecting fields with each other."""
        return self._labelled[field].field

    def toggle_folds(self) -> None:
        """Open every folded section; with all of them open, fold them away again."""
        folds = dict.fromkeys(self._folds.values())
        wanted = not all(fold.open for fold in folds)
        for fold in folds:
            fold.set_open(wanted)

    def fold_of(self, field: str) -> Fold | None:
        """The folded section a field is in."""
        return self._folds.get(field)

    def ask_only(self, fields: Collection[str]) -> None:
        """Show these fields and no others; what stands in the others is kept, and not judged."""
        hidden = {field.key for field in self.form.fields} - set(fields)
        if hidden != self._hidden:
            for key in hidden ^ self._hidden:
                self._labelled[key].setVisible(key not in hidden)
            self._hidden = hidden
            columns, self._columns = self._columns, 0
            self._lay_out(columns)

    def has(self, field: str) -> bool:
        """Whether the form has this field at all."""
        return field in self._inputs

    def asks(self, field: str) -> bool:
        """Whether a field is asked now."""
        return field not in self._hidden

    # inside -------------------------------------------------------------------------------------------------------

    def _place(self, box: QVBoxLayout, section: Section) -> None:
        if section.folded:
            fold = Fold(section, self._draw)
            self._folds |= {field.key: fold for field in section.fields}
            box.addWidget(fold)
            return
        whole = QVBoxLayout()
        whole.setSpacing(12)
        if section.title:
            whole.addWidget(Words(section.title, Role.CARD_TITLE))
        whole.addLayout(self._draw(section))
        box.addLayout(whole)

    def _open(self, field: str) -> None:
        if (fold := self._folds.get(field)) is not None:
            fold.set_open(True)

    def _shut(self, field: str) -> bool:
        """Whether a field is not asked now, or lies in a folded section."""
        if field in self._hidden:
            return True
        fold = self._folds.get(field)
        return fold is not None and not fold.open

    def _draw(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(14)
        for field in section.fields:
            self._add(field)
        self._grids.append((grid, section))
        return grid

    def _add(self, field: Field) -> None:
        widget, part = make_input(field)
        labelled = Labelled(field.label, widget, required=field.required, hint=field.hint)
        part.edited.connect(lambda: self._edited(field.key))
        part.left.connect(lambda: self._left(field.key))
        self._inputs[field.key] = part
        self._labelled[field.key] = labelled

    def _edited(self, key: str) -> None:
        labelled = self._labelled[key]
        if labelled.error.text():
            self._judge(key)
        self.changed.emit()

    def _left(self, key: str) -> None:
        part = self._inputs[key]
        if tidy(
            part.field, part.value()
        ):  # an empty required field is not scolded before the form is submitted
            self._judge(key)

    def _judge(self, key: str) -> None:
        part = self._inputs[key]
        self._say(self._labelled[key], problem(part.field, part.value()) or "")

    @staticmethod
    def _say(labelled: Labelled, text: str) -> None:
        labelled.say_wrong(text)
        mark = getattr(labelled.field, "set_wrong", None)
        if mark is not None:
            mark(bool(text))

    def minimumSizeHint(self) -> QSize:
        """Room for one column: two give way when there is less."""
        widest = max(cell.minimumSizeHint().width() for cell in self._labelled.values())
        return QSize(widest, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        here = self._place_of(self.focusWidget())
        rest = () if here is None else self.form.fields[here + 1 :]
        following = next((field.key for field in rest if not self._shut(field.key)), None)
        if following is not None:
            self.focus_on(following)
        else:
            self.submitted.emit()

    def _place_of(self, focused: QWidget | None) -> int | None:
        """The field the cursor is in: Enter goes to the next field, not to the next of several choices."""
        for place, field in enumerate(self.form.fields):
            widget = self._labelled[field.key].field
            if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
                return place
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(2 if self.width() >= look.sp(self._two_from) else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, section in self._grids:
            place = 0
            for field in section.fields:
                if field.key in self._hidden:
                    continue
                wide = columns == 1 or field.wide or field.kind in _WIDE_KINDS
                if wide and place % columns:
                    place += 1
                span = columns if wide else 1
                cell = self._labelled[field.key]
                grid.addWidget(cell, place // columns, place % columns, 1, span, Qt.AlignmentFlag.AlignTop)
                place += span
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < columns else 0)
