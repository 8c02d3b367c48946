"""What an outcome says in words: its finding with the colour that means it, and why, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.assessments.instruments import Instrument, Measured
from app.assessments.instruments.entries import TONES
from app.assessments.instruments.levels import GRADES
from app.assessments.rules import Outcome

NEUTRAL = "neutral"
_OF = {"best": "取最好", "worst": "取最差", "mean": "取平均"}


@dataclass(frozen=True)
class Finding:
    """What an assessment came to, in a few words for lists; `tone` one of TONES, or neutral."""

    words: str
    tone: str


def finding(instrument: Instrument, outcome: Outcome) -> Finding:
    """The level, or the verdicts that hold, or why there is neither; empty while the form is not complete."""
    value = "" if outcome.measured is None else instrument.value_words(outcome.measured)
    if outcome.level is not None:
        level = instrument.level(outcome.level)
        return Finding(f"{value} {level.short}".strip(), level.tone)
    if value:
        return Finding(value, NEUTRAL)
    if outcome.scales:
        holding = [one for one in outcome.scales if not one.verdict.last]
        words = "、".join(f"{one.name} {one.verdict.words}" for one in holding)
        worst = max((TONES.index(one.verdict.tone) for one in holding), default=0)
        return Finding(words, TONES[worst]) if holding else Finding(instrument.unclear or "均不符合", NEUTRAL)
    if outcome.complete and outcome.unable:
        return Finding(f"{outcome.unable}项未能评，不计总分", NEUTRAL)
    return Finding("", NEUTRAL)


def risks(instrument: Instrument, answers: Mapping[str, int], outcome: Outcome) -> dict[str, str]:
    """Risks by code with their grade: of the level, and of single answers; the graver of two counts."""
    found: dict[str, str] = {}
    level = None if outcome.level is None else instrument.level(outcome.level)
    signs = [(level.risk.code, level.risk.grade)] if level is not None and level.risk is not None else []
    for code, digit in answers.items():
        item = instrument.items[code]
        option = item.option(digit)
        if option is not None and option.risk:
            signs.append((item.risk, option.risk))
    for code, grade in signs:
        if code not in found or GRADES.index(grade) > GRADES.index(found[code]):
            found[code] = grade
    return found


def explain(instrument: Instrument, outcome: Outcome) -> tuple[str, ...]:
    """Sentences from scores to the result; empty while there is none."""
    sentences: list[str] = []
    if outcome.total is not None and outcome.initial is not None:
        initial = instrument.level(outcome.initial)
        banded = f"（{initial.band}分）" if not instrument.bandings else ""
        sentences.append(f"总分{outcome.total}分{banded}，初步等级为{initial.words}")
    elif instrument.measured is not None and outcome.measured is not None:
        sentences.append(_measured(instrument, instrument.measured, outcome))
    elif instrument.combination is not None and outcome.initial is not None:
        sentences += [
            f"{sub.name}{sub.score}分：{sub.band.name}" for sub in outcome.subs if sub.band is not None
        ]
        sentences.append(f"查组合表，初步等级为{instrument.level(outcome.initial).words}")
    elif outcome.initial is not None:
        sentences.append(f"按判定规则，初步等级为{instrument.level(outcome.initial).words}")
    elif outcome.level is not None:
        sentences.append(f"已评{outcome.answered}/{outcome.items}项，不计总分")
    if (
        outcome.total is not None
        or outcome.measured is not None
        or outcome.initial is not None
        or outcome.level is not None
    ):
        sentences += [f"{fired.words}；依据：{fired.because}" for fired in outcome.fired]
        sentences += _result(instrument, outcome)
    sentences += [f"{one.name}{one.score}分：{one.verdict.words}" for one in outcome.scales]
    if outcome.complete and outcome.unable and outcome.level is None:
        sentences.append(f"{outcome.unable}项未能评，不计总分，不分级")
    return tuple(sentences)


def _measured(instrument: Instrument, measured: Measured, outcome: Outcome) -> str:
    """`用时 12.4 秒（3次取平均）`; the level follows."""
    tried = sum(sub.answered for sub in outcome.subs)
    how = f"（{tried}{'项' if instrument.marks else '次'}{_OF[measured.of]}）" if tried > 1 else ""
    value = instrument.value_words(outcome.measured or 0)
    return f"{measured.name} {value}{how}"


def _result(instrument: Instrument, outcome: Outcome) -> list[str]:
    if outcome.level is None:
        fields = "、".join(instrument.fields[code].label for code in outcome.open_fields)
        return [f"最终等级还须填写：{fields}"]
    final = instrument.level(outcome.level)
    raising = [change for change in instrument.changes if change.raises and _fired(outcome, change.code)]
    said: list[str] = []
    if not outcome.set_directly and outcome.initial is not None:
        if len(raising) > 1 and outcome.raised < sum(change.raises for change in raising):
            said.append("以上依据同时成立，只提高一个等级")
        if outcome.raised and outcome.initial + outcome.raised > instrument.levels[-1].number:
            said.append("已是最重的等级，不再提高")
        if not outcome.fired and instrument.changes:
            said.append("没有等级变更的依据")
    return [*said, f"判为{final.words}" if final.bare else f"最终等级为{final.words}"]


def _fired(outcome: Outcome, code: str) -> bool:
    return any(fired.code == code for fired in outcome.fired)
