"""What the program raises by itself, and goes on raising until a person says what was decided.

Derived from the doses, never stored: two stations' records of one slot, three refusals of a medicine in 72 hours, two
misses of a time-critical one. What was decided is a `MedMatter`; the same happening later is raised again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.core.unit import Reader
from app.medication.derived import DOSE_COLUMNS, DoseFact, dose_fact
from app.medication.lists import matters
from db.models import Dose, DoseTwice, MedMatter, MedOrder

DOUBLE, CONTRADICTION, REFUSALS, MISSES = "double", "contradiction", "refusals", "misses"
WORDS = {
    DOUBLE: "可能重复给药",
    CONTRADICTION: "记录矛盾",
    REFUSALS: "多次拒服",
    MISSES: "时间要紧的药多次漏给",
}
"""What each is called."""


@dataclass(frozen=True)
class Matter:
    """One thing raised. `about`: the dose or the order; `since`: the instant of what raised it last."""

    what: str
    resident: UUID
    about: UUID
    since: datetime
    doses: tuple[DoseFact, ...]
    words: str  # the medicine


def open_matters(reader: Reader, resident: UUID | None = None) -> tuple[Matter, ...]:
    """Everything raised and not decided, the gravest first. Of one resident, or of the house."""
    found = [*_twice(reader, resident), *_repeated(reader, resident)]
    if not found:
        return ()
    settled = _settled(reader, {one.about for one in found})
    still = [
        one for one in found if (decided := settled.get((one.what, one.about))) is None or one.since > decided
    ]
    order = list(WORDS)
    return tuple(sorted(still, key=lambda one: (order.index(one.what), one.since)))


def _twice(reader: Reader, resident: UUID | None) -> Iterator[Matter]:
    twice = select(DoseTwice.rid)
    if resident is not None:
        twice = twice.where(DoseTwice.resident == resident)
    statement = (
        select(*DOSE_COLUMNS, MedOrder.words.label("medicine"))
        .join(MedOrder, MedOrder.rid == Dose.med_order)
        .where(Dose.rid.in_(twice), Dose.current, Dose.state != "retracted", MedOrder.current)
        .order_by(Dose.recorded_at)
    )
    rows: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for row in reader.session.execute(statement):
        rows[row.rid][row.station] = row
    for rid, by_station in rows.items():
        first, *others = [dose_fact(row[:-1]) for row in by_station.values()]
        whole = dose_fact(next(iter(by_station.values()))[:-1], tuple(others))
        what = DOUBLE if whole.doubled else CONTRADICTION if whole.contradicts else ""
        if what:
            doses = (first, *others)
            since = max(one.recorded_at for one in doses)
            yield Matter(what, whole.resident, rid, since, doses, next(iter(by_station.values())).medicine)


def _repeated(reader: Reader, resident: UUID | None) -> Iterator[Matter]:
    """Refusals and misses of one order within the time the rules say."""
    rules = matters()
    since = reader.now - max(rules.refusals_within, rules.misses_within)
    statement = (
        select(*DOSE_COLUMNS, MedOrder.words.label("medicine"), MedOrder.facts.label("facts"))
        .join(MedOrder, MedOrder.rid == Dose.med_order)
        .where(
            Dose.at > since,
            Dose.current,
            text("dose.outcome in ('refused', 'missed')"),  # to the letter, so that its index is taken
            Dose.state != "retracted",
            MedOrder.current,
            MedOrder.status != "stopped",
        )
        .order_by(Dose.at)
    )
    if resident is not None:
        statement = statement.where(Dose.resident == resident)
    doses: dict[tuple[UUID, str], list[Any]] = defaultdict(list)
    for row in reader.session.execute(statement):
        doses[row.med_order, row.outcome].append(row)
    for (order, outcome), rows in doses.items():
        refused = outcome == "refused"
        within = reader.now - (rules.refusals_within if refused else rules.misses_within)
        lately = [row for row in rows if row.at > within]
        enough = len(lately) >= (rules.refusals if refused else rules.misses)
        if enough and (refused or rows[0].facts.get("time_critical")):
            facts = tuple(dose_fact(row[:-2]) for row in lately)
            what = REFUSALS if refused else MISSES
            yield Matter(what, rows[0].resident, order, lately[-1].at, facts, rows[0].medicine)


def _settled(reader: Reader, about: Collection[UUID]) -> dict[tuple[str, UUID], datetime]:
    """Until which instant each matter was decided."""
    statement = select(MedMatter.what, MedMatter.about, MedMatter.since).where(
        MedMatter.about.in_(list(about)), MedMatter.current, MedMatter.state != "retracted"
    )
    found: dict[tuple[str, UUID], datetime] = {}
    for what, rid, since in reader.session.execute(statement):
        found[what, rid] = max(since, found.get((what, rid), since))
    return found
