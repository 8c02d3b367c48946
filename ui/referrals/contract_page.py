"""The right side of contracts: one resident's, with team, term and signer, and under them services and deliveries."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.core.strokes import strokes_of
from app.referrals.contracts import ContractPage
from app.referrals.contracts.fields import SCORES
from app.referrals.contracts.lists import lists
from ui.kit import Badge, ChipRow, ElidedWords, Fact, Foot, RowsTable, StateView, Tag, Words
from ui.kit.flow import Flow
from ui.kit.guarded import GuardedButton
from ui.kit.list_and_page import PageHead
from ui.kit.sign_pad import SignatureView
from ui.kit.view import View
from ui.referrals.contract_columns import DELIVERED, OTHERS, SERVICES, TABS, Line, columns
from ui.referrals.contract_list import tone_of
from ui.referrals.partner_beside import TOP, Side, clear
from ui.style import Role, Tone

_FACTS = (
    ("doctor", "家庭医生"), ("package", "服务包"), ("term", "有效期"), ("signer", "签约人"), ("team", "团队"),
    ("partner", "签约机构"), ("score", "满意度"),
)  # fmt: skip
_EMPTY = {
    SERVICES: ("还没有生效", "签约生效以后，服务项目和进度会列在这里。"),
    DELIVERED: ("还没有履约记录", "在“服务项目”里选中一项，按空格登记。"),
    OTHERS: ("没有其他签约", "以前的和续签的签约会列在这里。"),
}


class ContractCard(Side):
    """Facts above, the rows of a tab below."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.page: ContractPage | None = None
        self._columns = columns(view.bench.station.settings.zone)
        may = Right.KEEP_CONTRACTS
        self.name, self.number = ElidedWords("", Role.CARD_TITLE), Words("", Role.HINT)
        self.badge, self.days = Badge(), Words("", Role.HINT)
        self.rate = GuardedButton(view, may, "满意度", "quiet")
        self.stop = GuardedButton(view, may, "解约", "quiet")
        self.correct = GuardedButton(view, may, "更正", icon="square-pen")
        self.facts = {key: Fact(words) for key, words in _FACTS}
        self.drawn = QHBoxLayout()
        self.groups = QWidget()
        self.flow = Flow(6)
        self.groups.setLayout(self.flow)
        self.chips = ChipRow(TABS)
        self.table: RowsTable[Line] = RowsTable(
            self._columns[SERVICES], lambda line: line.key, words="签约内容"
        )
        self.state = StateView(self.table)
        self.hint = Words("", Role.HINT)
        self.retract = GuardedButton(view, may, "撤销记录", "quiet")
        self.renew = GuardedButton(view, may, "续签", icon="refresh-cw")
        self.deliver = GuardedButton(view, may, "登记履约", "primary", icon="check")
        self._lay_out()

    def show_page(self, page: ContractPage) -> None:
        """One resident's contract; the tab stays."""
        self.page = page
        stand, form = page.stand, page.form
        if stand is None or form is None:
            return
        self.name.setText(page.name)
        self.number.setText(f"{page.bed or '未安排床位'}　{stand.number}")
        self.badge.say(stand.state_words, tone_of(stand))
        ended = f"{stand.ended_on:%Y-%m-%d}" if stand.ended_on else ""
        self.days.say(ended or ("到期自动续签" if stand.renews else stand.days), "text2")
        fee = form.fee
        team = "、".join(f"{one.role} {one.name}" for one in form.team)
        said = {
            "doctor": " ".join(part for part in (form.doctor_name, form.doctor_phone) if part),
            "package": f"{stand.package} · {fee.whole:g} 元/年（自付 {fee.own:g}）",
            "term": f"{stand.begins} 至 {stand.ends}",
            "signer": f"{form.signer.name}（{form.signer.relation}）",
            "team": team,
            "partner": form.partner_words or "本站",
            "score": SCORES.get(stand.satisfaction or 0, ""),
        }
        for key, value in said.items():
            self.facts[key].say(value)
        self._show_groups(form.groups)
        self._show_drawn(page)
        self.stop.say("恢复" if stand.ended_on else "解约")
        self.show_tab()

    def show_tab(self) -> None:
        """The rows of the tab that is chosen."""
        page, tab = self.page, self.chips.key
        if page is None or page.stand is None:
            return
        counts = {DELIVERED: len(page.delivered), OTHERS: len(page.others)}
        for key, words in TABS:
            self.chips.say(key, f"{words} {counts[key]}" if counts.get(key) else words)
        self.table.set_columns(self._columns[tab])
        rows = self._rows(page, tab)
        self.table.set_rows(rows)
        self.retract.setVisible(tab == DELIVERED)
        stand = page.stand
        self.hint.setText(
            f"本年度 {stand.year.begins:%Y-%m-%d} 至 {stand.year.ends:%Y-%m-%d}　{stand.done} / {stand.owed} 次"
            if tab == SERVICES and stand.owed
            else ""
        )
        if not rows:
            self.state.empty(*_EMPTY[tab])
            return
        self.state.content()
        if self.table.current() is None:
            self.table.pick_first()

    @staticmethod
    def _rows(page: ContractPage, tab: str) -> tuple[Line, ...]:
        if tab == SERVICES:
            services = page.stand.services if page.stand is not None else ()
            return tuple(
                Line(service=one) for one in sorted(services, key=lambda one: not one.progress.course.behind)
            )
        if tab == DELIVERED:
            return tuple(Line(delivered=one) for one in page.delivered)
        return tuple(Line(other=one) for one in page.others)

    def _show_groups(self, groups: tuple[str, ...]) -> None:
        clear(self.flow)
        known = lists().groups
        for code in groups:
            self.flow.addWidget(Tag(known[code].words if code in known else code, Tone.INFO))
        self.groups.setVisible(bool(groups))

    def _show_drawn(self, page: ContractPage) -> None:
        clear(self.drawn)
        drawn = page.form.signer.drawn if page.form is not None else {}
        if drawn:
            self.drawn.addWidget(SignatureView(strokes_of(drawn), 96))
            self.drawn.addStretch(1)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 12)
        top.setSpacing(12)
        acts = (self.days, self.badge, self.rate, self.stop, self.correct)
        head = PageHead((self.name, self.number), acts)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for place, (key, _words) in enumerate(_FACTS[:4]):
            grid.addWidget(self.facts[key], 0, place, TOP)
        grid.addWidget(self.facts["team"], 1, 0, 1, 2, TOP)
        grid.addWidget(self.facts["partner"], 1, 2, TOP)
        grid.addWidget(self.facts["score"], 1, 3, TOP)
        for column, stretch in enumerate((3, 4, 4, 3)):
            grid.setColumnStretch(column, stretch)
        tags = QHBoxLayout()
        tags.addWidget(self.groups, 1)
        tags.addLayout(self.drawn)
        top.addWidget(head)
        top.addLayout(grid)
        top.addLayout(tags)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 4, 16, 10)
        tabs.addWidget(self.chips, 1)
        tabs.addWidget(self.hint)
        foot = Foot()
        foot.row.addWidget(self.retract)
        foot.row.addStretch(1)
        foot.row.addWidget(self.renew)
        foot.row.addWidget(self.deliver)
        self.body.addLayout(top)
        self.body.addLayout(tabs)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)
