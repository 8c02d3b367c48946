"""How resources are found again on this server: by identifier, or by tag where that search does not work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any
from uuid import UUID

from app.fhir import Ref, rid_of
from app.fhir.identity import UNIDENTIFIED
from app.sync.patience import Stopped
from app.sync.push.bodies import SUPERSEDED
from app.sync.push.delivery import Delivery
from app.sync.push.keeping import KeepIdentity
from app.sync.wire import Answer

IDENTIFIER, TAG = "identifier", "tag"
AT_ONCE = 30
"""Identities in one search: about 3 kB of URL, which every proxy takes."""
MOST_PAGES = 50

Found = dict[Ref, list[dict[str, Any]]]


async def search(delivery: Delivery, refs: Iterable[Ref]) -> Found:
    """What is there under these identities, however many of each."""
    found: Found = {}
    grouped: dict[str, list[UUID]] = {}
    for ref in refs:
        grouped.setdefault(ref.type, []).append(ref.rid)
    for kind, rids in grouped.items():
        for start in range(0, len(rids), AT_ONCE):
            found.update(await _some(delivery, kind, rids[start : start + AT_ONCE]))
    return found


async def introduce(delivery: Delivery, ref: Ref) -> None:
    """Find out, with one that is certainly there, how its type is found; kept for this server."""
    key = TAG
    for tries in range(2):
        if ref in await _by(delivery, IDENTIFIER, ref.type, [ref.rid]):
            key = IDENTIFIER
            break
        await delivery.tempo.rest(tries)  # its index may be written a little later
    delivery.keys[ref.type] = key
    await delivery.line.do(KeepIdentity(ref.type, key))


def condition(delivery: Delivery, ref: Ref) -> str:
    """The search of `ifNoneExist`, as it stands in a URL."""
    house = delivery.line.house
    if _key(delivery, ref.type) == TAG:
        return f"_tag={house.rid_tag}|{ref.rid}"
    return f"identifier={house.system}|{ref.rid}"


def _key(delivery: Delivery, kind: str) -> str | None:
    return TAG if kind in UNIDENTIFIED else delivery.keys.get(kind)


async def _some(delivery: Delivery, kind: str, rids: Sequence[UUID]) -> Found:
    if key := _key(delivery, kind):
        return await _by(delivery, key, kind, rids)
    found = await _by(delivery, IDENTIFIER, kind, rids)
    missing = [rid for rid in rids if Ref(kind, rid) not in found]
    # as long as it is not known how a type is found, everything sent of it carries both
    return {**found, **(await _by(delivery, TAG, kind, missing))} if missing else found


async def _by(delivery: Delivery, key: str, kind: str, rids: Sequence[UUID]) -> Found:
    house = delivery.line.house
    name, system = (IDENTIFIER, house.system) if key == IDENTIFIER else ("_tag", house.rid_tag)
    found: Found = {}
    params = [(name, ",".join(f"{system}|{rid}" for rid in rids)), ("_count", "200")]
    async for body in _resources(delivery, kind, params):
        rid = rid_of(house, body)
        if rid is not None and rid in rids and not _is_superseded(body):
            found.setdefault(Ref(kind, rid), []).append(body)
    return found


async def _resources(
    delivery: Delivery, kind: str, params: Sequence[tuple[str, str]]
) -> AsyncIterator[dict[str, Any]]:
    wire = delivery.line.wire
    answer = await wire.ask(kind, params)
    for _page in range(MOST_PAGES):
        for entry in _entries(answer):
            resource = entry.get("resource") or {}
            if resource.get("resourceType") == kind:
                yield resource
        links = (answer.body or {}).get("link") or []
        url = next((link.get("url") for link in links if link.get("relation") == "next"), None)
        if not url:
            return
        answer = await wire.follow(url)


def _entries(answer: Answer) -> list[dict[str, Any]]:
    if answer.status >= 500 or (answer.status < 300 and answer.body is None):
        raise Stopped("busy", f"区平台查不了已收的资料（{answer.status}），稍后会再试。", answer.wait)
    if answer.status >= 400:
        return []  # this server cannot search so: nothing is found that way
    return (answer.body or {}).get("entry") or []


def _is_superseded(body: dict[str, Any]) -> bool:
    listed = body.get("identifier") or []
    marks = [
        *(listed if isinstance(listed, list) else [listed]),
        *((body.get("meta") or {}).get("tag") or []),
    ]
    return any(str(one.get("system", "")).endswith(SUPERSEDED) for one in marks)
