"""The pieces of the view 处方: the lists, the whole of the current one at the right, and the acts below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.medication.prescriptions import EXTENDED, FREE, LONG, PrescriptionRow, RxSheet
from ui.kit import Button, Card, ChipRow, Foot, RowsTable, StateView, Words
from ui.kit.guarded import GuardedButton
from ui.kit.stack import Stack
from ui.kit.view import View
from ui.medication.rx_columns import free_columns, running_columns
from ui.medication.rx_detail import RxPanel
from ui.medication.sections import Sections
from ui.style import Role, look

ENDING, OVER = "ending", "over"
LISTS = (
    (ENDING, "即将到期"),
    (LONG, "长期处方"),
    (EXTENDED, "延伸处方"),
    (FREE, "免费基本药物"),
    (OVER, "已结束"),
)
_NEW = "按 N 开长期处方，E 登记延伸处方，F 发免费药。"
EMPTY = {
    ENDING: ("一周内没有到期的处方", "长期和延伸处方到期前一周列在这里；续方后自动离开。"),
    LONG: ("没有在用的长期处方", _NEW),
    EXTENDED: ("没有在用的延伸处方", _NEW),
    FREE: ("这个月没有发放免费基本药物", "按 F 登记；按 [ ] 看别的月份。"),
    OVER: ("没有已结束的处方", "提前结束的处方列在这里，内容保留。"),
}


class RxPieces:
    """Made once for the view."""

    def __init__(self, view: View) -> None:
        self.chips = ChipRow(LISTS)
        self.only = Button("看全部老人", "link", icon="x")
        self.who = Words("", Role.HINT)
        self.tables: dict[str, RowsTable[PrescriptionRow]] = {
            key: RowsTable(
                free_columns() if key == FREE else running_columns(), lambda row: row.seen.rid, words=words
            )
            for key, words in LISTS
        }
        self.pages = Stack()
        for table in self.tables.values():
            self.pages.add(table)
        self.state = StateView(self.pages)
        self.panel = RxPanel()
        may = Right.ORDER_MEDICINES
        self.long = GuardedButton(view, may, "长期处方", "primary", icon="plus")
        self.extended = GuardedButton(view, may, "延伸处方", icon="plus")
        self.free = GuardedButton(view, may, "免费药", icon="plus")
        self.renew = GuardedButton(view, may, "续方", icon="copy")
        self.hand = GuardedButton(view, Right.KEEP_STOCK, "领取", icon="check")
        self.end = GuardedButton(view, may, "结束", icon="circle-x")
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印月清单", icon="printer")
        for button, key in (
            (self.long, "N"),
            (self.extended, "E"),
            (self.free, "F"),
            (self.renew, "R"),
            (self.hand, "H"),
            (self.end, "X"),
            (self.print, "P"),
        ):
            button.setToolTip(button.toolTip() or key)

    def show_sheet(self, sheet: RxSheet) -> None:
        """Every list, and how many are in each."""
        lists = {
            ENDING: sheet.ending,
            LONG: sheet.long,
            EXTENDED: sheet.extended,
            FREE: sheet.free,
            OVER: sheet.over,
        }
        for key, words in LISTS:
            self.tables[key].set_rows(lists[key])
            month = f" {sheet.month:%Y-%m}" if key == FREE else ""
            self.chips.say(key, f"{words}{month} {len(lists[key])}")
        self.pages.show_page(self.tables[self.chips.key])

    def show_current(self, row: PrescriptionRow | None) -> None:
        """The whole of it at the right, and what may be done about it."""
        self.panel.facts.show_row(row)
        self.renew.setVisible(row is not None)
        self.end.setVisible(row is not None and not row.ended)
        self.end.say("作废" if row is not None and row.what == FREE else "结束")
        self.hand.setVisible(row is not None and row.what == EXTENDED and not row.ended)
        self.print.setVisible(self.chips.key == FREE)

    def show_only(self, name: str) -> None:
        """Whose prescriptions alone are shown."""
        self.who.setText(f"只看{name}" if name else "")
        for piece in (self.who, self.only):
            piece.setVisible(bool(name))


def lay_out(view: View, pieces: RxPieces) -> None:
    card = Card(flush=True)
    head = QVBoxLayout()
    head.setContentsMargins(16, 14, 16, 10)
    head.setSpacing(6)
    head.addWidget(pieces.chips)
    only = QHBoxLayout()
    only.setSpacing(12)
    only.addWidget(pieces.who)
    only.addWidget(pieces.only)
    only.addStretch(1)
    head.addLayout(only)
    card.body.addLayout(head)
    card.body.addWidget(pieces.state, 1)
    foot = Foot()
    for button in (pieces.long, pieces.extended, pieces.free):
        foot.row.addWidget(button)
    foot.row.addStretch(1)
    for button in (pieces.print, pieces.hand, pieces.renew, pieces.end):
        foot.row.addWidget(button)
    card.body.addWidget(foot)
    card.setMinimumHeight(look.sp(320))
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(20)
    row.addWidget(card, 1)
    row.addWidget(pieces.panel)
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(16)
    box.addWidget(Sections(view, "prescriptions"))
    box.addWidget(both, 1)
    pieces.show_only("")
    pieces.show_current(None)
