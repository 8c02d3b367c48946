"""What a value of one resident is judged by, and the resident's profile as a question."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.vitals.profiles import Profile, profiles
from app.vitals.queries.taken import Person
from db.models import Resident


@dataclass(frozen=True)
class ProfileOf(Question[Profile]):
    """A resident's profile; the usual one where no doctor wrote any."""

    resident: UUID


@answers(ProfileOf)
def profile_of(reader: Reader, question: ProfileOf) -> Profile:
    reader.require(Right.READ_RESIDENTS)
    return profiles(reader, [question.resident])[question.resident]


def person_of(reader: Reader, resident: UUID) -> Person:
    """Refuses a resident who is not here."""
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.execute(select(Resident.birth_date).where(Resident.rid == resident)).first()
    if row is None:
        raise Refusal("没有找到这位老人。")
    return Person(profiles(reader, [resident])[resident], row[0], reader.settings.zone)
