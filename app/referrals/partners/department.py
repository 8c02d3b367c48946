"""A department of a partner, as it is kept and as it is read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from db.models import Partner


@dataclass(frozen=True)
class DepartmentRow:
    """`day_and_night`: somebody answers at any hour."""

    words: str
    contact: str = ""
    phone: str = ""
    day_and_night: bool = False


def departments_of(partner: Partner) -> tuple[DepartmentRow, ...]:
    """Its departments in the order they are kept."""
    return tuple(
        DepartmentRow(
            one.get("words", ""), one.get("contact", ""), one.get("phone", ""), bool(one.get("day_and_night"))
        )
        for one in partner.departments.get("all", ())
    )


def kept(departments: tuple[DepartmentRow, ...]) -> dict[str, Any]:
    """As the column holds them."""
    return {"all": [asdict(one) for one in departments]}
