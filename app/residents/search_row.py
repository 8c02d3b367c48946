"""The narrow row a resident is found by, and the stay it is drawn from."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.unit import Unit
from app.residents.search_text import Findable, search_text
from app.residents.which_stay import order_of, standing
from db.models import Contact, Place, Resident, ResidentSearch, Stay


def keep_search(unit: Unit, resident: UUID) -> None:
    """Write the one narrow row the search looks through, anew."""
    unit.session.flush()
    row = unit.session.get_one(Resident, resident)
    stay = current_stay(unit, resident)
    held = stay.bed if stay is not None and stay.ends is None else None
    bed = unit.session.get(Place, held) if held is not None else None
    label = bed.label if bed is not None else ""
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
        "status": list_status(stay),
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


def list_status(stay: Stay | None) -> str:
    """Which list a resident stands in: `in` the house (away or not), `coming` (asked or reserved), `out`."""
    if stay is None or stay.ends is not None:
        return "out"
    return "in" if stay.status == "in" else "coming"


def current_stay(unit: Unit, resident: UUID) -> Stay | None:
    """The stay that counts: the open one, else the latest."""
    return unit.session.scalar(
        select(Stay).where(Stay.resident == resident, standing()).order_by(*order_of()).limit(1)
    )
