"""A house for tests of the prescription screens: eleven medicines, grounds for free ones, prescriptions of before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.core.roles import Role
from app.core.unit import Unit
from app.medication.prescriptions import (
    Item,
    PrescribeExtended,
    PrescribeFree,
    PrescribeLong,
    PrescriptionRow,
    RxBoard,
    Signed,
)
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.rules import read_place
from app.residents.service import CreateResident
from app.residents.stating import Seen
from app.residents.stating.allergies import AddAllergy
from app.residents.stating.forms import AllergyForm
from db.models import Diagnosis, Entry, Staff
from tests.app.medication.house import DAY, Ward
from tests.support.acts import Act

ELEVEN = (
    ("阿托伐他汀", "20"), ("酒石酸美托洛尔", "25"), ("硝苯地平", "30"), ("格列齐特", "30"), ("华法林", "2.5"),
    ("阿司匹林", "100"), ("氯化钾", "0.5"), ("维生素B6", "10"), ("叶酸", "5"), ("沙库巴曲缬沙坦", "50"),
    ("门冬胰岛素", "6"),
)  # fmt: skip
DAUGHTER = Signed("李敏", "女儿", (((100, 100), (300, 220), (420, 90)), ((500, 80), (520, 240), (800, 120))))


def ouyang(ward: Ward) -> UUID:
    """欧阳淑华 with a long allergy and eleven medicines."""
    ward.become(Role.HEAD_NURSE)
    ward.do(AddBeds("2号楼", "3层", "305", "1-2", "nursing"))
    place = read_place(bed="2号楼305-1")
    born = DAY.replace(year=1936, month=2, day=3)
    rid: UUID = ward.do(CreateResident(ResidentForm("欧阳淑华", "2", born, place=place, admitted_on=DAY)))
    ward.become(Role.NURSE)
    ward.do(
        AddAllergy(
            rid, AllergyForm("破伤风抗毒素及含马血清的各类制剂", "喉头水肿", "severe", "confirmed", "家属")
        )
    )
    for name, amount in ELEVEN:
        ward.order(name, amount, "q12h" if name == "叶酸" else "qd", resident=rid)
    ward.order("曲马多", "100", "qn", days="7", resident=rid)
    return rid


def state(ward: Ward, resident: UUID, words: str, code: str = "") -> None:
    def write(unit: Unit) -> None:
        unit.session.add(Diagnosis(**unit.stamp(), revision=1, resident=resident, words=words, code=code))

    ward.do(Act(write))


def entitle(ward: Ward, resident: UUID) -> None:
    def write(unit: Unit) -> None:
        content = {"type": "dibao", "certificate": "低-0231", "valid_to": "2027-06-30"}
        row = Entry(
            **unit.stamp(), revision=1, resident=resident, journal="entitlement", content=content, begins=DAY
        )
        unit.session.add(row)

    ward.do(Act(write))


def titled(ward: Ward, title: str) -> None:
    """The doctor's title."""

    def write(unit: Unit) -> None:
        for staff in unit.session.query(Staff):
            if staff.number == "0508":
                staff.title = title

    ward.do(Act(write))


def long(ward: Ward, *orders: UUID, resident: UUID | None = None, **more: Any) -> Seen:
    """A long prescription as it was signed before."""
    ward.become(Role.DOCTOR)
    form = PrescribeLong(
        resident or ward.li,
        orders,
        4,
        "高血压病2级",
        "近两次 132/78、128/76",
        ward.proof(Role.DOCTOR),
        seen_in_person=True,
    )
    seen: Seen = ward.do(replace(form, **more))
    return seen


def extended(ward: Ward, *orders: UUID, times: int = 2) -> Seen:
    ward.become(Role.DOCTOR)
    form = PrescribeExtended(
        ward.li, orders, "市第一医院", "RX-88213", "刘海峰", DAY - timedelta(days=3), 28, times, "高血压病2级",
        ward.proof(Role.DOCTOR), "医院配送到站",
    )  # fmt: skip
    seen: Seen = ward.do(form)
    return seen


def free(ward: Ward, *codes: str) -> Seen:
    ward.become(Role.DOCTOR)
    items = tuple(Item(code, "28", "0.35") for code in codes)
    seen: Seen = ward.do(PrescribeFree(ward.li, items, DAY, ward.proof(Role.DOCTOR), DAUGHTER))
    return seen


def papers(ward: Ward, resident: UUID | None = None, *, over: bool = False) -> tuple[PrescriptionRow, ...]:
    """The prescriptions of the house or of one resident as the board lists them, the newest first."""
    board = ward.ask(RxBoard(resident))
    rows = (*board.long, *board.extended, *board.free, *(board.over if over else ()))
    return tuple(sorted(rows, key=lambda row: (row.begins, row.number), reverse=True))
