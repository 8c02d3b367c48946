"""The right side of home beds: one of them with what was decided, and its rounds."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.core.roles import Right
from app.referrals.home_beds import BedVisitRow, HomeBedPage
from ui.kit import Badge, Column, ElidedWords, Fact, Foot, RowsTable, StateView, Words, cells
from ui.kit.guarded import GuardedButton
from ui.kit.list_and_page import PageHead
from ui.kit.view import View
from ui.referrals.homebed_list import state_of
from ui.referrals.partner_beside import TOP, Side
from ui.style import Role, Tone

_FACTS = (
    ("doctor", "责任医师"), ("nurse", "责任护士"), ("term", "周期"), ("rounds", "本周查床"), ("next", "应查床"),
    ("insurance", "医保登记"), ("applicant", "申请人"),
)  # fmt: skip
_WIDE = (("why", "指征与诊断"), ("said", "评估与计划"))


class HomeBedCard(Side):
    """Facts above, the rounds below."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.page: HomeBedPage | None = None
        self._zone = view.bench.station.settings.zone
        keep, hold = Right.KEEP_CONTRACTS, Right.HOLD_ROUNDS
        self.name, self.number = ElidedWords("", Role.CARD_TITLE), Words("", Role.HINT)
        self.badge, self.days = Badge(), Words("", Role.HINT)
        self.facts = {key: Fact(words) for key, words in (*_FACTS, *_WIDE)}
        self.correct = GuardedButton(view, keep, "更正申请", icon="square-pen")
        self.close_bed = GuardedButton(view, keep, "撤床", "quiet")
        self.table: RowsTable[BedVisitRow] = RowsTable(
            self._columns(), lambda row: row.seen.rid, words="查床记录"
        )
        self.state = StateView(self.table)
        self.retract = GuardedButton(view, hold, "撤销记录", "quiet")
        self.change = GuardedButton(view, hold, "更正记录", "quiet")
        self.sign = GuardedButton(view, hold, "医师签名　G", icon="clipboard-pen")
        self.renew = GuardedButton(view, keep, "续床", icon="refresh-cw")
        self.evaluate = GuardedButton(view, keep, "建床评估", "primary", icon="clipboard-check")
        self.visit = GuardedButton(view, hold, "查床", "primary", icon="stethoscope")
        self._lay_out()

    def show_page(self, page: HomeBedPage) -> None:
        self.page = page
        line = page.line
        self.name.setText(line.name)
        self.number.setText(f"{line.bed or '不在院内床位'}　{line.number}")
        self.badge.say(*state_of(line))
        self.days.say(line.days, "text2")
        for key, value in self._said(page).items():
            self.facts[key].say(value)
        open_now = line.status == "open"
        self.evaluate.setVisible(line.status == "applied")
        self.visit.setVisible(open_now)
        self.renew.setVisible(open_now)
        self.close_bed.say("撤床" if open_now else "恢复")
        self.close_bed.setVisible(line.status != "applied")
        self.correct.setVisible(line.status in ("applied", "open"))
        self.table.set_rows(page.visits)
        for button in (self.retract, self.change):
            button.setVisible(bool(page.visits))
        self.sign.setVisible(any(one.unsigned for one in page.visits))
        if page.visits:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif open_now:
            self.state.empty("还没有查床记录", "按空格登记医师查床或护士巡视。")
        elif line.status == "applied":
            self.state.empty("等待建床评估", "按 V 评估：建床，或不建床并写明原因。")
        else:
            self.state.empty("没有查床记录", "")

    def _said(self, page: HomeBedPage) -> dict[str, str]:
        line = page.line
        term = f"{line.opened_on} 至 {line.until}" if line.opened_on else ""
        if line.closed_on is not None:
            term = f"{line.opened_on} 至 {line.closed_on}"
        due = f"{line.due.on}" if line.due is not None else ""
        evaluation = str(page.evaluation.get("words", ""))
        closing = page.closing
        ended = f"撤床：{closing['why']}，{closing['outcome']}。{closing['summary']}" if closing else ""
        said = [part for part in (evaluation, page.plan, ended) if part]
        signer = page.form.applicant
        return {
            "doctor": line.doctor,
            "nurse": line.nurse,
            "term": term,
            "rounds": f"{line.held} / {line.visits_week} 次" if line.status == "open" else "",
            "next": due or ("住院期间不查" if line.away == "hospital" else ""),
            "insurance": page.insurance,
            "applicant": f"{signer.name}（{signer.relation}）",
            "why": f"{line.indications}。{line.diagnosis}",
            "said": "；".join(said),
        }

    def _columns(self) -> tuple[Column[BedVisitRow], ...]:
        zone = self._zone
        return (
            Column("时间", lambda row: cells.Text(f"{local(zone, row.at):%Y-%m-%d %H:%M}"), 150),
            Column(
                "查床",
                lambda row: cells.What(
                    row.kind_words,
                    row.name,
                    "stethoscope" if row.kind == "doctor" else "hand-heart",
                    Tone.INFO if row.kind == "doctor" else Tone.NEUTRAL,
                ),
                170,
            ),
            Column("记录", lambda row: cells.Text(row.said), least=150),
            Column("", _mark, 110),
        )

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 14)
        top.setSpacing(12)
        head = PageHead((self.name, self.number), (self.days, self.badge, self.close_bed, self.correct))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for place, (key, _words) in enumerate(_FACTS[:4]):
            grid.addWidget(self.facts[key], 0, place, TOP)
        for place, (key, _words) in enumerate(_FACTS[4:]):
            grid.addWidget(self.facts[key], 1, place, TOP)
        grid.addWidget(self.facts["why"], 2, 0, 1, 2, TOP)
        grid.addWidget(self.facts["said"], 2, 2, 1, 2, TOP)
        for column, stretch in enumerate((3, 3, 5, 2)):
            grid.setColumnStretch(column, stretch)
        top.addWidget(head)
        top.addLayout(grid)
        foot = Foot()
        left = (self.retract, self.change, QWidget())
        foot.row.addWidget(PageHead(left, (self.sign, self.renew, self.evaluate, self.visit)), 1)
        self.body.addLayout(top)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)


def _mark(row: BedVisitRow) -> cells.Cell:
    if row.refer:
        return cells.State("建议转诊", Tone.DANGER)
    return cells.State("待医师签", Tone.WARN) if row.unsigned else cells.Text("")
