"""The first step: appendix A of the instrument as cards of fields, filled with what the station knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.assessments.content import Content
from app.assessments.instruments import Fact, Instrument
from app.assessments.instruments import Section as Table
from app.assessments.record_queries import AssessmentForm
from app.core.form import Value
from ui.assessments.information_fields import (
    NONE,
    alone,
    asked_of,
    blocks,
    facts_of,
    form_of,
    head_of,
    needs_none,
    tables_of,
    values_of,
)
from ui.assessments.known_facts import KnownFacts
from ui.assessments.rows_input import RowsInput
from ui.forms import FormView
from ui.kit import Button, Card, Labelled, ScrollBody, Words
from ui.style import Role

FROM_RECORD, FROM_PREVIOUS = "来自档案", "来自上次评估"


class InformationPage(ScrollBody):
    """`changed` with every edit of the person; `content(base)` is `base` with what the fields say."""

    changed = Signal()

    def __init__(self, instrument: Instrument, today: date, parent: QWidget | None = None) -> None:
        super().__init__((0, 0, 6, 0), 12, parent)
        self._instrument, self._today = instrument, today
        self.forms: list[FormView] = []
        self._rows: dict[str, RowsInput] = {}
        self._known: list[KnownFacts] = []
        self._before: dict[str, Value] = {}
        self._offered: list[tuple[str, Mapping[str, Fact]]] = []
        self._happened: set[str] = set()
        self._asked = asked_of(instrument)
        for table in tables_of(instrument):
            self.body.addWidget(self._draw(table))
        self.body.addStretch(1)

    # values -------------------------------------------------------------------------------------------------------

    def show_form(self, form: AssessmentForm) -> None:
        """Fill every field."""
        number = form.record.number if form.record else ""
        for known in self._known:
            known.show_facts({**form.known, "record.number": number})
        self._offered = [
            *form.from_incidents,
            (FROM_RECORD, form.from_record),
            (FROM_PREVIOUS, form.from_previous),
        ]
        self._happened = {code for _source, facts in form.from_incidents for code in facts}
        values = values_of(self._instrument, form.content)
        for one in self.forms:
            one.clear()
            one.set_values(values)
        for code, rows in self._rows.items():
            rows.set_value(form.content.information.get(code, ()))
        self._settle()

    def content(self, base: Content) -> Content:
        """`base` with the information, date and occasion of the fields; what is wrong is left out."""
        wrong = self.problems()
        values = {key: value for key, value in self._values().items() if key not in wrong}
        day, occasion = head_of(self._instrument, values)
        items = self._instrument.items
        facts = {
            **{code: said for code, said in base.information.items() if code.partition("/")[0] in items},
            **facts_of(self._instrument, values),
            **{c: r.value() for c, r in self._rows.items() if r.value()},
        }
        return replace(base, information=facts, assessed_on=day, occasion=occasion)

    def problems(self) -> dict[str, str]:
        """Fields with something typed that cannot be kept, and why."""
        values = self._values()
        return {
            key: text
            for form in self.forms
            for key, text in form.problems().items()
            if values.get(key) not in ("", ())
        }

    # going about --------------------------------------------------------------------------------------------------

    def focus_on(self, field: str) -> bool:
        """Put the cursor into a field and bring it into sight; False if there is none of this name."""
        form = self._form_of(field)
        if form is None:
            return False
        form.focus_on(field)
        self.ensureWidgetVisible(self._labelled(form, field), 0, 60)
        return True

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.focus_on(self.forms[0].form.fields[0].key)

    def show_refusal(self, field: str, text: str) -> bool:
        """Say under a field why it was refused."""
        form = self._form_of(field)
        if form is None:
            return False
        form.show_refusal(field, text)
        self.ensureWidgetVisible(self._labelled(form, field), 0, 60)
        return True

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing may be typed now."""
        for part in (*self.forms, *self._rows.values()):
            part.setEnabled(not locked)

    # inside -------------------------------------------------------------------------------------------------------

    def _draw(self, table: Table) -> Card:
        card = Card(table.title, table.code if len(table.code) > 1 else "")
        card.body.setSpacing(16)
        for block in blocks(table):
            if block.kind == "known":
                known = KnownFacts(block.fields)
                self._known.append(known)
                card.body.addWidget(known)
            elif block.kind == "rows":
                rows = RowsInput(block.fields[0])
                rows.edited.connect(self.changed)
                self._rows[block.fields[0].code] = rows
                card.body.addWidget(rows)
            else:
                form = self._form(FormView(form_of(block, self._today)))
                card.body.addWidget(form)
                if block.never:
                    button = self._none_of_all(form, block.never)
                    card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if block.helps:
                card.body.addWidget(Words("\n".join(block.helps), Role.HINT, wrap=True))
        return card

    def _form(self, form: FormView) -> FormView:
        self.forms.append(form)
        form.changed.connect(self._edit)
        form.submitted.connect(form.focusNextChild)
        return form

    def _none_of_all(self, form: FormView, never: Mapping[str, str]) -> Button:
        """One act for a group of counted events where none happened; what was reported as an incident stays."""
        button = Button(f"全部选“{next(iter(never.values()))}”", "link", icon="check")

        def choose() -> None:
            form.set_values({code: words for code, words in never.items() if code not in self._happened})
            self._edit()

        button.clicked.connect(choose)
        return button

    def _edit(self) -> None:
        values = self._values()
        for code, asked in self._asked.items():
            if asked.kind == "choices" and (needs_none(asked) or any(one.alone for one in asked.choices)):
                settled = alone(asked, self._before.get(code, ()), values[code])
                if settled != values[code] and (form := self._form_of(code)) is not None:
                    form.set_values({code: settled})
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """Show the texts that are asked for, hide the others; say where values come from."""
        values = self._values()
        self._before = values
        for asked in self._asked.values():
            key = "occasion" if asked.known_from == "record.occasion" else asked.code
            said = values.get(key, "")
            for choice in asked.choices:
                supplement = asked.supplement(choice.words)
                form = self._form_of(supplement) if choice.asks else None
                if form is not None:
                    chosen = choice.words in said if isinstance(said, tuple) else choice.words == said
                    self._labelled(form, supplement).setVisible(chosen)
            if (form := self._form_of(asked.code)) is not None:
                source = self._source(asked.code, said)
                self._labelled(form, asked.code).hint.setText(
                    " · ".join(p for p in (asked.help, source) if p)
                )

    def _source(self, code: str, said: Value) -> str:
        kept = () if said == (NONE,) else said
        return next((words for words, facts in self._offered if kept and facts.get(code) == kept), "")

    def _values(self) -> dict[str, Value]:
        return {key: value for form in self.forms for key, value in form.values().items()}

    def _form_of(self, field: str) -> FormView | None:
        return next((form for form in self.forms if form.has(field)), None)

    @staticmethod
    def _labelled(form: FormView, field: str) -> Labelled:
        widget: QWidget | None = form.input(field)
        while not isinstance(widget, Labelled):
            widget = widget.parentWidget() if widget is not None else None
            if widget is None:
                raise KeyError(field)
        return widget
