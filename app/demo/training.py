"""Sessions of the demo: what was due of a resident on a day is trained as planned, or goes as the story says."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from app.access import proof
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.unit import Reader
from app.demo.days import Days, Person
from app.rehab.derived import Held, derive
from app.rehab.lists.items import items
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import Values
from app.rehab.training import Before, NotHeld, RecordSession, SessionForm

PHRASES = ("配合好，无头晕", "较昨日省力", "疲劳，休息一次后完成", "动作较前稳", "情绪好，主动要求多练一组")

INTACT = "intact"
THERAPISTS = ("0701", "0702", "0703", "0704", "0705", "0509")
"""Staff numbers (`resources/demo/people.toml`): two PT, two more, ST, a doctor of Chinese medicine."""


@dataclass(frozen=True)
class Due(Question[list[Held]]):
    """What is due of a resident on a date and not recorded yet."""

    person: Person
    day: date


@answers(Due)
def due(reader: Reader, question: Due) -> list[Held]:
    waiting = (SessionState.DUE, SessionState.UNRECORDED)
    return [one for one in derive(reader, [question.person.rid], [question.day]) if one.state in waiting]


def train_due(
    days: Days,
    person: Person,
    day: date,
    otherwise: tuple[str, str] | None = None,
    despite: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Record what is due. `otherwise`: attendance and reason of the day's first session; `despite`: why an item, by its
    code, is done though something warns."""
    dice = random.Random(f"{days.seed} training {person.rid} {day}")
    desk = days.station.desk
    numbers = _therapists(days)
    waiting = desk.ask_now(Due(person, day))
    for at, held in enumerate(waiting):
        number = numbers.get(held.planned.therapist) if held.planned.therapist else None
        if number is None or held.planned.ends > days.moving.now():
            continue
        days.become(number)
        if at == 0 and otherwise is not None:
            desk.do_now(NotHeld(held.key, *otherwise))
            continue
        _record(days, held, despite.get(held.item.code, ""), dice)


def _record(days: Days, held: Held, despite: str, dice: random.Random) -> None:
    """As planned; where something warns with the reason of whoever trains, where something refuses not at all."""
    desk, form = days.station.desk, _form(held, dice)
    taken = _taken(dice)
    try:
        desk.do_now(RecordSession(held.key, held.planned.at, Before(taken, despite, skin=_skin(held)), form))
    except Refusal as refusal:
        if refusal.field == "despite":
            said = Before(taken, "医师已知，减量进行，全程监测", skin=_skin(held))
            desk.do_now(RecordSession(held.key, held.planned.at, said, form))
        elif refusal.field == "stop":
            desk.do_now(NotHeld(held.key, "sick", "fever"))
        else:
            raise


def _taken(dice: random.Random) -> Values:
    values: dict[str, Any] = {"sbp": dice.randrange(108, 128), "dbp": dice.randrange(62, 76)}
    return Values(**values, hr=dice.randrange(66, 82), spo2=dice.randrange(95, 99), pain=dice.randrange(0, 3))


def _form(held: Held, dice: random.Random) -> SessionForm:
    after = Values(
        sbp=dice.randrange(112, 130), dbp=70, hr=dice.randrange(72, 92), rpe=dice.randrange(10, 13), pain=1
    )
    ended = held.planned.at + timedelta(minutes=held.planned.minutes)
    return SessionForm(after=after, ended=ended, skin=_skin(held), soap={"o": dice.choice(PHRASES)})


def _skin(held: Held) -> str:
    return INTACT if items()[held.item.code].skin_check else ""


def _therapists(days: Days) -> dict[UUID, str]:
    """Staff numbers of who trains, by rid."""
    return {days.actor(number).rid: number for number in THERAPISTS}


def proof_of(days: Days, number: str) -> proof.Proof:
    """As the sign panel gives it after the password; the demo knows its people's passwords."""
    seals = days.station.desk.surroundings.seals
    return proof.make(seals, days.actor(number).rid, days.station.clock.now())
