"""A sheet for one act on a record that somebody else may change meanwhile: a task with the revision that was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Refusal
from app.core.form import Form, Value
from app.core.orders import Order
from app.residents.stating import Seen
from ui.forms import task_sheet
from ui.forms.form_view import TWO_COLUMNS_FROM
from ui.forms.task_sheet import TaskSheet
from ui.kit.view import View


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


class ActSheet(TaskSheet):
    """`fresh` and `meanwhile` are what somebody else made of the record since: after the refusal that says so, the
    revision counts as seen. Whoever opens it lets it go."""

    closes_for_good = False
    two_from = TWO_COLUMNS_FROM

    def __init__(self, view: View, task: Task) -> None:
        self.about = task
        self._seen = self.fresh = task.seen
        self.meanwhile = ""
        whole = task_sheet.Task(
            task.title, task.text, task.act, task.form, lambda values: task.order(values, self._seen), task.said,
            task.values, grave=task.grave,
        )  # fmt: skip
        super().__init__(view, whole)

    def open(self) -> None:
        super().open()
        self.begin()

    def begin(self) -> None:
        """The cursor in the first field that is empty."""
        values, fields = self.form.values(), self.about.form.fields
        empty = [one.key for one in fields if not values[one.key]]
        self.form.focus_on(empty[0] if empty else fields[0].key)

    def told(self, refusal: Refusal) -> Refusal:
        """Beside the words of the refusal what was changed meanwhile; it may be saved over that now."""
        if self.fresh == self._seen:
            return refusal
        self._seen = self.fresh
        changed = f"改动：{self.meanwhile}。" if self.meanwhile else ""
        return Refusal(refusal.text + changed, field=refusal.field)
