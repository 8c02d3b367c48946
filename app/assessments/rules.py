"""The calculator: answers and facts of an assessment in, sub-scores, total, level, verdicts and the reasons out.

A total and an initial level exist only when every item is answered (partial totals are never banded; an item that
could not be answered leaves no total either), a final level only when also every fact the level depends on is known.
The one exception is a change that *sets* the level, such as coma in GB/T 42195-2022 C.4: it needs no items at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.assessments.information_rules import check_facts
from app.assessments.instruments import Change, Dimension, Fact, Instrument, Item, Scale, Verdict, spoken
from app.assessments.instruments.levels import Band, Decision
from app.assessments.instruments.reach import points
from app.assessments.measuring import result_of, still_wanted
from app.core.errors import Refusal


@dataclass(frozen=True)
class SubScore:
    """One dimension so far: points of `answered` of `items` items, out of `maximum` points; its band once complete.
    Of what is measured `score` is what its readings come to."""

    code: str
    name: str
    score: float
    maximum: float
    answered: int
    items: int
    band: Band | None = None


@dataclass(frozen=True)
class ScaleScore:
    """One scale, once all its items are answered: its sum and what that means beside the others."""

    code: str
    name: str
    score: int
    verdict: Verdict


@dataclass(frozen=True)
class Fired:
    """A level change that applies, in the instrument's words, and what it applies because of."""

    code: str
    words: str
    because: str


@dataclass(frozen=True)
class Outcome:
    """What answers and facts come to. `items` is how many a complete form answers, `unable` how many could not be.
    `open_fields` are fields a level still waits for. `measured` stands where the instrument measures, not adds."""

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
    unable: int = 0
    scales: tuple[ScaleScore, ...] = ()
    measured: float | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return self.answered + self.unable >= self.items

    @property
    def counted(self) -> bool:
        """Whether every item has a score."""
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
    subs = tuple(_sub_score(instrument, dimension, answers) for dimension in instrument.dimensions)
    answered = _answered(instrument, subs)
    counted = answered == instrument.wanted
    total = sum(int(sub.score) for sub in subs) if counted and instrument.sums else None
    initial = _initial(instrument, answers, facts, subs) if counted else None
    applying = [change for change in instrument.changes if _applies(instrument, change, facts)]
    raising = [one for one in applying if not one.only_at or initial in one.only_at]
    settled = [change.sets for change in raising if change.sets is not None]
    open_fields = () if settled else _open_fields(instrument, applying, facts)
    raises = [change.raises for change in raising if change.raises]
    raised = sum(raises) if stack_raises else max(raises, default=0)
    known = initial is not None and not open_fields
    raised_to = min((initial or 0) + raised, instrument.levels[-1].number) if known else None
    return Outcome(
        answered=answered,
        items=instrument.wanted,
        subs=subs,
        total=total,
        initial=initial,
        fired=tuple(Fired(one.code, one.words, because(instrument, one, facts)) for one in raising),
        level=max(settled) if settled else raised_to,
        open_fields=open_fields,
        raised=raised,
        set_directly=bool(settled),
        unable=sum(digit < 0 for digit in answers.values()),
        scales=_scales(instrument, answers) if counted else (),
        measured=result_of(instrument, instrument.items.values(), answers) if counted else None,
    )


def missing_items(instrument: Instrument, answers: Mapping[str, int]) -> tuple[Item, ...]:
    """Items nobody has answered yet; of rivals the first, while none of them is; of readings those there must be."""
    if instrument.measured is not None:
        return still_wanted(instrument, answers)
    return tuple(
        item
        for code, item in instrument.items.items()
        if code not in answers
        and not any(
            rival in answers or _before(instrument, rival, code) for rival in instrument.rivals.get(code, ())
        )
    )


def check_answers(instrument: Instrument, answers: Mapping[str, int]) -> None:
    """Refuse an answer to an item, or by a digit, that the instrument does not have."""
    for code, digit in answers.items():
        item = instrument.items.get(code)
        if item is None:
            raise Refusal(f"“{instrument.title}”没有指标 {code}", field=code)
        if isinstance(digit, int) and digit < 0 and instrument.unable_words(digit):
            continue
        if isinstance(digit, bool) or not isinstance(digit, int) or item.option(digit) is None:
            if item.quantity is not None:
                raise Refusal(f"{item.label}：应在 {item.quantity.limits}之内", field=code)
            digits = "、".join(option.sign for option in item.options)
            raise Refusal(f"{item.label}：没有选项 {digit}，可选 {digits}", field=code)
    for group in instrument.either:
        if sum(code in answers for code in group.items) > 1:
            raise Refusal(f"{'、'.join(group.items)} 只填一项：{group.words}", field=group.items[-1])


def because(instrument: Instrument, change: Change, facts: Mapping[str, Fact]) -> str:
    """What a level change applies because of: 疾病诊断为“痴呆F00～F03”; 跌倒发生过1次、噎食发生过1次，合计2次."""
    if change.counted:
        counts = {code: _count(instrument, code, facts) for code in change.counted}
        parts = (f"{instrument.fields[code].name}{spoken(facts[code])[0]}" for code in counts if counts[code])
        return f"{'、'.join(parts)}，合计{sum(counts.values())}次"
    met = [words for words in spoken(facts[change.field]) if words in change.words_met]
    return f"{instrument.fields[change.field].label}为“{'、'.join(met)}”"


def _answered(instrument: Instrument, subs: tuple[SubScore, ...]) -> int:
    """How much is answered of what a complete form answers; a reading more than there must be is welcome."""
    answered = sum(sub.answered for sub in subs)
    return answered if instrument.measured is None else min(answered, instrument.wanted)


def _before(instrument: Instrument, one: str, other: str) -> bool:
    codes = list(instrument.items)
    return codes.index(one) < codes.index(other)


def _sub_score(instrument: Instrument, dimension: Dimension, answers: Mapping[str, int]) -> SubScore:
    given = [answers[item.code] for item in dimension.items if item.code in answers]
    chosen = [
        option
        for item in dimension.items
        if item.code in answers and (option := item.option(answers[item.code])) is not None
    ]
    asked = {(item.code, *instrument.rivals.get(item.code, ())) for item in dimension.items}
    wanted = len({frozenset(one) for one in asked})
    if instrument.measured is not None:
        value, most = result_of(instrument, dimension.items, answers), instrument.measured.quantity.most
        return SubScore(dimension.code, dimension.name, value or 0, most, len(chosen), len(dimension.items))
    total = sum(option.score for option in chosen)
    band = dimension.band_of(total) if len(chosen) == wanted == len(given) else None
    return SubScore(dimension.code, dimension.name, total, dimension.maximum, len(chosen), wanted, band)


def _initial(
    instrument: Instrument, answers: Mapping[str, int], facts: Mapping[str, Fact], subs: tuple[SubScore, ...]
) -> int | None:
    """The level of a complete set of answers; None where the instrument has none, or a fact is still needed."""
    if instrument.combination is not None:
        bands = {sub.code: sub.band.number for sub in subs if sub.band is not None}
        worst = max(bands[code] for code in instrument.combination.worst_of)
        return instrument.combination.table[bands[instrument.combination.rows]][worst]
    if instrument.decisions:
        holding = (one.level for one in instrument.decisions if _holds(instrument, one, answers))
        return next(holding, 0)
    if not instrument.levels or instrument.scales:
        return None
    value = result_of(instrument, instrument.items.values(), answers)
    total = sum(sub.score for sub in subs) if value is None else value
    for banding in instrument.bandings:
        said = facts.get(banding.field, "")
        if said == "":
            return None
        if set(spoken(said)) & set(banding.words_met):
            return next(number for number, (low, high) in enumerate(banding.bands) if low <= total <= high)
    return instrument.level_of(total).number


def _holds(instrument: Instrument, decision: Decision, answers: Mapping[str, int]) -> bool:
    def reaches(code: str) -> bool:
        option = instrument.items[code].option(answers[code]) if code in answers else None
        return option is not None and option.score >= decision.score_at_least

    return all(map(reaches, decision.all_of)) and (not decision.any_of or any(map(reaches, decision.any_of)))


def _scales(instrument: Instrument, answers: Mapping[str, int]) -> tuple[ScaleScore, ...]:
    sums = {scale.code: _scale(instrument, scale, answers) for scale in instrument.scales}
    found = []
    for scale in instrument.scales:
        others = max((value for code, value in sums.items() if code != scale.code), default=0)
        verdict = next(one for one in scale.verdicts if _passes(one, sums[scale.code], others))
        found.append(ScaleScore(scale.code, scale.name, sums[scale.code], verdict))
    return tuple(found)


def _scale(instrument: Instrument, scale: Scale, answers: Mapping[str, int]) -> int:
    items = [instrument.items[code] for code in scale.items]
    chosen = [(item, item.option(answers[item.code])) for item in items]
    return sum(points(scale, item, option.score) for item, option in chosen if option is not None)


def _passes(verdict: Verdict, own: int, others: int) -> bool:
    return (verdict.at_least is None or own >= verdict.at_least) and (
        verdict.others_at_most is None or others <= verdict.others_at_most
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
    needed |= {one.field for one in instrument.bandings if facts.get(one.field, "") == ""}
    return tuple(code for code in instrument.fields if code in needed)


def _count(instrument: Instrument, code: str, facts: Mapping[str, Fact]) -> int:
    choices = (instrument.fields[code].choice(words) for words in spoken(facts.get(code, ())))
    return sum(choice.counts or 0 for choice in choices if choice is not None)
