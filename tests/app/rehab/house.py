"""A small gym for tests of rehab: two residents, therapists, a doctor, a plan that runs, a clock to be put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.access.queries import ActorByNumber
from app.access.service import CreateStaff, StaffForm
from app.compose import Station
from app.core.roles import Role
from app.core.unit import Reader, Unit
from app.rehab.derived import Held, derive
from app.rehab.planning import (
    ConfirmPlan,
    Consent,
    DrawnUp,
    DrawUpPlan,
    GoalForm,
    IssuePlan,
    ItemForm,
    PlanForm,
    StateConsent,
)
from app.rehab.rules.sessions import SessionKey
from app.residents.stating import Seen
from tests.app.care.house import DAY, Home, at, furnished
from tests.support.acts import Act
from tests.support.station import PASSWORD, PEOPLE

__all__ = ["DAY", "Gym", "at", "gym_of", "staffed"]

THERAPISTS = {
    "林海涛": StaffForm("0811", "林海涛", frozenset({Role.THERAPIST}), "康复治疗师", "PT"),
    "何静": StaffForm("0812", "何静", frozenset({Role.THERAPIST}), "康复治疗师", "PT"),
    "苏婉": StaffForm("0813", "苏婉", frozenset({Role.THERAPIST}), "康复治疗师", "OT"),
    "丁一鸣": StaffForm("0814", "丁一鸣", frozenset({Role.THERAPIST}), "康复治疗师", "ST"),
    "许德海": StaffForm("0815", "许德海", frozenset({Role.DOCTOR}), "医师", "中医师"),
}
GOAL = GoalForm(
    "short",
    "由床坐起至站立",
    5,
    DAY + timedelta(days=21),
    condition="一人轻扶，无头晕",
    unit="次",
    baseline=0,
)
LONG = GoalForm(
    "long", "一人监护下完成床椅转移", 60, DAY + timedelta(days=80), measure="barthel", unit="分", baseline=20
)
ITEM = ItemForm("sit_to_stand", "坐站转移", "pt", 30, 3, week=("2 09:00", "4 09:00", "5 09:00"))
"""Tuesday (DAY), Thursday, Friday."""


@dataclass
class Gym:
    """李桂兰 has a plan once `plan()` was called; `home` is the house of the care tests."""

    home: Home
    staff: dict[str, UUID] = field(default_factory=dict)

    @property
    def station(self) -> Station:
        return self.home.station

    @property
    def li(self) -> UUID:
        return self.home.li

    @property
    def wang(self) -> UUID:
        return self.home.wang

    def become(self, who: Role | str) -> None:
        """Act as the person of a role, or as a therapist by name."""
        number = (
            THERAPISTS[who].number if isinstance(who, str) and who in THERAPISTS else PEOPLE[Role(who)].number
        )
        actor = self.station.ask_as_nobody(ActorByNumber(number))
        assert actor is not None
        self.station.desk.actor = actor

    def put(self, hour: int, minute: int = 0, day: date = DAY) -> None:
        self.home.put(hour, minute, day)

    def do(self, order: Any) -> Any:
        return self.station.desk.do_now(order)

    def ask(self, question: Any) -> Any:
        return self.station.desk.ask_now(question)

    def proof(self, who: Role | str) -> Any:
        number = (
            THERAPISTS[who].number if isinstance(who, str) and who in THERAPISTS else PEOPLE[Role(who)].number
        )
        return self.station.prove(number, PASSWORD)

    def form(self, **more: Any) -> PlanForm:
        begins = self.home.today
        plain = PlanForm(
            words="脑卒中后左侧偏瘫",
            phase="recovery",
            begins=begins,
            ends=begins + timedelta(days=84),
            review_on=begins + timedelta(days=21),
            measures=("barthel",),
            lead=self.staff["林海涛"],
        )
        return replace(plain, **more)

    def item(self, **more: Any) -> ItemForm:
        return replace(ITEM, **{"therapist": self.staff["林海涛"], "serves": 0, **more})

    def drawn_up(
        self,
        *items: ItemForm,
        resident: UUID | None = None,
        goals: tuple[GoalForm, ...] = (GOAL, LONG),
        **more: Any,
    ) -> DrawnUp:
        """A plan that waits for its signatures."""
        before = self.station.desk.actor
        self.become("林海涛")
        accept = more.pop("accept", ())
        order = DrawUpPlan(resident or self.li, self.form(**more), goals, items or (self.item(),), accept)
        drawn: DrawnUp = self.do(order)
        self.station.desk.actor = before
        return drawn

    def signed(self, drawn: DrawnUp) -> Seen:
        """Issued, confirmed and consented to: it runs."""
        before = self.station.desk.actor
        self.become("林海涛")
        seen = self.do(IssuePlan(drawn.plan, self.proof(Role.DOCTOR)))
        seen = self.do(ConfirmPlan(seen))
        seen = self.do(StateConsent(seen, Consent("李建国", "儿子")))
        self.station.desk.actor = before
        return Seen(seen.rid, seen.revision)

    def plan(self, *items: ItemForm, **more: Any) -> DrawnUp:
        """A plan that runs from now on; its `plan` is the revision that stands."""
        drawn = self.drawn_up(*items, **more)
        return replace(drawn, plan=self.signed(drawn))

    def held(self, *days: date, resident: UUID | None = None) -> list[Held]:
        """Sessions of some dates (today), of one resident or of everybody."""
        found: list[Held] = []

        def look(unit: Unit) -> None:
            reader: Reader = unit
            found.extend(derive(reader, None if resident is None else [resident], days or [self.home.today]))

        self.station.desk.do_now(Act(look))
        return found

    def key(self, time: str = "09:00", day: date | None = None) -> SessionKey:
        """The key of the session that stands at a time."""
        days = [day or self.home.today]
        return next(one.key for one in self.held(*days) if one.planned.time == time)


def gym_of(station: Station) -> Iterator[Gym]:
    """The house at 06:00, with therapists, 林海涛 at the desk."""
    for home in furnished(station):
        gym = staffed(home)
        gym.become("林海涛")
        yield gym


def staffed(home: Home) -> Gym:
    """The gym of a house, with its therapists; who is at the desk there stays."""
    gym, station = Gym(home), home.station
    before = station.desk.actor
    for name, form in THERAPISTS.items():
        administrator = station.ask_as_nobody(ActorByNumber("0001"))
        assert administrator is not None
        station.desk.actor = administrator
        slot = station.keyring.wrap((form.number, form.name), PASSWORD)
        station.desk.do_now(CreateStaff(form, slot, must_change=False))
        actor = station.ask_as_nobody(ActorByNumber(form.number))
        assert actor is not None
        gym.staff[name] = actor.rid
    station.desk.actor = before
    return gym
