"""How far the day has come, floor by floor: people measured today, care of the shift recorded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.care.derived import hours_of, in_shift
from app.care.floors import NO_BED, floor_of_each, floors_of
from app.care.rules import SlotState
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.presence import presences
from db.models import Vital


@dataclass(frozen=True)
class Progress:
    """One bar: `done` of `total` on one floor."""

    floor: str
    done: int
    total: int


@dataclass(frozen=True)
class Progresses:
    """Bars of one kind of work, as titled; without bars the kind is not shown."""

    title: str
    bars: tuple[Progress, ...]


def progress(reader: Reader) -> tuple[Progresses, ...]:
    """Measured people of those who are here today, and care of this shift, as far as this person may see it."""
    found = []
    if reader.actor.may(Right.READ_RESIDENTS):
        found.append(Progresses("今日体征", _measured(reader)))
    if reader.actor.may(Right.RECORD_CARE):
        found.append(Progresses("本班照护", _cared(reader)))
    return tuple(one for one in found if one.bars)


def _measured(reader: Reader) -> tuple[Progress, ...]:
    midnight = datetime.combine(reader.today, time(), ZoneInfo(reader.settings.zone))
    here = {rid for rid, one in presences(reader, reader.now).items() if one.here}
    measured: set[UUID] = set(
        reader.session.scalars(
            select(Vital.resident)
            .distinct()
            .where(Vital.at >= midnight, Vital.current, Vital.state != "retracted")
        )
    )
    floor_of = floor_of_each(reader)
    total = Counter(floor_of.get(rid, NO_BED) for rid in here)
    done = Counter(floor_of.get(rid, NO_BED) for rid in here & measured)
    return _bars(reader, done, total)


def _cared(reader: Reader) -> tuple[Progress, ...]:
    day, shift = hours_of(reader).at(reader.now)
    floor_of = floor_of_each(reader)
    total: Counter[UUID] = Counter()
    done: Counter[UUID] = Counter()
    for held in in_shift(reader, None, day, shift.key):
        floor = floor_of.get(held.task.resident, NO_BED)
        total[floor] += 1
        done[floor] += held.state not in (SlotState.PLANNED, SlotState.DUE, SlotState.OVERDUE)
    return _bars(reader, done, total)


def _bars(reader: Reader, done: Counter[UUID], total: Counter[UUID]) -> tuple[Progress, ...]:
    """Floors in the order of the house; those with nothing to do are left out."""
    floors = floors_of(reader)
    return tuple(Progress(one.words, done[one.rid], total[one.rid]) for one in floors if total[one.rid])
