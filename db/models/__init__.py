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
from db.models.station import (
    AuditLine,
    Blob,
    Draft,
    Outbox,
    RegisterVersion,
    Remote,
    Sequence,
    Setting,
    SyncMark,
)
from db.models.vitals import Vital, VitalLatest, VitalProfile

__all__ = [
    "Absence",
    "Account",
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
    "Diagnosis",
    "Draft",
    "Entry",
    "Grade",
    "Incident",
    "Outbox",
    "OwnInstrument",
    "Place",
    "RegisterVersion",
    "Remote",
    "Resident",
    "ResidentSearch",
    "Sequence",
    "Setting",
    "Signature",
    "Staff",
    "Stay",
    "SyncMark",
    "Vital",
    "VitalLatest",
    "VitalProfile",
]
