"""Deciding about the care an assessment proposes: tasks accepted or declined, precautions noted, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.assessments.care_proposals import (
    decided_before,
    decisions_of,
    goal_of,
    level_of,
    problem_of,
    why_closed,
)
from app.assessments.instruments.levels import Level
from app.assessments.statements.acts import enter
from app.assessments.statements.said import CARE, Said
from app.care.lists import task_kind
from app.care.rules.bases import Origin
from app.care.service import Added, Proposed, plan_proposed
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.stating import Seen
from db.models import Assessment

LONGEST_WHY = 100


@dataclass(frozen=True)
class DecideCare(Order[Added]):
    """Accept some of the tasks an assessment proposes and decline others, all at once; precautions taken note of.

    `seen`: the assessment as it was shown; `declined` with the reason of each.
    """

    seen: Seen
    accepted: tuple[str, ...] = ()
    declined: Mapping[str, str] = field(default_factory=dict)
    precautions: tuple[str, ...] = ()


@performs(DecideCare)
def decide_care(unit: Unit, order: DecideCare) -> Added:
    """Accepted tasks are added to the plan, none of them twice; the decision is kept with the assessment."""
    unit.require(Right.PLAN_CARE)
    row = _record(unit, order.seen)
    instrument, level = level_of(unit, row)
    if level is None or row.level is None:
        raise Refusal("这份评估没有照护建议。")
    _check(order, level)
    before = decided_before(decisions_of(unit, row.rid))
    added = plan_proposed(
        unit,
        row.resident,
        Proposed(Origin(row.rid, row.level), problem_of(row, instrument), goal_of(row), order.accepted),
    )
    declined = {code: why.strip() for code, why in order.declined.items()}
    news = (
        bool(added.made or added.renewed)
        or bool(set(order.accepted) - before.accepted)
        or any(before.declined.get(code) != why for code, why in declined.items())
        or bool(set(order.precautions) - before.noted)
    )
    if not news:
        raise Refusal("这些建议已经处理过了，没有新的内容。")
    decided: dict[str, Any] = {
        "accepted": list(order.accepted),
        "declined": declined,
        "precautions": list(order.precautions),
    }
    said = Said(unit.actor.name, unit.actor.role_words, _words(order, declined))
    enter(unit, row, CARE, said, decided)
    return added


def _record(unit: Unit, seen: Seen) -> Assessment:
    """The assessment as it was seen; refuses one that was corrected since, retracted, or overtaken by a newer one."""
    row = unit.session.scalar(select(Assessment).where(Assessment.rid == seen.rid, Assessment.current))
    if row is None:
        raise Refusal("没有这份评估")
    if closed := why_closed(unit, row):
        raise Refusal(f"{closed}。")
    if row.revision != seen.revision:
        raise Refusal("这份评估刚被更正，请核对新的建议。")
    return row


def _check(order: DecideCare, level: Level) -> None:
    strange = [
        *(task_kind(code).words for code in (*order.accepted, *order.declined) if code not in level.tasks),
        *(one for one in order.precautions if one not in level.precautions),
    ]
    if strange:
        raise Refusal(f"这份评估没有建议“{strange[0]}”。")
    if both := set(order.accepted) & set(order.declined):
        raise Refusal(f"“{task_kind(both.pop()).words}”不能既采纳又不采纳。")
    if not (order.accepted or order.declined or order.precautions):
        raise Refusal("请选择采纳哪些建议。")
    for code, why in order.declined.items():
        if not why.strip():
            raise Refusal(f"不采纳“{task_kind(code).words}”，请写明原因。", field="why")
        if len(why) > LONGEST_WHY:
            raise Refusal(f"原因最多 {LONGEST_WHY} 个字。", field="why")


def _words(order: DecideCare, declined: Mapping[str, str]) -> str:
    """As the record reads by itself: 采纳：…；不采纳：…（…）；注意事项 3 条已知."""
    accepted = "、".join(task_kind(code).words for code in order.accepted)
    refused = "、".join(f"{task_kind(code).words}（{why}）" for code, why in declined.items())
    noted = f"已知注意事项：{'；'.join(order.precautions)}" if order.precautions else ""
    parts = (f"采纳：{accepted}" if accepted else "", f"不采纳：{refused}" if refused else "", noted)
    return "；".join(part for part in parts if part)
