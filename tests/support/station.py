"""A real encrypted station in a temporary folder, founded once a session and copied for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.access.founding import SetUpForm
from app.access.keys import Cost
from app.access.service import CreateStaff, StaffForm
from app.compose import Station, compose
from app.core.clock import SetClock
from app.core.roles import Actor, Role

CHEAP = Cost(memory=64, passes=1, lanes=1)
"""Argon2id as cheap as it goes: tests sign in hundreds of times."""

MORNING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai
PASSWORD = "Gentle-2026"

PEOPLE: dict[Role, StaffForm] = {
    Role.ADMINISTRATOR: StaffForm("0001", "何伟", frozenset({Role.ADMINISTRATOR}), "管理人员"),
    Role.HEAD_NURSE: StaffForm(
        "0317", "周敏", frozenset({Role.HEAD_NURSE}), "护士", "主管护师", "PG310000126"
    ),
    Role.NURSE: StaffForm("0412", "林晓燕", frozenset({Role.NURSE}), "护士", "护师", "PG310000358"),
    Role.DOCTOR: StaffForm("0508", "陈永康", frozenset({Role.DOCTOR}), "医师", "主治医师"),
    Role.ASSESSOR: StaffForm("0610", "沈思远", frozenset({Role.ASSESSOR}), "评估员", "", "PG310000777"),
    Role.CAREGIVER: StaffForm("0722", "马丽", frozenset({Role.CAREGIVER}), "护理员"),
    Role.MANAGER: StaffForm("0002", "罗建华", frozenset({Role.MANAGER}), "管理人员"),
}


def valid_code(first17: str = "91310000MA1FL0000") -> str:
    """An invented 统一社会信用代码 with a right check character."""
    from app.access.rules import institution_check_character

    return first17 + institution_check_character(first17)


def set_up_form() -> SetUpForm:
    """The form of the invented institution all tests live in."""
    return SetUpForm(
        institution_name="康宁养护院",
        institution_code=valid_code(),
        institution_type="医务室",
        station_number="01",
        station_name="2号楼护理站",
        administrator=PEOPLE[Role.ADMINISTRATOR],
        administrator_password=PASSWORD,
        head_nurse=PEOPLE[Role.HEAD_NURSE],
        head_nurse_password=PASSWORD,
    )


@dataclass
class Founded:
    """A template home with one person of each role, to be copied."""

    root: Path
    recovery_code: str

    def copy(self, to: Path) -> Path:
        shutil.copytree(self.root, to)
        return to


def found(root: Path) -> Founded:
    """Found the template: set-up, then one account for every role of PEOPLE."""
    station = compose(root, clock=SetClock(MORNING), cost=CHEAP)
    code = station.set_up(set_up_form())
    station.sign_in("0001", PASSWORD)
    for role, form in PEOPLE.items():
        if role not in (Role.ADMINISTRATOR, Role.HEAD_NURSE):
            slot = station.keyring.wrap((form.number, form.name), PASSWORD)
            station.desk.do_now(CreateStaff(form, slot, must_change=False))
    station.close()
    return Founded(root, code)


def open_station(root: Path, role: Role = Role.HEAD_NURSE) -> Station:
    """The station of a home, with the person of a role at the desk; its clock stands at MORNING."""
    station = compose(root, clock=SetClock(MORNING), cost=CHEAP)
    station.sign_in(PEOPLE[role].number, PASSWORD)
    return station


def become(station: Station, role: Role) -> Actor:
    """Put the person of another role at the desk."""
    return station.sign_in(PEOPLE[role].number, PASSWORD).actor
