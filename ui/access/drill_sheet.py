"""演练恢复: asks the password its moment knew, restores a backup into a scratch place, and says what was proved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kit import Labelled, PasswordField, ProgressStrip, Sheet

TEXT = "把这个备份恢复到临时位置，逐页核验，打开三份档案，然后清掉；不影响正在用的数据。"


class DrillSheet(Sheet):
    """`asked` carries the password; the caller answers with `refuse` or closes the sheet."""

    asked = Signal(str)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, "演练恢复", f"{name}\n{TEXT}", width=480)
        self.secret = PasswordField("您的密码", large=True)
        self.field = Labelled("您的密码", self.secret, hint="做备份那时候的")
        self.progress = ProgressStrip()
        self.body.addWidget(self.field)
        self.body.addWidget(self.progress)
        self.offer("开始演练")
        self.secret.textEdited.connect(lambda: self.field.say_wrong(""))
        self.done_with.connect(self._ask)
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, text: str) -> None:
        """Under the field; what is typed stays, selected."""
        self.set_busy(busy=False)
        self.field.say_wrong(text)
        self._grow()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.selectAll()

    def set_busy(self, *, busy: bool) -> None:
        if self.main is not None:
            self.main.set_busy(busy, "正在演练…")
        self.secret.setEnabled(not busy)
        if busy:
            self.progress.begin("正在核对备份文件")
            self._grow()
        else:
            self.progress.end()

    def _grow(self) -> None:
        """A sheet is as high as it was when it opened; what came into it since needs room."""
        inside = self.layout()
        if inside is not None:
            inside.activate()
            self.resize(self.width(), max(self.height(), inside.totalMinimumHeightForWidth(self.width())))

    def _ask(self) -> None:
        if not self.secret.text():
            self.refuse("请输入密码。")
        elif self.main is not None and not self.main.busy:
            self.set_busy(busy=True)
            self.asked.emit(self.secret.text())
