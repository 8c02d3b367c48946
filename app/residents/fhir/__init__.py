"""Residents, places, stays, allergies and diagnoses to and from FHIR resources."""

from app.residents.fhir.patient import ResidentMapper
from app.residents.fhir.place import PlaceMapper
from app.residents.fhir.statements import AllergyMapper, DiagnosisMapper
from app.residents.fhir.stay import StayMapper

__all__ = ["AllergyMapper", "DiagnosisMapper", "PlaceMapper", "ResidentMapper", "StayMapper"]
