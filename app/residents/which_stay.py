"""Which of a resident's stays counts now: the open one, else the latest; one that was only asked about comes last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from db.models import Resident, Stay

_other = aliased(Stay, name="other_stay")


def standing(stay: Any = Stay) -> ColumnElement[bool]:
    """The revision of a stay that stands."""
    return and_(stay.current, stay.state != "retracted")


def holding(stay: Any = Stay) -> ColumnElement[bool]:
    """A stay that holds its bed, taken or reserved."""
    return and_(stay.current, stay.ends.is_(None), stay.state != "retracted")


def in_house(stay: Any = Stay) -> ColumnElement[bool]:
    """A stay that goes on, wherever the resident is today."""
    return and_(stay.current, stay.ends.is_(None), stay.state != "retracted", stay.status == "in")


def order_of(stay: Any = Stay) -> tuple[ColumnElement[Any], ...]:
    """The one that counts first."""
    return (
        case((stay.ends.is_(None), 0), else_=1),
        case((stay.status == "withdrawn", 1), else_=0),
        func.coalesce(stay.begins, stay.expected).desc(),
        stay.at.desc(),
    )


def join_stay() -> ColumnElement[bool]:
    """The ON clause of a resident's one stay."""
    which = (
        select(_other.rid)
        .where(_other.resident == Resident.rid, standing(_other))
        .order_by(*order_of(_other))
        .limit(1)
        .correlate(Resident)
        .scalar_subquery()
    )
    return and_(Stay.rid == which, standing())
