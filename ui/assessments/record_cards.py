"""The cards of a signed assessment: answers, information, signatures, and what each correction changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout

from app.access.signing import Signed
from app.assessments.differences import differences, fact_words
from app.assessments.instruments import Instrument
from app.assessments.record_queries import Revision
from app.core.clock import local
from ui.kit import Badge, Card, Line, Words
from ui.style import Role, Tone

Older = tuple[tuple[Revision, Revision], ...]
"""(newer, older) of each correction, the newest first."""


def answers_card(instrument: Instrument, revision: Revision) -> list[Card]:
    """One card a dimension: item, digit, the text as it was shown when it was answered."""
    cards = []
    for dimension in instrument.dimensions:
        given = [one for one in revision.answers if one.code.startswith(f"{dimension.code}.")]
        if not given:
            continue
        score = revision.sub_scores.get(dimension.code)
        card = Card(dimension.name, "" if score is None else f"{score} / {dimension.maximum} 分")
        rows = [(f"{one.code} {one.name}", f"{one.digit}　{one.text}") for one in given]
        card.body.addLayout(_rows(rows))
        cards.append(card)
    return cards


def information_card(instrument: Instrument, revision: Revision) -> list[Card]:
    """One card a table of appendix A, with what was said."""
    cards = []
    for section in instrument.sections:
        rows = []
        for field in section.fields:
            if field.code not in revision.information:
                continue
            words = fact_words(revision.information[field.code]) or "无"
            asked = [revision.information.get(field.supplement(choice.words), "") for choice in field.choices]
            more = "；".join(fact_words(one) for one in asked if one)
            rows.append((field.label, f"{words}（{more}）" if more else words))
        if rows:
            card = Card(section.title, section.code)
            card.body.addLayout(_rows(rows))
            cards.append(card)
    return cards


def signatures_card(revision: Revision, zone: str) -> Card:
    """Who signed when; each seal checked against the content as it is now."""
    card = Card("签名确认")
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(1, 1)
    for place, given in enumerate(revision.signatures):
        about = " · ".join(part for part in (given.profession, given.title, f"工号 {given.number}") if part)
        grid.addWidget(Words(given.name, Role.NAME), place, 0)
        grid.addWidget(
            Words(f"{about}\n{local(zone, given.at):%Y-%m-%d %H:%M}", Role.HINT, wrap=True), place, 1
        )
        grid.addWidget(_seal(given), place, 2)
    card.body.addLayout(grid)
    return card


def _seal(given: Signed) -> Badge:
    """What a signature's seal says of the content; that of another station can be checked only there."""
    if given.elsewhere:
        return Badge("另一站签名", Tone.INFO)
    return Badge("内容一致", Tone.OK) if given.genuine else Badge("与内容不符", Tone.DANGER)


def revisions_card(instrument: Instrument, older: Older, zone: str) -> Card:
    """What each revision changed: the old text struck through, the new one after it."""
    card = Card("修订记录")
    for place, (newer, before) in enumerate(older):
        if place:
            card.body.addWidget(Line())
        what = "作废" if newer.state == "retracted" else f"第 {newer.revision} 版"
        when = f"{local(zone, newer.recorded_at):%Y-%m-%d %H:%M}"
        card.body.addWidget(
            Words(f"{what} · {when} · {newer.author_name} · 原因：{newer.reason}", Role.LABEL, wrap=True)
        )
        for one in differences(instrument, before, newer):
            card.body.addWidget(Words(one.label, Role.HINT, wrap=True))
            if one.before:
                card.body.addWidget(struck(one.before))
            if one.after:
                card.body.addWidget(Words(one.after, wrap=True))
    return card


def struck(text: str) -> Words:
    """A text that no longer counts; still readable."""
    words = Words(text, ink="text3", wrap=True)
    words.setStyleSheet("QLabel { text-decoration: line-through; }")
    words.setAccessibleName(f"原来：{text}")
    return words


def _rows(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for place, (label, words) in enumerate(rows):
        grid.addWidget(Words(label, Role.HINT, wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Words(words, wrap=True), place, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
