"""The cards of a chart's overview that are lists: diagnoses, contacts, what is due, what the roster said besides."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.residents.queries import ChartRow, DiagnosisRow
from app.residents.rules.stated import status_words
from ui.kit import Badge, Button, Card, IconTile, Line, Words
from ui.residents.signs import due_words
from ui.style import Role, Tone


class ListCard(Card):
    """A titled card whose lines are replaced as a whole; with none it says so."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__(title)
        self._nothing = nothing
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_lines(self, lines: list[QWidget]) -> None:
        """Show these lines, parted by a thin line."""
        empty_layout(self._lines)
        for place, line in enumerate(lines):
            if place:
                self._lines.addWidget(Line())
            self._lines.addWidget(line)
        if not lines:
            self._lines.addWidget(Words(self._nothing, Role.HINT, wrap=True))

    def add_line(self, line: QWidget) -> None:
        """One more below."""
        self._lines.addWidget(line)


class DiagnosesCard(ListCard):
    """Diagnoses in the order they were said, with code and onset where known."""

    def __init__(self) -> None:
        super().__init__("诊断", "还没有登记诊断。按 Z 登记。")
        self.more = Button("诊断清单", "link")
        self.more.setProperty("high", "small")
        self.more.setToolTip("登记、更正、作废诊断（Shift+Z，直接登记按 Z）")
        self.head.addWidget(self.more)

    def show_chart(self, chart: ChartRow) -> None:
        self.hint.setText(f"{len(chart.diagnoses)} 项" if chart.diagnoses else "")
        self.show_lines([line(one.words, _about(one)) for one in chart.diagnoses])


class DueCard(ListCard):
    """What comes up for this resident."""

    def __init__(self) -> None:
        super().__init__("即将到期", "没有要到期的事。")

    def show_chart(self, chart: ChartRow, today: date) -> None:
        ability = chart.ability
        widget, row = _row()
        row.addWidget(IconTile("clipboard-check", size=36, drawing=18), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Words("能力评估"))
        note = "还没有做过，入住后应评估一次" if ability is None else "定期复评 · 两名评估员"
        texts.addWidget(Words(note, Role.HINT, wrap=True))
        row.addLayout(texts, 1)
        due = due_words(ability.due_on if ability else None, today)
        words = "未评估" if ability is None else due.words
        row.addWidget(Badge(words, due.tone or (Tone.WARN if ability is None else Tone.NEUTRAL)))
        self.show_lines([widget] if ability is None or ability.due_on else [])


class RemarksCard(ListCard):
    """Columns of the roster that have no field of their own, as they came."""

    def __init__(self) -> None:
        super().__init__("名册里的其他内容", "")

    def show_chart(self, chart: ChartRow) -> None:
        self.setVisible(bool(chart.remarks))
        self.show_lines([line(name, said) for name, said in chart.remarks])


def _about(one: DiagnosisRow) -> str:
    """Code, onset, and the status of what is not active any more."""
    over = "" if one.status == "active" else status_words(one.status)
    return "　".join(filter(None, (one.code, one.onset, over)))


def line(left: str, right: str) -> QWidget:
    """Words at the left that may wrap, a small value at the right."""
    widget, row = _row()
    words = Words(left, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(words, 1)
    if right:
        row.addWidget(Words(right, Role.HINT, wrap=len(right) > 12), 1 if len(right) > 12 else 0)
    return widget


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty_layout(inner)


def _row() -> tuple[QWidget, QHBoxLayout]:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    return widget, row
