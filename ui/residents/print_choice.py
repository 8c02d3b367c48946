"""The sheet that asks what to print of a resident: one line a printed sheet, chosen by its digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.form import Field, Form, Kind, Section, read_date
from app.residents.queries import ChartRow
from ui.forms import FormView
from ui.kit import Key, OptionRow, Sheet, bind

if TYPE_CHECKING:
    from app.printing.registry import SheetKind  # a chart opens before the library of fonts is loaded

_SPANS = {"day": "打印这一天", "week": "打印这一天所在的一周", "month": "打印这一天所在的月份"}
_ONE_COLUMN = 5
"""As many sheets stand below each other; more stand in two columns."""


class PrintChoice(Sheet):
    """`chosen` names the sheet and the day it is asked for (None where it covers no stretch of time)."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget, chart: ChartRow, kinds: Sequence[SheetKind], today: date) -> None:
        super().__init__(
            parent, f"打印 {chart.name} 的表单", "按数字选一种，Enter 预览。预览里再打印或存成文件。"
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
        day = Field("day", "日期", Kind.DATE, required=True, latest=today)
        self.day = FormView(Form((Section("", (day,)),)))
        self.day.set_values({"day": today.isoformat()})
        self.body.addWidget(self.sheets)
        self.body.addWidget(self.day)
        self.offer("预览", icon="printer")
        self.done_with.connect(self._choose)
        self.day.submitted.connect(self._choose)
        self.sheets.group.buttonClicked.connect(self._say_span)
        free = [name for name, why in missing.items() if not why]
        if free:
            self.sheets.choose(free[0])
            self.sheets.button(free[0]).setFocus()
        self._say_span()
        bind(self, *(self._key(number, kind) for number, kind in enumerate(kinds[:9], 1)))

    def _key(self, number: int, kind: SheetKind) -> Key:
        return Key(str(number), kind.title, lambda: self._point(kind.name))

    def _point(self, name: str) -> None:
        button = self.sheets.button(name)
        if button.isEnabled():
            button.click()
            button.setFocus()

    def _say_span(self) -> None:
        """The day is asked only for a sheet that covers a stretch of time."""
        kind = self._kinds.get(self.sheets.key or "")
        self.day.setVisible(kind is not None and bool(kind.span))
        if kind is not None and kind.span:
            self.day.note("day", _SPANS[kind.span])
        self.adjustSize()

    def _choose(self) -> None:
        kind = self._kinds.get(self.sheets.key or "")
        if kind is None or (kind.span and not self.day.check()):
            return
        day = read_date(str(self.day.values()["day"])) if kind.span else None
        self.accept()
        self.chosen.emit(kind.name, day)
