"""Acts on assessments before and after their signatures: save, discard, take over, correct, retract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.assessments import drafts
from app.assessments.content import Content, Record, check_content, check_reason
from app.assessments.drafts import Filled, Held
from app.assessments.half_signed import tell_void
from app.assessments.instruments import Instrument
from app.assessments.known import resident_called
from app.assessments.record import KIND, content_of, standing, typed_facts
from app.assessments.shelf import instrument_called
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Unit
from db.models import Draft

UNDO_MINUTES = 10


@dataclass(frozen=True)
class DraftSaved:
    """When the draft was saved, and whether the edit voided a first signature."""

    at: datetime
    voided: bool


@dataclass(frozen=True)
class SaveDraft(Order[DraftSaved]):
    """Keep what is filled in so far; given at every answer. An edit after the first signature voids it."""

    resident: UUID
    instrument: str
    content: Content


@dataclass(frozen=True)
class DiscardDraft(Order[None]):
    """Throw the actor's own draft away, with a first signature it may have."""

    resident: UUID
    instrument: str


@dataclass(frozen=True)
class TakeOverDraft(Order[Content]):
    """Go on with somebody else's draft: it becomes the actor's, nothing is lost."""

    resident: UUID
    instrument: str


@dataclass(frozen=True)
class Correct(Order[Content]):
    """Open a signed assessment for correction: a draft of its next revision, to be signed by two again.

    `reason` is one of `CORRECTION_REASONS`, 其他 with its words after a colon.
    """

    record: UUID
    reason: str


@dataclass(frozen=True)
class Retract(Order[None]):
    """Entered in error: leaves lists, counts and levels, stays readable. The author may within 10 minutes."""

    record: UUID
    reason: str


@performs(SaveDraft)
def save_draft(unit: Unit, order: SaveDraft) -> DraftSaved:
    unit.require(Right.ASSESS)
    instrument = instrument_called(unit.session, order.instrument)
    resident_called(unit.session, order.resident)
    content = replace(order.content, information=typed_facts(instrument, order.content.information))
    check_content(instrument, content, unit.today)
    before = _own_or_free(unit, instrument, order.resident)
    if before is None:
        drafts.keep(unit, instrument, order.resident, Filled(content))
        return DraftSaved(unit.now, voided=False)
    voided = before.content != content and _void(unit, before)
    half = None if voided else before.half
    drafts.keep(unit, instrument, order.resident, Filled(content, before.record, half))
    return DraftSaved(unit.now, voided)


@performs(DiscardDraft)
def discard_draft(unit: Unit, order: DiscardDraft) -> None:
    unit.require(Right.ASSESS)
    instrument = instrument_called(unit.session, order.instrument)
    found = _own_or_free(unit, instrument, order.resident)
    if found is None:
        raise Refusal("没有可放弃的草稿")
    _void(unit, found)
    drafts.drop(unit, instrument, order.resident)
    unit.note("discard_draft", "resident", order.resident)


@performs(TakeOverDraft)
def take_over_draft(unit: Unit, order: TakeOverDraft) -> Content:
    unit.require(Right.ASSESS)
    instrument = instrument_called(unit.session, order.instrument)
    found = drafts.held(unit.session, instrument, order.resident)
    if found is None:
        raise Refusal("没有可接手的草稿")
    if found.person != unit.actor.rid:
        row = unit.session.get(Draft, (found.person, drafts.form_name(instrument), order.resident))
        unit.session.delete(row)
        unit.session.flush()
        filled = Filled(found.content, found.record, found.half)
        drafts.keep(unit, instrument, order.resident, filled)
        unit.note("take_over_draft", "resident", order.resident, f"原持有人：{found.name}")
    return found.content


@performs(Correct)
def correct(unit: Unit, order: Correct) -> Content:
    unit.require(Right.CORRECT_RECORDS)
    unit.require(Right.ASSESS)
    check_reason(order.reason)
    row = standing(unit.session, order.record)
    instrument = instrument_called(unit.session, row.instrument)
    if (found := drafts.held(unit.session, instrument, row.resident)) is not None:
        raise Refusal(f"{drafts.holder_words(unit, found)}，请先签名或放弃这份草稿，再更正")
    content = content_of(row)
    content = replace(content, information=typed_facts(instrument, content.information))
    record = Record(row.rid, row.number, row.revision + 1, order.reason)
    drafts.keep(unit, instrument, row.resident, Filled(content, record))
    unit.note("open_correction", KIND, row.rid, order.reason)
    return content


@performs(Retract)
def retract(unit: Unit, order: Retract) -> None:
    check_reason(order.reason)
    row = standing(unit.session, order.record)
    undo = row.author == unit.actor.rid and (unit.now - row.recorded_at).total_seconds() <= UNDO_MINUTES * 60
    if not undo:
        unit.require(Right.CORRECT_RECORDS)
    instrument = instrument_called(unit.session, row.instrument, row.instrument_version)
    found = drafts.held(unit.session, instrument, row.resident)
    if found is not None and found.record is not None and found.record.rid == row.rid:
        raise Refusal(f"这份评估正在更正（{drafts.holder_words(unit, found)}），请先放弃更正")
    next_revision(unit, row, order.reason, {"state": "retracted"})


def _own_or_free(unit: Unit, instrument: Instrument, resident: UUID) -> Held | None:
    """The actor's own draft if there is one; refuses where somebody else holds it."""
    found = drafts.held(unit.session, instrument, resident)
    if found is not None and found.person != unit.actor.rid:
        raise Refusal(f"{drafts.holder_words(unit, found)}。可以接手后继续填写")
    return found


def _void(unit: Unit, found: Held) -> bool:
    if found.half is None:
        return False
    tell_void(unit, found.half)
    return True
