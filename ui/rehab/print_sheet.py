"""The sheet that asks what to print of a resident in rehab: one line a printed sheet, chosen by its digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.rehab.queries.evaluation import EvaluationRow
from app.rehab.queries.plan_rows import PlanRow
from app.rehab.rules.evaluation import STAGES
from ui.kit import IconButton, Key, OptionRow, Sheet, Words, bind
from ui.kit.view import View
from ui.style import Role

LAST = 3
"""Evaluations that are offered: the last ones, and the first."""


@dataclass(frozen=True)
class Printed:
    """One choice: which sheet, in which words, and what the preview is told; `why` it cannot be printed yet.

    `months`: first days of those it can be printed of, the latest first; `of(month)` is the choice of one.
    """

    sheet: str
    words: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    months: tuple[date, ...] = ()

    def of(self, place: int) -> Printed:
        """That of one of its months."""
        first = self.months[place]
        asked = {"first": first, "last": _end(first)}
        return replace(self, words=f"{self.words}：{first:%Y-%m}", asked=asked, months=())


def printed_of(plan: PlanRow, made: Sequence[EvaluationRow], today: date) -> Iterator[Printed]:
    """What there is to print of a plan, in the order of its course."""
    record = {"record": plan.seen.rid}
    yield Printed("rehab-plan", "康复计划", record)
    months = tuple(_months(plan.begins, plan.ended_on or today))
    yield Printed("rehab-sessions", "训练记录", months=months)
    yield Printed("rehab-progress", "进展告知书（给家属）", record)
    over = "" if plan.status == "closed" else "还没有结案"
    yield Printed("rehab-closing", "结案小结", record, over)
    for one in (*made[:LAST], *made[LAST:][-1:]):
        day = f"{one.said.evaluated_on:%Y-%m-%d}" if one.said.evaluated_on else ""
        yield Printed("rehab-evaluation", f"评定表：{STAGES[one.said.stage]} {day}", {"record": one.seen.rid})


def _months(first: date, last: date) -> Iterator[date]:
    """First days of the months of a plan, the latest first; one that is to come has its first."""
    month = max(first, last).replace(day=1)
    while month >= first.replace(day=1):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class PrintSheet(Sheet):
    """`chosen` carries what is to be previewed."""

    chosen = Signal(object)

    def __init__(self, view: View, name: str, choices: Sequence[Printed]) -> None:
        super().__init__(view, f"打印 {name} 的康复文书", "按数字选一种，Enter 预览。", width=440)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices = {str(number): one for number, one in enumerate(choices, 1)}
        self._place = 0
        words = {key: self._words(key) for key in self._choices}
        self.sheets = OptionRow(tuple(words.items()), columns=1, low=True)
        for key, one in self._choices.items():
            self.sheets.button(key).setEnabled(not one.why)
        self.body.addWidget(self.sheets)
        if any(len(one.months) > 1 for one in choices):
            self.body.addLayout(self._steps())
        self.offer("预览", icon="printer")
        self.done_with.connect(self._choose)
        bind(self, *(Key(key, one.words, partial(self._point, key)) for key, one in self._choices.items()))
        self._point("1")

    def _point(self, key: str) -> None:
        button = self.sheets.button(key)
        if button.isEnabled():
            button.click()
            button.setFocus()

    def turn_month(self, way: int) -> None:
        """← and →: the month before, or after, of the sheet that has several; that sheet is chosen."""
        for key, one in self._choices.items():
            if one.months:
                self._place = max(0, min(self._place + way, len(one.months) - 1))
                self.sheets.button(key).setText(self._words(key))
                self._point(key)

    def _steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Words("训练记录换月份", Role.HINT), 1)
        for icon, words, key, way in (
            ("chevron-left", "前一个月", "Left", 1),
            ("chevron-right", "后一个月", "Right", -1),
        ):
            step = IconButton(icon, words, size=34, framed=True)
            step.clicked.connect(partial(self._turned, way))
            row.addWidget(step)
            bind(self, Key(key, words, partial(self.turn_month, way)))
        return row

    def _turned(self, way: int, _checked: object = None) -> None:
        self.turn_month(way)

    def _chosen(self, key: str) -> Printed:
        one = self._choices[key]
        return one.of(self._place) if one.months else one

    def _words(self, key: str) -> str:
        one = self._chosen(key)
        return f"{key} {one.words}" + (f"（{one.why}）" if one.why else "")

    def _choose(self) -> None:
        if self.sheets.key:
            one = self._chosen(self.sheets.key)
            self.accept()
            self.chosen.emit(one)
