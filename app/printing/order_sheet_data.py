"""From the orders of one resident to the 医嘱单: the earliest first, long and once apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.care.derived import hours_of
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_of
from app.medication.facts import strength_of
from app.medication.lists import windows
from app.medication.queries.month_orders import usage_parts
from app.medication.rules.dosing import TIMES, dosing_words
from app.medication.rules.regime import KINDS, LONG, PRN, SOS
from app.medication.rules.written import in_full
from app.printing.journal_sheet_data import whose
from app.printing.mar_data import allergies_said
from app.printing.sheets.order_sheet import Ordered, OrderSheet, Test
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import Dose, MedOrder, SkinTest, Staff

_BY = re.compile(r"（([^（）]{1,20})医嘱）$")
_LASTING = (LONG, PRN)


@dataclass(frozen=True)
class OrderSheetOf(Question[OrderSheet]):
    """The long orders of a resident with those for when they are needed; or (`once`) those given once."""

    resident: UUID
    once: bool = False


@dataclass(frozen=True)
class _Known:
    """People with their professions, and what became of orders that are given once."""

    zone: str
    people: Mapping[UUID, tuple[str, str]]
    done: Mapping[UUID, tuple[datetime, UUID]]
    tests: Mapping[str, str]
    now: datetime

    def name(self, person: UUID | None) -> str:
        return "" if person is None else self.people.get(person, ("", ""))[0]

    def is_doctor(self, person: UUID | None) -> bool:
        return person is not None and self.people.get(person, ("", ""))[1] == "医师"


@answers(OrderSheetOf)
def order_sheet_of(reader: Reader, question: OrderSheetOf) -> OrderSheet:
    reader.require(Right.PRINT_RECORDS)
    person = chart(reader, Chart(question.resident))
    facts = orders_of(reader, [question.resident], hours_of(reader))
    known = _known(reader, question.resident)
    rows = reader.session.scalars(
        select(MedOrder)
        .where(MedOrder.resident == question.resident, MedOrder.current, MedOrder.state != "retracted")
        .order_by(MedOrder.at, MedOrder.number)
    )
    return OrderSheet(
        whose=whose(reader, person),
        diagnosis="、".join(one.words for one in person.diagnoses),
        allergies=allergies_said(person),
        number=f"{'LSYZ' if question.once else 'CQYZ'}-{person.number}",
        once=question.once,
        orders=tuple(
            _ordered(row, facts[row.rid], known)
            for row in rows
            if (row.kind not in _LASTING) == question.once
        ),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _known(reader: Reader, resident: UUID) -> _Known:
    staff = reader.session.execute(select(Staff.rid, Staff.name, Staff.profession))
    doses = reader.session.execute(
        select(Dose.med_order, Dose.at, Dose.author)
        .join(MedOrder, MedOrder.rid == Dose.med_order)
        .where(
            Dose.resident == resident,
            Dose.current,
            Dose.state != "retracted",
            MedOrder.current,
            MedOrder.kind.not_in(_LASTING),
        )
        .order_by(Dose.at.desc())
    )
    tests = reader.session.execute(
        select(SkinTest.drug, SkinTest.result)
        .where(SkinTest.resident == resident, SkinTest.current, SkinTest.state != "retracted")
        .order_by(SkinTest.at)
    )
    return _Known(
        reader.settings.zone,
        {rid: (name, profession) for rid, name, profession in staff},
        {order: (at, author) for order, at, author in doses},
        {row.drug: row.result for row in tests},
        reader.now,
    )


def _ordered(row: MedOrder, fact: OrderFact, known: _Known) -> Ordered:
    done = known.done.get(row.rid)
    stop_doctor, stop_nurse = _stopped_by(row, known)
    over = row.status == "stopped" or (
        row.status != "cancelled" and row.ends is not None and row.ends <= known.now
    )
    lapsed = row.kind == SOS and done is None and known.now >= row.begins + windows().sos
    return Ordered(
        at=local(known.zone, row.at),
        text=_text(fact),
        note="；".join(_notes(row, known)),
        doctor=row.doctor_name if row.doctor_at is not None else "",
        nurse=known.name(row.checked_by),
        number=row.number,
        test=_test(row, known),
        stopped=local(known.zone, row.ends) if over and row.ends is not None else None,
        stop_doctor=stop_doctor,
        stop_nurse=stop_nurse,
        why=f"停：{_BY.sub('', row.ended_why)}" if row.status == "stopped" and row.ended_why else "",
        cancelled=_cancelled(row, known),
        done=None if done is None else local(known.zone, done[0]),
        done_by="" if done is None else known.name(done[1]),
        unused=lapsed,
    )


def _text(fact: OrderFact) -> str:
    """One content an order: name, what one piece holds, amount, way, how often, at which times."""
    parts = usage_parts(fact)
    if fact.dosing["way"] == TIMES:
        parts = (in_full(dosing_words(fact.dosing, fact.dose_unit)), *parts[1:])
    elif fact.kind == LONG and fact.regime.times:
        parts = (*parts, " ".join(fact.regime.times))
    kind = "" if fact.kind in (LONG, PRN) else f"【{KINDS[fact.kind]}】"
    return " ".join(
        part for part in (f"{kind}{fact.words}", in_full(strength_of(fact.facts)), *parts) if part
    )


def _notes(row: MedOrder, known: _Known) -> Iterator[str]:
    if row.note:
        yield row.note
    if row.verbal:
        yield f"口头医嘱，{row.doctor_name}下达，{known.name(_uuid(row.verbal.get('read_back_by')))}复诵"
    elif row.doctor_at is None:
        yield f"转抄自{row.hospital or '纸质医嘱'}（{row.doctor_name}），待医师签名"
    elif row.hospital:
        yield f"{row.hospital}医嘱"
    if row.replaces is not None:
        yield "由原医嘱更改"


def _stopped_by(row: MedOrder, known: _Known) -> tuple[str, str]:
    """Doctor and nurse of a stop: a nurse who stops names the doctor who ordered it."""
    if row.status != "stopped":
        return "", ""
    if known.is_doctor(row.ended_by):
        return known.name(row.ended_by), ""
    named = _BY.search(row.ended_why)
    return named[1] if named else "", known.name(row.ended_by)


def _cancelled(row: MedOrder, known: _Known) -> str:
    if row.status != "cancelled" or row.ended_at is None:
        return ""
    when = f"{local(known.zone, row.ended_at):%y-%m-%d %H:%M}"
    return f"取消　{known.name(row.ended_by)}　{when}　{row.ended_why}"


def _test(row: MedOrder, known: _Known) -> Test:
    if not row.facts.get("skin_test"):
        return ""
    result = known.tests.get(row.drug, "")
    if result == "negative":
        return "negative"
    return "positive" if result == "positive" else "wanted"


def _uuid(text: object) -> UUID | None:
    return UUID(text) if isinstance(text, str) and text else None
