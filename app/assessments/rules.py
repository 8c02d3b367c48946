"""The calculator: answers and facts of an assessment in, sub-scores, total, level and the reasons out.

A total and an initial level exist only when every item is answered (partial totals are never banded), a final
level only when also every fact the level changes depend on is known. The one exception is a change that *sets*
the level, such as coma in GB/T 42195-2022 C.4: it needs no items at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.assessments.information_rules import check_facts, spoken
from app.assessments.instrument import Change, Dimension, Fact, Instrument
from app.core.errors import Refusal


@dataclass(frozen=True)
class SubScore:
    """One dimension so far: points of `answered` of `items` items, out of `maximum` points."""

    code: str
    name: str
    score: int
    maximum: int
    answered: int
    items: int


@dataclass(frozen=True)
class Fired:
    """A level change that applies, in the instrument's words, and what it applies because of."""

    code: str
    words: str
    because: str


@dataclass(frozen=True)
class Outcome:
    """What answers and facts come to. `open_fields` are fields a level change still waits for."""

    answered: int
    items: int
    subs: tuple[SubScore, ...]
    total: int | None
    initial: int | None
    fired: tuple[Fired, ...]
    level: int | None
    open_fields: tuple[str, ...]
    raised: int = 0
    set_directly: bool = False

    @property
    def complete(self) -> bool:
        return self.answered == self.items


def score(
    instrument: Instrument,
    answers: Mapping[str, int],
    facts: Mapping[str, Fact],
    *,
    stack_raises: bool = False,
) -> Outcome:
    """Score `answers` (item code → digit) with `facts` (field code → what it says).

    `stack_raises`: several reasons raise the level once each, not once together (the standard is silent).
    Refuses items, digits and choices the instrument does not have.
    """
    check_answers(instrument, answers)
    check_facts(instrument, facts)
    subs = tuple(_sub_score(dimension, answers) for dimension in instrument.dimensions)
    answered = sum(sub.answered for sub in subs)
    total = sum(sub.score for sub in subs) if answered == len(instrument.items) else None
    initial = None if total is None else instrument.level_of(total).number
    applying = [change for change in instrument.changes if _applies(instrument, change, facts)]
    fired = tuple(Fired(one.code, one.words, because(instrument, one, facts)) for one in applying)
    settled = [change.sets for change in applying if change.sets is not None]
    open_fields = () if settled else _open_fields(instrument, applying, facts)
    raises = [change.raises for change in applying if change.raises]
    raised = sum(raises) if stack_raises else max(raises, default=0)
    level: int | None = None
    if settled:
        level = max(settled)
    elif initial is not None and not open_fields:
        level = min(initial + raised, instrument.levels[-1].number)
    return Outcome(
        answered,
        len(instrument.items),
        subs,
        total,
        initial,
        fired,
        level,
        open_fields,
        raised,
        bool(settled),
    )


def check_answers(instrument: Instrument, answers: Mapping[str, int]) -> None:
    """Refuse an answer to an item, or by a digit, that the instrument does not have."""
    for code, digit in answers.items():
        item = instrument.items.get(code)
        if item is None:
            raise Refusal(f"“{instrument.title}”没有指标 {code}", field=code)
        if isinstance(digit, bool) or not isinstance(digit, int) or item.option(digit) is None:
            digits = "、".join(str(option.digit) for option in item.options)
            raise Refusal(f"{code} {item.name}：没有选项 {digit}，可选 {digits}", field=code)


def because(instrument: Instrument, change: Change, facts: Mapping[str, Fact]) -> str:
    """What a level change applies because of: 疾病诊断为“痴呆F00～F03”; 跌倒发生过1次、噎食发生过1次，合计2次."""
    if change.counted:
        counts = {code: _count(instrument, code, facts) for code in change.counted}
        parts = (f"{instrument.fields[code].name}{spoken(facts[code])[0]}" for code in counts if counts[code])
        return f"{'、'.join(parts)}，合计{sum(counts.values())}次"
    met = [words for words in spoken(facts[change.field]) if words in change.words_met]
    return f"{instrument.fields[change.field].label}为“{'、'.join(met)}”"


def _sub_score(dimension: Dimension, answers: Mapping[str, int]) -> SubScore:
    chosen = [item.option(answers[item.code]) for item in dimension.items if item.code in answers]
    points = sum(option.score for option in chosen if option is not None)
    return SubScore(
        dimension.code, dimension.name, points, dimension.maximum, len(chosen), len(dimension.items)
    )


def _applies(instrument: Instrument, change: Change, facts: Mapping[str, Fact]) -> bool:
    if change.counted:
        return sum(_count(instrument, code, facts) for code in change.counted) >= change.at_least
    return bool(set(spoken(facts.get(change.field, ()))) & set(change.words_met))


def _open_fields(
    instrument: Instrument, applying: list[Change], facts: Mapping[str, Fact]
) -> tuple[str, ...]:
    """Fields that could still change the level: those of every change that does not apply yet."""
    waiting = [change for change in instrument.changes if change not in applying]
    needed = {code for change in waiting for code in change.fields if facts.get(code, "") == ""}
    return tuple(code for code in instrument.fields if code in needed)


def _count(instrument: Instrument, code: str, facts: Mapping[str, Fact]) -> int:
    choices = (instrument.fields[code].choice(words) for words in spoken(facts.get(code, ())))
    return sum(choice.counts or 0 for choice in choices if choice is not None)
