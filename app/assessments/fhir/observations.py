"""Total and level of an assessment as Observations, for whoever reads scores and no questionnaires."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.assessments.fhir.response import INSTRUMENT
from app.assessments.instruments import shipped
from app.core.ids import named
from app.fhir import House, Part, local
from app.fhir.carrying import REVISION, stamp
from app.fhir.coding import OBSERVATION_CATEGORY, coded
from app.fhir.translation import envelope, framed
from db.models import Assessment

STATUSES = {"signed": "final", "corrected": "corrected", "retracted": "entered-in-error"}
OWNED = frozenset(
    {
        "identifier", "extension", "status", "category", "code", "subject", "effectiveDateTime", "performer",
        "derivedFrom", "valueInteger", "valueCodeableConcept",
    }
)  # fmt: skip
_SURVEY = [coded(OBSERVATION_CATEGORY, "survey", "Survey")]


def observations(house: House, row: Assessment, author: UUID | None) -> tuple[Part, ...]:
    """What the assessment found. A correction that finds no total (a coma) withdraws the one that stood there."""
    found = []
    for name, value in (("total", _total(row)), ("level", _level(row))):
        if value is not None:
            found.append(_part(house, row, author, (name, value)))
        elif row.revision > 1:
            found.append(_part(house, row, author, (name, {"status": "entered-in-error"})))
    return tuple(found)


def _part(house: House, row: Assessment, author: UUID | None, said: tuple[str, dict[str, Any]]) -> Part:
    name, value = said
    rid = named(row.rid, f"observation/{name}")
    elements: dict[str, Any] = {
        "status": STATUSES.get(row.state, "final"),
        "category": _SURVEY,
        "code": _code(row, name),
        "subject": local("Patient", row.resident),
        "effectiveDateTime": stamp(house, row.at),
        "derivedFrom": [local("QuestionnaireResponse", row.rid)],
        **value,
    }
    if author is not None:
        elements["performer"] = [local("Practitioner", author)]
    body = framed(house, "Observation", rid, envelope(row), elements)
    return Part("Observation", rid, body, OWNED, frozenset({REVISION, house.system}))


def _code(row: Assessment, name: str) -> dict[str, Any]:
    """A code of ours with the instrument's version: no LOINC code is known for an instrument on the shelf."""
    instrument = shipped().get(row.instrument)
    title = f"{instrument.title if instrument else row.instrument} {'总分' if name == 'total' else '等级'}"
    return _versioned(row, name, title)


def _total(row: Assessment) -> dict[str, Any] | None:
    return None if row.total is None else {"valueInteger": row.total}


def _level(row: Assessment) -> dict[str, Any] | None:
    if row.level is None:
        return None
    instrument = shipped().get(row.instrument)
    levels = instrument.levels if instrument else ()
    shown = next((level.words for level in levels if level.number == row.level), f"{row.level}级")
    return {"valueCodeableConcept": _versioned(row, f"level/{row.level}", shown)}


def _versioned(row: Assessment, code: str, shown: str) -> dict[str, Any]:
    one = {
        "system": INSTRUMENT + row.instrument,
        "version": row.instrument_version,
        "code": code,
        "display": shown,
    }
    return {"coding": [one], "text": shown}
