"""治疗项目: the programme of a plan, a line each: discipline, what and how much, how often, by whom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rehab.queries.plan_rows import ItemRow
from ui.kit import Card, ElidedWords, ScrollBody, StateView, Tag, Words
from ui.rehab.state_marks import tone_of
from ui.style import Role


class ItemsCard(Card):
    """Sums the sessions of a week; what is not on the board yet is said."""

    def __init__(self) -> None:
        super().__init__("治疗项目", " ")
        self.lines = ScrollBody()
        self.state = StateView(self.lines)
        self.body.setSpacing(6)
        self.body.addWidget(self.state, 1)

    def show_items(self, items: Sequence[ItemRow]) -> None:
        """Show a plan's programme."""
        whole = sum(one.per_week for one in items)
        missing = sum(max(one.per_week - one.placed, 0) for one in items)
        self.hint.setText(f"每周 {whole} 次" + (f"，未排 {missing} 次" if missing else ""))
        if not items:
            self.state.empty("还没有治疗项目", "在计划里添加项目，再排到周里。")
            return
        while (old := self.lines.body.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for place, item in enumerate(items):
            self._fill(grid, place, item)
        self.lines.body.addWidget(rows)
        self.lines.body.addStretch(1)
        self.state.content()

    @staticmethod
    def _fill(grid: QGridLayout, place: int, item: ItemRow) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Tag(item.badge, tone_of(item.tone)), place, 0, middle)
        texts = QWidget()
        box = QVBoxLayout(texts)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(ElidedWords(item.words, Role.BODY))
        told = " · ".join(
            part for part in (item.dose, item.together and f"小组：{item.together}", item.place) if part
        )
        if told:
            box.addWidget(ElidedWords(told, Role.SMALL, ink="text3"))
        texts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid.addWidget(texts, place, 1, middle)
        often = f"每周 {item.per_week} 次 · {item.minutes} 分钟"
        rest = item.per_week - item.placed
        grid.addWidget(Words(often, Role.HINT, ink="text2"), place, 2, middle)
        late = Words(f"未排 {rest} 次" if rest > 0 else "", Role.HINT, ink="warn")
        late.setVisible(rest > 0)
        grid.addWidget(late, place, 3, middle)
        grid.addWidget(Words(item.therapist or "未定", Role.HINT, ink="text2"), place, 4, middle)
