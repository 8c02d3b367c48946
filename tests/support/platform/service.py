"""From a request to its answer: who may come in, what is asked for, and which of the interactions does it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.support.platform import metadata
from tests.support.platform.behaviour import Behaviour
from tests.support.platform.binary import BINARY, Files
from tests.support.platform.bundle import URN, Bundles, Window
from tests.support.platform.checks import TYPE, Checks, has_long_decimal
from tests.support.platform.exchange import Answer, Refused, Request, Resource
from tests.support.platform.faults import NOTHING, Fault
from tests.support.platform.lists import Lists, subset
from tests.support.platform.search import matches
from tests.support.platform.store import Store, Version
from tests.support.platform.tokens import Tokens
from tests.support.platform.writes import Plan, Writes, etag, http_date, location

ID_CARD = re.compile(
    r"(?<!\d)[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
)  # GB 11643
JSON_TYPES = {"application/fhir+json", "application/json", "application/json+fhir"}
SMART = {".well-known/smart-configuration", "/.well-known/smart-configuration"}


@dataclass
class Service:
    """One FHIR server without its wire. `complaints` is what a good client would not have done."""

    behaviour: Behaviour
    store: Store
    tokens: Tokens
    base: str = ""
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.checks = Checks(self.behaviour, self.store.is_there, self._find)
        self.writes = Writes(self.store, self.behaviour, self.checks, self.tokens.now)
        self.lists = Lists(self.store, self.behaviour)
        self.files = Files(self.behaviour, self.store)
        self._window = Window(self.behaviour)
        self._bundles = 0

    def move(self, base: str) -> None:
        """Begin links with this address."""
        self.base = self.checks.base = self.lists.base = base

    async def answer(self, request: Request, fault: Fault = NOTHING) -> Answer:
        """Do what is asked, or say why not."""
        self._complain(request)
        return self.files.signed(await self._answered(request, fault), int(self.tokens.now().timestamp()))

    async def _answered(self, request: Request, fault: Fault) -> Answer:
        try:
            if request.path == "/token" and request.method == "POST":
                return self.tokens.give(request)
            if request.path in {"metadata", *SMART} and request.method == "GET":
                return Answer.of(200, self._about(request.path))
            self.tokens.check(request)
            if not (self.behaviour.raw_files and request.path.startswith(f"{BINARY}/")):
                _must_accept_json(request)
            if request.method in {"POST", "PUT"} and not request.path.endswith("_search"):
                return await self._write(request, self._content(request), fault)
            return self._read(request, fault)
        except Refused as no:
            return no.answer

    def _about(self, path: str) -> Resource:
        if path == "metadata":
            written = self.store.written(self.tokens.now())
            return metadata.capability(
                self.behaviour, self.base, written, has_tokens=self.tokens.secret is not None
            )
        return metadata.smart(self.base.removesuffix("/fhir") + "/token")

    def _content(self, request: Request) -> Any:
        """The body, parsed anew: what the store keeps is nobody else's."""
        body = request.body
        if request.headers.get("content-encoding", "identity") == "gzip":
            body = self._unpacked(body)
        self.files.admit(request)
        is_file = request.path.partition("/")[0] == BINARY
        if self.behaviour.body_limit and len(body) > self.behaviour.body_limit and not is_file:
            raise Refused(self.behaviour.too_large, "too-long", f"{len(body)} bytes are too many")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.files.is_raw(request, JSON_TYPES):
            return self.files.taken(request)
        if kind not in JSON_TYPES:
            raise Refused(415, "not-supported", f"Content-Type “{kind}” is not supported")
        if self.behaviour.long_decimal and has_long_decimal(body):
            raise Refused(self.behaviour.long_decimal, "exception", "Internal Server Error")
        try:
            return orjson.loads(self.files.unsigned(body))
        except orjson.JSONDecodeError as error:
            raise Refused(400, "structure", f"The body is no JSON: {error}") from error

    def _unpacked(self, body: bytes) -> bytes:
        if not self.behaviour.gzip:
            raise Refused(400, "structure", "The body is no JSON")
        try:
            return zlib.decompress(body, wbits=31)
        except zlib.error as error:
            raise Refused(400, "structure", "The body is no gzip") from error

    async def _write(self, request: Request, content: Any, fault: Fault) -> Answer:
        parts = request.path.split("/")
        if request.method == "POST" and request.path == "":
            return await self._bundle(request, content, fault)
        if not TYPE.fullmatch(parts[0]) or len(parts) != (1 if request.method == "POST" else 2):
            raise Refused(404, "not-supported", f"{request.method} {request.path} leads nowhere")
        if request.method == "PUT":
            match = request.headers.get("if-match", "")
            plan = self.writes.check(self.writes.update(parts[0], parts[1], content, match))
            return self._written(request, plan)
        condition = request.headers.get("if-none-exist", "")
        async with self._window.between(is_conditional=bool(condition)):
            plan = self.writes.create(parts[0], content, condition)
            await self._window.pass_by(is_conditional=bool(condition))
            self.writes.check(plan)
            if plan.is_new:
                self.writes.admit()
            return self._written(request, plan)

    async def _bundle(self, request: Request, content: Any, fault: Fault) -> Answer:
        if not isinstance(content, dict) or content.get("resourceType") != "Bundle":
            raise Refused(400, "invalid", "Only a Bundle can be sent to the base")
        answered = await Bundles(self.writes, self._window, self._got, fault).answer(content)
        self._bundles += 1
        is_minimal = "return=minimal" in request.headers.get("prefer", "")
        if is_minimal and self.behaviour.minimal == "empty":
            answer = Answer(200)
        else:
            if is_minimal and self.behaviour.minimal == "entries":
                answered["entry"] = [{"response": entry["response"]} for entry in answered["entry"]]
            answer = Answer.of(200, answered)
        if self.behaviour.eof_every and self._bundles % self.behaviour.eof_every == 0:
            answer.is_lost = True
        return answer

    def _written(self, request: Request, plan: Plan) -> Answer:
        version = self.writes.commit(plan)
        self.files.kept(version, raw=self.files.is_raw(request, JSON_TYPES))
        answer = self._of(version, plan.status)
        if plan.method == "POST" or plan.is_new:
            answer.headers["location"] = f"{self.base}/{location(version, self.behaviour)}"
        if "return=minimal" in request.headers.get("prefer", ""):
            answer.body = b""
            del answer.headers["content-type"]
        return answer

    def _read(self, request: Request, fault: Fault) -> Answer:
        parts = request.path.split("/")
        if request.method == "DELETE" and len(parts) == 2:
            self.writes.commit(self.writes.delete(*parts))
            return Answer(204)
        if request.method != "GET" and not request.path.endswith("_search"):
            raise Refused(405, "not-supported", f"{request.method} is not supported")
        if request.path == "" and (token := dict(request.parameters).get("_getpages")):
            return Answer.of(200, self.lists.go_on(token, half=fault.halves_page))
        if not TYPE.fullmatch(parts[0]):
            raise Refused(404, "not-supported", f"{request.path} leads nowhere")
        if len(parts) == 1 or parts[1:] == ["_search"]:
            if parts[0] == BINARY and not self.behaviour.files_searched:
                raise Refused(403, "forbidden", "Binary cannot be searched")
            return Answer.of(
                200,
                self.lists.search(
                    parts[0], request.parameters, half=fault.halves_page, elsewhere=fault.next_link
                ),
            )
        if parts[1:] == ["_history"] or parts[2:] == ["_history"]:
            return Answer.of(
                200, self.lists.history(parts[0], parts[1] if len(parts) == 3 else "", request.parameters)
            )
        return self._one(request, self._version(parts))

    def _one(self, request: Request, version: Version) -> Answer:
        if request.headers.get("if-none-match", "") == etag(version):
            return Answer(304, b"", {"etag": etag(version)})
        if (raw := self.files.given_raw(request, version)) is not None:
            return raw
        elements = dict(request.parameters).get("_elements", "")
        return self._of(version, 200, tuple(elements.split(",")) if elements else ())

    def _got(self, path: str, query: str) -> Resource:
        """What a GET inside a bundle reads: one resource or a searchset."""
        request = Request("GET", path, query, {}, b"", self.tokens.now())
        read: Resource = orjson.loads(self._read(request, NOTHING).body)
        return read

    def _version(self, parts: list[str]) -> Version:
        versions = self.store.versions(*parts[:2])
        if parts[2:3] == ["_history"] and len(parts) == 4:
            versions = [version for version in versions if version.number == parts[3]]
        elif len(parts) != 2:
            raise Refused(404, "not-supported", f"{'/'.join(parts)} leads nowhere")
        if not versions:
            raise Refused(404, "not-found", f"Resource {'/'.join(parts)} is not known")
        if versions[-1].resource is None:
            raise Refused(410, "deleted", f"Resource {'/'.join(parts)} was deleted")
        return versions[-1]

    def _of(self, version: Version, status: int, elements: tuple[str, ...] = ()) -> Answer:
        resource = self.files.shown(version.resource or {})
        said = subset(resource, elements) if elements else resource
        return Answer.of(status, said, etag=etag(version), last_modified=http_date(version.at))

    def _find(self, type_: str, condition: str) -> list[str]:
        return [v.reference for v in matches(type_, condition, self.store.rows(type_), self.behaviour)]

    def _complain(self, request: Request) -> None:
        where = f"{request.method} {request.path or 'the base'}"
        if any(ID_CARD.search(url) for url in request.urls):
            self.complaints.append(f"{where}: an ID card number stands in a URL")
        if request.method == "DELETE":
            self.complaints.append(f"{where}: a station never deletes")
        if not request.bundle:
            return
        if "return=minimal" in request.headers.get("prefer", ""):
            self.complaints.append(f"{where}: return=minimal on a bundle loses the ids")
        if any(
            (entry.get("request") or {}).get("method") in {"PATCH", "DELETE"} for entry in request.entries
        ):
            self.complaints.append(f"{where}: PATCH or DELETE inside a bundle")
        if request.bundle == "batch" and f'"reference":"{URN}'.encode() in request.body.replace(
            b'": "', b'":"'
        ):
            self.complaints.append(f"{where}: urn:uuid in a batch leads nowhere")


def _must_accept_json(request: Request) -> None:
    accepted = request.headers.get("accept", "*/*")
    if not any(kind in accepted for kind in ("json", "*/*", "application/*")):
        raise Refused(406, "not-supported", f"Only JSON is spoken here, not “{accepted}”")
