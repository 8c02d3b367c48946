"""Records visits: all values of one visit in one act, one set; a floor's visits in one act too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.vitals.catalogue import basics, sign_of
from app.vitals.profiles import SOME, age_at, within
from app.vitals.rules import Measured
from app.vitals.service.checking import Known, check_time, check_value, how_kept
from db.models import Resident, Vital, VitalLatest


@dataclass(frozen=True)
class RecordSet(Order[UUID]):
    """One visit. `set_id`: given by whoever may send it twice, or who adds to a visit; the same value is kept once.

    `absent`: why the basic signs that are not among `values` were not measured (a code of not_measured.toml).
    """

    resident: UUID
    at: datetime
    values: tuple[Measured, ...]
    absent: str = ""
    note: str = ""
    set_id: UUID | None = None
    source: str = "manual"


@dataclass(frozen=True)
class RecordSets(Order[tuple[UUID, ...]]):
    """Visits of many people in one act: a floor, a paste, an import. One that is refused refuses all, by name."""

    sets: tuple[RecordSet, ...]


@dataclass(frozen=True)
class NotMeasured(Order[UUID]):
    """These signs were not measured, and why (a code of not_measured.toml)."""

    resident: UUID
    at: datetime
    codes: tuple[str, ...]
    why: str
    set_id: UUID | None = None


@performs(RecordSet)
def record_set(unit: Unit, order: RecordSet) -> UUID:
    """Returns the set's id. Refuses a time to come, a value outside the hard limits, an unconfirmed doubtful one."""
    return _record(unit, (order,))[0]


@performs(RecordSets)
def record_sets(unit: Unit, order: RecordSets) -> tuple[UUID, ...]:
    return _record(unit, order.sets)


@performs(NotMeasured)
def record_absence(unit: Unit, order: NotMeasured) -> UUID:
    values = tuple(Measured(code, absent=order.why) for code in order.codes)
    return _record(unit, (RecordSet(order.resident, order.at, values, set_id=order.set_id),))[0]


@dataclass
class _People:
    """What must be known of everybody in the act: names, birth dates, the last weights, what the sets hold already."""

    names: dict[UUID, str]
    births: dict[UUID, date | None]
    before: dict[tuple[UUID, str], float]
    there: dict[UUID, list[Vital]] = field(default_factory=lambda: defaultdict(list))


def _record(unit: Unit, orders: tuple[RecordSet, ...]) -> tuple[UUID, ...]:
    unit.require(Right.RECORD_VITALS)
    people = _known(unit, orders)
    rows: list[dict[str, Any]] = []
    ids = []
    for order in orders:
        try:
            set_id, fresh = _one(unit, order, people)
        except Refusal as refused:
            if len(orders) == 1:
                raise
            name = people.names.get(order.resident, "")
            raise Refusal(f"{name}：{refused.text}", field=refused.field) from refused
        ids.append(set_id)
        rows += fresh
    if rows:
        unit.session.execute(insert(Vital), rows)
        unit.announce(Vital, [row["rid"] for row in rows])
    return tuple(ids)


def _one(unit: Unit, order: RecordSet, people: _People) -> tuple[UUID, list[dict[str, Any]]]:
    if order.resident not in people.names:
        raise Refusal("没有找到这位老人。")
    birth = people.births[order.resident]
    check_time(unit, order.at, birth)
    age = age_at(birth, date_in(unit.settings.zone, order.at))
    values = order.values + _absent(order)
    if not values:
        raise Refusal("请至少填一项，或说明为什么没有测。")
    if len({(one.code, one.turn) for one in values}) < len(values):
        raise Refusal("同一项填了两次，请核对。")
    there = people.there.get(order.set_id, []) if order.set_id else []
    if any(row.resident != order.resident for row in there):
        raise Refusal("这次测量属于另一位老人，请重新打开体征录入。")
    set_id = order.set_id or unit.new_id()
    fresh = []
    for one in values:
        known = Known(age, people.before.get((order.resident, one.code)), tuple(there))
        if check_value(one, known):
            fresh.append(_row(unit, order, set_id, one))
    return set_id, fresh


def _absent(order: RecordSet) -> tuple[Measured, ...]:
    if not order.absent:
        return ()
    said = {one.code for one in order.values}
    return tuple(Measured(code, absent=order.absent) for code in basics() if code not in said)


def _row(unit: Unit, order: RecordSet, set_id: UUID, one: Measured) -> dict[str, Any]:
    stamp = unit.stamp(at=order.at, source=order.source)
    return {
        **stamp,
        "revision": 1,
        "current": True,
        "state": "signed",
        "resident": order.resident,
        "code": one.code,
        "set_id": set_id,
        "value": one.value,
        "second": one.second,
        "words": one.words,
        "how": how_kept(one),
        "absent": one.absent,
        "note": order.note.strip(),
    }


def _known(unit: Unit, orders: tuple[RecordSet, ...]) -> _People:
    """Three statements, however many visits."""
    residents = list({order.resident for order in orders})
    statement = select(Resident.rid, Resident.name, Resident.birth_date)
    found = unit.session.execute(statement.where(*within(Resident.rid, residents))).all()
    changing = [one.code for order in orders for one in order.values if _looks_back(one)]
    before: dict[tuple[UUID, str], float] = {}
    if changing:
        latest = select(VitalLatest.resident, VitalLatest.code, VitalLatest.value).where(
            VitalLatest.code.in_(set(changing)), *within(VitalLatest.resident, residents)
        )
        before = {(row[0], row[1]): row[2] for row in unit.session.execute(latest) if row[2] is not None}
    people = _People({row[0]: row[1] for row in found}, {row[0]: row[2] for row in found}, before)
    ids = [order.set_id for order in orders if order.set_id is not None]
    for start in range(0, len(ids), SOME):
        some = select(Vital).where(Vital.set_id.in_(ids[start : start + SOME]), Vital.current)
        for row in unit.session.scalars(some):
            people.there[row.set_id].append(row)
    return people


def _looks_back(one: Measured) -> bool:
    return sign_of(one.code).change is not None if one.value is not None else False
