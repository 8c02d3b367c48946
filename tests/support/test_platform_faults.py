"""Every fault can be put in, happens to the request that was meant, and to no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest

from app.core.clock import SetClock
from tests.support.platform import Fault, Place, Platform, Request
from tests.support.platform.samples import INSTITUTION, bundle, client, patient, post


@pytest.fixture
def platform() -> Iterator[Platform]:
    """One that runs."""
    with Platform() as running:
        yield running


@pytest.fixture
def http(platform: Platform) -> Iterator[httpx.Client]:
    """A client of it."""
    with client(platform) as opened:
        yield opened


def is_create(request: Request) -> bool:
    """Whether it creates one resource."""
    return request.method == "POST" and request.path == "Patient"


@pytest.mark.parametrize(
    ("fault", "error", "kept"),
    [
        (Fault.lost_before(), httpx.RemoteProtocolError, 0),
        (Fault.lost_after(), httpx.RemoteProtocolError, 1),
        (Fault.reset(), httpx.ReadError, 0),
        (Fault.reset(committed=True), httpx.ReadError, 1),
        (Fault.truncated(), httpx.RemoteProtocolError, 1),
        (Fault.truncated(says_so=True), orjson.JSONDecodeError, 1),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else None,
)
def test_an_answer_that_does_not_arrive(
    fault: Fault, error: type[Exception], kept: int, platform: Platform, http: httpx.Client
) -> None:
    """Lost before or after the commit, cut in the middle: the request met is the one meant, the next is well."""
    planned = platform.faults.next(when=is_create, do=fault)
    assert http.get("/metadata").status_code == 200
    with pytest.raises(error):
        orjson.loads(http.post("/Patient", json=patient()).content)
    assert len(platform.resources("Patient")) == kept
    assert http.post("/Patient", json=patient()).status_code == 201
    assert planned.happened == 1


@pytest.mark.parametrize("committed", [True, False])
def test_late(committed: bool, platform: Platform, http: httpx.Client) -> None:  # noqa: FBT001 - two cases of one
    """Answered only after something has happened; done before it, or after it though nobody waits any more."""
    may_go_on, is_done = threading.Event(), threading.Event()
    platform.on_answer = lambda _request, _answer: is_done.set()
    planned = platform.faults.next(Fault.late(until=may_go_on, committed=committed), is_create)
    with pytest.raises(httpx.ReadTimeout):
        http.post("/Patient", json=patient(), timeout=0.05)
    assert planned.met.is_set()
    assert len(platform.resources("Patient")) == int(committed)
    may_go_on.set()
    assert is_done.wait(2)
    assert len(platform.resources("Patient")) == 1


def test_slow(platform: Platform, http: httpx.Client) -> None:
    """So many seconds late."""
    platform.faults.next(Fault.late(0.02))
    assert http.get("/metadata").elapsed >= timedelta(seconds=0.02)


def test_twice(platform: Platform, http: httpx.Client) -> None:
    """Handled twice: two resources without a condition, one with it."""
    platform.faults.next(Fault.twice())
    http.post("/Patient", json=patient("r1"))
    assert len(platform.resources("Patient")) == 2
    platform.faults.next(Fault.twice())
    again = http.post(
        "/Patient", json=patient("r2"), headers={"if-none-exist": f"identifier={INSTITUTION}|r2"}
    )
    assert again.status_code == 200
    assert len(platform.resources("Patient")) == 3


def test_answered_twice(platform: Platform, http: httpx.Client) -> None:
    """Done once; a client that goes on with this connection takes the second copy for its next answer."""
    platform.faults.next(Fault.doubled())
    made = http.post("/Patient", json=patient())
    assert http.get("/metadata").json() == made.json()
    assert http.get("/metadata").json()["resourceType"] == "CapabilityStatement"
    assert len(platform.resources("Patient")) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 502, 503, 504])
def test_statuses(status: int, platform: Platform, http: httpx.Client) -> None:
    """With an OperationOutcome, nothing done; the second time done all the same."""
    platform.faults.next(Fault.status(status))
    platform.faults.next(Fault.status(status, committed=True))
    answers = [http.post("/Patient", json=patient()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 201]
    assert answers[0].json()["resourceType"] == "OperationOutcome"
    assert len(platform.resources("Patient")) == 2


def test_come_back_later(platform: Platform, http: httpx.Client) -> None:
    """429 with Retry-After, with RateLimit, with neither."""
    platform.faults.next(Fault.status(429, retry_after="7"))
    platform.faults.next(Fault.status(429, rate_limit='"creates";r=0;t=9'))
    platform.faults.next(Fault.status(429))
    answers = [http.get("/Patient") for _ in range(3)]
    said = [(a.headers.get("retry-after"), a.headers.get("ratelimit")) for a in answers]
    assert said == [("7", None), (None, '"creates";r=0;t=9'), (None, None)]


def test_somebody_else_answers(platform: Platform, http: httpx.Client) -> None:
    """A page of HTML, a way elsewhere, a next link elsewhere."""
    platform.faults.next(Fault.html())
    platform.faults.next(Fault.html(502))
    answers = [http.get("/Patient") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 502]
    assert all(answer.headers["content-type"].startswith("text/html") for answer in answers)
    platform.faults.next(Fault.redirect("https://elsewhere.example/fhir", 302))
    assert http.get("/Patient").headers["location"] == "https://elsewhere.example/fhir"
    for _ in range(3):
        platform.create(patient())
    platform.faults.next(Fault.next_elsewhere("https://elsewhere.example/fhir"))
    links = http.get("/Patient", params={"_count": "2"}).json()["link"]
    assert links[1]["url"].startswith("https://elsewhere.example/fhir?")


def test_half_a_page(platform: Platform, http: httpx.Client) -> None:
    """Fewer rows than asked for, and the next link goes on right behind them."""
    made = [platform.create(patient())["id"] for _ in range(6)]
    platform.faults.next(Fault.half_page())
    page = http.get("/Patient", params={"_count": "4", "_sort": "_lastUpdated"}).json()
    found = [entry["resource"]["id"] for entry in page["entry"]]
    assert found == made[:2]
    rest = http.get(page["link"][1]["url"]).json()
    assert [entry["resource"]["id"] for entry in rest["entry"]] == made[2:]


def test_entries(platform: Platform, http: httpx.Client) -> None:
    """Some entries of a batch are refused and not done; a transaction fails as a whole."""

    def is_second(entry: dict[str, Any]) -> bool:
        return bool(entry["resource"]["identifier"][0]["value"] == "r2")

    entries = [post(patient(rid)) for rid in ("r1", "r2", "r3")]
    platform.faults.next(Fault.entries(429, is_second), times=2)
    answered = http.post("", json=bundle("batch", entries))
    codes = [entry["response"]["status"][:3] for entry in answered.json()["entry"]]
    assert (answered.status_code, codes) == (200, ["201", "429", "201"])
    assert http.post("", json=bundle("transaction", entries)).status_code == 429
    assert len(platform.resources("Patient")) == 2


def test_counting(platform: Platform, http: httpx.Client) -> None:
    """After letting some through; several times; until it is stopped."""
    platform.faults.next(Fault.status(503), times=2, passing=1)
    assert [http.get("/Patient").status_code for _ in range(4)] == [200, 503, 503, 200]
    always = platform.faults.always(Fault.status(504), lambda request: request.speaks_of("Patient"))
    assert [http.get("/Patient").status_code for _ in range(3)] == [504, 504, 504]
    assert http.get("/Task").status_code == 200
    always.stop()
    assert http.get("/Patient").status_code == 200
    platform.faults.always(Fault.status(504))
    platform.faults.clear()
    assert http.get("/Patient").status_code == 200


def test_a_record_it_will_not_have(platform: Platform, http: httpx.Client) -> None:
    """Refused in words, alone and as the reason a transaction fails, until it is taken back."""
    rule = platform.refuse(lambda resource: "太老" if resource.get("birthDate", "") < "1900" else None)
    bad = patient(birthDate="1899-01-01")
    assert http.post("/Patient", json=bad).json()["issue"][0]["diagnostics"] == "太老"
    assert http.post("", json=bundle("transaction", [post(patient()), post(bad)])).status_code == 422
    assert (rule.happened, platform.resources("Patient")) == (2, [])
    platform.accept_all()
    assert http.post("/Patient", json=bad).status_code == 201


def test_rows_appear_late(http: httpx.Client, platform: Platform) -> None:
    """Searches do not see them yet, reading does; then they stand behind a cursor that has passed."""
    first = platform.create(patient("r1"))
    with platform.rows_late():
        hidden = http.post("/Patient", json=patient("r2")).json()
        platform.edit("Patient", first["id"], {"gender": "male"})
        found = http.get("/Patient").json()["entry"]
        assert [entry["resource"]["gender"] for entry in found] == ["female"]
        condition = {"if-none-exist": f"identifier={INSTITUTION}|r2"}
        assert http.post("/Patient", json=patient("r2"), headers=condition).status_code == 201  # a duplicate
        assert http.get(f"/Patient/{hidden['id']}").status_code == 200
    found = http.get("/Patient", params={"_sort": "_lastUpdated"}).json()["entry"]
    assert [entry["resource"]["id"] for entry in found][:2] == [hidden["id"], first["id"]]
    assert len(found) == 3


def test_rows_appear_after_seconds() -> None:
    """By the platform's own clock."""
    clock = SetClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    with Platform(place=Place(clock=clock)) as platform, client(platform) as http:
        platform.show_late(5)
        platform.create(patient())
        assert http.get("/Patient?_summary=count").json()["total"] == 0
        clock.forward(timedelta(seconds=5))
        assert http.get("/Patient?_summary=count").json()["total"] == 1


def test_a_wrong_clock(platform: Platform, http: httpx.Client) -> None:
    """Date and lastUpdated follow the platform's clock, not ours."""
    platform.skew = timedelta(days=-3650)
    made = http.post("/Patient", json=patient())
    year = platform.now().year
    assert str(year) in made.headers["date"]
    assert made.json()["meta"]["lastUpdated"].startswith(str(year))


def test_others_work_here_too(platform: Platform, http: httpx.Client) -> None:
    """Another station creates, edits by element or by function, retires; what was handed out is a copy."""
    person = platform.create(patient())
    person["gender"] = "unknown"
    assert platform.edit("Patient", person["id"], {"birthDate": "1950-01-01"})["gender"] == "female"
    platform.edit("Patient", person["id"], lambda resource: resource.pop("birthDate"))
    assert "birthDate" not in http.get(f"/Patient/{person['id']}").json()
    versions = platform.history("Patient", person["id"])
    assert [version["meta"]["versionId"] for version in versions if version] == ["1", "2", "3"]
    with pytest.raises(KeyError):
        platform.edit("Patient", "no-such", {})
    assert [request.path for request in platform.requests] == [f"Patient/{person['id']}"]
