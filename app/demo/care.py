"""The care of the demo: a plan for everyone by care level, and ten days of shifts with a few things gone otherwise."""

from __future__ import annotations

import functools
import random
from datetime import date, datetime, timedelta
from uuid import UUID

from app.care.lists import hours_in, reasons_of, task_kind, templates
from app.care.queries import ShiftBoard, SlotRow
from app.care.rules import NOT_DONE, PARTLY, REFUSED, Shift, needs_why
from app.care.service import ApplyTemplate, Blank, CloseShift, Otherwise, RecordMany
from app.core.errors import Refusal
from app.demo.days import CAREGIVER, HEAD_NURSE, NURSE, Days

BACK = 10
"""Days for which care was recorded."""
_LEVELS = {"自理": "independent", "半护理": "partial", "全护理": "full"}
_PROBLEMS = ("fall", "choking", "incontinence", "wandering", "dementia", "catheter", "pressure")
_ODD = 0.03
"""How many of a hundred slots do not go as planned."""


def look_after(days: Days) -> None:
    """The plans are made on one morning; from then on every shift is recorded near its end."""
    back = min(BACK, days.count)
    days.at(days.moment(back, 6, 30), functools.partial(_plan, days))
    hours = hours_in(days.station.settings.zone)
    running = hours.at(days.now)
    for step in range(back * len(hours.shifts) + 1, 0, -1):
        day, shift = hours.before(*running, step)
        _begins, ends = hours.span(day, shift)
        if ends > days.moment(back, 6, 31):
            blanks = 3 if step == 2 else 2 if step == 1 else 0
            days.at(ends - timedelta(minutes=15), functools.partial(_record, days, (day, shift), blanks))
            if step == 2:
                days.at(ends + timedelta(minutes=10), functools.partial(_close, days, day, shift))
    begins, _ends = hours.span(*running)
    days.at(_late_in(begins, days.now), functools.partial(_record, days, running, 4))


def _late_in(begins: datetime, now: datetime) -> datetime:
    """A while ago in the shift that goes on."""
    return max(begins + timedelta(minutes=1), now - timedelta(minutes=50))


def _plan(days: Days) -> None:
    days.become(NURSE)
    dice = days.dice("care")
    for person in days.people:
        level = _LEVELS[person.invented.cells["护理等级"]]
        _apply(days, person.rid, level)
        if level != "independent" and dice.random() < 0.5:
            _apply(days, person.rid, dice.choice(_PROBLEMS))


def _apply(days: Days, resident: UUID, key: str) -> None:
    codes = tuple(code for part in templates()[key].parts for code in part.tasks)
    try:
        days.station.desk.do_now(ApplyTemplate(resident, key, codes))
    except Refusal:
        return  # everything a problem asks for is in the plan of the level already


def _record(days: Days, when: tuple[date, Shift], blanks: int) -> None:
    """The caregiver records what is hers, the nurse the rest; `blanks` slots are left by both."""
    day, shift = when
    dice = days.dice(f"care {day} {shift.key}")
    waiting = [slot for slot in _slots(days, day, shift) if slot.state.open]
    left = {slot.key for slot in dice.sample(waiting, min(blanks, len(waiting)))}
    waiting = [slot for slot in waiting if slot.key not in left]
    for number, mine in (
        (CAREGIVER, [slot for slot in waiting if slot.role != "nurse"]),
        (NURSE, [slot for slot in waiting if slot.role == "nurse"]),
    ):
        if not mine:
            continue
        days.become(number)
        odd = tuple(_odd(slot, dice) for slot in mine if dice.random() < _ODD)
        people = tuple({slot.resident: None for slot in mine})
        days.station.desk.do_now(RecordMany(people, day, shift.key, odd, tuple(left)))


def _odd(slot: SlotRow, dice: random.Random) -> Otherwise:
    outcome = dice.choice((REFUSED, REFUSED, PARTLY, NOT_DONE) if slot.may_refuse else (NOT_DONE, PARTLY))
    fitting = [one for one in reasons_of(outcome) if not one.words_needed and one.code != "forgotten"]
    why = dice.choice(fitting).code if needs_why(outcome) else ""
    note = "只吃了一半" if outcome == PARTLY and task_kind(slot.code).group == "饮食" else ""
    return Otherwise(*slot.key, outcome, why, note)


def _close(days: Days, day: date, shift: Shift) -> None:
    """The head nurse closes the shift over what stayed blank."""
    days.become(HEAD_NURSE)
    desk = days.station.desk
    for floor in desk.ask_now(ShiftBoard()).floors:
        board = desk.ask_now(ShiftBoard(floor.rid, day, shift.key))
        blank = tuple(Blank(*slot.key, "hands") for slot in board.slots if slot.state.blank)
        desk.do_now(CloseShift(floor.rid, shift.key, day, blank))


def _slots(days: Days, day: date, shift: Shift) -> list[SlotRow]:
    desk = days.station.desk
    floors = desk.ask_now(ShiftBoard()).floors
    return [slot for floor in floors for slot in desk.ask_now(ShiftBoard(floor.rid, day, shift.key)).slots]
