"""What a person is told about a connection: each failure has its own sentence; tokens, certificates, waits."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from app.core.settings import Settings
from app.sync.access import Access, is_safe
from app.sync.patience import Stopped, Verdict, asked_wait, back_off, judged, outcome_words
from app.sync.probe import probe
from app.sync.wire import Wire
from tests.support.platform import Behaviour, Fault, Platform

T = TypeVar("T")
SECRET = ("station", "gentle word")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def words(access: Access) -> str:
    """What 试连接 says."""
    found = run(probe(access))
    assert not found.ok
    return found.words


def test_a_good_connection_says_how_quick_it_is() -> None:
    with Platform() as platform:
        found = run(probe(Access(platform.address)))
    assert found.ok
    assert found.latency_ms is not None
    assert "连接正常" in found.words


def test_nobody_listens_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "拒绝连接" in words(Access(f"http://127.0.0.1:{port}/fhir"))


def test_a_wrong_path_and_no_fhir_server() -> None:
    with Platform() as platform:
        platform.faults.next(Fault.status(404))
        assert "路径不对" in words(Access(platform.address))
        platform.faults.next(Fault.html())
        assert "不是 FHIR 数据" in words(Access(platform.address))
        platform.faults.next(Fault.redirect("https://elsewhere.example/fhir?token=1"))
        assert (
            words(Access(platform.address))
            == "区平台把请求转到了 https://elsewhere.example/fhir，请核对地址。"
        )
        platform.faults.next(Fault.status(403))
        assert "403" in words(Access(platform.address))


def test_plain_http_goes_to_this_computer_only() -> None:
    assert "https://" in words(Access("http://platform.example/fhir"))
    assert not is_safe("http://10.0.0.5/fhir")
    assert not is_safe("https://platform.example:port/fhir")
    assert is_safe("http://[::1]:8089/fhir")


def test_certificates() -> None:
    with Platform(tls=True) as platform:
        assert "不认得" in words(Access(platform.address))
        assert run(probe(Access(platform.address, certificate=platform.certificate))).ok
        elsewhere = platform.address.replace("127.0.0.1", "127.0.0.2").replace("localhost", "127.0.0.2")
        assert words(Access(elsewhere, certificate=platform.certificate))
        assert "证书读不出来" in words(Access(platform.address, certificate="nonsense"))


@pytest.mark.parametrize("column", ["hapi", "medplum"])
def test_tokens(column: str) -> None:
    with Platform(Behaviour.named(column), secret=SECRET) as platform:
        bare = Access(platform.address)
        assert "401" in words(bare)
        token = platform.address.removesuffix("/fhir") + "/token"
        access = replace(
            bare, auth="client_credentials", client=SECRET[0], secret=SECRET[1], token_address=token
        )
        assert run(probe(access)).ok
        assert run(probe(replace(access, token_address=""))).ok
        assert "密钥" in words(replace(access, secret="wrong"))


def test_an_expired_token_is_renewed_once_and_in_time() -> None:
    with Platform(Behaviour.medplum(), secret=SECRET) as platform:
        token = platform.address.removesuffix("/fhir") + "/token"
        access = Access(platform.address, "client_credentials", token, SECRET[0], SECRET[1])

        async def work() -> list[int]:
            wire = Wire(access)
            statuses = [(await wire.ask("metadata")).status, (await wire.ask("Patient")).status]
            platform.tokens.expire()
            statuses.append((await wire.ask("Patient")).status)
            await wire.close()
            return statuses

        assert run(work()) == [200, 200, 200]
        assert len([request for request in platform.requests if request.path.endswith("token")]) <= 2


def test_a_lost_reading_is_asked_again() -> None:
    with Platform() as platform:
        platform.faults.next(Fault.truncated())

        async def work() -> int:
            wire = Wire(Access(platform.address))
            answer = await wire.ask("Patient")
            await wire.close()
            return answer.status

        assert run(work()) == 200


def test_a_link_to_another_host_is_not_followed() -> None:
    async def work() -> None:
        wire = Wire(Access("https://platform.example/fhir"))
        try:
            await wire.follow("https://other.example/fhir?page=2")
        finally:
            await wire.close()

    with pytest.raises(Stopped, match="另一个地址"):
        run(work())


def test_the_environment_wins() -> None:
    settings = Settings("康宁", "code", "医务室", uuid4(), "01", platform_address="https://a.example/fhir/")
    assert Access.of(settings, {}) == Access("https://a.example/fhir")
    won = Access.of(settings, {"CARESTATION_PLATFORM": "http://127.0.0.1:8089/fhir"})
    assert won is not None
    assert (won.address, won.host) == ("http://127.0.0.1:8089/fhir", "127.0.0.1:8089")
    assert Access.of(replace(settings, platform_address=""), {}) is None
    assert "gentle" not in repr(Access("https://a.example", secret="gentle"))


NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "Tue, 24 Nov 2026 00:01:00 GMT"}, 60.0),
        ({"ratelimit": '"requests";r=0;t=31'}, 31.0),
        ({"ratelimit": "limit=500, remaining=0, reset=7"}, 7.0),
        ({"ratelimit": '"requests";r=20;t=31'}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, NOW) == seconds


def test_what_statuses_mean() -> None:
    limit = {"issue": [{"code": "too-costly", "diagnostics": "too many"}]}
    collided = {"issue": [{"diagnostics": "could not serialize access due to concurrent update"}]}
    assert judged(409, None) is Verdict.AGAIN
    assert judged(409, None, update=True) is Verdict.CHANGED
    assert judged(409, collided, update=True) is Verdict.AGAIN
    assert judged(412, None, update=True) is Verdict.CHANGED
    assert judged(400, limit) is Verdict.LARGE
    assert judged(413, None) is Verdict.LARGE
    assert judged(404, None) is Verdict.POISON
    assert judged(404, None, update=True) is Verdict.GONE
    assert judged(500, None) is Verdict.FAILED


def test_words_of_an_outcome_and_back_off() -> None:
    outcome = {
        "issue": [
            {"severity": "warning", "diagnostics": "never mind"},
            {"severity": "error", "diagnostics": "Invalid date", "expression": ["Patient.birthDate"]},
        ]
    }
    assert outcome_words(outcome) == "Invalid date（Patient.birthDate）"
    assert len(outcome_words({"issue": [{"diagnostics": "x" * 900}]})) == 300
    chance = random.Random(1)
    assert all(0 < back_off(failures, chance) <= 300 for failures in range(40))
