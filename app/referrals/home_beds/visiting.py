"""Rounds of a home bed 查床: a doctor's, which are owed, and a nurse's; kept beside those of visiting doctors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.prescribers import refuse_no_doctor
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.strokes import check_drawn, strokes_of
from app.core.unit import Unit
from app.referrals.home_beds.lists import forbidden_in
from app.referrals.moving.move import minute
from app.referrals.revising import Seen, retract, revise, standing
from app.referrals.writing.forms import text
from app.residents.stays.forms import words
from db.models import HomeBed, RoundVisit

DOCTOR, NURSE = "doctor", "nurse"
PHYSICIAN = "医师"
KINDS = {DOCTOR: "医师查床", NURSE: "护士巡视"}
TEXTS = {
    "complaint": "主诉与病情",
    "examined": "查体",
    "assessment": "评估与诊断",
    "done": "处置与治疗",
    "nursing": "护理与健康指导",
}
LONGEST = 500
_SIGNED = frozenset({"drawn", "doctor", "doctor_at", "nurse", "nurse_at"})
"""Who signed and wrote it: no part of what was found."""


@dataclass(frozen=True)
class BedVisit:
    """What was found and done. `kind`: doctor or nurse; `texts` by the keys of TEXTS, `assessment` of a doctor's round
    or `done` of a nurse's at least. `name`: who came. A doctor who writes it signs it; written by another it waits."""

    kind: str
    texts: dict[str, str]
    name: str = ""
    at: datetime | None = None
    vitals: dict[str, Any] = field(default_factory=dict)
    drawn: dict[str, Any] = field(default_factory=dict)
    refer: bool = False


@dataclass(frozen=True)
class VisitHomeBed(Order[UUID]):
    """One round of a home bed that is open."""

    home_bed: UUID
    visit: BedVisit


@dataclass(frozen=True)
class ChangeBedVisit(Order[Seen]):
    """It was entered wrongly; `reason` is one of `CORRECTION_REASONS`. What the doctor had signed is signed anew."""

    seen: Seen
    visit: BedVisit
    reason: str


@dataclass(frozen=True)
class RetractBedVisit(Order[Seen]):
    """Entered in error; `why` in words."""

    seen: Seen
    why: str


@performs(VisitHomeBed)
def visit_home_bed(unit: Unit, order: VisitHomeBed) -> UUID:
    unit.require(Right.HOLD_ROUNDS)
    bed = _bed(unit, order.home_bed)
    content = _content(unit, bed, order.visit)
    at = content.pop("at")
    row = RoundVisit(**unit.stamp(at=at), revision=1, resident=bed.resident, home_bed=bed.rid, **content)
    unit.session.add(row)
    return row.rid


@performs(ChangeBedVisit)
def change_bed_visit(unit: Unit, order: ChangeBedVisit) -> Seen:
    unit.require(Right.HOLD_ROUNDS)
    row = standing(unit, RoundVisit, order.seen)
    if row.home_bed is None:
        raise Refusal("这不是家庭病床的查床记录。")
    content = _content(unit, _bed(unit, row.home_bed, closed=True), order.visit, row)
    kept = {key: one for key, one in content.items() if key not in _SIGNED}
    if order.visit.drawn in ({}, row.drawn) and all(getattr(row, key) == one for key, one in kept.items()):
        raise Refusal("内容没有变化，不用更正。")
    if content["drawn"] == row.drawn:  # it was drawn under other words
        content |= {"drawn": {}, "doctor_at": content["doctor_at"] if content["doctor"] else None}
    return revise(unit, row, order.reason, content)


@performs(RetractBedVisit)
def retract_bed_visit(unit: Unit, order: RetractBedVisit) -> Seen:
    unit.require(Right.HOLD_ROUNDS)
    return retract(unit, standing(unit, RoundVisit, order.seen), order.why)


def _bed(unit: Unit, rid: UUID, *, closed: bool = False) -> HomeBed:
    row = unit.session.scalar(
        select(HomeBed).where(HomeBed.rid == rid, HomeBed.current, HomeBed.state != "retracted")
    )
    if row is None:
        raise Refusal("没有找到这张家庭病床。")
    if row.status != "open" and not closed:
        raise Refusal("这张家庭病床没有在建床中，不能记查床。")
    return row


def _content(unit: Unit, bed: HomeBed, said: BedVisit, was: RoundVisit | None = None) -> dict[str, Any]:
    """The columns; refuses a time to come or before the bed was opened, nothing found, and what is never done there."""
    if said.kind not in KINDS:
        raise Refusal("请选择医师查床或护士巡视。", field="kind")
    at = minute(said.at or unit.now)
    if at > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    if bed.opened_on is not None and date_in(unit.settings.zone, at) < bed.opened_on:
        raise Refusal(f"{bed.opened_on:%Y-%m-%d} 才建床，请核对时间。", field="at")
    texts = {key: text(said.texts.get(key, ""), key, title, LONGEST) for key, title in TEXTS.items()}
    _refuse_empty(said.kind, texts)
    doctors = said.kind == DOCTOR
    name = _name(unit, bed, said, was)
    if said.drawn:
        check_drawn(strokes_of(said.drawn))
    mine = doctors and name == unit.actor.name and unit.actor.profession == PHYSICIAN
    return {
        "at": at,
        "doctor_name": name if doctors else "",
        "content": {"who": said.kind, "name": name, **{key: one for key, one in texts.items() if one}},
        "vitals": said.vitals,
        "refer": said.refer,
        "drawn": said.drawn,
        "doctor": unit.actor.rid if mine else None,
        "doctor_at": unit.now if mine or (doctors and said.drawn) else None,
        "nurse": None if mine else unit.actor.rid,
        "nurse_at": None if mine else unit.now,
    }


def _name(unit: Unit, bed: HomeBed, said: BedVisit, was: RoundVisit | None) -> str:
    """Who came: as said; else whoever is at the desk, and of a doctor's round written by another the bed's doctor.
    Who was named before may stay named."""
    name = words(said.name, "name", "医师" if said.kind == DOCTOR else "护士", longest=40)
    if said.kind == NURSE or unit.actor.profession == PHYSICIAN:
        return name or unit.actor.name
    if not (name or bed.doctor_name):
        raise Refusal("请填写查床的医师。", field="name")
    if was is None or was.doctor_name != name:
        refuse_no_doctor(unit, name, "查床的医师", "name", orders=False)
    return name or bed.doctor_name


def _refuse_empty(kind: str, texts: dict[str, str]) -> None:
    needed = "assessment" if kind == DOCTOR else "done"
    if not texts[needed]:
        raise Refusal(f"请填写{TEXTS[needed]}。", field=needed)
    if found := forbidden_in(texts["done"]):
        raise Refusal(f"家庭病床不做{found}，请改为转诊或到医院处理。", field="done")
