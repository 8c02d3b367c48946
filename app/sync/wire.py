"""HTTP to the district platform: one client a round, TLS always verified, redirects never followed.

What an answer means beyond "it came" is not decided here: everything but the few cases of `Stopped` and `Lost`
comes back as an Answer.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Any

import httpx
import orjson

from app.core.clock import SystemClock
from app.sync.access import Access, is_loopback, is_safe
from app.sync.failures import in_words
from app.sync.patience import Lost, Spoilt, Stopped, asked_wait, stopped_by
from app.sync.said import body_of, date_of, object_of
from app.sync.token import Token

TIMEOUT = httpx.Timeout(60.0, connect=5.0)
FHIR_JSON = "application/fhir+json"
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_UNKNOWN = (502, 504)
"""A gateway's word that the server behind it did not answer: the request may have been carried out."""
_SLOWEST = 25_000
"""Bytes a second at which a file may crawl to or from the platform."""
logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a request would drown the station's log
# httpcore imports sniffio at every lock it takes; where there is none, Python would look through all folders each time.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # "there is none", as Python itself writes it down


@dataclass(frozen=True)
class Answer:
    """What came back. `wait`: seconds the server asks to wait. `body` is None when there is none, or no JSON object."""

    status: int
    body: dict[str, Any] | None
    etag: str | None
    location: str
    date: datetime | None
    wait: float | None


@dataclass(frozen=True)
class Content:
    """A file, or why there is none: `content` is empty where the status is not 200. `media`: as the answer has it."""

    status: int
    content: bytes
    media: str
    to: str = ""  # where the platform sent us instead


class TooLong(Exception):
    """An answer is longer than whoever asked wants it; the rest was not read."""


class Wire:
    """Requests to one platform. `latency_ms`: how long the last one took; `date`: the platform's clock then."""

    def __init__(self, access: Access, *, timeout: httpx.Timeout = TIMEOUT) -> None:
        if not is_safe(access.address):
            raise Stopped("strange", "区平台地址要以 https:// 开头（只有本机可以用 http://），请核对设置。")
        self.access = access
        self.latency_ms: int | None = None
        self.date: datetime | None = None
        self._base = httpx.URL(access.address)
        self._client = httpx.AsyncClient(
            verify=_trust(access),
            timeout=timeout,
            follow_redirects=False,
            trust_env=not is_loopback(
                access.address
            ),  # the system's proxy does not lead back to this computer
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=4, keepalive_expiry=30.0),
        )
        self._token = Token(access, self._client) if access.auth == "client_credentials" else None

    async def ask(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        """GET below the base, past every cache. Tried twice when the answer gets lost: reading harms nothing."""
        return await self._read(f"{self.access.address}/{path}", params)

    async def follow(self, url: str) -> Answer:
        """GET a link the platform gave; one that leads elsewhere would take our token along and is refused."""
        there = _joined(self._base, url)
        if there is None:
            raise Stopped("strange", "区平台给的下一页地址读不出来，没有去取，请联系区平台。")
        if not self._is_here(there):
            raise Stopped(
                "strange", f"区平台给的下一页在另一个地址（{there.host}），没有去取，请联系区平台。"
            )
        return await self._read(str(there), ())

    async def send(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """POST or PUT below the base; path "" is the base itself (bundles). `body` may be JSON as bytes already."""
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        url = f"{self.access.address}/{path}" if path else self.access.address
        said = {"content-type": FHIR_JSON, **(headers or {})}
        try:
            response = await self._ask_once(method, url, said, content=content)
        except _NOT_SENT as error:
            raise in_words(error, self.access.host) from error
        except httpx.HTTPError as error:
            raise Lost("没有等到区平台的回答。") from error
        if response.status_code in _UNKNOWN:
            raise Lost(f"区平台的网关没有等到回答（{response.status_code}）。")
        return self._answer(response, reading=False)

    async def put(self, path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        """PUT a file below the base; whatever the answer holds, only what it says as FHIR is kept of it."""
        said = {"prefer": "return=minimal", **headers}
        seconds = 60.0 + len(content) / _SLOWEST
        patience = httpx.Timeout(seconds, connect=5.0)
        try:
            async with asyncio.timeout(seconds * 2):
                response = await self._ask_once(
                    "PUT",
                    f"{self.access.address}/{path}",
                    said,
                    timed=False,
                    content=content,
                    timeout=patience,
                )
        except _NOT_SENT as error:
            raise in_words(error, self.access.host) from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise Lost("没有等到区平台的回答。") from error
        if response.status_code in _UNKNOWN:
            raise Lost(f"区平台的网关没有等到回答（{response.status_code}）。")
        return self._answer(response, reading=False, is_file=True)

    async def content(self, path: str, accept: str, most: int) -> Content:
        """GET a file below the base. Lost if it does not come whole; TooLong behind so many bytes of it; Spoilt if
        it alone may be what the platform cannot give."""
        seconds = 60.0 + most / _SLOWEST
        headers = {"accept": accept, "cache-control": "no-cache"}
        try:
            async with asyncio.timeout(seconds):
                response = await self._ask_once(
                    "GET", f"{self.access.address}/{path}", headers, most=most, timed=False
                )
        except _NOT_SENT as error:
            raise in_words(error, self.access.host) from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise Lost("没有等到区平台的回答。") from error
        status = response.status_code
        wait = asked_wait(response.headers, SystemClock().now())
        if status in (401, 429) and (stopped := stopped_by(status, wait)):
            raise stopped
        if status >= 500:
            words = f"区平台暂时不能用（{status}），稍后会再试。"
            raise Spoilt("busy", words, wait, file=f"区平台没有给出这个文件（{status}）。")
        media = response.headers.get("content-type", "")
        if status == 200 and media.startswith("text/html"):
            words = "那里回答的是网页，不是文件（多半是上网登录页），请核对网络。"
            raise Spoilt("strange", words, file="区平台给的是网页，不是文件，没有采用。")
        content = response.content if status == 200 else b""
        return Content(status, content, media, response.headers.get("location", ""))

    def below(self, url: str) -> str | None:
        """What stands below the base in a url, relative or absolute; None for one that leads elsewhere or nowhere."""
        there = _joined(httpx.URL(f"{self.access.address}/"), url)
        if there is None or not self._is_here(there):
            return None
        base = f"{self._base.path.rstrip('/')}/"
        return there.path.removeprefix(base) if there.path.startswith(base) else None

    def _is_here(self, there: httpx.URL) -> bool:
        return (there.scheme, there.host, there.port) == (self._base.scheme, self._base.host, self._base.port)

    async def close(self) -> None:
        await self._client.aclose()

    async def _read(self, url: str, params: Sequence[tuple[str, str]]) -> Answer:
        for again in (False, True):
            try:
                response = await self._ask_once(
                    "GET", url, {"cache-control": "no-cache"}, params=list(params) or None
                )
                if response.status_code in (*_UNKNOWN, 503):
                    wait = asked_wait(response.headers, SystemClock().now())
                    words = f"区平台暂时不能用（{response.status_code}），稍后会再试。"
                    raise Stopped("busy", words, wait)
                return self._answer(response, reading=True)
            except _NOT_SENT as error:
                raise in_words(error, self.access.host) from error
            except (httpx.HTTPError, Lost) as error:
                if again:
                    raise Stopped("offline", "区平台没有给出完整的回答，稍后会再试。") from error
        raise AssertionError("unreachable")

    async def _ask_once(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        *,
        timed: bool = True,
        most: int | None = None,
        **more: Any,
    ) -> httpx.Response:
        """One request, with a new token once if the one we had is not taken any more."""
        headers = {"accept": FHIR_JSON, **headers}
        for again in (False, True):
            token = await self._token.value() if self._token else ""
            if token:
                headers["authorization"] = f"Bearer {token}"
            begun = time.perf_counter()
            try:
                if most is None:
                    response = await self._client.request(method, url, headers=headers, **more)
                else:
                    response = await self._at_most(most, method, url, headers)
            except ValueError as error:  # the client looks at where we are sent even if it does not go there
                raise httpx.RemoteProtocolError("the answer has an address nobody can read") from error
            if timed:
                self.latency_ms = round((time.perf_counter() - begun) * 1000)
            if response.status_code != 401 or self._token is None or again:
                break
            self._token.refused(token)
        return response

    async def _at_most(self, most: int, method: str, url: str, headers: dict[str, str]) -> httpx.Response:
        content = bytearray()
        async with self._client.stream(method, url, headers=headers) as response:
            async for block in response.aiter_bytes():
                content += block
                if len(content) > most and response.status_code == 200:
                    raise TooLong
        said = [pair for pair in response.headers.multi_items() if pair[0] != "content-encoding"]
        return httpx.Response(response.status_code, headers=said, content=bytes(content))

    def _answer(self, response: httpx.Response, *, reading: bool, is_file: bool = False) -> Answer:
        status, self.date = response.status_code, date_of(response)
        if 300 <= status < 400 and status != 304:
            to = response.headers.get("location", "别处")
            raise Stopped("strange", f"区平台把请求转到了 {to.partition('?')[0]}，请核对地址。")
        wait = asked_wait(response.headers, self.date or SystemClock().now())
        if stopped := stopped_by(status, wait):
            raise stopped
        body = object_of(response) if is_file else body_of(response, reading=reading)
        etag = response.headers.get("etag")
        return Answer(status, body, etag, response.headers.get("location", ""), self.date, wait)


def _joined(base: httpx.URL, url: str) -> httpx.URL | None:
    """Where a url of others leads; None for one that is none: a bad port, a line feed, a host nobody can read."""
    try:
        there = base.join(url)
        is_read = there.host is not None  # an xn-- host fails only here
    except (httpx.InvalidURL, ValueError):
        return None
    return there if is_read else None


def _trust(access: Access) -> ssl.SSLContext:
    """Whom to believe: the one authority of the settings, else those of the system; nobody over plain loopback."""
    if not access.address.startswith("https"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not access.certificate.strip():
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cadata=access.certificate)
    except (ssl.SSLError, ValueError) as error:
        raise Stopped("strange", "设置里的证书读不出来，请重新填入区平台给的证书（PEM）。") from error
