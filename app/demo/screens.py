"""The other instruments of the demo: what everybody in the house must have, most of it done, some of it overdue."""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.access import proof
from app.assessments.content import Content
from app.assessments.instruments import Fact, Instrument, Item, shipped
from app.assessments.record_queries import OpenForm, open_form
from app.assessments.service import SaveDraft, save_draft
from app.assessments.signoff import SignFirst, sign_first
from app.core.clock import date_in
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.demo.days import NURSE, Days
from app.demo.journal_words import RISK_MEASURES
from app.demo.story import told

ABILITY = "gbt42195-2022"
LATE = 0.12
"""How many residents were last assessed so long ago that what is weekly is overdue."""
UNDONE = 0.02
"""How many of the assessments of those are missing altogether."""
SERIES = 4
"""How often the first residents were assessed with what is repeated, so that curves have points."""
EXTRA = ("tcm33", "gds15-wst802", "nrs")
_FEW = 6


@dataclass(frozen=True)
class Screening(Order[None]):
    """Several instruments of one resident on one day, filled in and signed by one nurse, as one act."""

    resident: UUID
    instruments: tuple[Instrument, ...]
    ability: float
    day: date
    signer: proof.Proof
    dice: random.Random


def screen(days: Days) -> None:
    """What is routine once for nearly everybody; for some again, so that there is something to compare."""
    dice = days.dice("screens")
    routine = [one for one in shipped().values() if one.due.routine and one.code != ABILITY]
    extra = [shipped()[code] for code in EXTRA]
    for index, person in enumerate(days.people):
        late = index >= _FEW and dice.random() < LATE
        back = dice.randrange(9, max(days.count, 10)) if late else dice.randrange(1, 7)
        turns = SERIES if index < _FEW else 2 if index % 5 == 0 else 1
        for turn in range(turns):
            at = days.moment(back + (turns - 1 - turn) * 7, 10) + timedelta(minutes=dice.randrange(0, 300))
            done = [one for one in routine if not late or dice.random() >= UNDONE]
            if index < _FEW and turn == turns - 1:
                done += extra
            done = [one for one in done if not told(person, one.code)]
            ability = min(1.0, max(0.05, person.invented.ability + 0.05 * (turns - 1 - turn)))
            days.at(at, functools.partial(_screen, days, index, tuple(done), ability, at))


def _screen(
    days: Days, index: int, instruments: tuple[Instrument, ...], ability: float, at: datetime
) -> None:
    actor = days.become(NURSE)
    day = date_in(days.station.settings.zone, at)
    proven = proof.make(days.station.desk.surroundings.seals, actor.rid, days.station.clock.now())
    dice = days.dice(f"screens {index} {day}")
    resident = days.people[index].rid
    days.station.desk.do_now(Screening(resident, instruments, ability, day, proven, dice))


@performs(Screening)
def screened(unit: Unit, order: Screening) -> None:
    for instrument in order.instruments:
        begun = open_form(unit, OpenForm(order.resident, instrument.code)).content
        content = answered(instrument, begun, order.ability, order.dice)
        save_draft(unit, SaveDraft(order.resident, instrument.code, replace(content, assessed_on=order.day)))
        unit.session.flush()
        sign_first(unit, SignFirst(order.resident, instrument.code, order.signer))


def answered(instrument: Instrument, begun: Content, ability: float, dice: random.Random) -> Content:
    """One complete form, answered as able as the person is; what the station knew of an item is left as it was."""
    answers: dict[str, int] = dict(begun.answers)
    facts: dict[str, Fact] = dict(begun.information)
    for code, item in instrument.items.items():
        if code in answers or any(rival in answers for rival in instrument.rivals.get(code, ())):
            continue
        choose = _risk if item.risk else _digit
        answers[code] = choose(instrument, item, ability, dice)
        option = item.option(answers[code])
        if option is not None and option.asks:
            facts[item.supplement(option.digit)] = RISK_MEASURES.get(code, "见护理记录")
    for code, field in instrument.fields.items():
        if field.required and field.choices and code not in facts:
            first = next((one.words for one in field.choices if one.alone), field.choices[0].words)
            facts[code] = (first,) if field.kind == "choices" else first
    return replace(begun, answers=answers, information=facts, place="床旁")


def _risk(_instrument: Instrument, item: Item, ability: float, dice: random.Random) -> int:
    """Most risks are nobody's; the weaker a person, the more of them, and the graver."""
    chance = dice.random()
    grade = 0 if chance > 0.75 * (1 - ability) else 2 if ability < 0.35 and chance < 0.2 else 1
    return min(item.options, key=lambda option: abs(option.score - grade)).digit


def _digit(instrument: Instrument, item: Item, ability: float, dice: random.Random) -> int:
    able = ability if instrument.higher_is_better else 1 - ability
    span = item.highest - item.lowest
    wanted = item.lowest + able * span + dice.gauss(0, 0.18) * span
    return min(item.options, key=lambda option: abs(option.score - wanted)).digit
