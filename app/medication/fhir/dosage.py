"""How an order is to be given, as Dosage: times of day, days, amounts, tapering in steps; the rest in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.fhir import House
from app.fhir.carrying import stamp
from app.fhir.coding import UCUM, coded, words
from app.fhir.elements import filled
from app.medication.fhir.quantities import quantity
from app.medication.lists import MEALS, frequency_words, routes
from app.medication.rules.dosing import SCALE, TAPER, TIMES, TURN, dosing_words
from app.medication.rules.regime import LONG, WHEN_NEEDED

FREQUENCY, ROUTE, MEAL = (f"urn:carestation:{name}" for name in ("frequency", "route", "meal"))
GTS = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
_GTS = {"qd": "QD", "bid": "BID", "tid": "TID", "qid": "QID", "qod": "QOD", "q4h": "Q4H", "q6h": "Q6H"}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = "24:00"


@dataclass(frozen=True)
class _Step:
    """One Dosage of an order. `days`: how long it lasts, 0 for as long as the order; `times` None: the order's own."""

    rate: Mapping[str, Any] = field(default_factory=dict)
    place: int = 1
    times: Sequence[str] | None = None
    days: int = 0


def dosages(house: House, row: Any) -> list[dict[str, Any]]:
    """One, several at once where the amount differs by the time of day, or one after the other for a taper."""
    return [_dosage(house, row, step) for step in _steps(row)]


def _steps(row: Any) -> list[_Step]:
    dosing, unit = row.dosing, row.dose_unit
    way = dosing.get("way")
    if way == TIMES:
        amounts: dict[str, list[str]] = {}
        for name, amount in sorted(dosing["amounts"].items()):
            amounts.setdefault(str(amount), []).append(name)
        some = [(amount, names) for amount, names in amounts.items() if quantity(amount, "").get("value")]
        return [_Step(_rate(amount, unit), times=names) for amount, names in some] or [_Step()]
    if way == TAPER:
        steps = enumerate(dosing["steps"], 1)
        return [_Step(_rate(one["amount"], unit), place, days=int(one["days"])) for place, one in steps]
    if way == TURN:
        return [_Step(_range(dosing["amounts"], unit))]
    return [_Step() if way == SCALE else _Step(_rate(dosing.get("amount", ""), unit))]


def _dosage(house: House, row: Any, step: _Step) -> dict[str, Any]:
    route = routes().get(row.route)
    needed = row.kind in WHEN_NEEDED
    why = words(row.prn.get("why", "")) if needed else ""
    return filled(
        sequence=step.place,
        text=_text(row),
        additionalInstruction=[coded(MEAL, row.meal, MEALS.get(row.meal, ""))] if words(row.meal) else [],
        timing=_timing(house, row, row.times if step.times is None else step.times, step.days),
        asNeededCodeableConcept={"text": why} if why else {},
        asNeededBoolean=True if needed and not why else None,
        route=coded(ROUTE, words(row.route), route.words if route else "") if words(row.route) else {},
        doseAndRate=[step.rate] if step.rate else [],
        maxDosePerPeriod=_most(row) if needed else {},
    )


def _text(row: Any) -> str:
    """The whole of it in words, as the order says it."""
    amount = dosing_words(row.dosing, row.dose_unit) if row.dosing.get("way") else ""
    days = "".join(f"周{'一二三四五六日'[int(one) - 1]}" for one in row.weekdays if one in "1234567" and one)
    often = frequency_words(row.frequency) if row.frequency else ""
    parts = (amount, often, days, " ".join(row.times), row.note)
    return words("，".join(filter(None, map(str, parts)))) or words(row.words)


def _timing(house: House, row: Any, times: Sequence[str], days: int) -> dict[str, Any]:
    bounds = {"boundsDuration": {**quantity(days, ""), "unit": "天", "system": UCUM, "code": "d"}}
    whole = {
        "boundsPeriod": filled(
            start=stamp(house, row.begins), end=stamp(house, row.ends) if row.ends else None
        )
    }
    repeat = {**(bounds if days else whole), **(_repeat(row, times) if row.kind == LONG and times else {})}
    return filled(repeat=repeat, code=_code(row.frequency))


def _repeat(row: Any, times: Sequence[str]) -> dict[str, Any]:
    """FHIR's day ends at 23:59: 24:00 is 00:00 where every day is alike, else it stands in the words only."""
    daily = row.every_days == 1 and row.every_weeks == 1 and not row.weekdays
    shown = [f"{'00:00' if one == _MIDNIGHT else one}:00" for one in times if daily or one != _MIDNIGHT]
    weekly = bool(row.weekdays) or row.every_weeks > 1
    return filled(
        frequency=max(1, len(times)),
        period=row.every_weeks if weekly else row.every_days,
        periodUnit="wk" if weekly else "d",
        dayOfWeek=[_WEEK[int(one) - 1] for one in row.weekdays if one in "1234567" and one],
        timeOfDay=shown,
    )


def _code(frequency: str) -> dict[str, Any]:
    if not words(frequency):
        return {}
    found = coded(FREQUENCY, words(frequency), words(frequency_words(frequency)))
    if frequency in _GTS:
        found["coding"].append({"system": GTS, "code": _GTS[frequency]})
    return found


def _rate(amount: str, unit: str) -> dict[str, Any]:
    return filled(doseQuantity=quantity(amount, unit))


def _range(amounts: list[str], unit: str) -> dict[str, Any]:
    """Amounts that take turns have no element: the least and the most, and the words."""
    ends = {"low": min(amounts, key=Decimal), "high": max(amounts, key=Decimal)} if amounts else {}
    return filled(doseRange=filled(**{key: quantity(one, unit) for key, one in ends.items()}))


def _most(row: Any) -> dict[str, Any]:
    most = row.prn.get("most")
    if not isinstance(most, int) or isinstance(most, bool) or most <= 0:
        return {}
    day = {"value": 24, "unit": "h", "system": UCUM, "code": "h"}
    return {"numerator": {"value": most, "unit": "次"}, "denominator": day}
