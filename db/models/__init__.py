"""The tables, one module per subject; importing this package knows them all."""

from db.base import Base
from db.models.access import Account, Signature, Staff
from db.models.assessments import (
    Assessment,
    AssessmentDeferral,
    AssessmentLatest,
    AssessmentStatement,
    OwnInstrument,
)
from db.models.care import CareDoing, CareTask
from db.models.incidents import Incident
from db.models.journals import Entry
from db.models.medication import (
    Dispense,
    Dose,
    DoseTwice,
    MedMatter,
    MedOrder,
    MedStatement,
    OrderReview,
    OwnDrug,
    Prescription,
    SkinTest,
)
from db.models.partners import Agreement, Licence, Partner, VisitingDoctor
from db.models.reconciling import MedDecision, MedReconciliation
from db.models.referrals import Referral, ReferralDocument, ReferralReturn
from db.models.rehab import GoalRating, RehabEvaluation, RehabGoal, RehabItem, RehabPlan
from db.models.residents import (
    Absence,
    Allergy,
    Contact,
    Diagnosis,
    Grade,
    Place,
    Resident,
    ResidentSearch,
    Stay,
)
from db.models.rounds import ContractService, DoctorRound, FamilyContract, HomeBed, RoundVisit
from db.models.station import (
    AuditLine,
    Blob,
    Draft,
    Outbox,
    RegisterVersion,
    Remote,
    RemoteFile,
    Sequence,
    Setting,
    SyncMark,
)
from db.models.stock import StockMove, StockShelf, StoreReading
from db.models.training import AidLoan, RehabBooking, RehabSession, TherapistTime
from db.models.vitals import Vital, VitalLatest, VitalProfile

__all__ = [
    "Absence",
    "Account",
    "Agreement",
    "AidLoan",
    "Allergy",
    "Assessment",
    "AssessmentDeferral",
    "AssessmentLatest",
    "AssessmentStatement",
    "AuditLine",
    "Base",
    "Blob",
    "CareDoing",
    "CareTask",
    "Contact",
    "ContractService",
    "Diagnosis",
    "Dispense",
    "DoctorRound",
    "Dose",
    "DoseTwice",
    "Draft",
    "Entry",
    "FamilyContract",
    "GoalRating",
    "Grade",
    "HomeBed",
    "Incident",
    "Licence",
    "MedDecision",
    "MedMatter",
    "MedOrder",
    "MedReconciliation",
    "MedStatement",
    "OrderReview",
    "Outbox",
    "OwnDrug",
    "OwnInstrument",
    "Partner",
    "Place",
    "Prescription",
    "Referral",
    "ReferralDocument",
    "ReferralReturn",
    "RegisterVersion",
    "RehabBooking",
    "RehabEvaluation",
    "RehabGoal",
    "RehabItem",
    "RehabPlan",
    "RehabSession",
    "Remote",
    "RemoteFile",
    "Resident",
    "ResidentSearch",
    "RoundVisit",
    "Sequence",
    "Setting",
    "Signature",
    "SkinTest",
    "Staff",
    "Stay",
    "StockMove",
    "StockShelf",
    "StoreReading",
    "SyncMark",
    "TherapistTime",
    "VisitingDoctor",
    "Vital",
    "VitalLatest",
    "VitalProfile",
]
