"""What must not be overlooked beside a name in a round: allergies, and other names here it is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.care.floors import Lodger
from app.core.unit import Reader
from app.residents.mistaken import taken_for
from db.models import Allergy


@dataclass(frozen=True)
class NameMarks:
    """`allergies`: substances; empty where none is known, None where nobody has said. `alike`: names with beds."""

    allergies: tuple[str, ...] | None = None
    alike: tuple[str, ...] = ()


def allergies_of(reader: Reader, residents: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Substances by resident; empty where none is known, missing where nobody has said."""
    rows = reader.session.execute(
        select(Allergy.resident, Allergy.substance, Allergy.none_known)
        .where(Allergy.resident.in_(residents), Allergy.current, Allergy.state != "retracted")
        .order_by(Allergy.recorded_at)
    )
    allergies: dict[UUID, tuple[str, ...]] = {}
    for resident, substance, none_known in rows:
        before = allergies.get(resident, ())
        allergies[resident] = before if none_known else (*before, substance)
    return allergies


def marks_of(reader: Reader, people: Sequence[Lodger]) -> dict[UUID, NameMarks]:
    """Of everybody on a floor. One statement."""
    allergies = allergies_of(reader, [one.rid for one in people])
    taken = taken_for(people)
    known = {one.rid: f"{one.name} {one.bed}".strip() for one in people}
    return {
        one.rid: NameMarks(
            allergies.get(one.rid), tuple(known[rid] for rid in known if rid in taken.get(one.rid, ()))
        )
        for one in people
    }
