"""One time of the green channel, typed: when, and whom it was said to."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.form import Field, Form, Kind, Section
from app.referrals.around import GREEN_TIMES
from ui.forms import FormView
from ui.kit import Key, Sheet, bind
from ui.referrals.form_clock import moment_of

WHO = {
    "told": "接电话人", "ambulance_called": "接线员或回执", "ambulance_here": "车牌、随车医护",
}  # fmt: skip


class TimeSheet(Sheet):
    """`said` carries code, instant and name."""

    said = Signal(str, object, str)

    def __init__(self, parent: QWidget, code: str, zone: str, today: date, before: tuple[str, str]) -> None:
        """`before`: time and name as they stand."""
        super().__init__(parent, GREEN_TIMES[code], "时间到分钟。", width=380)
        self.code, self._zone = code, zone
        moment = Field("at", "时间", Kind.MOMENT, required=True, today=today, placeholder="如 14:20")
        name = (Field("who", WHO[code], max_length=30),) if code in WHO else ()
        self.form = FormView(Form((Section("", (moment, *name)),)))
        self.form.set_values({"at": before[0], "who": before[1]})
        self.body.addWidget(self.form)
        self.offer("记下")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", "记下", self.save))

    def open(self) -> None:
        super().open()
        self.form.focus_on("at")

    def save(self) -> None:
        """Refuses what is no time, beside the field."""
        if not self.form.check():
            return
        values = self.form.values()
        at: datetime | None = moment_of(str(values["at"]), self._zone)
        if at is None:
            self.form.show_refusal("at", "请填写时间，如 14:20。")
            return
        self.said.emit(self.code, at, str(values.get("who", "")))
        self.accept()
