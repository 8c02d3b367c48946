"""From a round and its visits to what its record prints; every word comes from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.strokes import strokes_of
from app.core.unit import Reader
from app.printing.sheets.doctor_round import RoundRecord, SeenPerson, Signature
from app.referrals.rounds.asking import RoundById, RoundWhole, round_by_id
from app.referrals.rounds.forms import TEXTS
from app.referrals.rounds.rows import LineRow, PersonRow, VisitRow
from app.residents.codes import code_list
from app.residents.rules import age_on
from db.models import MedOrder, Resident, RoundVisit


@dataclass(frozen=True)
class DoctorRoundOf(Question[RoundRecord]):
    """The record of one round; `resident` says nothing here."""

    resident: UUID
    record: UUID | None = None


@answers(DoctorRoundOf)
def doctor_round_of(reader: Reader, question: DoctorRoundOf) -> RoundRecord:
    reader.require(Right.PRINT_RECORDS)
    whole = round_by_id(reader, RoundById(question.record or question.resident))
    line, zone = whole.line, reader.settings.zone
    numbers = _order_numbers(reader, whole)
    seen = [one for one in whole.people if one.visit is not None]
    return RoundRecord(
        institution=reader.settings.institution_name,
        number=line.number,
        partner=line.partner or reader.settings.institution_name,
        doctor=line.doctor,
        on=f"{line.on:%Y-%m-%d}",
        way=line.way_words,
        arrived=_clock(zone, line.arrived),
        left=_clock(zone, line.left),
        seen=len(seen),
        problems=line.problems,
        referred=line.referred,
        next_on=f"{line.next_on:%Y-%m-%d}" if line.next_on else "",
        note=line.note,
        people=tuple(_person(reader, one, one.visit, numbers) for one in seen if one.visit is not None),
        unseen=tuple(f"{one.name}（{one.question}）" for one in whole.people if one.visit is None),
        signatures=tuple(_signatures(reader, whole)),
        printed_at=local(zone, reader.now),
        printed_by=reader.actor.name,
    )


def _person(reader: Reader, row: PersonRow, visit: VisitRow, numbers: dict[UUID, str]) -> SeenPerson:
    person = reader.session.get_one(Resident, row.resident)
    age = (
        f"{age_on(person.birth_date, local(reader.settings.zone, visit.at).date())} 岁"
        if person.birth_date
        else ""
    )
    facts = (row.name, code_list("sex").words(person.sex), age, row.bed, person.number)
    form = visit.form
    told = [
        ("问题", visit.question),
        ("主诉", form.complaint),
        ("体征", form.vitals),
        ("查体", form.examined),
    ]
    told.append((TEXTS["assessment"], form.assessment))
    told.append(("用药调整", "\n".join(_line(one, numbers) for one in visit.lines)))
    told += [(TEXTS[key], getattr(form, key)) for key in ("exams", "refer", "nursing", "rehab", "education")]
    told.append((TEXTS["fee"], f"{form.fee} 元" if form.fee else ""))
    told.append(("下次", f"{form.next_on:%Y-%m-%d}" if form.next_on else ""))
    at = f"{local(reader.settings.zone, visit.at):%H:%M}"
    return SeenPerson("　".join(filter(None, facts)), at, tuple(one for one in told if one[1]))


def _line(one: LineRow, numbers: dict[UUID, str]) -> str:
    """`氨氯地平 5 mg 改为 10 mg（医嘱 01-000123）`."""
    if one.order is not None:
        return f"{one.words}（医嘱 {numbers.get(one.order, '')}）"
    return f"{one.words}（{one.why or '待转医嘱'}）"


def _order_numbers(reader: Reader, whole: RoundWhole) -> dict[UUID, str]:
    lines = [line for one in whole.people if one.visit is not None for line in one.visit.lines]
    orders = [one.order for one in lines if one.order is not None]
    asked = select(MedOrder.rid, MedOrder.number).where(MedOrder.rid.in_(orders), MedOrder.current)
    return dict(reader.session.execute(asked).all())


def _signatures(reader: Reader, whole: RoundWhole) -> Iterator[Signature]:
    """The doctor as signed last, and the nurse; lines to be signed by hand where somebody is missing."""
    visits = [one.visit for one in whole.people if one.visit is not None]
    zone = reader.settings.zone
    signed = [one for one in visits if one.doctor_at is not None]
    last = max(signed, key=lambda one: one.doctor_at or one.at, default=None)
    if last is None or len(signed) < len(visits):
        more = f"{len(signed)}/{len(visits)} 位已签" if signed else ""
        yield Signature("巡诊医师", whole.line.doctor, more=more)
    else:
        strokes = strokes_of(last.drawn)
        yield Signature(
            "巡诊医师", last.doctor, _stamp(zone, last.doctor_at), strokes, _confirmed(zone, last.doctor_at)
        )
    nurses = [one for one in visits if one.nurse_at is not None]
    if nurses and len(nurses) == len(visits):
        at = max(one.nurse_at for one in nurses if one.nurse_at is not None)
        yield Signature("站点护士", _nurse(reader, whole), _stamp(zone, at), more=_confirmed(zone, at))
    else:
        yield Signature("站点护士")


def _nurse(reader: Reader, whole: RoundWhole) -> str:
    names = author_names(reader)
    asked = select(RoundVisit.nurse).where(
        RoundVisit.doctor_round == whole.line.seen.rid, RoundVisit.current, RoundVisit.nurse.is_not(None)
    )
    found = [names.get(rid, "") for rid in reader.session.scalars(asked) if rid is not None]
    return "、".join(dict.fromkeys(name for name in found if name))


def _stamp(zone: str, at: datetime | None) -> str:
    return f"{local(zone, at):%Y-%m-%d}" if at is not None else ""


def _confirmed(zone: str, at: datetime | None) -> str:
    return f"签名确认 {local(zone, at):%Y-%m-%d %H:%M}" if at is not None else ""


def _clock(zone: str, at: datetime | None) -> str:
    return f"{local(zone, at):%H:%M}" if at is not None else ""
