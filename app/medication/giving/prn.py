"""A medicine given when needed: why, how much, and never before its interval is over or above the most in a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from app.care.derived import hours_of
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.derived import TAKEN, OrderFact, orders_of
from app.medication.giving.give import answered, known_of, measured_by
from app.medication.giving.prompting import Bedside, checked_prompts, measured_prompts, order_prompts
from app.medication.giving.writing import (
    NOTHING_SAID,
    Said,
    amount_said,
    check_length,
    given_content,
)
from app.medication.lists import windows
from app.medication.returns import return_of
from app.medication.rules.prn import PrnLimit, PrnNow, prn_now
from app.medication.rules.prompts import ALERT, Prompt
from app.medication.rules.regime import PRN, SOS
from app.residents.queries.presence import Presence, presence
from app.residents.stating import Seen
from db.models import Dose, MedOrder

UNRECONCILED = "入院前的必要时医嘱，返院后还没有重整，请先问医师"


@dataclass(frozen=True)
class GivePrn(Order[Seen]):
    """A medicine was given because it was needed: why, and how much if the order leaves it open."""

    order: UUID
    why: str
    said: Said = NOTHING_SAID


@performs(GivePrn)
def give_prn(unit: Unit, order: GivePrn) -> Seen:
    """Refuses before the interval is over and above the most in 24 hours, counting what any station gave."""
    unit.require(Right.GIVE_MEDICINES)
    fact = _order_called(unit, order.order)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么用药。", field="why")
    if over := over_words(unit, fact):
        raise Refusal(over)
    said = check_length(order.said)
    at = said.at or unit.now
    if not unit.now - windows().record_within <= at <= unit.now:
        raise Refusal("给药时间不能晚于现在，也不能早于昨天此时。", field="at")
    _refuse_too_soon(unit, fact, at)
    known = known_of(unit, [fact.resident])
    content = answered(unit, fact, prn_prompts(unit, fact, known), said)
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
        measured=measured_by(unit, fact, known, said),
        **content,
        **given_content(fact, amount),
    )
    unit.session.add(row)
    return Seen(row.rid, 1)


def _order_called(unit: Unit, rid: UUID) -> OrderFact:
    found = unit.session.scalar(
        select(MedOrder.resident).where(MedOrder.rid == rid, MedOrder.current, MedOrder.state != "retracted")
    )
    fact = orders_of(unit, [found], hours_of(unit)).get(rid) if found is not None else None
    if fact is None or fact.kind not in (PRN, SOS):
        raise Refusal("没有这条必要时医嘱。")
    return fact


def prn_state(unit: Reader, fact: OrderFact, now: datetime) -> PrnNow:
    """Whether a PRN order may be given now: by the doses of every order, long ones too, with the same substances."""
    same = [fact.rid]
    if fact.facts.get("group"):
        others = select(MedOrder.rid).where(
            MedOrder.resident == fact.resident,
            MedOrder.current,
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


def prn_prompts(unit: Reader, fact: OrderFact, known: Bedside) -> tuple[Prompt, ...]:
    """What is in the way of a dose of a PRN order; one of before a hospital is not blocked, only asked about."""
    back = return_of(unit, fact)
    asks = (Prompt(ALERT, UNRECONCILED),) if back is not None and back.holds(fact.rid, fact.written) else ()
    return (*order_prompts(fact, known), *asks, *measured_prompts(unit, fact, known), *checked_prompts(fact))


def over_words(reader: Reader, fact: OrderFact) -> str:
    """Why a PRN order cannot be used now, whatever was given of it; empty if it can."""
    ends = fact.regime.ends
    if fact.kind == SOS:
        lapses = fact.regime.begins + windows().sos
        ends = lapses if ends is None else min(ends, lapses)
    if fact.status in ("stopped", "cancelled") or (ends is not None and ends <= reader.now):
        return f"{fact.words} 的医嘱已停止或已过期，不能再用。"
    if fact.status == "paused":
        return f"{fact.words} 的医嘱暂停中，恢复后才能给药。"
    if fact.regime.begins > reader.now:
        return f"{fact.words} 的医嘱还没有开始。"
    if not presence(reader, Presence(fact.resident)).here:
        return "老人不在院内，不能记给药。"
    return ""


def _refuse_too_soon(unit: Unit, fact: OrderFact, at: datetime) -> None:
    now = prn_state(unit, fact, at)
    if now.next_at is not None:
        again = local(unit.settings.zone, now.next_at)
        raise Refusal(f"{fact.words}：{now.why}，{again:%m-%d %H:%M} 后才能再给。", field="why")
