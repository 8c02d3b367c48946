"""Rehab on the platform: evaluations, plans, goals and how far they came, programme items, what became of sessions."""

from app.rehab.fhir.evaluation import EvaluationMapper
from app.rehab.fhir.goal import GoalMapper
from app.rehab.fhir.item import ItemMapper
from app.rehab.fhir.plan import PlanMapper
from app.rehab.fhir.rating import RatingMapper
from app.rehab.fhir.session import SessionMapper

__all__ = ["EvaluationMapper", "GoalMapper", "ItemMapper", "PlanMapper", "RatingMapper", "SessionMapper"]
