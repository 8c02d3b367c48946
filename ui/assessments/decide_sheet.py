"""The sheets of a decision about what is due: put it off, say that it does not apply, take the decision back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal

from app.assessments.due.form import defer_fields, waive_fields, withdraw_fields
from app.assessments.due.rows import DueRow
from app.assessments.due.service import DeferAssessment, DueKey, WaiveAssessment, WithdrawDecision
from app.core.form import Form, Value, read_date
from app.core.orders import Order
from ui.forms import FormView
from ui.kit import Errands, Key, Labelled, OptionRow, Sheet, bind, errand
from ui.kit.buttons import Kind
from ui.kit.view import View

STEPS = ((3, "3 天"), (7, "1 周"), (14, "2 周"), (30, "1 个月"), (90, "90 天"))
"""How far one usually puts off; a click writes the day."""


@dataclass(frozen=True)
class Decision:
    """One act: its form, and what `order` makes of the values. `said` is the notice once it is done."""

    title: str
    act: str
    form: Form
    order: Callable[[Mapping[str, Value]], Order[Any]]
    said: str
    values: Mapping[str, Value] = field(default_factory=dict)
    kind: Kind = "primary"
    steps_from: date | None = None


class DecideSheet(Sheet):
    """`kept` carries what the order gave back, and the notice; what is typed survives a refusal."""

    kept = Signal(object, str)

    def __init__(self, view: View, row: DueRow, decision: Decision) -> None:
        super().__init__(view, decision.title, about(row), width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.decision = decision
        self.form = FormView(decision.form)
        self.form.set_values(decision.values)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.steps = OptionRow(tuple((str(days), words) for days, words in STEPS), low=True)
        if decision.steps_from is not None:
            self.body.addWidget(Labelled("延多久", self.steps))
            self.steps.group.buttonClicked.connect(self._step)
            self._show_step()
            self.form.changed.connect(self._show_step)
        self.body.addWidget(self.form)
        self.offer(decision.act, decision.kind)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", decision.act, self.save), Key("Esc", "返回", self.reject))

    def open(self) -> None:
        super().open()
        values = self.form.values()
        empty = [one.key for one in self.decision.form.fields if not values[one.key]]
        self.form.focus_on(empty[0] if empty else self.decision.form.fields[0].key)

    @errand
    async def save(self) -> None:
        """Have it decided; a refusal stands beside its field."""
        if self.form.check():
            result = await self.errands.do(self.decision.order(self.form.values()), busy=self.main)
            self.kept.emit(result, self.decision.said)
            self.accept()

    def _step(self) -> None:
        """A usual step was chosen: it is written as a day."""
        if self.decision.steps_from is not None and self.steps.key is not None:
            until = self.decision.steps_from + timedelta(days=int(self.steps.key))
            self.form.set_values({"until": until.isoformat()})
            self.form.judge("until")
            self.form.focus_on("reason")

    def _show_step(self) -> None:
        """Mark the step the day stands for, if it is one."""
        until, today = read_date(str(self.form.values().get("until", ""))), self.decision.steps_from
        days = None if until is None or today is None else str((until - today).days)
        self.steps.choose(days if days in {str(one) for one, _words in STEPS} else None)


def about(row: DueRow) -> str:
    """Whom and what it is about, repeated before it is decided."""
    who = "　".join(part for part in (row.name, row.bed, row.number) if part)
    due = "" if row.due_on is None else f"，{row.due_on.isoformat()} 到期"
    return f"{who}\n{row.title}：{row.why}{due}"


def put_off(view: View, row: DueRow, today: date) -> DecideSheet:
    """D: until a day, with why."""
    least = max(today, row.due_on or today)
    before = row.decision.until if row.decision is not None else None
    until = min(before or least + timedelta(days=7), today + timedelta(days=90))
    return DecideSheet(
        view,
        row,
        Decision(
            "延期评估",
            "延期",
            defer_fields(row.due_on or today, today),
            lambda values: DeferAssessment(_key(row), read_date(str(values["until"])), str(values["reason"])),
            f"{row.name}的{row.short}已延期。",
            {"until": until.isoformat(), "reason": row.decision.reason if row.decision else ""},
            steps_from=today,
        ),
    )


def waive(view: View, row: DueRow) -> DecideSheet:
    """N: not called for, with why; the next cause asks again."""
    return DecideSheet(
        view,
        row,
        Decision(
            "这次不再需要评估",
            "不再需要",
            waive_fields(),
            lambda values: WaiveAssessment(_key(row), str(values["reason"])),
            f"{row.name}这次不再需要{row.short}。下次到期会再列出。",
        ),
    )


def take_back(view: View, row: DueRow) -> DecideSheet:
    """R: due as before, with why."""
    seen = row.decision.seen if row.decision is not None else ()
    return DecideSheet(
        view,
        row,
        Decision(
            "恢复待评",
            "恢复待评",
            withdraw_fields(),
            lambda values: WithdrawDecision(seen, str(values["why"])),
            f"{row.name}的{row.short}恢复待评。",
        ),
    )


def _key(row: DueRow) -> DueKey:
    seen = row.decision.seen if row.decision is not None else ()
    return DueKey(row.resident, row.instrument, tuple(one.key for one in row.causes), seen)
