"""待转医嘱: what doctors changed in the medicines; Enter writes an order, Space says which one, Z takes that back."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.roles import Right
from app.referrals.rounds import SettledLine, ToWrite
from ui.kit import Card, ElidedWords, Foot, RowsTable, StateView
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.referrals.round_columns import write_columns
from ui.style import Role


class RoundOrders(Card):
    """The list, and what is done of it: what waits, and below it what was settled lately."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        zone = view.bench.station.settings.zone
        self.table: RowsTable[ToWrite | SettledLine] = RowsTable(
            write_columns(zone), lambda row: (row.visit, row.words), words="待转医嘱"
        )
        self.state = StateView(self.table)
        self.reopen = GuardedButton(view, Right.HOLD_ROUNDS, "重新待转　Z", icon="undo-2")
        self.settle = GuardedButton(view, Right.HOLD_ROUNDS, "已转、不转　空格", icon="check")
        self.write = GuardedButton(view, Right.READ_RESIDENTS, "转成医嘱 Enter", "primary", icon="pill")
        foot = Foot()
        words = "医师口述或写下的用药调整，开成或转抄成医嘱以前留在这里"
        foot.row.addWidget(ElidedWords(words, Role.HINT, ink="text3"), 1)
        for button in (self.reopen, self.settle, self.write):
            foot.row.addWidget(button)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)
        self.table.on_picked(lambda _row: self._offer())

    @property
    def waiting(self) -> ToWrite | None:
        """The line under the cursor, if it waits."""
        row = self.table.current()
        return row if isinstance(row, ToWrite) else None

    @property
    def settled(self) -> SettledLine | None:
        """The line under the cursor, if it was settled."""
        row = self.table.current()
        return row if isinstance(row, SettledLine) else None

    def show_rows(self, waiting: Sequence[ToWrite], settled: tuple[SettledLine, ...]) -> None:
        before = self.waiting
        rows: tuple[ToWrite | SettledLine, ...] = (*waiting, *settled)
        self.table.set_rows(rows)
        if before is not None and self.waiting is None:
            self.table.pick_first()  # not after the one just settled, to the foot of the list
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty("没有待转的医嘱", "巡诊记录里写了用药调整以后，列在这里，直到开成医嘱。")
        self._offer()

    def _offer(self) -> None:
        """What can be done of the line under the cursor."""
        for button in (self.settle, self.write):
            button.setVisible(self.waiting is not None)
        self.reopen.setVisible(self.settled is not None)
