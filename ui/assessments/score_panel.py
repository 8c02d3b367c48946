"""What the answers come to, live: sub-scores as they grow; total, result and why only with the last answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.instruments.quantities import with_unit
from app.assessments.queries import LevelRow
from app.assessments.record_queries import Revision
from app.assessments.rules import SubScore
from ui.assessments.filling import Filling
from ui.assessments.record_cards import clear
from ui.assessments.scale_lines import ScaleLines, Verdicts, verdicts_of
from ui.kit import Badge, Card, Foot, Line, ScoreRing, ScrollBody, SubBar, Words
from ui.style import Role, Tone, look

WIDTH = 320


@dataclass(frozen=True)
class Came:
    """What a form or a record comes to: a total, or a measured value, and a level."""

    total: int | None
    measured: float | None
    level: int | None


class ScorePanel(Card):
    """The middle scrolls, the acts at the foot stay. An instrument of one dimension shows no bar beside its ring."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__(flush=True)
        self.setFixedWidth(look.sp(WIDTH))
        self.ring = ScoreRing()
        self.badge = Badge()
        self.initial = Words("", Role.HINT)
        parts = instrument.dimensions if len(instrument.dimensions) > 1 else ()
        self.bars = {one.code: SubBar(one.name) for one in parts}
        self.scales = ScaleLines()
        self.finding = Words("", Role.STRONG, wrap=True)
        self.compared = Words("", Role.HINT, wrap=True)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(8)
        self.why = QWidget()
        self._write("结果" if instrument.measured else "得分")
        self.foot = Foot()
        self.body.addWidget(self.foot)

    def show_filling(self, filling: Filling, previous: LevelRow | None) -> None:
        """Show what a form comes to now."""
        outcome, instrument = filling.outcome, filling.instrument
        for sub in outcome.subs:
            if sub.code in self.bars:
                band = Tone(sub.band.tone) if sub.band else None
                self.bars[sub.code].say(sub.score, sub.maximum, band, _part_words(instrument, sub))
        self._show_ring(instrument, Came(outcome.total, outcome.measured, outcome.level))
        if outcome.total is None and outcome.measured is None and outcome.level is None:
            part = outcome.answered / outcome.items
            self.ring.say(part, f"{outcome.answered}/{outcome.items}", "已评")
        self._show_level(instrument, outcome.initial, outcome.level)
        self._show_rest(filling.finding_words, verdicts_of(outcome), filling.why)
        value = outcome.total if outcome.measured is None else outcome.measured
        self.compared.setText(compared_words(instrument, value, previous))
        self.compared.setVisible(bool(self.compared.text()))

    def show_record(self, instrument: Instrument, revision: Revision) -> None:
        """Show what a signed assessment came to."""
        for one in instrument.dimensions:
            if one.code in self.bars:
                self.bars[one.code].setVisible(one.code in revision.sub_scores)
                score = revision.sub_scores.get(one.code, 0)
                most = instrument.measured.quantity.most if instrument.measured else one.maximum
                words = instrument.value_words(score) if instrument.measured else ""
                self.bars[one.code].say(score, most, None, words)
        self._show_ring(instrument, Came(revision.total, revision.measured, revision.level))
        if revision.total is None and revision.measured is None and revision.level is None:
            counted = sum(one.score is not None for one in revision.answers)
            self.ring.say(counted / instrument.wanted, f"{counted}/{instrument.wanted}", "已评")
        self._show_level(instrument, revision.initial, revision.level)
        told = revision.finding if revision.level is None else ""
        self._show_rest(told, (), () if revision.undone else revision.why)
        self.compared.hide()

    def _show_ring(self, instrument: Instrument, came: Came) -> None:
        reached = instrument.level_named(came.level)
        tone = Tone(reached.tone) if reached else None
        if came.total is not None:
            span = instrument.maximum - instrument.minimum
            part = (came.total - instrument.minimum) / span
            self.ring.say(part, str(came.total), f"满分 {instrument.maximum}", tone)
        elif came.measured is not None and instrument.measured is not None:
            big, name = instrument.figure(came.measured), instrument.measured.name
            close = (
                instrument.value_words(came.measured) == f"{big}{instrument.unit}"
            )  # a grade, a percentage
            whole = (f"{big}{instrument.unit}", name) if close else (big, f"{name} {instrument.unit}")
            self.ring.say(1.0, *whole, tone)
        elif came.level is not None:
            self.ring.say(1.0, f"{came.level}级", "不计总分", tone)

    def _show_level(self, instrument: Instrument, initial: int | None, level: int | None) -> None:
        reached, first = instrument.level_named(level), instrument.level_named(initial)
        self.badge.setVisible(reached is not None)
        if reached is not None:
            self.badge.say(reached.words, Tone(reached.tone))
        self.initial.setVisible(first is not None and initial != level)
        if first is not None:
            self.initial.setText(f"初步等级 {first.words}")

    def _show_rest(self, finding: str, verdicts: Sequence[Verdicts], why: tuple[str, ...]) -> None:
        told = "" if any(one.holds for one in verdicts) else finding  # the lines below say which hold
        self.finding.setText(told)
        self.finding.setVisible(bool(told))
        self.scales.show_verdicts(verdicts)
        clear(self._reasons)
        for sentence in () if verdicts else why:
            self._reasons.addWidget(Words(sentence, Role.HINT, ink="text2", wrap=True))
        self.why.setVisible(bool(why) and not verdicts)

    def _write(self, title: str) -> None:
        scroll = ScrollBody((20, 18, 20, 12), 10)
        centre = Qt.AlignmentFlag.AlignHCenter
        scroll.body.addWidget(Words(title, Role.CARD_TITLE))
        for piece in (self.ring, self.badge, self.initial):
            scroll.body.addWidget(piece, 0, centre)
        scroll.body.addSpacing(4)
        for part in (self.finding, *self.bars.values(), self.scales):
            scroll.body.addWidget(part)
        box = QVBoxLayout(self.why)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(10)
        box.addWidget(Line())
        box.addWidget(Words("为什么是这个结果", Role.LABEL))
        box.addLayout(self._reasons)
        scroll.body.addWidget(self.why)
        scroll.body.addWidget(self.compared)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)


def compared_words(instrument: Instrument, value: float | None, previous: LevelRow | None) -> str:
    """`较上次（2026-05-20，62 分）−3 分`; empty while there is nothing to compare."""
    before = None if previous is None else previous.total if previous.measured is None else previous.measured
    if value is None or previous is None or before is None:
        return ""
    day, words = previous.assessed_on.isoformat(), instrument.value_words(before)
    if instrument.marks:
        now = instrument.value_words(value)
        return f"较上次（{day}，{words}）{'不变' if value == before else f'现为 {now}'}"
    change = round(value - before, 3)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    said = (
        f"{sign}{with_unit(instrument.figure(abs(change)), instrument.unit)}"
        if change
        else "不变"
        if instrument.measured
        else "分数不变"
    )
    return f"较上次（{day}，{words}）{said}"


def _part_words(instrument: Instrument, sub: SubScore) -> str:
    """A part of what is measured with its unit; a dash while nothing was. Points say themselves."""
    if instrument.measured is None:
        return ""
    return instrument.value_words(sub.score) if sub.answered else "—"
