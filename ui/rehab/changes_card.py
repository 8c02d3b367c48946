"""前后对照: the first and the last record of a measure, item by item, whether for the better."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.assessments.trends.comparing import BETTER, WORSE, Change, Comparison
from app.rehab.progress.sheet import ProgressRow
from ui.kit import Card, ChipRow, ElidedWords, Line, StateView, Tag, Words
from ui.kit.paint import Mark
from ui.style import Role, Tone

HOW = {
    BETTER: Mark("好转", Tone.OK, "arrow-up"),
    WORSE: Mark("变差", Tone.ORANGE, "chevron-down"),
}


class ChangesCard(Card):
    """A chip for each measure with two records."""

    def __init__(self) -> None:
        super().__init__()
        self._row: ProgressRow | None = None
        self.chips = ChipRow(())
        self.said = Words("", Role.HINT, ink="text2", wrap=True)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setRowStretch(1, 1)
        self.state = StateView(self._holder)
        head = QHBoxLayout()
        head.addWidget(Words("前后对照", Role.CARD_TITLE))
        head.addStretch(1)
        head.addWidget(self.chips)
        self.body.addLayout(head)
        self.body.addWidget(self.said)
        self.body.addWidget(self.state)
        self.chips.group.buttonClicked.connect(self._fill)

    def show_progress(self, row: ProgressRow) -> None:
        self._row = row
        self.chips.show_chips(
            tuple((one.code, one.short) for one in row.verdicts if one.code in row.comparisons)
        )
        self._fill()

    def turn(self, way: int) -> None:
        """Another measure, round and round."""
        keys = self.chips.keys
        if len(keys) > 1:
            self.chips.choose(keys[(keys.index(self.chips.key) + way) % len(keys)])
            self._fill()

    def _fill(self) -> None:
        row = self._row
        if row is None or not row.comparisons:
            self.said.setText("")
            self.said.setVisible(False)
            self.state.empty("还没有可比的两次评定", "同一种量表评过两次以后，这里逐项对照。")
            return
        found = row.comparisons[self.chips.key]
        days = (
            f"{found.older.assessed_on:%Y-%m-%d} 与 {found.newer.assessed_on:%Y-%m-%d}，相隔 {found.days} 天"
        )
        self.said.setText("；".join((days, _counted(found), *found.notes)))
        self.said.setVisible(True)
        while (old := self._grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.addWidget(_table((*found.figures, *found.items)), 0, 0)
        self.state.content()


def _table(changes: tuple[Change, ...]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    for column, stretch in enumerate((2, 2, 0, 2, 0)):
        grid.setColumnStretch(column, stretch)
    for column, words in ((0, "项目"), (1, "开始"), (3, "现在")):
        grid.addWidget(Words(words, Role.HINT), 0, column)
    grid.addWidget(Line(), 1, 0, 1, 5)
    for place, one in enumerate(changes, 2):
        mark = HOW.get(one.how, Mark("变化", Tone.NEUTRAL, "arrow-left-right"))
        grid.addWidget(ElidedWords(one.label, Role.STRONG), place, 0)
        grid.addWidget(
            ElidedWords(f"{one.before} {one.before_text}".strip(), Role.BODY, ink="text2"), place, 1
        )
        grid.addWidget(Words("→", Role.BODY, ink="text3"), place, 2)
        grid.addWidget(ElidedWords(f"{one.after} {one.after_text}".strip(), Role.BODY), place, 3)
        grid.addWidget(Tag(mark.text, mark.tone, icon=mark.icon), place, 4, Qt.AlignmentFlag.AlignRight)
    return table


def _counted(found: Comparison) -> str:
    """`好转 4 项，变差 0 项，6 项未变`."""
    better, worse = found.count(BETTER), found.count(WORSE)
    other = len(found.items) - better - worse
    parts = (("好转", better), ("变差", worse), ("变化", other))
    return "，".join([*(f"{words} {count} 项" for words, count in parts if count), f"{found.same} 项未变"])
