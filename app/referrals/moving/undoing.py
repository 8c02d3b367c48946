"""What a move wrote beside the state, put back as it was before it: what was changed by hand since stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core.unit import Unit
from db.models import Referral

COLUMNS = (
    "due", "approval", "approval_by", "booking", "receiver", "care", "partner", "partner_words", "department",
    "consent", "consent_at", "consent_by", "absence", "bed_until",
)  # fmt: skip
MAPPED = ("times", "escort", "attachments")
"""Columns of which a move writes single keys."""


def as_before(unit: Unit, row: Referral, line: Mapping[str, Any]) -> dict[str, Any]:
    """The columns the move of `line` wrote, as the revision before it had them."""
    found = _around(unit, row, line)
    if found is None:
        return {}
    before, after = found
    changes: dict[str, Any] = {
        name: getattr(before, name)
        for name in COLUMNS
        if getattr(after, name) != getattr(before, name) and getattr(row, name) == getattr(after, name)
    }
    for name in MAPPED:
        changes[name] = _keys(getattr(before, name), getattr(after, name), getattr(row, name))
    return changes


def _keys(before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """`now` with the keys that changed from `before` to `after` as they were, unless they changed again."""
    kept = dict(now)
    for key in {*before, *after}:
        if before.get(key) == after.get(key) or now.get(key) != after.get(key):
            continue
        if key in before:
            kept[key] = before[key]
        else:
            kept.pop(key, None)
    return kept


def _around(unit: Unit, row: Referral, line: Mapping[str, Any]) -> tuple[Referral, Referral] | None:
    """The revision before the move and the one it wrote; None where they are not here."""
    rows = unit.session.scalars(
        select(Referral)
        .where(Referral.rid == row.rid, Referral.revision <= row.revision)
        .order_by(Referral.revision, Referral.station != row.station)
    ).all()
    after = next((one for one in rows if any(_same(each, line) for each in one.moves.get("all", ()))), None)
    if after is None:
        return None
    before = [one for one in rows if one.revision < after.revision and _led_to(one, after, line)]
    return (before[-1], after) if before else None


def _led_to(one: Referral, after: Referral, line: Mapping[str, Any]) -> bool:
    """Whether a revision has the moves that stand before the line in `after`, and no others: what was given up for the
    steps of another station has others."""
    lines = after.moves["all"]
    there = next(place for place, each in enumerate(lines) if _same(each, line))
    return [_key(each) for each in one.moves.get("all", ())] == [_key(each) for each in lines[:there]]


def _same(one: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    return all(one[key] == line[key] for key in ("from", "to", "at", "recorded_at", "by"))


def _key(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return one["to"], one["recorded_at"], one["by"]
