"""How the page of a visit is laid out: whose it is above, the form at the left, the chart in brief beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.clock import local
from app.core.roles import Right
from app.referrals.rounds import PersonRow, RoundWhole, VisitRow
from app.residents.queries import ChartRow
from ui.forms import FormView
from ui.kit import Badge, Button, Card, Foot, Notice, ScrollBody, StateView, Words
from ui.kit.guarded import GuardedButton
from ui.kit.person_strip import PersonStrip
from ui.kit.view import View
from ui.referrals.round_brief import RoundBrief
from ui.style import Role, Tone, look

BESIDE_FROM = 940
_LEAST = 420


class VisitPage(QWidget):
    """`put_form` takes the form, `show_person` says the rest."""

    def __init__(self, view: View, save: GuardedButton) -> None:
        super().__init__()
        self._zone = view.bench.station.settings.zone
        self.strip = PersonStrip(view)
        self.badge, self.place = Badge(), Words("", Role.HINT)
        self.refer = GuardedButton(view, Right.REFER, "开转诊 Alt+R", icon="ambulance")
        self.retract = GuardedButton(view, Right.HOLD_ROUNDS, "撤销", "quiet", icon="undo-2")
        self.said = Notice()
        self.kept = Words("", Role.HINT)
        self.discard = Button("不要这份草稿", "link")
        self.brief = RoundBrief()
        self._form: FormView | None = None
        self._card = self._form_card(save)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self._row.addWidget(self._card, 2)
        self._row.addWidget(self.brief, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for piece in (self.place, self.badge, self.retract, self.refer):
            self.strip.acts.addWidget(piece)
        box.addWidget(self.strip)
        box.addLayout(self._row, 1)
        self.state = StateView(self)
        outer = QVBoxLayout(view)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.state)
        self.discard.hide()

    def put_form(self, form: FormView) -> None:
        """Another form, in the place of the one before."""
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
        self._form = form
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._body.insertWidget(0, form)
        self.said.clear()
        self.kept.setText("")
        self.discard.hide()

    def say_draft(self, words: str) -> None:
        """Something typed before is there again."""
        self.said.say(words, Tone.INFO)
        self.discard.show()

    def show_person(self, chart: ChartRow, whole: RoundWhole, row: PersonRow, last: VisitRow | None) -> None:
        self.strip.show_person(chart)
        self.strip.say(row.question or "没有写问题")
        people = [one.resident for one in whole.people]
        self.place.setText(f"{people.index(row.resident) + 1}/{len(people)}")
        visit = row.visit
        self.badge.say(*self._state(visit))
        self.retract.setVisible(visit is not None)
        self.refer.setVisible(visit is not None and visit.form.refers)
        self.brief.show_person(row, last, self._zone)

    def _state(self, visit: VisitRow | None) -> tuple[str, Tone]:
        if visit is None:
            return "未看", Tone.INFO
        if visit.doctor_at is None:
            return f"已记录 {local(self._zone, visit.at):%H:%M}", Tone.WARN
        return ("医师已签", Tone.OK) if visit.nurse_at is None else ("已签名", Tone.OK)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: beside each other only where there is room."""
        least = super().minimumSizeHint()
        width = max(
            self._card.minimumSizeHint().width(), self.brief.minimumSizeHint().width(), look.sp(_LEAST)
        )
        return QSize(width, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look.sp(BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
            least = 0 if beside else look.sp(_LEAST)
            self._card.setMinimumHeight(least)
            self.brief.setMinimumHeight(least // 2)

    def _form_card(self, save: GuardedButton) -> Card:
        card = Card(flush=True)
        inside = ScrollBody((20, 16, 20, 20), 14)
        inside.body.addWidget(self.said)
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 0, 0)
        inside.body.addWidget(holder)
        inside.body.addStretch(1)
        card.body.addWidget(inside, 1)
        foot = Foot()
        foot.row.addWidget(self.kept)
        foot.row.addWidget(self.discard)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("Ctrl+Enter 保存并看下一位　Alt+↓ 下一位", Role.HINT))
        foot.row.addWidget(save)
        card.body.addWidget(foot)
        return card
