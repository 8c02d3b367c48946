"""The right side of figures: what one counts, and the records behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.referrals.rules.figures import Behind
from ui.kit import Column, ElidedWords, Foot, RowsTable, StateView, Words, cells
from ui.referrals.figure_list import FigureLine
from ui.referrals.partner_beside import Side
from ui.style import Role, Tone

_ICONS = {"partner": "building-2", "doctor_round": "stethoscope"}


class FigureRecords(Side):
    """The figure above, what it counts under it, its records below."""

    def __init__(self) -> None:
        super().__init__()
        self.line: FigureLine | None = None
        self.name = ElidedWords("", Role.CARD_TITLE)
        self.value = Words("", Role.TILE_NUMBER)
        self.of = Words("", Role.HINT, ink="text2", wrap=True)
        self.definition = Words("", Role.HINT, wrap=True)
        self.table: RowsTable[tuple[int, Behind]] = RowsTable(
            (Column("明细", _who, None, 0, 150), Column("", _words, None, 0, 150)),
            lambda row: (row[1].rid, row[0]),
            words="指标的明细",
        )
        self.state = StateView(self.table)
        self.count = Words("", Role.HINT)
        self._lay_out()

    def show_line(self, line: FigureLine) -> None:
        """Another figure."""
        self.line = line
        figure = line.figure
        self.name.setText(
            f"{line.kind.words} · {figure.words}" if line.kind.words != figure.words else figure.words
        )
        self.value.say(figure.value, "danger" if figure.bad else "")
        self.of.setText(figure.of)
        self.definition.setText(f"口径：{line.kind.definition}")
        # a record may be there twice: a referral that was submitted twice
        self.table.set_rows(tuple(enumerate(figure.records)))
        self.count.setText(f"明细 {len(figure.records)} 条" if figure.records else "")
        if figure.records:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty("没有要列出的记录", "")

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 12)
        head.setSpacing(6)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name, 1)
        first.addWidget(self.value)
        head.addLayout(first)
        head.addWidget(self.of)
        head.addWidget(self.definition)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("→ 到明细　Enter 打开", Role.HINT))
        self.body.addLayout(head)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)


def _who(row: tuple[int, Behind]) -> cells.Cell:
    one = row[1]
    tone = Tone.DANGER if one.bad else Tone.NEUTRAL
    if one.kind in _ICONS:
        return cells.What(one.name, one.under, _ICONS[one.kind], tone)
    return cells.Name(one.name, one.under, tone)


def _words(row: tuple[int, Behind]) -> cells.Cell:
    return cells.Text(row[1].words, "danger.text" if row[1].bad else "text2")
