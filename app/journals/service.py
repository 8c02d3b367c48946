"""Acts on journals: write an entry, end what holds. Correcting and retracting stand in `amending`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from app.core.blobs import keep_photo
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.form import Kind, Value
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.journals.asking import check, completed
from app.journals.journal import Content, Journal
from app.journals.journal_file import journal_called
from app.journals.revising import follow, next_revision, standing
from app.journals.words import date_of, due_on, kept_content
from app.residents.stating import Seen
from db.models import Entry, Resident


@dataclass(frozen=True)
class AddEntry(Order[UUID]):
    """One entry of a journal. `at` empty means now; earlier is allowed, later is not. `begins` for what holds."""

    resident: UUID
    journal: str
    content: Content
    at: datetime | None = None
    begins: date | None = None


@dataclass(frozen=True)
class AddEntries(Order[tuple[UUID, ...]]):
    """Several entries in one act: a sheet of laboratory results, a whole round. All of them or none."""

    entries: tuple[AddEntry, ...]


@dataclass(frozen=True)
class EndEntry(Order[None]):
    """What held is over since `on`: a tube removed, an isolation lifted; `why` in words."""

    seen: Seen
    on: date
    why: str = field(default="")


@performs(AddEntry)
def add_entry(unit: Unit, order: AddEntry) -> UUID:
    """Refuses whoever may not write this journal, a moment to come, and, beside its field, what cannot be."""
    _check_open(order)
    return write(unit, order).rid


@performs(AddEntries)
def add_entries(unit: Unit, order: AddEntries) -> tuple[UUID, ...]:
    for one in order.entries:
        _check_open(one)
    # held here, so that each entry finds its resident without asking the file (and flushing) again
    people = [unit.session.get(Resident, rid) for rid in {one.resident for one in order.entries}]
    written = tuple(write(unit, one).rid for one in order.entries)
    people.clear()
    return written


@performs(EndEntry)
def end_entry(unit: Unit, order: EndEntry) -> None:
    row, journal = standing(unit, order.seen)
    unit.require(journal.write)
    if journal.event:
        raise Refusal(f"“{journal.title}”记的是一件事，没有结束。")
    if row.ends is not None:
        raise Refusal(f"已在 {row.ends.isoformat()} 结束。")
    if order.on > unit.today:
        raise Refusal("结束日期不能晚于今天。", field="on")
    if row.begins is not None and order.on < row.begins:
        raise Refusal(f"结束日期不能早于开始日期 {row.begins.isoformat()}。", field="on")
    words = order.why.strip()
    if not words:
        raise Refusal("请写明为什么结束。", field="why")
    next_revision(unit, row, f"结束：{words}", {"ends": order.on})


def _check_open(order: AddEntry) -> None:
    """Refuse a new entry of a journal that is closed; one that stands may still be moved to whom it belongs."""
    journal = journal_called(order.journal)
    if journal.closed:
        raise Refusal(f"“{journal.title}”不再登记新的：{journal.closed}。")


def write(unit: Unit, order: AddEntry, reason: str | None = None) -> Entry:
    """A new entry, checked whole; what it takes the place of ends."""
    journal = journal_called(order.journal)
    unit.require(journal.write)
    resident = unit.session.get(Resident, order.resident)
    if resident is None:
        raise Refusal("没有找到这位老人。")
    at = check_moment(unit, resident, order.at or unit.now)
    content = check_content(unit, journal, order.content)
    source = "transcribed" if is_late(journal, at, unit.now) else "manual"
    fresh = Entry(
        **unit.stamp(at=at, source=source, reason=reason),
        revision=1,
        resident=resident.rid,
        journal=journal.code,
        content=kept_content(content),
        begins=first_day(journal, content, order.begins or date_in(unit.settings.zone, at)),
        due_on=due_on(journal, content),
    )
    if journal.single:
        follow(unit, journal, fresh)
    unit.session.add(fresh)
    return fresh


def check_moment(unit: Unit, resident: Resident, at: datetime) -> datetime:
    """A moment that can be: not to come, not before the person was born."""
    if at > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    if resident.birth_date is not None and date_in(unit.settings.zone, at) < resident.birth_date:
        raise Refusal("时间早于老人的出生日期，请核对。", field="at")
    return at


def check_content(unit: Unit, journal: Journal, said: Content) -> dict[str, Value]:
    """The content as it is kept, photos in the file."""
    unknown = [key for key in said if journal.field(key) is None]
    if unknown:
        raise Refusal(f"“{journal.title}”没有字段“{unknown[0]}”。")
    content = completed(journal, said, unit.today)
    check(journal, content, unit.today)
    for one in journal.fields:
        value = content.get(one.key)
        if one.kind is Kind.PHOTOS and isinstance(value, tuple):
            content[one.key] = tuple(keep_photo(unit, picture, one.key) for picture in value)
    return content


def first_day(journal: Journal, content: Content, usual: date) -> date | None:
    """Since when it holds; nothing for what happens at a moment."""
    if journal.event:
        return None
    return (date_of(content, journal.begins) if journal.begins else None) or usual


def is_late(journal: Journal, at: datetime, now: datetime) -> bool:
    """Whether a record of `at` written now is a late one 补录."""
    return journal.late_after > 0 and now - at > timedelta(minutes=journal.late_after)
