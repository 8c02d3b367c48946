"""康复计划: the plan of one resident, how far it has come, and what is trained today."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.kit.view import Bench, View
from ui.rehab.sections import Sections


class PlanView(View):
    """Opened with `{"resident": rid}`; otherwise where it was."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复计划")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Sections(self, "rehab"))
        box.addStretch(1)
