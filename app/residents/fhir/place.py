"""A building, floor, room or bed as Location and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, NotYet, local
from app.fhir.carried import Whence
from app.fhir.coding import LOCATION_TYPE, code_in, words
from app.fhir.elements import extension, filled, referred, said_in
from app.fhir.registers import RegisterMapper
from app.residents.search_row import keep_search
from app.residents.which_stay import holding
from db.models import Place, Stay

KINDS = {
    "building": ("bu", "Building"),
    "floor": ("lvl", "Level"),
    "room": ("ro", "Room"),
    "bed": ("bd", "Bed"),
}
BED_TYPE = "urn:carestation:bed-type"


class PlaceMapper(RegisterMapper[Place]):
    """A place of the house. Its label, the way staff say it, is the description."""

    kind = "place"
    resource = "Location"
    model = Place
    owned = frozenset(
        {"status", "mode", "name", "description", "physicalType", "partOf", "managingOrganization"}
    )
    marks = frozenset({BED_TYPE})

    def blank(self) -> Mapping[str, Any]:
        return {"kind": "", "name": "", "parent": None, "label": "", "bed_type": ""}

    def elements(self, house: House, row: Place) -> dict[str, Any]:
        code, display = KINDS[row.kind]
        return filled(
            extension=extension(BED_TYPE, "Code", words(row.bed_type)),
            status="active",
            mode="instance",
            name=words(row.name),
            description=words(row.label),
            physicalType={"coding": [{"system": LOCATION_TYPE, "code": code, "display": display}]},
            partOf=local("Location", row.parent) if row.parent else None,
            managingOrganization=local("Organization", house.institution),
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        code = code_in(body.get("physicalType"), LOCATION_TYPE)
        name = body.get("name")
        return {
            "kind": next((kind for kind, one in KINDS.items() if one[0] == code), before["kind"]),
            "name": words(name) if isinstance(name, str) and words(name) else before["name"],
            "parent": referred(body.get("partOf"), "Location") or before["parent"],
            "label": words(body.get("description") or "") or before["label"],
            "bed_type": words(said_in(body, BED_TYPE) or "") or before["bed_type"],
        }

    def check(self, unit: Unit, said: dict[str, Any], row: Place | None, by: Whence) -> None:
        if row is None and not (said["kind"] and said["name"]):
            raise Refusal("区平台上的这个位置没有名称或类型。")
        whole = {**(self.content(row) if row else {}), **said}
        if whole["parent"] is not None and unit.session.get(Place, whole["parent"]) is None:
            raise NotYet(f"“{whole['name']}”所在的位置还没有收到。")
        above = Place.parent.is_(None) if whole["parent"] is None else Place.parent == whole["parent"]
        same = select(Place.rid).where(Place.kind == whole["kind"], Place.name == whole["name"], above)
        if (found := unit.session.scalar(same)) is not None and found != by.rid:
            raise Refusal(f"本站已有同名的位置“{whole['label'] or whole['name']}”，请核对后改名。")
        if _lies_in(unit, by, whole["parent"]):
            raise Refusal(f"区平台上“{whole['name']}”的上级位置绕成了圈，请核对。")

    def settled(self, unit: Unit, row: Place) -> None:
        """Another label changes the line of whoever lies there."""
        lying = select(Stay.resident).where(Stay.bed == row.rid, holding())
        for resident in unit.session.scalars(lying):
            keep_search(unit, resident)


def _lies_in(unit: Unit, by: Whence, parent: Any) -> bool:
    """Whether a place would lie in itself."""
    seen = set()
    while parent is not None and parent not in seen:
        if parent == by.rid:
            return True
        seen.add(parent)
        above = unit.session.get(Place, parent)
        parent = above.parent if above else None
    return False
