"""What a person says about one order, and the columns it becomes; each refusal names its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from app.care.derived import hours_of
from app.care.rules import WrongTimes, read_times
from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_called
from app.medication.facts import facts_of
from app.medication.lists import Frequency, frequencies_here, routes
from app.medication.rules.amounts import WrongAmount, amount_words, read_amount
from app.medication.rules.dosing import CALL, SAME, SCALE, TAPER, TIMES, TURN, taper_days
from app.medication.rules.drug import Drug
from app.medication.rules.regime import KINDS, LONG, PRN, SOS, STAT, Regime, from_first_dose

ORIGINS = {
    "station": "本站医师",
    "hospital": "医院医嘱",
    "long": "长期处方",
    "extended": "延伸处方",
    "family": "家属带来",
}
"""Where an order comes from, in words."""
OLDEST = timedelta(hours=24)
_DAYS_MOST = 366


@dataclass(frozen=True)
class Prn:
    """Limits of an order for when it is needed: for what, the least time between, the most in 24 hours."""

    why: str = ""
    gap_minutes: int = 0
    most: int = 0


@dataclass(frozen=True)
class Answered:
    """What the checks said (`rule`), and why it is ordered all the same."""

    rule: str
    reason: str


@dataclass(frozen=True)
class OrderForm:
    """One order as it is said. `dosing` as `rules.dosing` keeps it, amounts as typed; `begins` None: now.

    `times` empty: those of the institution's table; `days` empty or the length of a course; `paper`: a photograph of
    the order on paper (JPEG or PNG). `limits`: hold key → number the doctor set. `verbal`: who said it, in a rescue.
    """

    drug: str
    dosing: Mapping[str, Any]
    kind: str = LONG
    unit: str = ""
    route: str = ""
    frequency: str = "qd"
    times: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    meal: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    days: str = ""
    first_count: int | None = None
    indication: str = ""
    note: str = ""
    origin: str = "station"
    own_supply: bool = False
    hospital: str = ""
    doctor_name: str = ""
    paper: bytes | None = field(default=None, repr=False)
    verbal: str = ""
    prn: Prn = Prn()  # frozen
    limits: Mapping[str, float] = field(default_factory=dict)
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class Checked:
    """An order that may be written: its medicine and its columns."""

    drug: Drug
    columns: dict[str, Any]


def check_order(reader: Reader, form: OrderForm) -> Checked:
    """The columns of an order; refuses with the field what is missing, wrong, or against the medicine's own rules."""
    drug = drug_called(reader.session, form.drug)
    if form.kind not in KINDS:
        raise Refusal("请选医嘱类别。", field="kind")
    unit = form.unit or (drug.strength_unit if drug.strength else drug.unit)
    route = form.route or drug.routes[0]
    if route not in routes():
        raise Refusal("请选给药途径。", field="route")
    begins = form.begins or reader.now
    if begins < reader.now - OLDEST and form.origin == "station":
        raise Refusal("开始时间不能早于 24 小时前。", field="begins")
    when = _when(reader, form, drug, begins)
    begins = _first(reader, form, when, begins)
    dosing = _dosing(form, drug, unit, when["times"])
    ends = _ends(form, dosing, begins)
    return Checked(
        drug,
        {
            "kind": form.kind,
            "drug": drug.code,
            "words": drug.title,
            "facts": facts_of(drug),
            "dosing": dosing,
            "dose_unit": unit,
            "route": route,
            "begins": begins,
            "ends": ends,
            "meal": form.meal,
            "indication": form.indication.strip(),
            "note": form.note.strip(),
            "origin": form.origin if form.origin in ORIGINS else "station",
            "own_supply": form.own_supply,
            "hospital": form.hospital.strip(),
            "limits": {key: float(value) for key, value in form.limits.items()},
            "prn": _prn(form),
            **when,
        },
    )


def _when(reader: Reader, form: OrderForm, drug: Drug, begins: datetime) -> dict[str, Any]:
    """Times and days. One given once has its own time; one for when it is needed has none."""
    none: dict[str, Any] = {"frequency": "", "times": [], "weekdays": [], "every_days": 1, "every_weeks": 1}
    if form.kind in (PRN, SOS):
        return none | {"first_count": None}
    if form.kind != LONG:
        return none | {"times": [f"{local(reader.settings.zone, begins):%H:%M}"], "first_count": None}
    frequency = frequencies_here(reader.settings).get(form.frequency)
    if frequency is None:
        raise Refusal("请选频次。", field="frequency")
    _refuse_daily(drug, frequency)
    weekdays = sorted(set(form.weekdays) & set("1234567")) if frequency.weekdays else []
    if frequency.weekdays and len(weekdays) != frequency.weekdays:
        raise Refusal(f"“{frequency.words}”要选 {frequency.weekdays} 个星期几。", field="weekdays")
    times = _times(form.times or frequency.times)
    if form.first_count is not None and not 0 <= form.first_count <= len(times):
        raise Refusal(f"首日次数是 0 到 {len(times)}。", field="first_count")
    return {
        "frequency": frequency.code,
        "times": list(times),
        "weekdays": weekdays,
        "every_days": frequency.every_days,
        "every_weeks": frequency.every_weeks,
        "first_count": form.first_count,
    }


def _first(reader: Reader, form: OrderForm, when: Mapping[str, Any], begins: datetime) -> datetime:
    """A long order whose times are over today begins with its next dose."""
    if form.kind != LONG or form.first_count is not None:
        return begins
    hours = hours_of(reader)
    times, weekdays = tuple(when["times"]), frozenset(when["weekdays"])
    return from_first_dose(Regime(begins, hours.wall(begins).date(), times, weekdays=weekdays), hours)


def _refuse_daily(drug: Drug, frequency: Frequency) -> None:
    """A weekly medicine given daily kills (甲氨蝶呤): the weekday must be chosen."""
    if drug.weekly and frequency.weekdays != 1:
        raise Refusal(f"{drug.title}每周只用一次：频次请选每周一次，并选星期几。", field="frequency")


def _times(said: tuple[str, ...]) -> tuple[str, ...]:
    if not said:
        raise Refusal("请填写给药时间，如 08:00 20:00。", field="times")
    try:
        return read_times(" ".join(said), ())
    except WrongTimes as wrong:
        raise Refusal(f"{wrong.text}。", field="times") from wrong


def _dosing(form: OrderForm, drug: Drug, unit: str, times: list[str]) -> dict[str, Any]:
    said = dict(form.dosing)
    way = said.get("way")
    if form.kind != LONG and way not in (SAME, SCALE):
        raise Refusal("只用一次或必要时用的医嘱，剂量是一个数。", field="amount")
    if way == TIMES:
        amounts = {
            name: _amount(said.get("amounts", {}).get(name, ""), drug, unit, zero=True) for name in times
        }
        if not any(Decimal(one) for one in amounts.values()):
            raise Refusal("请填写每个时间的剂量。", field="amount")
        return {"way": TIMES, "amounts": amounts}
    if way == TURN:
        turns = [_amount(one, drug, unit, zero=True) for one in said.get("amounts", ())]
        if len(turns) < 2:
            raise Refusal("交替剂量至少填两个。", field="amount")
        return {"way": TURN, "amounts": turns}
    if way == TAPER:
        return {
            "way": TAPER,
            "steps": [_step(one, drug, unit) for one in said.get("steps", ())] or _no_steps(),
        }
    if way == SCALE:
        return {"way": SCALE, "bands": _bands(said.get("bands", ()), drug, unit)}
    return {"way": SAME, "amount": _amount(str(said.get("amount", "")), drug, unit)}


def _amount(said: str, drug: Drug, unit: str, *, zero: bool = False) -> str:
    if zero and said.strip() in ("0", "-", "—"):
        return "0"
    try:
        number = read_amount(said)
    except WrongAmount as wrong:
        raise Refusal(f"{wrong.text}。", field="amount") from wrong
    if drug.units_of(number, unit) is None and unit != drug.unit and drug.strength is not None:
        raise Refusal(f"{drug.title}的剂量单位请用 {drug.strength_unit} 或 {drug.unit}。", field="unit")
    return amount_words(number)


def _step(said: Mapping[str, Any], drug: Drug, unit: str) -> dict[str, Any]:
    days = str(said.get("days", ""))
    if not days.isdigit() or not 1 <= int(days) <= _DAYS_MOST:
        raise Refusal("递减的每一步请写天数。", field="amount")
    return {"days": int(days), "amount": _amount(str(said.get("amount", "")), drug, unit)}


def _no_steps() -> Any:
    raise Refusal("请填写递减的每一步：天数和剂量。", field="amount")


def _bands(said: Any, drug: Drug, unit: str) -> list[dict[str, str]]:
    """Bands of blood glucose in mmol/L, ascending, the last one open."""
    bands: list[dict[str, str]] = []
    before = Decimal(0)
    for place, band in enumerate(said):
        amount = band.get("amount", "")
        kept = {"amount": CALL if amount == CALL else _amount(amount, drug, unit, zero=True)}
        if place < len(said) - 1:
            try:
                below = Decimal(str(band.get("below", "")))
            except InvalidOperation as error:
                raise Refusal("血糖分段请写数字（mmol/L）。", field="amount") from error
            if below <= before:
                raise Refusal("血糖分段要从低到高。", field="amount")
            before, kept["below"] = below, amount_words(below)
        bands.append(kept)
    if len(bands) < 2:
        raise Refusal("按血糖给药至少分两段。", field="amount")
    return bands


def _ends(form: OrderForm, dosing: Mapping[str, Any], begins: datetime) -> datetime | None:
    """When it stops by itself: as said, after so many days, or when the last step of a taper is over."""
    days = form.days.strip()
    if dosing["way"] == TAPER:
        days = str(taper_days(dosing))
    if days:
        if not days.isdigit() or not 1 <= int(days) <= _DAYS_MOST:
            raise Refusal("疗程请写天数，如 7。", field="days")
        return begins + timedelta(days=int(days))
    if form.ends is not None and form.ends <= begins:
        raise Refusal("停止时间要晚于开始时间。", field="ends")
    return form.ends if form.kind != STAT else None


def _prn(form: OrderForm) -> dict[str, Any]:
    if form.kind not in (PRN, SOS):
        return {}
    why = form.prn.why.strip() or form.indication.strip()
    if not why:
        raise Refusal("必要时用药请写明指征，如 疼痛、便秘。", field="indication")
    if form.kind == PRN and not (form.prn.gap_minutes and form.prn.most):
        raise Refusal("长期备用请写明间隔和 24 小时最多次数。", field="prn")
    return {"why": why, "gap_minutes": form.prn.gap_minutes, "most": form.prn.most}
