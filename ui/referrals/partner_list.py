"""The left side of partners: who we work with, or the station's own papers, with what runs out."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from app.core.roles import Right
from app.referrals.partners import LicenceRow, PartnerLine, Stands
from app.referrals.rules.validity import Validity
from ui.kit import Card, ChipRow, Column, Foot, RowsTable, SearchField, StateView, Words, cells
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.style import Role, Tone

PARTNERS, LICENCES = "partners", "licences"
WIDTH = 388
_ICONS = {"医院": "building-2", "社区卫生服务中心": "house", "急救中心": "ambulance"}


@dataclass(frozen=True)
class ListLine:
    """One of the two."""

    partner: PartnerLine | None = None
    licence: LicenceRow | None = None

    @property
    def key(self) -> Hashable:
        if self.partner is not None:
            return self.partner.rid
        return self.licence.seen.rid if self.licence is not None else None


class PartnerList(Card):
    """Chips, search, the list, what adds to it."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self.chips = ChipRow(((PARTNERS, "协作机构"), (LICENCES, "本站备案")))
        self.search = SearchField("查找协作机构或证照", "名称、拼音首字母、科室")
        self.table: RowsTable[ListLine] = RowsTable(
            (Column("机构", _what, least=130), Column("", _state, 104)),
            lambda line: line.key,
            words="协作机构",
        )
        self.table.horizontalHeader().hide()
        self.state = StateView(self.table)
        self.count = Words("", Role.HINT)
        self.add = GuardedButton(view, Right.KEEP_PARTNERS, "新增机构", icon="plus")
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 8)
        head.addWidget(self.chips)
        head.addStretch(1)
        find = QHBoxLayout()
        find.setContentsMargins(16, 0, 16, 10)
        find.addWidget(self.search)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(self.add)
        self.body.addLayout(head)
        self.body.addLayout(find)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)

    def say_due(self, licences: int) -> None:
        """How many papers of the station want care."""
        self.chips.say(LICENCES, f"本站备案 {licences}" if licences else "本站备案")

    def show_partners(self, lines: tuple[PartnerLine, ...]) -> None:
        self.search.setPlaceholderText("名称、拼音首字母、科室")
        self.table.set_rows(tuple(ListLine(partner=one) for one in lines))
        running = sum(not one.ended for one in lines)
        self.count.setText(f"合作中 {running} 家" if lines else "")
        self.add.say("新增机构")
        self._show(lines, "没有协作机构", "按 N 新增转诊去的医院、社区卫生服务中心；也登记 120。")

    def show_licences(self, rows: tuple[LicenceRow, ...]) -> None:
        """Those the search fits."""
        self.search.setPlaceholderText("证照、编号、发证机关")
        said = self.search.text().strip()
        found = [
            one for one in rows if said in one.words or said in one.form.number or said in one.form.authority
        ]
        self.table.set_rows(tuple(ListLine(licence=one) for one in found))
        self.count.setText(f"共 {len(rows)} 份" if rows else "")
        self.add.say("登记证照")
        self._show(found, "没有登记证照", "按 N 登记备案、执业许可等，到期前会提醒。")

    def _show(self, found: object, words: str, how: str) -> None:
        if found:
            self.state.content()
        elif self.search.text().strip():
            self.state.empty("没有找到", "换一个词，或清空搜索。")
        else:
            self.state.empty(words, how, (self.add.text().strip(), self.add.ask))


def tone_of(stands: Stands) -> Tone:
    """Expired red, soon amber, in words beside."""
    if stands.validity is Validity.OVER and not stands.renewed:
        return Tone.DANGER
    if stands.validity is Validity.SOON and not stands.renewed:
        return Tone.WARN
    if stands.validity in (Validity.VALID, Validity.SOON):
        return Tone.OK
    return Tone.INFO if stands.validity is Validity.COMING else Tone.NEUTRAL


def _what(line: ListLine) -> cells.Cell:
    if (one := line.partner) is not None:
        under = " · ".join(part for part in (one.level or one.kind, one.way) if part)
        tone = Tone.NEUTRAL if one.ended else Tone.OK if one.green else Tone.INFO
        return cells.What(
            one.name, under, _ICONS.get(one.kind, "building-2"), tone, ink="text3" if one.ended else "text"
        )
    if (row := line.licence) is None:
        return cells.Text("")
    due = row.stands.days if row.stands.due else f"至 {row.form.expires}" if row.form.expires else "长期有效"
    ink = f"{tone_of(row.stands)}.text" if row.stands.due else "text3"
    return cells.What(row.words, due, "id-card", tone_of(row.stands), under_ink=ink)


def _state(line: ListLine) -> cells.Cell:
    if line.licence is not None:
        stands = line.licence.stands
        return cells.State(stands.words, tone_of(stands))
    return cells.Text("") if line.partner is None else _partner_state(line.partner)


def _partner_state(row: PartnerLine) -> cells.Cell:
    if row.ended:
        return cells.State("已停止", Tone.NEUTRAL)
    if row.over:
        return cells.State(f"{row.over} 份过期", Tone.DANGER)
    if row.due:
        return cells.State("即将到期", Tone.WARN)
    if row.green:
        return cells.State("绿色通道", Tone.OK)
    return cells.Text("" if row.running else "无协议", "text3")
