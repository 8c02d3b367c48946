"""A child is admitted only where a guardian is known."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Unit
from app.residents.rules.stays import guardian_missing
from db.models import Contact, Resident


def require_guardian(unit: Unit, resident: Resident, day: date) -> None:
    """Refuse the admission of somebody under 18 without a guardian among the contacts."""
    unit.session.flush()
    guardians = unit.session.scalars(
        select(Contact.name).where(Contact.resident == resident.rid, Contact.guardian)
    )
    if (missing := guardian_missing(resident.birth_date, day, list(guardians))) is not None:
        raise Refusal(missing, field="contact1_guardian")
