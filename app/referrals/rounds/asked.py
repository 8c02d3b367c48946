"""Whom the doctor is to see and what about: asked all week by whoever sees it, on a round or on the next one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.moving.move import LONGEST_WHY
from app.referrals.revising import Seen, follow
from app.referrals.rounds.forms import LONGEST_QUESTION
from app.referrals.rounds.planning import next_planned, round_of, round_state, visits_of
from app.referrals.rules.rounds import asked_of
from app.residents.stays.forms import words
from app.residents.stays.steps import here
from db.models import DoctorRound


@dataclass(frozen=True)
class AskAbout(Order[Seen]):
    """A question to the doctor about a resident. `round` None: the next one that is planned. It adds to what stands,
    so that two people may ask at once."""

    resident: UUID
    question: str
    round: UUID | None = None


@dataclass(frozen=True)
class TakeOffRound(Order[Seen]):
    """A resident is not to be seen on this round after all; what was asked stays readable."""

    round: UUID
    resident: UUID
    why: str = ""


@performs(AskAbout)
def ask_about(unit: Unit, order: AskAbout) -> Seen:
    """Refuses where no round is planned, one that is over, the same question twice, and whoever is not here."""
    unit.require(Right.HOLD_ROUNDS)
    row = next_planned(unit) if order.round is None else round_of(unit, order.round)
    if row is None:
        raise Refusal("还没有安排下一次巡诊，请先在“巡诊”里安排。")
    _refuse_over(row)
    person = here(unit, order.resident)
    if person.dead or person.stay is None or person.stay.ends is not None:
        raise Refusal(f"{person.resident.name}现在不在住，不能列入巡诊。", field="resident")
    question = words(order.question, "question", "要问的问题", required=True, longest=LONGEST_QUESTION)
    lines = list(row.asked.get("all", ()))
    if any(one["question"] == question for one in asked_of(lines, str(order.resident))):
        raise Refusal("这个问题已经在名单里。", field="question")
    line = {
        "resident": str(order.resident),
        "question": question,
        "by": str(unit.actor.rid),
        "by_name": unit.actor.name,
        "at": unit.now.isoformat(),
    }
    return follow(unit, row, f"列入：{person.resident.name}", {"asked": {"all": [*lines, line]}})


@performs(TakeOffRound)
def take_off_round(unit: Unit, order: TakeOffRound) -> Seen:
    """Refuses whoever was seen already."""
    unit.require(Right.HOLD_ROUNDS)
    row = round_of(unit, order.round)
    _refuse_over(row)
    lines = list(row.asked.get("all", ()))
    kept = [one for one in lines if one["resident"] != str(order.resident)]
    if len(kept) == len(lines):
        raise Refusal("这位老人不在这次巡诊的名单里。")
    if any(one.resident == order.resident for one in visits_of(unit, row.rid)):
        raise Refusal("这位老人已经看过；记录有误请撤销记录。")
    why = words(order.why, "why", "原因", longest=LONGEST_WHY)
    name = here(unit, order.resident).resident.name
    return follow(unit, row, f"移出：{name}" + (f"，{why}" if why else ""), {"asked": {"all": kept}})


def _refuse_over(row: DoctorRound) -> None:
    if not round_state(row).open:
        raise Refusal("这次巡诊已经结束，请列入下一次。")
