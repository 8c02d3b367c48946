"""The fields of an order: which are asked of it, what stands in them, and the order they say."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.care.rules import WEEKDAYS
from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.settings import Settings
from app.medication.lists import frequencies_here, holds, routes
from app.medication.orders.entry_reading import Rows, read_begin, read_dosing, rows_of
from app.medication.orders.forms import ORIGINS, Answered, OrderForm, Prn
from app.medication.rules.dosing import SAME, SCALE, TAPER, TIMES, TURN
from app.medication.rules.drug import Drug
from app.medication.rules.regime import KINDS, LONG, ONCE, PRN, STAT, WHEN_NEEDED

WAYS = {SAME: "每次相同", TIMES: "按时间", TURN: "交替", TAPER: "递减", SCALE: "按血糖"}
MEALS = {"ac": "餐前", "pc": "餐后", "with": "随餐", "empty": "空腹"}
LIMIT = "limit."
_PHOTO = "data:image/jpeg;base64,"
_SOURCE = ("origin", "doctor_name", "hospital", "paper")
_LONG = ("frequency", "times", "meal", "begins", "days", "first_count", "indication", "note")


@dataclass(frozen=True)
class Typed:
    """One order as it stands in the form; kept in drafts and in the basket. `rows`: of a dose that differs."""

    drug: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    rows: Rows = ()
    answered: tuple[Answered, ...] = ()

    def as_kept(self) -> dict[str, Any]:
        """For a draft, as JSON."""
        return {
            "drug": self.drug,
            "values": {key: list(one) if isinstance(one, tuple) else one for key, one in self.values.items()},
            "rows": [list(row) for row in self.rows],
            "answered": [[one.rule, one.reason] for one in self.answered],
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Typed:
        values = kept.get("values", {})
        return cls(
            str(kept.get("drug", "")),
            {key: tuple(one) if isinstance(one, list) else one for key, one in values.items()},
            tuple(tuple(row) for row in kept.get("rows", ())),
            tuple(Answered(rule, reason) for rule, reason in kept.get("answered", ())),
        )


def dose_fields(settings: Settings) -> Form:
    """What is asked first: the kind, how much, how often, whether each dose is the same."""
    often = tuple(Choice(one.code, one.words) for one in frequencies_here(settings).values())
    fields = (
        Field("kind", "类别", Kind.CHOICE, required=True, choices=_choices(KINDS), wide=True),
        Field("amount", "剂量", required=True, placeholder="如 5、5 mg、1/2 片"),
        Field("route", "途径", Kind.CHOICE, choices=tuple(Choice(one.code, one.words) for one in routes().values())),
        Field("frequency", "频次", Kind.CHOICE, choices=often),
        Field("times", "给药时间", placeholder="按机构时间表"),
        Field("way", "剂量方式", Kind.CHOICE, required=True, choices=_choices(WAYS), wide=True),
    )  # fmt: skip
    return Form((Section("", fields),))


def rest_fields(*, doctor: bool) -> Form:
    """When, why, from whom. `doctor`: signs it here; else it is transcribed and its source is asked."""
    when = (
        Field("weekdays", "星期几", Kind.CHOICES, choices=_choices(WEEKDAYS), wide=True),
        Field("meal", "与餐", Kind.CHOICE, choices=_choices(MEALS)),
        Field("begins", "开始", placeholder="现在；如 明天 8:00"),
        Field("days", "疗程", Kind.NUMBER, unit="天", placeholder="长期就空着"),
        Field("first_count", "首日次数", Kind.NUMBER, unit="次", placeholder="按剩余时间"),
        Field("gap", "最短间隔", Kind.NUMBER, unit="小时", decimals=1),
        Field("most", "24 小时最多", Kind.NUMBER, unit="次"),
        Field("indication", "指征", max_length=60, placeholder="如 高血压、疼痛"),
        Field("note", "嘱托", max_length=100, placeholder="如 整片吞服、监测血压"),
    )
    origin = Field("origin", "来源", Kind.CHOICE, choices=_choices(ORIGINS), wide=True)
    source = (
        origin,
        Field("verbal", "口头医嘱下达医师", placeholder="仅限抢救", max_length=20),
        Field("doctor_name", "开医嘱的医师", max_length=20),
        Field("hospital", "医院或处方单", max_length=60, placeholder="如 市中心医院 出院医嘱"),
        Field("paper", "医嘱照片", Kind.PHOTOS, most=1),
    )
    more = (
        Field("own", "药品", Kind.CHOICE, choices=(Choice("own", "自备药"), Choice("ward", "机构供药"))),
        *(_limit(key) for key in holds()),
    )
    wanted = Section("来源", source) if not doctor else Section("", (origin,))
    return Form((Section("", when), wanted, Section("供药与暂停给药的界限", more, folded=True)))


def asked_keys(values: Mapping[str, Value], drug: Drug | None, settings: Settings) -> frozenset[str]:
    """The fields this kind of order has; what stands in the others is kept."""
    kind, way = str(values.get("kind") or LONG), str(values.get("way") or SAME)
    keys = {"kind", "route", "own", "note", "indication", *_SOURCE}
    keys |= {"amount"} if way == SAME else set()
    keys |= {LIMIT + key for key in (drug.holds if drug else ()) if key in holds()}
    if kind in WHEN_NEEDED:
        return frozenset(keys | {"gap", "most", "begins", "days"})
    if kind != LONG:
        return frozenset(keys | {"begins", "meal", "verbal"})
    frequency = frequencies_here(settings).get(str(values.get("frequency")))
    keys |= {"way", *_LONG} | ({"weekdays"} if frequency is not None and frequency.weekdays else set())
    return frozenset(keys - ({"days"} if way == TAPER else set()))


def first_values(drug: Drug | None, *, doctor: bool) -> dict[str, Value]:
    """What stands in an empty form, and what a medicine brings along."""
    return {
        "kind": LONG,
        "way": SAME,
        "route": drug.routes[0] if drug and drug.routes else "po",
        "frequency": _usual(drug),
        "meal": drug.meal if drug and drug.meal in MEALS else "",
        "origin": "station" if doctor else "hospital",
    }


def read_order(typed: Typed, drug: Drug, settings: Settings, now: datetime) -> OrderForm:
    """The order as it is said; refuses, with its field, what cannot be read."""
    says = _Says(typed.values)
    kind, way = says.text("kind") or LONG, says.text("way") or SAME
    asked = asked_keys(typed.values, drug, settings)
    frequency = frequencies_here(settings).get(says.text("frequency"))
    times = tuple(says.text("times").split()) if "times" in asked else ()
    named = times or (frequency.times if frequency else ())
    dosing, unit = read_dosing(way if "way" in asked else SAME, says.text("amount"), typed.rows, named, drug)
    weekdays = typed.values.get("weekdays", ())
    return OrderForm(
        drug.code,
        dosing,
        kind=kind,
        unit=unit,
        route=says.text("route"),
        frequency=says.text("frequency"),
        times=times,
        weekdays=weekdays if isinstance(weekdays, tuple) and "weekdays" in asked else (),
        meal=says.text("meal"),
        begins=read_begin(says.text("begins"), now, settings.zone) if kind != STAT else None,
        days=says.text("days") if "days" in asked else "",
        first_count=says.number("first_count", "首日次数请写整数。") if "first_count" in asked else None,
        indication=says.text("indication"),
        note=says.text("note"),
        origin=says.text("origin"),
        own_supply=says.text("own") == "own",
        hospital=says.text("hospital"),
        doctor_name=says.text("doctor_name"),
        paper=_photo(typed.values),
        verbal=says.text("verbal") if kind in (ONCE, STAT) else "",
        prn=_prn(says, kind),
        limits=says.limits(asked),
        answered=typed.answered,
    )


def typed_again(row: Any) -> Typed:
    """An order of the table as it would be typed now; its own times only where they are not the usual ones."""
    dosing, prn = row.dosing, row.prn
    amount = f"{dosing['amount']} {row.dose_unit}" if dosing["way"] == SAME else ""
    values: dict[str, Value] = {
        "kind": row.kind,
        "amount": amount,
        "route": row.route,
        "way": dosing["way"],
        "frequency": row.frequency,
        "times": " ".join(row.times) if row.kind == LONG else "",
        "weekdays": tuple(row.weekdays),
        "meal": row.meal,
        "gap": f"{prn['gap_minutes'] / 60:g}" if prn.get("gap_minutes") else "",
        "most": str(prn["most"]) if prn.get("most") else "",
        "indication": row.indication or str(prn.get("why") or ""),
        "note": row.note,
        "own": "own" if row.own_supply else "",
    }
    values |= {LIMIT + key: f"{float(value):g}" for key, value in row.limits.items()}
    rows = tuple((f"{one[0]} {row.dose_unit}", *one[1:]) if len(one) == 1 else one for one in rows_of(dosing))
    return Typed(row.drug, values, rows)


class _Says:
    """The values of a form, read by kind."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def text(self, key: str) -> str:
        said = self._values.get(key, "")
        return said.strip() if isinstance(said, str) else ""

    def number(self, key: str, wrong: str) -> int | None:
        said = self.text(key)
        if not said:
            return None
        if not said.isdigit():
            raise Refusal(wrong, field=key)
        return int(said)

    def limits(self, asked: frozenset[str]) -> dict[str, float]:
        found: dict[str, float] = {}
        for key in asked:
            if key.startswith(LIMIT) and (said := self.text(key)):
                try:
                    found[key.removeprefix(LIMIT)] = float(said)
                except ValueError as error:
                    raise Refusal("界限请写数字。", field=key) from error
        return found


def _prn(says: _Says, kind: str) -> Prn:
    if kind not in WHEN_NEEDED:
        return Prn()
    try:
        gap = round(float(says.text("gap") or 0) * 60)
    except ValueError as error:
        raise Refusal("间隔请写小时数。", field="gap") from error
    most = says.number("most", "最多次数请写整数。") or 0
    if kind == PRN and not gap:
        raise Refusal("请写最短间隔，如 6。", field="gap")
    if kind == PRN and not most:
        raise Refusal("请写 24 小时最多几次。", field="most")
    return Prn(says.text("indication"), gap, most)


def _photo(values: Mapping[str, Value]) -> bytes | None:
    photos = values.get("paper", ())
    fresh = [one for one in photos if one.startswith(_PHOTO)] if isinstance(photos, tuple) else []
    return base64.b64decode(fresh[0].removeprefix(_PHOTO)) if fresh else None


def _usual(drug: Drug | None) -> str:
    if drug is None:
        return "qd"
    return drug.usual or ("qw" if drug.weekly else "qd")


def _limit(key: str) -> Field:
    hold = holds()[key]
    label = f"{hold.words}低于…不给"
    return Field(LIMIT + key, label, Kind.NUMBER, unit=hold.unit, decimals=1, placeholder=f"{hold.below:f}")


def _choices(words: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, label) for key, label in words.items())
