"""The orders of residents as medicines to check: those that run or will, and those that ended days ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select

from app.care.rules import minute_of
from app.core.unit import Reader
from app.medication.drugs.catalogue import DrugList
from app.medication.rules.checks.medicine import Medicine, amounts_of, is_local, tokens_of
from app.medication.rules.dosing import SCALE
from app.medication.rules.drug import Drug
from app.medication.rules.regime import LONG, PRN
from app.medication.rules.states import CANCELLED
from db.models import MedOrder

WASH = timedelta(days=15)
"""How long an order that ended is still looked at; longer than the longest `wash_hours`."""
ONE_TIME = timedelta(hours=24)
"""How long an order given once counts as running."""
_COLUMNS: tuple[Any, ...] = (
    MedOrder.rid, MedOrder.resident, MedOrder.kind, MedOrder.drug, MedOrder.words, MedOrder.facts, MedOrder.dosing,
    MedOrder.dose_unit, MedOrder.route, MedOrder.times, MedOrder.weekdays, MedOrder.begins, MedOrder.ends, MedOrder.prn,
    MedOrder.found,
)  # fmt: skip


_LASTING = MedOrder.kind.in_((LONG, PRN))
_ORDERS = (
    select(*_COLUMNS)
    .where(
        MedOrder.resident.in_(bindparam("residents", expanding=True)),
        MedOrder.current,
        MedOrder.state != "retracted",
        MedOrder.status != CANCELLED,
        or_(
            and_(_LASTING, or_(MedOrder.ends.is_(None), MedOrder.ends > bindparam("since"))),
            and_(~_LASTING, MedOrder.begins > bindparam("since")),
        ),
    )
    .order_by(MedOrder.number)
)


@dataclass(frozen=True)
class Ordered:
    """One order: as a medicine, and what was answered when it was ordered (rule → groups and reason)."""

    rid: UUID
    medicine: Medicine
    answered: Mapping[str, tuple[frozenset[str], str]]


def running_of(reader: Reader, residents: Collection[UUID], listed: DrugList) -> dict[UUID, list[Ordered]]:
    """The orders of each resident, by number. One statement."""
    asked = {"residents": list(residents), "since": reader.now - WASH}
    rows = reader.session.execute(_ORDERS, asked).all()
    found: dict[UUID, list[Ordered]] = defaultdict(list)
    first: dict[tuple[UUID, str], datetime] = {}
    for row in rows:
        name = (row.resident, row.drug)
        first[name] = min(first.get(name, row.begins), row.begins)
    for row in rows:
        used = (reader.now - first[(row.resident, row.drug)]).days
        medicine = _medicine(row, _drug(row, listed), reader.now, used)
        found[row.resident].append(Ordered(row.rid, medicine, _answered(row.found)))
    return found


def ordered_as(key: str, drug: Drug, columns: Mapping[str, Any], now: datetime) -> Medicine:
    """An order that is about to be written, by its columns."""
    return _medicine(_New(key, columns), drug, now, 0)


@dataclass(frozen=True)
class _New:
    """Columns of an order that has no row yet."""

    rid: str
    columns: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.columns[name]


def _medicine(row: Any, drug: Drug, now: datetime, used: int) -> Medicine:
    local = is_local(drug, row.route)
    lasting = row.kind in (LONG, PRN)
    single, daily = amounts_of(row.dosing, row.kind, row.times, int(row.prn.get("most") or 0))
    ended = row.ends if lasting else row.begins + ONE_TIME
    over = ended is not None and ended <= now
    return Medicine(
        key=str(row.rid),
        drug=drug,
        tokens=_tokens(drug, local=local),
        route=row.route,
        kind=row.kind,
        unit=row.dose_unit,
        single=single or None,
        daily=daily or None,
        minutes=tuple(minute_of(name) for name in row.times) if row.kind == LONG else (),
        scale=row.dosing.get("way") == SCALE,
        used_days=max(used, 0),
        course_days=(row.ends - row.begins).days if row.ends is not None else None if lasting else 1,
        stopped_hours=int((now - ended).total_seconds() // 3600) if over and ended is not None else None,
        open_end=lasting and row.ends is None,
        weekdays=len(row.weekdays),
    )


@lru_cache(maxsize=1024)
def _tokens(drug: Drug, *, local: bool) -> frozenset[str]:
    return tokens_of(drug, local=local)


def _drug(row: Any, listed: DrugList) -> Drug:
    """The medicine as the list has it now (what is known of it grows); of one that left it, what the order kept."""
    if (known := listed.get(row.drug)) is not None:
        return known
    facts = row.facts
    strength = facts.get("strength")
    return Drug(
        code=row.drug,
        group=facts.get("group", row.drug),
        name=facts.get("name", row.words),
        inn=facts.get("inn", ""),
        atc=facts.get("atc", ""),
        form=facts.get("form", ""),
        unit=facts.get("unit", ""),
        strength=Decimal(strength) if strength else None,
        strength_unit=facts.get("strength_unit", ""),
        ingredients=tuple(facts.get("ingredients", ())),
        classes=tuple(facts.get("classes", ())),
        control=facts.get("control", ""),
        skin_test=bool(facts.get("skin_test")),
        whole=bool(facts.get("whole")),
    )


def _answered(found: Mapping[str, Any]) -> dict[str, tuple[frozenset[str], str]]:
    """What `settling` kept; what was answered later stands for what was said before."""
    said: dict[str, tuple[frozenset[str], str]] = {}
    for one in found.get("findings", ()):
        groups, before = said.get(one["rule"], (frozenset(), ""))
        reason = one.get("reason", "")
        said[one["rule"]] = (groups | set(one.get("groups", ())), reason or before)
    return said
