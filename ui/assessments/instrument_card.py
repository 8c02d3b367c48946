"""One instrument to read: whence its words, what its results are, when it is due, what the institution should check."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.instruments.quantities import with_unit
from ui.assessments.record_cards import clear
from ui.kit import Badge, Card, Fact, ScrollBody, Words
from ui.style import Role, Tone


class InstrumentCard(Card):
    """Shows one at a time."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self._scroll = ScrollBody((20, 18, 20, 18), 12)
        self.body.addWidget(self._scroll, 1)

    def show_instrument(self, instrument: Instrument) -> None:
        """Show another."""
        body = self._scroll.body
        clear(body)
        body.addWidget(Words(instrument.title, Role.CARD_TITLE, wrap=True))
        facts = (
            ("标准", f"{instrument.standard}"),
            ("版本", f"{instrument.version}{'（本院）' if instrument.own else ''}"),
            ("来源", instrument.source),
            ("授权", instrument.licence),
            ("何时评", instrument.due.words),
            ("谁来评", instrument.signing.who),
            *_least(instrument),
        )
        for caption, words in facts:
            body.addWidget(Fact(caption, words))
        if instrument.levels:
            body.addWidget(Words("结果分级", Role.LABEL))
            body.addWidget(_levels(instrument))
        for scale in instrument.scales:
            told = "、".join(verdict.words for verdict in scale.verdicts)
            body.addWidget(Words(f"{scale.name}：{told}", Role.HINT, ink="text2", wrap=True))
        for sentence in instrument.uncertain:
            body.addWidget(Words(f"请机构核对：{sentence}", Role.HINT, ink="warn", wrap=True))
        body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)


def _least(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """The least change that means something, where one is known."""
    least = instrument.least
    if least is None:
        return ()
    return (("最小重要变化", f"{with_unit(f'{least.amount:g}', instrument.unit)}（{least.source}）"),)


def _levels(instrument: Instrument) -> QWidget:
    """Level, band of points, name; and what it proposes."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for row, level in enumerate(instrument.levels):
        grid.addWidget(Badge(level.short, Tone(level.tone)), 2 * row, 0)
        band = "" if level.low is None else instrument.band_words(level.low, level.high or level.low)
        grid.addWidget(Words(band or level.name, ink="text2"), 2 * row, 1)
        if level.precautions:
            words = Words("；".join(level.precautions), Role.HINT, ink="text2", wrap=True)
            grid.addWidget(words, 2 * row + 1, 0, 1, 2)
    return table
