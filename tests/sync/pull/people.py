"""A translator as small as it can be (residents with name, sex and phone), and a line to the written platform."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import PLATFORM
from app.core.unit import Reader, Unit
from app.fhir import (
    Arrival,
    Envelope,
    Held,
    House,
    Part,
    Revision,
    Taken,
    envelope_of,
    identified,
    resolved,
    revised,
    tagged,
)
from app.fhir.carrying import REVISION
from app.sync.access import Access
from app.sync.line import Line
from app.sync.pull import Pulled, pull
from app.sync.wire import Wire
from db.models import Outbox, RegisterVersion, Remote, Resident
from tests.support.acts import Act, Look
from tests.support.platform import Platform

T = TypeVar("T")
Body = dict[str, Any]
OWNED = frozenset({"identifier", "extension", "name", "gender", "telecom", "meta"})
GENDERS = {"1": "male", "2": "female"}
HELD = "不上传（未同意）"
ORGANIZATION = "Organization"


def patient(house: House, envelope: Envelope, rid: UUID, name: str, phone: str = "") -> Body:
    """What a station sends of a resident."""
    body: Body = {
        "resourceType": "Patient",
        "meta": tagged(house, "Patient", rid),
        "identifier": [identified(house, rid)],
        "extension": [revised(house, envelope)],
        "name": [{"text": name}],
        "gender": "female",
    }
    if phone:
        body["telecom"] = [{"system": "phone", "value": phone}]
    return body


class People:
    """Residents as Patients. A name that begins with 拒 does not fit here; one of several stations."""

    types = ("Patient",)
    takes = frozenset({"Patient"})
    apart = False
    names_itself = False

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> Mapping[Revision, tuple[Part, ...] | Held]:
        return {one: made for one in asked if (made := self._made(reader, one)) is not None}

    def _made(self, reader: Reader, one: Revision) -> tuple[Part, ...] | Held | None:
        row = reader.session.get(Resident, one.record)
        if row is None:
            return None
        if row.upload_refused:
            return Held(HELD)
        said: Any = row
        if row.revision != one.revision:
            key = (one.kind, one.record, one.revision, one.station)
            kept = reader.session.get(RegisterVersion, key)
            if kept is None:
                return None
            said = Older(**{key: kept.content[key] for key in ("name", "phone")})
        envelope = Envelope(
            one.revision, one.station, row.author, row.author_role, row.at, row.recorded_at, "manual", None
        )
        body = patient(House.of(reader.settings), envelope, row.rid, said.name, said.phone)
        return (
            Part(
                "Patient",
                row.rid,
                body,
                OWNED,
                frozenset({House.of(reader.settings).system, REVISION, "phone"}),
            ),
        )

    def claims(self, body: Body) -> bool:
        return True

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        name = arrival.body["name"][0]["text"]
        if name.startswith("拒"):
            raise Refusal("床位已经有人。")
        if name.startswith("坏"):
            raise KeyError("name")
        phone = (arrival.body.get("telecom") or [{}])[0].get("value", "")
        said = envelope_of(arrival.body)
        row = unit.session.get(Resident, arrival.rid)
        if row is None:
            stamp = unit.stamp(rid=arrival.rid, source="platform")
            stamp["station"] = said.station if said else unit.station
            number = arrival.body.get("number") or unit.next_number("resident")
            row = Resident(**stamp, number=number, name=name, sex="2", phone=phone)
            row.revision = said.revision if said else 1
            unit.session.add(row)
            return Taken(row.rid, row.revision, row.station, changed=True)
        if (row.name, row.phone) == (name, phone):
            return Taken(row.rid, row.revision, row.station, changed=False)
        newer = said is not None and said.revision > row.revision
        row.name, row.phone, row.source = name, phone, "platform"
        unit.session.flush()
        row.revision = said.revision if newer and said else row.revision + 1
        row.author = PLATFORM.rid
        return Taken(row.rid, row.revision, row.station, changed=True)


@dataclass(frozen=True)
class Older:
    """An older content."""

    name: str
    phone: str


@dataclass
class District:
    """A station and its written platform, joined by this small translator."""

    station: Station
    platform: Platform

    @property
    def house(self) -> House:
        return House.of(self.station.settings)

    def on_line(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Some work of one round, with a wire of its own."""

        async def run() -> T:
            wire = Wire(Access(self.platform.address))
            try:
                return await work(Line(self.station.desk, wire, self.house, {"resident": People()}))
            finally:
                await wire.close()

        return asyncio.run(run())

    def pull(self) -> Pulled:
        return self.on_line(pull)

    def envelope(self, revision: int, station: str = "02") -> Envelope:
        now = self.station.clock.now()
        return Envelope(revision, station, uuid4(), "nurse", now, now, "manual", None)

    def others(self, name: str, *, rid: UUID | None = None, phone: str = "") -> Body:
        """A resident of another station, as it stands at the platform now."""
        return self.platform.create(patient(self.house, self.envelope(1), rid or uuid4(), name, phone))

    def change(self, body: Body, **elements: Any) -> Body:
        """Somebody changes it there."""
        return self.platform.edit("Patient", body["id"], elements)

    def sent(self, rid: UUID) -> Body:
        """What push does, in short: the resident's newest revision stands there, with its receipt."""

        def read(reader: Reader) -> Part:
            row = reader.session.get_one(Resident, rid)
            made = People().parts(reader, [Revision("resident", rid, row.revision, row.station)])
            (parts,) = made.values()
            assert isinstance(parts, tuple)
            return parts[0]

        part = self.station.desk.ask_now(Look(read))
        body = self.platform.create(resolved(part.body, lambda _ref: None))

        def write(unit: Unit) -> None:
            row = unit.session.get_one(Resident, rid)
            unit.session.add(
                Remote(
                    type="Patient", rid=rid, kind="resident", record=rid, revision=row.revision,
                    station=row.station, server_id=body["id"], body={**part.body, "id": body["id"]},
                    version=body["meta"]["versionId"], received_at=unit.now,
                )
            )  # fmt: skip
            for waiting in unit.session.query(Outbox).filter_by(record=rid):
                waiting.state = "acked"

        self.station.desk.do_now(Act(write))
        return body

    def edit(self, rid: UUID, **elements: Any) -> None:
        """A nurse edits the resident here."""

        def work(unit: Unit) -> None:
            row = unit.session.get_one(Resident, rid)
            for name, value in elements.items():
                setattr(row, name, value)

        self.station.desk.do_now(Act(work))

    def names(self) -> list[str]:
        """The residents here, by name."""
        read = Look(lambda reader: [row.name for row in reader.session.query(Resident)])
        return sorted(self.station.desk.ask_now(read))

    def outbox(self, rid: UUID) -> list[tuple[int, str, str | None]]:
        """(revision, state, words) of a record's lines."""
        return [(row.revision, row.state, row.words) for row in self._rows(Outbox, rid)]

    def remote(self, rid: UUID) -> Remote:
        rows: list[Remote] = self._rows(Remote, rid)
        (row,) = rows
        return row

    def _rows(self, model: Any, rid: UUID) -> list[Any]:
        return self.station.desk.ask_now(
            Look(lambda reader: list(reader.session.query(model).filter_by(record=rid)))
        )
