"""Builds the demo station: founding, staff, roster, and assessments signed by two people over the last days."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from app.access import proof
from app.access.founding import SetUpForm
from app.access.keys import STRONG, Cost
from app.access.queries import ActorByNumber
from app.access.rules import institution_check_character
from app.access.service import CreateStaff, StaffForm
from app.assessments.instrument import Instrument
from app.assessments.instrument_file import instrument_called
from app.assessments.record_queries import OpenForm
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignFirst, SignSecond
from app.compose import Phase, Station, compose
from app.core.clock import Clock, SetClock, SystemClock, date_in, local
from app.core.errors import Refusal
from app.core.home import Home
from app.core.resources import resource
from app.core.roles import Actor, Role
from app.demo.filling import Visit, fill
from app.demo.people import Invented, as_csv, beds_csv, invent
from app.demo.roster import admit, furnish
from app.demo.statements import review
from app.residents.queries import FindResident

PASSWORD = "Demo-2026"  # noqa: S105  # invented people of an invented institution
MARK = "demo.json"
ABILITY = "gbt42195-2022"
REVIEWED = 12
"""Residents whose allergies and diagnoses the doctor has gone through since the roster came."""
_FIRST17 = "91310000MA1DEM000"


@dataclass(frozen=True)
class Plan:
    """What is asked of the demo: how many residents, over how many days, from which seed."""

    residents: int = 60
    days: int = 30
    seed: int = 1

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
    moving = SetClock(now - timedelta(days=plan.days + 1))
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
    for one in people:
        if one not in (administrator, head_nurse):
            slot = station.keyring.wrap((one.number, one.name), PASSWORD)
            station.desk.do_now(CreateStaff(one, slot, must_change=False))
    _become(station, head_nurse.number)
    residents = invent(plan.residents, date_in(station.settings.zone, now), dice)
    furnish(station.desk, beds_csv(plan.residents))
    admit(station.desk, as_csv(residents))
    _become(station, "0508")
    moving.put(moving.now() + timedelta(hours=2))
    named = [one.cells["身份证号"] for one in residents[:REVIEWED]]
    review(station.desk, [station.desk.ask_now(FindResident(number)).rid for number in named])
    _become(station, head_nurse.number)
    _assess(station, moving, _Days(plan, now, residents, dice))


@dataclass(frozen=True)
class _Days:
    plan: Plan
    now: datetime
    residents: list[Invented]
    dice: random.Random


def _assess(station: Station, moving: SetClock, days: _Days) -> None:
    """Everyone once, on some day of the plan; every third again a few days later, a little changed."""
    instrument = instrument_called(ABILITY)
    visits: list[tuple[datetime, int, bool]] = []
    for index in range(len(days.residents)):
        back = days.dice.randrange(1, max(days.plan.days, 1) + 1)
        morning = local(station.settings.zone, days.now).replace(hour=9, minute=0, second=0, microsecond=0)
        first = morning - timedelta(days=back) + timedelta(minutes=days.dice.randrange(0, 420))
        visits.append((first, index, True))
        if index % 3 == 0 and back > 8:
            visits.append((first + timedelta(days=back // 2), index, False))
    numbers: dict[str, Any] = {}
    pairs = (("0610", "0412"), ("0412", "0508"), ("0610", "0317"))
    for at, index, first_time in sorted(visits):
        moving.put(at)
        person = days.residents[index]
        ability = (
            person.ability if first_time else min(1.0, person.ability + days.dice.choice([-0.08, 0.05, 0.1]))
        )
        identity = numbers.setdefault(
            person.cells["身份证号"], station.desk.ask_now(FindResident(person.cells["身份证号"])).rid
        )
        begun = station.desk.ask_now(OpenForm(identity)).content
        day = date_in(station.settings.zone, at)
        content = fill(instrument, Visit(begun, ability, day), days.dice)
        _sign_off(station, instrument, identity, content, pairs[index % 3])
    moving.put(days.now)


def _sign_off(
    station: Station, instrument: Instrument, resident: Any, content: Any, pair: tuple[str, str]
) -> None:
    first = _become(station, pair[0])
    station.desk.do_now(SaveDraft(resident, instrument.code, content))
    station.desk.do_now(SignFirst(resident, instrument.code, _proof(station, first)))
    second: Actor = station.ask_as_nobody(ActorByNumber(pair[1]))
    station.desk.do_now(SignSecond(resident, instrument.code, _proof(station, second)))


def _proof(station: Station, actor: Actor) -> proof.Proof:
    """As the sign panel gives it after the password; the demo knows its people's passwords."""
    return proof.make(station.desk.surroundings.seals, actor.rid, station.clock.now())


def _become(station: Station, number: str) -> Actor:
    actor: Actor | None = station.ask_as_nobody(ActorByNumber(number))
    if actor is None:
        raise LookupError(number)
    station.desk.actor = actor
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
