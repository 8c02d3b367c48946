"""The sheet that asks what to print of a resident: one line a printed sheet, chosen by its digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.form import Field, Form, Kind, Section, read_date
from app.residents.queries import ChartRow
from ui.forms import FormView
from ui.kit import ChipRow, Key, OptionRow, Sheet, bind

if TYPE_CHECKING:
    from app.printing.registry import SheetKind  # a chart opens before the library of fonts is loaded

_ONE_COLUMN = 5
"""As many sheets stand below each other; more stand in two columns."""


class PrintChoice(Sheet):
    """`chosen` names the sheet and its first and last day (None where it covers no stretch of time)."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget, chart: ChartRow, kinds: Sequence[SheetKind], today: date) -> None:
        super().__init__(
            parent,
            f"打印 {chart.name} 的表单",
            "按数字选一种，Enter 预览。预览里再打印或存成文件。",
            width=440 if len(kinds) <= _ONE_COLUMN else 620,
        )
        self._kinds = {kind.name: kind for kind in kinds}
        missing = {kind.name: kind.missing(chart) for kind in kinds}
        words = {
            kind.name: f"{number} {kind.title}" + (f"（{why}）" if (why := missing[kind.name]) else "")
            for number, kind in enumerate(kinds, 1)
        }
        self.sheets = OptionRow(tuple(words.items()), columns=1 if len(kinds) <= _ONE_COLUMN else 2, low=True)
        for name, why in missing.items():
            self.sheets.button(name).setEnabled(not why)
        self.days = SpanOfDays(today)
        self.body.addWidget(self.sheets)
        self.body.addWidget(self.days)
        self.offer("预览", icon="printer")
        self.done_with.connect(self._choose)
        self.days.form.submitted.connect(self._choose)
        self.sheets.group.buttonClicked.connect(self._show_days)
        free = [name for name, why in missing.items() if not why]
        if free:
            self.sheets.choose(free[0])
            self.sheets.button(free[0]).setFocus()
        self._show_days()
        bind(self, *(self._key(number, kind) for number, kind in enumerate(kinds[:9], 1)))

    def _key(self, number: int, kind: SheetKind) -> Key:
        return Key(str(number), kind.title, lambda: self._point(kind.name))

    def _point(self, name: str) -> None:
        button = self.sheets.button(name)
        if button.isEnabled():
            button.click()
            button.setFocus()

    def _show_days(self) -> None:
        """Days are asked only for a sheet that covers a stretch of time."""
        kind = self._kinds.get(self.sheets.key or "")
        self.days.setVisible(kind is not None and bool(kind.span))
        self.adjustSize()

    def _choose(self) -> None:
        kind = self._kinds.get(self.sheets.key or "")
        if kind is None or (kind.span and not self.days.check()):
            return
        span = self.days.span if kind.span else None
        self.accept()
        self.chosen.emit(kind.name, span)


class SpanOfDays(QWidget):
    """First and last day, both included; the usual spans by a click."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._spans = {
            "today": (today, today),
            "week": (today - timedelta(days=6), today),
            "month": (today.replace(day=1), today),
            "before": _month_before(today),
        }
        names = {"today": "今天", "week": "最近 7 天", "month": "本月", "before": "上月"}
        self.usual = ChipRow(tuple(names.items()))
        first = Field("first", "从", Kind.DATE, required=True, latest=today)
        last = Field("last", "到（含）", Kind.DATE, required=True, latest=today, check=self._in_order)
        self.form = FormView(Form((Section("", (first, last)),)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.usual)
        box.addWidget(self.form)
        self.usual.group.buttonClicked.connect(lambda: self.take(self.usual.key))
        self.usual.choose("month")
        self.take("month")

    @property
    def span(self) -> tuple[date, date] | None:
        """The days, once `check()` is true."""
        first, last = (read_date(str(said)) for said in self.form.values().values())
        return (first, last) if first is not None and last is not None else None

    def check(self) -> bool:
        """Show what is wrong; True when the days may be used."""
        return self.form.check()

    def take(self, usual: str) -> None:
        """One of the usual spans."""
        first, last = self._spans[usual]
        self.form.set_values({"first": first.isoformat(), "last": last.isoformat()})

    def _in_order(self, said: str) -> str | None:
        first, last = read_date(str(self.form.values()["first"])), read_date(said)
        return "结束日期早于开始日期。" if first and last and last < first else None


def _month_before(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
