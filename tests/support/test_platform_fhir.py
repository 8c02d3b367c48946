"""The written platform speaks FHIR R4: reading, writing, finding, bundles, checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.core.clock import SetClock
from tests.support.platform import Place, Platform
from tests.support.platform.samples import INSTITUTION, TAG, bundle, client, observation, patient, post, put

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    """The platform's wall clock; it stands still unless a test moves it."""
    return SetClock(START)


@pytest.fixture
def platform(clock: SetClock) -> Iterator[Platform]:
    """One that runs."""
    with Platform(place=Place(clock=clock)) as running:
        yield running


@pytest.fixture
def http(platform: Platform) -> Iterator[httpx.Client]:
    """A client of it."""
    with client(platform) as opened:
        yield opened


def ids(answer: httpx.Response) -> list[str]:
    """The ids in a searchset, in its order."""
    assert answer.status_code == 200, answer.text
    return [entry["resource"]["id"] for entry in answer.json().get("entry", [])]


def next_of(answer: httpx.Response) -> str | None:
    """Where its next page is."""
    links = {link["relation"]: link["url"] for link in answer.json()["link"]}
    return links.get("next")


def words(answer: httpx.Response) -> str:
    """What an OperationOutcome says."""
    issue = answer.json()["issue"][0]
    return f"{issue['code']}: {issue['diagnostics']} ({', '.join(issue.get('expression', []))})"


def test_a_resource_lives(platform: Platform, http: httpx.Client) -> None:
    """Created, read, changed, read as it was, retired by somebody."""
    made = http.post("/Patient", json=patient("r1"))
    id_ = made.json()["id"]
    assert made.status_code == 201
    assert made.headers["location"] == f"{platform.address}/Patient/{id_}/_history/1"
    assert made.headers["etag"] == 'W/"1"'
    assert made.headers["last-modified"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    assert made.json()["meta"]["lastUpdated"] == "2026-03-02T08:00:00.000Z"
    changed = http.put(
        f"/Patient/{id_}", json={**made.json(), "birthDate": "1942-01-01"}, headers={"if-match": 'W/"1"'}
    )
    assert (changed.status_code, changed.headers["etag"]) == (200, 'W/"2"')
    assert http.get(f"/Patient/{id_}").json()["birthDate"] == "1942-01-01"
    assert http.get(f"/Patient/{id_}/_history/1").json()["birthDate"] == "1941-03-08"
    assert http.get(f"/Patient/{id_}/_history").json()["total"] == 2
    assert http.get("/Patient/_history").json()["total"] == 2
    assert http.get(f"/Patient/{id_}", headers={"if-none-match": 'W/"2"'}).status_code == 304
    platform.retire("Patient", id_)
    assert http.get(f"/Patient/{id_}").status_code == 410
    assert platform.resources("Patient") == []
    assert len(platform.history("Patient", id_)) == 3
    assert http.get("/Patient/no-such").status_code == 404


def test_finding(http: httpx.Client, platform: Platform) -> None:
    """By identifier (several), id, tag, subject, owner; by POST too; counted; in part."""
    one, two, three = (http.post("/Patient", json=patient(rid)).json()["id"] for rid in ("r1", "r2", "r3"))
    seen = http.post("/Observation", json=observation(f"Patient/{two}")).json()["id"]
    task = platform.create(
        {"resourceType": "Task", "status": "requested", "owner": {"reference": "Organization/7"}}
    )
    both = {"identifier": f"{INSTITUTION}|r1,{INSTITUTION}|r3"}
    assert ids(http.get("/Patient", params=both)) == [one, three]
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert ids(http.post("/Patient/_search", data=both, headers=form)) == [one, three]
    assert ids(http.get("/Patient", params={"identifier": "r2"})) == [two]
    assert ids(http.get("/Patient", params={"identifier": "elsewhere|r2"})) == []
    assert ids(http.get("/Patient", params={"_id": f"{one},{three}"})) == [one, three]
    assert ids(http.get("/Patient", params={"_tag": f"{TAG['system']}|station"})) == [one, two, three]
    assert ids(http.get("/Patient", params={"_tag": "elsewhere|station"})) == []
    assert ids(http.get("/Observation", params={"subject": f"Patient/{two}"})) == [seen]
    assert ids(http.get("/Observation", params={"patient": two})) == [seen]
    assert ids(http.get("/Task", params={"owner": "Organization/7"})) == [task["id"]]
    assert http.get("/Patient", params={"_summary": "count"}).json()["total"] == 3
    part = http.get("/Patient", params={"_id": one, "_elements": "id,meta"}).json()["entry"][0]["resource"]
    assert part.keys() == {"resourceType", "id", "meta"}
    assert "SUBSETTED" in [tag["code"] for tag in part["meta"]["tag"]]


def test_pages_in_time(http: httpx.Client, clock: SetClock, platform: Platform) -> None:
    """By lastUpdated, up and down, in pages whose next link goes on right behind, also while others write."""
    made = []
    for number in range(7):
        made.append(http.post("/Patient", json=patient(f"r{number}")).json()["id"])
        clock.forward(timedelta(seconds=1))
    since = {"_lastUpdated": "ge2026-03-02T08:00:02Z", "_sort": "_lastUpdated", "_count": "2"}
    page: httpx.Response = http.get("/Patient", params=since)
    platform.edit("Patient", made[2], {"gender": "male"})  # moves to the end
    found = ids(page)
    while link := next_of(page):
        page = http.get(link)
        found += ids(page)
    assert found == [*made[2:], made[2]]
    down = {
        "_lastUpdated": ["gt2026-03-02T08:00:02Z", "lt2026-03-02T16:00:05+08:00"],
        "_sort": "-_lastUpdated",
    }
    assert ids(http.get("/Patient", params=down)) == [made[4], made[3]]
    assert ids(http.get("/Patient", params={"_lastUpdated": "le2026-03-02T08:00:01.000Z"})) == made[:2]
    assert ids(http.get("/Patient", params={"_lastUpdated": "2026-03-02T08:00"})) == [
        *made[:2],
        *made[3:],
        made[2],
    ]
    assert http.get("/Patient?_lastUpdated=ge2026-03-02T16:00:00+08:00").status_code == 400  # + is a space
    assert http.get("/Patient", params={"_lastUpdated": "gestern"}).status_code == 400


def test_many_rows_are_not_walked_over(platform: Platform, http: httpx.Client, clock: SetClock) -> None:
    """The last page of many costs no more looking than the first: only its own rows are touched."""
    looked = 0
    tag = {"system": "s", "code": "t"}
    for number in range(2000):
        platform.create(patient(f"r{number}", meta={"tag": [tag]}))
        clock.forward(timedelta(milliseconds=10))

    class Counted(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            nonlocal looked
            looked += 1
            return super().__getitem__(key)

    rows = platform._store.rows("Patient")
    rows.shown = Counted(rows.shown)
    late = {"_tag": "s|t", "_lastUpdated": "ge2026-03-02T08:00:19Z", "_sort": "_lastUpdated", "_count": "20"}
    assert len(ids(http.get("/Patient", params=late))) == 20
    assert looked < 50


def test_a_transaction_is_whole(http: httpx.Client, platform: Platform) -> None:
    """References inside it lead to the new ids; one bad entry and nothing of it is there."""
    urn = "urn:uuid:6f0c4f0a-1111-4222-8333-444455556666"
    entries = [post(observation(urn)), post(patient("r1"), full_url=urn)]
    answered = http.post("", json=bundle("transaction", entries)).json()
    assert [entry["response"]["status"] for entry in answered["entry"]] == ["201 Created", "201 Created"]
    (person,), (seen,) = platform.resources("Patient"), platform.resources("Observation")
    assert answered["entry"][1]["response"]["location"] == f"Patient/{person['id']}/_history/1"
    assert seen["subject"]["reference"] == f"Patient/{person['id']}"
    bad = [post(patient("r2")), post(patient("r3", birthDate="8.3.1941"))]
    refused = http.post("", json=bundle("transaction", bad))
    assert (refused.status_code, words(refused)) == (
        400,
        "value: “8.3.1941” is no birthDate (Patient.birthDate)",
    )
    twice = [put({**person, "gender": "male"}), put({**person, "gender": "other"})]
    assert http.post("", json=bundle("transaction", twice)).status_code == 400
    assert platform.resources("Patient") == [person]


def test_a_batch_is_judged_entry_by_entry(http: httpx.Client, platform: Platform) -> None:
    """The bad ones say why, the good ones are done; reading is possible too."""
    person = platform.create(patient("r1"))
    entries = [
        put({**person, "gender": "male"}, 'W/"1"'),
        post(observation("Patient/404")),
        put({**person, "gender": "other"}, 'W/"1"'),
        {"request": {"method": "GET", "url": f"Patient/{person['id']}"}},
    ]
    answered = http.post("", json=bundle("batch", entries)).json()["entry"]
    assert [entry["response"]["status"][:3] for entry in answered] == ["200", "400", "409", "200"]
    assert answered[1]["response"]["outcome"]["issue"][0]["code"] == "not-found"
    assert answered[3]["resource"]["gender"] == "male"


def test_creating_under_a_condition(http: httpx.Client, platform: Platform) -> None:
    """None: created. One: it is the answer. Two: refused."""
    condition = {"if-none-exist": f"identifier={INSTITUTION}|r1"}
    first = http.post("/Patient", json=patient("r1"), headers=condition)
    again = http.post("/Patient", json=patient("r1"), headers=condition)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    platform.create(patient("r1"))
    assert http.post("/Patient", json=patient("r1"), headers=condition).status_code == 412


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({"name": []}, "structure"),
        ({"resourceType": "Patient", "name": "沈桂芳"}, "Patient.name"),
        ({"resourceType": "Patient", "gender": "F"}, "Patient.gender"),
        ({"resourceType": "Patient", "name": [{"text": ""}]}, "empty"),
        ({"resourceType": "Patient", "name": [{"text": None}]}, "null"),
        ({"resourceType": "Observation", "status": "final"}, "Observation.code"),
        ({"resourceType": "QuestionnaireResponse", "status": "done"}, "QuestionnaireResponse.status"),
        ({"resourceType": "Provenance", "recorded": "2026-03-02T08:00:00Z"}, "Provenance.target"),
        ({"resourceType": "EpisodeOfCare", "status": "active"}, "EpisodeOfCare.patient"),
        ({"resourceType": "Condition"}, "Condition.subject"),
        ({"resourceType": "AllergyIntolerance"}, "AllergyIntolerance.patient"),
        ({"resourceType": "Organization", "active": True}, "org-1"),
        (observation("Patient/404"), "(Observation.subject)"),
        (observation("Patient/1", performer=[{"reference": "urn:uuid:0"}]), "Observation."),
    ],
)
def test_what_is_wrong_is_named(resource: dict[str, Any], said: str, http: httpx.Client) -> None:
    """Every refusal says what and where."""
    answer = http.post(f"/{resource.get('resourceType', 'Patient')}", json=resource)
    assert answer.status_code == 400
    assert said in words(answer)


def test_what_is_no_fhir_is_refused(http: httpx.Client, platform: Platform) -> None:
    """Content types, half JSON, wrong places, parameters nobody knows."""
    xml = {"content-type": "application/fhir+xml"}
    assert http.post("/Patient", content=b"<Patient/>", headers=xml).status_code == 415
    assert http.post("/Patient", content=b'{"resourceType":').status_code == 400
    assert http.get("/Patient", headers={"accept": "text/html"}).status_code == 406
    assert http.post("/Observation", json=patient()).status_code == 400
    assert http.post("", json=bundle("collection", [])).status_code == 400
    assert http.get("/Patient", params={"favourite": "tea"}).status_code == 400
    assert http.get("/nowhere").status_code == 404
    assert http.get("/metadata").json()["fhirVersion"] == "4.0.1"
    assert platform.resources("Patient") == []


def test_bad_manners_are_noticed(http: httpx.Client, platform: Platform) -> None:
    """An ID card number in a URL above all, wherever the URL stands."""
    number = "110101194103081234"
    http.get("/Patient", params={"identifier": f"urn:oid:2.16.156.10011.1.3|{number}"})
    condition = f"identifier=urn:oid:2.16.156.10011.1.3|{number}"
    http.post("", json=bundle("batch", [post(patient(), condition=condition)]))
    http.post("", json=bundle("batch", [post(observation("urn:uuid:1"))]))
    http.post("", json=bundle("batch", [post(patient())]), headers={"prefer": "return=minimal"})
    http.delete("/Patient/1")
    assert [said.partition(": ")[2][:12] for said in platform.complaints] == [
        "an ID card n", "an ID card n", "urn:uuid in ", "return=minim", "a station ne",
    ]  # fmt: skip
