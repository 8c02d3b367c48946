"""What happens when the program itself is wrong: the log has the trace, one dialog says so, the work is kept."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

_log = logging.getLogger("carestation.mishap")
Trace = TracebackType | None


class Mishaps(QObject):
    """Hears of every error nobody expected, on whatever thread, and tells the person once at a time."""

    happened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.box: QMessageBox | None = None
        self.happened.connect(self._tell)

    def listen(self) -> None:
        """Be the place where Python reports what nobody caught."""
        sys.excepthook = self.note
        threading.excepthook = lambda args: (
            self.note(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
            if args.exc_type is not SystemExit
            else None
        )

    def note(self, kind: type[BaseException], error: BaseException, trace: Trace) -> None:
        """Into the log, and onto the screen."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("a bug", exc_info=(kind, error, trace))
        self.happened.emit("".join(traceback.format_exception(kind, error, trace)))

    def note_context(self, _loop: object, context: dict[str, object]) -> None:
        """The same for a task nobody awaited (asyncio's exception handler)."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.note(type(error), error, error.__traceback__)
        else:
            _log.error("asyncio: %s", context.get("message"))

    def _tell(self, details: str) -> None:
        if self.box is not None:
            return  # one is open; the log has this one too
        box = QMessageBox(self._window)
        box.setWindowTitle("程序出了错")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText("程序出了错，已保存的工作都在。")
        box.setInformativeText("可以继续用。如果再出现，请复制详情交给系统管理员。")
        copy = box.addButton("复制详情", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying does not close it
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(self._closed)
        self.box = box
        box.open()

    def _closed(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None
