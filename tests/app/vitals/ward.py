"""An invented floor for the tests of vital signs: people in beds, brought in the way real ones come."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.residents.importing import ImportRoster
from app.residents.queries import FindResident
from app.residents.rules import check_digit
from app.vitals.catalogue import sign_of
from app.vitals.rules import Measured, read_value
from tests.support.station import become

NAMES = ("李桂兰", "李贵兰", "王素芬", "赵树仁", "韩明德", "欧阳淑华", "周月娥", "陈金宝", "叶福荣", "周瑞芳")


def ward(station: Station, folder: Path, count: int = 4, *, births: tuple[date, ...] = ()) -> list[UUID]:
    """People on 2号楼3层, four to a room, in the order of their beds; the nurse is at the desk afterwards."""
    roster = folder / "ward.csv"
    numbers = []
    with roster.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("床位", "姓名", "性别", "身份证号", "入住日期"))
        for one in range(count):
            birth = births[one] if one < len(births) else date(1938, 1, 5) + timedelta(days=97 * one)
            first17 = f"310199{birth:%Y%m%d}{one * 2:03d}"
            numbers.append(first17 + check_digit(first17))
            name = NAMES[one] if one < len(NAMES) else _name(one)
            bed = f"2号楼3{one // 4 + 1:02d}-{one % 4 + 1}"
            writer.writerow((bed, name, "女", numbers[-1], "2026-03-01"))
    station.desk.do_now(ImportRoster(roster))
    become(station, Role.NURSE)
    return [station.desk.ask_now(FindResident(number)).rid for number in numbers]


def measured(**typed: str) -> tuple[Measured, ...]:
    """What was typed into the cells, as values: `measured(temperature="36.5", blood_pressure="142/78")`."""
    return tuple(read_value(sign_of(code), text) for code, text in typed.items())


def forward(station: Station, **time: int) -> None:
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(**time))


def _name(one: int) -> str:
    """A name nobody else here has, and none that sounds alike."""
    return f"{NAMES[one % 10][0]}{'甲乙丙丁'[one // 10]}{'春夏秋冬'[one % 4]}"
