"""Shown when the platform no longer holds our institution as before: an administrator decides, nothing by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from app.core.roles import GRANTS, Right
from app.core.roles import Role as Post
from ui.kit import Button, Sign, Words
from ui.kit.view import Bench
from ui.style import look


class StrangeCard(QFrame):
    """Says what was found and that nothing is sent meanwhile; the grave act is the administrator's."""

    def __init__(self, bench: Bench, begin_anew: Callable[[], object]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        look.restyle(self, "strip", "danger")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        self.words = Words("", ink="danger", wrap=True)
        self.anew = Button("区平台是新的，全部重新上传", "danger")
        self.anew.clicked.connect(begin_anew)
        self._may = bench.actor.may(Right.CHANGE_SETTINGS)
        self.anew.setVisible(self._may)
        row.addWidget(Sign("triangle-alert", 20, "danger.text"))
        row.addWidget(self.words, 1)
        row.addWidget(self.anew)
        self.hide()

    def say(self, found: str) -> None:
        """What was found; empty hides the card."""
        who = "、".join(post.words for post in Post if post in GRANTS[Right.CHANGE_SETTINGS])
        after = "先问清区平台；不处理就一直留在本机，不会丢。" if self._may else f"请告诉{who}。"
        self.words.setText(f"{found}{after}" if found else "")
        self.setVisible(bool(found))
