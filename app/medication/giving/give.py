"""A dose is given: one with its answers, all that is due to a resident with one key, or one when needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.care.derived import hours_of
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.checking import alerts_of_many
from app.medication.derived import TAKEN, OrderFact, orders_of
from app.medication.giving.prompting import (
    Bedside,
    bedside,
    checked_prompts,
    measured_prompts,
    order_prompts,
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
    refuse_recorded,
    refuse_time,
    second_person,
    slots_for,
    write,
)
from app.medication.lists import windows
from app.medication.rules import prompts as kinds
from app.medication.rules.prn import PrnLimit, PrnNow, prn_now
from app.medication.rules.prompts import Prompt
from app.medication.rules.regime import PRN, SOS
from app.medication.rules.slots import DoseState
from app.residents.queries.presence import Presence, presence
from app.residents.stating import Seen
from db.models import Dose, MedOrder

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
class GivePrn(Order[Seen]):
    """A medicine was given because it was needed: why, and how much if the order leaves it open."""

    order: UUID
    why: str
    said: Said = NOTHING_SAID


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
    known = _known(unit, [held.order.resident])
    content = _answered(unit, held.order, prompts_of(unit, held, known), said)
    asked = wanted_now(held, known, unit)
    amount, outcome = amount_said(held.order, said.amount, asked.amount)
    content |= given_content(held.order, amount) | {"measured": _measured(unit, held.order, known, said)}
    return write(unit, held, outcome, said.at or unit.now, content)


@performs(GiveAll)
def give_all(unit: Unit, order: GiveAll) -> Given:
    """Refuses where nothing of it can be given now; what somebody recorded meanwhile is left as it is."""
    unit.require(Right.GIVE_MEDICINES)
    whole = slots_for(unit, order.keys)
    known = _known(unit, {held.order.resident for held in whole})
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


@performs(GivePrn)
def give_prn(unit: Unit, order: GivePrn) -> Seen:
    """Refuses before the interval is over and above the most in 24 hours, counting what any station gave."""
    unit.require(Right.GIVE_MEDICINES)
    found = unit.session.scalar(
        select(MedOrder.resident).where(
            MedOrder.rid == order.order, MedOrder.current, MedOrder.state != "retracted"
        )
    )
    fact = orders_of(unit, [found], hours_of(unit)).get(order.order) if found is not None else None
    if fact is None or fact.kind not in (PRN, SOS):
        raise Refusal("没有这条必要时医嘱。")
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么用药。", field="why")
    _refuse_over(unit, fact)
    said = check_length(order.said)
    at = said.at or unit.now
    if not unit.now - windows().record_within <= at <= unit.now:
        raise Refusal("给药时间不能晚于现在，也不能早于昨天此时。", field="at")
    _refuse_too_soon(unit, fact, at)
    known = _known(unit, [fact.resident])
    content = _answered(unit, fact, _prn_prompts(unit, fact, known), said)
    wanted = Decimal(fact.dosing["amount"]) if "amount" in fact.dosing else None
    amount, outcome = amount_said(fact, said.amount, wanted)
    wall = local(unit.settings.zone, at)
    row = Dose(
        **unit.stamp(at=at),
        revision=1,
        resident=fact.resident,
        med_order=fact.rid,
        drug=fact.drug,
        service_date=wall.date(),
        slot=f"{wall:%H:%M}",
        kind="prn",
        outcome=outcome,
        prn={"why": why},
        measured=_measured(unit, fact, known, said),
        **content,
        **given_content(fact, amount),
    )
    unit.session.add(row)
    return Seen(row.rid, 1)


def prn_state(unit: Reader, fact: OrderFact, now: datetime) -> PrnNow:
    """Whether a PRN order may be given now: by the doses of every order with the same active substances."""
    same = [fact.rid]
    if fact.facts.get("group"):
        others = select(MedOrder.rid).where(
            MedOrder.resident == fact.resident,
            MedOrder.current,
            MedOrder.kind.in_((PRN, SOS)),
            func.json_extract(MedOrder.facts, "$.group") == fact.facts["group"],
        )
        same = list(unit.session.scalars(others)) or same
    given = unit.session.scalars(
        select(Dose.at).where(
            Dose.med_order.in_(same), Dose.current, Dose.state != "retracted", Dose.outcome.in_(sorted(TAKEN))
        )
    )
    gap, most = fact.prn.get("gap_minutes"), fact.prn.get("most")
    limit = PrnLimit(timedelta(minutes=gap) if gap else None, 1 if fact.kind == SOS else most)
    return prn_now(limit, given, now)


def _prn_prompts(unit: Unit, fact: OrderFact, known: Bedside) -> tuple[Prompt, ...]:
    return (*order_prompts(fact, known), *measured_prompts(unit, fact, known), *checked_prompts(fact))


def _known(unit: Unit, residents: Collection[UUID]) -> Bedside:
    return with_alerts(bedside(unit, residents), alerts_of_many(unit, residents))


def _answered(unit: Unit, order: OrderFact, prompts: tuple[Prompt, ...], said: Said) -> dict[str, Any]:
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


def _measured(unit: Unit, order: OrderFact, known: Bedside, said: Said) -> dict[str, Any]:
    return used_readings(unit, order, known) | ({"despite": said.despite} if said.despite else {})


def _refuse_over(unit: Unit, fact: OrderFact) -> None:
    ends = fact.regime.ends
    if fact.kind == SOS:
        lapses = fact.regime.begins + windows().sos
        ends = lapses if ends is None else min(ends, lapses)
    if fact.status in ("stopped", "cancelled") or (ends is not None and ends <= unit.now):
        raise Refusal(f"{fact.words} 的医嘱已停止或已过期，不能再用。")
    if fact.status == "paused":
        raise Refusal(f"{fact.words} 的医嘱暂停中，恢复后才能给药。")
    if fact.regime.begins > unit.now:
        raise Refusal(f"{fact.words} 的医嘱还没有开始。")
    if not presence(unit, Presence(fact.resident)).here:
        raise Refusal("老人不在院内，不能记给药。")


def _refuse_too_soon(unit: Unit, fact: OrderFact, at: datetime) -> None:
    now = prn_state(unit, fact, at)
    if now.next_at is not None:
        again = local(unit.settings.zone, now.next_at)
        raise Refusal(f"{fact.words}：{now.why}，{again:%m-%d %H:%M} 后才能再给。", field="why")
