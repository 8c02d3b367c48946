"""The right side of partners: one partner with its facts, and under them agreements, departments, or who comes."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.referrals.partners import PartnerPage
from app.referrals.rules.validity import Validity
from ui.kit import (
    Badge,
    Button,
    ChipRow,
    ElidedWords,
    Fact,
    Foot,
    RowsTable,
    StateView,
    Tag,
    Words,
)
from ui.kit.flow import Flow
from ui.kit.guarded import GuardedButton
from ui.kit.list_and_page import PageHead
from ui.kit.view import View
from ui.referrals.partner_beside import TOP, Side, clear
from ui.referrals.partner_columns import AGREEMENTS, COLUMNS, DEPARTMENTS, DOCTORS, PageLine
from ui.style import Role, Tone

TABS = ((AGREEMENTS, "协议"), (DEPARTMENTS, "科室"), (DOCTORS, "来院医师"))
_EMPTY = {
    AGREEMENTS: ("还没有协议", "按 N 登记合作、绿色通道、巡诊等协议，到期前提醒。"),
    DEPARTMENTS: ("还没有科室", "按 N 添加科室和 24 小时电话，转诊时直接选。"),
    DOCTORS: ("没有来院医师", "按 N 添加来巡诊、会诊的医师。"),
}


class PartnerCard(Side):
    """Facts above, the rows of a tab below."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.page: PartnerPage | None = None
        may = Right.KEEP_PARTNERS
        self.name = ElidedWords("", Role.CARD_TITLE)
        self.level, self.state_badge = Tag(), Badge()
        self.edit = GuardedButton(view, may, "修改", icon="square-pen")
        self.stop = GuardedButton(view, may, "停止合作", "quiet")
        self.facts = {key: Fact(words) for key, words in _FACTS}
        self.able = QWidget()
        self.able_flow = Flow(6)
        self.able.setLayout(self.able_flow)
        self.note = Words("", Role.HINT, wrap=True)
        self.chips = ChipRow(TABS)
        self.table: RowsTable[PageLine] = RowsTable(COLUMNS[AGREEMENTS], lambda line: line.key, words="协议")
        self.state = StateView(self.table)
        self.add = GuardedButton(view, may, "新增", "primary", icon="plus")
        self.renew = GuardedButton(view, may, "续签", icon="refresh-cw")
        self.correct = GuardedButton(view, may, "更正", icon="square-pen")
        self.end = GuardedButton(view, may, "终止", "quiet")
        self.paper = Button("看扫描件", "quiet", icon="eye")
        self.table.on_picked(self._note_paper)
        self._lay_out()

    def show_page(self, page: PartnerPage) -> None:
        """One partner; the tab stays."""
        self.page = page
        form = page.form
        self.name.setText(form.name)
        self.level.say(form.level or page.kind, Tone.NEUTRAL)
        self._say_state(page)
        way = " · ".join(
            part
            for part in (
                f"{form.km:g} km" if form.km is not None else "",
                f"约 {form.minutes} 分钟" if form.minutes is not None else "",
            )
            if part
        )
        said = {"phone": form.phone, "way": way, "address": form.address, "code": form.code}
        said["sent"] = f"{page.sent} 次" if page.sent else "还没有"
        for key, value in said.items():
            self.facts[key].say(value)
        self._show_able(page)
        self.note.setText(form.note)
        self.note.setVisible(bool(form.note))
        self.stop.say("恢复合作" if page.ended_on else "停止合作")
        self.show_tab()

    def show_tab(self) -> None:
        """The rows of the tab that is chosen."""
        page, tab = self.page, self.chips.key
        if page is None:
            return
        counts = (len(page.agreements), len(page.departments), len(page.doctors))
        for (key, words), count in zip(TABS, counts, strict=True):
            self.chips.say(key, f"{words} {count}" if count else words)
        self.table.set_columns(COLUMNS[tab])
        rows = _rows(page, tab)
        self.table.set_rows(rows)
        self.renew.setVisible(tab == AGREEMENTS)
        self.correct.say("更正" if tab == AGREEMENTS else "修改")
        self.end.say({AGREEMENTS: "终止", DEPARTMENTS: "去掉", DOCTORS: "不再来"}[tab])
        for button in (self.renew, self.correct, self.end):
            button.setEnabled(bool(rows) and button.may)
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty(*_EMPTY[tab])
        self._note_paper(self.table.current())

    def _say_state(self, page: PartnerPage) -> None:
        due = [one.stands.validity for one in page.agreements if one.stands.due]
        if page.ended_on is not None:
            said, tone = f"{page.ended_on:%Y-%m-%d} 停止合作", Tone.NEUTRAL
        elif due:
            over = due.count(Validity.OVER)
            said, tone = (f"{over} 份协议过期", Tone.DANGER) if over else ("协议即将到期", Tone.WARN)
        else:
            green = any(one.green and one.stands.validity.holds for one in page.agreements)
            said, tone = "绿色通道" if green else "", Tone.OK
        self.state_badge.say(said, tone)
        self.state_badge.setVisible(bool(said))

    def _note_paper(self, line: PageLine | None) -> None:
        agreed = line.agreement if line is not None else None
        self.paper.setVisible(agreed is not None and bool(agreed.form.paper))

    def _show_able(self, page: PartnerPage) -> None:
        clear(self.able_flow)
        for words in page.capabilities or ("收治能力未登记",):
            self.able_flow.addWidget(Tag(words, Tone.INFO if page.capabilities else Tone.NEUTRAL))

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 12)
        top.setSpacing(12)
        head = PageHead((self.name,), (self.level, self.state_badge, self.stop, self.edit))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for place, key in enumerate(("phone", "way", "sent", "code")):
            grid.addWidget(self.facts[key], 0, place, TOP)
        grid.addWidget(self.facts["address"], 1, 0, 1, 4)
        for column, stretch in enumerate((3, 3, 2, 3)):
            grid.setColumnStretch(column, stretch)
        top.addWidget(head)
        top.addLayout(grid)
        top.addWidget(self.able)
        top.addWidget(self.note)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 4, 16, 10)
        tabs.addWidget(self.chips, 1)
        foot = Foot()
        foot.row.addWidget(self.paper)
        foot.row.addStretch(1)
        for button in (self.end, self.correct, self.renew, self.add):
            foot.row.addWidget(button)
        self.body.addLayout(top)
        self.body.addLayout(tabs)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)


_FACTS = (
    ("phone", "24 小时电话"),
    ("way", "路程"),
    ("address", "地址"),
    ("code", "机构代码"),
    ("sent", "转诊"),
)


def _rows(page: PartnerPage, tab: str) -> tuple[PageLine, ...]:
    if tab == AGREEMENTS:
        return tuple(PageLine(agreement=one) for one in page.agreements)
    if tab == DEPARTMENTS:
        return tuple(PageLine(department=one, place=place) for place, one in enumerate(page.departments))
    return tuple(PageLine(doctor=one) for one in page.doctors)
