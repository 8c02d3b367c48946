"""The levels of a resident: what holds now, what was before, and the care level an assessment proposes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.resources import resource
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.codes import code_list
from app.residents.queries.latest import ABILITY
from app.residents.queries.risks import counting
from app.residents.rules.grades import CARE_LEVEL, CARE_STAGE, GRADES, NURSING_GRADE, proposed
from db.models import Assessment, Grade, Resident


@dataclass(frozen=True)
class GradeRow:
    """One decision. `ends` is when the next one began; `words` of its value, `round` of a nursing grade."""

    rid: UUID
    revision: int
    what: str
    value: str
    words: str
    since: date
    ends: date | None
    review_on: date | None
    note: str
    by: str
    at: datetime
    basis: Mapping[str, Any]
    round: str = ""


@dataclass(frozen=True)
class GradesRow:
    """Decisions of each kind, the newest first; the stages there are, in their order."""

    rows: tuple[GradeRow, ...]
    stages: tuple[tuple[str, str], ...]

    def of(self, what: str) -> tuple[GradeRow, ...]:
        return tuple(row for row in self.rows if row.what == what)

    def now(self, what: str) -> GradeRow | None:
        return next(iter(self.of(what)), None)

    @property
    def stage(self) -> GradeRow | None:
        return self.now(CARE_STAGE)

    @property
    def nursing(self) -> GradeRow | None:
        return self.now(NURSING_GRADE)

    @property
    def level(self) -> GradeRow | None:
        return self.now(CARE_LEVEL)


@dataclass(frozen=True)
class Grades(Question[GradesRow]):
    """Everything decided about a resident's levels."""

    resident: UUID


@dataclass(frozen=True)
class ProposalRow:
    """What the latest signed ability assessment stands for. `value` is empty where there is none to go by."""

    value: str
    words: str
    basis: Mapping[str, Any]
    basis_words: str
    current: str
    current_words: str
    confirmed: bool

    @property
    def differs(self) -> bool:
        return bool(self.value) and self.value != self.current


@dataclass(frozen=True)
class LevelProposal(Question[ProposalRow]):
    """The care level proposed for a resident, with what it is drawn from."""

    resident: UUID


@cache
def proposals() -> Mapping[str, str]:
    """`resources/codes/care_level_proposal.toml`: level of ability → care level."""
    path = resource("codes", "care_level_proposal.toml")
    table: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["proposal"]
    known = {entry.code for entry in code_list("care_level").entries}
    for level, value in table.items():
        if level not in {"0", "1", "2", "3", "4"} or value not in known:
            raise ValueError(f"{path.name}: {level} = {value}")
    return MappingProxyType(table)


@cache
def rounds() -> Mapping[str, str]:
    """How often a nurse makes the round, by nursing grade."""
    read = tomllib.loads(resource("codes", "nursing_grade.toml").read_text(encoding="utf-8"))
    return MappingProxyType({entry["code"]: entry["round"] for entry in read["entry"]})


@answers(Grades)
def grades(reader: Reader, question: Grades) -> GradesRow:
    reader.require(Right.READ_RESIDENTS)
    return GradesRow(
        grade_rows(reader, question.resident),
        tuple((entry.code, entry.words) for entry in code_list("care_stage").entries),
    )


def grade_rows(reader: Reader, resident: UUID) -> tuple[GradeRow, ...]:
    """Standing decisions, the newest first."""
    statement = select(Grade).where(Grade.resident == resident, Grade.current, Grade.state != "retracted")
    rows = reader.session.scalars(statement.order_by(Grade.since.desc(), Grade.recorded_at.desc())).all()
    names = author_names(reader)
    found: list[GradeRow] = []
    ends: dict[str, date] = {}
    for row in rows:
        words = code_list(row.what).words(row.value)
        found.append(
            GradeRow(
                row.rid, row.revision, row.what, row.value, words, row.since, ends.get(row.what),
                row.review_on, row.note, names.get(row.author, ""), row.recorded_at, row.basis,
                rounds().get(row.value, "") if row.what == NURSING_GRADE else "",
            )
        )  # fmt: skip
        ends[row.what] = row.since
    return tuple(found)


@answers(LevelProposal)
def level_proposal(reader: Reader, question: LevelProposal) -> ProposalRow:
    reader.require(Right.READ_RESIDENTS)
    one = reader.session.scalars(
        select(Assessment)
        .where(
            Assessment.resident == question.resident,
            Assessment.instrument == ABILITY,
            Assessment.level.is_not(None),
            *counting(),
        )
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
        .limit(1)
    ).first()
    resident = reader.session.get(Resident, question.resident)
    current = resident.care_level if resident is not None else ""
    levels = code_list(CARE_LEVEL)
    value = proposed(one.level, proposals()) if one is not None else ""
    confirmed = any(row.what == CARE_LEVEL for row in grade_rows(reader, question.resident))
    said = ""
    if one is not None and one.level is not None:
        total = f"{one.total} 分，" if one.total is not None else ""
        said = f"{one.assessed_on.isoformat()} 能力评估：{total}{one.finding}（{one.number}）"
    return ProposalRow(
        value,
        levels.words(value) if value else "",
        {"assessment": str(one.rid), "level": one.level} if one is not None else {},
        said,
        current,
        levels.words(current) if current else "",
        confirmed,
    )


__all__ = ["GRADES", "GradeRow", "Grades", "GradesRow", "LevelProposal", "ProposalRow", "grade_rows"]
