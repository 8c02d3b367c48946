"""The institution's own medicines as Medication with what their file would say, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House
from app.fhir.carried import Hand, Whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.columns import heard, keys_of, said_fields, told
from app.fhir.fields import fields, fields_in
from app.fhir.part import Taken
from app.medication.drugs.catalogue import own_drug
from app.medication.fhir.drug import MARKS, OWNED, medication
from app.medication.fhir.shelf import FIELD, coded_medicine
from db.models import OwnDrug

WITHDRAWN = "inactive"
CHANGED = "这个本院药品在区平台上被别的程序改动过，没有采用；请核对后在本站更正。"


class OwnDrugMapper(ClinicalMapper[OwnDrug]):
    """One that was withdrawn is inactive, not an error: orders of before still name it. Medication has no author."""

    kind = "own_drug"
    resource = "Medication"
    model = OwnDrug
    owned = OWNED
    marks = MARKS | {FIELD}
    author_element = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return keys_of(self.model)

    def claims(self, body: dict[str, Any]) -> bool:
        """Of the two kinds that make Medications, this one carries its fields."""
        return super().claims(body) and fields_in(body, FIELD) is not None

    def retracts(self, body: dict[str, Any]) -> bool:
        return body.get("status") in (WITHDRAWN, "entered-in-error")

    def elements(self, house: House, row: OwnDrug) -> dict[str, Any]:
        drug = own_drug(row.code, orjson.dumps(row.content, option=orjson.OPT_SORT_KEYS).decode())
        found: dict[str, Any] = medication(drug) if drug else {"code": coded_medicine(row.code, row.words)}
        found["extension"] = [*fields(FIELD, told(row, self.keys)), *found.get("extension", ())]
        return {**found, "status": WITHDRAWN if row.state == "retracted" else "active"}

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        return heard(self.model, self.keys, said_fields(body, FIELD))

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        if not by.ours:
            raise Refusal(CHANGED)
        if not said["code"]:
            raise Refusal("区平台上的这个本院药品没有编号，请核对。")

    def _stands(
        self, unit: Unit, current: OwnDrug, hand: Hand, *, changed: bool, retracted: bool
    ) -> Taken | None:
        if retracted and current.state != "retracted":
            raise Refusal(CHANGED)
        return super()._stands(unit, current, hand, changed=changed, retracted=retracted)
