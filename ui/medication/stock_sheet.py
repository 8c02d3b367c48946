"""The side sheet of one act on the cupboard: its form; where two have to sign, the second person's proof over it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.access.proof import Proof
from app.core.errors import Refusal, Trouble
from app.core.form import Form, Value
from app.core.orders import Order
from ui.forms import FormView
from ui.kit import Button, Errands, Key, ScrollBody, SideSheet, bind, errand
from ui.kit.proof_sheet import ProofSheet
from ui.kit.view import View

WIDTH = 620
_PROOF_FIELDS = frozenset({"number", "secret", "who"})

Values = Mapping[str, Value]
MakeOrder = Callable[[Values, Proof | None], Order[Any]]
Refused = Callable[[Refusal], object]
WithProof = Callable[[Proof | None, Button | None], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class StockTask:
    """One act: its form, and what `order` makes of the values; `second`: what the second person signs, empty: nobody.

    `said` is the notice once it is done.
    """

    title: str
    text: str
    act: str
    form: Form
    order: MakeOrder
    said: str
    values: Values = field(default_factory=dict)
    second: str = ""
    grave: bool = False


class StockSheet(SideSheet):
    """`kept` carries the notice once it is done. Everything typed survives a refusal."""

    kept = Signal(str)

    def __init__(self, view: View, task: StockTask, *, below: QWidget | None = None) -> None:
        super().__init__(view, task.title, task.text, width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.task, self.view = task, view
        self.form = FormView(task.form)
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

    def save(self) -> None:
        """Have it done, or ask the second person first; what is missing is said beside its field."""
        if not self.form.check():
            focused = self.focusWidget()
            if focused is not None:
                self.inside.ensureWidgetVisible(focused, 0, 60)
            return
        try:
            self.task.order(self.form.values(), None)  # words that name nobody are said before anybody signs
        except Refusal as refusal:
            self.errands.tell(refusal)
            return
        if self.task.second:
            second = SecondSheet(self, self.view, self.task.second, (self._do, self.errands.tell))
            second.accepted.connect(self._finish)
            second.open()
        else:
            self.save_alone()

    @errand
    async def save_alone(self) -> None:
        await self._do(None, self.save_button)
        self._finish()

    async def _do(self, proof: Proof | None, busy: Button | None) -> None:
        await self.errands.do(self.task.order(self.form.values(), proof), busy=busy)

    def _finish(self) -> None:
        self.accept()
        self.kept.emit(self.task.said)


class SecondSheet(ProofSheet):
    """The second person's number and password; `act` does the rest with the proof.

    What is refused about the person stays here; what is refused of the act itself closes this and is said below.
    """

    def __init__(self, parent: QWidget, view: View, text: str, act: tuple[WithProof, Refused]) -> None:
        super().__init__(parent, "第二人签名", text, act="签名并保存")
        self.view = view
        self._act, self._refused = act
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.done_with.connect(self.sign)

    @errand
    async def sign(self) -> None:
        station = self.view.bench.station
        try:
            proof = await station.aside(station.prove, self.number.text().strip(), self.secret.text())
            await self._act(proof, self.main)
        except Refusal as refusal:
            if refusal.field in _PROOF_FIELDS or refusal.field is None:
                self.refuse(refusal.field, refusal.text)
                return
            self.reject()
            self._refused(refusal)
            return
        except Trouble as trouble:
            self.notice.trouble(trouble.text, trouble.remedy)
            return
        self.accept()
