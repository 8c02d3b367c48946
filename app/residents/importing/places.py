"""Buildings, floors, rooms and beds for many people at once: found in the house, or made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.ids import named
from app.core.unit import Unit
from app.residents.rules import PlacePath
from db.models import Place


class Places:
    """The house's places by what they lie in; `made` collects new ones until they are written."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._found: dict[tuple[UUID | None, str, str], UUID] = {}
        self._beds: dict[str, UUID] = {}
        self._taken: set[UUID] = set()
        self.made: list[dict[str, Any]] = []
        rows = unit.session.execute(select(Place.rid, Place.kind, Place.name, Place.parent, Place.label))
        for rid, kind, name, parent, label in rows:
            self._found[parent, kind, name] = rid
            self._taken.add(rid)
            if kind == "bed":
                self._beds[label] = rid

    def bed(self, path: PlacePath, bed_type: str = "") -> UUID:
        """The bed of a path, as `app.residents.beds.bed_of` finds and makes it; a new one is of `bed_type`."""
        if path.label in self._beds:
            return self._beds[path.label]
        parent: UUID | None = None
        for kind, name in (("building", path.building), ("floor", path.floor), ("room", path.room)):
            if name:
                parent = self._within(parent, kind, name, name)
        known = len(self.made)
        self._beds[path.label] = self._within(parent, "bed", path.bed, path.label)
        if len(self.made) > known:
            self.made[-1]["bed_type"] = bed_type
        return self._beds[path.label]

    def _within(self, parent: UUID | None, kind: str, name: str, label: str) -> UUID:
        key = (parent, kind, name)
        if key not in self._found:
            rid = named(self._unit.settings.institution_id, str(parent or ""), kind, name)
            stamp = self._unit.stamp(source="import", rid=None if rid in self._taken else rid)
            self._taken.add(stamp["rid"])
            self._found[key] = stamp["rid"]
            row = {"kind": kind, "name": name, "parent": parent, "label": label, "bed_type": ""}
            self.made.append({**stamp, "revision": 1, **row})
        return self._found[key]
