"""Is it there, is it FHIR R4, does it let us in: what 试连接 tells, and what every round begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.sync.access import Access
from app.sync.patience import Stopped
from app.sync.wire import Answer, Wire

R4 = ("4.0", "4.3")
"""FHIR R4 is 4.0.x; R4B (4.3) has the resources we send unchanged."""


@dataclass(frozen=True)
class Probed:
    """What a trial found, as a sentence; `latency_ms` of the last request, None if none came back."""

    ok: bool
    words: str
    latency_ms: int | None = None


async def probe(access: Access) -> Probed:
    """Connect once, read what the server is, get a token and read something with it. Writes nothing."""
    try:
        wire = Wire(access)
    except Stopped as stopped:
        return Probed(ok=False, words=stopped.words)
    try:
        software = await prove(wire)
        answer = await wire.ask("Organization", [("_count", "1"), ("_elements", "id")])
        if answer.status >= 400:
            return Probed(ok=False, words=f"区平台不让本站查询（{answer.status}），请联系区平台。")
    except Stopped as stopped:
        return Probed(ok=False, words=stopped.words, latency_ms=wire.latency_ms)
    finally:
        await wire.close()
    name = f"（{software}）" if software else ""
    return Probed(ok=True, words=f"连接正常{name}，{wire.latency_ms} 毫秒。", latency_ms=wire.latency_ms)


async def prove(wire: Wire) -> str:
    """The name of the server's software, if it is a FHIR R4 server; else Stopped, in words."""
    answer = await wire.ask("metadata", [("_elements", "fhirVersion,software,status,kind,format,date")])
    if answer.status == 400:  # some servers know no _elements here
        answer = await wire.ask("metadata")
    statement = _statement(answer)
    version = str(statement.get("fhirVersion", ""))
    if not version.startswith(R4):
        said = f"FHIR {version}" if version else "没有说明版本"
        raise Stopped(
            "strange", f"那里的 FHIR 版本不对（{said}），本站用 R4（4.0），请向区平台要 R4 的地址。"
        )
    software: Any = statement.get("software")
    return str(software.get("name", "")) if isinstance(software, dict) else ""


def _statement(answer: Answer) -> dict[str, Any]:
    if answer.status in (404, 410):
        raise Stopped("strange", "地址里的路径不对（404），请向区平台核对完整地址。")
    if answer.status >= 500:
        raise Stopped("busy", f"区平台出错了（{answer.status}），稍后会再试。", answer.wait)
    body = answer.body or {}
    if answer.status >= 400 or body.get("resourceType") != "CapabilityStatement":
        raise Stopped("strange", "那里不是 FHIR 服务，请核对地址。")
    return body
