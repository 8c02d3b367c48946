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
    kin = list(unit.session.scalars(select(Contact).where(Contact.resident == resident)))
    said = [row.phone, *(phone for one in kin for phone in (one.phone, one.second_phone))]
    names = tuple(one.name for one in kin if one.name)
    found = Findable(
        row.name,
        row.number,
        label,
        row.id_number or "",
        tuple(phone for phone in said if phone),
        row.archive_number,
        names,
    )
    fresh = {
        "status": "in" if here else "out",
        "sort": sort_key(label, row.number),
        "text": search_text(found),
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
