"""The left side of contracts: everybody in the house, with a contract or without one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.core.roles import Right
from app.referrals.contracts import ContractLine, ContractStand
from app.referrals.rules.validity import Validity
from ui.kit import Card, Column, Foot, RowsTable, SearchField, StateView, Words, cells
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.style import Role, Tone

WIDTH = 388
_EMPTY = {
    "all": ("没有在住的老人", "入住以后会列在这里。"),
    "none": ("都已签约", "没有签约的老人会列在这里。"),
    "behind": ("履约没有落后", "按进度应完成而没有完成的签约会列在这里。"),
    "due": ("没有要续签的", "到期前 30 天、没有约定自动续签的会列在这里。"),
    "key": ("重点人群都已签约", "按年龄、诊断和能力等级判断的重点人群，未签约的会列在这里。"),
}


class ContractList(Card):
    """Search, the list, what signs a new one."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self.search = SearchField("找老人", "姓名、拼音、床位")
        self.table: RowsTable[ContractLine] = RowsTable(
            (Column("老人", _name, least=130), Column("", _state, 112)),
            lambda line: line.resident,
            words="签约",
        )
        self.table.horizontalHeader().hide()
        self.state = StateView(self.table)
        self.count = Words("", Role.HINT)
        self.add = GuardedButton(view, Right.KEEP_CONTRACTS, "签约", icon="plus")
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

    def show_lines(self, lines: tuple[ContractLine, ...], view: str) -> None:
        self.table.set_rows(lines)
        self.count.setText(f"共 {len(lines)} 人" if lines else "")
        if lines:
            self.state.content()
        elif self.search.text().strip():
            self.state.empty("没有找到", "换一个词，或清空搜索。")
        else:
            self.state.empty(*_EMPTY[view])


def tone_of(stand: ContractStand | None) -> Tone:
    """Over red, soon amber; behind amber as well."""
    if stand is None or stand.ended_on is not None:
        return Tone.NEUTRAL
    if stand.due:
        return Tone.DANGER if stand.validity is Validity.OVER else Tone.WARN
    if stand.running:
        return Tone.OK
    return Tone.INFO if stand.validity is Validity.COMING else Tone.NEUTRAL


def _name(line: ContractLine) -> cells.Cell:
    under = " · ".join(part for part in (line.bed or "未安排床位", *line.group_words[:2]) if part)
    return cells.Name(line.name, under, tone_of(line.contract))


def _state(line: ContractLine) -> cells.Cell:
    stand = line.contract
    if stand is None:
        return cells.State("未签约", Tone.ORANGE if line.groups else Tone.NEUTRAL)
    if stand.running and stand.behind and not stand.due:
        return cells.State(f"{len(stand.behind)} 项落后", Tone.WARN)
    return cells.State(stand.state_words, tone_of(stand))
