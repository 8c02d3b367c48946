"""Drafts of assessments: one row a person, instrument and resident; who holds one, and what lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.content import Content, Record
from app.assessments.half_signed import HalfSigned
from app.assessments.instruments import Instrument
from app.core.unit import Reader, Unit
from db.models import Draft, Staff

PREFIX = "assessment:"


@dataclass(frozen=True)
class Held:
    """A draft as it lies in the file, and who holds it."""

    person: UUID
    name: str
    begun_at: datetime
    saved_at: datetime
    content: Content
    record: Record | None
    half: HalfSigned | None


def form_name(instrument: Instrument) -> str:
    """How drafts of an instrument are filed."""
    return PREFIX + instrument.code


def held(session: Session, instrument: Instrument, resident: UUID) -> Held | None:
    """The draft of a resident in an instrument, whoever holds it; the latest, should two stations' meet."""
    row = session.execute(
        select(Draft, Staff.name)
        .join(Staff, Staff.rid == Draft.person)
        .where(Draft.form == form_name(instrument), Draft.subject == resident)
        .order_by(Draft.saved_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    draft, name = row
    return Held(
        person=draft.person,
        name=name,
        begun_at=draft.begun_at,
        saved_at=draft.saved_at,
        content=Content.from_stored(draft.content),
        record=Record.from_stored(draft.content["record"]),
        half=HalfSigned.from_stored(draft.content["half"]),
    )


def holder_words(reader: Reader, found: Held) -> str:
    """Who holds a draft since when, for a refusal: 草稿由周敏持有（11-24 08:26 保存）."""
    from app.core.clock import local

    return f"草稿由{found.name}持有（{local(reader.settings.zone, found.saved_at):%m-%d %H:%M} 保存）"


@dataclass(frozen=True)
class Filled:
    """What goes into a draft: the content, the record it will become, and its first signature if given."""

    content: Content
    record: Record | None = None
    half: HalfSigned | None = None

    def as_stored(self) -> dict[str, Any]:
        return {
            **self.content.as_stored(),
            "record": self.record.as_stored() if self.record else None,
            "half": self.half.as_stored() if self.half else None,
        }


def keep(unit: Unit, instrument: Instrument, resident: UUID, filled: Filled) -> None:
    """Write the actor's draft, over the one that lies there."""
    stored = filled.as_stored()
    row = unit.session.get(Draft, (unit.actor.rid, form_name(instrument), resident))
    if row is None:
        unit.session.add(
            Draft(
                person=unit.actor.rid,
                form=form_name(instrument),
                subject=resident,
                content=stored,
                begun_at=unit.now,
                saved_at=unit.now,
            )
        )
    else:
        row.content, row.saved_at = stored, unit.now


def drop(unit: Unit, instrument: Instrument, resident: UUID) -> None:
    """Take away every draft of a resident in an instrument."""
    rows = unit.session.scalars(
        select(Draft).where(Draft.form == form_name(instrument), Draft.subject == resident)
    )
    for row in rows:
        unit.session.delete(row)
