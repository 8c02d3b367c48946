"""What the answers come to, live: sub-scores as they grow; total, level and why only with the last answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.queries import LevelRow
from app.assessments.record_queries import Revision
from ui.assessments.filling import Filling
from ui.assessments.record_cards import clear
from ui.kit import Badge, Card, Foot, Line, ScoreRing, ScrollBody, SubBar, Words
from ui.style import Role, Tone, look

WIDTH = 320


class ScorePanel(Card):
    """The middle scrolls, the acts at the foot stay."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__(flush=True)
        self.setFixedWidth(look.sp(WIDTH))
        self.ring = ScoreRing()
        self.badge = Badge()
        self.initial = Words("", Role.HINT)
        self.bars = {one.code: SubBar(one.name) for one in instrument.dimensions}
        self.compared = Words("", Role.HINT, wrap=True)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(8)
        self.why = QWidget()
        self._write(instrument)
        self.foot = Foot()
        self.body.addWidget(self.foot)

    def show_filling(self, filling: Filling, previous: LevelRow | None) -> None:
        """Show what a form comes to now."""
        outcome, instrument = filling.outcome, filling.instrument
        for sub in outcome.subs:
            self.bars[sub.code].say(sub.score, sub.maximum)
        level = None if outcome.level is None else instrument.level(outcome.level)
        tone = Tone(level.tone) if level else None
        if outcome.total is not None:
            self.ring.say(
                outcome.total / instrument.maximum, str(outcome.total), f"满分 {instrument.maximum}", tone
            )
        elif level is not None:
            self.ring.say(1.0, f"{level.number}级", "不计总分", tone)
        else:
            part = outcome.answered / outcome.items
            self.ring.say(part, f"{outcome.answered}/{outcome.items}", "已评")
        self._show_level(instrument, outcome.initial, outcome.level)
        self._show_reasons(filling.why)
        self.compared.setText(compared_words(outcome.total, previous))
        self.compared.setVisible(bool(self.compared.text()))

    def show_record(self, instrument: Instrument, revision: Revision) -> None:
        """Show what a signed assessment came to."""
        for one in instrument.dimensions:
            self.bars[one.code].setVisible(one.code in revision.sub_scores)
            self.bars[one.code].say(revision.sub_scores.get(one.code, 0), one.maximum)
        level = None if revision.level is None else instrument.level(revision.level)
        tone = Tone(level.tone) if level else None
        if revision.total is not None:
            part = revision.total / instrument.maximum
            self.ring.say(part, str(revision.total), f"满分 {instrument.maximum}", tone)
        else:
            self.ring.say(1.0, f"{revision.level}级", "不计总分", tone)
        self._show_level(instrument, revision.initial, revision.level)
        self._show_reasons(revision.why)
        self.compared.hide()

    def _show_level(self, instrument: Instrument, initial: int | None, level: int | None) -> None:
        self.badge.setVisible(level is not None)
        if level is not None:
            reached = instrument.level(level)
            self.badge.say(reached.words, Tone(reached.tone))
        self.initial.setVisible(initial is not None and initial != level)
        if initial is not None:
            self.initial.setText(f"初步等级 {instrument.level(initial).words}")

    def _show_reasons(self, why: tuple[str, ...]) -> None:
        clear(self._reasons)
        for sentence in why:
            self._reasons.addWidget(Words(sentence, Role.HINT, ink="text2", wrap=True))
        self.why.setVisible(bool(why))

    def _write(self, instrument: Instrument) -> None:
        scroll = ScrollBody((20, 18, 20, 12), 10)
        centre = Qt.AlignmentFlag.AlignHCenter
        scroll.body.addWidget(Words("得分", Role.CARD_TITLE))
        for piece in (self.ring, self.badge, self.initial):
            scroll.body.addWidget(piece, 0, centre)
        scroll.body.addSpacing(4)
        for bar in self.bars.values():
            scroll.body.addWidget(bar)
        box = QVBoxLayout(self.why)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(10)
        box.addWidget(Line())
        box.addWidget(Words("为什么是这个等级", Role.LABEL))
        box.addLayout(self._reasons)
        scroll.body.addWidget(self.why)
        scroll.body.addWidget(self.compared)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)


def compared_words(total: int | None, previous: LevelRow | None) -> str:
    """`较上次（2026-05-20，62 分）−3 分`; empty while there is nothing to compare."""
    if total is None or previous is None or previous.total is None:
        return ""
    change = total - previous.total
    sign = "+" if change > 0 else "−" if change < 0 else ""
    said = f"{sign}{abs(change)} 分" if change else "分数不变"
    return f"较上次（{previous.assessed_on.isoformat()}，{previous.total} 分）{said}"
