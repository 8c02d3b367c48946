"""The one statement behind a house's levels: everybody in it with floor, level that counts and how that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select
from sqlalchemy.orm import aliased

from app.assessments.record import STANDING
from app.residents.which_stay import in_house
from db.models import Assessment, Place, Resident, ResidentSearch, Stay

BETTER, SAME, WORSE, FIRST = "better", "same", "worse", "first"
MOVED = (BETTER, SAME, WORSE, FIRST)
"""Against the assessment before it; FIRST where there is none. Who was not assessed in the time has none of them."""

_bed, _in, _above, _top = (aliased(Place, name=name) for name in ("bed", "within", "above", "top"))


def _nearest(kind: str, column: str) -> ColumnElement[Any]:
    return case(*((place.kind == kind, getattr(place, column)) for place in (_in, _above, _top)))


FLOOR = func.coalesce(_nearest("floor", "rid"), _nearest("building", "rid"), type_=Place.rid.type)
"""The floor of the bed; where none is, the building; where none is either, nothing."""
FLOOR_COLUMNS = (
    FLOOR.label("floor"),
    _nearest("floor", "name").label("floor_name"),
    _nearest("building", "name").label("building"),
)
BED = _bed.label


@dataclass(frozen=True)
class Standings:
    """What is asked: by which instrument, since when a newer assessment counts as movement."""

    instrument: str
    since: date
    with_finding: bool = False

    @cached_property
    def latest(self) -> Any:
        """The joined row of the assessment that counts: the latest that was done."""
        return aliased(Assessment, name="latest")

    @cached_property
    def newer(self) -> Any:
        """The joined row of the latest assessment that came to a level."""
        return aliased(Assessment, name="newer")

    @cached_property
    def older(self) -> Any:
        """The joined row of the one before `newer` that came to a level."""
        return aliased(Assessment, name="older")

    @property
    def care_level(self) -> Any:
        return Resident.care_level

    @property
    def level(self) -> Any:
        return self.latest.level.label("level")

    @property
    def done(self) -> Any:
        return self.latest.rid.is_not(None).label("done")

    @property
    def finding(self) -> Any:
        return (self.latest.finding if self.with_finding else null()).label("finding")

    @property
    def moved(self) -> Any:
        return self.movement.label("moved")

    @cached_property
    def movement(self) -> ColumnElement[Any]:
        newer, older = self.newer, self.older
        return case(
            (newer.rid.is_(None), literal("")),
            (newer.assessed_on < self.since, literal("")),
            (older.rid.is_(None), literal(FIRST)),
            (newer.level < older.level, literal(BETTER)),
            (newer.level > older.level, literal(WORSE)),
            else_=literal(SAME),
        )


def standings(by: Standings) -> Select[Any]:
    """Everybody in the house, one row each, to be counted or listed."""
    latest, newer, older = by.latest, by.newer, by.older
    return (
        select()
        .select_from(ResidentSearch)
        .join(Resident, Resident.rid == ResidentSearch.rid)
        .outerjoin(Stay, and_(Stay.resident == Resident.rid, in_house()))
        .outerjoin(_bed, _bed.rid == Stay.bed)
        .outerjoin(_in, _in.rid == _bed.parent)
        .outerjoin(_above, _above.rid == _in.parent)
        .outerjoin(_top, _top.rid == _above.parent)
        .outerjoin(latest, and_(latest.rid == _nth(by, 0, levelled=False), latest.current))
        .outerjoin(newer, and_(newer.rid == _nth(by, 0, levelled=True), newer.current))
        .outerjoin(older, and_(older.rid == _nth(by, 1, levelled=True), older.current))
        .where(ResidentSearch.status == "in")
    )


def _nth(by: Standings, back: int, *, levelled: bool) -> Any:
    """The n-th latest assessment of the resident that was done: found by index, not by sorting them all."""
    one = aliased(Assessment)
    statement = select(one.rid).where(
        one.resident == Resident.rid,
        one.instrument == by.instrument,
        one.current,
        one.state.in_(STANDING),
        one.undone == "",
    )
    if levelled:
        statement = statement.where(one.level.is_not(None))
    return (
        statement.order_by(one.assessed_on.desc(), one.at.desc(), one.recorded_at.desc())
        .limit(1)
        .offset(back)
        .correlate(Resident)
        .scalar_subquery()
    )
