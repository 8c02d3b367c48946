"""A sheet at the window's edge for one act: its form as data, what is done with the values, what is said then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.blobs import BlobOf
from app.core.errors import Refusal
from app.core.form import Form, Value
from app.core.orders import Order
from ui.forms.fields.photos import PhotosInput
from ui.forms.form_view import FormView
from ui.kit import Button, Errands, Key, ScrollBody, SideSheet, bind, errand
from ui.kit.view import View

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Task:
    """One act: its form, and what `order` makes of the values. `said` is the notice once it is done.

    `focus`: the field the cursor begins in; empty: the first that is required and empty, else the first.
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


class TaskSheet(SideSheet):
    """`kept` carries the notice and what the order gave back. Everything typed survives a refusal."""

    kept = Signal(str, object)
    closes_for_good = True
    two_from = 520

    def __init__(self, view: View, task: Task, *, below: QWidget | None = None) -> None:
        super().__init__(view, task.title, task.text, width=task.width)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, self.closes_for_good)
        self.task = task
        self.form = FormView(task.form, two_from=self.two_from)
        self._bring_photos()
        self.form.set_values(task.values)
        # a form that scrolls keeps the height it likes: several lines would shrink to one
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.inside = ScrollBody((0, 0, 8, 0), 14)
        self.inside.body.addWidget(self.form)
        if below is not None:
            self.inside.body.addWidget(below)
        self.inside.body.addStretch(1)
        self.body.addWidget(self.inside, 1)
        away = Button("返回", "plain")
        self.save_button = Button(task.act, "danger" if task.grave else "primary")
        self.acts.addWidget(away)
        self.acts.addWidget(self.save_button)
        away.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", task.act, self.save), Key("Esc", "返回", self.reject))

    def open(self) -> None:
        super().open()
        QTimer.singleShot(0, self, self.begin)

    @errand
    async def save(self) -> None:
        """Have it done; what is missing or refused is said beside its field."""
        if not self.form.check():
            self._show_focused()
            return
        try:
            order = self.task.order(self.form.values())
            given = await self.errands.do(order, busy=self.save_button)
        except Refusal as refusal:
            self.errands.tell(self.told(refusal))
            self._show_focused()
            return
        self.accept()
        self.kept.emit(self.task.said, given)

    def told(self, refusal: Refusal) -> Refusal:
        """A refusal as it is said here."""
        return refusal

    def begin(self) -> None:
        """The cursor where there is something to be written."""
        values = self.form.values()
        fields = self.task.form.fields
        missing = [one.key for one in fields if one.required and not values[one.key]]
        self.form.focus_on(self.task.focus or (missing[0] if missing else fields[0].key))

    def _show_focused(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self.inside.ensureWidgetVisible(focused, 0, 60)

    def _bring_photos(self) -> None:
        for one in self.task.form.fields:
            part = self.form.input(one.key)
            if isinstance(part, PhotosInput):
                part.wanted.connect(lambda name, part=part: self._want(part, name))

    def _want(self, part: PhotosInput, name: str) -> None:
        async def bring() -> None:
            content = await self.errands.ask(BlobOf(name))
            if content is not None:
                part.show_photo(name, content)

        QTimer.singleShot(0, self, lambda: self.errands.start(f"photo {name}", bring))
