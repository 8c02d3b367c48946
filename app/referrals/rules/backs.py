"""Returns from hospital, for counting: papers that did not come, in time or not, who was sent again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID


@dataclass(frozen=True)
class PaperCame:
    """One paper of one return: its state, and when somebody said it is here."""

    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class Back:
    """A return. `papers` by code; `settled`: when the medicines were signed as reconciled; `to_settle`: there is
    something to reconcile; `absence`: the time in hospital it ended."""

    rid: UUID
    resident: UUID
    name: str
    at: datetime
    hospital: str
    came_with: str
    assess_by: datetime
    assessed_at: datetime | None
    papers: Mapping[str, PaperCame]
    to_settle: bool
    settled: datetime | None
    absence: UUID | None


@dataclass(frozen=True)
class Again:
    """Somebody who was back and went to hospital again; `begins` None: not within the time."""

    back: Back
    begins: datetime | None = None
    whither: str = ""

    @property
    def days(self) -> int:
        return 0 if self.begins is None else (self.begins - self.back.at).days


def again(
    backs: Iterable[Back], stays: Mapping[UUID, Sequence[tuple[datetime, str]]], within: timedelta
) -> list[Again]:
    """Each return with the next time in hospital of the same resident, where it began within the time.

    `stays`: by resident, when each time in hospital began and where."""
    found = []
    for back in backs:
        later = [one for one in stays.get(back.resident, ()) if back.at < one[0] <= back.at + within]
        begins, whither = min(later, default=(None, ""))
        found.append(Again(back, begins, whither))
    return found


def in_time(by: datetime, done: datetime | None, now: datetime) -> bool | None:
    """Whether something was done by its time; None while it may still be."""
    if done is not None:
        return done <= by
    return False if now > by else None
