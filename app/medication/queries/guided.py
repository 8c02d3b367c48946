"""The guided round: residents of a floor in the order they are walked, how far it is, what was not given and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from uuid import UUID

from app.care.derived import hours_of
from app.care.floors import FloorName, Lodger, floors_of, lodgers
from app.care.rules import Shift
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import Held, derive
from app.medication.lists import Round, reason_words, round_of, rounds
from app.medication.rules.slots import DoseState

_PAUSE = timedelta(minutes=10)
"""A longer gap between two residents is a pause, and says nothing of the pace."""
_PACE_OF = 3
"""Residents before a pace can be told."""


@dataclass(frozen=True)
class NotTaken:
    """A medicine that was recorded and not given: which one, and why."""

    words: str
    why: str


@dataclass(frozen=True)
class Stop:
    """A resident of the round. `open`: doses that wait now; `planned`: whose time has not come; `away`: while out;
    `unreconciled`: that nobody decided about after a hospital."""

    resident: UUID
    name: str
    bed: str
    given: int
    open: int
    planned: int
    away: int
    not_taken: tuple[NotTaken, ...]
    unreconciled: int = 0

    @property
    def blank(self) -> int:
        """Of which nobody has said anything yet."""
        return self.open + self.planned

    @property
    def exceptions(self) -> int:
        return len(self.not_taken)

    @property
    def whole(self) -> int:
        return self.given + self.exceptions + self.blank + self.away + self.unreconciled

    @property
    def finished(self) -> bool:
        """Nothing waits any more, and something was said."""
        return not self.blank


@dataclass(frozen=True)
class Coming:
    """The next round in which something is given: from when, and to how many."""

    round: Round
    opens: datetime
    people: int


@dataclass(frozen=True)
class GuidedSheet:
    """`round` None: nothing is given on this floor today. `ends_at`: when it is through at the pace so far; `shifts`:
    those its doses lie in.
    """

    floor: UUID | None
    floors: tuple[FloorName, ...]
    day: date
    round: Round | None
    rounds: tuple[Round, ...]
    opens: datetime | None
    closes: datetime | None
    stops: tuple[Stop, ...]
    coming: Coming | None
    ends_at: datetime | None
    shifts: tuple[tuple[date, Shift], ...]

    @property
    def open(self) -> bool:
        """Whether anything can be given now."""
        return any(one.open for one in self.stops)

    def next_open(self, here: UUID | None, later: Container[UUID] = ()) -> Stop | None:
        """For whom something waits: after `here`, then from the top; those put off come last, `here` never."""
        places = [one.resident for one in self.stops]
        place = places.index(here) if here in places else -1
        ordered = [one for one in (*self.stops[place + 1 :], *self.stops[: max(place, 0)]) if one.open]
        first = next((one for one in ordered if one.resident not in later), None)
        return first or (ordered[0] if ordered else None)


@dataclass(frozen=True)
class GuidedRound(Question[GuidedSheet]):
    """A round of a floor; None: the first floor, today; an empty round: the one that waits now."""

    floor: UUID | None = None
    day: date | None = None
    round: str = ""


@answers(GuidedRound)
def guided_round(reader: Reader, question: GuidedRound) -> GuidedSheet:
    reader.require(Right.READ_RESIDENTS)
    day = question.day or reader.today
    floors = floors_of(reader)
    known = {one.rid for one in floors}
    floor = question.floor if question.floor in known else floors[0].rid if floors else None
    people = lodgers(reader, floor, day) if floor is not None else ()
    by_round: dict[str, list[Held]] = defaultdict(list)
    for held in derive(reader, [one.rid for one in people], [day]):
        if held.state is not DoseState.PAUSED:
            by_round[round_of(held.slot.name).key].append(held)
    chosen = _chosen(reader, question.round, by_round)
    here = by_round.get(chosen.key, []) if chosen else []
    stops = tuple(_stops(people, here))
    return GuidedSheet(
        floor=floor,
        floors=floors,
        day=day,
        round=chosen,
        rounds=tuple(one for one in rounds() if one.key in by_round),
        opens=min((one.slot.opens for one in here), default=None),
        closes=max((one.slot.closes for one in here), default=None),
        stops=stops,
        coming=_coming(by_round, chosen),
        ends_at=_ends_at(reader.now, stops, here),
        shifts=tuple(_shifts(reader, here)),
    )


def _chosen(reader: Reader, key: str, by_round: Mapping[str, list[Held]]) -> Round | None:
    """The round asked for; else the one of this hour if it waits, the last that waits, the next one to come."""
    with_any = [one for one in rounds() if one.key in by_round]
    if any(one.key == key for one in with_any):
        return next(one for one in with_any if one.key == key)
    wall = hours_of(reader).wall(reader.now)
    now = round_of(f"{wall:%H:%M}")
    waiting = [one for one in with_any if any(held.state.open for held in by_round[one.key])]
    if waiting:
        return now if now in waiting else waiting[-1]
    later = [one for one in with_any if one.begins >= now.begins]
    return later[0] if later else with_any[-1] if with_any else None


def _stops(people: Iterable[Lodger], here: Iterable[Held]) -> Iterable[Stop]:
    slots: dict[UUID, list[Held]] = defaultdict(list)
    for held in here:
        slots[held.order.resident].append(held)
    for one in people:
        if (own := slots.get(one.rid)) is not None:
            states = [held.state for held in own]
            yield Stop(
                resident=one.rid,
                name=one.name,
                bed=one.bed,
                given=sum(state.taken for state in states),
                open=sum(state.open for state in states),
                planned=states.count(DoseState.PLANNED),
                away=sum(held.state is DoseState.AWAY and held.dose is None for held in own),
                not_taken=tuple(_not_taken(held) for held in own if held.dose and not held.state.taken),
                unreconciled=states.count(DoseState.UNRECONCILED),
            )


def _not_taken(held: Held) -> NotTaken:
    dose = held.dose
    why = reason_words(dose.reason_code, dose.note) if dose is not None else ""
    return NotTaken(held.order.words, why or held.state.words)


def _coming(by_round: Mapping[str, list[Held]], chosen: Round | None) -> Coming | None:
    """The next round after the chosen one in which nobody has said anything yet; the chosen one before it opens."""
    for one in rounds():
        blank = [held for held in by_round.get(one.key, ()) if held.state.blank]
        walked = one == chosen and any(held.state.open for held in blank)
        if blank and not walked and (chosen is None or one.begins >= chosen.begins):
            people = {held.order.resident for held in blank}
            return Coming(one, min(held.slot.opens for held in blank), len(people))
    return None


def _shifts(reader: Reader, here: Iterable[Held]) -> Iterator[tuple[date, Shift]]:
    """The shifts the doses of the round lie in, as they are closed."""
    hours = hours_of(reader)
    for day, key in dict.fromkeys((held.slot.shift_day, held.slot.shift) for held in here):
        shift = hours.shift(key)
        if shift is not None:
            yield day, shift


def _ends_at(now: datetime, stops: tuple[Stop, ...], here: Iterable[Held]) -> datetime | None:
    """At the median pace from resident to resident, counting only who is finished."""
    last: dict[UUID, datetime] = {}
    for held in here:
        if held.dose is not None:
            at = held.dose.recorded_at
            last[held.order.resident] = max(at, last.get(held.order.resident, at))
    waiting = sum(bool(one.open) for one in stops)
    moments = sorted(last.values())
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    gaps = [gap for gap in gaps if gap <= _PAUSE.total_seconds()]
    if not waiting or len(gaps) < _PACE_OF - 1:
        return None
    return now + timedelta(seconds=median(gaps) * waiting)
