"""The side sheet of what is stated of a resident: the list of it, and the form of the one that is written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import Refusal
from app.core.form import Form
from app.core.orders import Order
from app.core.roles import Right
from app.residents.queries import AllergyRow, ChartRow, DiagnosisRow
from app.residents.stating import Seen, TakeBack
from app.residents.stating.fields import Values
from app.residents.vocabulary import diseases, find
from ui.forms import FormView
from ui.kit import (
    AllergyStrip,
    Button,
    Column,
    Errands,
    Key,
    RowsTable,
    ScrollBody,
    SideSheet,
    StateView,
    Words,
    bind,
    errand,
)
from ui.kit.guarded import GuardedButton
from ui.kit.stack import Stack
from ui.kit.view import View
from ui.residents.signs import allergies_of, person_words
from ui.style import Role

WIDTH = 640
R = TypeVar("R", AllergyRow, DiagnosisRow)


@dataclass(frozen=True)
class Task:
    """One thing being written. `order` gets the values and the revision seen (None for something new)."""

    title: str
    act: str
    form: Form
    values: Values
    order: Callable[[Values, Seen | None], Order[Any]]
    done: Callable[[Values], str]
    about: UUID | None = None
    grave: bool = False


class StatementSheet(SideSheet, Generic[R]):
    """List and form are two pages: Esc goes from the form to the list, from the list back to the chart."""

    kind: ClassVar[str]
    thing: ClassVar[str]
    nothing: ClassVar[tuple[str, str]]
    hint: ClassVar[str] = "N 登记　Enter 更正　Delete 作废　Ctrl+Z 撤销刚登记的"

    def __init__(self, view: View) -> None:
        super().__init__(view, self.thing, width=WIDTH)
        self.view = view
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.chart: ChartRow | None = None
        self.task: Task | None = None
        self.form: FormView | None = None
        self._seen: Seen | None = None
        self._last: Seen | None = None
        self.strip = AllergyStrip()
        self.table: RowsTable[R] = RowsTable(self.columns(), key=lambda row: row.rid, words=self.thing)
        self.state = StateView(self.table)
        self.list_page, self.form_page = QWidget(), ScrollBody((0, 0, 8, 0), 14)
        self.pages = Stack()
        self._lay_out()
        self._connect()

    # what a kind says of itself -----------------------------------------------------------------------------------

    @abstractmethod
    def columns(self) -> Sequence[Column[R]]: ...

    @abstractmethod
    def rows_of(self, chart: ChartRow) -> tuple[R, ...]: ...

    @abstractmethod
    def words_of(self, row: R) -> str: ...

    @abstractmethod
    def adding(self, chart: ChartRow) -> Task: ...

    @abstractmethod
    def correcting(self, chart: ChartRow, row: R) -> Task | str:
        """What Enter on a row begins, or the sentence why not."""

    @abstractmethod
    def retracting(self, row: R) -> Task: ...

    def prepare(self, form: FormView) -> None:
        """Connect the fields of a form that has just been drawn."""

    # the sheet ----------------------------------------------------------------------------------------------------

    def open_for(self, chart: ChartRow, *, adding: bool) -> None:
        """Show the list, or with `adding` an empty form at once."""
        self.show_chart(chart)
        self.show_list()
        self.open()
        if adding:
            self.add.ask()

    def show_chart(self, chart: ChartRow) -> None:
        """What is stated now: when the sheet opens, and whenever somebody changed it."""
        self.chart = chart
        rows = self.rows_of(chart)
        self.text.setText(f"{chart.name}　{person_words(chart)}　{chart.bed or '未安排床位'}")
        self.text.show()
        self.strip.show_allergies(allergies_of(chart, reactions=True))
        self.table.set_rows(rows)
        if rows:
            self.state.content()
        else:
            self.state.empty(*self.nothing)
        for button in (self.correct, self.retract):
            button.setEnabled(bool(rows))
        if self.task is None:
            self._rest()

    def show_list(self) -> None:
        """Back to the list; what was typed and not saved is gone."""
        self.task = None
        self.title.setText(self.thing)
        self.pages.show_page(self.list_page)
        self._offer_acts()
        self._rest()

    def begin(self, task: Task) -> None:
        """Draw the form of a task."""
        row = next((one for one in self.table.rows_model.rows if one.rid == task.about), None)
        self.task, self._seen = task, Seen(row.rid, row.revision) if row else None
        self.notice.clear()
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = FormView(task.form)
        self.form.set_values(task.values)
        self.form.submitted.connect(self.save)
        self.errands.fields = self.form
        self.form_page.body.insertWidget(0, self.form)
        self.prepare(self.form)
        self.title.setText(task.title)
        self.save_button.say(task.act)
        self.pages.show_page(self.form_page)
        self._offer_acts()
        self.form.focus_on(task.form.fields[0].key)

    def reject(self) -> None:
        """Esc: from the form to the list, from the list to the chart."""
        if self.task is not None:
            self.notice.clear()
            self.show_list()
        else:
            super().reject()

    @errand
    async def save(self) -> None:
        """Have the task done; a refusal leaves everything as typed."""
        task, form = self.task, self.form
        if task is None or form is None or not form.check():
            return
        values = form.values()
        try:
            result = await self.errands.do(task.order(values, self._seen), busy=self.save_button)
        except Refusal as refusal:
            self.errands.tell(Refusal(refusal.text + self._changed_meanwhile(), field=refusal.field))
            return
        self._last = Seen(result, 1) if isinstance(result, UUID) else None
        self.show_list()
        self.notice.done(task.done(values), undo=self.take_back if self._last else None)

    @errand
    async def take_back(self) -> None:
        """Ctrl+Z: the entry just made was a slip."""
        last, self._last = self._last, None
        if last is not None:
            await self.errands.do(TakeBack(self.kind, last))
            self.notice.done("已撤销刚才的登记，变更历史里仍可查看。")

    # inside -------------------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        """The focus on the row just written, else on the one that was chosen, else where the first is added."""
        found = self._last is not None and self.table.pick(self._last.rid)
        if not found and self.table.current() is None:
            self.table.pick_first()
        (self.table if self.table.rows_model.rows else self.add).setFocus()

    def _changed_meanwhile(self) -> str:
        """What somebody else made of the row under the form; from now on it counts as seen."""
        row = next(
            (one for one in self.table.rows_model.rows if self._seen and one.rid == self._seen.rid), None
        )
        if row is None or self._seen is None or row.revision == self._seen.revision:
            return ""
        self._seen = Seen(row.rid, row.revision)
        return f"现在是：{self.words_of(row)}。"

    def _start(self, make: Callable[[ChartRow], Task | str | None]) -> None:
        """Begin a task if the list shows, the person may write, and there is something to write about."""
        if self.task is not None:
            return
        if not self.add.may:
            self.add.ask()
            return
        task = make(self.chart) if self.chart is not None else None
        if isinstance(task, str):
            self.notice.refused(task)
        elif task is not None:
            self.begin(task)

    def start_adding(self) -> None:
        self._start(self.adding)

    def start_correcting(self) -> None:
        row = self.table.current()
        self._start(lambda chart: self.correcting(chart, row) if row else None)

    def start_retracting(self) -> None:
        row = self.table.current()
        self._start(lambda _chart: self.retracting(row) if row else None)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self.list_page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.state, 1)
        box.addWidget(Words(self.hint, Role.HINT, wrap=True))
        self.form_page.body.addStretch(1)
        for page in (self.list_page, self.form_page):
            self.pages.add(page)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.pages, 1)
        self.close_button, self.back = Button("关闭", "plain"), Button("返回", "plain")
        self.retract, self.correct = Button("作废", "plain"), Button("更正", "plain", icon="square-pen")
        self.add = GuardedButton(self.view, Right.EDIT_RESIDENTS, f"登记{self.thing}", "primary", icon="plus")
        self.add.speak_in(self.notice)
        self.save_button = Button("保存", "primary")
        for button in (self.close_button, self.retract, self.correct, self.add, self.back, self.save_button):
            self.acts.addWidget(button)

    def _offer_acts(self) -> None:
        writing = self.task is not None
        for button in (self.close_button, self.retract, self.correct, self.add):
            button.setVisible(not writing)
        for button in (self.back, self.save_button):
            button.setVisible(writing)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.back.clicked.connect(self.reject)
        self.add.allowed.connect(self.start_adding)
        self.correct.clicked.connect(self.start_correcting)
        self.retract.clicked.connect(self.start_retracting)
        self.save_button.clicked.connect(self.save)
        self.table.on_opened(lambda _row: self.start_correcting())
        bind(
            self,
            Key("N", f"登记{self.thing}", self.start_adding),
            Key("Delete", "作废", self.start_retracting),
            Key("Ctrl+Z", "撤销刚才的登记", self.take_back),
            Key("Ctrl+Return", "保存", self.save),
        )
        self.errands.start("warm", self._warm)

    async def _warm(self) -> None:
        """The readings of the lists take a quarter of a second the first time: not at somebody's first key."""
        await self.view.bench.station.aside(find, diseases(), "a")


Sheets = StatementSheet[AllergyRow] | StatementSheet[DiagnosisRow]
