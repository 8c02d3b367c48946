"""A prescription (长期处方, 延伸处方, free medicines) as RequestGroup and back; its orders share its number."""

from __future__ import annotations

from typing import Any

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded, words
from app.fhir.elements import filled
from app.medication.fhir.guarded import MedicationMapper
from app.residents.fhir.people import person
from db.models import Prescription

PRESCRIPTION = "urn:carestation:prescription"
TITLES = {"long": "长期处方", "extended": "延伸处方", "free": "免费基本药物"}
STATUSES = {"active": "active", "ended": "completed"}


class PrescriptionMapper(MedicationMapper[Prescription]):
    """The doctor is its author; who wrote it down stands in the envelope. Its lines are fields: they are no orders."""

    kind = "prescription"
    called = "处方"
    resource = "RequestGroup"
    model = Prescription
    owned = frozenset(
        {
            "status",
            "intent",
            "code",
            "subject",
            "groupIdentifier",
            "authoredOn",
            "author",
            "reasonCode",
            "action",
        }
    )
    author_element = ""

    def said(self, house: House, row: Any) -> dict[str, Any]:
        number, why = words(row.number), words(row.diagnosis)
        lines = [_line(one) for one in row.items.get("items") or () if isinstance(one, dict)]
        return filled(
            status=STATUSES[row.status],
            intent="order",
            code=coded(PRESCRIPTION, row.what, TITLES.get(row.what, "")),
            groupIdentifier={"system": f"{house.system}:prescription", "value": number} if number else {},
            author=person(house, row.doctor, row.doctor_name),
            reasonCode=[{"text": why}] if why else [],
            action=[{"title": text} for text in lines if text],
        )

    def dated(self, house: House, row: Prescription) -> dict[str, Any]:
        return {"authoredOn": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["what"] not in TITLES or said["status"] not in STATUSES or not said["number"]:
            raise Refusal("区平台上的这份处方没有编号、种类或状态，请核对。")


def _line(item: dict[str, Any]) -> str:
    """A line in words: the medicine, and how it is taken."""
    shown = (item.get(key) for key in ("words", "strength", "usage", "text"))
    return words(" ".join(str(one) for one in shown if isinstance(one, str) and one))
