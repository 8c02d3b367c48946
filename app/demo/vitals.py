"""The vital signs of the demo: a morning round every day, fevers followed every four hours, slips put right."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from app.core.clock import date_in
from app.demo.days import DOCTOR, NURSE, Days, Person
from app.vitals.queries import SetOf
from app.vitals.rules import Measured
from app.vitals.service import (
    CorrectVital,
    RecordSet,
    RecordSets,
    Seen,
    SetProfile,
    TakeBackSet,
    WrongResident,
)

OTHER_NURSE = "0413"
FOUR_HOURS = timedelta(hours=4)
_COURSE = (38.7, 39.2, 38.9, 38.4, 38.8, 38.1, 37.9, 37.6, 37.8, 37.4, 37.1, 36.9, 36.8, 36.6)
"""A fever, measured every four hours until it is over."""


@dataclass(frozen=True)
class Usual:
    """What is usual for one person."""

    pressure: tuple[int, int]
    pulse: int
    saturation: int
    weight: float
    glucose: float = 0.0
    letter: str = "A"


def measure(days: Days) -> None:
    """Rounds of every floor and day, those who have a fever, and what the doctor set for some."""
    usual = {person.rid: _usual(days, person) for person in days.people}
    days.at(days.moment(days.count, 7), functools.partial(_set_profiles, days, usual))
    for floor, people in groupby(days.people, key=_floor):
        here = list(people)
        for back in range(days.count, -1, -1):
            days.at(days.moment(back, 7, 50), functools.partial(_round, days, floor, here, back))
    for number, person in enumerate(days.people[4::13]):
        start = days.moment(max(1, (days.count * (number + 1) * 2 // 7) % max(days.count, 1)), 12)
        for step, warm in enumerate(_COURSE):
            at = start + FOUR_HOURS * step
            days.at(at, functools.partial(_follow, days, person.rid, warm, at))
    if len(days.people) > 3 and days.count > 3:
        days.at(days.moment(3, 15), functools.partial(_slips, days))


def _floor(person: Person) -> str:
    """`1号楼2` of the bed 1号楼203-1."""
    return person.invented.cells["床位"].partition("-")[0][:-2]


def _usual(days: Days, person: Person) -> Usual:
    cells = person.invented.cells
    dice = days.dice(f"usual {cells['身份证号']}")
    ill = cells["主要诊断"]
    raised = 16 if "高血压" in ill else 0
    lungs = "慢性阻塞性肺" in ill
    return Usual(
        pressure=(dice.randrange(112, 130) + raised, dice.randrange(69, 80) + raised // 2),
        pulse=dice.randrange(64, 84),
        saturation=dice.randrange(89, 92) if lungs else dice.randrange(96, 99),
        weight=round(dice.uniform(44, 76), 1),
        glucose=round(dice.uniform(6.2, 8.6), 1) if "糖尿病" in ill else 0.0,
        letter="C" if "阿尔茨海默" in ill and dice.random() < 0.4 else "A",
    )


def _set_profiles(days: Days, usual: dict[UUID, Usual]) -> None:
    days.become(DOCTOR)
    for rid, one in usual.items():
        limits = {}
        if one.pressure[0] > 138:
            limits["blood_pressure"] = {"low": 105.0, "high": 150.0, "second_high": 90.0}
        if one.glucose:
            limits["glucose"] = {"low": 4.4, "high": 8.3}
        lungs = one.saturation < 92
        note = "慢阻肺，高碳酸血症，目标 88–92%" if lungs else "老年个体化目标" if limits else ""
        if note or one.letter != "A":
            order = SetProfile(rid, one.letter, 2 if lungs else 1, limits, note)
            days.station.desk.do_now(order)


def _round(days: Days, floor: str, people: list[Person], back: int) -> None:
    """Everybody of a floor, some minutes apart; today's round is still going on."""
    dice = days.dice(f"vitals {floor} {back}")
    days.become(NURSE if back % 2 else OTHER_NURSE)
    begin = days.moment(back, 7, 10)
    day = date_in(days.station.settings.zone, begin)
    some = people[: round(len(people) * 0.6)] if back == 0 else people
    sets = []
    for place, person in enumerate(some):
        if date.fromisoformat(person.invented.cells["入住日期"]) <= day:
            at = begin + timedelta(minutes=place)
            usual = _usual(days, person)
            visit = _visit(person.rid, at, usual, dice)
            if day.day == 5 and visit.values:
                weight = _number("weight", round(usual.weight + dice.uniform(-0.8, 0.8), 1))
                visit = replace(visit, values=(*visit.values, weight))
            sets.append(visit)
    if sets:
        days.station.desk.do_now(RecordSets(tuple(sets)))


def _visit(rid: UUID, at: datetime, one: Usual, dice: random.Random) -> RecordSet:
    chance = dice.random()
    if chance < 0.012:
        return RecordSet(rid, at, (), absent=dice.choice(["refused", "asleep", "out", "agitated"]))
    return RecordSet(rid, at, tuple(_values(one, dice)))


def _values(one: Usual, dice: random.Random) -> Iterator[Measured]:
    def near(usual: float, spread: float) -> int:
        return round(dice.gauss(usual, spread))

    yield _number("temperature", round(dice.gauss(36.4, 0.22), 1))
    yield _number("pulse", near(one.pulse, 5))
    yield _number("respiration", max(12, min(near(17, 1.4), 21)))
    upper = near(one.pressure[0], 7)
    lower = max(upper - 62, min(near(one.pressure[1], 4), upper - 30))
    yield Measured(
        "blood_pressure", float(upper), float(lower), how=(("posture", "sitting"),), confirmed=True
    )
    saturation = min(100, near(one.saturation, 0.7))
    yield Measured("spo2", float(saturation), how=(("oxygen", "air"),), confirmed=True)
    yield Measured("consciousness", words=one.letter)
    if one.glucose:
        value = round(max(4.1, dice.gauss(one.glucose, 0.9)), 1)
        yield Measured("glucose", value, how=(("meal", "fasting"),), confirmed=True)
    yield _number("pain", dice.choices([0, 1, 2, 4], [80, 10, 8, 2])[0])


def _number(code: str, value: float) -> Measured:
    return Measured(code, float(value), confirmed=True)


def _follow(days: Days, rid: UUID, warm: float, at: datetime) -> None:
    """One of the measurements of a fever."""
    days.become(NURSE)
    values = (_number("temperature", warm), _number("pulse", round(76 + (warm - 36.6) * 9)))
    days.station.desk.do_now(RecordSet(rid, at, values))


def _slips(days: Days) -> None:
    """A red pressure measured again, a slip corrected, a visit of the wrong person moved, one taken back."""
    desk, now = days.station.desk, days.station.clock.now()
    days.become(NURSE)
    first, second, third = (person.rid for person in days.people[:3])
    red = Measured("blood_pressure", 186.0, 94.0, confirmed=True)
    visit = desk.do_now(RecordSet(first, now, (red,)))
    again = Measured("blood_pressure", 162.0, 88.0, turn=1, confirmed=True)
    desk.do_now(RecordSet(first, now, (again,), set_id=visit))
    slip = desk.do_now(RecordSet(second, now, (_number("temperature", 38.6),)))
    taken = desk.ask_now(SetOf(slip)).values[0]
    desk.do_now(CorrectVital(Seen(taken.rid, taken.revision), _number("temperature", 36.8), "笔误"))
    wrong = desk.do_now(RecordSet(second, now, (_number("pulse", 92),)))
    desk.do_now(WrongResident(wrong, third, "隔壁床，姓名相近"))
    desk.do_now(TakeBackSet(desk.do_now(RecordSet(third, now, (_number("pulse", 29),)))))
