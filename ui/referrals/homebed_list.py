"""The left side of home beds: who has one or asked for one, late rounds first."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.core.roles import Right
from app.referrals.home_beds import HomeBedLine
from app.referrals.rules.validity import Validity
from ui.kit import Card, Column, Foot, RowsTable, SearchField, StateView, Words, cells
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.style import Role, Tone

WIDTH = 388
EMPTY = {
    "running": ("没有家庭病床", "按 N 申请建床；住在院内床位的老人也可以建。"),
    "applied": ("没有待评估的申请", "申请以后、还没有评估的会列在这里。"),
    "late": ("查床没有迟的", "过了应查床日期还没有查床的会列在这里。"),
    "ending": ("没有将到期的", "周期将满、要续床或撤床的会列在这里。"),
    "over": ("没有撤床的", "撤床和评估后未建床的会列在这里。"),
}


class HomeBedList(Card):
    """Search, the list, what applies for another one."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self.search = SearchField("找老人", "姓名、拼音、床位")
        self.table: RowsTable[HomeBedLine] = RowsTable(
            (Column("老人", _name, least=130), Column("", _state, 122)),
            lambda line: line.seen.rid,
            words="家庭病床",
        )
        self.table.horizontalHeader().hide()
        self.state = StateView(self.table)
        self.count = Words("", Role.HINT)
        self.add = GuardedButton(view, Right.KEEP_CONTRACTS, "申请建床", icon="plus")
        find = QHBoxLayout()
        find.setContentsMargins(16, 14, 16, 10)
        find.addWidget(self.search)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(self.add)
        self.body.addLayout(find)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)

    def show_lines(self, lines: tuple[HomeBedLine, ...], view: str) -> None:
        self.table.set_rows(lines)
        self.count.setText(f"共 {len(lines)} 张" if lines else "")
        if lines:
            self.state.content()
        elif self.search.text().strip():
            self.state.empty("没有找到", "换一个词，或清空搜索。")
        else:
            self.state.empty(*EMPTY[view])


def state_of(line: HomeBedLine) -> tuple[str, Tone]:
    """What is to be seen to first, in words and tone."""
    if line.late and line.due is not None:
        return f"查床迟 {line.due.late} 天", Tone.DANGER
    if line.status == "applied":
        return "待评估", Tone.WARN
    if line.ends_soon:
        over = line.validity is Validity.OVER
        return ("周期已满", Tone.DANGER) if over else ("将到期", Tone.WARN)
    if line.status == "open":
        return ("住院中", Tone.INFO) if line.away == "hospital" else ("建床中", Tone.OK)
    return line.state_words, Tone.NEUTRAL


def _name(line: HomeBedLine) -> cells.Cell:
    under = " · ".join(part for part in (line.bed or "不在院内床位", line.number) if part)
    return cells.Name(line.name, under, state_of(line)[1])


def _state(line: HomeBedLine) -> cells.Cell:
    return cells.State(*state_of(line))
