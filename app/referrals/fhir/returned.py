"""A return as the Encounter outside with its sheet as DocumentReference, and back."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.core.ids import named as naming
from app.core.unit import Reader
from app.fhir import KIND, House, Part, Revision, local
from app.fhir.carrying import stamp
from app.fhir.coding import ACT_CODE, LOINC, coded, words
from app.fhir.elements import extension, filled
from app.fhir.translation import framed
from app.referrals.fhir.guarded import ENCOUNTER, FIELD, ReferralsMapper, named, organisation
from db.models import ReferralReturn

_INPATIENT = {"system": ACT_CODE, "code": "IMP", "display": "inpatient encounter"}
_OUTPATIENT = {"system": ACT_CODE, "code": "AMB", "display": "ambulatory"}
_SHEET = frozenset(
    {"identifier", "extension", "status", "type", "subject", "date", "description", "content", "context"}
)
TEXTS = {
    "diagnoses": "诊断结果", "record_number": "住院病案号", "findings": "主要检查结果", "course": "治疗经过",
    "plan": "下一步治疗方案及康复建议", "visit_department": "复诊科室", "dangers": "何种情况立即返院",
    "doctor_name": "医师", "doctor_phone": "电话",
}  # fmt: skip


class ReturnMapper(ReferralsMapper[ReferralReturn]):
    """What the hospital did, as its papers say. The papers themselves are pictures and stay at the station, as every
    picture does; what was read from them goes as the text of a document."""

    kind = "referral_return"
    called = "回转记录"
    resource = "Encounter"
    model = ReferralReturn
    owned = frozenset(
        {
            "status", "class", "type", "subject", "basedOn", "period", "reasonCode", "hospitalization",
            "serviceProvider",
        }
    )  # fmt: skip
    safe = ("status", "class", "reasonCode")

    @property
    def types(self) -> tuple[str, ...]:
        return ("Encounter", "DocumentReference")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        number = words(row.record_number)
        return filled(
            status="finished",
            type=[coded(ENCOUNTER, "outside", "外院诊治")],
            basedOn=[named(house, "ServiceRequest", row.referral)] if row.referral else [],
            reasonCode=[{"text": words(row.diagnoses)}] if words(row.diagnoses) else [],
            hospitalization=filled(
                preAdmissionIdentifier={"value": number} if number else {},
                dischargeDisposition=filled(text=words(row.plan)),
            ),
            serviceProvider=organisation(row.partner, row.hospital),
            **{"class": _INPATIENT if row.absence else _OUTPATIENT},
        )

    def dated(self, house: House, row: ReferralReturn) -> dict[str, Any]:
        return {"period": {"end": stamp(house, row.at)}}

    def beside(
        self, reader: Reader, house: House, rows: Mapping[Revision, ReferralReturn], known: frozenset[UUID]
    ) -> Mapping[Revision, tuple[Part, ...]]:
        return {one: (_sheet(house, row),) for one, row in rows.items()}


def _sheet(house: House, row: ReferralReturn) -> Part:
    """The 回转单 in words. It carries no envelope: it says nothing that the return does not say."""
    said = [f"{shown}：{text}" for key, shown in TEXTS.items() if (text := words(getattr(row, key)))]
    data = base64.b64encode("\n".join(said or ["（未填写）"]).encode()).decode()
    attachment = {
        "contentType": "text/plain; charset=utf-8", "language": "zh-CN", "data": data, "title": "双向转诊（回转）单",
    }  # fmt: skip
    elements = {
        "extension": extension(KIND, "Code", "referral_return"),
        "status": "entered-in-error" if row.state == "retracted" else "current",
        "type": coded(LOINC, "18842-5", "Discharge summary", "回转单"),
        "subject": local("Patient", row.resident),
        "date": stamp(house, row.at),
        "description": f"回转单 {words(row.hospital)}".strip(),
        "content": [{"attachment": attachment}],
        "context": {"encounter": [local("Encounter", row.rid)]},
    }
    rid = naming(row.rid, "sheet")
    body = framed(house, "DocumentReference", rid, None, elements)
    return Part("DocumentReference", rid, body, _SHEET, frozenset({KIND, FIELD, house.system}))
