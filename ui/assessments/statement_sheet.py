"""The side sheet of one statement: who, in which relation, the words, and a signature drawn or left to the name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.assessments.statements import TITLES, CorrectSaid, RetractSaid, Said, Say, StatementRow
from app.assessments.statements.form import (
    Person,
    names_alike,
    people,
    read_reason,
    read_said,
    read_what,
    statement_fields,
    statement_values,
    take_back_fields,
)
from app.assessments.statements.said import AGREE, ASSESSOR, DOUBT, INFORMANT, REFUSE
from app.residents.queries import ChartRow
from ui.assessments.phrases import chart_words
from ui.forms import FormView
from ui.kit import Errands, Key, Labelled, OptionRow, ScrollBody, Sheet, SideSheet, bind, errand
from ui.kit.sign_pad import SignPad
from ui.kit.view import Bench

OTHER = "other"
MOST_PEOPLE = 3
_ACTS = {
    AGREE: "登记意见",
    REFUSE: "登记意见",
    DOUBT: "申请复评",
    INFORMANT: "登记签名",
    ASSESSOR: "登记不同意见",
}
_TITLES = {**TITLES, AGREE: "老人或代理人的意见", REFUSE: "老人或代理人的意见"}


class StatementSheet(SideSheet):
    """`said` carries the notice once it is kept. Everything typed and drawn survives a refusal."""

    said = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        bench: Bench,
        chart: ChartRow,
        about: tuple[str, object],
        row: StatementRow | None = None,
    ) -> None:
        self.what, self._record = about
        text = f"{chart.name}　{chart_words(chart)}"
        title = _TITLES[self.what] if row is None else f"更正：{TITLES[self.what]}"
        super().__init__(parent, title, text, width=600)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._row = row
        self.known = people(chart)[:MOST_PEOPLE]
        self.form = FormView(statement_fields(self.what, correcting=row is not None))
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        self.pad = SignPad()
        self.people = OptionRow(
            (*((str(place), one.words) for place, one in enumerate(self.known)), (OTHER, "其他人")),
            columns=2,
            low=True,
        )
        self._lay_out()
        self.people.group.buttonClicked.connect(self._named)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", "保存", self.save))
        self._begin()

    def open(self) -> None:
        super().open()
        first = next(iter(self.form.form.fields)).key
        self.form.focus_on("words" if self.what in (ASSESSOR, DOUBT) and self._row is None else first)

    @errand
    async def save(self) -> None:
        """A refusal stands beside its field."""
        if not self.form.check():
            return
        values = self.form.values()
        said = read_said(values, self.pad.strokes if self.what != ASSESSOR else ())
        if self._row is None:
            what = read_what(values, self.what)
            await self.errands.do(Say(self._record, what, said), busy=self.main)  # type: ignore[arg-type]  # a rid
            done = f"已登记：{TITLES[what]}。"
        else:
            await self.errands.do(CorrectSaid(self._row.seen, said, read_reason(values)), busy=self.main)
            done = "意见已更正，原来的内容保留。"
        self.accept()
        self.said.emit(done)

    def _begin(self) -> None:
        """Whoever it most likely is stands there already: the resident, or of information the first contact."""
        if self._row is not None:
            said = Said(self._row.name, self._row.relation, self._row.words)
            self.form.set_values(statement_values(said))
            self.pad.pad.show_strokes(self._row.drawn)
            place = names_alike(said, self.known)
            self.people.choose(OTHER if place is None else str(place))
            return
        place = 1 if self.what == INFORMANT and len(self.known) > 1 else 0
        self.people.choose(str(place))
        self._fill(self.known[place])

    def _named(self) -> None:
        key = self.people.key
        if key in (None, OTHER):
            self._fill(Person("", ""))
            self.form.focus_on("name")
        else:
            self._fill(self.known[int(str(key))])

    def _fill(self, person: Person) -> None:
        if self.what != ASSESSOR:
            self.form.set_values({"name": person.name, "relation": person.relation})

    def _lay_out(self) -> None:
        inside = ScrollBody((0, 0, 8, 0), 16)
        if self.what != ASSESSOR:
            inside.body.addWidget(Labelled("谁", self.people))
        inside.body.addWidget(self.form)
        if self.what != ASSESSOR:
            inside.body.addWidget(Labelled("签名", self.pad, hint="可以不画，以姓名为准"))
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        act = _ACTS[self.what] if self._row is None else "保存更正"
        self.offer(act, icon="square-pen").setDefault(False)


class TakeBackSheet(Sheet):
    """A statement is taken back; it stays readable."""

    said = Signal(str)

    def __init__(self, parent: QWidget, bench: Bench, row: StatementRow) -> None:
        text = f"{TITLES[row.what]}　{row.name}\n撤回后不再算数，内容仍可查看。"
        super().__init__(parent, "撤回这条意见", text, width=480)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._row = row
        self.form = FormView(take_back_fields())
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.offer("撤回", "danger")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        self.form.focus_on("why")

    @errand
    async def save(self) -> None:
        if not self.form.check():
            return
        await self.errands.do(RetractSaid(self._row.seen, str(self.form.values()["why"])), busy=self.main)
        self.accept()
        self.said.emit("意见已撤回，内容仍可查看。")
