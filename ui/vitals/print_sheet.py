"""What is printed of somebody's vital signs: which sheet, of which days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.form import Choice, Field, Form, Kind, Section
from app.printing.sheets import temperature_chart, vitals_record
from ui.forms import FormView
from ui.kit import Key, Sheet, bind

TEMPERATURE, RECORD = "temperature-chart", "vitals-record"


class PrintSheet(Sheet):
    """`asked(sheet, first, last)` once all is filled in."""

    asked = Signal(str, object, object)

    def __init__(self, parent: QWidget, sheet: str, span: tuple[date, date], today: date) -> None:
        super().__init__(parent, "打印体征", width=520)
        choices = (Choice(TEMPERATURE, temperature_chart.TITLE), Choice(RECORD, vitals_record.TITLE))
        days = (
            Field("first", "开始日期", Kind.DATE, required=True, latest=today),
            Field("last", "结束日期", Kind.DATE, required=True),
        )
        which = Field("sheet", "表单", Kind.CHOICE, required=True, choices=choices, wide=True)
        self.form = FormView(Form((Section("", (which, *days)),)))
        first, last = (day.isoformat() for day in span)
        self.form.set_values({"sheet": sheet, "first": first, "last": last})
        self.body.addWidget(self.form)
        self.offer("打印预览", icon="printer").setDefault(False)
        self.form.submitted.connect(self.go_on)
        self.done_with.connect(self.go_on)
        bind(self, Key("Ctrl+Return", "打印预览", self.go_on))

    def open(self) -> None:
        super().open()
        self.form.focus_on("sheet")

    def go_on(self) -> None:
        """To the preview, if the days can be."""
        if not self.form.check():
            return
        values = self.form.values()
        first, last = (date.fromisoformat(str(values[key])) for key in ("first", "last"))
        if last < first:
            self.form.show_refusal("last", "结束日期早于开始日期，请核对。")
            return
        self.accept()
        self.asked.emit(str(values["sheet"]), first, last)
