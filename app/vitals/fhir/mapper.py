"""A measurement as Observation (vital-signs) and back: one row, one resource; a set is an identifier they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, local, rid_of
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import LOINC, OBSERVATION_CATEGORY, code_in, coded, coded_as, systems_in, text_of, words
from app.fhir.elements import filled, identifier, instant, referred
from app.fhir.fields import fields, fields_in
from app.residents.fhir.consent import records_held, resident_here
from app.vitals.fhir.readings import VALUES, WORDS, beside, read_reading, reading
from app.vitals.fhir.signs import Coding, circumstance, coding_of
from db.models import Vital

SIGN, HOW, PLACE = "urn:carestation:sign", "urn:carestation:how", "urn:carestation:site"
CATEGORY = [coded(OBSERVATION_CATEGORY, "vital-signs", "Vital Signs")]
_NATIVE = {"site": "bodySite", "method": "method"}
"""What of `how` has an element of its own, besides standing among our extensions."""
AHEAD = timedelta(minutes=2)


class VitalMapper(ClinicalMapper[Vital]):
    """One measurement. What could not be measured goes as such, with its reason."""

    kind = "vital"
    resource = "Observation"
    model = Vital
    owned = frozenset(
        {
            "status",
            "category",
            "code",
            "subject",
            "effectiveDateTime",
            "performer",
            *_NATIVE.values(),
            *VALUES,
        }
    )
    marks = frozenset({HOW, WORDS})
    author_element = "performer"
    author_repeats = True

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:set"})

    def owns(self, row: Vital) -> frozenset[str]:
        """Without a note of ours, those of others stay, unless a person here took ours out."""
        return self.owned | {"note"} if words(row.note) or row.state == "corrected" else self.owned

    def claims(self, body: dict[str, Any]) -> bool:
        return SIGN in systems_in(body.get("code"))

    def held(self, reader: Reader, rows: Iterable[Vital]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def elements(self, house: House, row: Vital) -> dict[str, Any]:
        sign = coding_of(row.code)
        return filled(
            identifier=[{"system": f"{house.system}:set", "value": str(row.set_id)}],
            extension=[*fields(HOW, row.how), *beside(row)],
            status=_status(row),
            category=CATEGORY,
            code=_code(row.code, sign),
            subject=local("Patient", row.resident),
            effectiveDateTime=stamp(house, row.at),
            note=[{"text": words(row.note)}] if words(row.note) else [],
            **_native(row.how),
            **reading(row, sign),
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        code = code_in(body.get("code"), SIGN) or before.get("code", "")
        if not code:
            raise Refusal("区平台上的这项体征没有写明是什么，请核对。")
        visit = identifier(body, f"{house.system}:set")
        notes = (words(one.get("text") or "") for one in body.get("note") or [])
        return {
            "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
            "code": code,
            "set_id": UUID(visit) if visit else before.get("set_id") or rid_of(house, body),
            "how": _how(body, before),
            "note": "\n".join(filter(None, notes)) or before.get("note", ""),
            "at": instant(body.get("effectiveDateTime"), before.get("at")),
            **read_reading(body, coding_of(code), before),
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if (said["value"] is None and not said["words"]) != bool(said["absent"]):
            raise Refusal("区平台上的这项体征没有数值，也没有未测的原因，请核对。")
        if not by.ours and by.at > unit.now + AHEAD:
            raise Refusal("区平台上的测量时间晚于现在，请核对。")


def _status(row: Vital) -> str:
    if row.state == "retracted":
        return "entered-in-error"
    return "final" if row.revision == 1 else "corrected"


def _code(code: str, sign: Coding) -> dict[str, Any]:
    codings = [{"system": LOINC, "code": one} for one in sign.loinc]
    return {
        "coding": [*codings, {"system": SIGN, "code": code, "display": sign.words}],
        "text": sign.words,
    }


def _native(how: Mapping[str, Any]) -> dict[str, Any]:
    said = {key: words(how[key]) for key in _NATIVE if how.get(key)}
    return {
        _NATIVE[key]: coded_as(PLACE, text, circumstance(key, text)) for key, text in said.items() if text
    }


def _how(body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The circumstances as we said them; where another program has changed an element since, as it says."""
    how = dict(fields_in(body, HOW) or before.get("how", {}))
    meant = _native(how)
    for key, element in _NATIVE.items():
        said, ours = (code_in(one.get(element), PLACE) or text_of(one.get(element)) for one in (body, meant))
        if said and said != ours:
            how[key] = said
    return how
