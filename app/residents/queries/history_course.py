"""What the history of a resident says of stays, absences and decided levels: each revision against the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.unit import Reader
from app.residents.codes import code_list
from app.residents.queries.history_words import Change
from app.residents.rules.grades import GRADES
from app.residents.rules.stays import ABSENCES, MODES, OUTCOMES, STATUSES
from db.base import Origin
from db.models import Absence, Grade, Place, Stay

Written = Iterator[tuple[Origin, Change]]


def course_changes(reader: Reader, rid: UUID) -> Written:
    """Every change of a resident's stays, absences and levels, with the revision that made it."""
    yield from _stays(reader, rid)
    yield from _whole(reader, Absence, rid)
    yield from _whole(reader, Grade, rid)


def _stays(reader: Reader, rid: UUID) -> Written:
    statement = select(Stay, Place.label).outerjoin(Place, Place.rid == Stay.bed).where(Stay.resident == rid)
    rows = reader.session.execute(statement.order_by(Stay.recorded_at, Stay.revision))
    said: dict[UUID, Mapping[str, str]] = {}
    before: dict[UUID, Stay] = {}
    for stay, label in rows:
        was, fresh = said.get(stay.rid, {}), _stay_fields(stay, label or "")
        for field, new in fresh.items():
            if was.get(field, "") != new:
                old = was.get(field, "")
                yield stay, Change(field, old, _because(field, new, stay, before.get(stay.rid)), _why(stay))
        said[stay.rid], before[stay.rid] = fresh, stay


def _stay_fields(stay: Stay, label: str) -> dict[str, str]:
    fields = {
        "床位": label,
        "入住日期": stay.begins.isoformat() if stay.begins else "",
        "退住日期": stay.ends.isoformat() if stay.ends else "",
        "入住状态": "" if stay.status in {"in", "ended"} else STATUSES[stay.status],
        "预计入住": stay.expected.isoformat() if stay.expected and stay.status != "in" else "",
        "服务方式": MODES.get(stay.mode, stay.mode) if stay.mode != "resident" else "",
        "退住去向": OUTCOMES.get(stay.outcome, stay.outcome),
        "入住说明": stay.note,
    }
    return dict.fromkeys(fields, "") if stay.state == "retracted" else fields


def _because(field: str, new: str, stay: Stay, before: Stay | None) -> str:
    """A bed moved to, with why; the form writes 补充, which says nothing."""
    moved = before is not None and (before.status, before.mode) == (stay.status, stay.mode)
    told = moved and stay.reason not in (None, "补充") and stay.state != "retracted"
    return f"{new}（{stay.reason}）" if field == "床位" and new and told else new


def _why(stay: Stay) -> str:
    """Why a stay was set right; a step needs no more than itself."""
    return (stay.reason or "") if stay.state == "retracted" else ""


def _whole(reader: Reader, model: type[Absence] | type[Grade], rid: UUID) -> Written:
    """Records that read as one sentence."""
    rows: list[Any] = list(
        reader.session.scalars(
            select(model).where(model.resident == rid).order_by(model.rid, model.revision, model.recorded_at)
        )
    )
    for _rid, revisions in groupby(rows, key=lambda row: row.rid):
        old = ""
        for row in revisions:
            field, words = _words(reader, row)
            new = "" if row.state == "retracted" else words
            why = (row.reason or "") if row.state in {"corrected", "retracted"} and old else ""
            if old != new or why:
                yield row, Change(field, old, new, why)
            old = new


def _words(reader: Reader, row: Absence | Grade) -> tuple[str, str]:
    if isinstance(row, Grade):
        review = f"，{row.review_on.isoformat()} 复核" if row.review_on else ""
        words = code_list(row.what).words(row.value)
        return GRADES[row.what], f"{words}，{row.since.isoformat()} 起{review}，{row.note}"
    zone = reader.settings.zone
    until = f" 至 {_time(zone, row.ends)}" if row.ends else " 起"
    planned = f"预计 {_time(zone, row.planned)} 回" if row.planned and not row.ends else ""
    kept = ""
    if row.code == "hospital":
        day = f"至 {row.keep_until.isoformat()}" if row.keep_until else ""
        kept = f"床位保留{day}" if row.bed_kept else "床位不保留"
    parts = (
        f"{_time(zone, row.begins)}{until}",
        row.whither,
        row.why,
        row.escort,
        planned,
        kept,
        row.condition,
    )
    return ABSENCES[row.code], "，".join(part for part in parts if part)


def _time(zone: str, moment: datetime) -> str:
    return f"{local(zone, moment):%Y-%m-%d %H:%M}"
