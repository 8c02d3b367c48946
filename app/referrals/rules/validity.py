"""How an agreement or a licence stands on a day: not yet begun, valid, soon over, over, ended before its time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Validity(StrEnum):
    """`SOON`: valid, and within the days before its end in which somebody should see to it."""

    COMING = "coming"
    VALID = "valid"
    SOON = "soon"
    OVER = "over"
    ENDED = "ended"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def holds(self) -> bool:
        return self in (Validity.VALID, Validity.SOON)


_WORDS = {
    Validity.COMING: "未生效",
    Validity.VALID: "有效",
    Validity.SOON: "即将到期",
    Validity.OVER: "已过期",
    Validity.ENDED: "已终止",
}


@dataclass(frozen=True)
class Term:
    """From when to when, both days included; `ends` None without limit; `ended` before its time on that day."""

    begins: date
    ends: date | None = None
    ended: date | None = None
    remind: int = 0


def validity(term: Term, day: date) -> Validity:
    """How it stands on `day`; on the day it ended before its time it holds no more."""
    if term.ended is not None and day >= term.ended:
        return Validity.ENDED
    if day < term.begins:
        return Validity.COMING
    if term.ends is None:
        return Validity.VALID
    if day > term.ends:
        return Validity.OVER
    return Validity.SOON if (term.ends - day).days <= term.remind else Validity.VALID


def days_words(term: Term, day: date) -> str:
    """`还有 12 天到期`, `今天到期`, `过期 3 天`; empty without an end, and of one that was ended."""
    if term.ends is None or validity(term, day) is Validity.ENDED:
        return ""
    left = (term.ends - day).days
    if left == 0:
        return "今天到期"
    return f"还有 {left} 天到期" if left > 0 else f"过期 {-left} 天"


def used(term: Term, day: date) -> float | None:
    """How much of its time is over, 0–1; None without an end."""
    if term.ends is None:
        return None
    whole = (term.ends - term.begins).days + 1
    return min(1.0, max(0.0, ((day - term.begins).days) / whole))


def renewed(term: Term, others: Iterable[Term]) -> bool:
    """Whether one of the same kind goes on after it: it began later, lasts longer, and was not ended."""
    return any(
        other.begins > term.begins
        and other.ended is None
        and term.ends is not None
        and (other.ends is None or other.ends > term.ends)
        for other in others
    )


def wants_care(term: Term, others: Iterable[Term], day: date) -> bool:
    """Whether somebody has to see to it on a day: soon over or over, and nothing goes on after it."""
    return validity(term, day) in (Validity.SOON, Validity.OVER) and not renewed(term, others)
