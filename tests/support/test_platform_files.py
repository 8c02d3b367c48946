"""Files at the written platform: raw and as JSON, as each of three servers has them."""

from __future__ import annotations

import base64
from dataclasses import replace

import orjson
import pytest

from tests.support.platform import Behaviour, Fault, Platform
from tests.support.platform.binary import STORAGE, content_of
from tests.support.platform.samples import client, patient
from tests.support.test_platform_columns import ALL, HAPI, MEDPLUM, WSO2, by_column, opened

PDF = b"%PDF-1.7\n\x00\xff 1"
RAW = {"content-type": "application/pdf"}
JSON = {"resourceType": "Binary", "contentType": "application/pdf", "data": base64.b64encode(PDF).decode()}


@ALL
def test_raw_content_is_taken_or_answered_by_415(behaviour: Behaviour) -> None:
    with opened(behaviour) as (platform, http):
        about = f"Patient/{platform.create(patient())['id']}"
        answer = http.post("/Binary", content=PDF, headers={**RAW, "x-security-context": about})
        assert answer.status_code == by_column(behaviour, 201, 201, 415)
        if behaviour is WSO2:
            return
        (kept,) = platform.resources("Binary")
        assert (content_of(kept), kept["securityContext"]) == (PDF, {"reference": about})
        again = http.put(f"/Binary/{kept['id']}", content=PDF + b"2", headers=RAW)
        assert again.status_code == 200
        assert [content_of(one or {}) for one in platform.history("Binary", kept["id"])] == [PDF, PDF + b"2"]


@ALL
def test_an_id_of_our_own(behaviour: Behaviour) -> None:
    with opened(behaviour) as (_, http):
        raw = http.put("/Binary/file-1", content=PDF, headers=RAW)
        assert raw.status_code == by_column(behaviour, 201, 404, 415)
        as_json = http.put("/Binary/file-2", json={**JSON, "id": "file-2"})
        assert as_json.status_code == by_column(behaviour, 201, 404, 201)


@ALL
def test_it_is_read_raw_or_as_json(behaviour: Behaviour) -> None:
    with opened(behaviour) as (_, http):
        made = http.post("/Binary", json=JSON).json()["id"]
        anything = http.get(f"/Binary/{made}", headers={"accept": "*/*"})
        found = orjson.loads(anything.content)["data"] if behaviour is WSO2 else anything.content
        assert found == (JSON["data"] if behaviour is WSO2 else PDF)
        own = http.get(f"/Binary/{made}", headers={"accept": "application/pdf"})
        assert own.status_code == by_column(behaviour, 200, 200, 406)
        as_json = http.get(f"/Binary/{made}", headers={"accept": "application/fhir+json"}).json()
        assert (as_json["contentType"], as_json["data"]) == ("application/pdf", JSON["data"])


def test_what_was_sent_raw_has_no_data_as_json_where_it_is_kept_apart() -> None:
    for behaviour, has_data in ((HAPI, True), (MEDPLUM, False)):
        with opened(behaviour) as (platform, http):
            about = f"Patient/{platform.create(patient())['id']}"
            headers = {**RAW, "x-security-context": about}
            made = http.post("/Binary", content=PDF, headers=headers).json()["id"]
            body = http.get(f"/Binary/{made}", headers={"accept": "application/fhir+json"}).json()
            assert ("data" in body) is has_data
            raw = http.get(f"/Binary/{made}", headers={"accept": "*/*"})
            assert (raw.content, raw.headers["x-security-context"]) == (PDF, about)


def test_addresses_are_signed_in_answers_and_plain_in_the_store() -> None:
    with opened(MEDPLUM) as (platform, http):
        file = http.post("/Binary", content=PDF, headers=RAW).json()["id"]
        attachment = {"contentType": "application/pdf", "url": f"Binary/{file}"}
        document = {
            "resourceType": "DocumentReference",
            "status": "current",
            "content": [{"attachment": attachment}],
        }
        said = http.post("/DocumentReference", json=document).json()
        url = said["content"][0]["attachment"]["url"]
        assert url.startswith(f"{STORAGE}{file}/")
        assert "Signature=" in url
        http.put(f"/DocumentReference/{said['id']}", json=said).raise_for_status()
        for body in platform.resources("DocumentReference"):
            assert body["content"][0]["attachment"]["url"] == f"Binary/{file}"


@ALL
def test_binary_is_searched_or_not(behaviour: Behaviour) -> None:
    with opened(behaviour) as (_, http):
        assert http.get("/Binary?_tag=a|b").status_code == by_column(behaviour, 200, 403, 200)


@pytest.mark.parametrize("way", ["raw", "as JSON"])
def test_a_limit(way: str) -> None:
    with Platform(replace(HAPI, file_limit=20)) as platform, client(platform) as http:
        sent = (
            http.post("/Binary", json=JSON)
            if way != "raw"
            else http.post("/Binary", content=PDF * 2, headers=RAW)
        )
        assert sent.status_code == 413
        assert platform.resources("Binary") == []


def test_faults_meet_files_too() -> None:
    with opened(HAPI) as (platform, http):
        platform.faults.next(Fault.twice())
        http.put("/Binary/file-1", content=PDF, headers=RAW).raise_for_status()
        assert len(platform.resources("Binary")) == 1
        platform.faults.next(Fault.truncated(says_so=True))
        half = http.get("/Binary/file-1", headers={"accept": "*/*"}).content
        assert half == PDF[: len(half)] != PDF
