"""A quick look over every shelf of the house by the columns as they are kept: which warn, and of what."""

from __future__ import annotations

from uuid import UUID

import orjson
from sqlalchemy import LargeBinary, Text, select, type_coerce

from app.core.unit import Reader
from app.medication.rules.stock_alarms import AlarmKind, Limits, Use, alarms, kinds, limits_on
from app.medication.stock.balance import EVERYTHING, NOBODY, Key, Which, reckoned, wanted
from app.medication.stock.lists import warnings
from app.medication.stock.use import raw_uses
from db.models import StockShelf

_COLUMNS = (
    StockShelf.drug,
    type_coerce(StockShelf.owner, LargeBinary),
    StockShelf.left,
    StockShelf.taken,
    type_coerce(StockShelf.expires, Text),
    type_coerce(StockShelf.use_until, Text),
    StockShelf.stale,
    type_coerce(StockShelf.lots, Text),
)
_NONE = (0.0, 0.0)


def glance(reader: Reader, which: Which = EVERYTHING) -> dict[Key, list[AlarmKind]]:
    """Every shelf with which something is wrong; the same as `alarms` says of it, without making it first."""
    used, rules = raw_uses(reader), warnings()
    by_date = limits_on(reader.today, rules)
    limits = Limits(by_date.today.isoformat(), by_date.soon.isoformat(), rules.low_days)
    found: dict[Key, list[AlarmKind]] = {}
    unsure: dict[Key, str] = {}
    for row in reader.session.execute(select(*_COLUMNS).where(*wanted(which))).all():
        drug, owner, left, taken, expires, until, stale, lots = row
        if stale:
            unsure[_key(drug, owner)] = ""
            continue
        balance, use = round(left - taken, 4), used.get((drug, owner), _NONE)
        fine = balance >= use[0] and balance >= 0 and balance >= (use[1] + 0.0001) * rules.low_days
        if fine and (expires is None or expires > limits.soon) and (until is None or until >= limits.today):
            continue
        if wrong := kinds(balance, _left(lots, taken), use, limits):
            found[_key(drug, owner)] = wrong
    for key, kept in reckoned(reader, unsure).items():
        use = used.get((key[0], (key[1] or NOBODY).bytes), _NONE)
        if wrongs := alarms(kept.shelf, Use.of(*use), reader.today, rules):
            found[key] = [one.kind for one in wrongs]
    return found


def _left(lots: str, taken: float) -> list[tuple[str | None, str | None]]:
    """Dates of the lots that are left when so much went from those that expire first."""
    found = []
    for _, expires, left, _, until in orjson.loads(lots).get("lots", ()):
        here = float(left)
        if taken + 0.00001 < here:
            found.append((expires, until))
        taken = max(0.0, taken - here)
    return found


def _key(drug: str, owner: bytes) -> Key:
    return (drug, None if owner == NOBODY.bytes else UUID(bytes=owner))
