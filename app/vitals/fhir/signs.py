"""How a sign is called on the wire: its codes of LOINC, its unit in UCUM, as the list of signs has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from app.fhir.lists import entries, listing


@dataclass(frozen=True)
class Coding:
    """A sign's words, its LOINC codes (the one the vital-signs profile asks for first) and its unit."""

    words: str
    loinc: tuple[str, ...] = ()
    unit: str = ""
    ucum: str = ""


PRESSURE = "blood_pressure"
CONSCIOUSNESS = "consciousness"
SYSTOLIC, DIASTOLIC = ("8480-6", "收缩压"), ("8462-4", "舒张压")
_BESIDE = {"spo2": ("59408-5",)}  # by pulse oximetry: R4 wants 2708-6, and this one only besides

_SIGNS = {
    "temperature": Coding("体温", ("8310-5",), "℃", "Cel"),
    "pulse": Coding("脉率", ("8867-4",), "次/分", "/min"),
    "heart_rate": Coding("心率", ("8867-4",), "次/分", "/min"),
    "respiration": Coding("呼吸", ("9279-1",), "次/分", "/min"),
    PRESSURE: Coding("血压", ("85354-9",), "mmHg", "mm[Hg]"),
    "spo2": Coding("血氧饱和度", ("2708-6",), "%", "%"),
    "glucose": Coding("血糖", ("14743-9",), "mmol/L", "mmol/L"),
    "weight": Coding("体重", ("29463-7",), "kg", "kg"),
    "height": Coding("身高", ("8302-2",), "cm", "cm"),
    "pain": Coding("疼痛", ("72514-3",), "分", "{score}"),
    CONSCIOUSNESS: Coding("意识"),
    "oxygen": Coding("吸氧流量", (), "L/min", "L/min"),
    "waist": Coding("腰围", (), "cm", "cm"),
    "calf": Coding("小腿围", (), "cm", "cm"),
}
"""For as long as there is no list of signs."""


@cache
def coding_of(code: str) -> Coding:
    """A sign's coding; one we do not know goes under its own code."""
    listed = entries("sign", "vitals", "signs.toml").get(code)
    known = _SIGNS.get(code) or Coding(code)
    if listed is not None:
        words, loinc, unit, ucum = (str(listed.get(key, "")) for key in ("words", "loinc", "unit", "ucum"))
        known = Coding(words, (loinc,) if loinc else (), unit, ucum)
    return replace(known, loinc=known.loinc + _BESIDE.get(code, ()))


@cache
def circumstance(key: str, value: str) -> str:
    """What a person reads for the site or method of a measurement."""
    choices = listing("vitals", "signs.toml").get("ask", {}).get(key, {}).get("choices", ())
    return next((str(shown) for said, shown in choices if said == value), value)
