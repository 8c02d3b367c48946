"""The people and beds already here, read once for judging a roster."""

from __future__ import annotations

from sqlalchemy import select

from app.core.unit import Reader
from app.residents.roster import Person
from app.residents.roster.verdict import IdKey, NameKey
from db.models import Place, Resident, ResidentSearch, Stay


class House:
    """Everyone by paper and by name with birth date, and who holds which bed: `Known` for the judge."""

    def __init__(self, reader: Reader) -> None:
        self._ids: dict[IdKey, Person] = {}
        self._names: dict[NameKey, tuple[Person, ...]] = {}
        statement = select(
            Resident.rid,
            Resident.number,
            Resident.name,
            Resident.id_type,
            Resident.id_number,
            Resident.birth_date,
            ResidentSearch.status,
        ).outerjoin(ResidentSearch, ResidentSearch.rid == Resident.rid)
        for rid, number, name, id_type, id_number, birth, status in reader.session.execute(statement):
            person = Person(rid, number, name, id_number, here=status != "out")
            if id_number:
                self._ids[id_type, id_number] = person
            self._names[name, birth] = (*self._names.get((name, birth), ()), person)
        holders = (
            select(Place.label, Resident.name)
            .join(Stay, Stay.bed == Place.rid)
            .join(Resident, Resident.rid == Stay.resident)
            .where(Stay.current, Stay.ends.is_(None), Stay.state != "retracted")
        )
        self._holders = dict(reader.session.execute(holders).all())

    def by_id(self, key: IdKey) -> Person | None:
        return self._ids.get(key)

    def by_name(self, key: NameKey) -> tuple[Person, ...]:
        return self._names.get(key, ())

    def holder(self, bed: str) -> str | None:
        return self._holders.get(bed)
