"""Why a referral that was sent is set right: one key, or 其他 with words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.form import Choice, Field, Form, Kind, Section
from app.residents.rules.stated import CORRECTION_REASONS
from ui.forms import FormView
from ui.kit import Key, Sheet, bind

_OTHER = "其他"


class ReasonSheet(Sheet):
    """`said` carries the reason as records keep it."""

    said = Signal(str)

    def __init__(self, parent: QWidget, what: str) -> None:
        super().__init__(parent, "更正转诊", f"{what}，原来的内容仍可按 F8 查看。", width=460)
        choices = tuple(Choice(one, one) for one in CORRECTION_REASONS)
        reason = Field("reason", "更正原因", Kind.CHOICE, choices=choices, required=True, wide=True)
        words = Field("words", "说明", hint="选“其他”时填写", max_length=60, wide=True)
        self.form = FormView(Form((Section("", (reason, words)),)))
        self.body.addWidget(self.form)
        self.offer("保存更正")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", "保存更正", self.save))

    def open(self) -> None:
        super().open()
        self.form.focus_on("reason")

    def save(self) -> None:
        """Refuses 其他 without words, beside the field."""
        if not self.form.check():
            return
        values = self.form.values()
        reason, words = str(values["reason"]), str(values["words"] or "").strip()
        if reason == _OTHER and not words:
            self.form.show_refusal("words", "原因选“其他”时，请写明原因。")
            return
        self.accept()
        self.said.emit(f"{reason}：{words}" if words else reason)
