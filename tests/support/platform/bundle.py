"""Bundles: a transaction is done as a whole or not at all, each entry of a batch alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.exchange import Refused, Resource
from tests.support.platform.faults import Fault
from tests.support.platform.store import Version
from tests.support.platform.writes import Plan, Writes, etag, location

Entry = dict[str, Any]
URN = "urn:uuid:"


class Window:
    """The moment between looking whether something exists and writing it, as wide as the column has it."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._open = 0

    @asynccontextmanager
    async def between(self, *, is_conditional: bool) -> AsyncIterator[None]:
        """Leave before looking, come back to write. Others may do the same meanwhile, or collide with this one."""
        if not is_conditional or self._behaviour.race == "guarded":
            yield
            return
        if self._behaviour.race == "collides" and self._open:
            raise Refused(409, "conflict", "could not serialize access due to concurrent update")
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    async def pass_by(self, *, is_conditional: bool) -> None:
        """The time another request has for doing the same."""
        if is_conditional and self._behaviour.race != "guarded":
            await asyncio.sleep(self._behaviour.race_window)


@dataclass
class Bundles:
    """Does what a bundle asks for; `get` answers a GET inside one."""

    writes: Writes
    window: Window
    get: Callable[[str, str], Resource]
    fault: Fault = field(default_factory=lambda: Fault("nothing"))

    async def answer(self, bundle: Resource) -> Resource:
        """The response bundle; refuses the whole where the column or FHIR says so."""
        kind, entries = bundle.get("type"), bundle.get("entry", [])
        if kind not in {"transaction", "batch"}:
            raise Refused(400, "invalid", f"A bundle of type “{kind}” is not processed")
        if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
            raise Refused(400, "structure", "Every entry needs a request with method and url")
        self._limits(entries)
        if kind == "transaction":
            answered = await self._transaction(entries)
        else:
            answered = [await self._alone(entry) for entry in entries]
        return {"resourceType": "Bundle", "type": f"{kind}-response", "entry": answered}

    def _limits(self, entries: list[Entry]) -> None:
        behaviour = self.writes.behaviour
        puts = sum(entry["request"]["method"] == "PUT" for entry in entries)
        if behaviour.puts_in_bundle and puts > behaviour.puts_in_bundle:
            raise Refused(
                400, "too-costly", f"Transaction contains more update operations than allowed ({puts})"
            )
        most = behaviour.conditionals_in_bundle
        if most and len(entries) > most and any(_is_conditional(entry) for entry in entries):
            raise Refused(400, "too-costly", "Transaction requires strict isolation but has too many entries")

    async def _transaction(self, entries: list[Entry]) -> list[Entry]:
        for entry in entries:
            self._let_fault_happen(entry)
        is_conditional = any(_is_conditional(entry) for entry in entries)
        async with self.window.between(is_conditional=is_conditional):
            writing = [entry for entry in entries if entry["request"]["method"] != "GET"]
            plans = [self._plan(entry) for entry in writing]
            await self.window.pass_by(is_conditional=is_conditional)
            self._resolve(writing, plans)
            new = [plan.reference for plan in plans if not plan.found]
            if len(set(new)) < len(new) and any(plan.method == "PUT" for plan in plans):
                raise Refused(400, "invalid", "Two entries of the transaction write the same resource")
            for plan in plans:
                self.writes.check(plan, frozenset(new))
            self.writes.admit(sum(plan.is_new for plan in plans))
        done = iter([self._written(plan, self.writes.commit(plan)) for plan in plans])
        return [next(done) if entry["request"]["method"] != "GET" else self._read(entry) for entry in entries]

    def _resolve(self, entries: list[Entry], plans: list[Plan]) -> None:
        """Put the true references where the bundle refers to itself."""
        known = {
            str(entry["fullUrl"]): plan.reference
            for entry, plan in zip(entries, plans, strict=True)
            if str(entry.get("fullUrl", "")).startswith(URN)
        }
        if known:
            for plan in plans:
                if plan.resource is not None:
                    put_references(plan.resource, known, everywhere=self.writes.behaviour.urn_everywhere)

    async def _alone(self, entry: Entry) -> Entry:
        try:
            self._let_fault_happen(entry)
            if entry["request"]["method"] == "GET":
                return self._read(entry)
            is_conditional = _is_conditional(entry)
            async with self.window.between(is_conditional=is_conditional):
                plan = self._plan(entry)
                await self.window.pass_by(is_conditional=is_conditional)
                self.writes.check(plan)
                if plan.is_new:
                    self.writes.admit()
                return self._written(plan, self.writes.commit(plan))
        except Refused as no:
            return {"response": {"status": self._status(no.status), "outcome": no.outcome}}

    def _let_fault_happen(self, entry: Entry) -> None:
        if self.fault.entry_status and self.fault.which(entry):
            words = f"Refused with {self.fault.entry_status}"
            raise Refused(self.fault.entry_status, "processing", words)

    def _plan(self, entry: Entry) -> Plan:
        act = entry["request"]
        parts = urlsplit(act["url"]).path.strip("/").split("/")
        if act["method"] == "POST" and len(parts) == 1:
            return self.writes.create(parts[0], entry.get("resource"), act.get("ifNoneExist", ""))
        if act["method"] == "PUT" and len(parts) == 2:
            return self.writes.update(parts[0], parts[1], entry.get("resource"), act.get("ifMatch", ""))
        if act["method"] == "DELETE" and len(parts) == 2:
            return self.writes.delete(parts[0], parts[1])
        raise Refused(400, "not-supported", f"{act['method']} {act['url']} is not supported in a bundle")

    def _read(self, entry: Entry) -> Entry:
        parts = urlsplit(entry["request"]["url"])
        return {
            "resource": self.get(parts.path.strip("/"), parts.query),
            "response": {"status": self._status(200)},
        }

    def _written(self, plan: Plan, version: Version) -> Entry:
        behaviour = self.writes.behaviour
        response: Entry = {"status": self._status(plan.status), "location": location(version, behaviour)}
        if behaviour.entry_etag and (
            behaviour.found_entry_etag or not (plan.found and plan.method == "POST")
        ):
            response["etag"] = etag(version)
            response["lastModified"] = self.writes.store.written(version.at)
        entry: Entry = {"response": response}
        if behaviour.entry_resource and version.resource is not None:
            entry["resource"] = version.resource
        return entry

    def _status(self, status: int) -> str:
        return f"{status} {HTTPStatus(status).phrase}" if self.writes.behaviour.entry_words else str(status)


def put_references(node: Any, known: dict[str, str], *, everywhere: bool) -> None:
    """Replace `urn:uuid:…` by `Type/id`, in references or in every text, in place."""
    waiting = [node]
    while waiting:
        inside = waiting.pop()
        for name, value in inside.items() if type(inside) is dict else enumerate(inside):
            if type(value) is str:
                if (everywhere or name == "reference") and value in known:
                    inside[name] = known[value]
            elif type(value) is dict or type(value) is list:
                waiting.append(value)


def _is_entry(entry: Any) -> bool:
    act = entry.get("request") if isinstance(entry, dict) else None
    return isinstance(act, dict) and isinstance(act.get("method"), str) and isinstance(act.get("url"), str)


def _is_conditional(entry: Entry) -> bool:
    act = entry["request"]
    return bool(act.get("ifNoneExist")) or "?" in act["url"]
