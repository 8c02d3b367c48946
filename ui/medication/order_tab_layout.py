"""The pieces of the tab 用药 and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit import Button, Card, Chip, Foot, StateView, Words
from ui.medication.order_columns import findings_words
from ui.medication.standing_findings import StandingLine
from ui.style import Role

if TYPE_CHECKING:
    from app.medication.queries.order_lists import ResidentOrders
    from app.medication.queries.order_rows import OrderRow


class TabPieces:
    """Made once for the tab."""

    def __init__(self) -> None:
        self.count = Words("", Role.HINT)
        self.over = Chip("显示已结束", checked=True)
        self.standing = StandingLine()
        self.said = Words("", Role.HINT, wrap=True)
        self.new = Button("开医嘱", "primary", icon="plus")
        self.change = Button("改", "plain", icon="square-pen")
        self.stop = Button("停止", "plain")
        self.check = Button("核对", "plain", icon="check")
        self.month = Button("月表", "quiet", icon="calendar")
        self.sheet = Button("医嘱单", "quiet", icon="printer")

    def show_orders(self, orders: ResidentOrders) -> None:
        """How many run, and what waits."""
        waiting = sum(row.status == "issued" for row in orders.running)
        unsigned = sum(row.unsigned_by is not None for row in orders.rows)
        parts = [f"在用 {len(orders.running)} 条"]
        parts += [f"{waiting} 条待核对"] if waiting else []
        parts += [f"{unsigned} 条待医师签"] if unsigned else []
        self.count.say("，".join(parts), "warn" if waiting or unsigned else "")

    def show_current(self, zone: str, row: OrderRow | None) -> None:
        """Whatever the row has no room for."""
        del zone
        if row is None:
            self.said.setText("")
            return
        parts = (
            f"{row.number} {row.kind_words}",
            f"指征：{row.indication}" if row.indication else "",
            f"嘱托：{row.note}" if row.note else "",
            row.verbal,
            " ".join(part for part in (row.origin, row.hospital) if part),
            findings_words(row),
        )
        self.said.setText("　".join(part for part in parts if part))


def lay_out(tab: QWidget, pieces: TabPieces, state: StateView) -> None:
    card = Card(flush=True)
    head = QHBoxLayout()
    head.setContentsMargins(20, 12, 20, 10)
    head.setSpacing(12)
    head.addWidget(pieces.count)
    head.addStretch(1)
    head.addWidget(pieces.over)
    head.addWidget(pieces.month)
    head.addWidget(pieces.sheet)
    card.body.addLayout(head)
    found = QHBoxLayout()
    found.setContentsMargins(20, 0, 8, 0)
    found.addWidget(pieces.standing)
    card.body.addLayout(found)
    card.body.addWidget(state, 1)
    foot = Foot()
    foot.row.addWidget(pieces.said, 1)
    for button in (pieces.check, pieces.stop, pieces.change, pieces.new):
        foot.row.addWidget(button)
    card.body.addWidget(foot)
    box = QVBoxLayout(tab)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(card)
