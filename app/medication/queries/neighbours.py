"""Who lies before and after a resident on the floor, in the order staff walk."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.care.floors import floor_of_each, lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader


@dataclass(frozen=True)
class Neighbours(Question[tuple[UUID | None, UUID | None]]):
    """The resident before and the one after; None at the ends, and for who lies on no floor."""

    resident: UUID


@answers(Neighbours)
def neighbours(reader: Reader, question: Neighbours) -> tuple[UUID | None, UUID | None]:
    reader.require(Right.READ_RESIDENTS)
    floor = floor_of_each(reader).get(question.resident)
    people = [one.rid for one in lodgers(reader, floor, reader.today)] if floor is not None else []
    if question.resident not in people:
        return None, None
    place = people.index(question.resident)
    return (
        people[place - 1] if place else None,
        people[place + 1] if place + 1 < len(people) else None,
    )
