"""A dose is given: one with its answers, all that is due to a resident with one key, or one when needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.checking import alerts_of
from app.medication.derived import OrderFact
from app.medication.giving.prompting import (
    Bedside,
    bedside,
    prompts_of,
    used_readings,
    wanted_now,
    with_alerts,
)
from app.medication.giving.writing import (
    ALONE,
    NOTHING_SAID,
    SECOND,
    Said,
    SlotKey,
    amount_said,
    check_length,
    given_content,
    name_of,
    refuse_held,
    refuse_recorded,
    refuse_time,
    second_person,
    slots_for,
    write,
)
from app.medication.rules import prompts as kinds
from app.medication.rules.prompts import Prompt
from app.medication.rules.slots import DoseState
from app.residents.stating import Seen

_ANSWERS = {
    kinds.LATE: ("late", "已过给药时间，请写明迟给原因。"),
    kinds.MEASURE: ("despite", "还没有测量，请先测；不测就给要写明原因。"),
    kinds.HOLD: ("despite", "数值低于医嘱规定，应暂停；仍要给请写明原因。"),
    kinds.ALERT: ("despite", "核查有提示，请先与医生核对；仍要给请写明原因。"),
}
"""Prompts that words answer: the field of `Said`, and what is said where it is empty."""


@dataclass(frozen=True)
class Give(Order[Seen]):
    """One dose was given, in whole or in part. `said` answers what its prompts ask."""

    key: SlotKey
    said: Said = NOTHING_SAID


@dataclass(frozen=True)
class GiveAll(Order["Given"]):
    """Everything of these slots that needs no prompt was given; the rest is left, each with what it asks for.

    `swallowed`: how swallowing was watched.
    """

    keys: tuple[SlotKey, ...]
    swallowed: str = ""


@dataclass(frozen=True)
class Left:
    """A slot one key did not give, and why."""

    key: SlotKey
    words: str
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True)
class Given:
    """What one key gave, and what it left."""

    seen: tuple[Seen, ...]
    left: tuple[Left, ...]


@performs(Give)
def give(unit: Unit, order: Give) -> Seen:
    """Refuses what is recorded already, not yet or no longer due, and every prompt that is not answered."""
    unit.require(Right.GIVE_MEDICINES)
    (held,) = slots_for(unit, [order.key])
    refuse_recorded(unit, held)
    said = check_length(order.said)
    refuse_time(unit, held, said.at)
    refuse_held(unit, held, said.at or unit.now, said.despite)
    known = known_of(unit, [held.order.resident])
    content = answered(unit, held.order, prompts_of(unit, held, known), said)
    asked = wanted_now(held, known, unit)
    amount, outcome = amount_said(held.order, said.amount, asked.amount)
    content |= given_content(held.order, amount) | {"measured": measured_by(unit, held.order, known, said)}
    return write(unit, held, outcome, said.at or unit.now, content)


@performs(GiveAll)
def give_all(unit: Unit, order: GiveAll) -> Given:
    """Refuses where nothing of it can be given now; what somebody recorded meanwhile is left as it is."""
    unit.require(Right.GIVE_MEDICINES)
    whole = slots_for(unit, order.keys)
    known = known_of(unit, {held.order.resident for held in whole})
    seen: list[Seen] = []
    left: list[Left] = []
    for held in whole:
        prompts = prompts_of(unit, held, known)
        asked = wanted_now(held, known, unit)
        if held.dose is not None:
            continue
        if prompts or held.state is not DoseState.DUE or asked.amount is None:
            words = prompts[0].words if prompts else held.state.words
            left.append(Left(held.slot.key, f"{name_of(held)}：{words}", prompts))
            continue
        content = given_content(held.order, asked.amount) | {"swallowed": order.swallowed}
        seen.append(write(unit, held, "given", unit.now, content))
    if not seen and not left:
        for held in whole:
            refuse_recorded(unit, held)
        raise Refusal("现在没有要给的药。")
    return Given(tuple(seen), tuple(left))


def known_of(unit: Reader, residents: Collection[UUID]) -> Bedside:
    """What is known at the bedsides of some residents, with what the checks say."""
    known = bedside(unit, residents)
    return with_alerts(known, alerts_of(unit, residents, known.tested))


def answered(unit: Unit, order: OrderFact, prompts: tuple[Prompt, ...], said: Said) -> dict[str, Any]:
    """Refuses what is not answered; what was answered, as columns."""
    content: dict[str, Any] = {
        "site": said.site,
        "lot": said.lot,
        "swallowed": said.swallowed,
        "note": said.note,
    }
    for prompt in prompts:
        if prompt.refuses:
            raise Refusal(f"{order.words}：{prompt.words}。")
        if prompt.what in _ANSWERS:
            field, words = _ANSWERS[prompt.what]
            if not getattr(said, field):
                raise Refusal(f"{order.words}：{words}", field=field)
        if prompt.what == kinds.SECOND:
            content |= _checked_by(unit, order, said)
        if prompt.what == kinds.SELF_CHECK:
            if not said.check and said.second is None:
                raise Refusal(f"{order.words}：{prompt.words}。再按一次空格，或扫药品条码。", field="check")
            content["check_how"] = said.check or SECOND
    if said.second is not None and "second" not in content:
        content |= _checked_by(unit, order, said)  # more than was asked is kept, too
    if said.late:
        content["late"] = said.late
    return content


def _checked_by(unit: Unit, order: OrderFact, said: Said) -> dict[str, Any]:
    """The second person, or why there is none: a needed dose is never blocked by being alone on a night."""
    if said.second is not None:
        return {"second": second_person(unit, said.second).rid, "check_how": SECOND}
    if said.alone:
        return {"check_how": ALONE, "check_why": said.alone}
    raise Refusal(f"{order.words}要第二人核对；一人值班时请写明原因，由下一班补签。", field="second")


def measured_by(unit: Unit, order: OrderFact, known: Bedside, said: Said) -> dict[str, Any]:
    """The values it was given by, and why in spite of them."""
    return used_readings(unit, order, known) | ({"despite": said.despite} if said.despite else {})
