"""An order as the month grid shows it: the medicine in words, its lines by nominal time, and how it ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.care.derived import hours_of
from app.care.rules import Hours, weekdays_words
from app.core.unit import Reader
from app.medication.derived import OrderFact
from app.medication.facts import strength_of
from app.medication.giving.prompting import needs_second
from app.medication.lists import MEALS, frequency_words, route_of
from app.medication.queries.month_cells import MonthCell
from app.medication.rules.dosing import TIMES, dosing_words
from app.medication.rules.regime import KINDS, LONG, PRN, SOS, WHEN_NEEDED
from app.medication.rules.written import in_full
from db.models import MedOrder

_OFTEN = {PRN: "必要时", SOS: "必要时一次"}


@dataclass(frozen=True)
class Ending:
    """When an order was over and why: stopped by somebody, its course done, cancelled. `words` says it in one line."""

    at: datetime
    what: str  # stopped, course, cancelled
    short: str
    words: str


@dataclass(frozen=True)
class MonthLine:
    """One nominal time of an order, a cell for each day of the month. `dose`: where it differs by time of day."""

    order: UUID
    name: str
    dose: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True)
class MonthOrder:
    """One order with its lines. `parts` of its usage: `5 mg`, `口服`, `每日一次`; `waits`: 待核对."""

    rid: UUID
    revision: int
    number: str
    kind: str
    words: str
    strength: str
    parts: tuple[str, ...]
    note: str
    doctor: str
    begins: datetime
    high_alert: bool
    second: bool
    waits: str
    ending: Ending | None
    replaced: str
    when_needed: bool
    over: bool
    in_pieces: bool
    lines: tuple[MonthLine, ...] = ()

    @property
    def usage(self) -> str:
        return " ".join(self.parts)

    @property
    def short(self) -> str:
        """The usage; with what one piece holds where the amount is said in pieces."""
        return f"{self.strength} {self.usage}" if self.in_pieces and self.strength else self.usage

    @property
    def once(self) -> bool:
        """Given once, or when needed: on paper it stands in the table below the grid."""
        return self.kind != KINDS[LONG]


@dataclass(frozen=True)
class Course:
    """What of an order only the grid and the order sheet need: who ended it and why, who ordered it."""

    ended_by: UUID | None
    ended_at: datetime | None
    ended_why: str
    replaces: UUID | None
    doctor_name: str


def courses_of(reader: Reader, orders: Collection[UUID]) -> dict[UUID, Course]:
    """Of each order who ended it. One statement."""
    rows = reader.session.execute(
        select(
            MedOrder.rid, MedOrder.ended_by, MedOrder.ended_at, MedOrder.ended_why, MedOrder.replaces,
            MedOrder.doctor_name,
        ).where(MedOrder.rid.in_(list(orders)), MedOrder.current)
    )  # fmt: skip
    return {row[0]: Course(*row[1:]) for row in rows}


def month_order(reader: Reader, order: OrderFact, course: Course, names: Mapping[UUID, str]) -> MonthOrder:
    """An order in words, as yet without its lines."""
    hours = hours_of(reader)
    ending = ending_of(order, course, names, hours)
    return MonthOrder(
        rid=order.rid,
        revision=order.revision,
        number=order.number,
        kind=KINDS[order.kind],
        words=order.words,
        strength=in_full(strength_of(order.facts)),
        parts=usage_parts(order),
        note=order.note,
        doctor=course.doctor_name,
        begins=hours.wall(order.regime.begins),
        high_alert=bool(order.facts.get("high_alert")),
        second=needs_second(order),
        waits="" if order.checked else "待核对",
        ending=ending,
        replaced="",
        when_needed=order.kind in WHEN_NEEDED,
        in_pieces=order.dose_unit == order.facts.get("unit"),
        over=ending is not None and ending.at <= hours.wall(reader.now),
    )


def usage_parts(order: OrderFact) -> tuple[str, ...]:
    """`10 单位`, `皮下注射`, `每晚一次`: amount, way, meal, how often; the limits of one for when it is needed."""
    often = (
        frequency_words(order.frequency) if order.kind == LONG else _OFTEN.get(order.kind, KINDS[order.kind])
    )
    if order.regime.weekdays:
        often += f"（{weekdays_words(sorted(order.regime.weekdays))}）"
    dose = (
        "剂量见各时间"
        if order.dosing["way"] == TIMES
        else in_full(dosing_words(order.dosing, order.dose_unit))
    )
    own = "自备" if order.own_supply else ""
    parts = (dose, route_of(order.route).words, MEALS.get(order.meal, ""), often, *_limits(order.prn), own)
    return tuple(part for part in parts if part)


def ending_of(order: OrderFact, course: Course, names: Mapping[UUID, str], hours: Hours) -> Ending | None:
    """None for one without an end."""
    who = names.get(course.ended_by, "") if course.ended_by else ""
    if order.status == "cancelled" and course.ended_at is not None:
        at = hours.wall(course.ended_at)
        return Ending(at, "cancelled", "取消", f"取消 {who}：{course.ended_why}")
    if order.regime.ends is None:
        return None
    at = hours.wall(order.regime.ends)
    if order.status == "stopped":
        return Ending(at, "stopped", f"{at:%m-%d} 停", f"{at:%m-%d} 停 {who}：{course.ended_why}")
    days = (order.regime.ends - order.regime.begins).days
    words = f"疗程 {days} 天，{at:%m-%d %H:%M} 止" if days else f"{at:%m-%d %H:%M} 止"
    return Ending(at, "course", "疗程结束", words)


def _limits(prn: Mapping[str, Any]) -> tuple[str, ...]:
    """`疼痛时`, `间隔≥6小时`, `24小时≤4次`."""
    gap, most = prn.get("gap_minutes"), prn.get("most")
    return (
        str(prn.get("why") or ""),
        f"间隔≥{gap / 60:g}小时" if gap else "",
        f"24小时≤{most}次" if most else "",
    )
