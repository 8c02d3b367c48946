"""Prescriptions as rows: whose, which medicines, until when, what speaks for looking at it anew, who signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from app.access.names import author_names
from app.core.clock import local
from app.core.strokes import Strokes, strokes_of
from app.core.unit import Reader
from app.medication.prescriptions.policy import long_policy
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG
from app.medication.rules.states import CHECKED, PAUSED
from app.residents.queries.who import named_residents
from app.residents.stating import Seen
from db.models import Absence, MedOrder, MedStatement, Prescription

WORDS = {LONG: "长期处方", EXTENDED: "延伸处方", FREE: "免费基本药物"}


@dataclass(frozen=True)
class Handed:
    """One part of an extended prescription: when, by whom of the staff, who fetched it."""

    on: date
    by: str
    note: str


@dataclass(frozen=True)
class PrescriptionRow:
    """One prescription. `left`: days until it ends (negative: over), None for free ones; `again`: 须重新评估, why.

    `followed`: another that runs longer has every medicine of it.
    """

    seen: Seen
    resident: UUID
    name: str
    bed: str
    what: str
    title: str
    number: str
    begins: date
    ends: date | None
    left: int | None
    weeks: int
    diagnosis: str
    doctor: str
    doctor_title: str
    ended: bool
    items: tuple[Mapping[str, Any], ...]
    content: Mapping[str, Any]
    review_on: date | None
    again: str
    signed_by: str
    drawn: Strokes
    handed: tuple[Handed, ...]
    followed: bool

    @property
    def soon(self) -> bool:
        """Whether it ends within the days of the reminder, or is over, and nothing follows it."""
        near = self.left is not None and self.left <= long_policy().remind.days
        return near and not self.ended and not self.followed

    @property
    def medicines(self) -> str:
        """`氨氯地平、二甲双胍`."""
        return "、".join(str(item["words"]) for item in self.items)

    @property
    def remaining(self) -> int:
        """How often an extended one may still be handed out."""
        return int(self.content.get("remaining", 0))


def rows_of(reader: Reader, rows: list[Prescription]) -> tuple[PrescriptionRow, ...]:
    """In the same order. Six statements, however many there are."""
    residents = {row.resident for row in rows}
    people = named_residents(reader, residents)
    signed = _signed(reader, [row.rid for row in rows])
    hospital = _hospital(reader, residents)
    running = _running(reader, residents)
    follows = followed(reader, residents)
    names = author_names(reader)
    return tuple(
        PrescriptionRow(
            seen=Seen(row.rid, row.revision),
            resident=row.resident,
            name=people[row.resident].name,
            bed=people[row.resident].bed,
            what=row.what,
            title=WORDS[row.what],
            number=row.number,
            begins=row.begins,
            ends=row.ends,
            left=None if row.ends is None else (row.ends - reader.today).days,
            weeks=row.weeks,
            diagnosis=row.diagnosis,
            doctor=row.doctor_name,
            doctor_title=row.doctor_title,
            ended=row.status == "ended",
            items=tuple(row.items["items"]),
            content=row.content,
            review_on=row.review_on,
            again=_again(row, hospital.get(row.resident), running, reader.today),
            signed_by=signed[row.rid][0] if row.rid in signed else "",
            drawn=signed[row.rid][1] if row.rid in signed else (),
            handed=tuple(
                Handed(date.fromisoformat(one["on"]), names.get(UUID(one["by"]), ""), one["note"])
                for one in row.content.get("handed", ())
            ),
            followed=row.rid in follows,
        )
        for row in rows
    )


def _again(row: Prescription, hospital: date | None, running: set[str], today: date) -> str:
    """须重新评估: 因任何原因住院, 用药变了 (长期处方管理规范（试行）), or the day that was set for it has come."""
    if row.what == FREE or row.status != "active":
        return ""
    said = []
    if row.what == LONG and hospital is not None and hospital >= row.begins:
        said.append(f"{hospital:%m-%d} 住院")
    changed = [str(item["words"]) for item in row.items["items"] if item.get("order") not in running]
    if changed:
        said.append(f"{'、'.join(changed)}的医嘱已停或已改")
    if row.review_on is not None and row.review_on <= today:
        said.append(f"{row.review_on:%m-%d} 应评估")
    return f"{'；'.join(said)}，须重新评估" if said else ""


def _hospital(reader: Reader, residents: Collection[UUID]) -> dict[UUID, date]:
    """The day each last went to hospital."""
    rows = reader.session.execute(
        select(Absence.resident, func.max(Absence.begins))
        .where(
            Absence.resident.in_(list(residents)),
            Absence.code == "hospital",
            Absence.current,
            Absence.state != "retracted",
        )
        .group_by(Absence.resident)
    )
    return {resident: local(reader.settings.zone, begins).date() for resident, begins in rows}


def _running(reader: Reader, residents: Collection[UUID]) -> set[str]:
    """The orders that run, as prescriptions name them."""
    rows = reader.session.scalars(
        select(MedOrder.rid).where(
            MedOrder.resident.in_(list(residents)),
            MedOrder.status.in_((CHECKED, PAUSED)),
            or_(MedOrder.ends.is_(None), MedOrder.ends > reader.now),
            MedOrder.current,
            MedOrder.state != "retracted",
        )
    )
    return {str(rid) for rid in rows}


def followed(reader: Reader, residents: Collection[UUID]) -> set[UUID]:
    """The prescriptions whose medicines all stand on another one of the resident that ends later."""
    rows = reader.session.execute(
        select(Prescription.rid, Prescription.resident, Prescription.ends, Prescription.items).where(
            Prescription.resident.in_(list(residents)),
            Prescription.what.in_((LONG, EXTENDED)),
            Prescription.status == "active",
            Prescription.current,
            Prescription.state != "retracted",
            Prescription.ends.is_not(None),
        )
    ).all()
    until: dict[tuple[UUID, str], date] = {}
    for _rid, resident, ends, items in rows:
        for item in items["items"]:
            key = (resident, item["drug"])
            until[key] = max(ends, until.get(key, ends))
    return {
        rid
        for rid, resident, ends, items in rows
        if all(until[resident, item["drug"]] > ends for item in items["items"])
    }


def _signed(reader: Reader, about: list[UUID]) -> dict[UUID, tuple[str, Strokes]]:
    rows = reader.session.execute(
        select(MedStatement.about, MedStatement.name, MedStatement.relation, MedStatement.drawn).where(
            MedStatement.about.in_(about), MedStatement.current, MedStatement.state != "retracted"
        )
    )
    return {
        rid: (f"{name}（{relation}）", strokes_of(drawn))
        for rid, name, relation, drawn in rows
        if rid is not None
    }
