"""The narrow row a resident is found by, and the stay it is drawn from."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.unit import Unit
from app.residents.search_text import Findable, search_text
from db.models import Contact, Place, Resident, ResidentSearch, Stay


def keep_search(unit: Unit, resident: UUID) -> None:
    """Write the one narrow row the search looks through, anew."""
    unit.session.flush()
    row = unit.session.get_one(Resident, resident)
    stay = current_stay(unit, resident)
    bed = unit.session.get(Place, stay.bed) if stay is not None and stay.bed is not None else None
    label = bed.label if bed is not None else ""
    here = stay is not None and stay.ends is None
    kin = unit.session.scalars(select(Contact.phone).where(Contact.resident == resident))
    phones = tuple(phone for phone in (row.phone, *kin) if phone)
    fresh = {
        "status": "in" if here else "out",
        "sort": sort_key(label, row.number),
        "text": search_text(Findable(row.name, row.number, label, row.id_number or "", phones)),
    }
    kept = unit.session.get(ResidentSearch, resident)
    if kept is None:
        unit.session.add(ResidentSearch(rid=resident, **fresh))
    else:
        for column, value in fresh.items():
            setattr(kept, column, value)


def sort_key(bed_label: str, number: str) -> str:
    """The order of the list: by bed as staff walk, people without a bed last, then by number."""
    return f"{bed_label or chr(0x10FFFF)}\x1f{number}"


def current_stay(unit: Unit, resident: UUID) -> Stay | None:
    return unit.session.scalar(
        select(Stay).where(Stay.resident == resident, Stay.current, Stay.state != "retracted").limit(1)
    )
