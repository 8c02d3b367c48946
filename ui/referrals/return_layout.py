"""How the screen of a return is laid out: whose it is, what waits for the medicines, the form beside the checklists."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.referrals.coming_back import ReturnWhole
from app.referrals.coming_back.asking import ADMITTED, AWAY, BACK
from app.referrals.rules.returning import span_words
from ui.kit import Badge, MenuButton, StateView
from ui.kit.person_strip import PersonStrip
from ui.kit.strip import Strip
from ui.kit.view import View
from ui.referrals.return_form import ReturnFormCard
from ui.referrals.return_lists import ReturnLists
from ui.style import Tone, look

BESIDE_FROM = 900
_LEAST = 360


class ReturnPage(QWidget):
    """Fills the view. `reconcile` leads to the medicines."""

    def __init__(self, view: View, card: ReturnFormCard, lists: ReturnLists) -> None:
        super().__init__()
        self._zone = view.bench.station.settings.zone
        self._card, self._lists = card, lists
        self.strip = PersonStrip(view)
        self.badge = Badge("", Tone.WARN)
        self.more = MenuButton("更多")
        self.strip.acts.addWidget(self.badge)
        self.strip.acts.addWidget(self.more)
        self.reconcile = Strip("pill", Tone.WARN)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self._row.addWidget(card, 11)
        self._row.addWidget(lists, 10)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.strip)
        box.addWidget(self.reconcile)
        box.addLayout(self._row, 1)
        self.state = StateView(self)
        outer = QVBoxLayout(view)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.state)

    def show_whole(self, whole: ReturnWhole, now: datetime) -> None:
        """The way there and back in one line, how late it is, and the medicines."""
        self.strip.say(self._course(whole))
        self.badge.say(*self._state(whole, now))
        sent = whole.sent.rid if whole.sent is not None else None
        self._lists.there.show_referral(sent, whole.resident, sent=True)
        row = whole.row
        self.more.setVisible(row is not None)
        waits = row is not None and row.reconciled == "open"
        words = "用药重整没有完成：在医师逐种决定并签名以前，常规用药按“待重整”暂停。"
        self.reconcile.say(words if waits else "", "去重整 M")
        hints = {
            AWAY: "登记后老人算作在院，转诊记为已回转",
            BACK: "已登记返院，还没有登记带回了什么",
            ADMITTED: "医院下转的新入住老人",
        }
        self._card.hint.setText(hints.get(whole.stage, ""))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: beside each other only where there is room."""
        least = super().minimumSizeHint()
        width = max(
            self._card.minimumSizeHint().width(), self._lists.minimumSizeHint().width(), look.sp(_LEAST)
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
            self._lists.setMinimumHeight(least)

    def _course(self, whole: ReturnWhole) -> str:
        sent = whole.sent
        hospital = whole.row.form.hospital if whole.row is not None else whole.offered.hospital
        left = f"{local(self._zone, whole.left):%m-%d %H:%M} " if whole.left is not None else ""
        went = (
            f"{left}{'上转' if sent is not None else '住院'} {hospital}".strip() if left or sent else hospital
        )
        back = f"{local(self._zone, whole.back_at):%m-%d %H:%M}" if whole.back_at is not None else ""
        came = f"{back} {'入住' if whole.stage == ADMITTED else '返院'}" if back else "还没有返院"
        days = f"住院 {max((whole.back_at - whole.left).days, 1)} 天" if whole.left and whole.back_at else ""
        number = f"转诊单 {sent.number} {sent.status.words}" if sent is not None else "没有转诊单"
        return "　".join(part for part in (f"{went} → {came}" if went else came, days, number) if part)

    @staticmethod
    def _state(whole: ReturnWhole, now: datetime) -> tuple[str, Tone]:
        row = whole.row
        if row is None:
            words = {AWAY: ("住院中", Tone.INFO), BACK: ("返院未登记", Tone.DANGER)}
            return words.get(whole.stage, ("新入住", Tone.INFO))
        if row.assessed_at is not None:
            return ("返院评估完成", Tone.OK) if not row.owed else (f"还缺 {len(row.owed)} 份材料", Tone.WARN)
        if row.due is None or not row.waiting:
            return ("可以完成评估", Tone.INFO)
        return (f"评估{span_words(row.due, now)}", Tone.DANGER if row.late else Tone.WARN)
