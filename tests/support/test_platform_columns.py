"""Every difference between the three servers is there, one switch each."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest

from app.core.clock import SetClock
from tests.support.platform import COLUMNS, Behaviour, Place, Platform
from tests.support.platform.samples import INSTITUTION, bundle, client, observation, patient, post, put

HAPI, MEDPLUM, WSO2 = (Behaviour.named(column) for column in COLUMNS)
ALL = pytest.mark.parametrize("behaviour", [HAPI, MEDPLUM, WSO2], ids=COLUMNS)


@contextmanager
def opened(behaviour: Behaviour, clock: SetClock | None = None) -> Iterator[tuple[Platform, httpx.Client]]:
    """A platform of a column, and a client of it."""
    with Platform(behaviour, place=Place(clock=clock)) as platform, client(platform) as http:
        yield platform, http


def by_column(behaviour: Behaviour, hapi: Any, medplum: Any, wso2: Any) -> Any:
    """What this column should say."""
    return {"hapi": hapi, "medplum": medplum, "wso2": wso2}[behaviour.name]


@ALL
def test_own_ids(behaviour: Behaviour) -> None:
    """PUT to what is not there creates it, or not."""
    with opened(behaviour) as (_, http):
        mine = http.put("/Patient/resident-1", json={**patient(), "id": "resident-1"})
        assert mine.status_code == by_column(behaviour, 201, 404, 201)
        number = http.put("/Patient/17", json={**patient(), "id": "17"})
        assert number.status_code == by_column(behaviour, 400, 404, 201)
        made = http.post("/Patient", json=patient()).json()["id"]
        assert made.isdigit() == (behaviour.ids == "numbers")


@ALL
def test_a_stale_version(behaviour: Behaviour) -> None:
    """If-Match of an older version, alone and in a batch."""
    with opened(behaviour) as (platform, http):
        person = platform.create(patient())
        platform.edit("Patient", person["id"], {"gender": "male"})
        etag = f'W/"{person["meta"]["versionId"]}"'
        alone = http.put(f"/Patient/{person['id']}", json=person, headers={"if-match": etag})
        entry = http.post("", json=bundle("batch", [put(person, etag)])).json()["entry"][0]
        expected = by_column(behaviour, 409, 412, 412)
        assert (alone.status_code, int(entry["response"]["status"][:3])) == (expected, expected)


@ALL
def test_four_at_once(behaviour: Behaviour) -> None:
    """The same If-None-Exist four times in parallel."""
    condition = {"if-none-exist": f"identifier={INSTITUTION}|r1", "content-type": "application/json"}

    async def created() -> tuple[list[int], Platform]:
        async with Platform(behaviour) as platform, httpx.AsyncClient(trust_env=False) as http:
            url = f"{platform.address}/Patient"
            acts = [http.post(url, json=patient("r1"), headers=condition) for _ in range(4)]
            return sorted([answer.status_code for answer in await asyncio.gather(*acts)]), platform

    codes, platform = asyncio.run(created())
    expected = by_column(behaviour, [200, 200, 200, 201], [201, 409, 409, 409], [201, 201, 201, 201])
    assert codes == expected
    assert len(platform.resources("Patient")) == codes.count(201)


@ALL
def test_finding_by_identifier(behaviour: Behaviour) -> None:
    """Broken for a type, refused for types without one, or ignored so that everything is found."""
    with opened(behaviour) as (platform, http):
        platform.create({"resourceType": "Encounter", "identifier": [{"value": "e1"}]})
        found = http.get("/Encounter", params={"identifier": "e1"})
        assert len(found.json().get("entry", [])) == by_column(behaviour, 1, 1, 0)
        platform.create({"resourceType": "Provenance"})
        answer = http.get("/Provenance", params={"identifier": "p1"})
        assert answer.status_code == by_column(behaviour, 400, 400, 200)
        assert len(answer.json().get("entry", [])) == by_column(behaviour, 0, 0, 1)


@ALL
def test_references(behaviour: Behaviour) -> None:
    """To what is not there, and under a condition."""
    with opened(behaviour) as (platform, http):
        person = platform.create(patient("r1"))
        missing = http.post("/Observation", json=observation("Patient/404"))
        assert missing.status_code == by_column(behaviour, 400, 400, 201)
        condition = f"Patient?identifier={INSTITUTION}|r1"
        kept = http.post("/Observation", json=observation(condition))
        assert kept.status_code == by_column(behaviour, 400, 201, 201)
        expected = by_column(behaviour, None, f"Patient/{person['id']}", condition)
        assert kept.json().get("subject", {}).get("reference") == expected


@ALL
def test_limits_of_a_bundle(behaviour: Behaviour) -> None:
    """Too many PUT, too many entries beside a condition, too many bytes."""
    with opened(replace(behaviour, own_ids=True, eof_every=0)) as (_, http):
        puts = [put({**patient(), "id": f"p-{number}"}) for number in range(51)]
        conditional = [post(patient(str(n)), condition=f"identifier=x|{n}") for n in range(9)]
        large = [post(patient(name=[{"text": "长" * 350_000}]))]
        for entries in (puts, conditional, large):
            answer = http.post("", json=bundle("transaction", entries))
            assert answer.status_code == by_column(behaviour, 200, 400, 200)


@ALL
def test_answers_of_a_bundle(behaviour: Behaviour) -> None:
    """With etag or without; what a found one tells; what return=minimal leaves."""
    with opened(behaviour) as (platform, http):
        there = platform.create(patient("r1"))
        entries = [post(patient()), post(patient("r1"), condition=f"identifier={INSTITUTION}|r1")]
        new, found = http.post("", json=bundle("batch", entries)).json()["entry"]
        assert new["response"]["status"] == by_column(behaviour, "201 Created", "201", "201 Created")
        assert ("etag" in new["response"]) == by_column(behaviour, True, False, True)
        assert ("etag" in found["response"]) == by_column(behaviour, True, False, False)
        assert ("_history" in new["response"]["location"]) == by_column(behaviour, True, False, True)
        assert ("resource" in new) == by_column(behaviour, False, True, False)
        assert f"Patient/{there['id']}" in found["response"]["location"]
        minimal = http.post("", json=bundle("batch", [post(patient())]), headers={"prefer": "return=minimal"})
        assert (minimal.content == b"") == by_column(behaviour, False, True, False)


def test_an_end_of_file_though_committed() -> None:
    """WSO2: now and then a bundle is done and not answered."""
    with opened(replace(WSO2, eof_every=2)) as (platform, http):
        assert http.post("", json=bundle("transaction", [post(patient())])).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            http.post("", json=bundle("transaction", [post(patient())]))
        assert len(platform.resources("Patient")) == 2


@ALL
def test_time_and_lists(behaviour: Behaviour) -> None:
    """Milliseconds or seconds, history of a type, order unasked for, total, how next links go on."""
    clock = SetClock(datetime(2026, 3, 2, 8, 0, 0, 250_000, tzinfo=UTC))
    with opened(behaviour, clock) as (platform, http):
        first, _, _ = (platform.create(patient()) for _ in range(3))
        shown = by_column(behaviour, "00.250Z", "00.250Z", "00Z")
        assert first["meta"]["lastUpdated"] == f"2026-03-02T08:00:{shown}"
        assert http.get("/Patient/_history").status_code == by_column(behaviour, 200, 404, 200)
        whole = http.get("/Patient").json()
        assert ("total" in whole) == by_column(behaviour, True, False, True)
        place = [entry["resource"]["id"] for entry in whole["entry"]].index(first["id"])
        assert place == by_column(behaviour, 0, 2, 0)
        page = http.get("/Patient", params={"_count": "2"}).json()
        (link,) = [each["url"] for each in page["link"] if each["relation"] == "next"]
        assert ("_offset=2" in link) == by_column(behaviour, False, False, True)
        assert len(http.get(link).json()["entry"]) == 1


@ALL
def test_so_many_a_minute(behaviour: Behaviour) -> None:
    """Medplum: entries of 429 inside 200, a header that tells how long, no Retry-After."""
    clock = SetClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    limit = 3 if behaviour.creates_per_minute else 0
    with opened(replace(behaviour, creates_per_minute=limit), clock) as (_, http):
        answer = http.post("", json=bundle("batch", [post(patient()) for _ in range(5)]))
        codes = [int(entry["response"]["status"][:3]) for entry in answer.json()["entry"]]
        assert (answer.status_code, codes.count(429)) == (200, by_column(behaviour, 0, 2, 0))
        whole = http.post("", json=bundle("transaction", [post(patient())]))
        assert whole.status_code == by_column(behaviour, 200, 429, 200)
        assert whole.headers.get("ratelimit") == by_column(behaviour, None, '"creates";r=0;t=61', None)
        assert "retry-after" not in whole.headers
        clock.forward(timedelta(seconds=61))
        assert http.post("/Patient", json=patient()).status_code == 201


@ALL
def test_gzip(behaviour: Behaviour) -> None:
    """A packed body is understood, or it is no JSON."""
    with opened(behaviour) as (_, http):
        packed = gzip.compress(orjson.dumps(patient()))
        answer = http.post("/Patient", content=packed, headers={"content-encoding": "gzip"})
        assert answer.status_code == by_column(behaviour, 201, 201, 400)


@ALL
def test_invalid_data(behaviour: Behaviour) -> None:
    """An end before its start, numbers without end, elements nobody knows."""
    with opened(behaviour) as (platform, http):
        person = platform.create(patient())["id"]
        stay = {
            "resourceType": "EpisodeOfCare",
            "status": "finished",
            "patient": {"reference": f"Patient/{person}"},
            "period": {"start": "2026-03-02", "end": "2026-03-01"},
        }
        assert http.post("/EpisodeOfCare", json=stay).status_code == by_column(behaviour, 400, 400, 500)
        long = orjson.dumps(observation(f"Patient/{person}")).replace(b":60", b":60.0000000000000000000001")
        assert http.post("/Observation", content=long).status_code == by_column(behaviour, 201, 201, 500)
        strange = http.post("/Patient", json=patient(favourite="tea"))
        assert strange.status_code == by_column(behaviour, 201, 400, 201)
        assert strange.json().get("favourite") == by_column(behaviour, None, None, "tea")


@ALL
def test_an_update_that_changes_nothing(behaviour: Behaviour) -> None:
    """The same version again, or a new one; tags that were left out stay, or go."""
    with opened(behaviour) as (platform, http):
        person = platform.create(patient())
        again = http.put(f"/Patient/{person['id']}", json=person).json()
        is_same = again["meta"]["versionId"] == person["meta"]["versionId"]
        assert is_same == by_column(behaviour, True, True, False)
        bare = http.put(
            f"/Patient/{person['id']}", json={**person, "meta": {"source": "x"}, "gender": "male"}
        ).json()
        assert ("tag" in bare["meta"]) == by_column(behaviour, True, False, False)


@ALL
def test_urns_in_identifiers(behaviour: Behaviour) -> None:
    """Medplum rewrites every text of a transaction that names one of its entries, an identifier too."""
    urn = "urn:uuid:6f0c4f0a-1111-4222-8333-444455556666"
    with opened(behaviour) as (platform, http):
        http.post("", json=bundle("transaction", [post(patient(urn), full_url=urn)]))
        (person,) = platform.resources("Patient")
        expected = by_column(behaviour, urn, f"Patient/{person['id']}", urn)
        assert person["identifier"][0]["value"] == expected
