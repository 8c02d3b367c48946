"""What can become of a care task at its time, in words: done, in part, refused, not done, or the resident was away."""

from __future__ import annotations

DONE, PARTLY, REFUSED, NOT_DONE, AWAY = "done", "partly", "refused", "not_done", "away"
OUTCOMES = {DONE: "已做", PARTLY: "部分完成", REFUSED: "拒绝", NOT_DONE: "未做", AWAY: "外出"}
"""Every outcome that can be recorded, as the table knows them."""
_NEED = frozenset({PARTLY, REFUSED, NOT_DONE})


def outcome_words(outcome: str) -> str:
    return OUTCOMES.get(outcome, outcome)


def needs_why(outcome: str) -> bool:
    """Whether the outcome says nothing without a reason."""
    return outcome in _NEED
