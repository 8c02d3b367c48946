"""How things stand with the platform, in a few numbers and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.sync import marks
from app.sync.push.queue import Tallied, tallied


@dataclass(frozen=True)
class Standing:
    """What waits and what is put aside; when everything was last confirmed; why not now, in words, or empty."""

    waiting: int
    conflicts: int
    quarantined: int
    last_success: datetime | None
    error: str


@dataclass(frozen=True)
class HowItStands(Question[Standing]):
    """As it was confirmed last; the platform is not asked."""


@answers(HowItStands)
def how_it_stands(reader: Reader, _question: HowItStands) -> Standing:
    left = tallied(reader, Tallied())
    words = marks.state(reader.session).words
    success = marks.success(reader.session)
    return Standing(left.waiting, left.conflicts, left.quarantined, success, words)
