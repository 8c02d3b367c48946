"""What the station already knows for the information of an assessment: the resident's own data, contact, diagnoses."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.information_rules import suggested_choices
from app.assessments.instrument import Fact, Instrument
from app.core.errors import Refusal
from db.models import Contact, Diagnosis, Resident

SEX = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}  # GB/T 2261.1


def resident_called(session: Session, rid: UUID) -> Resident:
    """The resident of an identity; refuses one the station does not have."""
    resident = session.get(Resident, rid)
    if resident is None:
        raise Refusal("没有这位老人的档案")
    return resident


def resident_facts(session: Session, instrument: Instrument, rid: UUID) -> dict[str, Fact]:
    """Facts that come from the resident's record and are never typed beside it. Unknown ones are left out."""
    resident = resident_called(session, rid)
    values = {
        "resident.name": resident.name,
        "resident.sex": SEX[resident.sex],
        "resident.birth_date": resident.birth_date.isoformat() if resident.birth_date else "",
        "resident.ethnicity": resident.ethnicity,
        "resident.id_number": resident.id_number or "",
    }
    return _placed(instrument, values)


def suggested_facts(session: Session, instrument: Instrument, rid: UUID) -> dict[str, Fact]:
    """Facts offered to the assessor, who may change them: the first contact, and choices diagnoses suggest."""
    contact = session.scalar(
        select(Contact).where(Contact.resident == rid).order_by(Contact.ordinal).limit(1)
    )
    facts = _placed(
        instrument,
        {"contact.name": contact.name, "contact.phone": contact.phone} if contact else {},
    )
    codes = session.scalars(
        select(Diagnosis.code).where(
            Diagnosis.resident == rid, Diagnosis.current, Diagnosis.state != "retracted"
        )
    ).all()
    for code, field in instrument.fields.items():
        if choices := suggested_choices(field, tuple(codes)):
            facts[code] = choices
    return facts


def _placed(instrument: Instrument, values: dict[str, str]) -> dict[str, Fact]:
    return {
        code: values[field.known_from]
        for code, field in instrument.fields.items()
        if values.get(field.known_from)
    }
