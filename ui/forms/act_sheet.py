"""The side sheet of one act on a record that was seen: a sheet of a task whose order names the revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal

from app.core.form import Form, Value
from app.core.orders import Order
from app.residents.stating import Seen
from app.residents.stating.revising import ChangedSince
from ui.forms.task_sheet import Again, OrderSheet
from ui.kit.view import View

WIDTH = 620


@dataclass(frozen=True)
class Task:
    """One act: its form, and what `order` makes of the values and the revision that was seen.

    `said` is the notice once it is done.
    """

    title: str
    text: str
    act: str
    form: Form
    order: Callable[[Mapping[str, Value], Seen], Order[Any]]
    seen: Seen
    said: str
    values: Mapping[str, Value] = field(default_factory=dict)
    grave: bool = False


class ActSheet(OrderSheet):
    """`kept` carries the notice and what the order gave back.

    `fresh` and `meanwhile` are what somebody else made of the record since, in the words of its subject.
    """

    kept = Signal(str, object)

    def __init__(self, view: View, task: Task, *, again: Again | None = None) -> None:
        super().__init__(view, task, width=WIDTH, again=again)
        self.task = task
        self.fresh = task.seen
        self.meanwhile = ""

    def open(self) -> None:
        super().open()
        self.begin()

    def begin(self) -> None:
        """The cursor in the first field that is empty."""
        values, fields = self.form.values(), self.task.form.fields
        empty = [one.key for one in fields if not values[one.key]]
        self.form.focus_on(empty[0] if empty else fields[0].key)

    def make(self, values: Mapping[str, Value]) -> Order[Any]:
        return self.task.order(values, self.known or self.task.seen)

    def tell_kept(self, given: Any) -> None:
        self.kept.emit(self.task.said, given)

    def renew(self, face: Task) -> None:
        self.task = face

    def changed_words(self, changed: ChangedSince) -> str:
        return self.meanwhile if self.fresh == changed.now else ""
