"""Builds the demo station: founding, staff, roster, and then its days, as each subject plans them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from app.access.decisions import ChangeSettings
from app.access.founding import SetUpForm
from app.access.keys import STRONG, Cost
from app.access.queries import ActorByNumber
from app.access.rules import institution_check_character
from app.access.service import CreateStaff, StaffForm
from app.compose import Phase, Station, compose
from app.core.clock import Clock, SetClock, SystemClock, date_in
from app.core.errors import Refusal
from app.core.home import Home
from app.core.resources import resource
from app.core.roles import Actor, Role
from app.demo.assessments import assess
from app.demo.care import look_after
from app.demo.cupboard import fill_cupboard
from app.demo.days import DOCTOR, Days, Person
from app.demo.incidents import mishap
from app.demo.journals import keep_journals
from app.demo.medication import medicate
from app.demo.people import Invented, as_csv, beds_csv, invent
from app.demo.referrals import refer
from app.demo.register import filled_in, name_guardians
from app.demo.rehab import rehabilitate
from app.demo.roster import admit, furnish
from app.demo.screens import screen
from app.demo.statements import review
from app.demo.stays import come_and_go
from app.demo.story import STORY, WHO, Story
from app.demo.vitals import measure
from app.residents.queries import FindResident

PASSWORD = "Demo-2026"  # noqa: S105  # invented people of an invented institution
MARK = "demo.json"
REVIEWED = 12
"""Residents whose allergies and diagnoses the doctor has gone through since the roster came."""
_FIRST17 = "91310000MA1DEM000"


@dataclass(frozen=True)
class Plan:
    """What is asked of the demo: how many residents, over how many days, from which seed."""

    residents: int = 60
    days: int = 30
    seed: int = 1

    @property
    def tells(self) -> bool:
        """Whether there is room for the half year of one resident's rehab."""
        return self.days >= 28

    def stored(self) -> dict[str, int]:
        return {"residents": self.residents, "days": self.days, "seed": self.seed}


@dataclass(frozen=True)
class User:
    """Somebody who can sign in at the demo."""

    number: str
    name: str
    role: str


def build(home: Path, plan: Plan, clock: Clock | None = None, cost: Cost = STRONG) -> tuple[User, ...]:
    """The demo station in a folder; one that is there already is left as it is. Refuses a real station's folder."""
    users = tuple(User(one.number, one.name, _first_role(one)) for one in _staff())
    Home(home).prepare()  # who may not work here is told so, before anything is looked for
    mark = home / MARK
    if mark.exists():
        if orjson.loads(mark.read_bytes()) != plan.stored():
            raise Refusal("这个文件夹里已有另一个演示站点，请用 --home 换一个文件夹。")
        return users
    now = (clock or SystemClock()).now()
    moving = SetClock(now - timedelta(days=max(plan.days + 1, STORY if plan.tells else 0)))
    station = compose(home, clock=moving, cost=cost)
    try:
        if station.phase is not Phase.EMPTY:
            raise Refusal("这个文件夹里已有一个站点，演示数据不会写进去。请用 --home 换一个文件夹。")
        _live(station, moving, plan, now)
    finally:
        station.close()
    mark.write_bytes(orjson.dumps(plan.stored()))
    return users


def _live(station: Station, moving: SetClock, plan: Plan, now: datetime) -> None:
    dice = random.Random(plan.seed)
    people = _staff()
    administrator = next(one for one in people if Role.ADMINISTRATOR in one.roles)
    head_nurse = next(one for one in people if Role.HEAD_NURSE in one.roles)
    station.set_up(_set_up(administrator, head_nurse))
    station.sign_in(administrator.number, PASSWORD)
    told = station.desk.do_now(_told_to_120())
    station.desk.surroundings = replace(station.desk.surroundings, settings=told)
    _employ(station, [one for one in people if one not in (administrator, head_nurse)])
    station.desk.actor = _actor(station, head_nurse.number)
    residents = invent(plan.residents, date_in(station.settings.zone, now), dice)
    furnish(station.desk, beds_csv(plan.residents))
    roster = filled_in(residents, plan.seed)
    first = [one for one in roster if plan.tells and one.cells["姓名"] == WHO]
    story = _before(station, moving, plan, first, now) if first else None
    station.desk.actor = _actor(station, head_nurse.number)
    admit(station.desk, as_csv([one for one in roster if one not in first]))
    days = Days(station, moving, now, plan.days, _living(station, residents), plan.seed)
    days.at(moving.now() + timedelta(hours=2), lambda: _review(days))
    assess(days)
    screen(days)
    come_and_go(days)
    mishap(days)
    measure(days)
    fill_cupboard(days)
    medicate(days)
    keep_journals(days)
    look_after(days)
    if story is not None:
        story.tell(days)
    rehabilitate(days)
    refer(days)
    name_guardians(days)
    days.lived()
    days.become(head_nurse.number)


def _employ(station: Station, people: Sequence[StaffForm]) -> None:
    for one in people:
        slot = station.keyring.wrap((one.number, one.name), PASSWORD)
        station.desk.do_now(CreateStaff(one, slot, must_change=False))


def _before(
    station: Station, moving: SetClock, plan: Plan, first: Sequence[Invented], now: datetime
) -> Story:
    """The weeks before the days of everybody else: one resident is here already, and what is told of them begins."""
    admit(station.desk, as_csv(list(first)))
    begin = now - timedelta(days=plan.days + 1)
    early = Days(station, moving, begin, STORY - plan.days, _living(station, first), plan.seed)
    story = Story(early.people[0], date_in(station.settings.zone, now))
    story.tell(early)
    early.lived()
    return story


def _living(station: Station, residents: Sequence[Invented]) -> list[Person]:
    return [Person(station.desk.ask_now(FindResident(one.cells["身份证号"])).rid, one) for one in residents]


def _review(days: Days) -> None:
    days.become(DOCTOR)
    review(days.station.desk, [one.rid for one in days.people[:REVIEWED]])


def _actor(station: Station, number: str) -> Actor:
    actor: Actor | None = station.ask_as_nobody(ActorByNumber(number))
    if actor is None:
        raise LookupError(number)
    return actor


def _staff() -> list[StaffForm]:
    pool = tomllib.loads(resource("demo", "people.toml").read_text("utf-8"))
    return [
        StaffForm(
            one["number"],
            one["name"],
            frozenset(Role(role) for role in one["roles"]),
            one["profession"],
            one.get("title", ""),
            one.get("certificate", ""),
        )
        for one in pool["staff"]
    ]


def _first_role(form: StaffForm) -> str:
    return next(role.value for role in Role if role in form.roles)


def _told_to_120() -> ChangeSettings:
    """Where the house is and who meets the ambulance."""
    return ChangeSettings(
        5,
        stack_level_raises=False,
        address="安和市北湖区梧桐路 18 号",
        phone="0592-5550188",
        ambulance_lift="2号楼东侧 3 号梯，可进担架",
        ambulance_meeting="北门已开，护理员在梧桐路口接车",
    )


def _set_up(administrator: StaffForm, head_nurse: StaffForm) -> SetUpForm:
    return SetUpForm(
        institution_name="康宁养护院",
        institution_code=_FIRST17 + institution_check_character(_FIRST17),
        institution_type="医务室",
        station_number="01",
        station_name="2号楼护理站",
        administrator=administrator,
        administrator_password=PASSWORD,
        head_nurse=head_nurse,
        head_nurse_password=PASSWORD,
    )
