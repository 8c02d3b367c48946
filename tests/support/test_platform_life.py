"""The written platform lives like a server: starts, stops, keeps, asks for tokens, shows a certificate."""

from __future__ import annotations

import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from app.core.clock import SetClock
from tests.house.tree import ROOT
from tests.support.platform import Behaviour, Fault, Place, Platform
from tests.support.platform.samples import bundle, client, patient, post
from tests.support.platform.tls import Tls

SECRET = ("station", "a word")
GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def platform() -> Iterator[Platform]:
    """One that runs."""
    with Platform() as running:
        yield running


def test_stopped_and_started(platform: Platform) -> None:
    """Nobody answers meanwhile; the same address and store afterwards. Next links are gone after a restart."""
    address = platform.address
    with client(platform) as http:
        for _ in range(3):
            platform.create(patient())
        link = http.get("/Patient", params={"_count": "1"}).json()["link"][1]["url"]
        platform.stop()
        with pytest.raises(httpx.ConnectError):
            http.get("/Patient")
        platform.create(patient())  # the hospital's line is its own
        platform.start()
        assert platform.address == address
        assert len(http.get(link).json()["entry"]) == 1
        platform.restart()
        assert http.get(link).status_code == 410
        assert http.get("/Patient").json()["total"] == 4
        platform.empty()
        assert http.get("/Patient").json()["total"] == 0


def test_a_restart_leaves_whoever_waits_without_an_answer(platform: Platform) -> None:
    """What was done before it stays done."""
    platform.faults.next(Fault.late(until=threading.Event()))
    failed: list[BaseException] = []

    def ask() -> None:
        with client(platform) as http:
            try:
                http.post("/Patient", json=patient())
            except httpx.HTTPError as error:
                failed.append(error)

    is_done = threading.Event()
    platform.on_answer = lambda _request, _answer: is_done.set()
    asking = threading.Thread(target=ask)
    asking.start()
    assert is_done.wait(2)
    platform.restart()
    asking.join(2)
    assert len(failed) == 1
    assert len(platform.resources("Patient")) == 1


def test_several_connections(platform: Platform) -> None:
    """One that waits holds nobody else up; a connection is used again."""
    may_go_on = threading.Event()
    platform.faults.next(Fault.late(until=may_go_on), lambda request: request.path == "Patient")
    with client(platform) as waiting, client(platform) as other:
        asking = threading.Thread(target=lambda: waiting.get("/Patient"))
        asking.start()
        assert [other.get("/metadata").status_code for _ in range(3)] == [200, 200, 200]
        may_go_on.set()
        asking.join(2)
        assert not asking.is_alive()


def test_no_http(platform: Platform) -> None:
    """Noise is answered with 400 and hurts nobody."""
    with socket.create_connection(("127.0.0.1", httpx.URL(platform.address).port or 0)) as line:
        line.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert b"400 Bad Request" in line.makefile("rb").read()
    with client(platform) as http:
        assert http.get("/metadata").status_code == 200


def test_a_store_that_is_kept(tmp_path: Path) -> None:
    """Everything is there the next time, versions and deletions too; new ids are new."""
    place = Place(keep=tmp_path / "platform.db")
    with Platform(place=place) as first, client(first) as http:
        made = [http.post("/Patient", json=patient(f"r{number}")).json() for number in range(3)]
        first.edit("Patient", made[0]["id"], {"gender": "male"})
        first.retire("Patient", made[1]["id"])
        before = first.resources("Patient")
    with Platform(place=place) as second, client(second) as http:
        assert second.resources("Patient") == before
        assert len(second.history("Patient", made[1]["id"])) == 2
        assert http.get("/Patient", params={"identifier": "r2"}).json()["total"] == 1
        assert http.post("/Patient", json=patient()).json()["id"] not in {each["id"] for each in made}
        second.empty()
    with Platform(place=place) as third:
        assert third.resources("Patient") == []


@pytest.mark.parametrize(("column", "wrong", "says_how"), [("hapi", 401, True), ("medplum", 400, False)])
def test_tokens(column: str, wrong: int, says_how: bool) -> None:  # noqa: FBT001 - a column of a table
    """Given for a secret, expiring, refused as the column refuses; the capability statement is open."""
    clock = SetClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    place = Place(clock=clock)
    with Platform(Behaviour.named(column), secret=SECRET, place=place) as platform, client(platform) as http:
        assert http.get("/metadata").status_code == 200
        smart = http.get("/.well-known/smart-configuration").json()
        refused = http.get("/Patient")
        assert (refused.status_code, "www-authenticate" in refused.headers) == (401, says_how)
        form = httpx.Client(trust_env=False)
        with form:
            bad = form.post(smart["token_endpoint"], data=GRANT, auth=("station", "no"))
            assert bad.status_code == wrong
            in_form = {**GRANT, "client_id": SECRET[0], "client_secret": SECRET[1]}
            assert form.post(smart["token_endpoint"], data=in_form).status_code == 200
            given = form.post(smart["token_endpoint"], data=GRANT, auth=SECRET).json()
        bearer = {"authorization": f"Bearer {given['access_token']}"}
        assert http.get("/Patient", headers=bearer).status_code == 200
        clock.forward(timedelta(seconds=given["expires_in"]))
        assert http.get("/Patient", headers=bearer).status_code == 401
        assert platform.complaints == []


@pytest.mark.parametrize(
    ("kind", "said"), [(True, ""), ("expired", "expired"), ("elsewhere", "IP address mismatch")]
)
def test_certificates(kind: Tls, said: str) -> None:
    """Trusted with the private authority only; expired and foreign ones are seen."""
    with Platform(tls=kind) as platform:
        assert platform.address.startswith("https://")
        trusting = ssl.create_default_context(cadata=platform.certificate)
        with client(platform, verify=trusting) as http:
            if said:
                with pytest.raises(httpx.ConnectError, match=said):
                    http.get("/metadata")
            else:
                assert http.get("/metadata").status_code == 200
                assert http.post("", json=bundle("transaction", [post(patient())])).status_code == 200
        with client(platform) as http, pytest.raises(httpx.ConnectError, match="verify failed"):
            http.get("/metadata")


@pytest.mark.parametrize(
    "fault", [Fault.lost_after(), Fault.reset(), Fault.truncated()], ids=lambda f: f.name
)
def test_faults_under_tls(fault: Fault) -> None:
    """A line breaks the same way when it is encrypted."""
    with Platform(tls=True) as platform:
        trusting = ssl.create_default_context(cadata=platform.certificate)
        with client(platform, verify=trusting) as http:
            platform.faults.next(fault)
            with pytest.raises(httpx.TransportError):
                http.get("/metadata")
            assert http.get("/metadata").status_code == 200


def test_by_hand(tmp_path: Path) -> None:
    """What `make platform` starts says where it listens and a line per request, and ends when it is asked to."""
    command = [sys.executable, "-m", "tests.support.platform", "--port", "0", "--column", "wso2"]
    command += ["--keep", str(tmp_path / "kept.db")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert "wso2" in running.stdout.readline()
        headers = {"content-type": "application/json"}
        with httpx.Client(base_url=address, headers=headers, trust_env=False) as http:
            http.post("", json=bundle("transaction", [post(patient()), post(patient())]))
            http.get("/Patient", params={"_summary": "count"})
        running.send_signal(signal.SIGTERM)
        said, _ = running.communicate(timeout=10)
    assert [line.split("  ", 1)[1] for line in said.splitlines()] == [
        "transaction of 2 Patient  → 200",
        "GET /Patient?_summary=count  → 200",
    ]
    assert running.returncode == 0
    with Platform(Behaviour.wso2(), place=Place(keep=tmp_path / "kept.db")) as platform:
        assert len(platform.resources("Patient")) == 2
