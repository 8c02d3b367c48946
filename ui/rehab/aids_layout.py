"""How the screen of aids is laid out: which list, the acts, the table with what is told of each loan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.clock import local
from app.core.roles import Right
from app.rehab.aids import LoanRow
from ui.kit import Button, Card, ChipRow, Column, ElidedWords, Foot, RowsTable, StateView, Words, cells
from ui.kit.guarded import GuardedButton
from ui.rehab.sections import Sections
from ui.style import Role, Tone

if TYPE_CHECKING:
    from ui.rehab.aids_view import AidLine, AidsView

OUT, OVERDUE, WANTED, RETURNED = "out", "overdue", "wanted", "returned"
FILTERS = ((OUT, "借出中"), (OVERDUE, "逾期"), (WANTED, "未领"), (RETURNED, "已归还"))
_COUNTED = {
    OUT: "件借出中，逾期的在前",
    OVERDUE: "件逾期未还",
    WANTED: "件计划里有，还没有借出",
    RETURNED: "件已归还",
}


class AidsPieces:
    """The widgets of the view."""

    def __init__(self, view: AidsView) -> None:
        self._zone = view.bench.station.settings.zone
        self.chips = ChipRow(FILTERS)
        self.scope = ElidedWords("", Role.STRONG)
        self.everybody = Button("看全部老人", "link")
        may = Right.LEND_AIDS
        self.lend = GuardedButton(view, may, "借出", "primary", icon="plus")
        self.back = GuardedButton(view, may, "归还", icon="undo-2")
        self.correct = GuardedButton(view, may, "更正", icon="square-pen")
        self.retract = GuardedButton(view, may, "撤销", "quiet")
        self.table: RowsTable[AidLine] = RowsTable(self._columns(), lambda row: row.key, words="辅具")
        self.state = StateView(self.table)
        self.count = Words("", Role.HINT)
        self._lay_out(view)

    def say_scope(self, name: str) -> None:
        """Whose alone they are; empty: everybody's."""
        self.scope.setText(f"只看 {name}" if name else "")
        for piece in (self.scope, self.everybody):
            piece.setVisible(bool(name))

    def say_count(self, which: str, count: int) -> None:
        self.count.setText(f"共 {count} {_COUNTED[which]}" if count else "")

    def _columns(self) -> tuple[Column[AidLine], ...]:
        return (
            Column("老人", lambda row: cells.Name(row.name, row.words), least=190),
            Column("编号", lambda row: cells.Text(row.loan.tag or "—" if row.loan else "—"), 110, 1),
            Column("借出", self._lent, 150, 2),
            Column("应还", _due, 130),
            Column("状况", lambda row: cells.Text(_condition(row.loan)), 250, 3),
            Column("", _state, 170),
        )

    def _lent(self, row: AidLine) -> cells.Cell:
        if row.loan is None:
            return cells.Text("—", "text3")
        return cells.Text(f"{local(self._zone, row.loan.lent_at):%m-%d} {row.loan.by}")

    def _lay_out(self, view: AidsView) -> None:
        card = Card(flush=True)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for piece in (self.retract, self.correct, self.back, self.lend):
            acts.addWidget(piece)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(12)
        head.addWidget(self.chips, 1)
        head.addWidget(self.scope)
        head.addWidget(self.everybody)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addLayout(acts)
        card.body.addWidget(foot)
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(view, "rehab-aids"))
        box.addWidget(card, 1)
        self.say_scope("")


def _due(row: AidLine) -> cells.Cell:
    loan = row.loan
    if loan is None:
        return cells.Text("—", "text3")
    if loan.due_on is None:
        return cells.Text("长期")
    return cells.Text(
        f"{loan.due_on:%Y-%m-%d}", "danger.text" if loan.overdue else "text", strong=loan.overdue
    )


def _condition(loan: LoanRow | None) -> str:
    """`借出时完好；归还时左刹车松`."""
    if loan is None:
        return "康复计划里写了，还没有借出"
    lent = f"借出时{loan.condition}" if loan.condition else ""
    back = f"归还时{loan.returned_condition}" if loan.returned_condition else ""
    return "；".join(part for part in (back, lent, loan.note) if part)


def _state(row: AidLine) -> cells.Cell:
    loan = row.loan
    if loan is None:
        return cells.State("未领", Tone.WARN)
    if loan.returned_at is not None:
        return cells.State("已归还", Tone.NEUTRAL)
    if loan.overdue:
        return cells.State("逾期", Tone.DANGER, "" if loan.taught else "待教")
    return cells.State("借出中", Tone.INFO) if loan.taught else cells.State("待教会使用", Tone.ORANGE)
