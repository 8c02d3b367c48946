"""Whether a resource may be kept: JSON as FHIR allows it, the elements of its type, references that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.elements import CODES, KNOWN, LISTS, REQUIRED
from tests.support.platform.exchange import Refused, Resource

TYPE = re.compile(r"[A-Z][A-Za-z]+")
LOCAL = re.compile(r"(?P<reference>[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/.+)?")
CONDITIONAL = re.compile(r"(?P<type>[A-Z][A-Za-z]+)\?(?P<condition>.+)")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
DATE_TIME = re.compile(DATE.pattern + r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d))?")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MOMENTS = {
    "birthDate": DATE,
    "recordedDate": DATE_TIME,
    "authored": DATE_TIME,
    "authoredOn": DATE_TIME,
    "sent": DATE_TIME,
    "issued": INSTANT,
    "recorded": INSTANT,
    "start": DATE_TIME,
    "end": DATE_TIME,
}
LONG_DECIMAL = re.compile(rb"[:,\[]\s*-?(?=[\d.]{21,})\d+\.?\d*(?=[\s,}\]eE])")


@dataclass
class Rule:
    """A resource this server will not have: `says` returns its words, or None for those it takes."""

    says: Callable[[Resource], str | None]
    status: int = 422
    happened: int = 0


@dataclass
class Checks:
    """What one server looks at before it writes. `is_there` knows references, `find` resolves conditional ones."""

    behaviour: Behaviour
    is_there: Callable[[str], bool]
    find: Callable[[str, str], list[str]]
    base: str = ""
    rules: list[Rule] = field(default_factory=list)

    def look_at(self, resource: Any, type_: str, also: frozenset[str] = frozenset()) -> None:
        """Refuse what may not be kept. `also` are references that will exist when this is written.

        Changes `resource` itself where the column does: unknown elements dropped, conditional references resolved.
        """
        if not isinstance(resource, dict) or not TYPE.fullmatch(str(resource.get("resourceType", ""))):
            raise Refused(400, "structure", "There is no resourceType")
        if resource["resourceType"] != type_:
            raise Refused(400, "invalid", f"A {resource['resourceType']} was sent to {type_}")
        self._elements(resource, type_)
        references = list(_nodes(resource, type_))
        self._required(resource, type_)
        self._codes(resource, type_)
        for rule in self.rules:
            if words := rule.says(resource):
                rule.happened += 1
                raise Refused(rule.status, "processing", words, expression=type_)
        for holder in references:
            self._reference(holder, resource, also)

    def _elements(self, resource: Resource, type_: str) -> None:
        if type_ not in KNOWN:
            return
        unknown = [name for name in resource if name.lstrip("_") not in KNOWN[type_]]
        for name in unknown:
            if self.behaviour.unknown_element == "refused":
                raise Refused(400, "structure", f"Unknown element “{name}”", expression=f"{type_}.{name}")
            if self.behaviour.unknown_element == "dropped":
                del resource[name]
        for name, value in resource.items():
            if name in KNOWN[type_] and isinstance(value, list) != (name in LISTS[type_]):
                if name in {"contained", "extension", "modifierExtension"} and isinstance(value, list):
                    continue
                words = "must be a list" if name in LISTS[type_] else "is no list"
                raise Refused(400, "structure", f"{name} {words}", expression=f"{type_}.{name}")

    def _required(self, resource: Resource, type_: str) -> None:
        for path in REQUIRED.get(type_, ()):
            first, _, second = path.partition(".")
            holders = _listed(resource.get(first)) if second else [resource]
            if any((second or first) not in holder for holder in holders):
                words = f"Missing required element {type_}.{path}"
                raise Refused(400, "required", words, expression=f"{type_}.{path}")
        if type_ == "Organization" and not resource.keys() & {"name", "identifier"}:
            raise Refused(400, "invariant", "org-1: a name or an identifier", expression=type_)

    def _codes(self, resource: Resource, type_: str) -> None:
        for (of, element), allowed in CODES.items():
            if of == type_ and resource.get(element, "unknown") not in {*allowed, "unknown"}:
                words = f"Unknown code “{resource[element]}” for {type_}.{element}"
                raise Refused(400, "code-invalid", words, expression=f"{type_}.{element}")
        for element, form in MOMENTS.items():
            value = resource.get(element)
            if isinstance(value, str) and not form.fullmatch(value):
                words = f"“{value}” is no {element}"
                raise Refused(400, "value", words, expression=f"{type_}.{element}")
        self._period(resource.get("period"), f"{type_}.period")

    def _period(self, period: Any, expression: str) -> None:
        if not isinstance(period, dict):
            return
        moments = [str(period[name]) for name in ("start", "end") if name in period]
        for moment in moments:
            if not DATE_TIME.fullmatch(moment):
                raise Refused(400, "value", f"“{moment}” is no moment", expression=expression)
        if len(moments) == 2 and _is_before(moments[1], moments[0]):
            raise Refused(
                self.behaviour.invalid_period, "invariant", "end before start", expression=expression
            )

    def _reference(self, holder: Resource, resource: Resource, also: frozenset[str]) -> None:
        reference = holder["reference"].removeprefix(f"{self.base}/")
        if conditional := CONDITIONAL.fullmatch(reference):
            self._conditional(holder, conditional, resource)
        elif self.behaviour.missing_reference:
            local = LOCAL.fullmatch(reference)
            leads_on = reference.startswith(("#", "http://", "https://"))
            if not leads_on and (local is None or not self._is_known(local["reference"], also)):
                words = f"Resource {reference} not found, specified in path: {_path(resource, holder)}"
                raise Refused(
                    self.behaviour.missing_reference, "not-found", words, expression=_path(resource, holder)
                )

    def _is_known(self, reference: str, also: frozenset[str]) -> bool:
        return reference in also or self.is_there(reference)

    def _conditional(self, holder: Resource, conditional: re.Match[str], resource: Resource) -> None:
        if self.behaviour.conditional_reference == "literal":
            return
        found = self.find(conditional["type"], conditional["condition"])
        if self.behaviour.conditional_reference == "refused" or len(found) != 1:
            words = f"Conditional reference {holder['reference']} leads to {len(found)} resources"
            raise Refused(400, "processing", words, expression=_path(resource, holder))
        holder["reference"] = found[0]


def has_long_decimal(body: bytes) -> bool:
    """A number of more than 20 digits."""
    return LONG_DECIMAL.search(body) is not None


def _is_before(one: str, other: str) -> bool:
    """Whether a moment is certainly before another, at the precision both have."""
    if "T" in one and "T" in other:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    precision = min(len(one), len(other), 10)
    return one[:precision] < other[:precision]


def _nodes(resource: Resource, type_: str) -> Iterator[Resource]:
    """Every object that refers to something; refuses what FHIR's JSON has no place for: null and what is empty."""
    waiting: list[Any] = [resource]
    while waiting:
        node = waiting.pop()
        inside = node.values() if type(node) is dict else node
        for value in inside:
            kind = type(value)
            if kind is dict or kind is list:
                if not value:
                    raise Refused(400, "structure", f"An empty {kind.__name__}", expression=type_)
                waiting.append(value)
            elif value is None or value == "":
                raise Refused(400, "structure", "null or an empty text", expression=type_)
        if type(node) is dict and isinstance(node.get("reference"), str):
            yield node


def _path(node: Any, wanted: Resource, path: str = "") -> str:
    """The FHIRPath from the resource to the object that refers: Observation.performer[0]."""
    here = path or str(node.get("resourceType", ""))
    if node is wanted:
        return here
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, value in inside:
        if isinstance(value, dict | list):
            step = f"{here}[{name}]" if isinstance(node, list) else f"{here}.{name}"
            if found := _path(value, wanted, step):
                return found
    return ""


def _listed(held: Any) -> list[Any]:
    if held is None:
        return []
    return held if isinstance(held, list) else [held]
