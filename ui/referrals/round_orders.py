"""待转医嘱: what doctors changed in the medicines and nobody wrote as an order; Enter writes, Space says which one."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.roles import Right
from app.referrals.rounds import ToWrite
from ui.kit import Card, ElidedWords, Foot, RowsTable, StateView
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.referrals.round_columns import write_columns
from ui.style import Role


class RoundOrders(Card):
    """The list, and what is done of it."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        zone = view.bench.station.settings.zone
        self.table: RowsTable[ToWrite] = RowsTable(
            write_columns(zone), lambda row: (row.visit, row.words), words="待转医嘱"
        )
        self.state = StateView(self.table)
        self.settle = GuardedButton(view, Right.HOLD_ROUNDS, "已转、不转　空格", icon="check")
        self.write = GuardedButton(view, Right.READ_RESIDENTS, "转成医嘱 Enter", "primary", icon="pill")
        foot = Foot()
        words = "医师口述或写下的用药调整，开成或转抄成医嘱以前留在这里"
        foot.row.addWidget(ElidedWords(words, Role.HINT, ink="text3"), 1)
        foot.row.addWidget(self.settle)
        foot.row.addWidget(self.write)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)

    def show_rows(self, rows: Sequence[ToWrite]) -> None:
        self.table.set_rows(rows)
        self.settle.setVisible(bool(rows))
        self.write.setVisible(bool(rows))
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty("没有待转的医嘱", "巡诊记录里写了用药调整以后，列在这里，直到开成医嘱。")
