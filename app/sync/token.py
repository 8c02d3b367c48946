"""Tokens of OAuth 2.0 client_credentials (RFC 6749, section 4.4): fetched when needed, renewed before they expire."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import quote

import httpx
import orjson

from app.sync.access import Access, is_safe
from app.sync.failures import in_words
from app.sync.patience import Stopped

EARLY = 60.0
"""Seconds before its end at which a token is renewed (a tenth of its life, if that is less)."""
UNSAID = 300.0
"""Seconds a token is used when the server does not say how long it lives."""


class Token:
    """The token of one wire. Safe to ask for from several requests at once."""

    def __init__(self, access: Access, client: httpx.AsyncClient) -> None:
        self._access = access
        self._client = client
        self._lock = asyncio.Lock()
        self._value = ""
        self._until = 0.0

    async def value(self) -> str:
        """A token that is valid now; raises Stopped when none is given."""
        async with self._lock:
            if time.monotonic() >= self._until:
                await self._fetch()
            return self._value

    def refused(self, value: str) -> None:
        """The server does not take it (any more): the next request gets a new one."""
        if value == self._value:
            self._until = 0.0

    async def _fetch(self) -> None:
        address = self._access.token_address or await self._discovered()
        if not is_safe(address):
            raise Stopped("strange", "令牌地址不是 https，没有把密钥发过去，请核对设置。")
        form = {"grant_type": "client_credentials"}
        if self._access.scope:
            form["scope"] = self._access.scope
        # RFC 6749, section 2.3.1: form-encoded before they are put together
        basic = httpx.BasicAuth(quote(self._access.client, safe=""), quote(self._access.secret, safe=""))
        try:
            answer = await self._client.post(address, data=form, auth=basic)
        except httpx.HTTPError as error:
            raise in_words(error, httpx.URL(address).host) from error
        said = _object(answer)
        token = said.get("access_token")
        if answer.status_code != 200 or not isinstance(token, str) or not token:
            raise _not_given(answer, said)
        life = said.get("expires_in")
        seconds = float(life) if isinstance(life, int | float) and life > 0 else UNSAID
        self._value, self._until = token, time.monotonic() + seconds - min(EARLY, seconds / 10)

    async def _discovered(self) -> str:
        """The token endpoint the server names itself (SMART App Launch 2, `.well-known/smart-configuration`)."""
        url = f"{self._access.address}/.well-known/smart-configuration"
        try:
            answer = await self._client.get(url)
        except httpx.HTTPError as error:
            raise in_words(error, self._access.host) from error
        found = _object(answer).get("token_endpoint")
        if answer.status_code != 200 or not isinstance(found, str):
            raise Stopped("refused", "区平台没有说明在哪里取令牌，请在设置里填写令牌地址。")
        return found


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _not_given(answer: httpx.Response, said: dict[str, Any]) -> Stopped:
    status, reason = answer.status_code, str(said.get("error", ""))
    if status == 429 or status >= 500:
        return Stopped("busy", f"取令牌的服务暂时不能用（{status}），稍后会再试。")
    if reason in ("unsupported_grant_type", "unauthorized_client", "invalid_scope"):
        return Stopped("refused", f"区平台不给令牌（{reason}），请与区平台核对认证方式和权限范围。")
    if status in (400, 401, 403):
        return Stopped("refused", "区平台不认客户端编号或密钥，请在设置里重新填写。")
    return Stopped("refused", f"令牌地址的回答不对（{status}），请核对令牌地址。")
