"""Risks that need protection, by the newest result of every instrument: for boards, lists and the chart.

Of each instrument the latest record that came to something counts; a refused assessment, or one with items nobody could
answer, takes no risk away. The graver of two grades wins. An entry of the old nine-risk journal counts as long as the
nine-risk instrument has not been filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.core.unit import Reader
from app.residents.risk_codes import HIGH, risk_codes
from db.models import Assessment, Entry

NINE_RISK = "nine-risk"
"""The instrument of the nine-risk check (GB 38600), and the journal of the same name that it took the place of."""
_NEEDING = ("guard", HIGH)
_STANDING = ("signed", "corrected")


@dataclass(frozen=True)
class Behind:
    """What a risk was found by: an assessment, or (`entry`) an old entry of the nine-risk journal."""

    record: UUID
    instrument: str
    on: date
    total: int | None = None
    finding: str = ""
    entry: bool = False


@dataclass(frozen=True)
class Risk:
    """One risk; `high` when it was called high, else it needs protection. The newest record that says so is behind."""

    key: str
    high: bool
    behind: Behind


def risks_of(reader: Reader, residents: Collection[UUID]) -> dict[UUID, tuple[Risk, ...]]:
    """The risks of some residents, the high ones first; who was never assessed, or has none, is left out."""
    found: dict[UUID, dict[str, Risk]] = defaultdict(dict)
    checked: set[UUID] = set()
    for resident, behind, grades in (*_assessed(reader, residents, checked), *_written(reader, residents)):
        if behind.entry and resident in checked:
            continue
        for key, grade in grades.items():
            if grade in _NEEDING:
                risk = Risk(key, grade == HIGH, behind)
                found[resident][key] = _graver(found[resident].get(key), risk)
    return {resident: _in_order(risks) for resident, risks in found.items()}


def assessed(reader: Reader, resident: UUID, instrument: str) -> bool:
    """Whether an assessment by an instrument stands that could be done."""
    statement = select(Assessment.rid).where(
        Assessment.resident == resident, Assessment.instrument == instrument, *counting()
    )
    return reader.session.scalar(statement.limit(1)) is not None


def counting() -> tuple[Any, ...]:
    """Which assessments count: signed, not retracted, and done at all."""
    return (Assessment.current, Assessment.state.in_(_STANDING), Assessment.undone == "")


def _assessed(
    reader: Reader, residents: Collection[UUID], checked: set[UUID]
) -> Iterator[tuple[UUID, Behind, Mapping[str, str]]]:
    """Of each instrument the record that counts; `checked` learns who has the nine-risk check."""
    rows = reader.session.execute(
        select(
            Assessment.resident,
            Assessment.instrument,
            Assessment.rid,
            Assessment.assessed_on,
            Assessment.level,
            Assessment.total,
            Assessment.finding,
            Assessment.risks,
        )
        .where(Assessment.resident.in_(residents), *counting())
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
    ).all()
    levelled = {(row.resident, row.instrument) for row in rows if row.level is not None}
    seen: set[tuple[UUID, str]] = set()
    for row in rows:
        key = (row.resident, row.instrument)
        if key in seen or (row.level is None and key in levelled):
            continue
        seen.add(key)
        if row.instrument == NINE_RISK:
            checked.add(row.resident)
        yield (
            row.resident,
            Behind(row.rid, row.instrument, row.assessed_on, row.total, row.finding),
            row.risks,
        )


def _written(reader: Reader, residents: Collection[UUID]) -> Iterator[tuple[UUID, Behind, Mapping[str, str]]]:
    """What the old journal says, the newest entry of each resident."""
    rows = reader.session.execute(
        select(Entry.resident, Entry.rid, Entry.begins, Entry.content)
        .where(
            Entry.journal == NINE_RISK,
            Entry.resident.in_(residents),
            Entry.current,
            Entry.state != "retracted",
            or_(Entry.ends.is_(None), Entry.ends > reader.today),
        )
        .order_by(Entry.at)
    )
    newest = {resident: (rid, begins, content) for resident, rid, begins, content in rows}
    for resident, (rid, begins, content) in newest.items():
        said = {key: grade for key, grade in content.items() if key in risk_codes()}
        yield resident, Behind(rid, NINE_RISK, begins or date.min, entry=True), said


def _graver(one: Risk | None, other: Risk) -> Risk:
    if one is None or other.high > one.high:
        return other
    return other if other.high == one.high and other.behind.on > one.behind.on else one


def _in_order(risks: Mapping[str, Risk]) -> tuple[Risk, ...]:
    """The high ones first, each in the order of the list."""
    known = list(risk_codes())
    return tuple(
        sorted(
            risks.values(),
            key=lambda one: (not one.high, known.index(one.key) if one.key in known else len(known)),
        )
    )
