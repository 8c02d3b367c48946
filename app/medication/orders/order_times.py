"""The institution's table of times: at which times of the day each frequency is given; new orders only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.access.decisions import keep_settings
from app.care.rules import WrongTimes, read_times
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right
from app.core.settings import Settings
from app.core.unit import Unit
from app.medication.lists import Frequency, frequencies


@dataclass(frozen=True)
class ChangeOrderTimes(Order[Settings]):
    """Code of a frequency → times as typed (`08:00 17:30`); empty: those the program begins with."""

    times: Mapping[str, str]


def may_change_times(actor: Actor) -> bool:
    """Whoever changes settings, and the head nurse, the doctor and the pharmacist, whose table it is."""
    return actor.may(Right.CHANGE_SETTINGS) or actor.may(Right.MANAGE_DRUGS)


@performs(ChangeOrderTimes)
def change_order_times(unit: Unit, order: ChangeOrderTimes) -> Settings:
    """Refuses times that are none, or another number of them than the frequency has. Orders that run keep theirs."""
    if not unit.actor.may(Right.CHANGE_SETTINGS):
        unit.require(Right.MANAGE_DRUGS)
    own = dict(unit.settings.order_times)
    for code, said in order.times.items():
        frequency = frequencies().get(code)
        if frequency is None or frequency.ask:
            raise Refusal("没有这个频次。")
        times = check_times(frequency, said)
        own.pop(code, None)
        if times and times != frequency.times:
            own[code] = list(times)
    return keep_settings(unit, replace(unit.settings, order_times=own), "change_order_times")


def check_times(frequency: Frequency, said: str) -> tuple[str, ...]:
    """The times as typed, in their order; empty for the usual ones."""
    if not said.strip():
        return ()
    try:
        times = read_times(said, ())
    except WrongTimes as wrong:
        raise Refusal(f"{wrong.text}。", field=frequency.code) from wrong
    if len(times) != len(frequency.times):
        raise Refusal(f"“{frequency.words}”要写 {len(frequency.times)} 个时间。", field=frequency.code)
    return tuple(times)
