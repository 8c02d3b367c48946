"""The side sheet of one act on a record: its form, its notice line, saved by Ctrl+Enter; Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from app.core.errors import Refusal
from app.core.form import Form, Value
from app.core.orders import Order
from app.residents.stating import Seen
from ui.forms import FormView
from ui.kit import Button, Errands, Key, ScrollBody, SideSheet, bind, errand
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


class ActSheet(SideSheet):
    """`kept` carries what the order gave back, and the notice; everything typed survives a refusal.

    `fresh` and `meanwhile` are what somebody else made of the record since: after the refusal that says so, the
    revision counts as seen.
    """

    kept = Signal(object, str)

    def __init__(self, view: View, task: Task) -> None:
        super().__init__(view, task.title, task.text, width=WIDTH)
        self.task = task
        self._seen = self.fresh = task.seen
        self.meanwhile = ""
        self.form = FormView(task.form)
        self.form.set_values(task.values)
        # a form that scrolls keeps the height it likes: several lines would shrink to one
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        inside = self.inside = ScrollBody((0, 0, 8, 0), 14)
        inside.body.addWidget(self.form)
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        self.back = Button("返回", "plain")
        self.save_button = Button(task.act, "danger" if task.grave else "primary")
        for button in (self.back, self.save_button):
            self.acts.addWidget(button)
        self.back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", task.act, self.save), Key("Esc", "返回", self.reject))

    def open(self) -> None:
        super().open()
        values = self.form.values()
        empty = [one.key for one in self.task.form.fields if not values[one.key]]
        self.form.focus_on(empty[0] if empty else self.task.form.fields[0].key)

    @errand
    async def save(self) -> None:
        """Have the act done; a refusal stands beside its field."""
        if not self.form.check():
            return
        order = self.task.order(self.form.values(), self._seen)
        try:
            result = await self.errands.do(order, busy=self.save_button)
        except Refusal as refusal:
            words = refusal.text
            if self.fresh != self._seen:
                words += f"改动：{self.meanwhile}。" if self.meanwhile else ""
                self._seen = self.fresh
            self.errands.tell(Refusal(words, field=refusal.field))
            return
        self.accept()
        self.kept.emit(result, self.task.said)
