"""The nine-risk check of the demo: by a nurse, for everybody but two; the weaker the more risks, with measures."""

from __future__ import annotations

import functools
from dataclasses import replace

from app.access import proof
from app.assessments.instruments import Fact, shipped
from app.assessments.record_queries import OpenForm
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignFirst
from app.core.clock import date_in
from app.demo.days import NURSE, Days, Person
from app.demo.journal_words import RISK_MEASURES
from app.residents.queries.risks import NINE_RISK


def check_risks(days: Days) -> None:
    """On the first day; two people's risks nobody has looked at yet."""
    for index, person in enumerate(days.people):
        if index % 27 != 5:
            moment = days.moment(days.count, 10, 5 + index // 2 % 50)
            days.at(moment, functools.partial(_check, days, person, index))


def _check(days: Days, person: Person, index: int) -> None:
    desk = days.station.desk
    actor = days.become(NURSE)
    instrument = shipped()[NINE_RISK]
    begun = desk.ask_now(OpenForm(person.rid, NINE_RISK)).content
    answers = {
        code: _grade(person.invented.ability, index, place) for place, code in enumerate(instrument.items)
    }
    measures: dict[str, Fact] = {
        instrument.items[code].supplement(digit): RISK_MEASURES[code]
        for code, digit in answers.items()
        if digit
    }
    content = replace(
        begun,
        answers=answers,
        information={**begun.information, **measures},
        assessed_on=date_in(days.station.settings.zone, days.station.clock.now()),
        place="医务室",
    )
    desk.do_now(SaveDraft(person.rid, NINE_RISK, content))
    sealed = proof.make(desk.surroundings.seals, actor.rid, days.station.clock.now())
    desk.do_now(SignFirst(person.rid, NINE_RISK, sealed))


def _grade(ability: float, index: int, place: int) -> int:
    """0 none, 1 to be guarded, 2 high."""
    weak = ability < 0.35 and place % 2 == 0
    some = ability < 0.7 and (index + place) % 4 == 0
    return 2 if weak and (index + place) % 3 == 0 else int(weak or some)
