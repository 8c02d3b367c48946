"""A dose as MedicationAdministration: done or not and why, how much, by whom and checked by whom."""

from __future__ import annotations

from typing import Any

from app.fhir import House, local
from app.fhir.carrying import stamp
from app.fhir.coding import coded, words
from app.fhir.elements import filled
from app.medication.fhir.quantities import quantity
from app.medication.fhir.shelf import medicine
from app.medication.lists import reason_words
from app.medication.rules.slots import DoseState
from app.residents.fhir.people import person

RESOURCE, WORD, SLOT = "MedicationAdministration", "administration", "dose"
"""The type, what its resources are named by, and the identifier that all of one slot have in common."""
REASON = "urn:carestation:not-given"
FUNCTION = "http://terminology.hl7.org/CodeSystem/med-admin-perform-function"
OWNED = frozenset(
    {
        "status", "statusReason", "medicationReference", "medicationCodeableConcept", "subject", "request",
        "effectiveDateTime", "effectivePeriod", "performer", "reasonCode", "note", "dosage",
    }
)  # fmt: skip
DONE = frozenset({"given", "partial", "self"})
SAFE = ("status", "statusReason", "effectiveDateTime", "effectivePeriod", "dosage")
"""What no other program may change unnoticed."""


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
