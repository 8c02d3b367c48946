"""Sessions of the demo: what was due of a resident on a day is trained as planned, or goes as the story says."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from app.access.queries import ActorByNumber
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


@dataclass(frozen=True)
class Due(Question["tuple[Held, ...]"]):
    """What is due of a resident on a date and not recorded yet."""

    person: Person
    day: date


@answers(Due)
def due(reader: Reader, question: Due) -> tuple[Held, ...]:
    waiting = (SessionState.DUE, SessionState.UNRECORDED)
    return tuple(one for one in derive(reader, [question.person.rid], [question.day]) if one.state in waiting)


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
    numbers = {rid: number for number, rid in _therapists(days).items()}
    for at, held in enumerate(desk.ask_now(Due(person, day))):
        number = numbers.get(held.planned.therapist) if held.planned.therapist else None
        if number is None or held.planned.ends > days.moving.now():
            continue
        days.become(number)
        if at == 0 and otherwise is not None:
            desk.do_now(NotHeld(held.key, *otherwise))
            continue
        desk.do_now(RecordSession(held.key, held.planned.at, _before(held, despite, dice), _form(held, dice)))


def _before(held: Held, despite: Mapping[str, str], dice: random.Random) -> Before:
    values: dict[str, Any] = {"sbp": dice.randrange(108, 128), "dbp": dice.randrange(62, 76)}
    taken = Values(**values, hr=dice.randrange(66, 82), spo2=dice.randrange(95, 99), pain=dice.randrange(0, 3))
    return Before(taken, despite.get(held.item.code, ""), skin=_skin(held))


def _form(held: Held, dice: random.Random) -> SessionForm:
    after = Values(
        sbp=dice.randrange(112, 130), dbp=70, hr=dice.randrange(72, 92), rpe=dice.randrange(10, 13), pain=1
    )
    ended = held.planned.at + timedelta(minutes=held.planned.minutes)
    return SessionForm(after=after, ended=ended, skin=_skin(held), soap={"o": dice.choice(PHRASES)})


def _skin(held: Held) -> str:
    return INTACT if items()[held.item.code].skin_check else ""


def _therapists(days: Days) -> dict[str, Any]:
    found = {}
    for number in ("0701", "0702", "0703", "0704", "0705", "0509"):
        actor = days.station.ask_as_nobody(ActorByNumber(number))
        found[number] = actor.rid
    return found
