"""从备份恢复: which file, whose password of then (or the recovery code), how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.backup.opened import Secret
from app.core.errors import Refusal, Trouble
from app.core.watch import Watch
from ui.kit.buttons import Button
from ui.kit.inputs import Labelled, LineField, PasswordField
from ui.kit.sheet import Sheet
from ui.kit.states import ProgressStrip

TEXT = "这台电脑会接着备份那时候的站点往下做。那时候的账号和密码又有效了，编号会跳到下一个整千以后。"
BACKUPS = "备份 (*.csb);;所有文件 (*)"


class RestoreSheet(Sheet):
    """`asked` when file and secret are there; the caller answers with `refuse` or `accept`."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "从备份恢复", TEXT, width=520)
        self.watch = Watch()
        self.path = LineField("备份文件", "carestation-….csb")
        self.choose = Button("选择…", "plain")
        self.who = LineField("工号或姓名", "用恢复码就空着")
        self.secret = PasswordField("密码或恢复码")
        self.progress = ProgressStrip()
        self.fields = {
            "file": Labelled("备份文件", self._with_button(), required=True),
            "who": Labelled("工号或姓名", self.who),
            "secret": Labelled("密码或恢复码", self.secret, required=True, hint="做备份那时候的"),
        }
        for piece in (*self.fields.values(), self.progress):
            self.body.addWidget(piece)
        self.offer("恢复", icon="history")
        self.choose.clicked.connect(self.ask_file)
        self.done_with.connect(self._ask)
        self.progress.cancelled.connect(self._cancel)
        self.rejected.connect(self._cancel)

    def file(self) -> Path:
        return Path(self.path.text().strip()).expanduser()

    def secret_typed(self) -> Secret:
        """What opens the backup; the recovery code where nobody is named."""
        return Secret(self.secret.text(), self.who.text().strip())

    def ask_file(self) -> None:
        """Open the file dialog; the window goes on living."""
        dialog = QFileDialog(self, "选择备份", "", BACKUPS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    def refuse(self, error: Refusal | Trouble) -> None:
        """Beside the field it belongs to: the password's, else the file's. What is typed stays."""
        self.set_busy(busy=False)
        words = error.text if isinstance(error, Refusal) else f"{error.text}{error.remedy}"
        key = "secret" if isinstance(error, Refusal) and error.field == "secret" else "file"
        self.fields[key].say_wrong(words)
        (self.secret if key == "secret" else self.path).setFocus(Qt.FocusReason.OtherFocusReason)
        self._grow()

    def set_busy(self, *, busy: bool) -> None:
        if self.main is not None:
            self.main.set_busy(busy, "正在恢复…")
        for piece in (self.path, self.choose, self.who, self.secret):
            piece.setEnabled(not busy)
        if busy:
            self.watch = Watch(self.progress.reported.emit)
            self.progress.begin("正在核对备份文件")
            self._grow()
        else:
            self.progress.end()

    def _ask(self) -> None:
        missing = {
            "file": "" if self.path.text().strip() else "请选择备份文件。",
            "secret": "" if self.secret.text() else "请输入密码或恢复码。",
        }
        for key, words in missing.items():
            self.fields[key].say_wrong(words)
        self._grow()
        if self.main is not None and not self.main.busy and not any(missing.values()):
            self.set_busy(busy=True)
            self.asked.emit()

    def _cancel(self) -> None:
        self.watch.cancel()

    def _with_button(self) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        pair.setFocusProxy(self.path)
        return pair

    def _grow(self) -> None:
        """A sheet is as high as it was when it opened; what came into it since needs room."""
        inside = self.layout()
        if inside is not None:
            inside.activate()
            self.resize(self.width(), max(self.height(), inside.totalMinimumHeightForWidth(self.width())))
