"""Two stations of one institution and a platform between them, with a memory of everything that was ever written."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.compose import Station, compose
from app.core.clock import SetClock
from app.core.unit import Unit
from app.fhir import envelope_of
from app.sync.round import Round
from db.models import Absence, Allergy, Outbox, Remote, Resident, Stay, Vital
from tests.support.acts import Act, Admit, Look, NoteAllergy
from tests.support.platform import Behaviour, Platform, Resource
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, open_station, set_up_form
from tests.sync.joined import Joined

NUMBERS = ("01", "02")
Version = tuple[UUID, int, str]
TYPES = {
    "resident": "Patient",
    "allergy": "AllergyIntolerance",
    "vital": "Observation",
    "absence": "Encounter",
}
MODELS = {"Patient": Resident, "AllergyIntolerance": Allergy, "Observation": Vital, "Encounter": Absence}
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
    """One revision as it was written: as which type it stands there, what it says, and by whom."""

    type: str
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

        def enter(unit: Unit) -> None:
            unit.session.add(Stay(**unit.stamp(), revision=1, resident=rid, begins=unit.today))

        self._station(at).desk.do_now(Act(enter))
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
        self._revise(at, Allergy, resident, lambda _row, _now: {"substance": substance})

    def measure(self, at: int, resident: UUID, value: float) -> None:
        """A pulse is taken."""

        def work(unit: Unit) -> UUID:
            said: dict[str, Any] = {"code": "pulse", "set_id": unit.new_id()}
            row = Vital(**unit.stamp(), revision=1, resident=resident, value=value, **said)
            unit.session.add(row)
            return row.rid

        if self.resident(at, resident) is not None:
            self._note(at, self._station(at).desk.do_now(Act(work)), Vital)

    def correct_pulse(self, at: int, resident: UUID, value: float) -> None:
        """The first pulse of a resident was written wrongly."""
        self._revise(at, Vital, resident, lambda row, _now: {**_measured(row), "value": value})

    def leave(self, at: int, resident: UUID, whither: str) -> None:
        """Somebody goes out, who is not out already as far as this station knows."""

        def work(unit: Unit) -> UUID | None:
            mine = (Absence.resident == resident, Absence.current, Absence.ends.is_(None))
            stay = unit.session.scalar(select(Stay.rid).where(Stay.resident == resident))
            if stay is None or unit.session.scalar(select(Absence.rid).where(*mine)) is not None:
                return None
            away: dict[str, Any] = {"resident": resident, "stay": stay, "begins": unit.now}
            row = Absence(**unit.stamp(), revision=1, code="leave", whither=whither, **away)
            unit.session.add(row)
            return row.rid

        if (rid := self._station(at).desk.do_now(Act(work))) is not None:
            self._note(at, rid, Absence)

    def come_back(self, at: int, resident: UUID) -> None:
        """The first absence is over; if it is already, that is said once more."""
        self._revise(at, Absence, resident, lambda row, now: {**_away(row), "ends": now})

    def touch(self, phone: str, which: int) -> None:
        """A program that is no station of ours changes a Patient."""
        if found := self.platform.resources("Patient"):
            body = found[which % len(found)]
            telecom = {"telecom": [{"system": "phone", "value": phone}], "deceasedBoolean": False}
            self.platform.edit("Patient", body["id"], telecom)
            self.touched.add(identity(body))

    def touch_pulse(self, value: float, which: int) -> None:
        """It changes a measurement."""
        if found := self.platform.resources("Observation"):
            body = found[which % len(found)]
            quantity = {**body["valueQuantity"], "value": value}
            self.platform.edit("Observation", body["id"], {"valueQuantity": quantity})
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

    def row(self, at: int, rid: UUID, type_: str) -> Any:
        """The current row behind a resource; None if there is none."""
        model: Any = MODELS[type_]
        found = select(model).where(model.rid == rid)
        current = found if model is Resident else found.where(model.current)
        return self._look(at, lambda reader: reader.session.scalars(current).first())

    def states(self, at: int, rid: UUID) -> set[str]:
        """Of a record's lines in the outbox."""
        return {state for _, state in self.stations[at].states(rid)}

    def is_aside(self, at: int, rid: UUID) -> bool:
        """Whether what came of it is shown as not taken."""
        aside = select(Remote.rid).where(Remote.rid == rid, Remote.words.is_not(None))
        return self._look(at, lambda reader: reader.session.scalar(aside)) is not None

    def lines(self, at: int) -> list[Outbox]:
        """Every line of the outbox about what the machine plays with."""
        found = select(Outbox).where(Outbox.kind.in_(TYPES))
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

    def _revise(
        self, at: int, model: Any, resident: UUID, say: Callable[[Any, datetime], dict[str, Any]]
    ) -> None:
        """The first record of a kind is corrected."""

        def work(unit: Unit) -> UUID | None:
            current = select(model).where(model.resident == resident, model.current)
            row = unit.session.scalars(current.order_by(model.recorded_at, model.rid)).first()
            if row is None:
                return None
            row.current = False
            unit.session.flush()
            stamp = unit.stamp(rid=row.rid, reason="笔误")
            fresh = model(**stamp, revision=row.revision + 1, resident=resident, **say(row, unit.now))
            fresh.state = "corrected"
            unit.session.add(fresh)
            return UUID(bytes=row.rid.bytes)

        if (rid := self._station(at).desk.do_now(Act(work))) is not None:
            self._note(at, rid, model)

    def _note(self, at: int, rid: UUID, model: Any) -> None:
        """Remember what this station has just written."""

        def newest(reader: Any) -> Any:
            rows = reader.session.scalars(select(model).where(model.rid == rid))
            return max(rows, key=lambda row: row.revision, default=None)

        row = self._look(at, newest)
        if row is not None and row.station == NUMBERS[at]:
            version = (rid, row.revision, row.station)
            self.written[version] = Written(TYPES[row.__kind__], said(row), row.author)


def identity(body: Resource) -> UUID:
    """The identity of a resource of ours."""
    whole = len(f"urn:uuid:{UUID(int=0)}")
    return next(UUID(one["value"]) for one in body["identifier"] if len(one["system"]) == whole)


def says(body: Resource) -> str:
    """What a resource says in the one element the machine plays with."""
    match body["resourceType"]:
        case "Patient":
            return "、".join(one["value"] for one in body.get("telecom", ()))
        case "Observation":
            return f"{body['valueQuantity']['value']:g}"
        case "Encounter":
            return f"{body['hospitalization']['destination']['display']} {body['status']}"
    return str(body["code"]["text"])


def said(row: Any) -> str:
    """What a row says in that element."""
    match row:
        case Resident():
            return row.phone
        case Vital():
            return f"{row.value:g}"
        case Absence():
            return f"{row.whither} {'in-progress' if row.ends is None else 'finished'}"
    return str(row.substance)


def _measured(row: Vital) -> dict[str, Any]:
    return {"code": row.code, "set_id": row.set_id}


def _away(row: Absence) -> dict[str, Any]:
    return {"code": row.code, "stay": row.stay, "begins": row.begins, "whither": row.whither}


def stands_for(body: Resource) -> tuple[int, str, UUID | None]:
    """(revision, station, author) of the envelope."""
    envelope = envelope_of(body)
    assert envelope is not None
    return envelope.revision, envelope.station, envelope.author
