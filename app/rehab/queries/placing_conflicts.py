"""What would be in the way of a session at some place, each by the name somebody may accept it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.form_times import read_time
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.around import around
from app.rehab.rules.sessions import EXTRA, SessionKey
from app.rehab.scheduling.finding import group_of, held_of, item_of
from app.rehab.scheduling.placing import Place, placed_at


@dataclass(frozen=True)
class InTheWay:
    """One conflict in words; `blocks`: it is refused unless its `name` is accepted."""

    name: str
    words: str
    blocks: bool


@dataclass(frozen=True)
class PlacingConflicts(Question[tuple[InTheWay, ...]]):
    """Of a session that stands somewhere (`key`), or of one more of an item (`item`), at a place.

    `therapist` and `minutes` None: as before.
    """

    day: date
    time: str
    key: SessionKey | None = None
    item: UUID | None = None
    therapist: UUID | None = None
    minutes: int | None = None
    whole_group: bool = False


@answers(PlacingConflicts)
def placing_conflicts(reader: Reader, question: PlacingConflicts) -> tuple[InTheWay, ...]:
    """Nothing for a time that is none: that is said elsewhere."""
    reader.require(Right.SCHEDULE_REHAB)
    time = read_time(question.time)
    if time is None:
        return ()
    fresh = []
    if question.key is not None:
        held = held_of(reader, question.key)
        for one in group_of(reader, held) if question.whole_group else [held]:
            minutes = question.minutes or one.planned.minutes
            place = Place(question.day, time, question.therapist or one.planned.therapist, minutes)
            fresh.append((placed_at(reader, one.key, one.item, place), one.item.discipline))
    elif question.item is not None:
        item = item_of(reader, question.item)
        place = Place(
            question.day, time, question.therapist or item.therapist, question.minutes or item.minutes
        )
        key = (item.rid, question.day, f"{EXTRA}{time}")
        fresh.append((placed_at(reader, key, item, place), item.discipline))
    whole = around(reader, [question.day], fresh)
    found = whole.with_these([one for one, _discipline in fresh])
    return tuple(InTheWay(one.name, whole.words(one), one.blocks) for one in found)
