"""The daily record through a platform to another station; several kinds share a type and none is mistaken."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.compose import Station
from app.core.unit import Unit
from app.fhir import House, identified, tagged
from app.registry import MAPPERS
from app.sync.line import Line
from app.sync.pull.inventory import take_stock
from app.sync.pull.types import types
from app.sync.wire import Wire
from db.models import Vital
from tests.app.fhir.daily import VITALS, live
from tests.app.fhir.people import admit, assessed
from tests.app.fhir.test_daily import equal
from tests.support.acts import Act, rows
from tests.support.exchange import second_station
from tests.sync.joined import Joined


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


def lived(joined: Joined) -> dict[str, UUID]:
    """A resident with an assessment and a day, all of it confirmed."""
    resident = admit(joined.station)
    made = live(joined.station, resident)
    made["assessment"] = assessed(joined.station, resident)
    done = joined.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    return made


def aside(station: Station) -> list[tuple[Any, ...]]:
    return rows(station, "select type, kind, words from remote where words is not null")


def test_a_day_comes_to_the_other_station(joined_anywhere: Joined, second: Station) -> None:
    made = lived(joined_anywhere)
    there = Joined(second, joined_anywhere.platform)
    there.rounds_until_quiet()
    assert aside(second) == []
    equal(joined_anywhere.station, second)
    assert joined_anywhere.platform.complaints == []
    kinds = dict(rows(second, "select kind, count(*) from remote where type = 'Observation' group by kind"))
    assert kinds == {"vital": len(VITALS), "entry": 2, "grade": 1, "assessment": 6}
    assert joined_anywhere.states(made["entry/turning"]) == []
    assert len(joined_anywhere.platform.resources("Coverage")) == 1
    joined_anywhere.restart()
    joined_anywhere.platform.requests.clear()
    assert joined_anywhere.round().sent == 0
    asked = [one for one in joined_anywhere.platform.requests if one.path.startswith("/Observation")]
    assert len(asked) <= 2  # a page, and where a server's pages need it the one behind


def test_edits_of_kinds_that_share_a_type_reach_their_records(joined: Joined) -> None:
    made = lived(joined)
    edits: dict[str, dict[str, Any]] = {
        "vital/pulse": {"valueQuantity": {"value": 96, "code": "/min"}},
        "entry/labs": {"valueQuantity": {"value": 3.4, "unit": "mmol/L"}},
        "grade": {"valueCodeableConcept": {"text": "重点"}},
    }
    for key, elements in edits.items():
        (body,) = joined.there(made[key], "Observation")
        joined.platform.edit("Observation", body["id"], elements)
    assert joined.round().received == len(edits)
    assert aside(joined.station) == []
    current = "select value from vital where rid = :rid and current"
    assert rows(joined.station, current, rid=made["vital/pulse"].bytes) == [(96.0,)]
    current = "select json_extract(content, '$.value') from entry where rid = :rid and current"
    assert rows(joined.station, current, rid=made["entry/labs"].bytes) == [(3.4,)]
    current = "select value, revision from grade where rid = :rid and current"
    assert rows(joined.station, current, rid=made["grade"].bytes) == [("重点", 2)]


def test_an_observation_no_kind_knows_is_left_alone(joined: Joined) -> None:
    lived(joined)
    house = House.of(joined.station.settings)
    (patient,) = joined.platform.resources("Patient")
    strange = {
        "resourceType": "Observation",
        "meta": tagged(house, "Observation", uuid4()),
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
        "subject": {"reference": f"Patient/{patient['id']}"},
        "valueQuantity": {"value": 71},
    }
    joined.platform.create(strange)
    joined.platform.create({**strange, "identifier": [identified(house, uuid4())]})
    before = rows(joined.station, "select count(*) from remote")
    assert joined.round().received == 0
    assert rows(joined.station, "select count(*) from remote") == before
    assert aside(joined.station) == []


def test_what_is_gone_there_is_asked_of_the_kind_it_was(joined: Joined) -> None:
    made = lived(joined)
    (body,) = joined.there(made["vital/pulse"], "Observation")
    joined.platform.retire("Observation", body["id"])

    async def stock() -> None:
        wire = Wire(joined.access)
        try:
            line = Line(joined.station.desk, wire, House.of(joined.station.settings), MAPPERS)
            await take_stock(line, types(line))
        finally:
            await wire.close()

    asyncio.run(stock())
    ((type_, kind, words),) = aside(joined.station)
    assert (type_, kind) == ("Observation", "vital")
    assert "已经没有这份资料" in words
    assert joined.states(made["vital/pulse"]) == [(1, "conflict")]
    assert joined.states(made["vital/spo2"]) == [(1, "acked")]


def test_a_round_of_a_floor_goes_in_few_requests(joined: Joined) -> None:
    lived(joined)
    joined.platform.requests.clear()
    resident = rows(joined.station, "select rid from resident")[0][0]
    for _ in range(35):
        measured(joined, UUID(bytes=resident))
    assert joined.rounds_until_quiet().quarantined == 0
    posts = [one for one in joined.platform.requests if one.method == "POST"]
    assert len(posts) <= 8
    assert len(joined.platform.resources("Observation")) == len(VITALS) * 36 + 9


def measured(joined: Joined, resident: UUID) -> None:
    """One visit."""

    def work(unit: Unit) -> None:
        visit = unit.new_id()
        said: dict[str, Any] = {"resident": resident, "set_id": visit}
        unit.session.add_all(Vital(**unit.stamp(), revision=1, **said, **one) for one in VITALS)

    joined.station.desk.do_now(Act(work))
