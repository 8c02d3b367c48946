"""One look at the house: what several cards count is asked once."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from uuid import UUID

from app.assessments.due.queries import of_the_shift
from app.assessments.due.rows import DuePage
from app.care.derived import Held, hours_of, in_shift
from app.care.floors import floor_of_each
from app.core.unit import Reader
from app.medication.following import Following, FollowRow
from app.medication.following.questions import following
from app.referrals.coming_back.listing import OpenReturn, OpenReturns, open_returns
from app.vitals.queries import Abnormal
from app.vitals.queries.abnormal import AbnormalRow, abnormal

SPAN = timedelta(hours=24)
"""How far back the latest value of a sign counts as how somebody is now."""

MOST_DUES = 6
"""Overdue assessments by name; their worklist has them all."""


class Glance(Reader):
    """A reader that remembers; made anew for every question."""

    def __init__(self, reader: Reader) -> None:
        self.__dict__.update(reader.__dict__)

    @cached_property
    def abnormal(self) -> tuple[AbnormalRow, ...]:
        """Latest values that are yellow or red, red first."""
        return abnormal(self, Abnormal(self.now - SPAN))

    @cached_property
    def dues(self) -> DuePage:
        """Assessments that are overdue, the first of them by name, with the counts of the worklist."""
        return of_the_shift(self, MOST_DUES)

    @cached_property
    def care(self) -> list[Held]:
        """Every slot of care in the shift that goes on."""
        day, shift = hours_of(self).at(self.now)
        return in_shift(self, None, day, shift.key)

    @cached_property
    def follows(self) -> tuple[FollowRow, ...]:
        """What the doses that were given still ask for."""
        return following(self, Following()).rows

    @cached_property
    def floors(self) -> dict[UUID, UUID]:
        """The floor of every resident in the house."""
        return floor_of_each(self)

    @cached_property
    def returns(self) -> tuple[OpenReturn, ...]:
        """Who came back from hospital and of whom something waits."""
        return open_returns(self, OpenReturns())
