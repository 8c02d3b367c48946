"""How much an order asks for: the same each time, by the time of day, in turn, tapering, or by the blood glucose.

As kept in an order: {"way": "same", "amount": "5"} · {"way": "times", "amounts": {"07:30": "12", "17:30": "8"}} ·
{"way": "turn", "amounts": ["1", "0.5"]} · {"way": "taper", "steps": [{"days": 7, "amount": "30"}, …]} ·
{"way": "scale", "bands": [{"below": "8", "amount": "0"}, …, {"amount": "call"}]} (mmol/L; the last has no `below`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.medication.rules.amounts import amount_words
from app.medication.rules.regime import Regime

SAME, TIMES, TURN, TAPER, SCALE = "same", "times", "turn", "taper", "scale"
CALL = "call"
"""The amount of a band in which no dose is given and the doctor is called."""


@dataclass(frozen=True)
class Asked:
    """What one dose asks for: an amount, nothing (zero), or the doctor; None waits for the blood glucose."""

    amount: Decimal | None
    call: bool = False


def asked(
    dosing: Mapping[str, Any], regime: Regime, day: date, name: str, glucose: Decimal | None = None
) -> Asked:
    """What an order asks for at a nominal time of a service date."""
    way = dosing["way"]
    if way == TIMES:
        return _just(dosing["amounts"].get(name, "0"))
    if way == TURN:
        amounts = dosing["amounts"]
        return _just(amounts[regime.nth(day) % len(amounts)])
    if way == TAPER:
        return _just(_step(dosing["steps"], (day - regime.first_day).days))
    if way == SCALE:
        return Asked(None) if glucose is None else by_glucose(dosing["bands"], glucose)
    return _just(dosing["amount"])


def by_glucose(bands: list[Mapping[str, str]], glucose: Decimal) -> Asked:
    """The band a blood glucose (mmol/L) falls into: the first whose `below` it is under."""
    for band in bands:
        if "below" not in band or glucose < Decimal(band["below"]):
            return Asked(None, call=True) if band["amount"] == CALL else _just(band["amount"])
    return Asked(None, call=True)


def taper_days(dosing: Mapping[str, Any]) -> int:
    """How many days a tapering order goes on for."""
    return sum(int(step["days"]) for step in dosing["steps"])


def dosing_words(dosing: Mapping[str, Any], unit: str) -> str:
    """`5 mg`; `早12 / 晚8 U`; `1 mg、0.5 mg 交替`; `30 mg×7天→25 mg×7天`; `按血糖`."""
    way = dosing["way"]
    if way == TIMES:
        return "、".join(f"{name} {amount} {unit}" for name, amount in sorted(dosing["amounts"].items()))
    if way == TURN:
        return "、".join(f"{amount} {unit}" for amount in dosing["amounts"]) + " 逐次交替"
    if way == TAPER:
        return " → ".join(f"{step['amount']} {unit}×{step['days']}天" for step in dosing["steps"])
    if way == SCALE:
        return "按血糖 " + "；".join(
            _band_words(band, before, unit) for before, band in _with_before(dosing["bands"])
        )
    return f"{dosing['amount']} {unit}"


def largest(dosing: Mapping[str, Any]) -> Decimal:
    """The largest single amount the order can ask for."""
    way = dosing["way"]
    if way == TIMES:
        said = list(dosing["amounts"].values())
    elif way == TURN:
        said = list(dosing["amounts"])
    elif way == TAPER:
        said = [step["amount"] for step in dosing["steps"]]
    elif way == SCALE:
        said = [band["amount"] for band in dosing["bands"] if band["amount"] != CALL]
    else:
        said = [dosing["amount"]]
    return max((Decimal(one) for one in said), default=Decimal(0))


def _just(amount: str) -> Asked:
    return Asked(Decimal(amount))


def _step(steps: list[Mapping[str, Any]], days: int) -> str:
    for step in steps:
        days -= int(step["days"])
        if days < 0:
            return str(step["amount"])
    return "0"


def _with_before(bands: list[Mapping[str, str]]) -> list[tuple[str, Mapping[str, str]]]:
    """Each band with the limit the one before it ended at."""
    return list(zip(["", *(band.get("below", "") for band in bands[:-1])], bands, strict=True))


def _band_words(band: Mapping[str, str], before: str, unit: str) -> str:
    span = (
        f"<{band['below']}"
        if not before
        else f"{before}–{band['below']}"
        if "below" in band
        else f"≥{before}"
    )
    if band["amount"] == CALL:
        return f"{span} 报告医生"
    return (
        f"{span} {amount_words(Decimal(band['amount']))} {unit}" if band["amount"] != "0" else f"{span} 不打"
    )
