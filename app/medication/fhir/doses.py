"""Doses there and back: append-only. A correction is a new resource, the one before is entered in error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Arrival, Envelope, Held, House, NotYet, Part, Revision, Taken, envelope_of
from app.fhir.carried import Hand, differing, whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import words
from app.fhir.elements import identifier, referred, said_in
from app.fhir.rows import clinical_rows
from app.medication.fhir.columns import heard, said_fields
from app.medication.fhir.dose import (
    ERROR,
    KEYS,
    MARKS,
    OWNED,
    REPLACED,
    REPLACES,
    RESOURCE,
    SAFE,
    elements,
    part,
    resource_rid,
    slot_system,
)
from app.medication.fhir.likeness import alike
from app.medication.fhir.shelf import furnished
from app.residents.fhir.consent import records_held, resident_here
from db.models import Dose, MedOrder
from db.models.medication import OUTCOMES

ALTERED = "别的程序在区平台上改了这条给药记录，没有采用：给药记录只由记录的人在本站更正。请核对。"


class DoseMapper(ClinicalMapper[Dose]):
    """A row is one resource for good: what one station recorded never meets what another did."""

    kind = "dose"
    resource = RESOURCE
    model = Dose
    owned = OWNED
    marks = MARKS
    apart = True

    def retracts(self, body: dict[str, Any]) -> bool:
        """What was replaced is in error too, and stays readable as the revision before."""
        return body.get("status") == ERROR and not said_in(body, REPLACED)

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        """The revision, and the one it stands instead of: entered in error, whoever recorded it."""
        house = furnished(reader)
        rows = clinical_rows(reader, Dose, asked)
        held = records_held(reader, rows.values())
        before = _before(reader, rows.values())
        found: dict[Revision, tuple[Part, ...] | Held] = {}
        for one, row in rows.items():
            former = before.get((row.rid, row.revision, row.station))
            made = [part(house, row, former)]
            if former is not None and former.state != "retracted":
                made.append(part(house, former, _former(former, before), replaced=True))
            found[one] = held.get(one.record) or tuple(made)
        return found

    def elements(self, house: House, row: Dose) -> dict[str, Any]:
        return elements(house, row)

    def part(self, house: House, row: Dose) -> Part:
        return part(house, row, None)

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """Refuses a body of which another program changed what was given, whether, or when."""
        content = heard(Dose, KEYS, said_fields(body))
        content["resident"] = referred(body.get("subject"), "Patient") or before.get("resident")
        said = envelope_of(body)
        if content["outcome"] not in OUTCOMES or said is None:
            raise Refusal("区平台上的这条给药记录没有写明结果或由谁记录，请核对。")
        row = SimpleNamespace(**content, at=said.at, author=said.author, rid=None)
        ours = elements(house, row)
        for key in SAFE:
            known = body.get("status") == ERROR and key == "status"
            if not known and not alike(ours.get(key), body.get(key)):
                raise Refusal(ALTERED)
        return content

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        house, body = House.of(unit.settings), arrival.body
        said, record = envelope_of(body), _record(house, body)
        if said is None or record is None:
            raise Refusal(ALTERED)
        if arrival.rid != resource_rid(record, said.station, said.revision):
            raise Refusal("区平台上的这条给药记录编号不对，没有采用，请核对。")
        content = self.understood(house, body, {})
        row = unit.session.get(Dose, (record, said.revision, said.station))
        if row is None:
            return self._enter(unit, replace(arrival, rid=record), said, content)
        return self._again(unit, row, body, content)

    def _again(self, unit: Unit, row: Dose, body: dict[str, Any], content: dict[str, Any]) -> Taken:
        """It is here: a station never changes it, so it says the same, or another program did."""
        if differing(self.content(row), content) or self.retracts(body) != (row.state == "retracted"):
            raise Refusal(ALTERED)
        gone = row.current and _is_replaced(unit, body, row.rid, row.revision)
        if gone:
            row.current = False
            unit.session.flush()
        return Taken(row.rid, row.revision, row.station, changed=gone)

    def _enter(self, unit: Unit, arrival: Arrival, said: Envelope, content: dict[str, Any]) -> Taken:
        resident_here(unit, content["resident"])
        if (
            unit.session.scalar(select(MedOrder.rid).where(MedOrder.rid == content["med_order"]).limit(1))
            is None
        ):
            raise NotYet("这条给药记录的医嘱还没有收到。")
        former = _replaced(unit, arrival)
        if former is not None and former.current:
            former.current = False
        retracted = self.retracts(arrival.body)
        state = "retracted" if retracted else "signed" if said.revision == 1 else "corrected"
        current = not _is_replaced(unit, arrival.body, arrival.rid, said.revision)
        by = whence(unit, arrival, Hand.NEWER, None)
        unit.session.add(Dose(current=current, state=state, **content, **by.columns()))
        unit.session.flush()
        return Taken(arrival.rid, said.revision, said.station, changed=True)


def _record(house: House, body: dict[str, Any]) -> UUID | None:
    """The record a resource is a revision of."""
    said = identifier(body, slot_system(house))
    return UUID(said) if said else None


def _replaced(unit: Unit, arrival: Arrival) -> Dose | None:
    """The revision it stands instead of, if it has come."""
    said = next((one for one in arrival.body.get("extension") or [] if one.get("url") == REPLACES), None)
    if said is None:
        return None
    station, revision = words(said_in(said, "station") or ""), said_in(said, "revision")
    if not isinstance(revision, int):
        raise Refusal(ALTERED)
    return unit.session.get(Dose, (arrival.rid, revision, station))


def _is_replaced(unit: Unit, body: dict[str, Any], record: UUID, revision: int) -> bool:
    """Only once what stands instead of it is here: until then it is better seen twice than not at all."""
    if not said_in(body, REPLACED):
        return False
    later = select(Dose.rid).where(Dose.rid == record, Dose.revision > revision).limit(1)
    return unit.session.scalar(later) is not None


_Key = tuple[UUID, int, str]


def _before(reader: Reader, rows: Iterable[Dose]) -> dict[_Key, Dose]:
    """The revision each one stands instead of, for every revision of the records that have several."""
    several = {row.rid for row in rows if row.revision > 1}
    if not several:
        return {}
    by_record: dict[UUID, list[Dose]] = {}
    for row in reader.session.scalars(select(Dose).where(Dose.rid.in_(several))):
        by_record.setdefault(row.rid, []).append(row)
    found: dict[_Key, Dose] = {}
    for alike_ in by_record.values():
        for row in alike_:
            if (former := _instead_of(row, alike_)) is not None:
                found[row.rid, row.revision, row.station] = former
    return found


def _instead_of(row: Dose, others: Sequence[Dose]) -> Dose | None:
    """The station's own revision before; where that still stands or is none, the one of another that it corrected."""
    former = [one for one in others if one.revision == row.revision - 1 and not one.current]
    own = [one for one in former if one.station == row.station]
    return max(own or former, key=lambda one: (one.recorded_at, one.station), default=None)


def _former(row: Dose, before: Mapping[_Key, Dose]) -> Dose | None:
    return before.get((row.rid, row.revision, row.station))
