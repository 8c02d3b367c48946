"""A side sheet of acts: what may be done now and what was, and the form of the act being written, kept as typed."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.form import Value
from app.residents.stays.tasks import StayTask
from ui.forms import FormView
from ui.forms.form_draft import FormDraft
from ui.kit import Button, Errands, Key, RowsTable, ScrollBody, SideSheet, bind, errand, latest
from ui.kit.stack import Stack
from ui.kit.view import View

WIDTH = 740


@dataclass(frozen=True)
class Subject:
    """Whose sheet it is; `words` stand under the title."""

    rid: UUID
    name: str
    words: str


class ActSheet(SideSheet):
    """List and form are two pages: Esc goes from the form to the list, then away; what was typed stays a draft.

    A kind makes the `table` of what was, and lays `correct` and `retract` out, the acts on its current row.
    """

    table: RowsTable[Any]

    def __init__(self, view: View, title: str, who: Subject) -> None:
        super().__init__(view, title, f"{who.name}　{who.words}", width=WIDTH)
        self.view, self.who, self._heading = view, who, title
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.task: StayTask | None = None
        self.form: FormView | None = None
        self._drafts: dict[str, FormDraft] = {}
        self._typed: dict[str, Any] = {}
        self.list_page, self.form_page = QWidget(), ScrollBody((0, 0, 8, 0), 14)
        self.list_box = QVBoxLayout(self.list_page)
        self.list_box.setContentsMargins(0, 0, 0, 0)
        self.list_box.setSpacing(14)
        self.form_page.body.addStretch(1)
        self.pages = Stack()
        for page in (self.list_page, self.form_page):
            self.pages.add(page)
        self.body.addWidget(self.pages, 1)
        self.correct = Button("更正", "quiet", icon="square-pen")
        self.retract = Button("作废", "quiet", icon="trash-2")
        self.close_button, self.back = Button("关闭", "plain"), Button("返回", "plain")
        self.save_button, self.grave_button = Button("保存", "primary"), Button("保存", "danger")
        for button in (self.close_button, self.back, self.save_button, self.grave_button):
            self.acts.addWidget(button)
        self.close_button.clicked.connect(self.reject)
        self.back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.grave_button.clicked.connect(self.save)
        bind(self, Key("Ctrl+Return", "保存", self.save))

    # what a kind says of itself -----------------------------------------------------------------------------------

    @abstractmethod
    async def ask(self) -> None:
        """Ask for what the list shows, and show it."""

    def undo_of(self, task: StayTask, result: Any) -> Any:
        """The order that takes back what was just done, where there is one."""
        return None

    # the sheet ----------------------------------------------------------------------------------------------------

    @latest
    async def refresh(self) -> None:
        """Somebody changed something, or an act was done: what may be done now."""
        await self.ask()

    def rest(self) -> None:
        """The focus where work begins on the list."""
        if self.table.current() is None:
            self.table.pick_first()
        (self.table if self.table.rows_model.rows else self.close_button).setFocus()

    def show_list(self) -> None:
        """Back to the list."""
        self.task = None
        self.title.setText(self._heading)
        self.pages.show_page(self.list_page)
        self._offer_acts()
        self.rest()

    @errand
    async def begin(self, task: StayTask) -> None:
        """Draw the form of a task, with what was typed before if it was not saved."""
        draft = self._draft(task)
        kept = await draft.find(self.who.rid)
        self.task = task
        self.notice.clear()
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = FormView(task.form)
        self.form.set_values(task.values)
        if kept is not None:
            self.form.set_values(_values(kept.content))
            self.notice.say(f"接着 {draft.when(kept)} 没有保存的内容。日期和时间请核对。", seconds=20)
        self._typed = self.form.draft()
        self.form.changed.connect(self._remember)
        self.form.submitted.connect(self.save)
        self.errands.fields = self.form
        self.form_page.body.insertWidget(0, self.form)
        self.title.setText(f"{task.title}")
        for button in (self.save_button, self.grave_button):
            button.say(task.act)
        self.pages.show_page(self.form_page)
        self._offer_acts()
        self.form.focus_on(task.form.fields[0].key)

    def reject(self) -> None:
        """Esc: from the form to the list, the draft kept; from the list away."""
        if self.task is None:
            super().reject()
            return
        draft = self._draft(self.task)
        self.view.errands.start("keep draft", draft.flush)
        self.notice.clear()
        self.show_list()

    async def leave(self) -> None:
        """Before another person signs in: what is typed is kept."""
        if self.task is not None:
            await self._draft(self.task).flush()

    @errand
    async def save(self) -> None:
        """Have the task done; a refusal leaves everything as typed."""
        task, form = self.task, self.form
        if task is None or form is None or not form.check():
            return
        busy = self.grave_button if task.grave else self.save_button
        result = await self.errands.do(task.order(form.values()), busy=busy)
        await self._draft(task).drop()
        said = f"{self.who.name} {task.done}。{_left_open(result)}"
        order = self.undo_of(task, result)
        await self.ask()
        self.show_list()
        self.notice.done(said, undo=(lambda: self.take_back(order)) if order is not None else None)

    @errand
    async def take_back(self, order: Any) -> None:
        """The act just done was a slip."""
        await self.errands.do(order)
        await self.ask()
        self.rest()
        self.notice.done("已撤销，变更历史里仍可查看。")

    def start(self, task: StayTask | None, why_not: str = "") -> None:
        """Begin a task while the list shows, or say why not."""
        if self.task is not None:
            return
        if task is None:
            self.notice.refused(why_not)
        else:
            self.begin(task)

    def _draft(self, task: StayTask) -> FormDraft:
        name = f"stay:{task.key}"
        if name not in self._drafts:
            self._drafts[name] = FormDraft(self.view, name, lambda: dict(self._typed))
        return self._drafts[name]

    def _remember(self) -> None:
        """What is typed outlives the form and the sheet: the draft is kept a moment later."""
        if self.form is not None and self.task is not None:
            self._typed = self.form.draft()
            self._draft(self.task).touch()

    def _offer_acts(self) -> None:
        writing = self.task is not None
        grave = self.task is not None and self.task.grave
        self.close_button.setVisible(not writing)
        self.back.setVisible(writing)
        self.save_button.setVisible(writing and not grave)
        self.grave_button.setVisible(writing and grave)
        self._offer_row_acts()

    def _offer_row_acts(self) -> None:
        """What can be done to the current row: nothing while a form is open or the list is empty."""
        some = self.task is None and bool(self.table.rows_model.rows)
        self.correct.setVisible(some)
        self.retract.setVisible(some)


def _values(content: dict[str, Any]) -> dict[str, Value]:
    """A draft's JSON as values: lists were several choices."""
    return {key: tuple(said) if isinstance(said, list) else str(said) for key, said in content.items()}


def _left_open(result: Any) -> str:
    """What a discharge leaves to somebody."""
    left: tuple[str, ...] = getattr(result, "open", ())
    return f"还没有处理完：{'、'.join(left)}。" if left else ""
