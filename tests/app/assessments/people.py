"""Invented residents for the tests of assessments, written through the desk like everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.assessments.content import Content
from app.assessments.instruments import Fact, shipped
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignedOff, SignFirst, SignSecond
from app.compose import Station
from app.core.orders import Order, performs
from app.core.roles import Role
from app.core.unit import Unit
from db.models import Contact, Diagnosis, Place, Resident, ResidentSearch, Stay
from tests.support.station import PASSWORD, PEOPLE

GB = shipped()["gbt42195-2022"]
CALM: dict[str, Fact] = {
    **{f"A.2.14.{kind}": "无" for kind in range(1, 6)},
    "A.4.1": (),
    "A.5.11": "无",
}


@dataclass(frozen=True)
class Admit(Order[UUID]):
    """A resident with bed, daughter and diagnoses, as an import would leave them."""

    number: str = "01-000001"
    name: str = "王桂芳"
    bed: str = "2号楼 312-1"
    codes: tuple[str, ...] = ()
    born: date | None = date(1941, 3, 12)
    education: str = "80"


@performs(Admit)
def admit(unit: Unit, order: Admit) -> UUID:
    resident = Resident(
        **unit.stamp(),
        number=order.number,
        name=order.name,
        sex="2",
        birth_date=order.born,
        id_number=f"33020319410312{order.number[-4:]}",
        ethnicity="01",
        education=order.education,
        insurance=["1"],
    )
    bed = Place(**unit.stamp(), kind="bed", name=order.bed, label=order.bed)
    unit.session.add_all([resident, bed])
    unit.session.flush()
    rid = resident.rid
    unit.session.add_all(
        [
            Stay(**unit.stamp(), revision=1, resident=rid, begins=date(2026, 3, 1), bed=bed.rid),
            Contact(**unit.stamp(), resident=rid, name="王建国", relation="子", phone="13800004412"),
            ResidentSearch(rid=rid, status="in", sort=order.bed, text=f"{order.name} {order.bed}"),
            *(
                Diagnosis(**unit.stamp(), revision=1, resident=rid, words=code, code=code, ordinal=place)
                for place, code in enumerate(order.codes, 1)
            ),
        ]
    )
    return rid


def filled(station: Station, points: int = 62, facts: dict[str, Fact] | None = None) -> Content:
    """A complete form of so many points, without any reason to change the level unless given."""
    answers = dict.fromkeys(GB.items, 0)
    for code, item in GB.items.items():
        answers[code] = min(item.highest, points - sum(answers.values()))
    return Content(
        answers=answers,
        information={**CALM, **(facts or {})},
        assessed_on=station.clock.now().date(),
        occasion="首次评估",
        conclusion="转移、行走需他人协助。",
        place="2号楼护理站",
    )


def save(station: Station, resident: UUID, content: Content) -> bool:
    """Save a draft; whether it voided a first signature."""
    return station.desk.do_now(SaveDraft(resident, GB.code, content)).voided


def first(station: Station, resident: UUID, role: Role) -> SignedOff:
    proof = station.prove(PEOPLE[role].number, PASSWORD)
    return station.desk.do_now(SignFirst(resident, GB.code, proof))


def second(station: Station, resident: UUID, role: Role) -> SignedOff:
    proof = station.prove(PEOPLE[role].number, PASSWORD)
    return station.desk.do_now(SignSecond(resident, GB.code, proof))


def signed(station: Station, resident: UUID, content: Content) -> UUID:
    """A whole assessment: filled in, signed by the nurse and the assessor."""
    save(station, resident, content)
    first(station, resident, Role.NURSE)
    return second(station, resident, Role.ASSESSOR).record
