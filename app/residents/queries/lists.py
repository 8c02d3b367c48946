"""The list of residents: one-box search, filter by ability level, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.latest import join_latest, latest
from app.residents.queries.presence import open_absence
from app.residents.queries.risks import Risk, risks_of
from app.residents.rules import age_on
from app.residents.rules.stays import STATUSES
from app.residents.search_text import like_pattern
from app.residents.which_stay import join_stay
from db.models import Absence, Allergy, Diagnosis, Place, Resident, ResidentSearch, Stay


@dataclass(frozen=True)
class ResidentRow:
    """One line of the list. `level` 0–4 by GB/T 42195-2022, None before the first assessment.

    `allergy`: the substances, 无 for none known, empty for unknown. `risks` need protection, the high ones first.
    """

    rid: UUID
    number: str
    name: str
    sex: str
    age: int | None
    birth_date: date | None
    bed: str
    care_level: str
    level: int | None
    total: int | None
    due_on: date | None
    marks: tuple[str, ...]
    allergy: str
    where: str = ""
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True)
class Page:
    """A stretch of the list and how many there are in all."""

    rows: tuple[ResidentRow, ...]
    count: int


@dataclass(frozen=True)
class ResidentList(Question[Page]):
    """Residents by bed. `text`: name, pinyin, initials, bed, number, ID or phone ending, in one box.

    `level`: 0–4, -1 for "not yet assessed", None for all. `status`: in (away or not), away, coming, out.
    """

    text: str = ""
    level: int | None = None
    limit: int = 200
    offset: int = 0
    status: str = "in"


@dataclass(frozen=True)
class LevelCounts(Question[dict[int | None, int]]):
    """How many residents are in the house by level; None counts those never assessed. `status` as in the list."""

    status: str = "in"


@dataclass(frozen=True)
class StatusCounts(Question[dict[str, int]]):
    """How many residents each list has: in, away (of them), coming, out."""


@answers(ResidentList)
def resident_list(reader: Reader, question: ResidentList) -> Page:
    reader.require(Right.READ_RESIDENTS)
    wanted = _wanted(question)
    statement = _from(
        select(
            Resident.rid,
            Resident.number,
            Resident.name,
            Resident.sex,
            Resident.birth_date,
            Place.label,
            Resident.care_level,
            latest.level,
            latest.total,
            latest.due_on,
            Stay.status,
            Stay.outcome,
            Absence.code,
        ),
    )
    held = and_(Place.rid == Stay.bed, Stay.ends.is_(None))
    statement = statement.outerjoin(Stay, join_stay()).outerjoin(Place, held)
    statement = statement.outerjoin(Absence, and_(Absence.resident == Resident.rid, open_absence()))
    statement = statement.where(*wanted).order_by(ResidentSearch.sort)
    rows = reader.session.execute(statement.limit(question.limit).offset(question.offset)).all()
    count = question.offset + len(rows)
    if len(rows) == question.limit or (question.offset and not rows):  # otherwise the list ends here
        counting = select(func.count()).select_from(ResidentSearch)
        if question.level is not None:  # a level needs more than the narrow table
            counting = _from(select(func.count()))
        counting = counting.where(*wanted)
        count = reader.session.scalar(counting) or 0
    return Page(_finish(reader, rows), count)


@answers(LevelCounts)
def level_counts(reader: Reader, question: LevelCounts) -> dict[int | None, int]:
    reader.require(Right.READ_RESIDENTS)
    wanted = _wanted(ResidentList(status=question.status))
    statement = _from(select(latest.level, func.count())).where(*wanted)
    rows = reader.session.execute(statement.group_by(latest.level))
    return {row[0]: row[1] for row in rows}


@answers(StatusCounts)
def status_counts(reader: Reader, _question: StatusCounts) -> dict[str, int]:
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.execute(select(ResidentSearch.status, func.count()).group_by(ResidentSearch.status))
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    away = reader.session.scalar(select(func.count()).select_from(Absence).where(open_absence()))
    return {**counts, "away": away or 0}


def _from(statement: Any) -> Any:
    """Residents found by the narrow table, each with the latest level."""
    statement = statement.select_from(ResidentSearch).join(Resident, Resident.rid == ResidentSearch.rid)
    return statement.outerjoin(latest, join_latest())


def _wanted(question: ResidentList) -> list[ColumnElement[bool]]:
    status = "in" if question.status == "away" else question.status
    wanted: list[ColumnElement[bool]] = [ResidentSearch.status == status]
    if question.status == "away":
        gone = select(Absence.resident).where(open_absence())
        wanted.append(ResidentSearch.rid.in_(gone))
    if question.text.strip():
        wanted.append(ResidentSearch.text.like(like_pattern(question.text), escape="\\"))
    if question.level == -1:
        wanted.append(latest.level.is_(None))
    elif question.level is not None:
        wanted.append(latest.level == question.level)
    return wanted


def _finish(reader: Reader, rows: Sequence[Row[Any]]) -> tuple[ResidentRow, ...]:
    """Rows of one page with their diagnoses, allergies and risks: a few more statements, not a few a row."""
    rids = [row[0] for row in rows]
    illnesses = _words(reader, Diagnosis.words, Diagnosis, rids, Diagnosis.ordinal)
    allergies = _words(reader, Allergy.substance, Allergy, rids, Allergy.recorded_at)
    risks = risks_of(reader, rids)
    today = reader.today
    columns: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return tuple(
        ResidentRow(
            rid=rid,
            number=number,
            name=name,
            sex=sex,
            age=None if birth is None else age_on(birth, today),
            birth_date=birth,
            bed=bed or "",
            care_level=care_level,
            level=level,
            total=total,
            due_on=due_on,
            marks=tuple(dict.fromkeys(short_diagnosis(words) for words in illnesses.get(rid, ()))),
            allergy="、".join(words or "无" for words in allergies.get(rid, ())),
            where=_where(*stay),
            risks=risks.get(rid, ()),
        )
        for rid, number, name, sex, birth, bed, care_level, level, total, due_on, *stay in columns
    )


def _where(status: str | None, outcome: str | None, away: str | None) -> str:
    """What is said of somebody who is not simply here: 外出, 住院, 咨询, 预留, 已退住, 去世."""
    if away is not None:
        return "住院" if away == "hospital" else "外出"
    if status is None or status == "in":
        return ""
    return "去世" if outcome == "death" else STATUSES[status]


def _words(reader: Reader, column: Any, model: Any, rids: list[UUID], order: Any) -> dict[UUID, list[str]]:
    statement = select(model.resident, column).where(
        model.resident.in_(rids), model.current, model.state != "retracted"
    )
    found: dict[UUID, list[str]] = {}
    for rid, words in reader.session.execute(statement.order_by(order)):
        found.setdefault(rid, []).append(words)
    return found


def short_diagnosis(words: str) -> str:
    """A diagnosis short enough for a tag: 高血压病3级（极高危） → 高血压; the full words stand in the chart."""
    plain = re.sub(r"[（(].*?[)）]", "", words)
    return re.sub(r"病?[0-9一二三四1-4ⅠⅡⅢⅣ]+(级|期)$", "", plain) or words
