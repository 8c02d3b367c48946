"""The pieces of one referral's screen: person, way with its next steps, what waits, cards, foot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.referrals.queries.one import ReferralRow
from app.referrals.rules.acts import Act
from app.referrals.rules.waiting import Wait, What
from app.residents.queries import ChartRow
from ui.kit import Badge, Button, Card, ScrollBody, StateView, Words
from ui.kit.buttons import Kind
from ui.kit.flow import FlowRow
from ui.kit.person_strip import PersonStrip
from ui.kit.strip import Strip
from ui.kit.two_columns import FootCard, TwoColumns
from ui.kit.view import View
from ui.referrals.document_card import DocumentCard
from ui.referrals.follow_cards import FollowCards
from ui.referrals.follow_machine import MachineLine
from ui.referrals.follow_marks import ICONS, LETTERS, TONES, leg_words, urgency_mark, wait_tone, wait_words
from ui.referrals.follow_nodes import nodes_of
from ui.referrals.follow_pairs import emptied
from ui.referrals.form_green import GreenLine, StepFace
from ui.style import Role, Tone

Start = Callable[[Act], None]
KEEP_BED = "keep"
ACROSS = 3
"""Strips of what waits beside each other."""
_SETTLES = {
    What.ANSWER: Act.ACCEPT,
    What.APPROVAL: Act.APPROVE_AFTER,
    What.CONSENT: Act.CONSENT,
    What.ARRIVAL: Act.ARRIVE,
    What.RETURN: Act.RETURN,
    What.ASSESS: Act.ASSESS,
    What.PAPERS: Act.ASSESS,
}
"""What settles what waits."""


class FollowPieces:
    """Made once for a view; `start` does an act, `keep_bed` leads to where the bed is kept longer."""

    def __init__(self, view: View, start: Start, keep_bed: Callable[[], None]) -> None:
        self._view, self._start, self._keep_bed = view, start, keep_bed
        self.person = PersonStrip(view)
        self.status, self.urgency = Badge(), Badge()
        self.way = MachineLine(self.told)
        self.waits = QGridLayout()
        self.buttons = FlowRow(10)
        self.green = GreenLine()
        self.before = Words("", Role.HINT, wrap=True)
        self.start_green = Button("启用绿色通道　L", "link", icon="zap")
        self.cards = FollowCards(view.bench)
        self.documents = DocumentCard(view, view.setFocus)
        self.print, self.more = (
            Button("打印转诊包　P", icon="printer"),
            Button("交接　V", icon="arrow-left-right"),
        )
        self.channel = Card("绿色通道与时间", "到分，← → 选，空格记现在，E 改")
        self.scroll = ScrollBody((0, 0, 8, 0), 16)
        self.state = StateView(QWidget())
        self._lay_out()

    def told(self, moment: datetime) -> str:
        return self.cards.told(moment)

    def show(self, row: ReferralRow, chart: ChartRow) -> None:
        self.person.show_person(chart)
        line = row.line
        begun = f"{row.begun_by} {self.told(line.begun_at)} 开始"
        self.person.say("　".join(filter(None, (line.number, begun, _to(row)))))
        self.status.say(row.status.words, TONES[row.status])
        mark = urgency_mark(line)
        self.urgency.say(mark.text, mark.tone)
        self.way.show_nodes(nodes_of(row))
        self.buttons.show_pieces(self._buttons(row))
        self.show_waits(row)
        self._show_green(row)
        self.cards.show(row)
        self.documents.show_referral(line.rid, line.resident, sent=row.left)
        self.print.setVisible(bool(line.partner_words))
        self.more.setVisible(not row.status.over)
        open_now = "F 告知家属　O 呼叫 120　V 交接" if not row.status.over else ""
        keys = ("空格 下一步" if row.main is not None else "", open_now, "F1 全部快捷键")
        self.foot.keys.setText("　".join(filter(None, keys)))
        self.state.content()

    def show_waits(self, row: ReferralRow) -> None:
        """What waits, by the clock as it is now."""
        emptied(self.waits)
        now = self._view.bench.desk.clock.now()
        for place, wait in enumerate(row.waits):
            strip = Strip("circle-alert" if wait.late else "clock", wait_tone(wait))
            self.waits.addWidget(strip, place // ACROSS, place % ACROSS)
            self._say(strip, row, wait, now)
        if row.platform:
            strip = Strip("triangle-alert", Tone.WARN)
            self.waits.addWidget(strip, self.waits.rowCount(), 0, 1, ACROSS)
            strip.say(f"{row.platform}。请与医院核对；本站状态以这里为准。")
        if row.line.divided:
            strip = Strip("triangle-alert", Tone.WARN)
            self.waits.addWidget(strip, self.waits.rowCount(), 0, 1, ACROSS)
            strip.say("两个工作站同时改了这份转诊，现在看到的是其中一份；下一次改动以您的为准。")

    def waiting(self) -> list[Strip]:
        """The strips of what waits, in order."""
        items = (self.waits.itemAt(place) for place in range(self.waits.count()))
        return [piece for item in items if item is not None and isinstance(piece := item.widget(), Strip)]

    # inside -------------------------------------------------------------------------------------------------------

    def _say(self, strip: Strip, row: ReferralRow, wait: Wait, now: datetime) -> None:
        act = _SETTLES.get(wait.what)
        if act is Act.APPROVE_AFTER and row.offered(Act.APPROVE_AFTER) is None:
            act = Act.APPROVE
        if wait.what is What.BED:
            strip.say(wait_words(wait, now), "延长留床")
            strip.acted.connect(self._keep_bed)
        elif act is not None:
            strip.say(wait_words(wait, now), f"{act.words}　{LETTERS[act]}")
            strip.acted.connect(partial(self._start, act))

    def _buttons(self, row: ReferralRow) -> list[QWidget]:
        found: list[QWidget] = []
        for place, one in enumerate(one for one in row.acts if one.act is not Act.STRIKE):
            first = place == 0 and row.main is one.act
            letter = "空格" if first else LETTERS[one.act]
            kind: Kind = "primary" if first else "plain"
            button = Button(f"{one.act.words}　{letter}", kind, icon=ICONS[one.act])
            button.setToolTip(one.why_not)
            button.clicked.connect(partial(self._start, one.act))
            found.append(button)
        return found

    def _show_green(self, row: ReferralRow) -> None:
        zone = self._view.bench.station.settings.zone
        faces = {
            one.code: StepFace(
                f"{local(zone, one.at):%H:%M}" if one.at else "",
                one.whom,
                expected=one.code == "eta" and one.at is not None and _to_come(row),
            )
            for one in row.times
        }
        self.green.show_times(faces)
        self.before.setText("\n".join(leg_words(one, self.told) for one in row.legs[:-1]))
        self.before.setVisible(len(row.legs) > 1)
        self.start_green.setVisible(not row.line.green and not row.status.over)
        self.channel.setVisible(not row.status.over or any(one.at for one in row.times))

    def _lay_out(self) -> None:
        self.person.head.insertWidget(1, self.urgency)
        self.person.head.insertWidget(2, self.status)
        way = Card("进程")
        way.body.addWidget(self.way)
        way.body.addWidget(self.buttons)
        self.waits.setSpacing(8)
        way.body.addLayout(self.waits)
        self.channel.head.addWidget(self.start_green)
        self.channel.body.addWidget(self.green)
        self.channel.body.addWidget(self.before)
        self.before.hide()
        columns = TwoColumns((6, 5))
        columns.left.addWidget(self.cards.content)
        for card in (
            self.cards.consent,
            self.documents,
            self.cards.family,
            self.cards.call,
            self.cards.history,
        ):
            columns.right.addWidget(card)
        columns.end()
        for piece in (way, self.channel, columns):
            self.scroll.body.addWidget(piece)
        self.scroll.body.addStretch(1)
        self.foot = FootCard("", self.print, self.more)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.person)
        box.addWidget(self.scroll, 1)
        box.addWidget(self.foot)
        self.state = StateView(whole)


def _to(row: ReferralRow) -> str:
    line = row.line
    return (
        f"转往 {' · '.join(filter(None, (line.partner_words, line.department)))}"
        if line.partner_words
        else ""
    )


def _to_come(row: ReferralRow) -> bool:
    """Whether somebody is still expected to arrive."""
    return all(one.at is None for one in row.times if one.code == "arrived")
