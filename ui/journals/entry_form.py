"""The form of an entry while it is filled in: asks what the answers demand, says units and flags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.form import Value
from app.journals.asking import (
    AT,
    BEGINS,
    REASON,
    REASON_WORDS,
    Occasion,
    asked,
    completed,
    entry_form,
    unit_of,
)
from app.journals.journal import Journal
from app.journals.rules import FLAGS, GRAVE
from ui.forms import FormView
from ui.kit import Button, Words
from ui.kit.flow import Flow
from ui.style import Role

BLANK = "＿＿"
_ALWAYS = (AT, BEGINS, REASON, REASON_WORDS)


class EntryForm(QWidget):
    """Sentences to begin with above, the fields below. `changed` comes with every edit of the person."""

    changed = Signal()
    submitted = Signal()

    def __init__(
        self, journal: Journal, occasion: Occasion, facts: Mapping[str, str], *, correcting: bool
    ) -> None:
        super().__init__()
        self.journal, self._today, self._facts = journal, occasion.today, facts
        self.view = FormView(entry_form(journal, occasion, correcting=correcting))
        self.view.changed.connect(self._edited)
        self.view.submitted.connect(self.submitted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        if journal.templates and not correcting:
            box.addWidget(self._sentences())
        box.addWidget(self.view)
        self._adapt()

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Fill fields; what is asked follows."""
        self.view.set_values(values)
        self._adapt()

    def content(self, today: date) -> dict[str, Value]:
        """The journal's own fields as they would be kept."""
        return completed(self.journal, self.view.values(), today)

    def begin(self) -> None:
        """The cursor into the first field that is not answered yet."""
        values = self.view.values()
        keys = [one.key for one in asked(self.journal, self.content(self._today))]
        empty = next((key for key in keys if not values[key]), keys[0])
        self.view.focus_on(empty)

    def put_sentence(self, number: int) -> None:
        """Put one of the journal's sentences into its field, the cursor on its first blank."""
        if number >= len(self.journal.templates):
            return
        template = self.journal.templates[number]
        text = template.text
        for name, fact in self._facts.items():
            text = text.replace("{" + name + "}", fact)
        field = self.view.input(template.field)
        if isinstance(field, QPlainTextEdit):
            before = field.toPlainText()
            start = len(before) + (1 if before else 0)
            field.appendPlainText(text) if before else field.insertPlainText(text)
            field.setFocus()
            self._select_blank(field, start)

    def next_blank(self) -> None:
        """The cursor on the next blank, round and round."""
        fields = [self.view.input(one.field) for one in self.journal.templates]
        for field in fields:
            if isinstance(field, QPlainTextEdit) and BLANK in field.toPlainText():
                field.setFocus()
                self._select_blank(field, field.textCursor().selectionEnd())
                return

    # inside -------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._adapt()
        self.changed.emit()

    def _adapt(self) -> None:
        content = self.content(self._today)
        fields = asked(self.journal, content)
        self.view.ask_only({*_ALWAYS, *(one.key for one in fields)})
        for one in self.journal.fields:
            if one.filled is not None and one.filled.what == "flag":
                self._say_flag(one.filled.of, str(content.get(one.key, "")))

    def _say_flag(self, number: str, flag: str) -> None:
        field = self.journal.field(number)
        if field is None:
            return
        unit = unit_of(self.journal, field, self.content(self._today))
        ink = "danger" if flag in GRAVE else "warn" if flag else ""
        self.view.note(number, "　".join(filter(None, (unit, FLAGS.get(flag, "")))), ink)

    def _sentences(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Words("常用句", Role.HINT))
        flow = Flow(6)
        for number, template in enumerate(self.journal.templates):
            button = Button(f"{number + 1} {template.title}", "plain")
            button.setProperty("high", "small")
            button.setToolTip(f"{template.text}（Ctrl+{number + 1}）")
            button.clicked.connect(lambda _checked=False, number=number: self.put_sentence(number))
            flow.addWidget(button)
        row.addLayout(flow, 1)
        return whole

    @staticmethod
    def _select_blank(field: QPlainTextEdit, start: int) -> None:
        text = field.toPlainText()
        place = text.find(BLANK, start)
        place = text.find(BLANK) if place < 0 else place
        if place >= 0:
            cursor = field.textCursor()
            cursor.setPosition(place)
            cursor.setPosition(place + len(BLANK), cursor.MoveMode.KeepAnchor)
            field.setTextCursor(cursor)
