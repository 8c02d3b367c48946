"""What came from the platform and was put aside: kept with its reason, and tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.unit import Reader
from db.models import Remote


@dataclass(frozen=True)
class Aside(Question[tuple[dict[str, Any], ...]]):
    """The bodies of one type that were put aside, the oldest first."""

    type: str


@answers(Aside)
def aside(reader: Reader, question: Aside) -> tuple[dict[str, Any], ...]:
    statement = select(Remote.theirs).where(
        Remote.type == question.type, Remote.words.is_not(None), Remote.theirs.is_not(None)
    )
    return tuple(reader.session.scalars(statement.order_by(Remote.received_at)))
