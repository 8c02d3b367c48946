"""What is checked before a value is kept: the time, the limits, what the visit holds already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.core.clock import date_in, local
from app.core.errors import Refusal
from app.core.unit import Unit
from app.vitals.catalogue import is_sign, not_measured, sign_of
from app.vitals.rules import Measured, Wrong, check_hard, soft_doubt, value_words
from db.models import Vital

TOLERANCE = timedelta(minutes=2)
"""How far another clock may be ahead."""


@dataclass(frozen=True)
class Known:
    """The person's age, the last value of the sign, and what the visit holds already."""

    age: int | None
    before: float | None = None
    there: tuple[Vital, ...] = ()


def check_time(unit: Unit, at: datetime, birth: date | None) -> None:
    """Refuse what would have been measured in time to come, or before birth."""
    zone = unit.settings.zone
    if at > unit.now + TOLERANCE:
        raise Refusal(f"测量时间 {local(zone, at):%m-%d %H:%M} 还没有到，请核对。", field="at")
    if birth is not None and date_in(zone, at) < birth:
        raise Refusal(f"测量时间早于出生日期 {birth.isoformat()}，请核对。", field="at")


def check_value(one: Measured, known: Known) -> bool:
    """Whether a value is to be kept: False for one that is there already. Refuses what cannot be, with its sentence."""
    if not is_sign(one.code):
        raise Refusal(f"没有这项体征：{one.code}。")
    sign = sign_of(one.code)
    check_content(one, known)
    for row in known.there:
        if row.code != one.code or row.state == "retracted" or turn_of(row) != one.turn:
            continue
        same = (row.value, row.second, row.words, row.absent) == (
            one.value,
            one.second,
            one.words,
            one.absent,
        )
        if same:
            return False
        said = value_words(sign, row.value, row.second, row.words) or not_measured().words(row.absent)
        raise Refusal(f"{sign.words}这次已录入 {said}。要改请用更正，再测一次请用复测。", field=one.code)
    return True


def check_content(one: Measured, known: Known) -> None:
    """Refuse a value outside the hard limits, a doubtful one nobody confirmed, and an unknown reason or letter."""
    sign = sign_of(one.code)
    if one.absent:
        if one.value is not None or one.words:
            raise Refusal(f"{sign.words}有数值，不能同时写未测原因。", field=one.code)
        if one.absent not in {entry.code for entry in not_measured().entries}:
            raise Refusal("请从列表中选择未测原因。", field=one.code)
        return
    if one.value is None and not _is_word(one):
        raise Refusal(f"请填写{sign.words}。", field=one.code)
    if one.value is not None and (one.words or sign.letters):
        raise Refusal(f"{sign.words}不能既有数值又有文字。", field=one.code)
    try:
        check_hard(sign, one, known.age)
    except Wrong as wrong:
        raise Refusal(wrong.text, field=one.code) from wrong
    doubt = None if one.confirmed else soft_doubt(sign, one, known.age, known.before)
    if doubt is not None:
        raise Refusal(doubt, field=one.code)


def how_kept(one: Measured) -> dict[str, Any]:
    """What is kept of how it was measured; `turn` only where it was repeated."""
    return {**dict(one.how), **({"turn": one.turn} if one.turn else {})}


def turn_of(row: Vital) -> int:
    return int(row.how.get("turn", 0))


def _is_word(one: Measured) -> bool:
    sign = sign_of(one.code)
    return sign.letter(one.words) is not None or (sign.beyond is not None and one.words in sign.beyond)
