"""How many residents wait for an assessment: the number beside 评估 in the sidebar."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.worklist import CountWork, count_work
from app.core.orders import Question, answers
from app.core.unit import Reader


@dataclass(frozen=True)
class CountDue(Question[int]):
    """Overdue, due within a week, or never assessed."""


@answers(CountDue)
def count_due(reader: Reader, _question: CountDue) -> int:
    return count_work(reader, CountWork()).soon
