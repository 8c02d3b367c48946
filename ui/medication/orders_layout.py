"""The pieces of the view 医嘱: five lists, what the current row says whole, and the acts below."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from app.medication.orders.skin_tests import POSITIVE, RESULTS
from app.medication.queries.order_floor import ReviewRow, WorkRow
from app.medication.queries.order_work import EndingRow, OrderWorkSheet, SkinRow
from ui.kit import Button, Card, ChipRow, Column, Foot, RowsTable, StateView, Words, cells
from ui.kit.stack import Stack
from ui.kit.view import View
from ui.medication.order_columns import confirm_words, findings_words, moment, sign_columns, work_columns
from ui.medication.sections import Sections
from ui.style import Role, Tone, look

CHECK, SIGN, ENDING, SKIN, REVIEW = "check", "sign", "ending", "skin", "review"
LISTS = ((CHECK, "待核对"), (SIGN, "待医师签"), (ENDING, "即将到期"), (SKIN, "皮试"), (REVIEW, "总查对"))
EMPTY = {
    CHECK: ("没有待核对的医嘱", "医生开立或护士转抄的医嘱会列在这里，由另一位护士核对后才执行。"),
    SIGN: ("没有待医师签名的医嘱", "护士转抄的和抢救时口头的医嘱会列在这里，过了时限变红。"),
    ENDING: ("七天内没有到期的医嘱", "疗程快完的医嘱和快到期的处方会列在这里。"),
    SKIN: ("没有要做或要判读的皮试", "需要皮试的药开立后列在这里；做后到时间由两人判读。"),
    REVIEW: ("还没有在住的老人", "有老人入住后，这里按楼层列出每周总查对。"),
}
_ACTS = {
    CHECK: ("核对这一条", "check", "空格 核对　Ctrl+Enter 这位老人全部　O 打开用药"),
    SIGN: ("医师签名", "square-pen", "空格 选中　Ctrl+Enter 签名选中的　O 打开用药"),
    ENDING: ("打开用药", "pill", "Enter 打开用药　N 续开"),
    SKIN: ("做皮试或判读", "syringe", "Enter 做皮试或判读　X 作废　O 打开用药"),
    REVIEW: ("开始总查对", "list-checks", "Enter 逐条查对，两人签名"),
}


class WorkPieces:
    """Made once for the view."""

    def __init__(self, zone: str, marked: set[object]) -> None:
        self._zone = zone
        self.chips = ChipRow(LISTS)
        self.tables: dict[str, RowsTable[Any]] = {
            CHECK: RowsTable(work_columns(zone), _order_key, words="待核对的医嘱"),
            SIGN: RowsTable(sign_columns(zone, marked), _order_key, words="待医师签的医嘱"),
            ENDING: RowsTable(_ENDING, lambda row: row.key, words="即将到期"),
            SKIN: RowsTable(_skin_columns(zone), lambda row: row.key, words="皮试"),
            REVIEW: RowsTable(_REVIEWS, lambda row: row.floor.rid, words="总查对"),
        }
        self.pages = Stack()
        for table in self.tables.values():
            self.pages.add(table)
        self.state = StateView(self.pages)
        self.said = Words("", Role.BODY, wrap=True)
        self.warned = Words("", Role.BODY, ink="orange", wrap=True)
        self.hint = Words("", Role.HINT)
        self.main = Button("", "primary")
        self.whole = Button("这位老人全部核对", "plain", icon="list-checks")
        self.retract = Button("作废皮试", "plain", icon="x")

    def show_work(self, work: OrderWorkSheet) -> None:
        """Every list, and how much is in each."""
        lists = {
            CHECK: work.to_check,
            SIGN: work.to_sign,
            ENDING: work.ending,
            SKIN: (*work.skin_tests, *work.read_tests),
            REVIEW: work.reviews,
        }
        counts = {REVIEW: sum(one.overdue for one in work.reviews), SKIN: len(work.skin_tests)}
        for key, words in LISTS:
            self.tables[key].set_rows(lists[key])
            count = counts.get(key, len(lists[key]))
            late = f"，{work.late} 逾期" if key == SIGN and work.late else ""
            self.chips.say(key, f"{words} {count}{late}" if count else words)
        key = self.chips.key
        self.pages.show_page(self.tables[key])
        words, icon, hint = _ACTS[key]
        self.main.say(words)
        self.main.show_icon(icon)
        self.hint.setText(hint)
        self.main.setEnabled(bool(lists[key]))
        self.whole.setVisible(key == CHECK and bool(lists[key]))
        self.retract.setVisible(key == SKIN and bool(lists[key]))

    def show_current(self, row: Any) -> None:
        """The row whole, as it is to be checked: nothing of it is cut short."""
        said = warned = ""
        if isinstance(row, WorkRow):
            said = f"{row.person.name}　{row.person.under}　{confirm_words(self._zone, row.order)}"
            parts = (row.person.allergy_words, findings_words(row.order))
            warned = "；".join(part for part in parts if part)
        elif isinstance(row, SkinRow):
            said, warned = f"{row.person.name}　{row.person.under}　{row.words}", row.person.allergy_words
            said += f"　{RESULTS[row.result]} {row.size}".rstrip() if row.result else ""
        self.retract.setEnabled(isinstance(row, SkinRow) and row.test is not None)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.warned.setText(warned)
        self.warned.setVisible(bool(warned))


def lay_out(view: View, pieces: WorkPieces) -> None:
    card = Card(flush=True)
    head = QVBoxLayout()
    head.setContentsMargins(16, 14, 16, 10)
    head.addWidget(pieces.chips)
    card.body.addLayout(head)
    card.body.addWidget(pieces.state, 1)
    whole = QVBoxLayout()
    whole.setContentsMargins(20, 10, 20, 10)
    whole.setSpacing(4)
    whole.addWidget(pieces.said)
    whole.addWidget(pieces.warned)
    card.body.addLayout(whole)
    foot = Foot()
    foot.row.addWidget(pieces.hint)
    foot.row.addStretch(1)
    foot.row.addWidget(pieces.retract)
    foot.row.addWidget(pieces.whole)
    foot.row.addWidget(pieces.main)
    card.body.addWidget(foot)
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(16)
    box.addWidget(Sections(view, "orders"))
    box.addWidget(card, 1)
    card.setMinimumHeight(look.sp(320))


def _order_key(row: WorkRow) -> object:
    return row.order.seen.rid


def _skin_columns(zone: str) -> tuple[Column[SkinRow], ...]:
    def state(row: SkinRow) -> cells.Cell:
        if row.test is None:
            return cells.State("待做皮试", Tone.WARN)
        if row.result:
            return cells.State(RESULTS[row.result], Tone.DANGER if row.result == POSITIVE else Tone.OK)
        if row.ready:
            return cells.State("可以判读", Tone.ORANGE)
        return cells.State(f"{moment(zone, row.read_from)[6:]} 判读", Tone.INFO)

    return (
        Column("老人", lambda row: cells.Name(row.person.name, row.person.under), least=170),
        Column("药品", lambda row: cells.Text(row.words, "text"), 240),
        Column("批号", lambda row: cells.Text(row.lot or "—"), 130, 2),
        Column("做皮试", lambda row: cells.Text(moment(zone, row.made_at) or "—"), 120, 1),
        Column("状态", state, 150),
    )


def _ends(row: EndingRow) -> cells.Cell:
    return cells.Text(f"{row.ends:%m-%d}", "text", strong=True)


def _due(row: ReviewRow) -> cells.Cell:
    if row.last_on is None:
        return cells.State("还没做过", Tone.WARN)
    return cells.State(
        "已过期" if row.overdue else f"{row.due_on:%m-%d} 前", Tone.DANGER if row.overdue else Tone.OK
    )


def _result(row: ReviewRow) -> str:
    if row.last_on is None:
        return "—"
    return f"{row.orders} 条，{row.found} 条有问题" if row.found else f"{row.orders} 条，全部相符"


_ENDING: tuple[Column[EndingRow], ...] = (
    Column("老人", lambda row: cells.Name(row.person.name, row.person.under), 190),
    Column("什么", lambda row: cells.Text(row.what), 100, 1),
    Column("内容", lambda row: cells.What(row.words, row.order.asks if row.order else "", "pill"), least=240),
    Column("到期", _ends, 90),
)
_REVIEWS: tuple[Column[ReviewRow], ...] = (
    Column("楼层", lambda row: cells.Text(row.floor.words, "text", strong=True), least=140),
    Column("上次", lambda row: cells.Text(f"{row.last_on:%Y-%m-%d}" if row.last_on else "—"), 120),
    Column("两人", lambda row: cells.Text(row.by or "—"), 180, 2),
    Column("结果", lambda row: cells.Text(_result(row)), 200, 1),
    Column("下次", _due, 140),
)
