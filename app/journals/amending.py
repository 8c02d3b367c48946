"""Acts on entries already written: correct, retract, take back within minutes, move from the wrong resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.journals.journal import Content
from app.journals.revising import may_retract, next_revision, retract, standing
from app.journals.service import AddEntry, check_content, check_moment, first_day, is_late, write
from app.journals.words import due_on, kept_content, read_content
from app.residents.rules.stated import UNDO_MINUTES, reason_wrong
from app.residents.stating import Seen
from db.models import Resident


@dataclass(frozen=True)
class CorrectEntry(Order[None]):
    """Other words; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon. `at` empty: as it was."""

    seen: Seen
    content: Content
    reason: str
    at: datetime | None = None
    begins: date | None = None


@dataclass(frozen=True)
class RetractEntry(Order[None]):
    """The entry was an error; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class TakeBackEntry(Order[None]):
    """Retract the entry just made, without further words: within ten minutes, by whoever made it."""

    seen: Seen


@dataclass(frozen=True)
class WrongResident(Order[UUID]):
    """It was written for the wrong person: retracted here and written there, in one act."""

    seen: Seen
    to: UUID
    why: str = ""


@performs(CorrectEntry)
def correct_entry(unit: Unit, order: CorrectEntry) -> None:
    row, journal = standing(unit, order.seen)
    unit.require(journal.write)
    if (wrong := reason_wrong(order.reason)) is not None:
        raise Refusal(f"{wrong}。", field="reason_words" if order.reason.startswith("其他") else "reason")
    resident = unit.session.get_one(Resident, row.resident)
    at = check_moment(unit, resident, order.at or row.at)
    content = check_content(unit, journal, order.content)
    begins = first_day(journal, content, order.begins or row.begins or date_in(unit.settings.zone, at))
    if row.ends is not None and begins is not None and begins > row.ends:
        raise Refusal(f"开始日期晚于结束日期 {row.ends.isoformat()}。", field=journal.begins or "begins")
    if (at, begins, content) == (row.at, row.begins, read_content(row.content)):
        raise Refusal("内容没有变化，不用更正。")
    changes: dict[str, Any] = {
        "content": kept_content(content),
        "begins": begins,
        "due_on": due_on(journal, content),
        "state": "corrected",
        "at": at,
    }
    if at != row.at:
        changes["source"] = "transcribed" if is_late(journal, at, unit.now) else "manual"
    next_revision(unit, row, order.reason, changes)


@performs(RetractEntry)
def retract_entry(unit: Unit, order: RetractEntry) -> None:
    row, journal = standing(unit, order.seen)
    may_retract(unit, row, journal)
    retract(unit, row, order.why)


@performs(TakeBackEntry)
def take_back_entry(unit: Unit, order: TakeBackEntry) -> None:
    """Refuses another person's entry, one older than ten minutes, and one that was changed since."""
    row, _journal = standing(unit, order.seen)
    if row.author != unit.actor.rid or row.revision != 1:
        raise Refusal("只有刚写下的人可以撤销。要作废请写明原因。")
    if unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES):
        raise Refusal(f"写下已超过 {UNDO_MINUTES} 分钟，不能撤销。要作废请写明原因。")
    retract(unit, row, "登记后撤销")


@performs(WrongResident)
def wrong_resident(unit: Unit, order: WrongResident) -> UUID:
    """Refuses the same person. The new entry keeps the moment, and says by its number whose it was
    taken for: a name would stand in another person's papers.
    """
    row, journal = standing(unit, order.seen)
    may_retract(unit, row, journal)
    if order.to == row.resident:
        raise Refusal("还是同一位老人，请选择另一位。", field="to")
    here = unit.session.get_one(Resident, row.resident)
    there = unit.session.get(Resident, order.to)
    if there is None:
        raise Refusal("没有找到这位老人。", field="to")
    words = f"，{order.why.strip()}" if order.why.strip() else ""
    retract(unit, row, f"记错人，应为 {there.number}{words}")
    moved = AddEntry(there.rid, journal.code, read_content(row.content), row.at, row.begins)
    return write(unit, moved, f"原误记在 {here.number} 名下").rid
