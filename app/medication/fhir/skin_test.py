"""A skin test as Observation and back: preliminary until it is read."""

from __future__ import annotations

from typing import Any

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import OBSERVATION_CATEGORY, coded, systems_in, words
from app.fhir.elements import filled
from app.medication.fhir.guarded import MedicationMapper
from db.models import SkinTest

TEST, RESULT = "urn:carestation:skin-test", "urn:carestation:skin-test-result"
WORDS = {"negative": "阴性", "positive": "阳性"}


class SkinTestMapper(MedicationMapper[SkinTest]):
    """Who read it, and who read it with them, stand among the fields; the performer wrote this revision."""

    kind = "skin_test"
    called = "皮试记录"
    resource = "Observation"
    model = SkinTest
    owned = frozenset(
        {
            "status", "category", "code", "subject", "effectiveDateTime", "performer", "valueCodeableConcept",
            "bodySite", "basedOn",
        }
    )  # fmt: skip
    author_element = "performer"
    author_repeats = True
    safe = ("status", "valueCodeableConcept")

    def claims(self, body: dict[str, Any]) -> bool:
        return TEST in systems_in(body.get("code"))

    def owns(self, row: SkinTest) -> frozenset[str]:
        """What was seen is a note; without one of ours, those of others stay."""
        return self.owned | {"note"} if words(row.size) else self.owned

    def said(self, house: House, row: Any) -> dict[str, Any]:
        seen, site, title = words(row.size), words(row.site), f"{words(row.words)}皮试"
        read = coded(RESULT, row.result, WORDS.get(row.result, "")) if words(row.result) else {}
        return filled(
            status="final" if row.result else "preliminary",
            category=[coded(OBSERVATION_CATEGORY, "procedure", "Procedure")],
            code=coded(TEST, words(row.drug) or "unknown", text=title),
            valueCodeableConcept=read,
            bodySite={"text": site} if site else {},
            note=[{"text": seen}] if seen else [],
            basedOn=[local("MedicationRequest", row.med_order)] if row.med_order else [],
        )

    def dated(self, house: House, row: SkinTest) -> dict[str, Any]:
        return {"effectiveDateTime": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["result"] not in ("", *WORDS):
            raise Refusal("区平台上的这次皮试结果不是阴性也不是阳性，请核对。")
