"""The people and beds already here, read once for judging a roster."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.residents.carers import working_carers
from app.residents.roster import Person
from app.residents.roster.verdict import IdKey, NameKey
from db.models import Place, Resident, ResidentSearch, Stay


class House:
    """Everyone by paper and by name with birth date, and who holds which bed: `Known` for the judge."""

    def __init__(self, reader: Reader) -> None:
        self._ids: dict[IdKey, Person] = {}
        self._archives: dict[str, str] = {}
        self._carers = _carers(reader)
        self._names: dict[NameKey, tuple[Person, ...]] = {}
        statement = select(
            Resident.rid,
            Resident.number,
            Resident.name,
            Resident.id_type,
            Resident.id_number,
            Resident.birth_date,
            Resident.archive_number,
            ResidentSearch.status,
        ).outerjoin(ResidentSearch, ResidentSearch.rid == Resident.rid)
        for rid, number, name, id_type, id_number, birth, archive, status in reader.session.execute(
            statement
        ):
            person = Person(rid, number, name, id_number, here=status != "out")
            if id_number:
                self._ids[id_type, id_number] = person
            if archive:
                self._archives[archive] = name
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

    def by_archive(self, number: str) -> str | None:
        return self._archives.get(number)

    def carer(self, column: str, name: str) -> UUID | None:
        found = self._carers.get((column, name), ())
        return found[0] if len(found) == 1 else None

    def holder(self, bed: str) -> str | None:
        return self._holders.get(bed)


def _carers(reader: Reader) -> dict[tuple[str, str], tuple[UUID, ...]]:
    """Who can be named as nurse or doctor, by column and name."""
    working = working_carers(reader)
    found: dict[tuple[str, str], tuple[UUID, ...]] = {}
    for column, people in (("nurse", working.nurse), ("doctor", working.doctor)):
        for one in people:
            found[column, one.name] = (*found.get((column, one.name), ()), one.rid)
    return found
