"""Why no connection came about, in words a person can act on."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from app.sync.patience import Stopped

_EXPIRED, _WRONG_HOST = 10, 62
"""Verification results of OpenSSL (x509_vfy.h)."""


def in_words(error: httpx.HTTPError, host: str) -> Stopped:
    """What kept a request from reaching the platform; nothing was sent."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Stopped("strange", _certificate(cause, host))
        if isinstance(cause, ssl.SSLError):
            return Stopped("strange", f"{host} 那里不是加密连接（https），请核对地址和端口。")
        if words := _no_way(cause, host):
            return Stopped("offline", words)
    if isinstance(error, httpx.ProxyError):
        return Stopped("offline", "系统代理连不上，请检查代理设置。")
    failed = f"连接 {host} 超时" if isinstance(error, httpx.TimeoutException) else f"连不上 {host}"
    return Stopped("offline", f"{failed}，请检查网络。")


def _no_way(cause: BaseException, host: str) -> str:
    if isinstance(cause, socket.gaierror):
        return f"找不到 {host}，请核对地址，或检查网络。"
    if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
        return f"{host} 拒绝连接：地址或端口不对，或区平台没有开。"
    if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return "网络不通，请检查网线或无线网络。"
    return ""


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code == _EXPIRED:
        return f"{host} 的证书已过期（或本机时间不对），请联系区平台。"
    if error.verify_code == _WRONG_HOST or "doesn't match" in str(error) or "mismatch" in str(error):
        return f"证书不是发给 {host} 的，请核对地址。"
    return f"不认得给 {host} 签发证书的机构，请在设置里填入区平台给的证书。"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and everything it came from; several tries of one connection each have their own."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
