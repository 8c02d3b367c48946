"""What pulling costs: 10,000 Patients fetched and stored, against fetching the same pages with bare httpx.

Meanwhile a nurse saves a draft every 20 ms; how long the worst one waited says how long an order held the writer.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import orjson

from app.compose import Station
from app.core.clock import SystemClock
from app.core.drafts import KeepDraft
from app.fhir import Envelope, House, identified, local, resolved, revised, tagged
from app.registry import MAPPERS
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from app.sync.access import Access
from app.sync.line import Line
from app.sync.pull import Pulled, pull
from app.sync.pull.pages import ours
from app.sync.wire import Wire
from tests.support.platform import Platform
from tests.support.station import found, open_station

PATIENTS = 10_000
PAGE = 500


def run() -> list[tuple[str, float, str]]:
    """(what, ratio to fetching alone, rate and worst wait in words)."""
    with tempfile.TemporaryDirectory() as folder, Platform() as platform:
        station = open_station(found(Path(folder) / "home").root)
        try:
            house = House.of(station.settings)
            station.desk.do_now(
                CreateResident(ResidentForm("王秀英", "2", date(1938, 6, 11)))
            )  # loads what it needs once
            _fill(platform, house)
            bare = _fetched(platform, house)
            with _nurse(station) as waits:
                begun = time.perf_counter()
                pulled = asyncio.run(_pulled(station, platform, house))
                taken = time.perf_counter() - begun
            if pulled.received != PATIENTS:
                raise AssertionError(pulled)
        finally:
            station.close()
    note = (
        f"{PATIENTS / taken:.0f} a second; a nurse's act beside it waited {max(waits) * 1000:.0f} ms at worst"
    )
    return [(f"pull and store {PATIENTS} Patients ÷ fetching them", taken / bare, note)]


def _fill(platform: Platform, house: House) -> None:
    """What another station has sent."""
    organization = platform.create(
        {"resourceType": "Organization", "identifier": [identified(house, house.institution)]}
    )
    for number in range(PATIENTS):
        platform.create(resolved(_patient(house, number), lambda _ref: str(organization["id"])))


def _patient(house: House, number: int) -> dict[str, object]:
    at = SystemClock().now()
    rid = uuid4()
    envelope = Envelope(1, "02", UUID(int=7), "nurse", at, at, "manual", None)
    return {
        "resourceType": "Patient",
        "meta": tagged(house, "Patient", rid),
        "identifier": [
            identified(house, rid),
            {"system": f"{house.system}:resident", "value": f"02-{number + 1:06d}"},
        ],
        "extension": [revised(house, envelope)],
        "name": [{"use": "official", "text": f"欧阳淑华{number}"}],
        "gender": "female",
        "birthDate": "1938-06-11",
        "telecom": [{"system": "phone", "value": f"199{number:08d}"}],
        "address": [{"use": "home", "text": "上海市杨浦区控江路一千二百弄三十四号五〇六室"}],
        "managingOrganization": local("Organization", house.institution),
    }


def _fetched(platform: Platform, house: House) -> float:
    """Seconds the same pages take with nothing done to them but parsing."""
    asked = [*ours(house), ("_sort", "_lastUpdated"), ("_count", str(PAGE))]
    begun, seen = time.perf_counter(), 0
    with httpx.Client() as client:
        url = str(httpx.URL(f"{platform.address}/Patient", params=asked))
        while url:
            bundle = orjson.loads(client.get(url).content)
            seen += len(bundle.get("entry", ()))
            url = next((one["url"] for one in bundle["link"] if one["relation"] == "next"), "")
    if seen != PATIENTS:
        raise AssertionError(seen)
    return time.perf_counter() - begun


async def _pulled(station: Station, platform: Platform, house: House) -> Pulled:
    wire = Wire(Access(platform.address))
    try:
        return await pull(Line(station.desk, wire, house, {"resident": MAPPERS["resident"]}))
    finally:
        await wire.close()


@contextmanager
def _nurse(station: Station) -> Iterator[list[float]]:
    """Somebody who works meanwhile; how long each of her acts took."""
    waits: list[float] = [0.0]
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.02):
            begun = time.perf_counter()
            station.desk.do_now(KeepDraft("note", UUID(int=1), {"text": "一切平稳"}))
            waits.append(time.perf_counter() - begun)

    nurse = threading.Thread(target=work)
    nurse.start()
    try:
        yield waits
    finally:
        over.set()
        nurse.join()
