"""An outside doctor signs the visits of a round by hand on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.strokes import kept_strokes
from ui.kit import Labelled, SideSheet
from ui.kit.sign_pad import SignPad


class RoundSignSheet(SideSheet):
    """`signed` carries what was drawn; it stays open until the act is done, and what was drawn survives a refusal."""

    signed = Signal(object)

    def __init__(self, parent: QWidget, doctor: str, text: str) -> None:
        super().__init__(parent, f"{doctor}签名", text, width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pad = SignPad()
        self._signature = Labelled("请医师在这里签名", self.pad, required=True)
        self.body.addWidget(self._signature)
        self.body.addStretch(1)
        self.offer("确认签名", icon="clipboard-pen")
        self.pad.changed.connect(lambda: self._signature.say_wrong(""))
        self.done_with.connect(self._finish)

    def show_refusal(self, field: str, text: str) -> bool:
        """Under the pad, or in the sheet's own line."""
        if field == "drawn":
            self._signature.say_wrong(text)
        else:
            self.notice.refused(text)
        return True

    def _finish(self) -> None:
        if not self.pad.strokes:
            self._signature.say_wrong("请医师在屏幕上签名。")
            self.pad.setFocus()
            return
        self.signed.emit(kept_strokes(self.pad.strokes))
