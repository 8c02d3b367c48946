"""Laboratory results, intake and output as Observation; what people must be warned of as Flag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isfinite
from typing import Any

from app.fhir import House
from app.fhir.coding import LOINC, OBSERVATION_CATEGORY, UCUM, code_in, coded, coded_as, words
from app.fhir.elements import day, filled
from app.journals.fhir.labs import lab_of, ucum_of
from app.journals.fhir.shape import Heard, Said, Shape, heard, period
from app.journals.fhir.shown import choice, label

LAB, INTAKE, FLAG = "urn:carestation:lab", "urn:carestation:intake-output", "urn:carestation:flag"
_SAFETY = coded("http://terminology.hl7.org/CodeSystem/flag-category", "safety", "Safety", "安全")
_INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
_FLAGS = {
    "N": "N", "L": "L", "H": "H", "LL": "LL", "HH": "HH", "low": "L", "high": "H", "normal": "N",
    "critical_low": "LL", "critical_high": "HH", "↓": "L", "↑": "H", "偏低": "L", "偏高": "H", "正常": "N",
}  # fmt: skip
UNKNOWN = "unknown"
_HIGH = frozenset({"high", "高风险"})


class _Measured(Shape):
    """An Observation with a number, or with words where there is none. `amount`: the field that holds it."""

    resource = "Observation"
    owned = frozenset(
        {
            "status", "category", "code", "subject", "effectiveDateTime", "performer", "valueQuantity", "valueString",
            "interpretation",
        }
    )  # fmt: skip
    author = "performer"
    author_repeats = True
    timed = "effectiveDateTime"
    amount = "value"

    def status(self, said: Said) -> str:
        return "corrected" if said.corrected else "final"

    def unit(self, said: Said) -> str:
        return words(said.text("unit"))

    def value(self, said: Said) -> dict[str, Any]:
        text, unit = words(said.text(self.amount)), self.unit(said)
        try:
            number = float(text)
        except ValueError:
            return filled(valueString=text)
        if not isfinite(number):
            return filled(valueString=text)
        coded_unit = {"system": UCUM, "code": ucum_of(unit)} if ucum_of(unit) else {}
        return {"valueQuantity": {"value": number, **filled(unit=unit), **coded_unit}}

    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        quantity = body.get("valueQuantity") or {}
        said = quantity.get("value")
        value = words(body.get("valueString") or "") if said is None else float(said)
        unit = words(quantity.get("unit") or "") if self.amount == "value" else ""
        return Heard(heard(**{self.amount: value, "unit": unit}))


class LabShape(_Measured):
    """A laboratory result, by LOINC where the item has a code."""

    def elements(self, house: House, said: Said) -> dict[str, Any]:
        item = words(said.text("item"))
        lab, flag = lab_of(item), _FLAGS.get(said.text("flag"))
        codings = [{"system": LOINC, "code": lab.loinc}] if lab.loinc else []
        own = coded_as(LAB, item).get("coding", [{"system": LAB, "code": UNKNOWN}])
        return filled(
            category=[coded(OBSERVATION_CATEGORY, "laboratory", "Laboratory")],
            code=filled(coding=[*codings, *own], text=lab.words),
            interpretation=[coded(_INTERPRETATION, flag)] if flag else [],
            **self.value(said),
        )

    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        found = super().hear(house, body)
        item = code_in(body.get("code"), LAB)
        return Heard({**found.content, **heard(item="" if item == UNKNOWN else item)})

    def unit(self, said: Said) -> str:
        return super().unit(said) or lab_of(words(said.text("item"))).unit


class IntakeShape(_Measured):
    """One drink, infusion or outflow, in millilitres. LOINC's codes are for whole days: it has one of ours."""

    amount = "amount"

    def unit(self, said: Said) -> str:
        return "mL"

    def elements(self, house: House, said: Said) -> dict[str, Any]:
        given = {key: words(said.text(key)) for key in ("direction", "kind_in", "kind_out", "kind")}
        given = {key: value for key, value in given.items() if value}
        named = "/".join(given.values()) or UNKNOWN
        shown = "：".join(choice(said.journal, key, value) for key, value in given.items())
        codings = coded_as(INTAKE, named).get("coding", [{"system": INTAKE, "code": UNKNOWN}])
        return filled(
            category=[coded(OBSERVATION_CATEGORY, "exam", "Exam")],
            code={"coding": codings, "text": shown or named},
            **self.value(said),
        )


class FlagShape(Shape):
    """What whoever meets the resident must know, for as long as it holds."""

    resource = "Flag"
    owned = frozenset({"status", "category", "code", "subject", "period", "author"})
    author = "author"
    holds = True

    def __init__(self, code: str, title: str) -> None:
        self._code, self._title = code, title

    def status(self, said: Said) -> str:
        warns = self._code != "nine-risk" or any(_high(said))
        return "active" if warns and said.ends is None else "inactive"

    def elements(self, house: House, said: Said) -> dict[str, Any]:
        kind = choice(said.journal, "kind", words(said.text("kind")))
        what = list(_high(said)) if self._code == "nine-risk" else [kind]
        named = "、".join(filter(None, what))
        begins, ends = (one.isoformat() if one else "" for one in (said.begins, said.ends))
        return filled(
            category=[_SAFETY],
            code=coded(FLAG, self._code, text=f"{self._title}：{named}" if named else self._title),
            period=period(begins, ends),
        )

    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        ends: date | None = day((body.get("period") or {}).get("end"), house.zone, "结束日期")
        return Heard(ends=ends)


def _high(said: Said) -> Iterator[str]:
    """The risks that were found high, by their names in the form."""
    for key, value in sorted(said.content.items()):
        if isinstance(value, str) and value in _HIGH:
            yield f"{words(label(said.journal, key))} 高风险"
