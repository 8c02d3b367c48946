"""The sheet that asks what to print of a resident in rehab: one line a printed sheet, chosen by its digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal

from app.rehab.queries.evaluation import EvaluationRow
from app.rehab.queries.plan_rows import PlanRow
from app.rehab.rules.evaluation import STAGES
from ui.kit import Key, OptionRow, Sheet, bind
from ui.kit.view import View

LAST = 3
"""Evaluations that are offered: the last ones, and the first."""


@dataclass(frozen=True)
class Printed:
    """One choice: which sheet, in which words, and what the preview is told; `why` it cannot be printed yet."""

    sheet: str
    words: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


def printed_of(plan: PlanRow, made: Sequence[EvaluationRow], today: date) -> Iterator[Printed]:
    """What there is to print of a plan, in the order of its course."""
    record = {"record": plan.seen.rid}
    yield Printed("rehab-plan", "康复计划", record)
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    yield Printed("rehab-sessions", "训练记录：本月", {"first": month, "last": _end(month)})
    yield Printed("rehab-sessions", "训练记录：上月", {"first": before.replace(day=1), "last": before})
    yield Printed("rehab-progress", "进展告知书（给家属）", record)
    over = "" if plan.status == "closed" else "还没有结案"
    yield Printed("rehab-closing", "结案小结", record, over)
    for one in (*made[:LAST], *made[LAST:][-1:]):
        day = f"{one.said.evaluated_on:%Y-%m-%d}" if one.said.evaluated_on else ""
        yield Printed("rehab-evaluation", f"评定表：{STAGES[one.said.stage]} {day}", {"record": one.seen.rid})


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class PrintSheet(Sheet):
    """`chosen` carries what is to be previewed."""

    chosen = Signal(object)

    def __init__(self, view: View, name: str, choices: Sequence[Printed]) -> None:
        super().__init__(view, f"打印 {name} 的康复文书", "按数字选一种，Enter 预览。", width=440)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices = {str(number): one for number, one in enumerate(choices, 1)}
        words = {
            key: f"{key} {one.words}" + (f"（{one.why}）" if one.why else "")
            for key, one in self._choices.items()
        }
        self.sheets = OptionRow(tuple(words.items()), columns=1, low=True)
        for key, one in self._choices.items():
            self.sheets.button(key).setEnabled(not one.why)
        self.body.addWidget(self.sheets)
        self.offer("预览", icon="printer")
        self.done_with.connect(self._choose)
        bind(self, *(Key(key, one.words, partial(self._point, key)) for key, one in self._choices.items()))
        self._point("1")

    def _point(self, key: str) -> None:
        button = self.sheets.button(key)
        if button.isEnabled():
            button.click()
            button.setFocus()

    def _choose(self) -> None:
        one = self._choices.get(self.sheets.key or "")
        if one is not None:
            self.accept()
            self.chosen.emit(one)
