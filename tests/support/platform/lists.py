"""Searchsets and histories: pages of resources with links to the next one."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from tests.support.platform import search
from tests.support.platform.behaviour import Behaviour
from tests.support.platform.exchange import Refused, Resource
from tests.support.platform.search import Query
from tests.support.platform.store import Key, Store, Version
from tests.support.platform.writes import etag

Parameters = Sequence[tuple[str, str]]
SUBSETTED = {"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"}
PAGES = 1000  # so many next links are remembered


@dataclass(frozen=True)
class Page:
    """Where a next link goes on: behind a row (the cursor column), or after so many rows (the offset column)."""

    query: Query
    parameters: Parameters
    after: Key | None = None


@dataclass
class Lists:
    """Answers searches and histories of one store. `base` is the address links begin with."""

    store: Store
    behaviour: Behaviour
    base: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def search(
        self, type_: str, parameters: Parameters, *, half: bool = False, elsewhere: str = ""
    ) -> Resource:
        """The first page of a search, or the one an offset names."""
        query = search.read(type_, parameters, self.store.rows(type_), self.behaviour)
        return self._page(Page(query, parameters), half=half, elsewhere=elsewhere)

    def go_on(self, token: str, *, half: bool = False) -> Resource:
        """The page behind a next link of the cursor column; 410 when it is not remembered any more."""
        if token not in self.pages:
            raise Refused(410, "not-found", f"Search ID “{token}” does not exist and may have expired")
        return self._page(self.pages[token], half=half)

    def history(self, type_: str, id_: str, parameters: Parameters) -> Resource:
        """Every version, the newest first: of one resource, or of a type where the column has that."""
        if id_ and not self.store.versions(type_, id_):
            raise Refused(404, "not-found", f"{type_}/{id_} is not known")
        if not id_ and not self.behaviour.type_history:
            raise Refused(404, "not-supported", "History of a type is not supported")
        found = self.store.versions(type_, id_) if id_ else [v for v in self.store.log if v.type == type_]
        count, skip = (
            _number(parameters, name, default) for name, default in (("_count", 100), ("_offset", 0))
        )
        shown = found[::-1][skip : skip + count]
        links = [_link("self", f"{self.base}/{type_}/{id_ + '/' if id_ else ''}_history")]
        if skip + count < len(found):
            more = urlencode({"_count": count, "_offset": skip + count})
            links.append(_link("next", f"{links[0]['url']}?{more}"))
        entries = [self._history_entry(version) for version in shown]
        return _bundle("history", links, entries, len(found))

    def _page(self, page: Page, *, half: bool = False, elsewhere: str = "") -> Resource:
        query = page.query
        rows = self.store.rows(query.type)
        if query.only_count:
            return {"resourceType": "Bundle", "type": "searchset", "total": search.count(query, rows)}
        count = max(1, query.count // 2) if half else query.count
        skip = query.skip if page.after is None else 0
        walk = search.walk(query, rows, page.after)
        found = list(itertools.islice(walk, skip, skip + count + 1))
        shown, has_more = found[:count], len(found) > count
        links = [_link("self", f"{self.base}/{query.type}?{urlencode(page.parameters)}")]
        if has_more and count:
            url = self._next(page, shown[-1], skip + count)
            links.append(_link("next", url.replace(self.base, elsewhere) if elsewhere else url))
        total = len(shown) if self.behaviour.total and not has_more and not skip and not page.after else None
        if query.accurate:
            total = search.count(query, rows)
        return _bundle("searchset", links, list(self._entries(query, shown)), total)

    def _next(self, page: Page, last: Version, offset: int) -> str:
        if self.behaviour.paging == "offset":
            kept = [(name, value) for name, value in page.parameters if name != "_offset"]
            return f"{self.base}/{page.query.type}?{urlencode([*kept, ('_offset', str(offset))])}"
        token = str(uuid.uuid4())
        self.pages[token] = replace(page, after=last.key)
        if len(self.pages) > PAGES:
            del self.pages[next(iter(self.pages))]
        return f"{self.base}?{urlencode({'_getpages': token, '_count': page.query.count})}"

    def _entries(self, query: Query, shown: list[Version]) -> Iterator[Resource]:
        for version in shown:
            resource = version.resource or {}
            if query.elements:
                resource = subset(resource, query.elements)
            url = f"{self.base}/{version.reference}"
            yield {"fullUrl": url, "resource": resource, "search": {"mode": "match"}}

    def _history_entry(self, version: Version) -> Resource:
        url = version.reference if version.method != "POST" else version.type
        entry: Resource = {
            "fullUrl": f"{self.base}/{version.reference}",
            "request": {"method": version.method, "url": url},
            "response": {
                "status": "201" if version.method == "POST" else "200",
                "etag": etag(version),
                "lastModified": self.store.written(version.at),
            },
        }
        if version.resource is not None:
            entry["resource"] = version.resource
        return entry


def subset(resource: Resource, elements: Sequence[str]) -> Resource:
    """Only these elements and what is always there, marked as a part: it may never be written back."""
    kept = {name: resource[name] for name in ("resourceType", "id", *elements) if name in resource}
    meta = resource["meta"]
    return {**kept, "meta": {**meta, "tag": [*meta.get("tag", ()), SUBSETTED]}}


def _bundle(kind: str, links: list[Resource], entries: list[Resource], total: int | None) -> Resource:
    bundle: Resource = {"resourceType": "Bundle", "id": str(uuid.uuid4()), "type": kind, "link": links}
    if total is not None:
        bundle["total"] = total
    if entries:  # FHIR's JSON has no empty lists
        bundle["entry"] = entries
    return bundle


def _link(relation: str, url: str) -> Resource:
    return {"relation": relation, "url": url}


def _number(parameters: Parameters, name: str, default: int) -> int:
    value = dict(parameters).get(name, "")
    return int(value) if value.isdigit() else default
