"""Sheets at the window's edge for one act: its form as data, what is done with the values, what is said then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.errors import Refusal
from app.core.form import Form, Value
from app.core.orders import Order, Question
from app.history.record import RecordHistory
from app.residents.form import merge
from app.residents.stating.revising import ChangedSince, Seen
from ui.forms.both_changed import BothChanged
from ui.forms.form_view import FormView
from ui.forms.opening import FormFiles
from ui.kit import Button, Errands, Key, ScrollBody, SideSheet, bind, errand
from ui.kit.view import View

Values = Mapping[str, Value]
Again = Callable[[], Awaitable[Any]]
"""Makes the task anew, of the record as it stands now."""
R = TypeVar("R")


@dataclass(frozen=True)
class Task:
    """One act: its form, and what `order` makes of the values. `said` is the notice once it is done.

    `focus`: the field the cursor begins in; empty: the first that is required and empty, else the first.
    `record`, `kind`: whose the files of the form are; a paper that leaves is noted under that.
    """

    title: str
    text: str
    act: str
    form: Form
    order: Callable[[Values], Order[Any]]
    said: str
    values: Values = field(default_factory=dict)
    grave: bool = False
    focus: str = ""
    width: int = 620
    record: UUID | None = None
    kind: str = "resident"


class Face(Protocol):
    """What the sheet of any act shows."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def form(self) -> Form: ...
    @property
    def values(self) -> Values: ...
    @property
    def grave(self) -> bool: ...


class OrderSheet(SideSheet):
    """A form, and the order its values make. Everything typed survives a refusal.

    What somebody else made of the record since is said with the refusal; then that revision counts as seen. With
    `again` the form keeps both: fields only they changed take their words, and where both did the person chooses.
    """

    def __init__(
        self, view: View, face: Face, *, width: int, below: QWidget | None = None, again: Again | None = None
    ) -> None:
        super().__init__(view, face.title, face.text, width=width)
        self._face, self._again = face, again
        self.known: Seen | None = None
        """The revision that somebody else wrote, once it was said here."""
        self.form = FormView(face.form, two_from=520)
        self.files = FormFiles(view.bench, self, self.form)
        self.form.set_values(face.values)
        self._began = self.form.values()
        self.both = BothChanged(self.form)
        # a form that scrolls keeps the height it likes: several lines would shrink to one
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.inside = ScrollBody((0, 0, 8, 0), 14)
        self.inside.body.addWidget(self.both)
        self.inside.body.addWidget(self.form)
        if below is not None:
            self.inside.body.addWidget(below)
        self.inside.body.addStretch(1)
        self.body.addWidget(self.inside, 1)
        away = Button("返回", "plain")
        self.save_button = Button(face.act, "danger" if face.grave else "primary")
        self.acts.addWidget(away)
        self.acts.addWidget(self.save_button)
        away.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", face.act, self.save), Key("Esc", "返回", self.reject))

    def make(self, values: Values) -> Order[Any]:
        """The order."""
        raise NotImplementedError

    def tell_kept(self, given: Any) -> None:
        """It is done."""
        raise NotImplementedError

    def changed_words(self, changed: ChangedSince) -> str:
        """What the subject says of what somebody else did; empty: the record's own history says it."""
        return ""

    def renew(self, face: Any) -> None:
        """The task made anew of the record as it stands now takes the place of the old one."""
        raise NotImplementedError

    @errand
    async def save(self) -> None:
        """Have it done; what is missing or refused is said beside its field."""
        if left := self.both.undecided:
            self.notice.refused(f"“{self.both.label(left[0])}”两人都改过，先在上面选用哪一个。")
            self.both.take_keys()
        elif self.form.check():
            await self._save()
        self._show_focused()

    async def _save(self) -> None:
        try:
            given = await self.errands.do(self._order(), busy=self.save_button)
        except ChangedSince as changed:
            await self._take_up(changed)
            return
        except Refusal as refusal:
            self.errands.tell(refusal)
            return
        self.accept()
        self.tell_kept(given)

    def _order(self) -> Order[Any]:
        """What is done, on the revision the person knows of."""
        order: Any = self.make(self.form.values())
        now, seen = self.known, getattr(order, "seen", None)
        if now is not None and seen is not None and seen.rid == now.rid:
            order = replace(order, seen=now)
        made: Order[Any] = order
        return made

    async def _take_up(self, changed: ChangedSince) -> None:
        """Say what somebody else changed, and take it up; saved again, only what this person changed is written."""
        self.known = changed.now
        said = self.changed_words(changed)
        if not said:
            story = await self.errands.ask(RecordHistory(changed.kind, changed.now.rid))
            newest = story.versions[0]
            differing = (f"{one.field} {one.new or '（空）'}" for one in newest.differences)
            said = "；".join(differing) or newest.reason
        await self._join()
        self.notice.refused(f"{changed.text}改动：{said}。" if said else changed.text)

    async def _join(self) -> None:
        """Their words in the fields only they changed; where both did, both values to choose from."""
        if self._again is None:
            return
        fresh = await self._again()
        stands = FormView(self._face.form)  # as the form itself would hold it
        stands.set_values(fresh.values)
        theirs = stands.values()
        stands.deleteLater()
        joined = merge(self._began, self.form.values(), theirs)
        self.form.set_values({key: theirs[key] for key in joined.taken})
        self._began, self.known = theirs, None
        self.renew(fresh)
        self.both.ask(joined.clashes)
        self.both.take_keys()

    def _show_focused(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self.inside.ensureWidgetVisible(focused, 0, 60)


class TaskSheet(OrderSheet):
    """`kept` carries the notice and what the order gave back."""

    kept = Signal(str, object)

    def __init__(
        self, view: View, task: Task, *, below: QWidget | None = None, again: Again | None = None
    ) -> None:
        super().__init__(view, task, width=task.width, below=below, again=again)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.task = task
        if task.record is not None:
            self.files.about(task.record, task.kind)

    def open(self) -> None:
        super().open()
        QTimer.singleShot(0, self, self._begin)

    def make(self, values: Values) -> Order[Any]:
        return self.task.order(values)

    def tell_kept(self, given: Any) -> None:
        self.kept.emit(self.task.said, given)

    def renew(self, face: Task) -> None:
        self.task = face

    def _begin(self) -> None:
        values = self.form.values()
        fields = self.task.form.fields
        missing = [one.key for one in fields if one.required and not values[one.key]]
        self.form.focus_on(self.task.focus or (missing[0] if missing else fields[0].key))


def read_again(errands: Errands, question: Question[R], make: Callable[[R], Any]) -> Again:
    """`make` gets the answer; None where the record is gone, which is refused in words."""

    async def again() -> Any:
        task = make(await errands.ask(question))
        if task is None:
            raise Refusal("这条记录已被撤销，不能再保存。")
        return task

    return again
