"""What a certificate says of itself, for comparing with what the platform's people tell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from app.access.certificates import CertificateFacts
from app.core.clock import local
from ui.kit import Words
from ui.style import Role


class CertificateFactsCard(QFrame):
    """Subject, issuer, validity, fingerprint; hidden where there is no certificate."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self.setProperty("surface", "tile")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.values = {
            name: Words("", Role.BODY, wrap=True) for name in ("发给", "签发者", "有效期", "SHA-256")
        }
        for row, (name, value) in enumerate(self.values.items()):
            grid.addWidget(Words(name, Role.HINT), row, 0, Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, row, 1)

    def show_facts(self, facts: CertificateFacts | None) -> None:
        """Show one, or nothing."""
        self.setVisible(facts is not None)
        if facts is None:
            return
        begins, ends = local(self._zone, facts.begins), local(self._zone, facts.ends)
        mark = facts.fingerprint
        self.values["发给"].setText(facts.subject)
        self.values["签发者"].setText(facts.issuer)
        self.values["有效期"].setText(f"{begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}")
        half = len(mark) // 2
        self.values["SHA-256"].setText(f"{mark[:half]}\n{mark[half + 1 :]}")
