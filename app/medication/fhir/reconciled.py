"""Reconciliation on the platform: the hospital's list as List, each decision as MedicationStatement; both back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, NotYet, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import LOINC, coded, words
from app.fhir.elements import filled
from app.medication.fhir.guarded import MedicationMapper
from app.medication.fhir.shelf import medicine
from app.residents.fhir.people import person
from db.models import Absence, MedDecision, MedReconciliation
from db.models.reconciling import DECISIONS, LISTS

STATUSES = {"keep": "active", "change": "active", "stop": "stopped", "take": "active", "drop": "not-taken"}
SHOWN = {"keep": "照旧", "change": "改", "stop": "停", "take": "收用", "drop": "不用"}
_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
_NOTHING = {
    "none": ("nilknown", "Nil Known", "医院写明无药"),
    "missing": ("unavailable", "Unavailable", "缺清单"),
}


class ReconciliationMapper(MedicationMapper[MedReconciliation]):
    """`source` is the doctor who signed the whole. The photographed list stays at the station."""

    kind = "med_reconciliation"
    called = "用药重整"
    resource = "List"
    model = MedReconciliation
    owned = frozenset(
        {"status", "mode", "title", "code", "subject", "date", "source", "note", "entry", "emptyReason"}
    )
    author_element = ""
    safe = ("status", "entry", "emptyReason")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        lines = list(_lines(row))
        code, display, shown = _NOTHING.get(row.came_with, _NOTHING["missing"])
        return filled(
            status="current",
            mode="snapshot",
            title=f"出院带药 {words(row.hospital)}".strip(),
            code=coded(LOINC, "10183-2", "Hospital discharge medications", "出院带药"),
            source=person(house, row.doctor, row.doctor_name) if row.doctor_at else {},
            note=[{"text": words(row.note)}] if words(row.note) else [],
            entry=lines,
            emptyReason={} if lines else coded(_EMPTY, code, display, shown),
        )

    def dated(self, house: House, row: MedReconciliation) -> dict[str, Any]:
        return {"date": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["came_with"] not in LISTS:
            raise Refusal("区平台上的这次用药重整没有写明带回了什么清单，请核对。")
        _absence_here(unit, said)


class DecisionMapper(MedicationMapper[MedDecision]):
    """A decision is never taken from another program: it releases, changes or stops a regular medicine here."""

    kind = "med_decision"
    called = "重整决定"
    resource = "MedicationStatement"
    model = MedDecision
    owned = frozenset(
        {
            "status", "statusReason", "medicationReference", "medicationCodeableConcept", "subject", "basedOn",
            "effectiveDateTime", "informationSource", "reasonCode", "note",
        }
    )  # fmt: skip
    author_element = ""
    safe = ("status", "basedOn")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        why, decided = words(row.why), f"重整决定：{SHOWN[row.decision]}"
        return filled(
            **medicine(house, row.drug, words(row.words) or "药品"),
            status=STATUSES[row.decision],
            basedOn=[local("MedicationRequest", row.med_order)] if row.med_order else [],
            informationSource=person(house, row.doctor, row.doctor_name),
            reasonCode=[{"text": why}] if why else [],
            note=[{"text": decided}],
        )

    def dated(self, house: House, row: MedDecision) -> dict[str, Any]:
        return {"effectiveDateTime": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["decision"] not in DECISIONS:
            raise Refusal("区平台上的这项重整决定没有写明决定了什么，请核对。")
        _absence_here(unit, said)


def _absence_here(unit: Unit, said: dict[str, Any]) -> None:
    """A decision of a time in hospital nobody here knows of would release what is not held."""
    asked = select(Absence.rid).where(Absence.rid == said["absence"]).limit(1)
    if said["absence"] is None or unit.session.scalar(asked) is None:
        raise NotYet("这次用药重整的住院记录还没有收到。")


def _lines(row: Any) -> Iterator[dict[str, Any]]:
    found = row.listed.get("all")
    for one in found if isinstance(found, list) else ():
        if not isinstance(one, dict):
            continue
        said = (one.get(key) for key in ("words", "dose", "frequency", "note"))
        text = words(" ".join(str(part) for part in said if isinstance(part, str) and part))
        if text:
            yield {"item": {"display": text}, **({"deleted": True} if one.get("stopped") is True else {})}
