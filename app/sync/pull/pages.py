"""Walking the resources of one type by time: pages that go on behind the last row, whatever the server's links say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Protocol

from app.fhir import House
from app.fhir.carrying import moment
from app.fhir.identity import INSTITUTION
from app.sync.patience import Stopped, outcome_words
from app.sync.wire import Answer

COUNT = 500
BARREN = 200
"""So many pages in a row with nothing new: the server turns in a circle."""
Parameters = list[tuple[str, str]]


class Fetching(Protocol):
    """The reading half of `Wire`."""

    async def ask(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer: ...

    async def follow(self, url: str) -> Answer: ...


class Unanswered(Exception):
    """The platform would not list a type; `words` say what it answered."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Row:
    """One resource of a page. `version` is its version there, or failing that its time."""

    id: str
    version: str
    updated_at: datetime | None
    body: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        return self.id, self.version


@dataclass(frozen=True)
class Page:
    """The rows of one answer that no page before had. `clock` is the server's time in the answer."""

    rows: tuple[Row, ...]
    clock: datetime | None


def ours(house: House) -> Parameters:
    """What every walk asks for: resources of this institution."""
    return [("_tag", f"{INSTITUTION}|{house.institution}")]


async def walk(
    wire: Fetching, type_: str, what: Parameters, begin: datetime | None = None
) -> AsyncIterator[Page]:
    """Every resource of a type that `what` asks for, changed at or after `begin`, each version once.

    After each page the walk begins anew at the instant of its last row: several rows may share it (WSO2 shows whole
    seconds, a transaction one millisecond), so the server's `next` is followed where a page does not leave it.
    """
    seen: set[tuple[str, str]] = set()
    floor, barren = begin, 0
    answer = await wire.ask(type_, _asked(what, floor))
    while True:
        bundle = searchset(answer, type_)
        rows = read_rows(bundle, type_)
        fresh = tuple({row.key: row for row in rows if row.key not in seen}.values())
        seen.update(row.key for row in fresh)
        yield Page(fresh, answer.date)
        barren = 0 if fresh else barren + 1
        if barren > BARREN:
            raise Stopped("strange", "区平台翻页不停，没有新内容。请联系区平台管理员。", None)
        link = _next(bundle)
        if link is None and len(rows) < COUNT:
            return
        last = _last(rows)
        if last is not None and (floor is None or last > floor):
            floor = last
            answer = await wire.ask(type_, _asked(what, floor))
        elif link is not None:
            answer = await wire.follow(link)
        else:
            return


def searchset(answer: Answer, type_: str) -> dict[str, Any]:
    """The bundle of an answer; refuses anything else."""
    body = answer.body or {}
    if answer.status == 200 and body.get("resourceType") == "Bundle":
        return body
    words = outcome_words(body) if body else ""
    raise Unanswered(f"区平台不能列出 {type_}（{answer.status}{f'：{words}' if words else ''}）。")


def read_rows(bundle: dict[str, Any], type_: str) -> list[Row]:
    """The resources of this type in a bundle that have an id; outcomes and included ones are left out."""
    found = [entry.get("resource") for entry in bundle.get("entry") or [] if isinstance(entry, dict)]
    return [row_of(body) for body in found if isinstance(body, dict) and _fits(body, type_)]


def row_of(body: dict[str, Any]) -> Row:
    """A body with what identifies its version."""
    meta = body.get("meta") or {}
    version = meta.get("versionId") or meta.get("lastUpdated") or ""
    return Row(str(body["id"]), str(version), updated_at(body), body)


def updated_at(body: dict[str, Any]) -> datetime | None:
    """`meta.lastUpdated`, in milliseconds; None if it is missing or cannot be read."""
    try:
        found = moment(str((body.get("meta") or {}).get("lastUpdated")))
    except ValueError:
        return None
    return found.astimezone(UTC).replace(microsecond=found.microsecond // 1000 * 1000)


def _fits(body: dict[str, Any], type_: str) -> bool:
    return body.get("resourceType") == type_ and bool(body.get("id"))


def _asked(what: Parameters, floor: datetime | None) -> Parameters:
    asked = [*what, ("_sort", "_lastUpdated"), ("_count", str(COUNT))]
    if floor is None:
        return asked
    # cut to milliseconds: a later instant than the row's own would miss the rows beside it
    text = floor.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return [*asked, ("_lastUpdated", f"ge{text}")]


def _next(bundle: dict[str, Any]) -> str | None:
    for link in bundle.get("link") or []:
        if link.get("relation") == "next" and link.get("url"):
            return str(link["url"])
    return None


def _last(rows: list[Row]) -> datetime | None:
    """The instant of the last row; None where the rows do not ascend, so that only links can be trusted."""
    times = [row.updated_at for row in rows]
    if not times or None in times:
        return None
    known = [time for time in times if time is not None]
    return known[-1] if all(a <= b for a, b in pairwise(known)) else None


def newest(rows: Sequence[Row]) -> datetime | None:
    """The latest instant of some rows."""
    return max((row.updated_at for row in rows if row.updated_at is not None), default=None)
