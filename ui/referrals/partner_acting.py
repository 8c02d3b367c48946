"""What the acts of partners, contracts and home beds have in common: today, a sheet opened and the focus after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QDialog

from app.core.clock import date_in, local
from app.core.orders import Order
from ui.forms.task_sheet import TaskSheet
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet


class Acting:
    """`show` opens a sheet and gives the focus back after it; `ask` tells what is kept as well."""

    def __init__(self, view: View) -> None:
        self._view: Any = view
        self.errands = view.errands

    @property
    def zone(self) -> str:
        return str(self._view.bench.station.settings.zone)

    @property
    def now(self) -> datetime:
        """By the institution's clock."""
        return local(self.zone, self._view.bench.desk.clock.now())

    @property
    def today(self) -> date:
        return date_in(self.zone, self._view.bench.desk.clock.now())

    def ask(self, sheet: TaskSheet, given: Callable[[Any], object] | None = None) -> None:
        """`given` gets what the order gave back."""

        def kept(said: str, result: Any) -> None:
            self._view.bench.notice.done(said)
            if given is not None:
                given(result)

        sheet.kept.connect(kept)
        self.show(sheet)

    def ask_why(self, title: str, said: str, order: Callable[[str], Order[Any]]) -> None:
        """Why something is taken back; it stays readable."""
        sheet = WhySheet(self._view, title, f"{said}。记录保留，变更历史里能查到。", "撤销")
        sheet.words.setPlaceholderText("如：录错、重复登记")
        sheet.said.connect(lambda why: self._view.do(order(why), "已撤销。"))
        self.show(sheet)

    def show(self, sheet: QDialog) -> None:
        sheet.finished.connect(self._view.take_keys)
        sheet.open()

    def say(self, words: str) -> None:
        """What the key could not do, for a while."""
        self._view.bench.notice.say(words, seconds=8)
