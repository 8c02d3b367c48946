"""A signed assessment: everything it says, who signed, what corrections changed. It is read, never typed into."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import Revision
from app.residents.queries import ChartRow
from ui.assessments.head_card import HeadCard
from ui.assessments.record_cards import answers_card, clear, information_card, revisions_card, signatures_card
from ui.assessments.strip import Strip
from ui.kit import Card, Fact, ScrollBody, Words
from ui.style import Tone, look

STATES = {"signed": "已签名", "corrected": "已更正", "retracted": "已作废"}


class RecordPage(QWidget):
    """The newest revision whole; older ones by what changed."""

    def __init__(self) -> None:
        super().__init__()
        self.head = HeadCard()
        self.strip = Strip("circle-x", Tone.DANGER)
        self._scroll = ScrollBody((0, 0, 6, 0), 12)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.head)
        box.addWidget(self.strip)
        box.addWidget(self._scroll, 1)

    def show_record(
        self, chart: ChartRow, instrument: Instrument, revisions: tuple[Revision, ...], zone: str
    ) -> None:
        """Show one assessment, its revisions newest first."""
        now = revisions[0]
        tone = Tone.NEUTRAL if now.level is None else Tone(instrument.level(now.level).tone)
        self.head.show_person(chart, tone)
        about = (instrument.title, now.occasion, now.assessed_on.isoformat(), f"编号 {now.number}")
        self.head.about.setText(" · ".join(about))
        revised = f" · 第 {now.revision} 版" if now.revision > 1 else ""
        self.head.say_status(STATES[now.state] + revised, "danger" if now.state == "retracted" else "ok")
        retracted = now.state == "retracted"
        self.strip.say(f"这份评估已作废，不再计入等级和统计。原因：{now.reason}" if retracted else "")
        clear(self._scroll.body)
        older = tuple(pairwise(revisions))
        signed = next((one for one in revisions if one.signatures), now)
        for card in (
            _conclusion(now),
            signatures_card(signed, zone),
            *([revisions_card(instrument, older, zone)] if older else []),
            *answers_card(instrument, now),
            *information_card(instrument, now),
        ):
            self._scroll.body.addWidget(card)
        self._scroll.body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(440), look.sp(180))


def _conclusion(revision: Revision) -> Card:
    card = Card("评估结论与建议")
    said = revision.conclusion
    card.body.addWidget(Words(said or "没有填写", ink="" if said else "text3", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(20)
    row.addWidget(Fact("评估地点", revision.place), 1)
    row.addWidget(Fact("下次评估", revision.due_on.isoformat() if revision.due_on else ""), 1)
    card.body.addLayout(row)
    return card
