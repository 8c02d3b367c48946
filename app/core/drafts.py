"""Drafts of forms: kept as typed for the person who typed, offered back after a lock or a crash, never synced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from db.models import Draft

NOBODY_YET = UUID(int=0)
"""Subject of a draft about something that has no identity yet, such as a resident being registered."""


@dataclass(frozen=True)
class KeptDraft:
    """What was typed, when it was begun and last kept."""

    content: dict[str, Any]
    begun_at: datetime
    saved_at: datetime


@dataclass(frozen=True)
class KeepDraft(Order[datetime]):
    """Keep what is typed so far in `form` about `subject`, over what was kept; `content` must be JSON."""

    form: str
    subject: UUID
    content: dict[str, Any]


@dataclass(frozen=True)
class DropDraft(Order[None]):
    """The form was saved, or the person does not want it any more."""

    form: str
    subject: UUID


@dataclass(frozen=True)
class DraftOf(Question[KeptDraft | None]):
    """The actor's own draft."""

    form: str
    subject: UUID


@performs(KeepDraft)
def keep_draft(unit: Unit, order: KeepDraft) -> datetime:
    row = unit.session.get(Draft, (unit.actor.rid, order.form, order.subject))
    if row is None:
        row = Draft(
            person=unit.actor.rid,
            form=order.form,
            subject=order.subject,
            content=order.content,
            begun_at=unit.now,
            saved_at=unit.now,
        )
        unit.session.add(row)
    else:
        row.content, row.saved_at = order.content, unit.now
    return row.saved_at


@performs(DropDraft)
def drop_draft(unit: Unit, order: DropDraft) -> None:
    row = unit.session.get(Draft, (unit.actor.rid, order.form, order.subject))
    if row is not None:
        unit.session.delete(row)


@answers(DraftOf)
def draft_of(reader: Reader, question: DraftOf) -> KeptDraft | None:
    row = reader.session.get(Draft, (reader.actor.rid, question.form, question.subject))
    return None if row is None else KeptDraft(row.content, row.begun_at, row.saved_at)
