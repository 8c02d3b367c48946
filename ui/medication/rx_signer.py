"""Who signs beside the doctor: the resident or a relative, chosen or typed, and the signature drawn."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.statements.form import Person, people
from app.core.form import Value
from app.core.strokes import Strokes
from app.medication.prescriptions.form import signer_form
from app.residents.queries import ChartRow
from ui.forms import FormView
from ui.kit import Labelled, OptionRow, Words
from ui.kit.sign_pad import SignPad
from ui.style import Role

OTHER, MOST = "other", 3


class RxSigner(QWidget):
    """`changed` with every edit. Who is known stands as choices; others are typed."""

    changed = Signal()

    def __init__(self, what: str, chart: ChartRow, why: str) -> None:
        super().__init__()
        self.known = people(chart)[:MOST]
        choices = tuple((str(place), one.words) for place, one in enumerate(self.known))
        self.people = OptionRow((*choices, (OTHER, "其他人")), columns=2, low=True)
        self.form = FormView(signer_form(what))
        self.pad = SignPad()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(Words(why, Role.BODY, ink="text2", wrap=True))
        box.addWidget(Labelled("谁签", self.people))
        box.addWidget(self.form)
        box.addWidget(Labelled("签名", self.pad, hint="可以不画，以姓名为准"))
        self.people.group.buttonClicked.connect(self._named)
        self.form.changed.connect(self.changed)

    def values(self) -> dict[str, Value]:
        return self.form.draft()

    @property
    def strokes(self) -> Strokes:
        return self.pad.strokes

    def set_values(self, values: dict[str, Value]) -> None:
        self.form.set_values({key: values[key] for key in ("name", "relation") if key in values})

    def _named(self) -> None:
        key = self.people.key
        person = Person("", "") if key in (None, OTHER) else self.known[int(str(key))]
        self.form.set_values({"name": person.name, "relation": person.relation})
        if not person.name:
            self.form.focus_on("name")
        self.changed.emit()
