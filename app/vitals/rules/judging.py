"""What a value means: normal, yellow or red by age or by the person's own limits, and whether it is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.vitals.rules.measured import Measured, number_words
from app.vitals.rules.sign import Range, Sign

OK, WARN, DANGER, NEUTRAL = "ok", "warn", "danger", "neutral"
WORSE = (NEUTRAL, OK, WARN, DANGER)
LOW, HIGH = "↓", "↑"
CONFUSED = "C"


@dataclass(frozen=True)
class Judgement:
    """`tone`: ok, warn, danger or neutral (nothing to compare with); `words` why; `mark` ↑ or ↓."""

    tone: str
    words: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Own:
    """What a doctor set for one person: sign code → {low, high, second_low, second_high, red_low, red_high}."""

    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    consciousness: str = "A"

    def of(self, code: str) -> Mapping[str, float]:
        return self.limits.get(code, {})


_NOTHING = Judgement(NEUTRAL)
_NORMAL = Judgement(OK)


def judge(
    sign: Sign, value: float | None, second: float | None, age_years: int | None, limits: Own
) -> Judgement:
    """What a number means; the worse of two for a blood pressure. Own limits stand instead of the yellow band."""
    if value is None:
        return _NOTHING
    usual, mine = sign.at(age_years), limits.of(sign.code)
    if second is None or sign.second is None:
        return _one(sign, sign.words, value, (usual.yellow, usual.red), _own(mine, ""))
    lower = sign.second_at(age_years)
    found = [
        _one(sign, sign.first, value, (usual.yellow, usual.red), _own(mine, "")),
        _one(sign, sign.second_words, second, (lower.yellow, lower.red), _own(mine, "second_")),
    ]
    if sign.between is not None and not mine:
        found.append(_one(sign, sign.between_words, value - second, (sign.between, None), (None, None)))
    return max(found, key=lambda one: WORSE.index(one.tone))


def judge_words(sign: Sign, words: str, how: Mapping[str, str] | None, own: Own) -> Judgement:
    """What a letter or LO/HI means; confusion that is usual for the person counts as alert."""
    letter = sign.letter(words)
    if letter is not None:
        if words == CONFUSED and own.consciousness == CONFUSED and (how or {}).get("change") != "new":
            return Judgement(OK, "与平时相同，按清醒计")
        return Judgement(letter.tone, letter.words if letter.tone != OK else "")
    if sign.beyond is not None and words in sign.beyond:
        low = words == sign.beyond[0]
        return Judgement(
            DANGER, f"{words} {'低' if low else '高'}于仪器量程，达到危急值", LOW if low else HIGH
        )
    return _NOTHING


def judge_measured(sign: Sign, measured: Measured, age_years: int | None, own: Own) -> Judgement:
    """What a value means, number or letter; why nothing was measured means nothing."""
    if measured.value is not None:
        return judge(sign, measured.value, measured.second, age_years, own)
    return judge_words(sign, measured.words, dict(measured.how), own) if measured.words else _NOTHING


def soft_doubt(
    sign: Sign, measured: Measured, age_years: int | None, before: float | None = None
) -> str | None:
    """A sentence where a value is possible but to be looked at again; `before` is the last one (weight)."""
    value, second, limits = measured.value, measured.second, sign.at(age_years)
    if value is None:
        return None
    if limits.soft is not None and not limits.soft.holds(value):
        return _again(sign, f"{sign.first or sign.words} {number_words(sign, value)}")
    lower = sign.second_at(age_years).soft
    if second is not None and lower is not None and not lower.holds(second):
        return _again(sign, f"{sign.second_words} {number_words(sign, second)}")
    if sign.change is not None and before is not None and abs(value - before) >= sign.change:
        return _again(sign, f"{sign.words} {number_words(sign, value)}，上次 {number_words(sign, before)}")
    return None


def _again(sign: Sign, words: str) -> str:
    unit = f" {sign.unit}" if sign.unit and sign.unit != "0–10" else ""
    return f"{words}{unit} 数值异常，请核对：再按一次 Enter 确认。"


def _own(mine: Mapping[str, float], prefix: str) -> tuple[Range | None, Range | None]:
    """The person's own yellow and red ranges; an end that is not set is open."""

    def between(low: str, high: str) -> Range | None:
        if low not in mine and high not in mine:
            return None
        return Range(mine.get(low, float("-inf")), mine.get(high, float("inf")))

    return (
        between(f"{prefix}low", f"{prefix}high"),
        between(f"{prefix}red_low", f"{prefix}red_high"),
    )


def _one(
    sign: Sign,
    words: str,
    value: float,
    usual: tuple[Range | None, Range | None],
    own: tuple[Range | None, Range | None],
) -> Judgement:
    yellow, red = usual
    if own[0] is not None and own[0].holds(value):
        return _NORMAL
    red = own[1] or red
    said = number_words(sign, value)
    if red is not None and not red.holds(value):
        return Judgement(DANGER, f"{words} {said} 达到危急值", LOW if value < red.low else HIGH)
    if own[0] is not None:
        return _outside(f"{words} {said} 超出个人范围 ", own[0], value)
    if yellow is not None and not yellow.holds(value):
        return _outside(f"{words} {said} 超出参考范围 ", yellow, value)
    return _NORMAL if yellow is not None or red is not None else _NOTHING


def _outside(words: str, good: Range, value: float) -> Judgement:
    if good.low == float("-inf"):
        said = f"≤{good.high:g}"
    elif good.high == float("inf"):
        said = f"≥{good.low:g}"
    else:
        said = f"{good.low:g}–{good.high:g}"
    return Judgement(WARN, words + said, LOW if value < good.low else HIGH)
