"""How a whole house stands by one instrument: levels by floor and care level, and who got better or worse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal

from app.assessments.instruments import Instrument
from app.assessments.instruments.levels import Every
from app.assessments.shelf import instrument_called, instruments
from app.assessments.trends.standings import FLOOR_COLUMNS, MOVED, STANDINGS, latest, movement
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.forms import CARE_LEVELS
from app.residents.queries.beds import NOWHERE
from app.residents.rules import in_order
from db.models import Resident

FLOORS, CARE = "floor", "care_level"
MONTHS = 6
NEVER, OTHER = "never", "other"
"""Columns beside the levels: nobody assessed them by this instrument; assessed, but to no level."""


@dataclass(frozen=True)
class LevelColumn:
    """A level, or a scale of an instrument that has scales: then a resident may count in several."""

    key: str
    words: str
    tone: str


@dataclass(frozen=True)
class StandRow:
    """One floor, one care level, or the whole house. `key` names it for `PeopleAt`; counts by key of a column, of
    OTHER and of NEVER; `moved` by one of MOVED."""

    key: str
    words: str
    residents: int
    counts: Mapping[str, int]
    moved: Mapping[str, int]


@dataclass(frozen=True)
class HouseRow:
    """The house by one instrument. `since`: from when on an assessment counts as movement; `choices`: code and short
    name of every instrument of the station. `exclusive`: each resident stands in one column only."""

    code: str
    title: str
    short: str
    choices: tuple[tuple[str, str], ...]
    columns: tuple[LevelColumn, ...]
    exclusive: bool
    since: date
    whole: StandRow
    floors: tuple[StandRow, ...]
    care: tuple[StandRow, ...]


@dataclass(frozen=True)
class HouseLevels(Question[HouseRow]):
    """Everybody in the house by the latest assessment that was done, and movement within the last `months`."""

    instrument: str
    months: int = MONTHS


@answers(HouseLevels)
def house_levels(reader: Reader, question: HouseLevels) -> HouseRow:
    reader.require(Right.READ_RESIDENTS)
    instrument = instrument_called(reader.session, question.instrument)
    since = Every(months=-question.months).after(reader.today)
    statement = _SCALES if instrument.scales else _LEVELS
    rows = reader.session.execute(statement, {"instrument": instrument.code, "since": since}).all()
    shown = columns_of(instrument)
    tally = _Tally(instrument)
    floors = _grouped(rows, lambda row: (row.floor or NOWHERE).hex, _floor_words, tally)
    care = _grouped(
        rows, lambda row: row.care_level, lambda row: CARE_LEVELS.get(row.care_level, "未定"), tally
    )
    order = tuple(CARE_LEVELS)
    return HouseRow(
        code=instrument.code,
        title=instrument.title,
        short=instrument.short,
        choices=tuple((one.code, one.short) for one in instruments(reader.session).values()),
        columns=shown,
        exclusive=not instrument.scales,
        since=since,
        whole=tally.row("", "全院", rows),
        floors=tuple(sorted(floors, key=lambda one: (one.key == NOWHERE.hex, in_order(one.words)))),
        care=tuple(sorted(care, key=lambda one: order.index(one.key) if one.key in order else len(order))),
    )


def _counted(finding: Any) -> Any:
    columns = (
        *FLOOR_COLUMNS,
        Resident.care_level,
        latest.level,
        latest.rid.is_not(None).label("done"),
        movement.label("moved"),
        finding.label("finding"),
    )
    return STANDINGS.add_columns(*columns, func.count().label("many")).group_by(*columns)


_LEVELS, _SCALES = _counted(literal("")), _counted(latest.finding)
"""People counted; of an instrument with scales also by what was found, since that names those that hold."""


def columns_of(instrument: Instrument) -> tuple[LevelColumn, ...]:
    """The levels, the best first; of an instrument with scales its scales."""
    if instrument.scales:
        return tuple(LevelColumn(one.code, one.name, "info") for one in instrument.scales)
    return tuple(LevelColumn(str(one.number), one.short, one.tone) for one in instrument.levels)


class _Tally:
    """Adds counted rows up to what is shown of them."""

    def __init__(self, instrument: Instrument) -> None:
        self._names = {one.name: one.code for one in instrument.scales}

    def row(self, key: str, words: str, rows: Iterable[Any]) -> StandRow:
        counts: dict[str, int] = {}
        moved = dict.fromkeys(MOVED, 0)
        residents = 0
        for row in rows:
            residents += row.many
            for column in self._stands_in(row):
                counts[column] = counts.get(column, 0) + row.many
            if row.moved:
                moved[row.moved] += row.many
        return StandRow(key, words, residents, counts, moved)

    def _stands_in(self, row: Any) -> Iterable[str]:
        if not row.done:
            return (NEVER,)
        if self._names:
            held = [part.partition(" ")[0] for part in (row.finding or "").split("、")]
            return [self._names[name] for name in held if name in self._names] or (OTHER,)
        return (OTHER,) if row.level is None else (str(row.level),)


def _grouped(
    rows: Iterable[Any], key: Callable[[Any], str], words: Callable[[Any], str], tally: _Tally
) -> list[StandRow]:
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [tally.row(one, words(held[0]), held) for one, held in groups.items()]


def _floor_words(row: Any) -> str:
    return " ".join(part for part in (row.building, row.floor_name) if part) or "未安排楼层"


def floor_of(key: str) -> UUID | None:
    """The floor a key of a row stands for; None for nowhere."""
    rid = UUID(hex=key)
    return None if rid == NOWHERE else rid
