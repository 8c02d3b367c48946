"""HTTP to the district platform: one client a round, TLS always verified, redirects never followed.

What an answer means beyond "it came" is not decided here: everything but the few cases of `Stopped` and `Lost`
comes back as an Answer.
"""

from __future__ import annotations

import logging
import ssl
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from typing import Any, NoReturn

import httpx
import orjson

from app.core.clock import SystemClock
from app.sync.access import Access, is_loopback, is_safe
from app.sync.failures import in_words
from app.sync.patience import Lost, Stopped, asked_wait, stopped_by
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
        there = self._base.join(url)
        if (there.scheme, there.host, there.port) != (self._base.scheme, self._base.host, self._base.port):
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

    async def close(self) -> None:
        await self._client.aclose()

    async def _read(self, url: str, params: Sequence[tuple[str, str]]) -> Answer:
        for again in (False, True):
            try:
                response = await self._ask_once(
                    "GET", url, {"cache-control": "no-cache"}, params=list(params) or None
                )
                if response.status_code in (*_UNKNOWN, 503):
                    self._busy(response)
                return self._answer(response, reading=True)
            except _NOT_SENT as error:
                raise in_words(error, self.access.host) from error
            except (httpx.HTTPError, Lost) as error:
                if again:
                    raise Stopped("offline", "区平台没有给出完整的回答，稍后会再试。") from error
        raise AssertionError("unreachable")

    async def _ask_once(self, method: str, url: str, headers: dict[str, str], **more: Any) -> httpx.Response:
        """One request, with a new token once if the one we had is not taken any more."""
        headers = {"accept": FHIR_JSON, **headers}
        for again in (False, True):
            token = await self._token.value() if self._token else ""
            if token:
                headers["authorization"] = f"Bearer {token}"
            begun = time.perf_counter()
            response = await self._client.request(method, url, headers=headers, **more)
            self.latency_ms = round((time.perf_counter() - begun) * 1000)
            if response.status_code != 401 or self._token is None or again:
                break
            self._token.refused(token)
        return response

    def _answer(self, response: httpx.Response, *, reading: bool) -> Answer:
        status, self.date = response.status_code, _date(response)
        if 300 <= status < 400 and status != 304:
            to = response.headers.get("location", "别处")
            raise Stopped("strange", f"区平台把请求转到了 {to.partition('?')[0]}，请核对地址。")
        wait = asked_wait(response.headers, self.date or SystemClock().now())
        if stopped := stopped_by(status, wait):
            raise stopped
        body = _body(response, reading=reading)
        etag = response.headers.get("etag")
        return Answer(status, body, etag, response.headers.get("location", ""), self.date, wait)

    def _busy(self, response: httpx.Response) -> NoReturn:
        wait = asked_wait(response.headers, SystemClock().now())
        raise Stopped("busy", f"区平台暂时不能用（{response.status_code}），稍后会再试。", wait)


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


def _body(response: httpx.Response, *, reading: bool) -> dict[str, Any] | None:
    """The JSON object of an answer. A page instead of JSON is no FHIR server; half an answer is as good as none."""
    content = response.content
    if not content.strip():
        return None
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        status = response.status_code
        if status == 413 or status >= 500:
            return None  # a gateway's own page
        is_json = "json" in response.headers.get("content-type", "")
        if is_json and 200 <= status < 300:
            raise Lost("区平台的回答只到了一半。") from error
        words = "那里回答的不是 FHIR 数据（多半是网页或上网登录页），请核对地址和网络。"
        raise Stopped("strange", words, unsure=not reading and status < 400) from error
    return found if isinstance(found, dict) else None


def _date(response: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError, TypeError):
        return None
