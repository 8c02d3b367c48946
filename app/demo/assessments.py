"""The assessments of the demo: everyone once, some again a little later, each signed by two people."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta

from app.access import proof
from app.access.queries import ActorByNumber
from app.assessments.instruments import shipped
from app.assessments.record_queries import OpenForm
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignFirst, SignSecond
from app.core.clock import date_in
from app.core.roles import Actor
from app.demo.days import Days
from app.demo.filling import Visit, fill

ABILITY = "gbt42195-2022"
_PAIRS = (("0610", "0412"), ("0412", "0508"), ("0610", "0317"))


def assess(days: Days) -> None:
    """Everyone once, on some day of the plan; every third again a few days later, a little changed."""
    dice = days.dice("assessments")
    for index, person in enumerate(days.people):
        back = dice.randrange(1, max(days.count, 1) + 1)
        first = days.moment(back, 9) + timedelta(minutes=dice.randrange(0, 420))
        days.at(first, functools.partial(_visit, days, index, person.invented.ability, first))
        if index % 3 == 0 and back > 8:
            again = first + timedelta(days=back // 2)
            ability = min(1.0, person.invented.ability + dice.choice([-0.08, 0.05, 0.1]))
            days.at(again, functools.partial(_visit, days, index, ability, again))


def _visit(days: Days, index: int, ability: float, at: datetime) -> None:
    desk, resident = days.station.desk, days.people[index].rid
    first, second = _PAIRS[index % 3]
    actor = days.become(first)
    begun = desk.ask_now(OpenForm(resident)).content
    day = date_in(days.station.settings.zone, at)
    dice = days.dice(f"assessments {index} {day}")
    content = fill(shipped()[ABILITY], Visit(begun, ability, day), dice)
    desk.do_now(SaveDraft(resident, ABILITY, content))
    desk.do_now(SignFirst(resident, ABILITY, _proof(days, actor)))
    other: Actor = days.station.ask_as_nobody(ActorByNumber(second))
    desk.do_now(SignSecond(resident, ABILITY, _proof(days, other)))


def _proof(days: Days, actor: Actor) -> proof.Proof:
    """As the sign panel gives it after the password; the demo knows its people's passwords."""
    return proof.make(days.station.desk.surroundings.seals, actor.rid, days.station.clock.now())
