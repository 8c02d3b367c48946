"""Fills in assessments of invented residents: answers as able as the person is, and the information that goes."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date

from app.assessments.content import Content
from app.assessments.instruments import Fact, Instrument

NO_EVENT, ONE_FALL = "无", "发生过1次"
_WEAK, _STRONG = (
    "建议：按完全失能等级提供全程照护，2小时翻身一次，重点防压疮、防噎食。",
    "建议：鼓励自理与社会参与，12个月后复评。",
)


@dataclass(frozen=True)
class Visit:
    """One assessment to be filled in: what the form begins with, how able the person is (0 to 1), the day."""

    begun: Content
    ability: float
    day: date


def fill(instrument: Instrument, visit: Visit, dice: random.Random) -> Content:
    """One complete content. Ability 1.0 answers every item with its best option, 0.0 with its worst."""
    ability = visit.ability
    return replace(
        visit.begun,
        answers={
            code: _answer([one.digit for one in item.options], ability, dice)
            for code, item in instrument.items.items()
        },
        information={**visit.begun.information, **_information(instrument, visit, dice)},
        assessed_on=visit.day,
        conclusion=_conclusion(ability),
        place="医务室评估室",
    )


def _answer(digits: list[int], ability: float, dice: random.Random) -> int:
    best = max(digits)
    if ability >= 1.0:
        return best
    wanted = ability * best + dice.gauss(0, 0.45)
    return min(digits, key=lambda digit: abs(digit - wanted))


def _information(instrument: Instrument, visit: Visit, dice: random.Random) -> dict[str, Fact]:
    ability = visit.ability
    events = [code for code in instrument.fields if code.startswith("A.2.14.")]
    facts: dict[str, Fact] = {code: visit.begun.information.get(code, NO_EVENT) for code in events}
    if 0.3 < ability < 0.7 and dice.random() < 0.3 and set(facts.values()) == {NO_EVENT}:
        facts["A.2.14.1"] = ONE_FALL
        facts["A.2.14.3"] = dice.choice([NO_EVENT, ONE_FALL])
    facts["A.4.1"] = _illnesses(ability)
    facts["A.5.11"] = "无"
    facts["A.2.9"] = _any(instrument, "A.2.9", dice)
    facts["A.2.10"] = (instrument.fields["A.2.10"].choices[-1].words,)
    facts["A.2.11"] = dice.choice([choice.words for choice in instrument.fields["A.2.11"].choices[1:3]])
    facts["A.2.12"] = (_any(instrument, "A.2.12", dice),)
    facts["A.2.13"] = (instrument.fields["A.2.13"].choices[0].words,)
    facts["A.2.4"] = str(dice.randrange(148, 176))
    facts["A.2.5"] = str(dice.randrange(44, 76))
    facts["A.2.7"] = "无"
    facts["A.3.1"] = visit.begun.information.get("A.3.3", "本人")
    facts["A.3.2"] = "子女" if "A.3.3" in visit.begun.information else "本人"
    for code, field in instrument.fields.items():
        if code.startswith("A.5.") and field.choices and code not in facts:
            healthy = field.choices[0].words
            facts[code] = (healthy,) if field.kind == "choices" else healthy
    return facts


def _any(instrument: Instrument, code: str, dice: random.Random) -> str:
    return dice.choice([choice.words for choice in instrument.fields[code].choices if not choice.asks])


def _illnesses(ability: float) -> tuple[str, ...]:
    if ability < 0.45:
        return ("高血压病I10～I15", "痴呆F00～F03")
    if ability < 0.7:
        return ("高血压病I10～I15", "糖尿病E10～E14", "脑梗塞I63")
    return ("高血压病I10～I15",)


def _conclusion(ability: float) -> str:
    if ability < 0.3:
        return _WEAK
    if ability < 0.7:
        return "转移、行走与上下楼梯需他人协助，近期记忆减退。建议：落实防跌倒措施，床椅转移时1人协助，6个月后复评。"
    return _STRONG
