"""How many of today's sessions are still to be held: the number beside 康复 in the sidebar."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.derived import Held, derive
from app.rehab.rules.sessions import SessionState


@dataclass(frozen=True)
class CountOpenSessions(Question[int]):
    """Of today, in the whole house: later today, due or going on; only of plans that run."""


@answers(CountOpenSessions)
def count_open_sessions(reader: Reader, _question: CountOpenSessions) -> int:
    reader.require(Right.READ_RESIDENTS)
    return sum(still_open(one) for one in derive(reader, None, (reader.today,)))


def still_open(held: Held) -> bool:
    """Whether a session is still to be held or goes on."""
    return not held.tentative and (held.state.open or held.state is SessionState.PLANNED)
