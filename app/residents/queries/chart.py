"""One resident whole: the chart's overview, and the form to edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.codes import code_list, power_words
from app.residents.forms import REGISTER_COLUMNS, ContactForm, ResidentForm
from app.residents.queries.chart_rows import (
    AllergyRow,
    AssessmentLine,
    ChartRow,
    ContactRow,
    DiagnosisRow,
    FormRow,
)
from app.residents.queries.latest import ABILITY
from app.residents.queries.stay_line import stay_line
from app.residents.rules import AllergyEntry, AllergyStatement, PlacePath, age_on, in_calling_order
from app.residents.seen import changes_seen
from app.residents.which_stay import order_of, standing
from db.models import (
    Allergy,
    Assessment,
    Contact,
    Diagnosis,
    Draft,
    Place,
    Resident,
    Signature,
    Staff,
    Stay,
)


@dataclass(frozen=True)
class Chart(Question[ChartRow]):
    """The chart's overview of one resident."""

    rid: UUID


@dataclass(frozen=True)
class FormOf(Question[FormRow]):
    """The form of one resident, to be edited."""

    rid: UUID


@answers(Chart)
def chart(reader: Reader, question: Chart) -> ChartRow:
    reader.require(Right.READ_RESIDENTS)
    row = _resident(reader, question.rid)
    stay, bed = _stay(reader, question.rid)
    names = author_names(reader)
    return ChartRow(
        rid=row.rid,
        number=row.number,
        name=row.name,
        sex=row.sex,
        age=None if row.birth_date is None else age_on(row.birth_date, reader.today),
        birth_date=row.birth_date,
        id_type=row.id_type,
        id_number=row.id_number or "",
        ethnicity=code_list("ethnicity").words(row.ethnicity),
        education=code_list("education").words(row.education),
        marital_status=code_list("marital_status").words(row.marital_status),
        phone=row.phone,
        address=row.address,
        insurance=tuple(code_list("insurance").words(code) for code in row.insurance),
        care_level=row.care_level,
        bed=bed.label if bed else "",
        admitted_on=stay.begins if stay else None,
        here=stay is not None and stay.ends is None and stay.status == "in",
        remarks=tuple((key, str(value)) for key, value in row.remarks.items()),
        allergies=_allergies(reader, question.rid, names),
        diagnoses=_diagnoses(reader, question.rid, names),
        contacts=_called(reader, question.rid),
        assessments=_assessments(reader, question.rid, names),
        revision=row.revision,
        recorded_at=row.recorded_at,
        recorded_by=names.get(row.author, ""),
        draft_by=_draft_holder(reader, question.rid),
        upload_refused=row.upload_refused,
        stay=stay_line(reader, question.rid, stay),
        **{name: getattr(row, name) for name in ("archive_number", "household_address", "photo")},
        **{name: _words(name, getattr(row, name)) for name in _MORE_CODES},
        nurse=names.get(row.nurse, "") if row.nurse else "",
        doctor=names.get(row.doctor, "") if row.doctor else "",
    )


@answers(FormOf)
def form_of(reader: Reader, question: FormOf) -> FormRow:
    reader.require(Right.READ_RESIDENTS)
    row = _resident(reader, question.rid)
    stay, bed = _stay(reader, question.rid)
    stated = _current(reader, Allergy, question.rid)
    entries = tuple(AllergyEntry(one.substance, one.reaction) for one in stated if not one.none_known)
    form = ResidentForm(
        **{column: getattr(row, column) for column in _AS_KEPT},
        id_number=row.id_number or "",
        insurance=tuple(row.insurance),
        admitted_on=stay.begins if stay else None,
        place=_path(reader, bed) if bed else None,
        contacts=tuple(_contacts(reader, question.rid)),
        allergies=AllergyStatement(none_known=any(one.none_known for one in stated), entries=entries),
        diagnoses=tuple(one.words for one in _current(reader, Diagnosis, question.rid)),
        remarks=dict(row.remarks),
    )
    known = author_names(reader)
    carers = tuple((one, known.get(one, "")) for one in (row.nurse, row.doctor) if one is not None)
    return FormRow(form, changes_seen(reader, question.rid), row.photo, carers)


def _resident(reader: Reader, rid: UUID) -> Resident:
    row = reader.session.get(Resident, rid)
    if row is None:
        raise Refusal("没有找到这位老人。")
    return row


def _stay(reader: Reader, rid: UUID) -> tuple[Stay | None, Place | None]:
    """The stay that counts, and the bed held now."""
    found = reader.session.execute(
        select(Stay, Place)
        .outerjoin(Place, and_(Place.rid == Stay.bed, Stay.ends.is_(None)))
        .where(Stay.resident == rid, standing())
        .order_by(*order_of())
        .limit(1)
    ).first()
    return (None, None) if found is None else (found[0], found[1])


def _current(reader: Reader, model: Any, rid: UUID) -> list[Any]:
    order = model.ordinal if model is Diagnosis else model.recorded_at
    statement = (
        select(model).where(model.resident == rid, model.current, model.state != "retracted").order_by(order)
    )
    return list(reader.session.scalars(statement))


def _allergies(reader: Reader, rid: UUID, names: dict[UUID, str]) -> tuple[AllergyRow, ...]:
    return tuple(
        AllergyRow(
            one.rid,
            one.none_known,
            one.substance,
            one.reaction,
            one.told_by,
            names.get(one.author, ""),
            one.recorded_at,
            one.severity,
            one.certainty,
            one.revision,
        )
        for one in _current(reader, Allergy, rid)
    )


def _diagnoses(reader: Reader, rid: UUID, names: dict[UUID, str]) -> tuple[DiagnosisRow, ...]:
    return tuple(
        DiagnosisRow(
            one.rid,
            one.words,
            one.code,
            one.onset,
            one.status,
            names.get(one.author, ""),
            one.recorded_at,
            one.revision,
        )
        for one in _current(reader, Diagnosis, rid)
    )


def _contacts(reader: Reader, rid: UUID) -> list[ContactForm]:
    rows = reader.session.scalars(select(Contact).where(Contact.resident == rid).order_by(Contact.ordinal))
    columns = ("name", "relation", "phone", "guardian", "second_phone", "address", "note")
    found = (
        ContactForm(**{column: getattr(one, column) for column in columns}, powers=tuple(one.powers))
        for one in rows
    )
    return [one for one in found if not one.empty]


def _called(reader: Reader, rid: UUID) -> tuple[ContactRow, ...]:
    """In the order they are called."""
    rows = _contacts(reader, rid)
    return tuple(
        ContactRow(
            one.name,
            _words("relation", one.relation),
            one.phone,
            one.guardian,
            power_words(one.powers, guardian=one.guardian),
            one.second_phone,
            one.address,
            one.note,
            first=place == 0,
        )
        for place, one in enumerate(in_calling_order(rows))
    )


def _words(name: str, code: str) -> str:
    return code_list(name).words(code) if code else ""


def _assessments(reader: Reader, rid: UUID, names: dict[UUID, str]) -> tuple[AssessmentLine, ...]:
    statement = select(Assessment).where(
        Assessment.resident == rid, Assessment.current, Assessment.state.in_(("signed", "corrected"))
    )
    rows = reader.session.scalars(
        statement.order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
    ).all()
    signers = _signers(reader, [one.rid for one in rows])
    return tuple(
        AssessmentLine(
            one.rid,
            one.number,
            one.instrument,
            one.assessed_on,
            one.total,
            one.level,
            names.get(one.author, ""),
            one.due_on,
            one.revision,
            one.occasion,
            signers.get((one.rid, one.revision), ()),
            tuple(one.sub_scores.items()),
            one.finding,
            one.tone,
            one.undone,
        )
        for one in rows
    )


def _signers(reader: Reader, records: list[UUID]) -> dict[tuple[UUID, int], tuple[str, ...]]:
    rows = reader.session.execute(
        select(Signature.record, Signature.revision, Signature.name)
        .where(Signature.kind == Assessment.__kind__, Signature.record.in_(records))
        .order_by(Signature.ordinal)
    )
    found: dict[tuple[UUID, int], tuple[str, ...]] = {}
    for record, revision, name in rows:
        found[record, revision] = (*found.get((record, revision), ()), name)
    return found


def _draft_holder(reader: Reader, rid: UUID) -> str:
    """Who holds an unfinished ability assessment; the form's name is the assessments' own (they stand above)."""
    statement = (
        select(Staff.name)
        .join(Draft, Draft.person == Staff.rid)
        .where(Draft.form == f"assessment:{ABILITY}", Draft.subject == rid)
        .order_by(Draft.saved_at.desc())
    )
    return reader.session.scalar(statement.limit(1)) or ""


_MORE_CODES = ("residence", "occupation", "blood_type", "rhesus", "living")
_AS_KEPT = tuple(column for column in REGISTER_COLUMNS if column not in ("id_number", "insurance"))


def _path(reader: Reader, bed: Place) -> PlacePath:
    names = {"bed": bed.name}
    above = bed.parent
    while above is not None:
        place = reader.session.get_one(Place, above)
        names[place.kind] = place.name
        above = place.parent
    return PlacePath(names.get("building", ""), names.get("floor", ""), names.get("room", ""), names["bed"])
