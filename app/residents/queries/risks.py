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

from sqlalchemy import String, case, func, or_, select

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
    """Of each instrument the record that counts; `checked` learns who has the nine-risk check.

    SQLite gives the other columns of a group from the row that has the maximum; the index holds them all, so that
    a board reads no answers. What has no level counts only where nothing of that instrument has one.
    """
    levelled = case((Assessment.level.is_(None), "0"), else_="1")
    newest = levelled + Assessment.assessed_on.cast(String) + func.printf("%015d", Assessment.recorded_at)
    rows = reader.session.execute(
        select(
            Assessment.resident,
            Assessment.instrument,
            Assessment.rid,
            Assessment.assessed_on,
            Assessment.risks,
            func.max(newest),
        )
        .where(Assessment.resident.in_(residents), *counting())
        .group_by(Assessment.resident, Assessment.instrument)
        .having(or_(Assessment.risks != {}, Assessment.instrument == NINE_RISK))
    )
    for resident, instrument, rid, on, risks, _newest in rows:
        if instrument == NINE_RISK:
            checked.add(resident)
        yield resident, Behind(rid, instrument, on), risks


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
