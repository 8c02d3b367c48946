"""What stands between the orders of a resident today: one line in the chart, all of it in a sheet at the edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.medication.checking import Finding
from ui.kit import Button, ElidedWords, ScrollBody, SideSheet, Tag, Words
from ui.medication.findings import TONES, FindingLine
from ui.style import Role, Tone


class StandingLine(QWidget):
    """What stands between the orders of today, in one line: the gravest, how many more, and 查看全部."""

    asked = Signal()
    """All of it is to be shown (`FindingsSheet`)."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._tag = Tag("", Tone.NEUTRAL)
        self._words = ElidedWords("", Role.BODY)
        self._all = Button("查看全部", "link")
        self._all.clicked.connect(self.asked)
        row.addWidget(self._tag)
        row.addWidget(self._words, 1)
        row.addWidget(self._all)
        self.findings: tuple[Finding, ...] = ()
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Hidden where nothing stands."""
        self.findings = tuple(findings)
        self.setVisible(bool(findings))
        if not findings:
            return
        first = findings[0]
        self._tag.say(first.severity.words, TONES[first.severity])
        more = f"（共 {len(findings)} 条）" if len(findings) > 1 else ""
        self._words.setText(f"{first.line}{more}")


class FindingsSheet(SideSheet):
    """Every finding with its source, and the reason it was ordered for all the same."""

    def __init__(self, parent: QWidget, name: str, findings: Sequence[Finding]) -> None:
        super().__init__(
            parent, f"{name} · 用药检查", f"现行医嘱之间共 {len(findings)} 条，按严重程度排列。", width=520
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = ScrollBody(spacing=8)
        self.lines = [FindingLine(one, ask=False) for one in findings]
        for line in self.lines:
            inside.body.addWidget(line)
        if not findings:
            inside.body.addWidget(Words("现行医嘱没有检查提示。", Role.BODY, ink="text3"))
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        self.offer("关闭", "plain", cancel="")
        self.done_with.connect(self.accept)
