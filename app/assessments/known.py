"""What the station already knows for the information of an assessment: the resident's data, contact, diagnoses."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.information_rules import Stated, suggested_by_codes, suggested_by_diagnoses
from app.assessments.instruments import Fact, Instrument
from app.core.errors import Refusal
from app.core.unit import Reader
from app.medication.running import running
from app.residents.codes import code_list
from db.models import Contact, Diagnosis, Resident

MEDICINES = "medicines"
"""What a field of rows is offered: the medicines the resident takes."""


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
        "resident.sex": code_list("sex").words(resident.sex),
        "resident.birth_date": resident.birth_date.isoformat() if resident.birth_date else "",
        "resident.ethnicity": code_list("ethnicity").words(resident.ethnicity),
        "resident.id_number": resident.id_number or "",
    }
    return _placed(instrument, values)


def suggested_facts(reader: Reader, instrument: Instrument, rid: UUID) -> dict[str, Fact]:
    """Facts offered to the assessor, who may change them: first contact, coded values, diagnoses, medicines."""
    session = reader.session
    contact = session.scalar(
        select(Contact).where(Contact.resident == rid).order_by(Contact.ordinal).limit(1)
    )
    facts = _placed(
        instrument,
        {"contact.name": contact.name, "contact.phone": contact.phone} if contact else {},
    )
    resident, diagnoses = resident_called(session, rid), _diagnoses(session, rid)
    coded: dict[str, tuple[str, ...]] = {
        "sex": (resident.sex,),
        "education": (resident.education,),
        "marital_status": (resident.marital_status,),
        "insurance": tuple(resident.insurance),
        "": (),
    }
    for code, field in instrument.fields.items():
        if field.offered == MEDICINES:
            if taken := _medicines(reader, rid):
                facts[code] = taken
            continue
        found = suggested_by_codes(field, coded[field.offered]) or suggested_by_diagnoses(field, diagnoses)
        if found:
            facts[code] = found if field.kind == "choices" else found[0]
    return facts


def _medicines(reader: Reader, rid: UUID) -> tuple[tuple[str, ...], ...]:
    """The long orders that run, as A.4.2 asks for them: name, way, dose, frequency."""
    taken = (one for one in running(reader, rid) if not one.prn)
    return tuple((one.words, one.route, one.dose, one.frequency) for one in taken)


def _diagnoses(session: Session, rid: UUID) -> list[Stated]:
    rows = session.execute(
        select(Diagnosis.words, Diagnosis.code).where(
            Diagnosis.resident == rid, Diagnosis.current, Diagnosis.state != "retracted"
        )
    )
    return [Stated(words, code) for words, code in rows]


def _placed(instrument: Instrument, values: dict[str, str]) -> dict[str, Fact]:
    return {
        code: values[field.known_from]
        for code, field in instrument.fields.items()
        if values.get(field.known_from)
    }
