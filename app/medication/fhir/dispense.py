"""Medicines put out for a resident as MedicationDispense, one a line, and back; the first carries the whole record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.ids import named
from app.core.unit import Reader, Unit
from app.fhir import Arrival, House, NotYet, Part, Revision, Taken, local
from app.fhir.carried import Whence
from app.fhir.carrying import REVISION, stamp
from app.fhir.coding import words
from app.fhir.elements import extension, filled, said_in
from app.fhir.translation import envelope, framed
from app.medication.fhir.guarded import ERROR, MedicationMapper
from app.medication.fhir.quantities import quantity
from app.medication.fhir.shelf import FIELD
from app.residents.fhir.people import person
from db.models import Dispense

LINE_OF = "urn:carestation:dispense"
"""Extension of the lines behind the first: the record they are of. They say nothing that the first does not."""
FUNCTION = "http://terminology.hl7.org/CodeSystem/medicationdispense-performer-function"
_OWNED = frozenset(
    {
        "status", "medicationCodeableConcept", "subject", "performer", "authorizingPrescription", "quantity",
        "daysSupply", "whenPrepared", "whenHandedOver", "receiver", "note",
    }
)  # fmt: skip
_NOTHING = {"text": "无药品"}


class DispenseMapper(MedicationMapper[Dispense]):
    """What nobody has checked yet is being prepared; what is checked or handed over is completed."""

    kind = "dispense"
    called = "摆药与发药记录"
    resource = "MedicationDispense"
    model = Dispense
    owned = _OWNED
    marks = frozenset({FIELD, LINE_OF})
    author_element = ""

    def said(self, house: House, row: Any) -> dict[str, Any]:
        return _line(row, next(iter(_items(row)), {}))

    def dated(self, house: House, row: Dispense) -> dict[str, Any]:
        return _dated(house, row)

    def beside(
        self, reader: Reader, house: House, rows: Mapping[Revision, Dispense], known: frozenset[UUID]
    ) -> Mapping[Revision, tuple[Part, ...]]:
        """The lines behind the first; those a correction took out are entered in error."""
        most = _most(reader, rows.values())
        return {
            one: tuple(
                self._behind(house, row, place)
                for place in range(1, max(len(_items(row)), most.get(row.rid, 0)))
            )
            for one, row in rows.items()
        }

    def _behind(self, house: House, row: Dispense, place: int) -> Part:
        items = _items(row)
        item = items[place] if place < len(items) else {}
        said = {
            **_line(row, item),
            **_dated(house, row),
            "subject": local("Patient", row.resident),
            "extension": extension(LINE_OF, "String", str(row.rid)),
        }
        if row.state == "retracted" or not item:
            said["status"] = ERROR
        rid = named(row.rid, "line", str(place))
        body = framed(house, self.resource, rid, envelope(row), said)
        owned = self.owned | {"identifier", "extension"}
        return Part(self.resource, rid, body, owned, self.marks | {REVISION, house.system})

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        record = said_in(arrival.body, LINE_OF)
        if record is None:
            return super().take(unit, arrival)
        row = unit.session.scalar(select(Dispense).where(Dispense.rid == UUID(record), Dispense.current))
        if row is None:
            raise NotYet("这一行所属的摆药记录还没有收到。")
        return Taken(row.rid, row.revision, row.station, changed=False)

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["what"] not in ("box", "issue"):
            raise Refusal("区平台上的这份摆药记录没有写明是摆药还是发药，请核对。")


def _items(row: Any) -> list[dict[str, Any]]:
    return [one for one in row.items.get("items") or () if isinstance(one, dict)]


def _most(reader: Reader, rows: Iterable[Dispense]) -> dict[UUID, int]:
    """How many lines a corrected record ever had."""
    several = {row.rid for row in rows if row.revision > 1}
    found: dict[UUID, int] = {}
    for row in reader.session.scalars(select(Dispense).where(Dispense.rid.in_(several))) if several else ():
        found[row.rid] = max(found.get(row.rid, 0), len(_items(row)))
    return found


def _line(row: Any, item: Mapping[str, Any]) -> dict[str, Any]:
    """One medicine of it."""
    shown = words(item.get("words") or "")
    amount, unit = item.get("pieces"), str(item.get("piece_unit") or item.get("unit") or "")
    note, order = words(row.note), _order(item)
    return filled(
        status="completed" if row.second is not None or row.what == "issue" else "preparation",
        medicationCodeableConcept={"text": shown} if shown else _NOTHING,
        authorizingPrescription=[local("MedicationRequest", order)] if order else [],
        quantity=quantity(amount, unit) if isinstance(amount, (int, float)) else {},
        daysSupply={"value": row.days, "unit": "天"} if row.what == "issue" else {},
        receiver=[{"display": words(row.receiver)}] if words(row.receiver) else [],
        note=[{"text": note}] if note else [],
    )


def _order(item: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(str(item.get("order")))
    except ValueError:
        return None


def _dated(house: House, row: Dispense) -> dict[str, Any]:
    """When it was put out and by whom; when and by whom it was checked."""
    found: dict[str, Any] = {"whenPrepared": stamp(house, row.at)}
    people = [("packager", "Packager", row.author), ("checker", "Checker", row.second)]
    found["performer"] = [
        {
            "function": {"coding": [{"system": FUNCTION, "code": code, "display": shown}]},
            "actor": person(house, who),
        }
        for code, shown, who in people
        if who is not None
    ]
    if row.second_at is not None and row.what == "issue" and row.second_at >= row.at:
        found["whenHandedOver"] = stamp(house, row.second_at)
    return found
