"""Allergies as AllergyIntolerance, diagnoses as Condition, and back. Unknown is never sent as none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import (
    ALLERGY_CERTAINTY,
    ALLERGY_STATUS,
    CONDITION_CATEGORY,
    CONDITION_CERTAINTY,
    CONDITION_STATUS,
    ICD_10,
    code_in,
    coded,
    text_of,
    words,
)
from app.fhir.elements import day, extension, filled, referred, said_in
from app.residents.fhir.consent import records_held, resident_here
from app.residents.rules import is_partial
from db.models import Allergy, Diagnosis

A = TypeVar("A", Allergy, Diagnosis)
ALLERGY_CODES = "urn:carestation:allergy"
NONE_KNOWN = coded(ALLERGY_CODES, "none-known", "无已知过敏史")
DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
TOLD_BY, ORDINAL = "urn:carestation:told-by", "urn:carestation:ordinal"
_SEVERITIES = ("mild", "moderate", "severe")
_CERTAINTIES = ("unconfirmed", "confirmed")
_PROBABLE = "可能"
"""R4 has nothing between confirmed and unconfirmed: what is probable goes as unconfirmed with this text beside it."""
_NOT_SAID = {"extension": [{"url": DATA_ABSENT, "valueCode": "unknown"}]}
"""A reaction of which only the severity is known: R4 wants a manifestation, and says so where there is none."""
_CONDITIONS = ("active", "recurrence", "relapse", "inactive", "remission", "resolved")
_ONSETS = frozenset({"onsetString", "onsetDateTime", "onsetAge", "onsetPeriod", "onsetRange"})
ERROR = "entered-in-error"


class _Statement(ClinicalMapper[A]):
    """What is stated of a resident."""

    certainties = ""

    def held(self, reader: Reader, rows: Iterable[A]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def retracts(self, body: dict[str, Any]) -> bool:
        return code_in(body.get("verificationStatus"), self.certainties) == ERROR

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])


class AllergyMapper(_Statement[Allergy]):
    """An allergy, or the entry that none is known (a code of ours, never an invented one)."""

    kind = "allergy"
    resource = "AllergyIntolerance"
    model = Allergy
    owned = frozenset(
        {"clinicalStatus", "verificationStatus", "code", "patient", "recordedDate", "recorder", "reaction"}
    )
    marks = frozenset({TOLD_BY})
    certainties = ALLERGY_CERTAINTY

    def owns(self, row: Allergy) -> frozenset[str]:
        """Without a reaction of ours, what the platform says of reactions stays, unless a person here took it out."""
        ours = words(row.reaction) or row.severity in _SEVERITIES or row.state == "corrected"
        return self.owned if ours else self.owned - {"reaction"}

    def elements(self, house: House, row: Allergy) -> dict[str, Any]:
        gone = row.state == "retracted"
        certainty = {} if not row.certainty else _certainty(row.certainty)
        severity = row.severity if row.severity in _SEVERITIES else None
        shown = {"text": words(row.reaction)} if words(row.reaction) else _NOT_SAID if severity else None
        reaction = filled(manifestation=[shown], severity=severity) if shown else {}
        return filled(
            extension=extension(TOLD_BY, "String", words(row.told_by)),
            clinicalStatus={} if gone else coded(ALLERGY_STATUS, "active"),
            verificationStatus=coded(ALLERGY_CERTAINTY, ERROR) if gone else certainty,
            code=NONE_KNOWN if row.none_known else {"text": words(row.substance)},
            patient=local("Patient", row.resident),
            recordedDate=stamp(house, row.at),
            reaction=[reaction] if reaction else [],
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status = code_in(body.get("clinicalStatus"), ALLERGY_STATUS)
        certainty = code_in(body.get("verificationStatus"), ALLERGY_CERTAINTY)
        if status in ("inactive", "resolved") or certainty == "refuted":
            raise Refusal("区平台认为这项过敏已不存在，请核对后在本站更正。")
        none_known = code_in(body.get("code"), ALLERGY_CODES) == "none-known"
        substance = "" if none_known else text_of(body.get("code")) or before.get("substance", "")
        if not none_known and not substance:
            raise Refusal("区平台上的这项过敏没有写明过敏物，请核对。")
        first: dict[str, Any] = next(iter(body.get("reaction") or []), {})
        shown = "、".join(filter(None, (text_of(one) for one in first.get("manifestation") or [])))
        severity = first.get("severity")
        return {
            "resident": referred(body.get("patient"), "Patient") or before.get("resident"),
            "none_known": none_known,
            "substance": substance,
            "reaction": shown or before.get("reaction", ""),
            "severity": severity if severity in _SEVERITIES else before.get("severity", ""),
            "certainty": _certainty_of(body) or before.get("certainty", ""),
            "told_by": words(said_in(body, TOLD_BY) or "") or before.get("told_by", ""),
        }


def _certainty(said: str) -> dict[str, Any]:
    if said == "probable":
        return coded(ALLERGY_CERTAINTY, "unconfirmed", text=_PROBABLE)
    return coded(ALLERGY_CERTAINTY, said) if said in _CERTAINTIES else {}


def _certainty_of(body: dict[str, Any]) -> str:
    """confirmed, probable or unconfirmed; empty where the body says nothing of it, or that it was an error."""
    concept = body.get("verificationStatus")
    said = code_in(concept, ALLERGY_CERTAINTY)
    if said == "unconfirmed" and text_of(concept) == _PROBABLE:
        return "probable"
    return said if said in _CERTAINTIES else ""


class DiagnosisMapper(_Statement[Diagnosis]):
    """A diagnosis as stated, with its ICD-10 code (national clinical edition) where known."""

    kind = "diagnosis"
    resource = "Condition"
    model = Diagnosis
    owned = (
        frozenset(
            {
                "clinicalStatus",
                "verificationStatus",
                "category",
                "code",
                "subject",
                "recordedDate",
                "recorder",
            }
        )
        | _ONSETS
    )
    marks = frozenset({ORDINAL})
    certainties = CONDITION_CERTAINTY

    def owns(self, row: Diagnosis) -> frozenset[str]:
        """Without an onset of ours, the platform's stays, unless a person here took it out; with one, no second kind
        of onset may stand beside it."""
        return self.owned if words(row.onset) or row.state == "corrected" else self.owned - _ONSETS

    def elements(self, house: House, row: Diagnosis) -> dict[str, Any]:
        gone = row.state == "retracted"
        status = row.status if row.status in _CONDITIONS else "active"
        said, code = words(row.words), words(row.code)
        return filled(
            extension=extension(ORDINAL, "Integer", row.ordinal),
            clinicalStatus={} if gone else coded(CONDITION_STATUS, status),
            verificationStatus=coded(CONDITION_CERTAINTY, ERROR) if gone else {},
            category=[coded(CONDITION_CATEGORY, "problem-list-item")],
            code=coded(ICD_10, code, text=said) if code else {"text": said},
            subject=local("Patient", row.resident),
            **_onset(words(row.onset)),
            recordedDate=stamp(house, row.at),
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        if code_in(body.get("verificationStatus"), CONDITION_CERTAINTY) == "refuted":
            raise Refusal("区平台排除了这项诊断，请核对后在本站更正。")
        status = code_in(body.get("clinicalStatus"), CONDITION_STATUS)
        said = text_of(body.get("code")) or before.get("words", "")
        if not said:
            raise Refusal("区平台上的这项诊断没有名称，请核对。")
        ordinal = said_in(body, ORDINAL)
        return {
            "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
            "words": said,
            "code": code_in(body.get("code"), ICD_10) or before.get("code", ""),
            "onset": _onset_of(house, body) or before.get("onset", ""),
            "status": status if status in _CONDITIONS else before.get("status", "active"),
            "ordinal": ordinal if isinstance(ordinal, int) else before.get("ordinal", 1),
        }


def _onset(said: str) -> dict[str, str]:
    """A date, whole or in part, as FHIR's dateTime; anything else as said."""
    return {"onsetDateTime" if is_partial(said) else "onsetString": said} if said else {}


def _onset_of(house: House, body: dict[str, Any]) -> str:
    """The onset in our form: an instant as the institution's day, an age as 75岁, a period by its begin."""
    period = (body.get("onsetPeriod") or {}).get("start")
    at = str(body.get("onsetDateTime") or period or "")
    if len(at) > len("2019-05-12"):
        found = day(at, house.zone, "发病时间")
        at = found.isoformat() if found else ""
    age = (body.get("onsetAge") or {}).get("value")
    return words(body.get("onsetString") or at) or (f"{age:g}岁" if isinstance(age, (int, float)) else "")
