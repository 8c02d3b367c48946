"""Two stations of one institution and a platform between them, with a memory of everything that was ever written."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.compose import Station, compose
from app.core.clock import SetClock
from app.core.unit import Unit
from app.fhir import envelope_of
from app.sync.round import Round
from db.models import Allergy, Outbox, Remote, Resident
from tests.support.acts import Act, Admit, Look, NoteAllergy
from tests.support.platform import Behaviour, Platform, Resource
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, open_station, set_up_form
from tests.sync.joined import Joined

NUMBERS = ("01", "02")
Version = tuple[UUID, int, str]
QUIET = 12


def found_second(root: Path) -> Founded:
    """The other station of the same institution."""
    station = compose(root, clock=SetClock(MORNING), cost=CHEAP)
    form = set_up_form()
    form = replace(form, station_number="02", station_name="3号楼护理站")
    form = replace(form, administrator=replace(form.administrator, number="1001"))
    code = station.set_up(replace(form, head_nurse=replace(form.head_nurse, number="1317")))
    station.close()
    return Founded(root, code)


@dataclass
class Written:
    """One revision as it was written: what it says, and by whom."""

    says: str
    author: UUID


@dataclass
class Institution:
    """`written`: every revision of every record. `touched`: residents somebody else has edited there."""

    templates: tuple[Founded, Founded]
    column: str
    written: dict[Version, Written] = field(default_factory=dict)
    touched: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.platform = Platform(Behaviour.named(self.column))
        self.platform.start()
        self.stations = [self._joined(index) for index in range(len(NUMBERS))]

    def close(self) -> None:
        for one in self.stations:
            one.station.close()
        self.platform.close()
        self._folder.cleanup()

    # what people do ---------------------------------------------------------------------------------------------

    def admit(self, at: int) -> UUID:
        rid: UUID = self._station(at).desk.do_now(Admit("王秀英"))
        self._note(at, rid, Resident)
        return rid

    def edit(self, at: int, rid: UUID, phone: str) -> None:
        def work(unit: Unit) -> None:
            if (row := unit.session.get(Resident, rid)) is not None:
                row.phone = phone

        self._station(at).desk.do_now(Act(work))
        self._note(at, rid, Resident)

    def note_allergy(self, at: int, rid: UUID, substance: str) -> None:
        if self.resident(at, rid) is not None:
            self._note(at, self._station(at).desk.do_now(NoteAllergy(rid, substance)), Allergy)

    def correct(self, at: int, resident: UUID, substance: str) -> None:
        """The first allergy of a resident said something wrong."""

        def work(unit: Unit) -> UUID | None:
            current = select(Allergy).where(Allergy.resident == resident, Allergy.current)
            row = unit.session.scalars(current.order_by(Allergy.recorded_at, Allergy.rid)).first()
            if row is None:
                return None
            row.current = False
            stamp = unit.stamp(rid=row.rid, reason="笔误")
            fresh = Allergy(**stamp, revision=row.revision + 1, resident=resident, substance=substance)
            fresh.state = "corrected"
            unit.session.add(fresh)
            return row.rid

        if (rid := self._station(at).desk.do_now(Act(work))) is not None:
            self._note(at, rid, Allergy)

    def touch(self, phone: str, which: int) -> None:
        """A program that is no station of ours changes a Patient."""
        if found := self.platform.resources("Patient"):
            body = found[which % len(found)]
            telecom = {"telecom": [{"system": "phone", "value": phone}], "deceasedBoolean": False}
            self.platform.edit("Patient", body["id"], telecom)
            self.touched.add(identity(body))

    # what goes wrong --------------------------------------------------------------------------------------------

    def crash(self, at: int, after: int) -> None:
        """The program ends in the middle of a round, after so many requests."""
        joined, seen = self.stations[at], len(self.platform.requests)

        async def cut() -> None:
            task = asyncio.ensure_future(joined.rounds.run(joined.access))
            while not task.done() and len(self.platform.requests) < seen + after:
                await asyncio.sleep(0.001)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        asyncio.run(cut())
        joined.station.close()
        self.stations[at] = self._joined(at)

    def settle(self) -> None:
        """Rounds without any fault, until both stations have nothing to do."""
        self.platform.faults.clear()
        rounds: list[Round] = []
        for _ in range(QUIET):
            rounds = [one.round() for one in self.stations]
            if not any(one.error or one.sent or one.received for one in rounds):
                return
        raise AssertionError(f"it does not come to rest: {rounds} {[one.waiting() for one in self.stations]}")

    # what can be seen -------------------------------------------------------------------------------------------

    def resident(self, at: int, rid: UUID) -> Resident | None:
        found: Resident | None = self._look(at, lambda reader: reader.session.get(Resident, rid))
        return found

    def allergies(self, at: int) -> dict[UUID, Allergy]:
        """The current ones."""
        rows = self._look(
            at, lambda reader: list(reader.session.scalars(select(Allergy).where(Allergy.current)))
        )
        return {row.rid: row for row in rows}

    def states(self, at: int, rid: UUID) -> set[str]:
        """Of a record's lines in the outbox."""
        return {state for _, state in self.stations[at].states(rid)}

    def is_aside(self, at: int, rid: UUID) -> bool:
        """Whether what came of it is shown as not taken."""
        aside = select(Remote.rid).where(Remote.rid == rid, Remote.words.is_not(None))
        return self._look(at, lambda reader: reader.session.scalar(aside)) is not None

    def lines(self, at: int) -> list[Outbox]:
        """Every line of the outbox about a resident or an allergy."""
        found = select(Outbox).where(Outbox.kind.in_(("resident", "allergy")))
        rows: list[Outbox] = self._look(at, lambda reader: list(reader.session.scalars(found)))
        return rows

    def versions(self, kind: str, rid: UUID) -> list[Resource]:
        """What was ever there under an identity, the oldest first."""
        return [
            version
            for body in self.stations[0].there(rid, kind)
            for version in self.platform.history(kind, body["id"])
            if version is not None
        ]

    # inside -----------------------------------------------------------------------------------------------------

    def _joined(self, index: int) -> Joined:
        root = Path(self._folder.name) / NUMBERS[index]
        if not root.exists():
            self.templates[index].copy(root)
        if index == 0:
            return Joined(open_station(root), self.platform)
        station = compose(root, clock=SetClock(MORNING), cost=CHEAP)
        station.sign_in("1317", PASSWORD)
        return Joined(station, self.platform)

    def _station(self, at: int) -> Station:
        return self.stations[at].station

    def _look(self, at: int, work: Any) -> Any:
        return self._station(at).desk.ask_now(Look(work))

    def _note(self, at: int, rid: UUID, model: type[Resident | Allergy]) -> None:
        """Remember what this station has just written."""

        def newest(reader: Any) -> Any:
            rows = reader.session.scalars(select(model).where(model.rid == rid))
            return max(rows, key=lambda row: row.revision, default=None)

        row = self._look(at, newest)
        if row is not None and row.station == NUMBERS[at]:
            says = row.phone if isinstance(row, Resident) else row.substance
            self.written[(rid, row.revision, row.station)] = Written(says, row.author)


def identity(body: Resource) -> UUID:
    """The identity of a Patient of ours."""
    return next(UUID(one["value"]) for one in body["identifier"] if one["system"].startswith("urn:uuid:"))


def says(body: Resource) -> str:
    """What a resource says in the one element the machine plays with."""
    if body["resourceType"] == "Patient":
        return "、".join(one["value"] for one in body.get("telecom", ()))
    return str(body["code"]["text"])


def stands_for(body: Resource) -> tuple[int, str, UUID | None]:
    """(revision, station, author) of the envelope."""
    envelope = envelope_of(body)
    assert envelope is not None
    return envelope.revision, envelope.station, envelope.author
