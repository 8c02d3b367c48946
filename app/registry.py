"""RECORDS: one line per record kind. Whatever handles every kind alike (history, sync, search) reads only this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.access.fhir import InstitutionMapper, StaffMapper, StationMapper
from app.assessments.fhir import (
    AssessmentMapper,
    DeferralMapper,
    InstrumentMapper,
    OwnInstrumentMapper,
    StatementMapper,
)
from app.core.orders import Question, answers
from app.core.unit import Reader
from app.fhir import Mapper, claimant
from app.incidents.fhir import IncidentMapper
from app.journals.fhir import EntryMapper
from app.medication.fhir import (
    DecisionMapper,
    DispenseMapper,
    DoseMapper,
    DrugMapper,
    MatterMapper,
    MedStatementMapper,
    OrderMapper,
    OwnDrugMapper,
    PrescriptionMapper,
    ReconciliationMapper,
    SkinTestMapper,
)
from app.referrals.fhir import (
    AgreementMapper,
    ContractMapper,
    DocumentMapper,
    HomeBedMapper,
    PartnerMapper,
    ReferralMapper,
    ReturnMapper,
    RoundMapper,
    ServiceMapper,
    VisitingDoctorMapper,
    VisitMapper,
)
from app.referrals.fhir.foreign import FollowedReferrals
from app.rehab.fhir import (
    EvaluationMapper,
    GoalMapper,
    ItemMapper,
    PlanMapper,
    RatingMapper,
    SessionMapper,
)
from app.residents.fhir import (
    AbsenceMapper,
    AllergyMapper,
    ContactMapper,
    DiagnosisMapper,
    GradeMapper,
    PlaceMapper,
    ResidentMapper,
    StayMapper,
)
from app.vitals.fhir import VitalMapper
from db.base import Clinical, Register
from db.models import (
    Absence,
    Agreement,
    AidLoan,
    Allergy,
    Assessment,
    AssessmentDeferral,
    AssessmentStatement,
    CareDoing,
    CareTask,
    Contact,
    ContractService,
    Diagnosis,
    Dispense,
    DoctorRound,
    Dose,
    Entry,
    FamilyContract,
    GoalRating,
    Grade,
    HomeBed,
    Incident,
    Licence,
    MedDecision,
    MedMatter,
    MedOrder,
    MedReconciliation,
    MedStatement,
    OrderReview,
    Outbox,
    OwnDrug,
    OwnInstrument,
    Partner,
    Place,
    Prescription,
    Referral,
    ReferralDocument,
    ReferralReturn,
    RehabBooking,
    RehabEvaluation,
    RehabGoal,
    RehabItem,
    RehabPlan,
    RehabSession,
    Resident,
    RoundVisit,
    SkinTest,
    Staff,
    Stay,
    StockMove,
    StoreReading,
    TherapistTime,
    VisitingDoctor,
    Vital,
    VitalProfile,
)


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: the name it has in outbox, audit chain and news, its title, its table, its translation.

    Institution and station have no table: they are made of the settings, instruments of the program's files.
    """

    kind: str
    title: str
    model: type[Clinical | Register] | None
    mapper: Mapper | None = None

    @property
    def syncs(self) -> bool:
        """Whether records of this kind go to the district platform."""
        return self.mapper is not None


# What a doctor set for one person, care plans and what was done of them stay at the station for now: their mappers are
# still to come. The weekly check of a floor's orders is of no resident and has no resource in FHIR; what is in the
# cupboard stays because two stations do not share one. Of the entries, those of journals FHIR has a shape for go
# (`db.models.journals.SENT`). Of rehab, what is changed of a station's week board stays (other times, when a therapist
# is not there): a station books its own therapists, and what became of a session goes with the day and time it had.
# Aids that were lent stay, as what is in the cupboard does. Of referrals, the station's own licences stay: they are its
# papers, and no other program asks for them.
RECORDS: dict[str, RecordKind] = {
    record.kind: record
    for record in (
        RecordKind("institution", "机构", None, InstitutionMapper()),
        RecordKind("station", "站点", None, StationMapper()),
        RecordKind("staff", "人员", Staff, StaffMapper()),
        RecordKind("place", "床位与房间", Place, PlaceMapper()),
        RecordKind("resident", "老人档案", Resident, ResidentMapper()),
        RecordKind("stay", "入住", Stay, StayMapper()),
        RecordKind("absence", "外出与住院", Absence, AbsenceMapper()),
        RecordKind("grade", "等级与阶段", Grade, GradeMapper()),
        RecordKind("contact", "联系人", Contact, ContactMapper()),
        RecordKind("allergy", "过敏", Allergy, AllergyMapper()),
        RecordKind("diagnosis", "诊断", Diagnosis, DiagnosisMapper()),
        RecordKind("vital", "体征", Vital, VitalMapper()),
        RecordKind("vital_profile", "体征个人设定", VitalProfile),
        RecordKind("entry", "照护记录", Entry, EntryMapper()),
        RecordKind("care_task", "照护计划", CareTask),
        RecordKind("care_doing", "照护执行", CareDoing),
        RecordKind("incident", "不良事件", Incident, IncidentMapper()),
        RecordKind("drug", "药品", None, DrugMapper()),
        RecordKind("own_drug", "本院药品", OwnDrug, OwnDrugMapper()),
        RecordKind("prescription", "处方", Prescription, PrescriptionMapper()),
        RecordKind("med_order", "医嘱", MedOrder, OrderMapper()),
        RecordKind("skin_test", "皮试", SkinTest, SkinTestMapper()),
        RecordKind("dispense", "摆药与发药", Dispense, DispenseMapper()),
        RecordKind("dose", "给药记录", Dose, DoseMapper()),
        RecordKind("med_matter", "用药提醒处理", MedMatter, MatterMapper()),
        RecordKind("med_statement", "用药知情与签收", MedStatement, MedStatementMapper()),
        RecordKind("order_review", "医嘱总查对", OrderReview),
        RecordKind("stock_move", "药品出入", StockMove),
        RecordKind("store_reading", "药柜温度", StoreReading),
        RecordKind("instrument", "量表", None, InstrumentMapper()),
        RecordKind("own_instrument", "本院量表", OwnInstrument, OwnInstrumentMapper()),
        RecordKind("assessment", "评估", Assessment, AssessmentMapper()),
        RecordKind("assessment_statement", "评估意见", AssessmentStatement, StatementMapper()),
        RecordKind("assessment_deferral", "评估延期", AssessmentDeferral, DeferralMapper()),
        RecordKind("rehab_evaluation", "康复评定", RehabEvaluation, EvaluationMapper()),
        RecordKind("rehab_goal", "康复目标", RehabGoal, GoalMapper()),
        RecordKind("rehab_plan", "康复计划", RehabPlan, PlanMapper()),
        RecordKind("rehab_item", "治疗项目", RehabItem, ItemMapper()),
        RecordKind("rehab_session", "训练记录", RehabSession, SessionMapper()),
        RecordKind("goal_rating", "目标评定", GoalRating, RatingMapper()),
        RecordKind("rehab_booking", "训练改期", RehabBooking),
        RecordKind("therapist_time", "康复师不在岗", TherapistTime),
        RecordKind("aid_loan", "辅具借用", AidLoan),
        RecordKind("partner", "协作机构", Partner, PartnerMapper()),
        RecordKind("agreement", "合作协议", Agreement, AgreementMapper()),
        RecordKind("licence", "备案与许可", Licence),
        RecordKind("visiting_doctor", "来院医师", VisitingDoctor, VisitingDoctorMapper()),
        RecordKind("referral", "转诊", Referral, ReferralMapper()),
        RecordKind("referral_document", "转诊文书", ReferralDocument, DocumentMapper()),
        RecordKind("referral_return", "回转", ReferralReturn, ReturnMapper()),
        RecordKind("med_reconciliation", "用药重整", MedReconciliation, ReconciliationMapper()),
        RecordKind("med_decision", "重整决定", MedDecision, DecisionMapper()),
        RecordKind("doctor_round", "巡诊", DoctorRound, RoundMapper()),
        RecordKind("round_visit", "巡诊记录", RoundVisit, VisitMapper()),
        RecordKind("family_contract", "家庭医生签约", FamilyContract, ContractMapper()),
        RecordKind("contract_service", "签约履约", ContractService, ServiceMapper()),
        RecordKind("home_bed", "家庭病床", HomeBed, HomeBedMapper()),
    )
}

MAPPERS: dict[str, Mapper] = {kind: record.mapper for kind, record in RECORDS.items() if record.mapper}
"""Who translates, by kind."""

ORDER = (
    "Organization", "Device", "Practitioner", "PractitionerRole", "Location", "Patient", "RelatedPerson", "Coverage",
    "Contract", "CareTeam", "EpisodeOfCare", "Encounter", "AllergyIntolerance", "Condition", "Questionnaire",
    "QuestionnaireResponse", "Medication", "RequestGroup", "MedicationRequest", "ClinicalImpression", "Goal",
    "CarePlan", "ServiceRequest", "Procedure", "Observation", "RiskAssessment", "Consent", "Flag", "DocumentReference",
    "AdverseEvent", "MedicationDispense", "MedicationAdministration", "DetectedIssue", "Communication", "Task", "List",
    "MedicationStatement", "Provenance",
)  # fmt: skip
"""Resource types so that each refers only to itself and to those before it; several kinds may share one."""


FOLLOWED = FollowedReferrals
"""The question whose residents other programs' resources are asked for."""


def mappers_of_type(resource_type: str) -> dict[str, Mapper]:
    """Who translates resources of a type, by kind: several where kinds share it, none for a type nobody here makes."""
    return {kind: mapper for kind, mapper in MAPPERS.items() if resource_type in mapper.types}


def mapper_of(body: dict[str, Any]) -> Mapper | None:
    """Who translates a body; None for what nobody here makes."""
    kind = claimant(mappers_of_type(str(body.get("resourceType"))), body)
    return MAPPERS[kind] if kind else None


@dataclass(frozen=True)
class Waits:
    """How many revisions of one kind the platform has not yet acknowledged."""

    title: str
    count: int


@dataclass(frozen=True)
class Waiting(Question[tuple[Waits, ...]]):
    """What waits for the district platform, by kind, in the order of RECORDS."""


@answers(Waiting)
def waiting(reader: Reader, _question: Waiting) -> tuple[Waits, ...]:
    statement = select(Outbox.kind, func.count()).where(Outbox.state != "acked").group_by(Outbox.kind)
    counts = {row[0]: row[1] for row in reader.session.execute(statement)}
    return tuple(Waits(one.title, counts[one.kind]) for one in RECORDS.values() if counts.get(one.kind))
