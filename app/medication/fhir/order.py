"""An order as MedicationRequest and back: what it asks for in FHIR's words, and every column beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import Arrival, House, Taken, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded, words
from app.fhir.columns import said_fields
from app.fhir.elements import extension, filled, referred
from app.fhir.fields import fields
from app.medication.fhir.dosage import dosages
from app.medication.fhir.drug import CONTROL
from app.medication.fhir.guarded import MedicationMapper
from app.medication.fhir.shelf import FIELD, MedicineHouse, medicine, medicine_of
from app.medication.rules.regime import LONG, STAT
from app.residents.fhir.people import person
from db.models import MedOrder
from db.models.medication import ORDER_KINDS, ORDER_STATUSES

PRESCRIBED = "urn:carestation:prescription-kind"
CATEGORY = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"
COURSE = "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy"
STATUSES = {
    "issued": "draft", "checked": "active", "paused": "on-hold", "stopped": "stopped", "cancelled": "cancelled",
}  # fmt: skip
COMPLETED = "completed"
MEDICINE = "medicine"
"""The field that says which record the medicine stands in: another one there is another medicine."""


class OrderMapper(MedicationMapper[MedOrder]):
    """`requester` is the doctor, `recorder` who wrote this revision: who issued, checked, paused or stopped it."""

    kind = "med_order"
    called = "医嘱"
    resource = "MedicationRequest"
    model = MedOrder
    owned = frozenset(
        {
            "status", "statusReason", "intent", "category", "priority", "reportedBoolean", "medicationReference",
            "medicationCodeableConcept", "subject", "authoredOn", "requester", "recorder", "reasonCode", "note",
            "groupIdentifier", "courseOfTherapyType", "dosageInstruction", "priorPrescription",
        }
    )  # fmt: skip
    marks = frozenset({FIELD, CONTROL, PRESCRIBED})
    safe = ("status", "dosageInstruction")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:order"})

    def owns(self, row: MedOrder) -> frozenset[str]:
        """Without a note of ours, those of others stay."""
        return self.owned if words(row.note) else self.owned - {"note"}

    def elements(self, house: House, row: MedOrder) -> dict[str, Any]:
        found = super().elements(house, row)
        rid = medicine_of(house, row.drug)
        found["extension"] += fields(FIELD, {MEDICINE: str(rid)}) if rid else []
        found["extension"] += extension(CONTROL, "String", words(row.facts.get("control") or ""))
        if (prescribed := _prescription(house, row.prescription)) is not None:
            number, what = prescribed
            found["groupIdentifier"] = {"system": f"{house.system}:prescription", "value": words(number)}
            found["extension"] += extension(PRESCRIBED, "Code", what)
        return found

    def said(self, house: House, row: Any) -> dict[str, Any]:
        reason, why, note = words(row.ended_why), words(row.indication), words(row.note)
        return filled(
            identifier=[{"system": f"{house.system}:order", "value": words(row.number)}]
            if words(row.number)
            else [],
            status=STATUSES[row.status],
            statusReason={"text": reason} if reason else {},
            intent="order",
            category=[coded(CATEGORY, "community", "Community")],
            priority="stat" if row.kind == STAT else "routine",
            reportedBoolean=True if row.doctor is None else None,
            **medicine(house, row.drug, row.words, str(row.facts.get("atc") or "")),
            requester=person(house, row.doctor, row.doctor_name),
            reasonCode=[{"text": why}] if why else [],
            note=[{"text": note}] if note else [],
            courseOfTherapyType=_course(row.kind),
            dosageInstruction=dosages(house, row),
            priorPrescription=local("MedicationRequest", row.replaces) if row.replaces else {},
        )

    def dated(self, house: House, row: MedOrder) -> dict[str, Any]:
        over = row.status == "checked" and row.ends is not None and row.ends <= row.recorded_at
        found = {"authoredOn": stamp(house, row.at)}
        return {**found, "status": COMPLETED} if over else found

    def may_be(self, key: str, ours: Any, theirs: Any) -> bool:
        """One that ended by itself may be called completed."""
        return (key, ours, theirs) == ("status", "active", COMPLETED)

    def refuse_changed(self, house: House, body: dict[str, Any], content: Mapping[str, Any]) -> None:
        super().refuse_changed(house, body, content)
        ours = said_fields(body, FIELD).get(MEDICINE)
        named = referred(body.get("medicationReference"), "Medication")
        if ours and named is not None and named != UUID(ours):
            raise Refusal("别的程序在区平台上给这份医嘱换了药，没有采用；请核对。")

    def _write(self, unit: Unit, arrival: Arrival, content: dict[str, Any], by: Whence) -> Taken:
        """An order is as old as it ever was here, and no younger than its record: what holds it after a hospital asks
        for that time, so no revision that comes may say a later one."""
        first = unit.session.scalar(select(func.min(MedOrder.at)).where(MedOrder.rid == arrival.rid))
        at = min(one for one in (first, by.at, by.recorded_at) if one is not None)
        return super()._write(unit, arrival, content, replace(by, at=at))

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["kind"] not in ORDER_KINDS or said["status"] not in ORDER_STATUSES or not said["number"]:
            raise Refusal("区平台上的这份医嘱没有编号、类别或状态，请核对。")


def _prescription(house: House, rid: UUID | None) -> tuple[str, str] | None:
    return house.prescriptions.get(rid) if rid and isinstance(house, MedicineHouse) else None


def _course(kind: str) -> dict[str, Any]:
    code = (
        ("continuous", "Continuous long term therapy")
        if kind == LONG
        else ("acute", "Short course (acute) therapy")
    )
    return coded(COURSE, *code)
