"""NEWS2 of one visit: seven parameters, all of them or no total; scale 2 and usual confusion only by a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.vitals.rules.judging import CONFUSED
from app.vitals.rules.measured import Measured

Band = tuple[float, int]
NEEDED = {
    "respiration": "呼吸",
    "spo2": "血氧",
    "oxygen": "吸氧",
    "systolic": "血压",
    "pulse": "脉率",
    "consciousness": "意识",
    "temperature": "体温",
}


@dataclass(frozen=True)
class Response:
    """What a total asks for. `from_total` None: for a single parameter with three points."""

    from_total: int | None
    risk: str
    words: str
    tone: str
    say: str


@dataclass(frozen=True)
class Table:
    """The scoring table (RCP 2017, Chart 1): bands by parameter, each (from value, points), ascending."""

    bands: Mapping[str, tuple[Band, ...]]
    oxygen: int
    not_alert: int
    responses: tuple[Response, ...]
    from_age: int


@dataclass(frozen=True)
class Baseline:
    """What is usual for the person: consciousness A or C; SpO₂ scale 2 only where a doctor wrote it; age in years."""

    consciousness: str = "A"
    spo2_scale: int = 1
    age_years: int | None = None


@dataclass(frozen=True)
class News2:
    """A complete score: points by parameter, total, risk in words with its tone, what is to be done."""

    total: int
    parts: tuple[tuple[str, int], ...]
    risk: str
    words: str
    tone: str
    say: str
    scale: int = 1


@dataclass(frozen=True)
class Incomplete:
    """No total: what is missing, in words; `words` for the screen."""

    missing: tuple[str, ...] = ()
    words: str = "不完整"


def news2(table: Table, values: Mapping[str, Measured], baseline: Baseline) -> News2 | Incomplete:
    """The score of one visit's values by sign code (the repeated one where there is one)."""
    if baseline.age_years is not None and baseline.age_years < table.from_age:
        return Incomplete(words=f"{table.from_age} 岁以下不适用")
    oxygen = _oxygen(values)
    numbers = {
        "respiration": _number(values, "respiration"),
        "spo2": _number(values, "spo2"),
        "systolic": _number(values, "blood_pressure"),
        "pulse": _number(values, "pulse", "heart_rate"),
        "temperature": _number(values, "temperature"),
    }
    alert = _alert(values, baseline)
    known: dict[str, object] = {**numbers, "oxygen": oxygen, "consciousness": alert}
    missing = tuple(words for key, words in NEEDED.items() if known[key] is None)
    if missing:
        return Incomplete(missing)
    scale = f"spo2_{baseline.spo2_scale}"
    if baseline.spo2_scale == 2:
        scale += "_oxygen" if oxygen else "_air"
    parts = {
        key: _points(table.bands[scale if key == "spo2" else key], value)
        for key, value in numbers.items()
        if value is not None
    }
    parts["oxygen"] = table.oxygen if oxygen else 0
    parts["consciousness"] = 0 if alert else table.not_alert
    ordered = tuple((key, parts[key]) for key in NEEDED)
    return _answer(table, ordered, baseline.spo2_scale)


def _answer(table: Table, parts: tuple[tuple[str, int], ...], scale: int) -> News2:
    total = sum(points for _key, points in parts)
    single = any(points == 3 for _key, points in parts)
    for response in table.responses:
        fits = single if response.from_total is None else total >= response.from_total
        if fits:
            return News2(total, parts, response.risk, response.words, response.tone, response.say, scale)
    raise LookupError(total)


def _points(bands: tuple[Band, ...], value: float) -> int:
    points = bands[0][1]
    for start, worth in bands:
        if value >= start:
            points = worth
    return points


def _number(values: Mapping[str, Measured], *codes: str) -> float | None:
    found = (values[code].value for code in codes if code in values)
    return next((value for value in found if value is not None), None)


def _oxygen(values: Mapping[str, Measured]) -> bool | None:
    """Whether oxygen was given: as said beside the saturation, or as a flow of its own; None where nobody said."""
    said = values["spo2"].said("oxygen") if "spo2" in values else ""
    if said:
        return said == "oxygen"
    flow = _number(values, "oxygen")
    return None if flow is None else flow > 0


def _alert(values: Mapping[str, Measured], baseline: Baseline) -> bool | None:
    measured = values.get("consciousness")
    if measured is None or not measured.words:
        return None
    if measured.words == CONFUSED and baseline.consciousness == CONFUSED:
        return measured.said("change") != "new"
    return measured.words == "A"
