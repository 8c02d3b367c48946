"""How far the day has come, floor by floor: people measured today, care of the shift recorded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.care.floors import NO_BED, floors_of
from app.care.rules import SlotState
from app.core.roles import Right
from app.residents.queries.presence import presences
from app.today.glance import Glance
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


def progress(glance: Glance) -> tuple[Progresses, ...]:
    """Measured people of those who are here today, and care of this shift, as far as this person may see it."""
    found = []
    if glance.actor.may(Right.READ_RESIDENTS):
        found.append(Progresses("今日体征", _measured(glance)))
    if glance.actor.may(Right.RECORD_CARE):
        found.append(Progresses("本班照护", _cared(glance)))
    return tuple(one for one in found if one.bars)


def _measured(glance: Glance) -> tuple[Progress, ...]:
    midnight = datetime.combine(glance.today, time(), ZoneInfo(glance.settings.zone))
    here = {rid for rid, one in presences(glance, glance.now).items() if one.here}
    measured: set[UUID] = set(
        glance.session.scalars(
            select(Vital.resident)
            .distinct()
            .where(Vital.at >= midnight, Vital.current, Vital.state != "retracted")
        )
    )
    total = Counter(glance.floors.get(rid, NO_BED) for rid in here)
    done = Counter(glance.floors.get(rid, NO_BED) for rid in here & measured)
    return _bars(glance, done, total)


def _cared(glance: Glance) -> tuple[Progress, ...]:
    total: Counter[UUID] = Counter()
    done: Counter[UUID] = Counter()
    for held in glance.care:
        floor = glance.floors.get(held.task.resident, NO_BED)
        total[floor] += 1
        done[floor] += held.state not in (SlotState.PLANNED, SlotState.DUE, SlotState.OVERDUE)
    return _bars(glance, done, total)


def _bars(glance: Glance, done: Counter[UUID], total: Counter[UUID]) -> tuple[Progress, ...]:
    """Floors in the order of the house; those with nothing to do are left out."""
    floors = floors_of(glance)
    return tuple(Progress(one.words, done[one.rid], total[one.rid]) for one in floors if total[one.rid])
