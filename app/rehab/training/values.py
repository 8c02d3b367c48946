"""Values of a session: checked, as a column keeps them, from the vitals of the hours before it, kept as vitals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.rehab.day import rehab_day
from app.rehab.rules.stopping import Values
from app.vitals.catalogue import sign_of
from app.vitals.rules import Measured, Wrong, check_hard
from app.vitals.service.recording import RecordSet, record_set
from db.models import Vital

NOTHING = Values()
SIGNS = {"sbp": "blood_pressure", "hr": "pulse", "spo2": "spo2", "temp": "temperature", "pain": "pain"}
"""The sign each measure is at rest; dbp goes with sbp."""
FIELDS = {"blood_pressure": "bp", "pulse": "hr", "spo2": "spo2", "temperature": "temp", "pain": "pain"}
"""The input of a form that a sign stands in."""
RPE = (6, 20)
_HEARTS = ("pulse", "heart_rate")
_MEASURES = ("sbp", "dbp", "hr", "spo2", "temp", "rpe", "pain")


@dataclass(frozen=True)
class Rest:
    """What was measured of a resident at rest, and when, by measure; `usual` is the middle of the days before."""

    values: Values = NOTHING
    at: Mapping[str, datetime] | None = None
    usual: Values = NOTHING

    @property
    def latest(self) -> datetime | None:
        return max(self.at.values(), default=None) if self.at else None


def kept(values: Values) -> dict[str, Any]:
    """As a column keeps them: what was measured only."""
    found: dict[str, Any] = {
        name: value for name in _MEASURES if (value := getattr(values, name)) is not None
    }
    return found | ({"symptoms": sorted(values.symptoms)} if values.symptoms else {})


def values_of(column: Mapping[str, Any]) -> Values:
    """What a column kept."""
    numbers: dict[str, Any] = {
        name: float(column[name]) for name in _MEASURES if column.get(name) is not None
    }
    return Values(**numbers, symptoms=frozenset(column.get("symptoms", ())))


def over(earlier: Values, later: Values) -> Values:
    """Both together: what was measured later stands, symptoms add up."""
    said = {
        one.name: value
        for one in fields(Values)
        if one.name != "symptoms" and (value := getattr(later, one.name)) is not None
    }
    return replace(earlier, **said, symptoms=earlier.symptoms | later.symptoms)


def check_values(values: Values, when: str) -> None:
    """Refuse what cannot be, beside its input (`during.hr`)."""
    if (values.sbp is None) != (values.dbp is None):
        raise Refusal("血压请填两个数，如 142/78。", field=f"{when}.bp")
    for measured in measured_of(values):
        try:
            check_hard(sign_of(measured.code), measured)
        except Wrong as wrong:
            raise Refusal(wrong.text, field=f"{when}.{FIELDS[measured.code]}") from wrong
    if values.rpe is not None and not (RPE[0] <= values.rpe <= RPE[1] and values.rpe == int(values.rpe)):
        raise Refusal(f"RPE 是 {RPE[0]} 到 {RPE[1]} 的整数。", field=f"{when}.rpe")


def measured_of(values: Values, confirmed: tuple[str, ...] = ()) -> tuple[Measured, ...]:
    """The same as vital signs; `confirmed`: measures somebody looked at again."""
    return tuple(
        Measured(code, value, values.dbp if measure == "sbp" else None, confirmed=FIELDS[code] in confirmed)
        for measure, code in SIGNS.items()
        if (value := getattr(values, measure)) is not None
    )


def at_rest(reader: Reader, resident: UUID, at: datetime) -> Rest:
    """The vitals that count as measured before a session at `at`, and the usual ones of the days before them."""
    opens = at - rehab_day().vitals
    since = at - rehab_day().usual
    codes = (*SIGNS.values(), *_HEARTS)
    rows = reader.session.execute(
        select(Vital.code, Vital.at, Vital.value, Vital.second)
        .where(
            Vital.resident == resident, Vital.code.in_(set(codes)), Vital.at.between(since, at),
            Vital.current, Vital.state != "retracted", Vital.value.is_not(None),
        )
        .order_by(Vital.at, Vital.recorded_at)
    )  # fmt: skip
    now: dict[str, Any] = {}
    taken: dict[str, datetime] = {}
    before: dict[str, list[float]] = defaultdict(list)
    for code, moment, value, second in rows:
        for measure, number in _numbers(code, value, second):
            if moment >= opens:
                now[measure], taken[measure] = number, moment
            else:
                before[measure].append(number)
    usual: dict[str, Any] = {name: median(found) for name, found in before.items()}
    return Rest(Values(**now), taken, Values(**usual))


def keep_at_rest(
    unit: Unit, resident: UUID, at: datetime, measured: tuple[Measured, ...], set_id: UUID
) -> None:
    """What was measured at rest is a visit like any other: the ward sees it. Refuses what recording vitals refuses."""
    try:
        record_set(unit, RecordSet(resident, at, measured, note="康复训练前", set_id=set_id))
    except Refusal as refused:
        field = FIELDS.get(refused.field or "")
        raise Refusal(refused.text, field=f"before.{field}" if field else refused.field) from refused


def _numbers(code: str, value: float | None, second: float | None) -> tuple[tuple[str, float], ...]:
    if value is None:
        return ()
    if code == "blood_pressure":
        return (("sbp", value), *((("dbp", second),) if second is not None else ()))
    if code in _HEARTS:
        return (("hr", value),)
    return ((next(measure for measure, sign in SIGNS.items() if sign == code), value),)
