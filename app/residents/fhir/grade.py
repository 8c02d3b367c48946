"""A level that was decided, as Observation (survey) and back: what it is, from when, on what it rests.

An Observation and no Flag: a level is found and holds until the next one, nobody is warned by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, identified, local
from app.fhir.carried import Whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import OBSERVATION_CATEGORY, code_in, coded, coded_as, systems_in, text_of, words
from app.fhir.elements import day, extension, filled, referred, said_in
from app.fhir.fields import fields, fields_in
from app.residents.fhir.coded import SYSTEMS, column, concept
from app.residents.fhir.consent import records_held, resident_here
from db.models import Grade

GRADE, BASIS, REVIEW = "urn:carestation:grade", "urn:carestation:basis", "urn:carestation:review-on"
KINDS = {"care_level": "护理等级", "care_stage": "照护阶段", "nursing_grade": "护理级别"}
CATEGORY = [coded(OBSERVATION_CATEGORY, "survey", "Survey")]


class GradeMapper(ClinicalMapper[Grade]):
    """The assessment it rests on is named by its identity: the level need not wait for it."""

    kind = "grade"
    resource = "Observation"
    model = Grade
    owned = frozenset(
        {
            "status", "category", "code", "subject", "effectiveDateTime", "performer", "valueCodeableConcept",
            "derivedFrom",
        }
    )  # fmt: skip
    marks = frozenset({BASIS, REVIEW})
    author_element = "performer"
    author_repeats = True

    def owns(self, row: Grade) -> frozenset[str]:
        """Without a note of ours, those of others stay, unless a person here took ours out."""
        return self.owned | {"note"} if words(row.note) or row.state == "corrected" else self.owned

    def claims(self, body: dict[str, Any]) -> bool:
        return GRADE in systems_in(body.get("code"))

    def held(self, reader: Reader, rows: Iterable[Grade]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def elements(self, house: House, row: Grade) -> dict[str, Any]:
        status = "final" if row.revision == 1 else "corrected"
        return filled(
            extension=[
                *fields(BASIS, row.basis),
                *extension(REVIEW, "Date", row.review_on.isoformat() if row.review_on else None),
            ],
            status="entered-in-error" if row.state == "retracted" else status,
            category=CATEGORY,
            code=coded(GRADE, row.what, KINDS[row.what]),
            subject=local("Patient", row.resident),
            effectiveDateTime=row.since.isoformat(),
            valueCodeableConcept=_value(row),
            derivedFrom=_derived(house, row),
            note=[{"text": words(row.note)}] if words(row.note) else [],
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        what = code_in(body.get("code"), GRADE)
        what = what if what in KINDS else before.get("what", "")
        if not what:
            raise Refusal("区平台上的这个等级没有写明是哪一种，请核对。")
        said = body.get("valueCodeableConcept")
        notes = (words(one.get("text") or "") for one in body.get("note") or [])
        basis = fields_in(body, BASIS)
        return {
            "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
            "what": what,
            "value": code_in(said, SYSTEMS[what]) or column(what, said, before.get("value", "")),
            "since": day(body.get("effectiveDateTime"), house.zone, "等级起始日期") or before.get("since"),
            "review_on": day(said_in(body, REVIEW), house.zone, "复核日期") or before.get("review_on"),
            "basis": before.get("basis", {}) if basis is None else basis,
            "note": "\n".join(filter(None, notes)) or before.get("note", ""),
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if not said["value"] or said["since"] is None:
            raise Refusal("区平台上的这个等级没有写明等级或起始日期，请核对。")


def _value(row: Grade) -> dict[str, Any]:
    """The level as its list codes it; a code no list knows stands as itself."""
    known = concept(row.what, row.value)
    return known if text_of(known) != row.value else coded_as(SYSTEMS[row.what], words(row.value))


def _derived(house: House, row: Grade) -> list[dict[str, Any]]:
    try:
        assessment = UUID(str(row.basis.get("assessment")))
    except ValueError:
        return []
    return [{"type": "QuestionnaireResponse", "identifier": identified(house, assessment)}]
