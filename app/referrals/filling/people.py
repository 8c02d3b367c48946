"""Who is sent, whom to call, who sends: from the chart, the staff and the settings."""

from __future__ import annotations

from uuid import UUID

from app.core.unit import Reader
from app.referrals.filling.filled import (
    Allergies,
    AllergyLine,
    ContactLine,
    DiagnosisLine,
    Person,
    Sender,
)
from app.residents.codes import code_list
from app.residents.queries.chart_rows import ChartRow
from app.residents.rules.kin import GUARDS
from app.residents.rules.masks import mask_id
from db.models import Resident, Staff

_DECIDING = (*GUARDS, "agent")
OVER = frozenset({"resolved", "inactive"})
"""Statuses of a diagnosis that is told as history."""


def person_of(chart: ChartRow) -> Person:
    """The resident as sheets print one."""
    return Person(
        rid=chart.rid,
        name=chart.name,
        sex=code_list("sex").words(chart.sex),
        age=chart.age,
        birth_date=chart.birth_date,
        number=chart.number,
        archive_number=chart.archive_number,
        id_type=code_list("id_type").words(chart.id_type),
        id_number=mask_id(chart.id_number),
        id_full=chart.id_number,
        insurance=chart.insurance,
        bed=chart.bed,
        address=chart.address or chart.household_address,
        phone=chart.phone,
        care_level=code_list("care_level").words(chart.care_level) if chart.care_level else "",
        nursing_grade=chart.stay.nursing,
        blood=" ".join(part for part in (chart.blood_type, chart.rhesus) if part),
        here=chart.here,
        photo=chart.photo,
    )


def contacts_of(chart: ChartRow) -> tuple[ContactLine, ...]:
    """In the order in which they are called."""
    deciding = {code_list("powers").words(code) for code in _DECIDING}
    return tuple(
        ContactLine(
            one.name,
            one.relation,
            one.phone,
            one.second_phone,
            one.guardian,
            one.powers,
            decides=one.guardian or not deciding.isdisjoint(one.powers),
            first=one.first,
        )
        for one in chart.contacts
    )


def sender_of(reader: Reader, chart: ChartRow) -> Sender:
    """The doctor is who answers for the resident; where nobody does, a doctor at the desk."""
    settings, actor = reader.settings, reader.actor
    me = reader.session.get(Staff, actor.rid)
    resident = reader.session.get(Resident, chart.rid)
    doctor: UUID | None = resident.doctor if resident is not None else None
    name = chart.doctor
    if doctor is None and me is not None and me.profession == "医师":
        doctor, name = me.rid, me.name
    return Sender(
        institution=settings.institution_name,
        unit=settings.institution_type,
        phone=settings.phone,
        address=settings.address,
        by=actor.rid,
        by_name=actor.name,
        by_title=(me.title or me.profession) if me is not None else "",
        doctor=doctor,
        doctor_name=name,
        doctor_phone=settings.phone,
        nurse_name=chart.nurse,
    )


def allergies_of(chart: ChartRow) -> Allergies:
    """No entry at all means unknown, never none."""
    items = tuple(
        AllergyLine(one.rid, one.substance, one.reaction, one.severity)
        for one in chart.allergies
        if not one.none_known
    )
    known = "some" if items else "none" if chart.allergies else "unknown"
    return Allergies(known, items)


def diagnoses_of(chart: ChartRow) -> tuple[tuple[DiagnosisLine, ...], tuple[DiagnosisLine, ...]]:
    """Those that are active, and those that are over; the main one first."""
    active: list[DiagnosisLine] = []
    over: list[DiagnosisLine] = []
    for one in chart.diagnoses:
        line = DiagnosisLine(one.rid, one.words, one.code, one.onset)
        (over if one.status in OVER else active).append(line)
    return tuple(active), tuple(over)
