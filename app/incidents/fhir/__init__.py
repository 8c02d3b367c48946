"""An incident as AdverseEvent and back."""

from app.incidents.fhir.mapper import IncidentMapper

__all__ = ["IncidentMapper"]
