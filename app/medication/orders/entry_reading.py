"""What is typed about an order in a hurry: `5mg`, `1/2片`, `明天 8:00`; what cannot be meant is refused in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.errors import Refusal
from app.core.form import read_date
from app.core.form_times import read_time
from app.medication.rules.amounts import UNITS
from app.medication.rules.dosing import CALL, SAME, SCALE, TAPER, TIMES, TURN
from app.medication.rules.drug import Drug

Rows = Sequence[Sequence[str]]
"""What is typed beside each other in the rows of a dose that differs: (amount, days) of a taper, (below, amount)…"""
_DOSE = re.compile(r"([\d./]+)\s*(\D*)")
_ALIKE = {
    "ug": "µg",
    "μg": "µg",
    "mcg": "µg",
    "微克": "µg",
    "毫克": "mg",
    "克": "g",
    "毫升": "mL",
    "ml": "mL",
}
_ALIKE |= {"iu": "U", "u": "U", "单位": "U", "mg": "mg", "g": "g", "cm": "cm", "mmol": "mmol"}
_SOON = {"今天": 0, "明天": 1, "明早": 1, "后天": 2}
_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s+(.+)")
_CALLS = ("报告", "报告医生", "叫医生", "通知医生", CALL)


def read_dose(said: str) -> tuple[str, str]:
    """`5mg` → ("5", "mg"), `１/２片` → ("1/2", "片"), `半片` → ("1/2", "片"); no unit where none is typed."""
    text = unicodedata.normalize("NFKC", said).strip().replace("半", "1/2")
    found = _DOSE.fullmatch(text)
    if found is None:
        return text, ""
    unit = found[2].strip()
    return found[1], _unit(unit) if unit else ""


def read_dosing(
    way: str, amount: str, rows: Rows, times: Sequence[str], drug: Drug
) -> tuple[dict[str, Any], str]:
    """The dosing as an order takes it, and its unit; one unit for all of it."""
    units: set[str] = set()

    def number(said: str) -> str:
        plain, unit = read_dose(said)
        if unit:
            units.add(unit)
        return plain

    if way == TIMES:
        said = [row[0] if row else "" for row in rows]
        dosing: dict[str, Any] = {
            "way": TIMES,
            "amounts": {name: number(one) for name, one in zip(times, said, strict=False)},
        }
    elif way == TURN:
        dosing = {"way": TURN, "amounts": [number(row[0]) for row in rows if row[0].strip()]}
    elif way == TAPER:
        steps = [{"amount": number(row[0]), "days": row[1].strip()} for row in rows if any(row)]
        dosing = {"way": TAPER, "steps": steps}
    elif way == SCALE:
        dosing = {"way": SCALE, "bands": _bands(rows, number)}
    else:
        dosing = {"way": SAME, "amount": number(amount)}
    if len(units) > 1:
        raise Refusal("同一条医嘱请用一个剂量单位。", field="amount")
    return dosing, next(iter(units), usual_unit(drug))


def usual_unit(drug: Drug) -> str:
    """What a bare number is meant in."""
    return drug.strength_unit if drug.strength else drug.unit


def read_begin(said: str, now: datetime, zone: str) -> datetime | None:
    """None for now; `8:30` is today, `明天 8:00`, `11-26 8:00` the next such day, or a whole date."""
    text = unicodedata.normalize("NFKC", said).strip()
    if text in ("", "现在", "马上"):
        return None
    today = local(zone, now).date()
    day, rest = _begin_day(text, today)
    clock = read_time(rest)
    if day is None or clock is None:
        raise Refusal("请写成 8:30、明天 8:00 或 11-26 8:00；空着就是现在。", field="begins")
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))


def rows_of(dosing: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The rows a dosing was typed in."""
    way = dosing["way"]
    if way == TIMES:
        return tuple((amount,) for _, amount in sorted(dosing["amounts"].items()))
    if way == TURN:
        return tuple((amount,) for amount in dosing["amounts"])
    if way == TAPER:
        return tuple((step["amount"], str(step["days"])) for step in dosing["steps"])
    if way == SCALE:
        return tuple(
            (band.get("below", ""), "报告医生" if band["amount"] == CALL else band["amount"])
            for band in dosing["bands"]
        )
    return ()


def _bands(rows: Rows, number: Any) -> list[dict[str, str]]:
    bands = []
    for row in rows:
        below, amount = row[0].strip(), row[1].strip()
        if below or amount:
            said = CALL if amount in _CALLS else number(amount)
            bands.append({"amount": said} | ({"below": below} if below else {}))
    return bands


def _unit(said: str) -> str:
    unit = _ALIKE.get(said.lower(), said)
    if unit not in UNITS:
        raise Refusal(f"没有“{said}”这个剂量单位，请用 mg、g、mL、片 等。", field="amount")
    return unit


def _begin_day(text: str, today: date) -> tuple[date | None, str]:
    for word, ahead in _SOON.items():
        if text.startswith(word):
            return today + timedelta(days=ahead), text[len(word) :].strip()
    head, _, rest = text.partition(" ")
    if (whole := read_date(head)) is not None:
        return whole, rest.strip()
    found = _DAY.fullmatch(text)
    if found is None:
        return today, text
    for year in (today.year, today.year + 1):
        try:
            day = date(year, int(found[1]), int(found[2]))
        except ValueError:
            continue
        if day >= today:
            return day, found[3]
    return None, text
