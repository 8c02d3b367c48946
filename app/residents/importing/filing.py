"""Rows that go in, as rows of our tables: collected, written in bulk, announced."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert

from app.core.unit import Unit
from app.residents.importing.places import Places
from app.residents.roster import RosterContact, RosterRow
from app.residents.rules import guards
from app.residents.search_row import sort_key
from app.residents.search_text import Findable, search_text
from db.base import Base
from db.models import Allergy, Contact, Diagnosis, Place, Resident, ResidentSearch, Stay

_TOLD_BY = "名册"


class Filing:
    """Takes accepted rows and writes them some hundreds at a time; entities one by one would take ten times as long."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._places = Places(unit)
        self._waiting: list[RosterRow] = []

    def add(self, row: RosterRow) -> None:
        self._waiting.append(row)
        if len(self._waiting) >= 200:
            self.write()

    def write(self) -> None:
        """Write what waits: places first, then people and what is stated of them."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        numbers = self._unit.next_numbers("resident", len(rows))
        tables: dict[type[Base], list[dict[str, Any]]] = {
            model: [] for model in (Place, Resident, Stay, Contact, Allergy, Diagnosis, ResidentSearch)
        }
        for row, number in zip(rows, numbers, strict=True):
            self._file(row, number, tables)
        tables[Place], self._places.made = self._places.made, []
        for model, values in tables.items():
            if values:
                self._unit.session.execute(insert(model), values)
            if values and model.__kind__:
                self._unit.announce(model, [value["rid"] for value in values])

    def _file(self, row: RosterRow, number: str, tables: dict[type[Base], list[dict[str, Any]]]) -> None:
        resident = self._register({"number": number, **_person(row)})
        rid: UUID = resident["rid"]
        tables[Resident].append(resident)
        bed = self._places.bed(row.place) if row.place else None
        stay = {"resident": rid, "begins": row.admitted_on, "ends": None, "bed": bed}
        tables[Stay].append(self._clinical(stay))
        if row.contact:
            tables[Contact].append(self._register({"resident": rid, "ordinal": 1, **_contact(row.contact)}))
        tables[Allergy].extend(self._clinical(stated) for stated in _allergies(row, rid))
        for ordinal, words in enumerate(row.diagnoses, 1):
            stated = {"words": words, "code": "", "onset": "", "status": "active", "ordinal": ordinal}
            tables[Diagnosis].append(self._clinical({"resident": rid, **stated}))
        tables[ResidentSearch].append({"rid": rid, "status": "in", **_search(row, number)})

    def _register(self, content: dict[str, Any]) -> dict[str, Any]:
        return {**self._unit.stamp(source="import"), "revision": 1, **content}

    def _clinical(self, content: dict[str, Any]) -> dict[str, Any]:
        return {**self._register(content), "current": True, "state": "signed"}


def _person(row: RosterRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "sex": row.sex,
        "birth_date": row.birth_date,
        "id_type": row.id_type,
        "id_number": row.id_number,
        "ethnicity": row.ethnicity,
        "education": row.education,
        "marital_status": row.marital_status,
        "phone": row.phone,
        "address": row.address,
        "insurance": list(row.insurance),
        "care_level": row.care_level,
        "remarks": dict(row.remarks),
        "archive_number": row.archive_number,
        "household_address": row.household_address,
        "residence": row.residence,
        "occupation": row.occupation,
        "blood_type": row.blood_type,
        "rhesus": row.rhesus,
        "living": row.living,
        "nurse": None,
        "doctor": None,
        **dict(row.carers),
    }


def _contact(said: RosterContact) -> dict[str, Any]:
    return {
        "name": said.name,
        "relation": said.relation,
        "phone": said.phone,
        "guardian": guards(said.powers),
        "powers": list(said.powers),
        "second_phone": said.second_phone,
        "address": said.address,
        "note": "",
    }


def _allergies(row: RosterRow, rid: UUID) -> list[dict[str, Any]]:
    """What the roster states; silence writes nothing, since nothing means unknown."""
    common = {"resident": rid, "severity": "", "certainty": "", "told_by": _TOLD_BY}
    if row.allergies.none_known:
        return [{**common, "none_known": True, "substance": "", "reaction": ""}]
    return [
        {**common, "none_known": False, "substance": entry.substance, "reaction": entry.reaction}
        for entry in row.allergies.entries
    ]


def _search(row: RosterRow, number: str) -> dict[str, str]:
    bed = row.place.label if row.place else ""
    kin = row.contact or RosterContact()
    phones = tuple(phone for phone in (row.phone, kin.phone, kin.second_phone) if phone)
    found = Findable(row.name, number, bed, row.id_number or "", phones, row.archive_number, (kin.name,))
    text = search_text(found)
    return {"sort": sort_key(bed, number), "text": text}
