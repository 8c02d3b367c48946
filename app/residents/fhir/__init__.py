"""Residents, contacts, places, stays, absences, levels, allergies and diagnoses to and from FHIR resources."""

from app.residents.fhir.absence import AbsenceMapper
from app.residents.fhir.contact import ContactMapper
from app.residents.fhir.grade import GradeMapper
from app.residents.fhir.patient import ResidentMapper
from app.residents.fhir.place import PlaceMapper
from app.residents.fhir.statements import AllergyMapper, DiagnosisMapper
from app.residents.fhir.stay import StayMapper

__all__ = [
    "AbsenceMapper",
    "AllergyMapper",
    "ContactMapper",
    "DiagnosisMapper",
    "GradeMapper",
    "PlaceMapper",
    "ResidentMapper",
    "StayMapper",
]
