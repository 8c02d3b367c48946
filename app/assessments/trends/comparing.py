"""Two assessments by one instrument compared: what changed, in the order of the form, and whether for the better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.assessments.instruments import Dimension, Instrument, Measured
from app.assessments.instruments.entries import TONES
from app.assessments.trends.measure import VerdictRow

BETTER, WORSE, CHANGED = "better", "worse", "changed"
"""How something changed; CHANGED where the instrument has no direction, or the two cannot be weighed."""
NOT_SAID = "未评"


@dataclass(frozen=True)
class Side:
    """One of the two: what its record says. `answers` are snapshots by item: digit, score, name, text."""

    record: UUID
    assessed_on: date
    version: str
    finding: str
    tone: str
    undone: str
    total: int | None
    level: int | None
    sub_scores: Mapping[str, float]
    scales: tuple[VerdictRow, ...]
    answers: Mapping[str, Any] = field(repr=False, default_factory=dict)
    measured: float | None = None


@dataclass(frozen=True)
class Change:
    """One thing that changed: `before` and `after` in figures or short words, their texts where there are any."""

    code: str
    label: str
    before: str
    after: str
    how: str
    before_text: str = ""
    after_text: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two assessments. `older_only` and `newer_only` are items that stand in one of two versions, with what they say.

    `figures` are total, level, sub-scores or scales that changed; `same` how many items stayed; `notes` what has to be
    known to read it.
    """

    short: str
    direction: str
    older: Side
    newer: Side
    figures: tuple[Change, ...]
    items: tuple[Change, ...]
    same: int
    older_only: tuple[str, ...] = ()
    newer_only: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        return (self.newer.assessed_on - self.older.assessed_on).days

    def count(self, how: str) -> int:
        """How many items changed so."""
        return sum(one.how == how for one in self.items)

    def word(self, how: str) -> str:
        """下降、好转、变化: what is said before an item. Where a low score is good, worse is no fall."""
        worse = "下降" if self.direction == "higher_is_better" else "变差"
        return {BETTER: "好转", WORSE: worse}.get(how, "变化")

    def words(self, change: Change) -> str:
        """`下降：如厕 3→1`."""
        return f"{self.word(change.how)}：{change.label} {change.before}→{change.after}"


def compare(instrument: Instrument, older: Side, newer: Side, before: Instrument | None = None) -> Comparison:
    """What `newer` says otherwise than `older`; `before`: the form of the older one, where its version is known."""
    same_version = older.version == newer.version
    notes = [
        f"{one.assessed_on.isoformat()} 这次没有评成（{one.undone}），没有可比的条目"
        for one in (older, newer)
        if one.undone
    ]
    if not same_version:
        notes.append(f"两次所用版本不同：{older.version} 与 {newer.version}，只比较两版相同的条目")
    if older.undone or newer.undone:
        return Comparison(instrument.short, instrument.direction, older, newer, (), (), 0, notes=tuple(notes))
    shared, older_only, newer_only = _sorted_out(instrument, older, newer)
    changes = (_item(instrument, older, newer, code) for code in shared)
    items = tuple(one for one in changes if one is not None)
    return Comparison(
        short=instrument.short,
        direction=instrument.direction,
        older=older,
        newer=newer,
        figures=tuple(_figures(instrument, older, newer, before)),
        items=items,
        same=len(shared) - len(items),
        older_only=tuple(_alone(older.answers[code]) for code in older_only),
        newer_only=tuple(_alone(newer.answers[code]) for code in newer_only),
        notes=tuple(notes),
    )


def _sorted_out(instrument: Instrument, older: Side, newer: Side) -> tuple[list[str], list[str], list[str]]:
    """Items of both in the order of the form; those of one version only. Within one version a missing answer is an
    answer not given; between two it may be an item that did not exist, and so may one that changed its name."""
    order = {code: place for place, code in enumerate(instrument.items)}
    every = sorted({*older.answers, *newer.answers}, key=lambda code: (order.get(code, len(order)), code))
    if older.version == newer.version:  # a reading taken once more or less is no change
        readings = {code for code in every if (item := instrument.items.get(code)) and item.quantity}
        return (
            [
                code
                for code in every
                if code not in readings or (code in older.answers and code in newer.answers)
            ],
            [],
            [],
        )
    both = [
        code
        for code in every
        if code in older.answers
        and code in newer.answers
        and older.answers[code]["name"] == newer.answers[code]["name"]
    ]
    rest = [code for code in every if code not in both]
    return both, [one for one in rest if one in older.answers], [one for one in rest if one in newer.answers]


def _item(instrument: Instrument, older: Side, newer: Side, code: str) -> Change | None:
    before, after = older.answers.get(code), newer.answers.get(code)
    shown = after or before
    if shown is None or (before is not None and after is not None and _said(before) == _said(after)):
        return None
    how = CHANGED
    if before is not None and after is not None and _weighed(instrument, older, newer, code):
        how = _better(instrument, before["score"], after["score"])
        if instrument.measured is not None and instrument.measured.over:  # less time is more speed
            how = {BETTER: WORSE, WORSE: BETTER}.get(how, how)
    return Change(code, shown["name"], _figure(before), _figure(after), how, _text(before), _text(after))


def _said(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    return answer["score"], answer["text"]


def _weighed(instrument: Instrument, older: Side, newer: Side, code: str) -> bool:
    """Whether both answers have a score by one count: of one version, or options of the form as it is today."""
    answers = (older.answers[code], newer.answers[code])
    if any(one["score"] is None for one in answers):
        return False
    if older.version == newer.version:
        return True
    item = instrument.items.get(code)
    return item is not None and all(
        any(_said(one) == (option.score, option.text) for option in item.options) for one in answers
    )


def _better(instrument: Instrument, before: float, after: float) -> str:
    if before == after or instrument.direction == "none":
        return CHANGED
    return BETTER if (after > before) == instrument.higher_is_better else WORSE


def _figures(instrument: Instrument, older: Side, newer: Side, form: Instrument | None) -> Iterator[Change]:
    alike = older.version == newer.version
    if older.total != newer.total:
        how = CHANGED
        if (alike or _one_scale(instrument, form)) and older.total is not None and newer.total is not None:
            how = _better(instrument, older.total, newer.total)
        yield Change("total", "总分", _points(older.total), _points(newer.total), how)
    if older.measured != newer.measured and instrument.measured is not None:
        yield _measured(instrument, instrument.measured, older, newer)
    if (older.level, older.finding) != (newer.level, newer.finding) and _has_level(instrument, older, newer):
        how = CHANGED
        if _levels_known(instrument, older, newer) and older.level != newer.level:
            how = BETTER if (newer.level or 0) < (older.level or 0) else WORSE
        yield Change("level", "等级", _level(instrument, older), _level(instrument, newer), how)
    if len(instrument.dimensions) > 1 and not instrument.scales:
        for one in instrument.dimensions:
            before, after = older.sub_scores.get(one.code), newer.sub_scores.get(one.code)
            if before != after:
                weighed = (alike or _one_part(one, form)) and before is not None and after is not None
                how = _better(instrument, before or 0, after or 0) if weighed else CHANGED
                yield Change(one.code, one.name, _part(instrument, before), _part(instrument, after), how)
    yield from _scales(instrument, older, newer, alike=alike)


def _one_scale(instrument: Instrument, form: Instrument | None) -> bool:
    """Whether totals of two versions count alike: between the same ends, as the sums of a form and the form."""
    return form is not None and (form.minimum, form.maximum, form.direction) == (
        instrument.minimum,
        instrument.maximum,
        instrument.direction,
    )


def _one_part(part: Dimension, form: Instrument | None) -> bool:
    """Whether the other version has the same part, to the same maximum."""
    parts = form.dimensions if form is not None else ()
    return any((one.code, one.maximum) == (part.code, part.maximum) for one in parts)


def _measured(instrument: Instrument, measured: Measured, older: Side, newer: Side) -> Change:
    """A measured number is the same in every version; what is better, the direction says."""
    values = (older.measured, newer.measured)
    how = CHANGED if None in values else _better(instrument, values[0] or 0, values[1] or 0)
    before, after = ("—" if one is None else instrument.value_words(one) for one in values)
    return Change("measured", measured.name, before, after, how)


def _has_level(instrument: Instrument, older: Side, newer: Side) -> bool:
    """Of scales the verdicts say it; the finding of what is measured holds the number, which has its own line."""
    return not instrument.scales and (instrument.measured is None or older.level != newer.level)


def _level(instrument: Instrument, side: Side) -> str:
    if instrument.measured is not None and side.measured is not None:
        return side.finding.removeprefix(instrument.value_words(side.measured)).strip() or "—"
    return side.finding or "—"


def _part(instrument: Instrument, score: float | None) -> str:
    if score is None or instrument.measured is None:
        return _points(score)
    return instrument.value_words(score)


def _scales(instrument: Instrument, older: Side, newer: Side, *, alike: bool) -> Iterator[Change]:
    """Scales whose verdict changed: better where the tone of what is said now is calmer."""
    before = {one.code: one for one in older.scales}
    after = {one.code: one for one in newer.scales}
    for scale in instrument.scales:
        one, other = before.get(scale.code), after.get(scale.code)
        if one is None or other is None or (one.score, one.words) == (other.score, other.words):
            continue
        how = CHANGED
        if alike and one.words != other.words and {one.tone, other.tone} <= set(TONES):
            ranks = TONES.index(one.tone), TONES.index(other.tone)
            how = CHANGED if ranks[0] == ranks[1] else BETTER if ranks[1] < ranks[0] else WORSE
        yield Change(
            scale.code,
            scale.name,
            f"{one.score} {one.words}".strip(),
            f"{other.score} {other.words}".strip(),
            how,
        )


def _levels_known(instrument: Instrument, older: Side, newer: Side) -> bool:
    """Whether both levels can be put in one order: of one version, or called today what they were called then."""
    if older.level is None or newer.level is None:
        return False
    if older.version == newer.version:
        return True
    known = {level.number: level.short for level in instrument.levels}
    return all(known.get(one.level or 0) == _level(instrument, one) for one in (older, newer))


def _figure(answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return NOT_SAID
    if answer["score"] is None:
        return str(answer["text"])
    return str(answer.get("mark") or answer["score"])


def _text(answer: Mapping[str, Any] | None) -> str:
    return "" if answer is None or answer["score"] is None else str(answer["text"])


def _alone(answer: Mapping[str, Any]) -> str:
    return f"{answer['name']} {_figure(answer)}"


def _points(points: float | None) -> str:
    return "—" if points is None else f"{points:g}"
