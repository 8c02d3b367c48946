"""A signed assessment: what it came to, what it proposes, what was said of it, every answer, every correction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import Revision
from app.residents.queries import ChartRow
from ui.assessments.care_card import CareCard
from ui.assessments.head_card import HeadCard
from ui.assessments.record_cards import answers_card, clear, information_card, result_card, revisions_card
from ui.assessments.voices_card import VoicesCard
from ui.kit import ScrollBody
from ui.kit.strip import Strip
from ui.style import Tone, look

STATES = {"signed": "已签名", "corrected": "已更正", "retracted": "已作废"}


class RecordPage(QWidget):
    """The newest revision whole; older ones by what changed. `care` and `voices` are shown by the work beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = HeadCard()
        self.strip = Strip("circle-x", Tone.DANGER)
        self.care, self.voices = CareCard(), VoicesCard()
        self._result, self._rest = _Cards(), _Cards()
        self._shown: UUID | None = None
        self.scroller = ScrollBody((0, 0, 6, 0), 12)
        for card in (self._result, self.care, self.voices, self._rest):
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.head)
        box.addWidget(self.strip)
        box.addWidget(self.scroller, 1)

    def show_record(
        self, chart: ChartRow, instrument: Instrument, revisions: tuple[Revision, ...], zone: str
    ) -> None:
        """Show one assessment, its revisions newest first; the same one anew stays where it was scrolled to."""
        now = revisions[0]
        self.head.show_person(chart, Tone(now.tone) if now.tone else Tone.NEUTRAL)
        about = (instrument.title, now.occasion, now.assessed_on.isoformat(), f"编号 {now.number}")
        self.head.about.setText(" · ".join(about))
        revised = f" · 第 {now.revision} 版" if now.revision > 1 else ""
        self.head.say_status(STATES[now.state] + revised, "danger" if now.state == "retracted" else "ok")
        retracted = now.state == "retracted"
        self.strip.say(f"这份评估已作废，不再计入等级和统计。原因：{now.reason}" if retracted else "")
        older = tuple(pairwise(revisions))
        signed = next((one for one in revisions if one.signatures), now)
        self._result.show_cards((result_card(instrument, now),))
        self.voices.show_signatures(signed.signatures, zone)
        self._rest.show_cards(
            (
                *([revisions_card(instrument, older, zone)] if older else []),
                *answers_card(instrument, now),
                *information_card(instrument, now),
            )
        )
        if self._shown != now.record:
            self._shown = now.record
            self.care.hide()  # until what this one proposes is known
            self.scroller.verticalScrollBar().setValue(0)

    def to_care(self) -> None:
        """C: the keys go to the care that is proposed, and it comes into sight."""
        if not self.care.isHidden():
            self.scroller.verticalScrollBar().setValue(self.care.y())
            self.care.arrive()

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(440), look.sp(180))


class _Cards(QWidget):
    """Cards that are made anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)

    def show_cards(self, cards: Iterable[QWidget]) -> None:
        clear(self._box)
        for card in cards:
            self._box.addWidget(card)
