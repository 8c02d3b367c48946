"""Assessments on the platform: what was asked, answered, found, signed, said of it and put off, there and back.

Questionnaire          shipped instruments (no record), own ones with their file
QuestionnaireResponse  an assessment, with Observations and RiskAssessments that follow, a Provenance a signature
Communication          consent, doubt, other opinions      Task  an assessment put off, or not called for
"""

from app.assessments.fhir.deferral import DeferralMapper
from app.assessments.fhir.instrument import InstrumentMapper
from app.assessments.fhir.mapper import AssessmentMapper
from app.assessments.fhir.own import OwnInstrumentMapper
from app.assessments.fhir.statement import StatementMapper

__all__ = ["AssessmentMapper", "DeferralMapper", "InstrumentMapper", "OwnInstrumentMapper", "StatementMapper"]
