"""The left side of rounds: planned and held by date, or the changes of medicines that wait, and what is due."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.roles import Right
from app.referrals.rounds import RoundDue, RoundLine, RoundWork
from ui.kit import Card, ChipRow, Foot, RowsTable, StateView, Words
from ui.kit.guarded import GuardedButton
from ui.kit.strip import Strip
from ui.kit.view import View
from ui.referrals.round_columns import round_columns
from ui.style import Role, Tone

ROUNDS, ORDERS = "rounds", "orders"
WIDTH = 372


class RoundList(Card):
    """Chips, what is due, the rounds, what plans one."""

    def __init__(self, view: View, today: date) -> None:
        super().__init__(flush=True)
        zone = view.bench.station.settings.zone
        self.chips = ChipRow(((ROUNDS, "巡诊"), (ORDERS, "待转医嘱")))
        self.due_strip = Strip("calendar", Tone.WARN)
        self.due: RoundDue | None = None
        self.table: RowsTable[RoundLine] = RowsTable(
            round_columns(zone, today), lambda line: line.seen.rid, words="巡诊"
        )
        self.table.horizontalHeader().hide()
        self.state = StateView(self.table)
        self.next = Words("", Role.HINT)
        self.plan = GuardedButton(view, Right.HOLD_ROUNDS, "安排巡诊", "primary", icon="plus")
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(10)
        row = QHBoxLayout()
        row.addWidget(self.chips)
        row.addStretch(1)
        head.addLayout(row)
        head.addWidget(self.due_strip)
        foot = Foot()
        foot.row.addWidget(self.next)
        foot.row.addStretch(1)
        foot.row.addWidget(self.plan)
        self.body.addLayout(head)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)

    def show_rounds(self, lines: tuple[RoundLine, ...], work: RoundWork, today: date) -> None:
        """The list, how many orders wait, and the round that is most urgently to be planned."""
        self.table.set_rows(lines)
        count = len(work.to_write)
        self.chips.say(ORDERS, f"待转医嘱 {count}" if count else "待转医嘱")
        self.due = next((one for one in work.due if one.wants_planning), None)
        if self.due is not None:
            late = self.due.due.words(today) if self.due.last is not None else "还没有巡诊记录"
            words = f"{self.due.partner_name}每 {self.due.every} 天巡诊，{late}，还没有安排"
            self.due_strip.say(words, "安排")
        else:
            self.due_strip.say("")
        coming = next((one for one in work.due if one.due.planned is None and not one.wants_planning), None)
        self.next.setText(f"下次应在 {coming.due.on:%m-%d} 前" if coming is not None else "")
        if lines:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty("还没有巡诊", "按 N 安排医师来院或视频巡诊；平时想问的问题先列入名单。")
