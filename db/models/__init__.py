"""The tables, one module per subject; importing this package knows them all."""

from db.base import Base
from db.models.access import Account, Signature, Staff
from db.models.assessments import Assessment
from db.models.residents import Allergy, Contact, Diagnosis, Place, Resident, ResidentSearch, Stay
from db.models.station import AuditLine, Draft, Outbox, RegisterVersion, Remote, Sequence, Setting, SyncMark

__all__ = [
    "Account",
    "Allergy",
    "Assessment",
    "AuditLine",
    "Base",
    "Contact",
    "Diagnosis",
    "Draft",
    "Outbox",
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
]
