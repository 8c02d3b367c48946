"""Rounds of doctors as Encounter, and what they found in a resident as ClinicalImpression; both back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader, Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import ACT_CODE, coded, words
from app.fhir.elements import filled
from app.referrals.fhir.guarded import (
    ENCOUNTER,
    HouseMapper,
    ReferralsMapper,
    annotated,
    listed,
    numbered,
    organisation,
)
from app.rehab.fhir.guarded import here, peopled
from app.residents.fhir.consent import refused
from app.residents.fhir.people import Peopled, person
from db.models import DoctorRound, RoundVisit

CLASSES = {
    "on_site": {"system": ACT_CODE, "code": "FLD", "display": "field"},
    "video": {"system": ACT_CODE, "code": "VR", "display": "virtual"},
}
STATUSES = {"planned": "planned", "held": "finished", "cancelled": "cancelled"}
ROUND = "urn:carestation:round-visit"
TEXTS = {
    "complaint": "主诉", "examined": "查体", "assessment": "评估", "exams": "检查建议", "refer": "转诊建议",
    "nursing": "护理建议", "rehab": "康复建议", "education": "健康教育",
}  # fmt: skip


@dataclass(frozen=True)
class _Discreet(Peopled):
    """`private`: residents who refused the upload."""

    private: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


class RoundMapper(HouseMapper[DoctorRound]):
    """A round is of no resident: whom the doctor is to see stands among its fields, without those who refused the
    upload; those lines stay at the stations that have them."""

    kind = "doctor_round"
    called = "巡诊"
    resource = "Encounter"
    model = DoctorRound
    owned = frozenset({"status", "class", "type", "participant", "period", "serviceProvider"})
    safe = ("status", "class")

    def house(self, reader: Reader) -> House:
        house = peopled(reader)
        asked = reader.session.scalars(select(DoctorRound.asked).where(DoctorRound.current))
        private = refused(reader, {rid for one in asked for rid in _asked_of(one)})
        known = {one.name: getattr(house, one.name) for one in fields(house)}
        return _Discreet(**known, private=frozenset(map(str, private)))

    def taking(self, unit: Unit) -> House:
        return self.house(unit)

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:round"})

    def elements(self, house: House, row: DoctorRound) -> dict[str, Any]:
        private = house.private if isinstance(house, _Discreet) else frozenset()
        return super().elements(house, _without(row, private) if private else row)

    def said(self, house: House, row: Any) -> dict[str, Any]:
        return filled(
            identifier=numbered(house, "round", row.number),
            status=STATUSES[row.status],
            type=[coded(ENCOUNTER, "round", "巡诊")],
            participant=[{"individual": _doctor(house, row)}],
            period=_period(house, row),
            serviceProvider=organisation(row.partner, row.partner_words),
            **{"class": CLASSES[row.way]},
        )

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        standing = select(DoctorRound.asked).where(DoctorRound.rid == by.rid, DoctorRound.current)
        mine = unit.session.scalar(standing) or {}
        private = frozenset(map(str, refused(unit, _asked_of(mine))))
        there = list(listed(said["asked"], "all"))
        kept = [one for one in listed(mine, "all") if _resident(one) in private and one not in there]
        if kept:
            said["asked"] = {**said["asked"], "all": [*there, *kept]}


class VisitMapper(ReferralsMapper[RoundVisit]):
    """A judgement of several findings, as an evaluation of rehab is: not one Observation."""

    kind = "round_visit"
    called = "巡诊记录"
    resource = "ClinicalImpression"
    model = RoundVisit
    owned = frozenset(
        {
            "status", "code", "description", "subject", "encounter", "date", "assessor", "summary", "note",
        }
    )  # fmt: skip
    safe = ("status", "summary")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        summary, said = row.content.get("assessment"), row.content
        notes = [f"{shown}：{text}" for key, shown in TEXTS.items() if (text := _text(said.get(key)))]
        orders = (_text(one.get("words")) for one in listed(row.orders, "all") if isinstance(one, dict))
        return filled(
            status="completed" if row.doctor_at else "in-progress",
            code=coded(ROUND, "home-bed" if row.home_bed else "round", "查床" if row.home_bed else "巡诊"),
            description=words(row.question),
            encounter=local("Encounter", row.doctor_round) if row.doctor_round else {},
            assessor=person(house, row.doctor, row.doctor_name),
            summary=_text(summary),
            note=annotated([*notes, *(f"医嘱：{one}" for one in orders if one)]),
        )

    def dated(self, house: House, row: RoundVisit) -> dict[str, Any]:
        return {"date": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["doctor_round"] is not None:
            here(unit, DoctorRound, said["doctor_round"], "这条记录的巡诊还没有收到。")


def _doctor(house: House, row: Any) -> dict[str, Any]:
    if row.visitor:
        return {**local("PractitionerRole", row.visitor), **filled(display=words(row.doctor_name))}
    return person(house, row.staff, row.doctor_name) or {"display": "巡诊医师"}


def _period(house: House, row: Any) -> dict[str, str]:
    start = stamp(house, row.arrived) if row.arrived else row.planned_on.isoformat()
    over = row.left is not None and row.arrived is not None and row.left >= row.arrived
    return {"start": start, **({"end": stamp(house, row.left)} if over else {})}


def _text(said: Any) -> str:
    return words(said) if isinstance(said, str) else ""


def _resident(line: Any) -> str:
    return str(line.get("resident", "")) if isinstance(line, dict) else ""


def _asked_of(asked: Mapping[str, Any]) -> set[UUID]:
    found = set()
    for one in listed(asked, "all"):
        try:
            found.add(UUID(_resident(one)))
        except ValueError:
            continue
    return found


def _without(row: DoctorRound, private: frozenset[str]) -> Any:
    """The round with the lines of others only."""
    lines = [one for one in listed(row.asked, "all") if _resident(one) not in private]
    return _Shown(row, {**row.asked, "all": lines} if row.asked else row.asked)


class _Shown:
    """A row with another list of whom the doctor is to see."""

    def __init__(self, row: DoctorRound, asked: dict[str, Any]) -> None:
        self._row, self.asked = row, asked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)
