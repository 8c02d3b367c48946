"""An assessment as QuestionnaireResponse, two Observations (total, level) and one Provenance a signature."""

from app.assessments.fhir.mapper import AssessmentMapper

__all__ = ["AssessmentMapper"]
