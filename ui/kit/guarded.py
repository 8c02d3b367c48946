"""A button for an act the person may lack the right to: then it is pale, and a click says who has the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from shiboken6 import isValid

from app.access.queries import MayI
from app.core.errors import Refusal
from app.core.roles import Right
from ui.kit.buttons import Button, Kind
from ui.kit.notice import Notice
from ui.kit.view import View


class GuardedButton(Button):
    """`allowed` is emitted by a click or by `ask()` (a key), and only for a person who has the right."""

    allowed = Signal()

    def __init__(self, view: View, right: Right, text: str, kind: Kind = "plain", *, icon: str = "") -> None:
        super().__init__(text, kind, icon=icon)
        self._notice = view.bench.notice
        self._may = view.bench.actor.may(right)
        self.clicked.connect(self.allowed)
        if not self._may:
            self.setEnabled(False)
            self.installEventFilter(self)
            self.setToolTip(f"您没有“{right.value}”的权限。")
            # by its words, too: several buttons of a view may need one right
            view.errands.start(f"who may {right.name}: {text}", lambda: self._learn(view, right))

    @property
    def may(self) -> bool:
        """Whether the person has the right."""
        return self._may

    def speak_in(self, notice: Notice) -> None:
        """Say who may in another notice line: a sheet covers the frame's."""
        self._notice = notice

    def ask(self) -> None:
        """As a click: do it, or say who may."""
        if self._may:
            self.allowed.emit()
        else:
            self._notice.refused(self.toolTip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() == QEvent.Type.MouseButtonRelease and not self._may:
            self.ask()
            return True
        return False

    async def _learn(self, view: View, right: Right) -> None:
        try:
            await view.errands.ask(MayI(right))
        except Refusal as refusal:
            if isValid(self):  # type: ignore[no-untyped-call]  # shiboken ships no types; its row may be drawn anew
                self.setToolTip(refusal.text)
