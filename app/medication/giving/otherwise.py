"""A dose was not given: one of the fourteen reasons, for one slot or for all of a resident's at once."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.derived import Held
from app.medication.giving.prompting import bedside, used_readings
from app.medication.giving.writing import (
    LONGEST,
    SlotKey,
    refuse_recorded,
    refuse_time,
    slots_for,
    write,
)
from app.medication.lists import Reason, reasons
from app.medication.rules.slots import DoseState
from app.residents.stating import Seen

_NOW = (DoseState.DUE, DoseState.AWAY)
"""Said of these, it is said of this moment."""


@dataclass(frozen=True)
class NotGiven(Order[Seen]):
    """`number` of reasons.toml, 1 to 14; `note` where the reason asks for words."""

    key: SlotKey
    number: int
    note: str = ""


@dataclass(frozen=True)
class NotGivenAll(Order[tuple[Seen, ...]]):
    """The same reason for several slots: the resident is out, asleep, fasting."""

    keys: tuple[SlotKey, ...]
    number: int
    note: str = ""


@performs(NotGiven)
def not_given(unit: Unit, order: NotGiven) -> Seen:
    """Refuses what is recorded already, not yet or no longer due, and a reason without the words it needs."""
    return _not_given(unit, [order.key], order.number, order.note, skip=False)[0]


@performs(NotGivenAll)
def not_given_all(unit: Unit, order: NotGivenAll) -> tuple[Seen, ...]:
    """What somebody recorded meanwhile is left as it is; refuses where nothing is left."""
    return tuple(_not_given(unit, order.keys, order.number, order.note, skip=True))


def reason_said(number: int, note: str) -> tuple[Reason, str]:
    """The reason and its words; refuses one that is not in the list, or lacks its words."""
    reason, words = reasons().get(number), note.strip()
    if reason is None:
        raise Refusal("请选 1 到 14 的原因。", field="number")
    if reason.words_needed and not words:
        raise Refusal(f"“{reason.words}”请写明情况。", field="note")
    if len(words) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field="note")
    return reason, words


def _not_given(
    unit: Unit, keys: tuple[SlotKey, ...] | list[SlotKey], number: int, note: str, *, skip: bool
) -> list[Seen]:
    unit.require(Right.GIVE_MEDICINES)
    reason, words = reason_said(number, note)
    whole = slots_for(unit, keys)
    open_ones = [held for held in whole if held.dose is None] if skip else whole
    if not open_ones:
        refuse_recorded(unit, whole[0])
    seen: list[Seen] = []
    for held in open_ones:
        refuse_recorded(unit, held)
        if held.state is not DoseState.AWAY:
            refuse_time(unit, held, None)
        seen.append(_write(unit, held, reason, words))
    return seen


def _write(unit: Unit, held: Held, reason: Reason, words: str) -> Seen:
    known = bedside(unit, [held.order.resident]) if reason.value else None
    measured = used_readings(unit, held.order, known) if known is not None else {}
    at = unit.now if held.state in _NOW or unit.now <= held.slot.closes else held.slot.at
    content = {
        "reason_code": reason.number,
        "note": words,
        "measured": measured,
        "unit": held.order.dose_unit,
    }
    return write(unit, held, reason.outcome, at, content)
