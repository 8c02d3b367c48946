"""用恢复码: when no password is known any more, the code on paper gives one person a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.access.form import recovery_form
from ui.access.password_form import PasswordForm
from ui.kit.sheet import Sheet

TEXT = "只在密码都找不回时用。用过之后会记下是谁、什么时候用的。"


class RecoverySheet(Sheet):
    """`asked` carries code, staff number and new password."""

    asked = Signal(str, str, str)

    def __init__(self, parent: QWidget, number: str = "") -> None:
        super().__init__(parent, "用恢复码设新密码", TEXT, width=480)
        self.form = PasswordForm(recovery_form)
        self.form.set_values({"number": number})
        self.body.addWidget(self.form)
        button = self.offer("设好并登录")
        self.form.submitted.connect(button.click)
        self.done_with.connect(self._ask)
        self.form.focus_on("code")

    def refuse(self, field: str, text: str) -> None:
        """Beside its field; what is typed stays."""
        self.set_busy(busy=False)
        if not self.form.show_refusal(field, text):
            self.notice.refused(text)

    def set_busy(self, *, busy: bool) -> None:
        if self.main is not None:
            self.main.set_busy(busy, "正在核对…")
        self.form.setEnabled(not busy)

    def _ask(self) -> None:
        if self.main is not None and not self.main.busy and self.form.check():
            self.set_busy(busy=True)
            self.asked.emit(*(self.form.typed(key) for key in ("code", "number", "password")))
