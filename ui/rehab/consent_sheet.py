"""Consent to a plan: who says it, in which relation, agreed or refused, and a signature drawn or left to the name."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.assessments.statements.form import Person, people
from app.core.form import Choice, Field, Form, Kind, Section
from app.core.strokes import kept_strokes
from app.rehab.planning import Consent, StateConsent
from app.residents.queries import Chart
from app.residents.stating import Seen
from ui.forms import FormView
from ui.kit import Errands, Key, Labelled, OptionRow, ScrollBody, SideSheet, bind, errand
from ui.kit.sign_pad import SignPad
from ui.kit.view import Bench

OTHER = "other"
MOST_PEOPLE = 3
AGREED, REFUSED = "yes", "no"


class ConsentSheet(SideSheet):
    """`said` carries the notice once it is kept. Everything typed and drawn survives a refusal."""

    said = Signal(str)

    def __init__(self, parent: QWidget, bench: Bench, resident: UUID | None, seen: Seen, about: str) -> None:
        super().__init__(parent, "老人或代理人的意见", about, width=600)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._resident, self._seen = resident, seen
        self.known: tuple[Person, ...] = ()
        self.form = FormView(consent_fields())
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.form.set_values({"agreed": AGREED})
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self)
        self.pad = SignPad()
        self.people = OptionRow(((OTHER, "其他人"),), low=True)
        self._who = Labelled("谁", self.people)
        inside = self._inside = ScrollBody((0, 0, 8, 0), 16)
        inside.body.addWidget(self._who)
        inside.body.addWidget(self.form)
        inside.body.addWidget(Labelled("签名", self.pad, hint="可以不画，以姓名为准"))
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        self.offer("登记意见", icon="square-pen").setDefault(False)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", "登记", self.save))

    def open(self) -> None:
        super().open()
        self.form.focus_on("agreed")
        self.know()

    @errand
    async def know(self) -> None:
        """The resident and the contacts; a guardian stands there already, else the resident."""
        if self._resident is None:
            return
        chart = await self.errands.ask(Chart(self._resident))
        self.known = people(chart)[:MOST_PEOPLE]
        old = self.people
        self.people = OptionRow(
            (*((str(place), one.words) for place, one in enumerate(self.known)), (OTHER, "其他人")),
            columns=2,
            low=True,
        )
        layout = self._who.layout()
        if layout is not None:
            layout.replaceWidget(old, self.people)
        old.hide()
        old.deleteLater()
        self.people.group.buttonClicked.connect(self._named)
        guardian = next((place for place, one in enumerate(chart.contacts, 1) if one.guardian), 0)
        place = guardian if guardian < len(self.known) else 0
        if not self.form.draft()["name"]:
            self.people.choose(str(place))
            self._fill(self.known[place])

    @errand
    async def save(self) -> None:
        """A refusal stands beside its field."""
        if not self.form.check():
            self._into_sight()
            return
        values = {key: str(value) for key, value in self.form.values().items()}
        agreed = values["agreed"] == AGREED
        consent = Consent(
            values["name"], values["relation"], agreed, values["words"], kept_strokes(self.pad.strokes)
        )
        await self.errands.do(StateConsent(self._seen, consent), busy=self.main)
        self.accept()
        self.said.emit("已登记：同意康复计划。" if agreed else "已登记：不同意康复计划，计划不执行。")

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field, scrolled into sight."""
        shown = self.form.show_refusal(field, text)
        self._into_sight()
        return shown

    def _into_sight(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self._inside.ensureWidgetVisible(focused, 0, 60)

    def _named(self) -> None:
        key = self.people.key
        if key in (None, OTHER):
            self._fill(Person("", ""))
            self.form.focus_on("name")
        else:
            self._fill(self.known[int(str(key))])

    def _fill(self, person: Person) -> None:
        self.form.set_values({"name": person.name, "relation": person.relation})


def consent_fields() -> Form:
    """What is asked of consent."""
    choices = (Choice(AGREED, "同意"), Choice(REFUSED, "不同意"))
    fields = (
        Field("agreed", "对康复计划", Kind.CHOICE, required=True, choices=choices),
        Field("name", "姓名", required=True, max_length=40),
        Field("relation", "与老人的关系", required=True, max_length=20, placeholder="如 本人、子、代理人"),
        Field("words", "说明", Kind.LINES, max_length=500, placeholder="不同意时必填"),
    )
    return Form((Section("", fields),))
