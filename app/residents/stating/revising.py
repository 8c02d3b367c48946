"""Revisions of stated records: the one that stands, the next one with its reason, the one that says it was an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core import revising
from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.residents.rules.stated import RETRACTED, reason_wrong
from db.base import Clinical
from db.models import Absence, Allergy, Diagnosis, Grade, Resident, Stay

Revisable = Allergy | Diagnosis | Stay | Absence | Grade
S = TypeVar("S", bound=Revisable)
C = TypeVar("C", bound=Clinical)
TITLES: dict[type[Any], str] = {
    Allergy: "过敏",
    Diagnosis: "诊断",
    Stay: "入住",
    Absence: "外出或住院",
    Grade: "等级与阶段",
}
LONGEST_REASON = 100
LONGEST_WHY = LONGEST_REASON - len(f"{RETRACTED}：")


@dataclass(frozen=True)
class Seen:
    """A record and the revision of it that the person had before their eyes."""

    rid: UUID
    revision: int


class ChangedSince(Refusal):
    """Somebody changed the record since it was seen; `kind` as its history is asked for, `now`: as it stands."""

    def __init__(self, text: str, kind: str, now: Seen) -> None:
        super().__init__(text)
        self.kind, self.now = kind, now


def resident_of(unit: Unit, rid: UUID) -> Resident:
    """Whose it will be; refuses whoever lacks the right to write, and a resident who is not here."""
    unit.require(Right.EDIT_RESIDENTS)
    row = unit.session.get(Resident, rid)
    if row is None:
        raise Refusal("没有找到这位老人。")
    return row


def stated(reader: Reader, model: type[S], resident: UUID) -> list[S]:
    """What stands of a resident, in the order it is shown."""
    statement = select(model).where(model.resident == resident, model.current, model.state != "retracted")
    order = Diagnosis.ordinal if model is Diagnosis else Allergy.recorded_at
    return list(reader.session.scalars(statement.order_by(order)))


def standing(unit: Unit, model: type[S], seen: Seen, right: Right = Right.EDIT_RESIDENTS) -> S:
    """The revision to be changed; refuses one that is gone, was retracted, or was changed since it was seen."""
    unit.require(right)
    return standing_of(unit, model, seen, f"这条{TITLES[model]}")


def standing_of(unit: Unit, model: type[C], seen: Seen, what: str, gone: str = "作废") -> C:
    """As `as_seen`, of the newest current revision."""
    return as_seen(unit, newest(unit, model, seen.rid), seen, what, gone)


def newest(unit: Unit, model: type[C], rid: UUID) -> C | None:
    """The current revision; where two stations wrote one each, the one recorded last."""
    statement = select(model).where(model.rid == rid, model.current).order_by(model.recorded_at.desc())
    return unit.session.scalar(statement.limit(1))


def as_seen(unit: Unit, row: C | None, seen: Seen, what: str, gone: str = "作废") -> C:
    """`row` as it was seen; refuses one that is gone, was retracted, or was changed since, and says by whom.

    `what`: how the refusal names it (`这条过敏`); `gone`: what taking it out is called.
    """
    if row is None:
        raise Refusal(f"没有{what}。")
    if row.state == "retracted" or row.revision != seen.revision:
        who = author_names(unit).get(row.author) or "区平台"
        if row.state == "retracted":
            raise Refusal(f"{what}已由{who}{gone}。")
        words = f"{what}刚被{who}改过，请核对后再保存。您填的内容还在。"
        raise ChangedSince(words, str(getattr(row, "__tablename__", "")), Seen(row.rid, row.revision))
    return row


def revise(unit: Unit, row: S, reason: str, changes: dict[str, Any], *, at: datetime | None = None) -> None:
    """The next revision with other content; refuses a missing reason, and one in which nothing changed."""
    if (wrong := reason_wrong(reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if reason.startswith("其他") else "reason")
    if all(getattr(row, column) == value for column, value in changes.items()):
        raise Refusal("内容没有变化，不用更正。")
    next_revision(unit, row, reason, {**changes, "state": "corrected"}, at=at)


def retract(unit: Unit, row: C, why: str) -> Seen:
    """The next revision, saying that the record was an error; its content stays readable. Refuses without words."""
    words = why.strip()
    if not words:
        raise Refusal("请写明为什么作废。", field="why")
    if len(words) > LONGEST_WHY:
        raise Refusal(f"原因最多 {LONGEST_WHY} 个字。", field="why")
    return next_revision(unit, row, f"{RETRACTED}：{words}", {"state": "retracted"})


def next_revision(
    unit: Unit, row: C, reason: str, changes: dict[str, Any], *, at: datetime | None = None
) -> Seen:
    """The row's next revision; what `changes` does not name stays, `at` too where none is given."""
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field="reason")
    fresh = revising.next_revision(unit, row, reason, changes if at is None else {**changes, "at": at})
    return Seen(fresh.rid, fresh.revision)
