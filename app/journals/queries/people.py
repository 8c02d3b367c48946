"""Who may be named in a form: the staff, and the family of the resident."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.asking import Person
from app.residents.codes import code_list
from db.models import Contact, Staff


@dataclass(frozen=True)
class People(Question[tuple[Person, ...]]):
    """The family of a resident first, then the staff by number."""

    resident: UUID


@answers(People)
def people(reader: Reader, question: People) -> tuple[Person, ...]:
    reader.require(Right.READ_RESIDENTS)
    relations = code_list("relation")
    family = reader.session.execute(
        select(Contact.name, Contact.relation)
        .where(Contact.resident == question.resident)
        .order_by(Contact.ordinal)
    )
    staff = reader.session.execute(
        select(Staff.name, Staff.profession).where(Staff.active).order_by(Staff.number)
    )
    told = [Person(name, relations.words(relation), staff=False) for name, relation in family]
    return (*told, *(Person(name, work, staff=True) for name, work in staff))
