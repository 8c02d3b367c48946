"""Revisions of care records: the one that stands, the next one with its reason, the one that says it was an error."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select

from app.core import revising
from app.core.errors import Refusal
from app.core.unit import Unit
from app.residents.rules.stated import RETRACTED, reason_wrong
from app.residents.stating.revising import LONGEST_REASON, Seen, as_seen, standing_of
from db.base import Clinical
from db.models import CareDoing, CareTask

C = TypeVar("C", CareTask, CareDoing)
K = TypeVar("K", bound=Clinical)
_TITLES: dict[type[Any], str] = {CareTask: "照护项目", CareDoing: "记录"}


def standing(unit: Unit, model: type[C], seen: Seen) -> C:
    """The revision to be changed; refuses one that is gone, was retracted, or was changed since it was seen."""
    return standing_of(unit, model, seen, f"这条{_TITLES[model]}", "撤销")


def standing_of_stations(unit: Unit, model: type[K], seen: Seen, what: str) -> K:
    """As `standing`: of what two stations wrote of one record it is the one that was seen; where both have that
    revision, our own. `what`: how a refusal names it (`这份计划`)."""
    rows = unit.session.scalars(
        select(model)
        .where(model.rid == seen.rid, model.current)
        .order_by(model.station != unit.station, model.recorded_at.desc())
    ).all()
    row = next((one for one in rows if one.revision == seen.revision), rows[0] if rows else None)
    return as_seen(unit, row, seen, what, "撤销")


def revise(unit: Unit, row: K, reason: str, changes: dict[str, Any]) -> Seen:
    """The next revision with other content; refuses a missing reason, and one in which nothing changed."""
    if (wrong := reason_wrong(reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if reason.startswith("其他") else "reason")
    if all(getattr(row, column) == value for column, value in changes.items()):
        raise Refusal("内容没有变化，不用保存。")
    return follow(unit, row, reason, {**changes, "state": "corrected"})


def retract(unit: Unit, row: K, why: str) -> Seen:
    """The next revision, saying that the record was an error; its content stays readable. Refuses without words."""
    words = why.strip()
    if not words:
        raise Refusal("请写明原因。", field="why")
    return follow(unit, row, f"{RETRACTED}：{words}", {"state": "retracted"})


def follow(unit: Unit, row: K, reason: str, changes: dict[str, Any]) -> Seen:
    """Write the revision after `row`; `at` stays unless it is among the changes."""
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field="reason")
    model: type[Any] = type(row)
    for one in unit.session.scalars(select(model).where(model.rid == row.rid, model.current)):
        one.current = False  # of two stations' siblings both: what is written now is the decision over them
    fresh = revising.next_revision(unit, row, reason, changes)
    return Seen(fresh.rid, fresh.revision)
