"""One of the station's own papers: number, authority, scope, how long it holds, its scan."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.core.roles import Right
from app.referrals.partners import LicenceRow
from ui.kit import Badge, Button, ElidedWords, Fact, Foot, ScrollBody, Tag, Words
from ui.kit.flow import Flow
from ui.kit.guarded import GuardedButton
from ui.kit.share_bar import ShareBar
from ui.kit.view import View
from ui.referrals.partner_beside import Side, clear
from ui.referrals.partner_list import tone_of
from ui.style import Role, Tone

_FACTS = (
    ("number", "编号"), ("authority", "发证（备案）机关"), ("holder", "持有人"), ("issued", "发证（备案）日期"),
    ("expires", "有效期至"), ("remind", "提前提醒"),
)  # fmt: skip
_WHOLE = 1000


class LicenceCard(Side):
    """All of a paper; its acts at the foot."""

    def __init__(self, view: View) -> None:
        super().__init__()
        may = Right.KEEP_PARTNERS
        self.row: LicenceRow | None = None
        self.name = ElidedWords("", Role.CARD_TITLE)
        self.badge = Badge()
        self.days = Words("", Role.STRONG)
        self.bar = ShareBar("天")
        self.facts = {key: Fact(words) for key, words in _FACTS}
        self.scope = QWidget()
        self.scope_flow = Flow(6)
        self.scope.setLayout(self.scope_flow)
        self.note = Words("", Role.HINT, wrap=True)
        self.paper = Button("看扫描件", "quiet", icon="eye")
        self.end = GuardedButton(view, may, "注销", "quiet")
        self.correct = GuardedButton(view, may, "更正", icon="square-pen")
        self.renew = GuardedButton(view, may, "延续", "primary", icon="refresh-cw")
        self._lay_out()

    def show_row(self, row: LicenceRow) -> None:
        self.row = row
        form, tone = row.form, tone_of(row.stands)
        self.name.setText(row.words)
        self.badge.say(row.stands.words, tone)
        ended = f"{row.stands.ended_on:%Y-%m-%d} 注销" if row.stands.ended_on else ""
        ink = f"{tone}" if row.stands.due else "text2"
        self.days.say(ended or row.stands.days or "长期有效", ink)
        self.bar.setVisible(row.stands.used is not None and not ended)
        solid = "border2" if tone == Tone.NEUTRAL else f"{tone}.solid"
        self.bar.say([(round((row.stands.used or 0) * _WHOLE), solid)], _WHOLE)
        said = {
            "number": form.number,
            "authority": form.authority,
            "holder": form.holder,
            "issued": f"{form.issued}" if form.issued else "",
            "expires": f"{form.expires}" if form.expires else "长期有效",
            "remind": f"{form.remind} 天" if form.remind is not None else "",
        }
        for key, value in said.items():
            self.facts[key].say(value)
        self._show_scope(form.scope)
        self.note.setText(form.note)
        self.note.setVisible(bool(form.note))
        self.paper.setVisible(bool(form.paper))
        self.end.say("恢复" if row.stands.ended_on else "注销")

    def _show_scope(self, scope: tuple[str, ...]) -> None:
        clear(self.scope_flow)
        for words in scope or ("没有写明",):
            self.scope_flow.addWidget(Tag(words, Tone.INFO if scope else Tone.NEUTRAL))

    def _lay_out(self) -> None:
        inside = ScrollBody((20, 16, 20, 16), 14)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for place, fact in enumerate(self.facts.values()):
            grid.addWidget(fact, place // 3, place % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        inside.body.addLayout(head)
        inside.body.addWidget(self.days)
        inside.body.addWidget(self.bar)
        inside.body.addLayout(grid)
        inside.body.addWidget(Words("范围", Role.HINT))
        inside.body.addWidget(self.scope)
        inside.body.addWidget(self.note)
        inside.body.addStretch(1)
        foot = Foot()
        foot.row.addWidget(self.paper)
        foot.row.addStretch(1)
        for button in (self.end, self.correct, self.renew):
            foot.row.addWidget(button)
        self.body.addWidget(inside, 1)
        self.body.addWidget(foot)
