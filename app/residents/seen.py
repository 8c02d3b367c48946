"""How much has been written about a resident so far: a form that was opened at another count is not saved blindly."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from app.core.unit import Reader
from db.models import Allergy, Contact, Diagnosis, Resident, Stay


def changes_seen(reader: Reader, resident: UUID) -> int:
    """A count that grows with every change of the register row, contacts, stay, allergies and diagnoses.

    The register row's own revision is not enough: an allergy noted by somebody else meanwhile would be taken out
    again by a form that does not know of it.
    """
    session = reader.session
    count = session.scalar(select(Resident.revision).where(Resident.rid == resident)) or 0
    count += session.scalar(select(func.sum(Contact.revision)).where(Contact.resident == resident)) or 0
    models: tuple[Any, ...] = (Stay, Allergy, Diagnosis)
    for model in models:
        gone = func.sum(case((model.state == "retracted", 2), else_=1))
        count += session.scalar(select(gone).where(model.resident == resident)) or 0
    return count
