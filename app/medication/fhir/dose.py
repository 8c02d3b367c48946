"""A dose as MedicationAdministration: done or not and why, how much, by whom and checked by whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.ids import named
from app.fhir import House, Part, local
from app.fhir.carrying import REVISION, stamp
from app.fhir.coding import coded, words
from app.fhir.elements import extension, filled
from app.fhir.fields import fields
from app.fhir.translation import envelope, framed
from app.medication.fhir.columns import FIELD, keys_of, told
from app.medication.fhir.quantities import quantity
from app.medication.fhir.shelf import medicine, person
from app.medication.lists import reason_words
from app.medication.rules.slots import DoseState
from db.models import Dose

RESOURCE = "MedicationAdministration"
ERROR = "entered-in-error"
REPLACED, REPLACES = "urn:carestation:replaced", "urn:carestation:replaces"
"""Extensions: that a later revision stands instead of this one, and which one this revision stands instead of."""
REASON = "urn:carestation:not-given"
FUNCTION = "http://terminology.hl7.org/CodeSystem/med-admin-perform-function"
OWNED = frozenset(
    {
        "identifier", "extension", "status", "statusReason", "medicationReference", "medicationCodeableConcept",
        "subject", "request", "effectiveDateTime", "effectivePeriod", "performer", "reasonCode", "note", "dosage",
    }
)  # fmt: skip
MARKS = frozenset({REVISION, FIELD, REPLACED, REPLACES})
DONE = frozenset({"given", "partial", "self"})
KEYS = keys_of(Dose, "resident")
SAFE = ("status", "statusReason", "effectiveDateTime", "effectivePeriod", "dosage")
"""What no other program may change unnoticed."""


def resource_rid(record: UUID, station: str, revision: int) -> UUID:
    """Every revision of every station is a resource of its own: two stations name a slot alike, and both stay."""
    return named(record, "administration", station, str(revision))


def slot_system(house: House) -> str:
    """The system of the identifier that all records of one slot have in common."""
    return f"{house.system}:dose"


def part(house: House, row: Dose, replaces: Dose | None, *, replaced: bool = False) -> Part:
    """A revision's resource: as it was recorded, or, once another stands instead of it, entered in error."""
    rid = resource_rid(row.rid, row.station, row.revision)
    said = elements(house, row)
    said["identifier"] = [{"system": slot_system(house), "value": str(row.rid)}]
    said["extension"] = [
        *fields(FIELD, told(row, KEYS)),
        *(_replaces(house, replaces) if replaces is not None else ()),
        *extension(REPLACED, "Boolean", True if replaced else None),
    ]
    if replaced or row.state == "retracted":
        said["status"] = ERROR
    body = framed(house, RESOURCE, rid, envelope(row), said)
    return Part(RESOURCE, rid, body, OWNED, MARKS | {house.system, slot_system(house)})


def elements(house: House, row: Any) -> dict[str, Any]:
    """FHIR's own elements. A person who took it alone is who performed it."""
    done = row.outcome in DONE
    given = quantity(row.amount, row.unit) if done else {}
    why, note, site = words(row.prn.get("why", "")), words(row.note), words(row.site)
    return filled(
        status="completed" if done else "not-done",
        statusReason=[] if done else [_reason(row)],
        **medicine(house, row.drug),
        subject=local("Patient", row.resident),
        request=local("MedicationRequest", row.med_order),
        **_when(house, row),
        performer=_performers(house, row),
        reasonCode=[{"text": why}] if why else [],
        note=[{"text": note}] if note else [],
        dosage={**filled(site={"text": site} if site else {}), "dose": given} if given else {},
    )


def _when(house: House, row: Any) -> dict[str, Any]:
    if row.ended is None or row.ended < row.at:
        return {"effectiveDateTime": stamp(house, row.at)}
    return {"effectivePeriod": {"start": stamp(house, row.at), "end": stamp(house, row.ended)}}


def _reason(row: Any) -> dict[str, Any]:
    shown = words(reason_words(row.reason_code, row.note)) or DoseState(row.outcome).words
    return {"text": shown} if row.reason_code is None else coded(REASON, str(row.reason_code), text=shown)


def _performers(house: House, row: Any) -> list[dict[str, Any]]:
    """Who gave it, who checked it beside them, who countersigned what one person gave alone."""
    by = local("Patient", row.resident) if row.outcome == "self" else person(house, row.author)
    found = [("performer", "Performer", by)]
    if row.second is not None:
        found.append(("verifier", "Verifier", person(house, row.second)))
    if row.counter_by is not None:
        found.append(("witness", "Witness", person(house, row.counter_by)))
    return [{"function": coded(FUNCTION, code, shown), "actor": actor} for code, shown, actor in found]


def _replaces(house: House, row: Dose) -> list[dict[str, Any]]:
    rid = resource_rid(row.rid, row.station, row.revision)
    there = {"type": RESOURCE, "identifier": {"system": house.system, "value": str(rid)}}
    inner = [
        *extension("station", "String", row.station),
        *extension("revision", "Integer", row.revision),
        *extension("resource", "Reference", there),
    ]
    return [{"url": REPLACES, "extension": inner}]
