"""A shift is closed: of each dose that is still blank, whoever closes it confirms that it was missed, and says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.care.derived import hours_of
from app.care.floors import lodgers
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.derived import Held, derive
from app.medication.giving.writing import LONGEST, SlotKey, write
from app.medication.lists import unreconciled_reason
from app.medication.rules.slots import DoseState

WAITS = "返院用药待重整"


@dataclass(frozen=True)
class Missed:
    """A blank dose, and why it was missed."""

    key: SlotKey
    why: str


@dataclass(frozen=True)
class CloseDoses(Order[int]):
    """The shift of a floor is over. `missed`: one for every dose that is still blank.

    One that stood 待重整 is kept as held, not as missed: it was right not to give it.
    """

    floor: UUID
    shift: str
    service_date: date
    missed: tuple[Missed, ...] = ()


@performs(CloseDoses)
def close_doses(unit: Unit, order: CloseDoses) -> int:
    """How many were confirmed as missed or held. Refuses while one may still be given, or lacks its reason.

    What somebody recorded meanwhile stays as they recorded it.
    """
    unit.require(Right.GIVE_MEDICINES)
    shift = hours_of(unit).shift(order.shift)
    if shift is None:
        raise Refusal("没有这个班次。")
    people = {one.rid: one.name for one in lodgers(unit, order.floor, order.service_date)}
    blank = blanks(unit, list(people), order.service_date, order.shift)
    coming = [held for held in blank if unit.now <= held.slot.closes]
    if coming:
        last = local(unit.settings.zone, coming[-1].slot.closes)
        raise Refusal(f"还有 {len(coming)} 次给药没过时间，{last:%H:%M} 以后再结束本班。")
    said = {one.key: one.why.strip() for one in order.missed}
    silent = [held for held in blank if not said.get(held.slot.key)]
    if silent:
        names = "、".join(dict.fromkeys(people[held.order.resident] for held in silent[:3]))
        raise Refusal(f"还有 {len(silent)} 次给药没有说明原因（{names}）。", field="reasons")
    for held in blank:
        _write(unit, held, said[held.slot.key][:LONGEST])
    unit.note("close_doses", "dose", None, f"{order.service_date} {shift.words}")
    return len(blank)


def _write(unit: Unit, held: Held, why: str) -> None:
    """Missed; or held, where it was not given because nobody had decided about it after a hospital."""
    said: dict[str, Any] = {"note": why, "unit": held.order.dose_unit}
    if held.state is not DoseState.UNRECONCILED:
        write(unit, held, "missed", held.slot.closes, said)
        return
    note = why if why.startswith(WAITS) else f"{WAITS}：{why}"
    said |= {"note": note[:LONGEST], "reason_code": unreconciled_reason()}
    write(unit, held, "held", held.slot.closes, said)


def blanks(reader: Reader, residents: list[UUID], day: date, shift: str) -> list[Held]:
    """The doses of one shift of which nobody has said anything."""
    days = [day - timedelta(days=1), day, day + timedelta(days=1)]
    whole = derive(reader, residents, days)
    return [
        held for held in whole if held.state.owed and (held.slot.shift_day, held.slot.shift) == (day, shift)
    ]
