"""Clinical records to and from the platform: a later revision is a new row, the one before stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir.carried import Hand, Whence, differing, hand_of, state_of, whence
from app.fhir.carrying import envelope_of
from app.fhir.identity import House
from app.fhir.part import Arrival, Held, Part, Revision, Taken
from app.fhir.reference import local
from app.fhir.rows import clinical_rows
from app.fhir.translation import Translation, authors
from db.base import Clinical

C = TypeVar("C", bound=Clinical)


class ClinicalMapper(Translation[C]):
    """A clinical kind; subclasses say its elements, whose record it is and how a retraction looks.

    A kind whose clinical time another program may correct reads it as `at` among its columns.
    """

    author_element: ClassVar[str] = "recorder"
    author_repeats: ClassVar[bool] = False
    unites: ClassVar[bool] = False
    """Whether what two stations made apart of a record both named alike is one revision, where they changed different
    elements."""

    def held(self, reader: Reader, rows: Iterable[C]) -> Mapping[UUID, Held]:
        """Records that stay here, and why."""
        return {}

    def retracts(self, body: dict[str, Any]) -> bool:
        """Whether a body says that it was entered in error."""
        return body.get("status") == "entered-in-error"

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        """Refuse what does not fit here; `said` is the whole content."""

    def settled(self, unit: Unit, row: C) -> None:
        """Do what else follows from a row that came."""

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        house = self.house(reader)
        rows = clinical_rows(reader, self.model, asked)
        held = self.held(reader, rows.values())
        known = authors(reader, rows.values())
        going = {one: row for one, row in rows.items() if one.record not in held}
        beside = self.beside(reader, house, going, known)
        made = {one: (*self.resources(house, row, known), *beside.get(one, ())) for one, row in going.items()}
        return {one: held.get(one.record) or made[one] for one in rows}

    def house(self, reader: Reader) -> House:
        """What the elements of rows need to know of the institution."""
        return House.of(reader.settings)

    def taking(self, unit: Unit) -> House:
        """What reading needs to know of it, and telling what stands here as it was sent."""
        return House.of(unit.settings)

    def beside(
        self, reader: Reader, house: House, rows: Mapping[Revision, C], known: frozenset[UUID]
    ) -> Mapping[Revision, tuple[Part, ...]]:
        """Resources that follow from rows and from what else the file says of them."""
        return {}

    def resources(self, house: House, row: C, known: frozenset[UUID]) -> tuple[Part, ...]:
        """Every resource of a row; `known` are the authors that can be referred to."""
        part = self.part(house, row)
        if self.author_element and row.author in known:
            who = local("Practitioner", row.author)
            part.body[self.author_element] = [who] if self.author_repeats else who
        return (part,)

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        rows = list(unit.session.scalars(select(self.model).where(self.model.rid == arrival.rid)))
        current = next((row for row in rows if row.current), None)
        said = envelope_of(arrival.body)
        if current is None:
            return self._first(unit, arrival, Hand.FOREIGN if said is None else Hand.NEWER)
        hand = hand_of(arrival, (current.revision, current.station))
        named = [row for row in rows if said and (row.revision, row.station) == (said.revision, said.station)]
        if hand is Hand.SIBLING or (hand is Hand.FOREIGN and said is not None and not named):
            raise Refusal("两边都更正过这份记录，请护士长核对两份内容。")
        if hand is Hand.FOREIGN and named and named[0] is not current and arrival.base is None:
            hand = Hand.OLDER
        return self._next(unit, arrival, current, hand)

    def _first(self, unit: Unit, arrival: Arrival, hand: Hand) -> Taken:
        content = self.understood(self.taking(unit), arrival.body, {})
        by, at = whence(unit, arrival, hand, None), content.pop("at", None)
        return self._write(unit, arrival, content, replace(by, at=at) if at and not by.ours else by)

    def _next(self, unit: Unit, arrival: Arrival, current: C, hand: Hand) -> Taken:
        house, body = self.taking(unit), arrival.body
        before = self.read(house, self.whole(house, current), {})
        if hand is Hand.NEWER:
            # a retraction says no status any more: what it leaves out is as it was
            after = self.understood(house, body, before if self.retracts(body) else {})
        else:  # another program may empty what it calls an error; the content stays readable here
            after = before if self.retracts(body) else self.understood(house, body, before)
        changes = differing(before, after)
        if hand is not Hand.NEWER:
            stands = self._stands(unit, current, hand, changed=bool(changes), retracted=self.retracts(body))
            if stands is not None:
                return stands
        at = changes.pop("at", None) or current.at
        content = {**self.content(current), **changes}
        by = whence(unit, arrival, hand, (current.revision, at))
        return self._write(unit, arrival, content, by)

    def _stands(self, unit: Unit, current: C, hand: Hand, *, changed: bool, retracted: bool) -> Taken | None:
        """The revision that stands here is what came: nothing to do, or it was retracted where it stands."""
        was = current.state == "retracted"
        if changed and hand is Hand.OLDER:
            raise Refusal("区平台上是更早的内容，请核对这份记录。")
        if was and not retracted:
            raise Refusal("这份记录在本站已作废，区平台上仍有效，请核对。")
        if retracted and not was:
            current.state = "retracted"
            unit.session.flush()
            self.settled(unit, current)
            return Taken(current.rid, current.revision, current.station, changed=True)
        return None if changed else Taken(current.rid, current.revision, current.station, changed=False)

    def _write(self, unit: Unit, arrival: Arrival, content: dict[str, Any], by: Whence) -> Taken:
        rid, retracted = arrival.rid, self.retracts(arrival.body)
        self.check(unit, content, by, retracted=retracted)
        for row in unit.session.scalars(select(self.model).where(self.model.rid == rid, self.model.current)):
            row.current = False
        unit.session.flush()
        state = state_of(arrival.body, by, retracted=retracted)
        fresh = self.model(current=True, state=state, **content, **by.columns())
        unit.session.add(fresh)
        unit.session.flush()
        self.settled(unit, fresh)
        return Taken(rid, by.revision, by.station, changed=True)
