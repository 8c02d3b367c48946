"""总查对: once a week two persons go through every order of a floor, and say what was not right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.access import proof
from app.access.proof import Proof
from app.care.floors import floors_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.queries.order_floor import floor_rows
from db.models import OrderReview

LONGEST = 100


@dataclass(frozen=True)
class ReviewOrders(Order[UUID]):
    """Every running order of a floor was looked at. `seen`: those that were on the screen; `found`: order → what was
    not right, in words."""

    floor: UUID
    second: Proof
    seen: frozenset[UUID]
    found: Mapping[UUID, str] = field(default_factory=dict)


@performs(ReviewOrders)
def review_orders(unit: Unit, order: ReviewOrders) -> UUID:
    """Refuses one person alone, and a list that is not the one that runs now: the rest was seen by nobody."""
    unit.require(Right.CHECK_ORDERS)
    floor = next((one for one in floors_of(unit) if one.rid == order.floor), None)
    if floor is None:
        raise Refusal("没有这个楼层。")
    second = proof.accept(unit, order.second)
    if second.rid == unit.actor.rid:
        raise Refusal("总查对由两人做，请另一位输入工号和密码。", field="number")
    if not (second.may(Right.CHECK_ORDERS) or second.may(Right.ORDER_MEDICINES)):
        raise Refusal(f"{second.name}没有“{Right.CHECK_ORDERS.value}”的权限。", field="number")
    rows = floor_rows(unit, order.floor)
    fresh = [one for one in rows if one.order.seen.rid not in order.seen]
    if fresh:
        names = "、".join(dict.fromkeys(one.person.name for one in fresh))
        raise Refusal(f"有 {len(fresh)} 条医嘱还没有看过：{names}。")
    if any(len(words) > LONGEST for words in order.found.values()):
        raise Refusal(f"每条问题最多 {LONGEST} 个字。")
    row = OrderReview(
        **unit.stamp(),
        revision=1,
        floor=order.floor,
        floor_words=floor.words,
        reviewed_on=unit.today,
        residents=len({one.person.rid for one in rows}),
        orders=len(rows),
        second=second.rid,
        found={str(rid): words.strip() for rid, words in order.found.items() if words.strip()},
    )
    unit.session.add(row)
    return row.rid
