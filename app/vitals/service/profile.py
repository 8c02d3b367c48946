"""A doctor sets what holds for one person: usual consciousness, SpO₂ scale 2, own limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.vitals.catalogue import is_sign, sign_of
from app.vitals.rules import Sign
from db.models import Resident, VitalProfile

ENDS = ("low", "high", "second_low", "second_high", "red_low", "red_high")


@dataclass(frozen=True)
class SetProfile(Order[UUID]):
    """The whole profile as it shall be; `seen_revision` is the one the doctor saw, 0 where there was none.

    `limits`: sign code → ends by name (`ENDS`); a sign that is not named keeps the usual bands.
    """

    resident: UUID
    consciousness: str = "A"
    spo2_scale: int = 1
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    note: str = ""
    seen_revision: int = 0


@performs(SetProfile)
def set_profile(unit: Unit, order: SetProfile) -> UUID:
    """Refuses whoever is no doctor, limits that cannot be, scale 2 without a note, and a change nobody has seen."""
    unit.require(Right.SET_VITAL_LIMITS)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    content = _checked(order)
    statement = select(VitalProfile).where(VitalProfile.resident == order.resident, VitalProfile.current)
    row = unit.session.scalars(statement.order_by(VitalProfile.recorded_at.desc())).first()
    if (0 if row is None else row.revision) != order.seen_revision:
        raise Refusal("个人体征范围刚被别人改过，请核对后再保存。您填的内容还在。")
    if row is None:
        fresh = VitalProfile(**unit.stamp(), revision=1, resident=order.resident, **content)
        unit.session.add(fresh)
        return fresh.rid
    if all(getattr(row, column) == value for column, value in content.items()):
        raise Refusal("内容没有变化，不用保存。")
    row.current = False
    unit.session.flush()
    stamp = unit.stamp(rid=row.rid, reason="补充")
    unit.session.add(
        VitalProfile(
            **stamp, revision=row.revision + 1, state="corrected", resident=order.resident, **content
        )
    )
    return row.rid


def _checked(order: SetProfile) -> dict[str, Any]:
    if order.consciousness not in ("A", "C"):
        raise Refusal("平时意识请选“清醒”或“平时即有意识混乱”。", field="consciousness")
    if order.spo2_scale not in (1, 2):
        raise Refusal("SpO₂ 量表只有 1 和 2。", field="spo2_scale")
    if order.spo2_scale == 2 and not order.note.strip():
        raise Refusal("使用 SpO₂ 量表 2 请写明依据，如高碳酸性呼吸衰竭，目标 88–92%。", field="note")
    limits = {}
    for code, ends in order.limits.items():
        if not is_sign(code) or not set(ends) <= set(ENDS):
            raise Refusal("没有这项体征范围。", field="limits")
        _check_ends(sign_of(code), ends)
        limits[code] = {end: float(value) for end, value in ends.items()}
    return {
        "consciousness": order.consciousness,
        "spo2_scale": order.spo2_scale,
        "limits": limits,
        "note": order.note.strip(),
    }


def _check_ends(sign: Sign, ends: Mapping[str, float]) -> None:
    for prefix, hard in (
        ("", sign.limits.hard),
        ("red_", sign.limits.hard),
        ("second_", sign.second_at(None).hard),
    ):
        low, high = ends.get(f"{prefix}low"), ends.get(f"{prefix}high")
        if low is not None and high is not None and low > high:
            raise Refusal(f"{sign.words}的下限 {low:g} 大于上限 {high:g}，请核对。", field=sign.code)
        for value in (low, high):
            if value is not None and hard is not None and not hard.holds(value):
                raise Refusal(f"{sign.words}的范围 {value:g} 不在可录范围内，请核对。", field=sign.code)
