"""How a sign is called on the wire: its codes of LOINC, its unit in UCUM, as the list of signs has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from app.fhir.lists import listing
from app.vitals.catalogue import is_sign, sign_of


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


@cache
def coding_of(code: str) -> Coding:
    """A sign's coding; one we do not know goes under its own code."""
    known = Coding(code)
    if is_sign(code):
        sign = sign_of(code)
        known = Coding(sign.words, (sign.loinc,) if sign.loinc else (), sign.unit, sign.ucum)
    return replace(known, loinc=known.loinc + _BESIDE.get(code, ()))


@cache
def circumstance(key: str, value: str) -> str:
    """What a person reads for the site or method of a measurement."""
    choices = listing("vitals", "signs.toml").get("ask", {}).get(key, {}).get("choices", ())
    return next((str(shown) for said, shown in choices if said == value), value)
