"""The left side of figures: each with its value, of how many, and how large a part of them."""

from __future__ import annotations

from dataclasses import dataclass

from app.referrals.figures import GroupKind, SectionFigures
from app.referrals.rules.figures import Figure
from ui.kit import Card, Column, Foot, RowsTable, StateView, Words, cells
from ui.kit.bar_cell import Bar
from ui.style import Role, Tone

_EMPTY = {
    "sent": ("这段时间没有转诊", "换一段时间，或换成全院。"),
    "times": ("这段时间没有转诊", "换一段时间，或换成全院。"),
    "back": ("这段时间没有登记返院", "换一段时间，或换成全院。"),
}


@dataclass(frozen=True)
class FigureLine:
    """A figure and the group it belongs to."""

    kind: GroupKind
    figure: Figure


class FigureList(Card):
    """The figures of one section."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.table: RowsTable[FigureLine] = RowsTable(
            (
                Column("指标", _what, None, 0, 150),
                Column("数值", _value, 98),
                Column("占比与分母", _share, None, 1, 180),
            ),
            lambda line: line.figure.code,
            words="统计指标",
        )
        self.state = StateView(self.table)
        self.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(Words("↑↓ 选择　Enter 看明细　[ ] 前后一段时间", Role.HINT))
        foot.row.addStretch(1)
        self.body.addWidget(foot)

    def show_section(self, section: SectionFigures) -> None:
        lines = tuple(FigureLine(group.kind, figure) for group in section.groups for figure in group.figures)
        if section.code in _EMPTY and not any(line.figure.records for line in lines):
            self.table.set_rows(())
            self.state.empty(*_EMPTY[section.code])
            return
        self.table.set_rows(lines)
        self.state.content()
        if self.table.current() is None:
            self.table.pick_first()


def _what(line: FigureLine) -> cells.Cell:
    tone = Tone.DANGER if line.figure.bad else Tone.INFO
    under = line.kind.words if line.kind.words != line.figure.words else ""
    return cells.What(line.figure.words, under, line.kind.icon, tone)


def _value(line: FigureLine) -> cells.Cell:
    return cells.Text(line.figure.value, "danger.text" if line.figure.bad else "text", strong=True)


def _share(line: FigureLine) -> cells.Cell:
    return Bar(line.figure.of, line.figure.part, Tone.DANGER if line.figure.bad else Tone.INFO)
