"""Everything of referrals as rows: partners and theirs, referrals of many states, returns, rounds, contracts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.compose import Station
from app.core.blobs import keep_file
from app.core.unit import Unit
from app.fhir.attached import sha1
from app.referrals.documents import document_rid
from db.models import (
    Absence,
    Agreement,
    ContractService,
    DoctorRound,
    FamilyContract,
    HomeBed,
    Licence,
    MedDecision,
    MedReconciliation,
    Partner,
    Referral,
    ReferralDocument,
    ReferralReturn,
    RoundVisit,
    Stay,
    VisitingDoctor,
)
from tests.app.fhir.daily import DAY, EIGHT, later
from tests.support.acts import Act

TABLES = (
    "partner", "agreement", "visiting_doctor", "referral", "referral_document", "referral_return",
    "med_reconciliation", "med_decision", "doctor_round", "round_visit", "family_contract", "contract_service",
    "home_bed",
)  # fmt: skip
SENT = ("submitted", "accepted", "departed", "arrived", "treating", "returned")
CONSENT = {
    "name": "李建国", "relation": "儿子", "agreed": True, "words": "", "drawn": {"strokes": [[[0, 0], [12, 30]]]},
}  # fmt: skip
TOLD = {
    "name": "李建国", "relation": "儿子", "phone": "13800000001", "at": EIGHT.isoformat(), "answer": "coming",
    "words": "40 分钟到", "by": str(UUID(int=1)), "by_name": "周敏",
}  # fmt: skip


def refer(station: Station, resident: UUID) -> dict[str, UUID]:
    """The rids as `partner`, `referral/accepted`, `return`, `decision/keep`, `round`, `visit`, `contract` …"""

    def work(unit: Unit) -> dict[str, UUID]:
        made: dict[str, Any] = _partners(unit)
        made |= {
            f"referral/{status}": referral_of(unit, resident, made["partner"].rid, status) for status in SENT
        }
        made["referral/draft"] = referral_of(
            unit, resident, made["partner"].rid, "draft", moves={}, consent_at=None
        )
        made["referral/withdrawn"] = referral_of(unit, resident, None, "withdrawn", partner_words="外地医院")
        made["document"] = _document(unit, resident, made["referral/departed"])
        made |= _back(unit, resident, made)
        made |= _rounds(unit, resident, made)
        unit.session.add_all(made.values())
        return {key: row.rid for key, row in made.items()}

    found: dict[str, UUID] = station.desk.do_now(Act(work))
    return found


def referral_of(unit: Unit, resident: UUID, partner: UUID | None, status: str, **said: Any) -> Referral:
    stamp = unit.stamp(at=EIGHT)
    written = stamp["recorded_at"].isoformat()
    line = {"from": "draft", "to": "submitted", "at": EIGHT.isoformat(), "recorded_at": written,
            "by": str(unit.actor.rid), "by_name": unit.actor.name, "reason": "", "source": "manual"}  # fmt: skip
    moved = (
        [line]
        if status in ("submitted", "withdrawn")
        else [line, {**line, "from": "submitted", "to": status}]
    )
    content: dict[str, Any] = {
        "number": f"ZZ-{unit.next_number('referral')}", "urgency": "emergency", "impression": "肺炎？呼吸衰竭？",
        "history": "咳嗽发热 2 天", "past": "高血压 3 级", "course": "吸氧 3 L/min", "partner": partner,
        "partner_words": "安和市第一人民医院", "department": "急诊科", "green": True, "cause": "news2",
        "criteria": {"all": [{"code": "news2", "words": "NEWS2 9 分", "value": 9, "red": True}]},
        "sbar": {"S": "血氧 88 %", "R": "请接诊"}, "doctor": unit.actor.rid, "doctor_name": unit.actor.name,
        "attachments": {"all": [{"what": "vitals", "rid": str(UUID(int=3)), "words": "近 24 小时体征"}]},
        "consent": CONSENT, "consent_at": later(20), "family": {"all": [TOLD, {**TOLD, "answer": "no_answer"}]},
        "escort": {"persons": "周敏", "transport": "120"}, "belongings": ["医保卡", "助听器"],
        "times": {"started": EIGHT.isoformat()}, "moves": {"all": moved}, "due": later(60), "approval_by": later(240),
        "bed_until": DAY + timedelta(days=10),
    }  # fmt: skip
    return Referral(**stamp, revision=1, resident=resident, status=status, **{**content, **said})


def _document(unit: Unit, resident: UUID, referral: Referral) -> ReferralDocument:
    """The pack of a referral, with its bytes."""
    content = b"%PDF-1.7 " + referral.number.encode()
    return ReferralDocument(
        **unit.stamp(at=EIGHT, rid=document_rid(unit.settings.institution_id, referral.rid)), revision=1,
        resident=resident, referral=referral.rid, what="pack", number=referral.number,
        title=f"双向转诊单 {referral.number}", sha256=keep_file(unit, content, "document"), sha1=sha1(content),
        size=len(content), pages=11, covers={"revision": 1, "sent": "ab", "printed": "cd"},
    )  # fmt: skip


def _partners(unit: Unit) -> dict[str, Any]:
    departments = [{"words": "急诊科", "contact": "刘志远", "phone": "0592-5550121", "day_and_night": True}]
    partner = Partner(
        **unit.stamp(at=EIGHT), revision=1, name="安和市第一人民医院", kind="hospital", code="12350200426600001X",
        level="三级甲等", address="安和市湖滨路 18 号", phone="0592-5550120", distance_km=6.4, minutes=15,
        departments={"all": departments}, capabilities=["stroke", "chest_pain"],
    )  # fmt: skip
    agreement = Agreement(
        **unit.stamp(at=EIGHT), revision=1, partner=partner.rid, what="green", words="绿色通道协议", begins=DAY,
        ends=DAY + timedelta(days=300), number="LS-2026-01", terms={"pay_later": True, "text": "先诊疗后付费"},
    )  # fmt: skip
    doctor = VisitingDoctor(
        **unit.stamp(at=EIGHT), revision=1, name="刘志远", begins=DAY, partner=partner.rid, department="老年医学科",
        title="主任医师", certificate="110350200000001", phone="0592-5550122",
    )  # fmt: skip
    ours = VisitingDoctor(**unit.stamp(at=EIGHT), revision=1, name="陈永康", begins=DAY, staff=unit.actor.rid)
    licence = Licence(
        **unit.stamp(at=EIGHT), revision=1, what="filing", number="BA-1", authority="安和区卫健局", issued=DAY
    )
    return {
        "partner": partner,
        "agreement": agreement,
        "doctor": doctor,
        "doctor/ours": ours,
        "licence": licence,
    }


def _back(unit: Unit, resident: UUID, made: dict[str, Any]) -> dict[str, Any]:
    stay = unit.session.query(Stay).filter_by(resident=resident).first()
    assert stay is not None
    away = Absence(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, stay=stay.rid, code="hospital",
        begins=EIGHT - timedelta(days=9), ends=EIGHT, whither="安和市第一人民医院",
    )  # fmt: skip
    absence = away.rid
    back = ReferralReturn(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, came_with="paper", assess_by=later(1440),
        referral=made["referral/returned"].rid, absence=absence, partner=made["partner"].rid,
        hospital="安和市第一人民医院", department="呼吸科", diagnoses="肺炎", record_number="Z20261101",
        findings="CT 右下肺炎症", course="抗感染 7 天", plan="一周后复查胸片", visit_on=DAY + timedelta(days=7),
        dangers="气促、高热", papers={"summary": {"state": "here", "by_name": "周敏"}},
        chased={"all": [{"how": "phone"}]}, assessed={"skin": {"by_name": "周敏"}}, files={"all": [{"sha256": "ab"}]},
    )  # fmt: skip
    return {"absence": away, "return": back, **_reconciled(unit, resident, absence)}


def _reconciled(unit: Unit, resident: UUID, absence: UUID) -> dict[str, Any]:
    listed = [
        {
            "key": "a",
            "drug": "",
            "words": "莫西沙星片",
            "dose": "0.4g",
            "frequency": "qd",
            "days": "5",
            "stopped": False,
        },
        {"key": "b", "drug": "", "words": "格列美脲片", "stopped": True},
    ]
    whole: dict[str, Any] = {"resident": resident, "absence": absence}
    found: dict[str, Any] = {
        "reconciliation": MedReconciliation(
            **unit.stamp(at=EIGHT), revision=1, **whole, came_with="list", listed={"all": listed}, hospital="安和一院",
            doctor=unit.actor.rid, doctor_name=unit.actor.name, doctor_at=later(30),
        ),
        "reconciliation/none": MedReconciliation(
            **unit.stamp(at=EIGHT), revision=1, resident=resident, absence=absence, came_with="none", listed={},
        ),
    }  # fmt: skip
    for decision in ("keep", "change", "stop", "take", "drop"):
        found[f"decision/{decision}"] = MedDecision(
            **unit.stamp(at=EIGHT), revision=1, **whole, decision=decision, drug="", words="格列美脲片 2mg", item="b",
            why="按出院医嘱", doctor_name="刘志远", doctor_by=later(480),
        )  # fmt: skip
    return found


def _rounds(unit: Unit, resident: UUID, made: dict[str, Any]) -> dict[str, Any]:
    asked = {"resident": str(resident), "question": "咳嗽一周", "by_name": "周敏", "at": EIGHT.isoformat()}
    held = DoctorRound(
        **unit.stamp(at=EIGHT), revision=1, number="XZ-1", planned_on=DAY, status="held", way="on_site",
        doctor_name="刘志远", partner=made["partner"].rid, partner_words="安和一院", visitor=made["doctor"].rid,
        arrived=EIGHT, left=later(90), asked={"all": [asked]}, next_on=DAY + timedelta(days=14),
    )  # fmt: skip
    video = DoctorRound(
        **unit.stamp(at=EIGHT), revision=1, number="XZ-2", planned_on=DAY, status="planned", way="video",
        doctor_name="陈永康", staff=unit.actor.rid,
    )  # fmt: skip
    bed = HomeBed(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, number="JC-1", status="open",
        applicant={"name": "李建国", "relation": "儿子"}, indications=["stroke"], diagnosis="脑梗死后遗症",
        evaluation={"words": "符合"}, doctor=unit.actor.rid, doctor_name=unit.actor.name, opened_on=DAY,
        until=DAY + timedelta(days=90), plan="每周查床", renewed={"all": []},
    )  # fmt: skip
    content = {"complaint": "咳嗽", "assessment": "慢性支气管炎", "nursing": "多饮水", "fee": "0"}
    visit = RoundVisit(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, doctor_name="刘志远", content=content,
        doctor_round=held.rid, question="咳嗽一周", orders={"all": [{"words": "停氨溴索"}]}, problem=True,
        doctor_at=later(10), nurse=unit.actor.rid, nurse_at=later(12),
    )  # fmt: skip
    at_bed = RoundVisit(
        **unit.stamp(at=EIGHT),
        revision=1,
        resident=resident,
        doctor_name="陈永康",
        content={},
        home_bed=bed.rid,
    )
    return {
        "round": held, "round/video": video, "visit": visit, "visit/bed": at_bed, "bed": bed,
        **_contracted(unit, resident, made["partner"].rid, visit.rid),
    }  # fmt: skip


def _contracted(unit: Unit, resident: UUID, partner: UUID, visit: UUID) -> dict[str, Any]:
    contract = FamilyContract(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, number="QY-1", status="running", begins=DAY,
        ends=DAY + timedelta(days=364), package="老年基础包", doctor_name="林丽", doctor_phone="0592-5550130",
        services={"all": [{"code": "visit", "words": "上门随访", "per_year": 4}]}, partner=partner,
        signer={"name": "李建国", "relation": "儿子", "drawn": {}}, team={"all": [{"role": "护士", "name": "王敏"}]},
        fee={"own": 0, "insurance": 60, "public": 40}, groups=["elderly"],
    )  # fmt: skip
    service = ContractService(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, contract=contract.rid, code="visit", words="上门随访",
        provider="林丽", result="血压 138/80", visit=visit,
    )  # fmt: skip
    return {"contract": contract, "service": service}
