"""Records carried from one station to another without a server: mapped, resolved, made local again, taken in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from app.compose import Station, compose
from app.core.clock import SetClock
from app.core.unit import Reader, Unit
from app.fhir import Arrival, Held, House, Mapper, Part, Revision, Taken, localised, merged, resolved, rid_of
from app.registry import MAPPERS, ORDER, mapper_of
from db.models import Outbox
from tests.support.acts import Act, Look
from tests.support.station import CHEAP, MORNING, PASSWORD, set_up_form


def server_id(kind: str, rid: UUID) -> str:
    """An id as a server would give it; nothing of the rid is in it but its end."""
    return f"{kind[:3].lower()}-{rid.hex[::-1][:20]}"


def waiting(station: Station) -> list[Revision]:
    """Every revision in the outbox."""
    columns = (Outbox.kind, Outbox.record, Outbox.revision, Outbox.station)
    return station.desk.ask_now(
        Look(
            lambda reader: [
                Revision(*row) for row in reader.session.execute(select(*columns).order_by(Outbox.id))
            ]
        )
    )


def parts_of(station: Station, asked: list[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
    """What revisions become."""
    found: dict[Revision, tuple[Part, ...] | Held] = {}
    for kind, mapper in MAPPERS.items():
        some = [one for one in asked if one.kind == kind]
        if some:
            found |= station.desk.ask_now(Look(partial(_parts, mapper, some)))
    return found


def _parts(
    mapper: Mapper, asked: list[Revision], reader: Reader
) -> Mapping[Revision, tuple[Part, ...] | Held]:
    return mapper.parts(reader, asked)


def part_of(station: Station, kind: str, rid: UUID, revision: int = 1) -> Part:
    """The main resource of one revision."""
    asked = Revision(kind, rid, revision, station.settings.station_number)
    found = parts_of(station, [asked])[asked]
    assert not isinstance(found, Held)
    return found[0]


def on_the_wire(part: Part, base: dict[str, Any] | None = None) -> dict[str, Any]:
    """The body as a server would hold it: references resolved, through JSON, with an id and a version."""
    body = resolved(merged(part, base), lambda ref: server_id(ref.type, ref.rid))
    body["id"] = server_id(part.type, part.rid)
    body["meta"] = {**body["meta"], "versionId": "1", "lastUpdated": "2026-11-24T00:31:00.000Z"}
    read: dict[str, Any] = orjson.loads(orjson.dumps(body))
    return read


def came(station: Station, body: dict[str, Any], base: dict[str, Any] | None = None) -> Arrival:
    """A body from the server as an arrival: references to what the server knows are local again."""
    house = House.of(station.settings)
    rid = rid_of(house, body)
    assert rid is not None
    here = localised(body, _known.get)
    return Arrival(
        body["resourceType"], rid, here, MORNING, base and localised(base, _known.get), 1 if base else 0
    )


class _Known(dict[tuple[str, str], UUID]):
    """Which identity a server's id stands for, as `remote` would know it."""

    def get(self, kind: Any, known: Any = None) -> Any:
        return super().get((kind, known))


_known = _Known()


def remember(part: Part) -> None:
    for ref in {part.ref, *part.needs}:
        _known[ref.type, server_id(ref.type, ref.rid)] = ref.rid


def take(station: Station, arrival: Arrival) -> Taken:
    """Take one arrival in, as the platform's own order would."""

    def work(unit: Unit) -> Taken:
        unit.receiving = True
        mapper = mapper_of(arrival.body)
        assert mapper is not None
        assert arrival.type in mapper.takes
        return mapper.take(unit, arrival)

    taken: Taken = station.desk.do_now(Act(work))
    return taken


def bodies(station: Station, more: Sequence[Revision] = ()) -> list[dict[str, Any]]:
    """Everything a station would send, in the order of types, as the server would hold it."""
    parts = [
        part
        for found in parts_of(station, [*more, *waiting(station)]).values()
        if not isinstance(found, Held)
        for part in found
    ]
    for part in parts:
        remember(part)
    parts.sort(key=lambda part: ORDER.index(part.type))
    return [on_the_wire(part) for part in parts]


def carry(from_station: Station, to: Station) -> list[Taken]:
    """Everything one station has waiting, taken in at the other."""
    taken = []
    for body in bodies(from_station):
        mapper = mapper_of(body)
        assert mapper is not None
        if body["resourceType"] in mapper.takes:
            taken.append(take(to, came(to, body)))
    return taken


_rooms: list[tempfile.TemporaryDirectory[str]] = []  # templates, gone with the process


@cache
def _second(number: str) -> Path:
    """The template of a second station, founded once a process."""
    _rooms.append(tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    root = Path(_rooms[-1].name) / "home"
    station = compose(root, clock=SetClock(MORNING), cost=CHEAP)
    form = set_up_form()
    people = (
        replace(form.administrator, number="8001", name="秦朗"),
        replace(form.head_nurse, number="8002", name="方静"),
    )
    station.set_up(
        replace(
            form,
            station_number=number,
            station_name="1号楼护理站",
            administrator=people[0],
            head_nurse=people[1],
        )
    )
    station.close()
    return root


@contextmanager
def second_station(root: Path, number: str = "02") -> Iterator[Station]:
    """Another station of the same institution, as it was founded, with its own people."""
    shutil.copytree(_second(number), root)
    station = compose(root, clock=SetClock(MORNING), cost=CHEAP)
    station.sign_in("8002", PASSWORD)
    yield station
    station.close()
