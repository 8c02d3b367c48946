"""Where an ambulance has to come: the address, the bed's building and floor, lift and meeting point as set up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.which_stay import in_house
from db.models import Place, Stay

_TITLES = {"address": "机构地址", "phone": "站点电话", "lift": "担架电梯", "meeting": "接应地点"}


@dataclass(frozen=True)
class CallFacts:
    """What is read to 120 of the place: `missing` names in words what nobody set up."""

    address: str
    building: str
    floor: str
    bed: str
    lift: str
    meeting: str
    phone: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallScript(Question[CallFacts]):
    """Where the ambulance has to come for this resident."""

    resident: UUID


@answers(CallScript)
def call_script(reader: Reader, question: CallScript) -> CallFacts:
    reader.require(Right.READ_RESIDENTS)
    settings = reader.settings
    told = {
        "address": settings.address,
        "phone": settings.phone,
        "lift": settings.ambulance_lift,
        "meeting": settings.ambulance_meeting,
    }
    bed = reader.session.scalar(
        select(Place).join(Stay, Stay.bed == Place.rid).where(Stay.resident == question.resident, in_house())
    )
    names = _way(reader, bed)
    missing = [title for key, title in _TITLES.items() if not told[key]]
    return CallFacts(
        **told,
        building=names.get("building", ""),
        floor=names.get("floor", ""),
        bed=bed.label if bed is not None else "",
        missing=tuple(missing if bed is not None else [*missing, "床位"]),
    )


def _way(reader: Reader, bed: Place | None) -> dict[str, str]:
    """Names by kind, from the bed upwards."""
    names: dict[str, str] = {}
    place = bed
    while place is not None:
        names[place.kind] = place.name
        place = reader.session.get(Place, place.parent) if place.parent is not None else None
    return names
