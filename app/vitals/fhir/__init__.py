"""A measurement as one Observation and back."""

from app.vitals.fhir.mapper import VitalMapper

__all__ = ["VitalMapper"]
