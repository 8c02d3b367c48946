"""The days of the demo station: what happens when, gathered from every subject and then lived in order of time."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.queries import ActorByNumber
from app.compose import Station
from app.core.clock import SetClock, date_in
from app.core.roles import Actor
from app.demo.people import Invented

HEAD_NURSE, NURSE, DOCTOR, CAREGIVER, THERAPIST, SOCIAL_WORKER = (
    "0317",
    "0412",
    "0508",
    "0722",
    "0701",
    "0901",
)
"""Staff numbers of the demo (`resources/demo/people.toml`) by what the subjects need them for."""


@dataclass(frozen=True)
class Person:
    """A resident of the demo: the record, and who was invented for it."""

    rid: UUID
    invented: Invented


@dataclass
class Days:
    """What subjects plan with. `at` puts an act on a day; `lived` has all of them done in order, clock and all."""

    station: Station
    moving: SetClock
    now: datetime
    count: int
    people: Sequence[Person]
    seed: int
    _acts: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    _actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The institution's date at the end of the demo."""
        return date_in(self.station.settings.zone, self.now)

    def date(self) -> date:
        """The institution's date while an act is done."""
        return date_in(self.station.settings.zone, self.moving.now())

    def dice(self, subject: str) -> random.Random:
        """Chance of a subject's own, so that one subject's change leaves the others' people as they were."""
        return random.Random(f"{self.seed} {subject}")

    def moment(self, days_back: int, hour: int, minute: int = 0) -> datetime:
        """An instant by the institution's clock, some days before the end."""
        day = self.today - timedelta(days=days_back)
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.station.settings.zone))

    def at(self, moment: datetime, act: Callable[[], object]) -> None:
        """Have an act done at a moment; what would lie after the end of the demo is left out."""
        if moment <= self.now:
            self._acts.append((moment, len(self._acts), act))

    def lived(self) -> None:
        """Do everything in order; the clock stands at the end afterwards."""
        for moment, _order, act in sorted(self._acts, key=lambda one: one[:2]):
            self.moving.put(moment)
            act()
        self.moving.put(self.now)

    def become(self, number: str) -> Actor:
        """Who acts from here on."""
        self.station.desk.actor = self.actor(number)
        return self.actor(number)

    def actor(self, number: str) -> Actor:
        """Whoever has this staff number; nobody changes their work while the demo lives."""
        known = self._actors.get(number)
        if known is None:
            known = self.station.ask_as_nobody(ActorByNumber(number))
            if known is None:
                raise LookupError(number)
            self._actors[number] = known
        return known
