"""What was decided about a possible double dose, refusals or misses, as DetectedIssue and back."""

from __future__ import annotations

from typing import Any

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded, words
from app.fhir.elements import filled
from app.medication.fhir.dose import RESOURCE, SLOT
from app.medication.fhir.guarded import MedicationMapper
from app.residents.fhir.apart import any_of_slot
from app.residents.fhir.people import person
from db.models import MedMatter
from db.models.medication import MATTERS

MATTER = "urn:carestation:medication-matter"
TITLES = {
    "double": "可能重复给药", "contradiction": "记录矛盾", "refusals": "多次拒服", "misses": "时间要紧的药多次漏给",
}  # fmt: skip
_OF_DOSES = frozenset({"double", "contradiction"})


class MatterMapper(MedicationMapper[MedMatter]):
    """Closed at one station, it is closed at all of them: what was decided is the mitigation."""

    kind = "med_matter"
    called = "用药提醒处理"
    resource = "DetectedIssue"
    model = MedMatter
    subject = "patient"
    owned = frozenset(
        {
            "status", "code", "severity", "patient", "identifiedDateTime", "author", "implicated", "detail",
            "mitigation",
        }
    )  # fmt: skip
    author_element = "author"

    def said(self, house: House, row: Any) -> dict[str, Any]:
        return filled(
            status="final",
            code=coded(MATTER, words(row.what), TITLES.get(row.what, "")),
            severity="high" if row.what == "double" else "moderate",
            identifiedDateTime=stamp(house, row.since),
            implicated=[_about(house, row)],
        )

    def dated(self, house: House, row: MedMatter) -> dict[str, Any]:
        who = {} if (by := person(house, row.author)).keys() == {"type", "identifier"} else {"author": by}
        decided = {"action": {"text": words(row.words) or "已处理"}, "date": stamp(house, row.at), **who}
        return {"mitigation": [decided]}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["what"] not in MATTERS or said["about"] is None or said["since"] is None:
            raise Refusal("区平台上的这次用药提醒处理没有写明是什么，请核对。")


def _about(house: House, row: Any) -> dict[str, Any]:
    """The order, or all that was recorded of a slot."""
    if row.what not in _OF_DOSES:
        return local("MedicationRequest", row.about)
    return any_of_slot(house, RESOURCE, SLOT, row.about)
