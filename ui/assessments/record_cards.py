"""The cards of a signed assessment: what it came to, its answers and information, what each correction changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.assessments.differences import differences, fact_words
from app.assessments.instruments import Dimension, Instrument, labelled
from app.assessments.instruments.levels import GRADES
from app.assessments.record_queries import AnswerShown, Revision
from app.core.clock import local
from app.residents.risk_codes import badge_words, risk_code, risk_codes
from ui.kit import Badge, Card, Fact, Line, Tag, Words
from ui.kit.flow import FlowRow
from ui.style import Role, Tone

Older = tuple[tuple[Revision, Revision], ...]
"""(newer, older) of each correction, the newest first."""


SHORT = 12
"""Signs of a finding that fit on a badge."""


@dataclass(frozen=True)
class Row:
    """A label and its words; `note` says more under them, `ink` where the words mean something."""

    label: str
    words: str
    note: str = ""
    ink: str = ""


def result_card(instrument: Instrument, revision: Revision) -> Card:
    """What it came to: the finding, every verdict, the risks found; or why it could not be done."""
    card = Card("评估结果", instrument.standard)
    if len(revision.finding) > SHORT:
        card.body.addWidget(Words(revision.finding, Role.STRONG, wrap=True))
    if pieces := tuple(_found(revision)):
        first = FlowRow(10)
        first.show_pieces(pieces)
        card.body.addWidget(first)
    if revision.undone:
        card.body.addWidget(
            Words("这次没有评成，不计总分和等级；到期日不变，仍须评估。", Role.HINT, wrap=True)
        )
    if instrument.scales and revision.why:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for place, sentence in enumerate(revision.why):
            grid.addWidget(Words(sentence, wrap=True), place // 2, place % 2)
        card.body.addLayout(grid)
    if revision.conclusion:
        card.body.addWidget(Words("评估结论与建议", Role.LABEL))
        card.body.addWidget(Words(revision.conclusion, wrap=True))
    row = QHBoxLayout()
    row.setSpacing(20)
    row.addWidget(Fact("评估地点", revision.place), 1)
    row.addWidget(Fact("下次评估", revision.due_on.isoformat() if revision.due_on else ""), 1)
    card.body.addLayout(row)
    return card


def answers_card(instrument: Instrument, revision: Revision) -> list[Card]:
    """One card a dimension: item, digit, the text as it was shown when it was answered, whence it came.

    Items that the instrument of today no longer has stand in a card of their own.
    """
    given = {one.code: one for one in revision.answers}
    cards = []
    for dimension in instrument.dimensions:
        here = [given.pop(item.code) for item in dimension.items if item.code in given]
        if here:
            score = revision.sub_scores.get(dimension.code)
            card = Card(dimension.name, _came_to(instrument, dimension, score))
            card.body.addLayout(_rows([_answer(one) for one in here]))
            cards.append(card)
    if given:
        card = Card("当时的其他项目", f"量表 {revision.instrument_version} 版")
        card.body.addLayout(_rows([_answer(one) for one in given.values()]))
        cards.append(card)
    return cards


def _came_to(instrument: Instrument, dimension: Dimension, score: float | None) -> str:
    """`12 / 16 分`, `23.1 kg`; empty where there is no sub-score."""
    if score is None:
        return ""
    return (
        f"{score} / {dimension.maximum} 分" if instrument.measured is None else instrument.value_words(score)
    )


def information_card(instrument: Instrument, revision: Revision) -> list[Card]:
    """One card a table of the form, with what was said; then what chosen options asked for."""
    cards = []
    for section in instrument.sections:
        rows = []
        for field in section.fields:
            if field.code not in revision.information:
                continue
            words = fact_words(revision.information[field.code]) or "无"
            asked = [revision.information.get(field.supplement(choice.words), "") for choice in field.choices]
            more = "；".join(fact_words(one) for one in asked if one)
            rows.append(Row(field.label, f"{words}（{more}）" if more else words))
        if rows:
            card = Card(section.title, section.code)
            card.body.addLayout(_rows(rows))
            cards.append(card)
    if asked_rows := _asked(instrument, revision):
        card = Card("补充说明")
        card.body.addLayout(_rows(asked_rows))
        cards.append(card)
    return cards


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


def struck(text: str, *, wrap: bool = True) -> Words:
    """A text that no longer counts; still readable."""
    words = Words(text, ink="text3", wrap=wrap)
    words.setStyleSheet("QLabel { text-decoration: line-through; }")
    words.setAccessibleName(f"原来：{text}")
    return words


def _found(revision: Revision) -> Iterator[QWidget]:
    if len(revision.finding) <= SHORT:
        yield Badge(revision.finding or "没有结果", Tone(revision.tone or "neutral"))
    if revision.total is not None:
        yield Words(f"{revision.total} 分", Role.STRONG)
    known = list(risk_codes())
    for code in sorted(revision.risks, key=lambda one: known.index(one) if one in known else len(known)):
        high = revision.risks[code] == GRADES[-1]
        yield Tag(badge_words(code, high=high), Tone.DANGER if high else Tone.WARN, icon=risk_code(code).icon)


def _answer(one: AnswerShown) -> Row:
    """Digit and text; the points where they are no digit of their own; marked where nobody chose or could answer."""
    note = f"来源：{one.source}" if one.source else ""
    label = labelled(one.code, one.name)
    if one.score is None:
        return Row(label, one.text or "未能评", note, "warn")
    if one.mark:
        words = one.text if one.text.startswith(one.mark) else f"{one.mark}　{one.text}"
        return Row(label, words, note)
    same = one.text == str(one.score)
    points = "" if one.score == one.digit or same else f"（{one.score} 分）"
    words = f"{one.text} 分" if same else f"{one.digit}　{one.text}{points}"
    return Row(label, words, note)


def _asked(instrument: Instrument, revision: Revision) -> list[Row]:
    """Texts that chosen options of items asked for."""
    rows = []
    for one in revision.answers:
        item = instrument.items.get(one.code)
        option = item.option(one.digit) if item is not None else None
        said = revision.information.get(item.supplement(one.digit), "") if item is not None else ""
        if option is not None and option.asks and said:
            rows.append(Row(f"{one.name}：{option.asks}", fact_words(said)))
    return rows


def _rows(rows: Sequence[Row]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    top = Qt.AlignmentFlag.AlignTop
    for place, row in enumerate(rows):
        grid.addWidget(Words(row.label, Role.HINT, wrap=True), place, 0, top)
        if not row.note:
            grid.addWidget(Words(row.words, ink=row.ink, wrap=True), place, 1, top)
            continue
        both = QVBoxLayout()
        both.setSpacing(2)
        both.addWidget(Words(row.words, ink=row.ink, wrap=True))
        both.addWidget(Words(row.note, Role.HINT, wrap=True))
        grid.addLayout(both, place, 1)
    return grid


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
