"""Register records to and from the platform: one row, the latest content, older contents kept as versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir.carried import Hand, Whence, differing, hand_of, whence
from app.fhir.identity import House
from app.fhir.part import Arrival, Held, Part, Revision, Taken
from app.fhir.rows import register_rows
from app.fhir.translation import Translation
from db.base import Register

R = TypeVar("R", bound=Register)


class RegisterMapper(Translation[R]):
    """A register kind; subclasses add their rules to what may come in."""

    fixed: ClassVar[frozenset[str]] = frozenset()
    """Columns that never change after the first revision, whatever comes: human numbers."""

    def held(self, reader: Reader, records: Iterable[UUID]) -> Mapping[UUID, Held]:
        """Records that stay here, and why."""
        return {}

    def check(self, unit: Unit, said: dict[str, Any], row: R | None, by: Whence) -> None:
        """Refuse what does not fit here, or bring it into shape. `said` are the changed columns, or all where
        `row` is None."""

    def settled(self, unit: Unit, row: R) -> None:
        """Do what else follows from a row that came."""

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        house = House.of(reader.settings)
        rows = register_rows(reader, self.model, asked)
        held = self.held(reader, {one.record for one in rows})
        return {one: held.get(one.record) or (self.part(house, row),) for one, row in rows.items()}

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        row = unit.session.get(self.model, arrival.rid)
        if row is None:
            return self._enter(unit, arrival)
        house = House.of(unit.settings)
        hand = hand_of(arrival, (row.revision, row.station))
        trusted = hand in (Hand.NEWER, Hand.SIBLING)
        before = self.read(house, self.whole(house, row), self.blank())
        after = self.understood(house, arrival.body, self.blank() if trusted else before)
        changes = {key: value for key, value in differing(before, after).items() if key not in self.fixed}
        if hand is Hand.OLDER and changes:
            raise Refusal("区平台上是更早的内容，请核对；在本站再保存一次即可重新上传。")
        by = whence(unit, arrival, hand, (row.revision, row.at))
        self.check(unit, changes, row, by)
        if not changes and not trusted:
            return Taken(row.rid, row.revision, row.station, changed=False)
        self._write(unit, row, changes, by)
        return Taken(row.rid, row.revision, row.station, changed=True)

    def blank(self) -> Mapping[str, Any]:
        """Columns of a record of which nothing is known."""
        raise NotImplementedError

    def _enter(self, unit: Unit, arrival: Arrival) -> Taken:
        hand = hand_of(arrival, None)
        said = self.understood(House.of(unit.settings), arrival.body, self.blank())
        by = whence(unit, arrival, hand, None)
        self.check(unit, said, None, by)
        row = self.model(**said, **by.columns())
        unit.session.add(row)
        unit.session.flush()
        self.settled(unit, row)
        return Taken(row.rid, row.revision, row.station, changed=True)

    def _write(self, unit: Unit, row: R, changes: dict[str, Any], by: Whence) -> None:
        for key, value in {**changes, **by.columns()}.items():
            setattr(row, key, value)
        unit.session.flush()
        self.settled(unit, row)
