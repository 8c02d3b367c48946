"""设置: the institution, its people, one's own account."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.kit.card import Card
from ui.kit.view import Bench, View
from ui.kit.words import Fact


class SettingsView(View):
    """What the station is set to."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "设置")
        settings = bench.station.settings
        card = Card("机构")
        card.body.addWidget(Fact("机构名称", settings.institution_name))
        card.body.addWidget(Fact("统一社会信用代码", settings.institution_code))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)
