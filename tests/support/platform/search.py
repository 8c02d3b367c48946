"""Finding resources: by identifier, tag, time and reference, in pages, without walking over everything each time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote_plus

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.exchange import Refused, Resource
from tests.support.platform.store import Key, Rows, Version, identifiers, referred

DEFAULT_COUNT = 20
MOST = 1000
ENDLESS = 1 << 62
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)

Fits = Callable[[Resource], bool]

REFERENCE_PARAMETERS = {
    "subject": ("subject",),
    "patient": ("subject", "patient", "for"),
    "owner": ("owner",),
    "target": ("target",),
    "organization": ("managingOrganization", "organization"),
    "encounter": ("encounter",),
}
WITHOUT_IDENTIFIER = frozenset({"Provenance", "AuditEvent", "Binary"})
SEARCHABLE = ("_id", "_lastUpdated", "_tag", "identifier", *REFERENCE_PARAMETERS)
QUIETLY = {"_format", "_pretty", "_total"}  # they say how to answer, not what to find
MOMENT = re.compile(
    r"(?P<prefix>eq|ge|gt|le|lt|sa|eb)?(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:T(?P<clock>\d\d:\d\d(?::\d\d(?P<part>\.\d+)?)?)(?P<zone>Z|[+-]\d\d:\d\d)?)?"
)


@dataclass(frozen=True)
class Query:
    """One search, read from its parameters; bounds are half open: low <= key < high."""

    type: str
    low: Key = (FIRST, 0)
    high: Key = (LAST, ENDLESS)
    fits: tuple[Fits, ...] = ()
    sets: tuple[frozenset[str], ...] = ()  # ids that come into question, one set a parameter
    descending: bool = False
    count: int = DEFAULT_COUNT
    only_count: bool = False
    elements: tuple[str, ...] = ()
    skip: int = 0  # the offset column's place
    accurate: bool = False


def read(type_: str, parameters: Sequence[tuple[str, str]], rows: Rows, behaviour: Behaviour) -> Query:
    """Understand a search; parameters the server does not know are refused or ignored, as the column does."""
    query = Query(type_, descending=behaviour.newest_first)
    for name, value in parameters:
        if name == "_lastUpdated":
            query = _within(query, value)
        elif name in {"_sort", "_count", "_summary", "_elements", "_offset", "_total"}:
            query = _shown(query, name, value)
        elif found := _condition(type_, name, value, rows, behaviour):
            ids, fits = found
            query = replace(query, sets=(*query.sets, frozenset(ids)), fits=(*query.fits, fits))
        elif name not in QUIETLY and behaviour.unknown_parameter == "refused":
            raise Refused(400, "invalid", f"Unknown search parameter “{name}” for resource type “{type_}”")
    return query


def walk(query: Query, rows: Rows, after: Key | None = None) -> Iterator[Version]:
    """The versions that fit, in order; `after` is the key of the last row of the page before."""
    low, high = query.low, query.high
    if after and query.descending:
        high = min(high, after)
    elif after:
        low = max(low, (after[0], after[1] + 1))
    start, end = bisect_left(rows.order, low), bisect_left(rows.order, high)
    narrow = min(query.sets, key=len, default=None)
    keys: Sequence[Key]
    if narrow is not None and len(narrow) < (end - start) // 2:
        keys = sorted(rows.shown[id_].key for id_ in narrow if low <= rows.shown[id_].key < high)
        start, end = 0, len(keys)
    else:
        keys = rows.order
    steps = range(end - 1, start - 1, -1) if query.descending else range(start, end)
    for step in steps:
        version = rows.shown[rows.ids[keys[step][1]]]
        if all(fits(version.resource or {}) for fits in query.fits):
            yield version


def matches(type_: str, condition: str, rows: Rows, behaviour: Behaviour) -> list[Version]:
    """What a condition (`identifier=system|value`) finds, two at most: more make no difference."""
    pairs = [tuple(part.partition("=")[::2]) for part in condition.lstrip("?").split("&") if part]
    query = read(type_, [(name, unquote_plus(value)) for name, value in pairs], rows, behaviour)
    if not query.fits and behaviour.unknown_parameter == "refused":
        raise Refused(400, "invalid", f"“{condition}” is no condition")
    found = walk(query, rows)
    return [version for version, _ in zip(found, range(2), strict=False)]


def _shown(query: Query, name: str, value: str) -> Query:
    if name == "_sort":
        if value.lstrip("-") != "_lastUpdated":
            raise Refused(400, "not-supported", f"Sorting by “{value}” is not supported")
        return replace(query, descending=value.startswith("-"))
    if name in {"_count", "_offset"}:
        if not value.isdigit():
            raise Refused(400, "invalid", f"“{value}” is no number for {name}")
        number = int(value)
        return replace(query, count=min(number, MOST)) if name == "_count" else replace(query, skip=number)
    if name == "_elements":
        return replace(query, elements=tuple(value.split(",")))
    if name == "_total":
        return replace(query, accurate=value == "accurate")
    return replace(query, only_count=value == "count")


def _condition(
    type_: str, name: str, value: str, rows: Rows, behaviour: Behaviour
) -> tuple[set[str], Fits] | None:
    """Ids that come into question and the test that decides; None for a parameter nobody knows."""
    wanted = [part.replace("\\,", ",") for part in re.split(r"(?<!\\),", value)]
    if name == "_id":
        return {id_ for id_ in wanted if id_ in rows.shown}, lambda resource: resource["id"] in wanted
    if name == "_tag":
        codes = [part.rpartition("|")[2] for part in wanted]
        return _either(rows.tags, codes), lambda resource: _has_tag(resource, wanted)
    if name == "identifier" and type_ not in WITHOUT_IDENTIFIER:
        if type_ in behaviour.identifier_broken:
            return set(), lambda _resource: False
        return _identified(wanted, rows), lambda resource: _is_identified(resource, wanted)
    if elements := REFERENCE_PARAMETERS.get(name):
        whole = [part if "/" in part else f"Patient/{part}" for part in wanted]
        return _either(
            rows.references, whole
        ), lambda resource: not set(whole).isdisjoint(referred(resource, elements))
    return None


def _identified(wanted: list[str], rows: Rows) -> set[str]:
    if any(part.endswith("|") for part in wanted):  # any value of a system
        return set(rows.shown)
    return _either(rows.values, [part.rpartition("|")[2] for part in wanted])


def _either(index: dict[str, set[str]], words: Sequence[str]) -> set[str]:
    return set().union(*(index.get(word, ()) for word in words))


def _has_tag(resource: Resource, wanted: list[str]) -> bool:
    tags = resource["meta"].get("tag", ())
    return any(_is_token(tag.get("system"), tag.get("code"), part) for tag in tags for part in wanted)


def _is_identified(resource: Resource, wanted: list[str]) -> bool:
    held = identifiers(resource)
    return any(_is_token(each.get("system"), each.get("value"), part) for each in held for part in wanted)


def _is_token(system: str | None, value: str | None, part: str) -> bool:
    """FHIR's token: `value`, `system|value`, `|value` (without a system), `system|` (any value)."""
    asked_system, bar, asked_value = part.rpartition("|")
    if not bar:
        return value == asked_value
    return (system or "") == asked_system and (not asked_value or value == asked_value)


def _within(query: Query, value: str) -> Query:
    """Narrow by time. A moment is an interval as long as its precision (FHIR search, 3.1.1.4.7 date)."""
    read_ = MOMENT.fullmatch(value)
    if read_ is None:
        raise Refused(400, "value", f"“{value}” is no moment (was a + sent without escaping it?)")
    moment = datetime.fromisoformat(f"{read_['day']}T{read_['clock'] or '00:00'}{read_['zone'] or 'Z'}")
    begin = moment.astimezone(UTC)
    end = begin + _precision(read_["clock"] or "", read_["part"] or "")
    prefix = read_["prefix"] or "eq"
    low, high = query.low, query.high
    if prefix in {"eq", "ge"}:
        low = max(low, (begin, 0))
    elif prefix in {"gt", "sa"}:
        low = max(low, (end, 0))
    if prefix in {"eq", "le"}:
        high = min(high, (end, 0))
    elif prefix in {"lt", "eb"}:
        high = min(high, (begin, 0))
    return replace(query, low=low, high=high)


def _precision(clock: str, part: str) -> timedelta:
    if not clock:
        return timedelta(days=1)
    if part:
        return timedelta(milliseconds=1)
    return timedelta(seconds=1) if clock.count(":") == 2 else timedelta(minutes=1)


def count(query: Query, rows: Rows) -> int:
    """How many fit; without walking where nothing but the time is asked for."""
    if not query.fits:
        return bisect_left(rows.order, query.high) - bisect_left(rows.order, query.low)
    return sum(1 for _ in walk(query, rows))
