"""How many record revisions wait for the district platform: what the foot of the sidebar says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.unit import Reader
from db.models import Outbox


@dataclass(frozen=True)
class Waiting(Question[int]):
    """The number of outbox lines the platform has not yet acknowledged."""


@answers(Waiting)
def waiting(reader: Reader, _question: Waiting) -> int:
    return reader.session.scalar(select(func.count()).where(Outbox.state != "acked")) or 0
