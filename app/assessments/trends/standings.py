"""The one statement behind a house's levels: everybody in it with floor, level that counts and how that moved.

Built once; asked with `{"instrument": code, "since": day}`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, literal, select
from sqlalchemy.orm import aliased

from app.assessments.record import STANDING
from app.residents.which_stay import in_house
from db.models import Assessment, Place, Resident, ResidentSearch, Stay

BETTER, SAME, WORSE, FIRST = "better", "same", "worse", "first"
MOVED = (BETTER, SAME, WORSE, FIRST)
"""Against the assessment before it; FIRST where there is none. Who was not assessed in the time has none of them."""

_bed, _in, _above, _top = (aliased(Place, name=name) for name in ("bed", "within", "above", "top"))
latest = aliased(Assessment, name="latest")
"""The assessment that counts: the latest that was done."""
newer = aliased(Assessment, name="newer")
"""The latest assessment that came to a level."""
older = aliased(Assessment, name="older")
"""The one before `newer` that came to a level."""


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
movement: ColumnElement[str] = case(
    (newer.rid.is_(None), literal("")),
    (newer.assessed_on < bindparam("since", type_=Date()), literal("")),
    (older.rid.is_(None), literal(FIRST)),
    (newer.level < older.level, literal(BETTER)),
    (newer.level > older.level, literal(WORSE)),
    else_=literal(SAME),
)


def _nth(back: int, *, levelled: bool) -> Any:
    """The n-th latest assessment of the resident that was done: found by index, not by sorting them all."""
    one = aliased(Assessment)
    statement = select(one.rid).where(
        one.resident == Resident.rid,
        one.instrument == bindparam("instrument"),
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


STANDINGS = (
    select()
    .select_from(ResidentSearch)
    .join(Resident, Resident.rid == ResidentSearch.rid)
    .outerjoin(Stay, and_(Stay.resident == Resident.rid, in_house()))
    .outerjoin(_bed, _bed.rid == Stay.bed)
    .outerjoin(_in, _in.rid == _bed.parent)
    .outerjoin(_above, _above.rid == _in.parent)
    .outerjoin(_top, _top.rid == _above.parent)
    .outerjoin(latest, and_(latest.rid == _nth(0, levelled=False), latest.current))
    .outerjoin(newer, and_(newer.rid == _nth(0, levelled=True), newer.current))
    .outerjoin(older, and_(older.rid == _nth(1, levelled=True), older.current))
    .where(ResidentSearch.status == "in")
)
"""Everybody in the house, one row each, to be counted or listed."""
