"""Kinds whose stations keep apart: append-only. A correction is a new resource, the one before is entered in error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.ids import named
from app.core.unit import Reader, Unit
from app.fhir import Arrival, Envelope, Held, House, Part, Revision, Taken, envelope_of
from app.fhir.carried import Hand, differing, state_of, whence
from app.fhir.carrying import REVISION
from app.fhir.coding import words
from app.fhir.elements import extension, identifier, said_in
from app.fhir.likeness import alike
from app.fhir.rows import clinical_rows
from app.fhir.translation import envelope, framed
from app.residents.fhir.consent import resident_here
from app.residents.fhir.guarded import ERROR, Columns, GuardedMapper, written
from db.base import Clinical

C = TypeVar("C", bound=Clinical)
REPLACED, REPLACES = "urn:carestation:replaced", "urn:carestation:replaces"
"""Extensions: that a later revision stands instead of this one, and which one this revision stands instead of."""


def revision_rid(record: UUID, word: str, station: str, revision: int) -> UUID:
    """Every revision of every station is a resource of its own: two stations name a slot alike, and both stay."""
    return named(record, word, station, str(revision))


def slot_system(house: House, slot: str) -> str:
    """The system of the identifier that all records of one slot have in common."""
    return f"{house.system}:{slot}"


def any_of_slot(house: House, resource: str, slot: str, record: UUID) -> dict[str, Any]:
    """A reference to all that was recorded of one slot: several stations' resources have that identifier in common."""
    return {"type": resource, "identifier": {"system": slot_system(house, slot), "value": str(record)}}


class ApartMapper(GuardedMapper[C]):
    """A row is one resource for good: what one station recorded never meets what another did.

    `word` stands in the names of its resources, `slot` in the system of the identifier they have in common.
    """

    apart = True
    author_element = ""
    word: ClassVar[str]
    slot: ClassVar[str]

    def sound(self, content: Mapping[str, Any]) -> bool:
        """Whether the columns say what became of it, so that elements can be made of them."""
        return True

    def fits(self, unit: Unit, content: Mapping[str, Any]) -> None:
        """Refuse for now what it belongs to and has not come yet."""

    @property
    def altered(self) -> str:
        """What a person reads where another program changed it."""
        return f"别的程序在区平台上改了这条{self.called}，没有采用：{self.called}只由记录的人在本站更正。请核对。"

    def retracts(self, body: dict[str, Any]) -> bool:
        """What was replaced is in error too, and stays readable as the revision before."""
        return super().retracts(body) and not said_in(body, REPLACED)

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        """The revision, and the one it stands instead of: entered in error, whoever recorded it."""
        house = self.house(reader)
        rows = clinical_rows(reader, self.model, asked)
        held = self.held(reader, rows.values())
        before = _before(reader, self.model, rows.values())
        found: dict[Revision, tuple[Part, ...] | Held] = {}
        for one, row in rows.items():
            former = before.get(_key(row))
            made = [self.revision(house, row, former)]
            if former is not None and former.state != "retracted":
                made.append(self.revision(house, former, before.get(_key(former)), replaced=True))
            found[one] = held.get(one.record) or tuple(made)
        return found

    def part(self, house: House, row: C) -> Part:
        return self.revision(house, row, None)

    def revision(self, house: House, row: C, former: C | None, *, replaced: bool = False) -> Part:
        """A revision's resource: as it was recorded, or, once another stands instead of it, entered in error."""
        rid = revision_rid(row.rid, self.word, row.station, row.revision)
        slot, said = slot_system(house, self.slot), self.elements(house, row)
        said["identifier"] = [{"system": slot, "value": str(row.rid)}]
        said["extension"] += [
            *(self._replaces(house, former) if former is not None else ()),
            *extension(REPLACED, "Boolean", True if replaced else None),
        ]
        if replaced:
            said[self.standing] = ERROR
        body = framed(house, self.resource, rid, envelope(row), said)
        marks = self.marks | {REVISION, REPLACED, REPLACES, house.system, slot}
        return Part(self.resource, rid, body, self.owned | {"identifier", "extension"}, marks)

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """Refuses a body of which another program changed what was done, whether, or when."""
        content = super().read(house, body, before)
        if envelope_of(body) is None or not self.sound(content):
            raise Refusal(f"区平台上的这条{self.called}没有写明结果或由谁记录，请核对。")
        return content

    def refuse_changed(self, house: House, body: dict[str, Any], content: Mapping[str, Any]) -> None:
        if envelope_of(body) is None or not self.sound(content):
            return
        ours = self.said(house, Columns({**written(body), **content}))
        for key in self.safe:
            known = body.get(key) == ERROR and key == self.standing
            if not known and not alike(ours.get(key), body.get(key)):
                raise Refusal(self.altered)

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        house, body = House.of(unit.settings), arrival.body
        said, slot = envelope_of(body), identifier(body, slot_system(house, self.slot))
        if said is None or not slot:
            raise Refusal(self.altered)
        record = UUID(slot)
        if arrival.rid != revision_rid(record, self.word, said.station, said.revision):
            raise Refusal(f"区平台上的这条{self.called}编号不对，没有采用，请核对。")
        content = self.understood(house, body, {})
        row = unit.session.get(self.model, (record, said.revision, said.station))
        if row is None:
            return self._enter(unit, replace(arrival, rid=record), said, content)
        return self._again(unit, row, body, content)

    def _again(self, unit: Unit, row: C, body: dict[str, Any], content: dict[str, Any]) -> Taken:
        """It is here: a station never changes it, so it says the same, or another program did."""
        if differing(self.content(row), content) or self.retracts(body) != (row.state == "retracted"):
            raise Refusal(self.altered)
        gone = row.current and self._is_replaced(unit, body, row.rid, row.revision)
        if gone:
            row.current = False
            unit.session.flush()
        return Taken(row.rid, row.revision, row.station, changed=gone)

    def _enter(self, unit: Unit, arrival: Arrival, said: Envelope, content: dict[str, Any]) -> Taken:
        resident_here(unit, content["resident"])
        self.fits(unit, content)
        former = self._replaced(unit, arrival)
        if former is not None and former.current:
            former.current = False
        current = not self._is_replaced(unit, arrival.body, arrival.rid, said.revision)
        by = whence(unit, arrival, Hand.NEWER, None)
        state = state_of(arrival.body, by, retracted=self.retracts(arrival.body))
        unit.session.add(self.model(current=current, state=state, **content, **by.columns()))
        unit.session.flush()
        return Taken(arrival.rid, said.revision, said.station, changed=True)

    def _replaced(self, unit: Unit, arrival: Arrival) -> C | None:
        """The revision it stands instead of, if it has come."""
        said = next((one for one in arrival.body.get("extension") or [] if one.get("url") == REPLACES), None)
        if said is None:
            return None
        station, revision = words(said_in(said, "station") or ""), said_in(said, "revision")
        if not isinstance(revision, int):
            raise Refusal(self.altered)
        return unit.session.get(self.model, (arrival.rid, revision, station))

    def _is_replaced(self, unit: Unit, body: dict[str, Any], record: UUID, revision: int) -> bool:
        """Only once what stands instead of it is here: until then it is better seen twice than not at all."""
        if not said_in(body, REPLACED):
            return False
        model = self.model
        later = select(model.rid).where(model.rid == record, model.revision > revision).limit(1)
        return unit.session.scalar(later) is not None

    def _replaces(self, house: House, row: C) -> list[dict[str, Any]]:
        rid = revision_rid(row.rid, self.word, row.station, row.revision)
        there = {"type": self.resource, "identifier": {"system": house.system, "value": str(rid)}}
        inner = [
            *extension("station", "String", row.station),
            *extension("revision", "Integer", row.revision),
            *extension("resource", "Reference", there),
        ]
        return [{"url": REPLACES, "extension": inner}]


_Key = tuple[UUID, int, str]


def _key(row: Clinical) -> _Key:
    return (row.rid, row.revision, row.station)


def _before(reader: Reader, model: type[C], rows: Iterable[C]) -> dict[_Key, C]:
    """The revision each one stands instead of, for every revision of the records that have several."""
    several = {row.rid for row in rows if row.revision > 1}
    if not several:
        return {}
    by_record: dict[UUID, list[C]] = {}
    for row in reader.session.scalars(select(model).where(model.rid.in_(several))):
        by_record.setdefault(row.rid, []).append(row)
    found: dict[_Key, C] = {}
    for alike_ in by_record.values():
        for row in alike_:
            if (former := _instead_of(row, alike_)) is not None:
                found[_key(row)] = former
    return found


def _instead_of(row: C, others: Sequence[C]) -> C | None:
    """The station's own revision before; where that still stands or is none, the one of another that it corrected.

    What never goes (a session that still ran) stands for the one before it.
    """
    former = [one for one in others if one.revision == row.revision - 1 and not one.current]
    own = [one for one in former if one.station == row.station]
    found = max(own or former, key=lambda one: (one.recorded_at, one.station), default=None)
    return found if found is None or found.goes else _instead_of(found, others)
