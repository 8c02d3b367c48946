"""The platform itself: a FHIR server on loopback in a thread of its own, and the hands a test has on it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

import orjson

from app.core.clock import Clock, SystemClock
from tests.support.platform import tls as certificates
from tests.support.platform.behaviour import Behaviour
from tests.support.platform.checks import Rule
from tests.support.platform.exchange import Answer, Request, Resource
from tests.support.platform.faults import Fault, Faults
from tests.support.platform.keep import Kept
from tests.support.platform.service import Service
from tests.support.platform.store import Store, Version
from tests.support.platform.tokens import Tokens
from tests.support.platform.wire import BASE, Connection

T = TypeVar("T")
HOST = "127.0.0.1"
PATIENCE = 10.0  # seconds until starting, stopping or looking is given up
REMEMBERED = 20_000  # requests; older ones are forgotten


@dataclass(frozen=True)
class Place:
    """Where it listens (port 0: any that is free), which file it keeps, whose time it takes."""

    port: int = 0
    keep: Path | None = None
    clock: Clock | None = None


class Platform:
    """A FHIR R4 server: `with Platform(Behaviour.medplum()) as platform: … platform.address …`.

    `secret` (client id, client secret) makes it ask for a token. `tls` serves https with a certificate of a private
    authority whose PEM is `certificate`. Everything here may be called from any thread, also while it is stopped.
    """

    def __init__(
        self,
        behaviour: Behaviour | None = None,
        *,
        tls: certificates.Tls = False,
        secret: tuple[str, str] | None = None,
        place: Place | None = None,
    ) -> None:
        self.behaviour = behaviour or Behaviour.hapi()
        self.skew = timedelta(0)  # what its clock is wrong by: Date, lastUpdated and tokens follow it
        self.faults = Faults()
        self.requests: list[Request] = []
        self.on_answer: Callable[[Request, Answer], None] | None = None
        place = place or Place()
        self._port = place.port
        self._clock = place.clock or SystemClock()
        self._store = Store(
            self.now,
            numbers=self.behaviour.ids == "numbers",
            whole_seconds=self.behaviour.whole_seconds,
        )
        self._kept = Kept(place.keep) if place.keep else None
        if self._kept:
            self._kept.fill(self._store)
        self.tokens = Tokens(self.behaviour, secret, self.now)
        self._service = Service(self.behaviour, self._store, self.tokens)
        self._identity = certificates.identity(tls, self._clock.now()) if tls else None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    # its life

    def start(self) -> None:
        """Listen; at the second start on the same port as before."""
        ready = threading.Event()
        failed: list[OSError] = []
        self._thread = threading.Thread(target=self._run, args=(ready, failed), name="platform", daemon=True)
        self._thread.start()
        if not ready.wait(PATIENCE):
            raise TimeoutError("the platform does not start")
        if failed:
            self._thread.join(PATIENCE)
            raise failed[0]

    def stop(self) -> None:
        """Drop every connection and refuse new ones; the store stays."""
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join(PATIENCE)
            if self._thread.is_alive():
                raise TimeoutError("the platform does not stop")
        self._loop = self._thread = None

    def restart(self) -> None:
        """Stop and start: connections, next links and tokens are gone, the store stays."""
        self.stop()
        self._service.lists.pages.clear()
        self.tokens.given.clear()
        self.start()

    def close(self) -> None:
        """Stop for good and let the kept file go."""
        self.stop()
        if self._kept:
            self._kept.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.start)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self.close)

    # where and when

    @property
    def address(self) -> str:
        """The base of its FHIR interface; known after the first start."""
        return f"http{'s' if self._identity else ''}://{HOST}:{self._port}{BASE}"

    @property
    def certificate(self) -> str:
        """PEM of the authority a client must trust; empty without TLS."""
        return self._identity.authority if self._identity else ""

    def now(self) -> datetime:
        """The time on the platform's wall."""
        return self._clock.now() + self.skew

    # what it has

    def resources(self, type_: str) -> list[Resource]:
        """The current versions of a type that are not deleted, in the order of their last change; copies."""
        return self._there(lambda: [_copy(version.resource) for version in self._store.living(type_)])

    def history(self, type_: str, id_: str) -> list[Resource | None]:
        """Every version of one resource, the oldest first; None stands for a deletion."""

        def versions() -> list[Resource | None]:
            found = self._store.versions(type_, id_)
            return [None if version.resource is None else _copy(version.resource) for version in found]

        return self._there(versions)

    @property
    def complaints(self) -> list[str]:
        """What a good client would not have done: an ID card number in a URL, DELETE …"""
        return self._service.complaints

    # what others do to it

    def create(self, resource: Resource) -> Resource:
        """Somebody else (the hospital, another station) creates a resource; returned as it was kept."""
        type_ = resource["resourceType"]
        new = _copy(resource)
        return self._there(lambda: _shown(self._store.write(type_, self._store.new_id(), new, "POST")))

    def edit(self, type_: str, id_: str, change: Resource | Callable[[Resource], object]) -> Resource:
        """Somebody else changes a resource: top-level elements given, or done in place by a function."""

        def edited() -> Version:
            current = self._store.current(type_, id_)
            if current is None or current.resource is None:
                raise KeyError(f"{type_}/{id_}")
            resource = _copy(current.resource)
            if callable(change):
                change(resource)
            else:
                resource.update(_copy(change))
            return self._store.write(type_, id_, resource, "PUT")

        return self._there(lambda: _shown(edited()))

    def retire(self, type_: str, id_: str) -> None:
        """Somebody deletes a resource; its versions stay, reading it says 410."""
        self._there(lambda: self._store.write(type_, id_, None, "DELETE"))

    def empty(self) -> None:
        """The same address with nothing in it: a server set up anew, or the wrong one."""

        def emptied() -> None:
            self._store.empty()
            if self._kept:
                self._kept.empty()

        self._there(emptied)

    def refuse(self, says: Callable[[Resource], str | None], status: int = 422) -> Rule:
        """Refuse from now on every resource for which `says` has words: those become the diagnostics."""
        rule = Rule(says, status)
        self._service.checks.rules.append(rule)
        return rule

    def accept_all(self) -> None:
        """Take back every `refuse`."""
        self._service.checks.rules.clear()

    def show_late(self, seconds: float | None) -> None:
        """From now on searches see what is written only after so many seconds, behind cursors that have passed.

        None: not before this is called again; 0: everything at once.
        """
        self._there(
            lambda: setattr(self._store, "lag", None if seconds is None else timedelta(seconds=seconds))
        )

    @contextmanager
    def rows_late(self) -> Iterator[None]:
        """Searches do not see what is written within this block until it ends."""
        self.show_late(None)
        try:
            yield
        finally:
            self.show_late(0)

    # its thread

    def _there(self, act: Callable[[], T]) -> T:
        """Do it on the platform's thread, between two requests; here, while it is stopped."""
        loop = self._loop
        if loop is None or threading.current_thread() is self._thread:
            return act()

        async def acted() -> T:
            return act()

        return asyncio.run_coroutine_threadsafe(acted(), loop).result(PATIENCE)

    def _run(self, ready: threading.Event, failed: list[OSError]) -> None:
        try:
            asyncio.run(self._listen(ready))
        except OSError as error:  # the port is taken
            failed.append(error)
            ready.set()

    async def _listen(self, ready: threading.Event) -> None:
        self._ending = asyncio.Event()
        connections: dict[asyncio.Task[None], Connection] = {}

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            connections[task] = Connection(reader, writer)
            try:
                await connections[task].serve(self._respond, self._take, self.now)
            except asyncio.CancelledError:
                return  # the platform stops: whoever waits for this answer waits in vain
            finally:
                del connections[task]

        context = self._identity.context() if self._identity else None
        server = await asyncio.start_server(accept, HOST, self._port, ssl=context, backlog=256)
        self._port = server.sockets[0].getsockname()[1]
        self._service.move(self.address)
        self._loop = asyncio.get_running_loop()
        ready.set()
        await self._ending.wait()
        server.close()
        for task, connection in list(connections.items()):
            connection.abort()
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    def _take(self, request: Request) -> Fault:
        if len(self.requests) >= REMEMBERED:
            del self.requests[: REMEMBERED // 2]
        self.requests.append(request)
        return self.faults.take(request)

    async def _respond(self, request: Request, fault: Fault) -> Answer:
        answer = await self._service.answer(request, fault)
        if self.on_answer:
            self.on_answer(request, answer)
        return answer


def _copy(resource: Resource | None) -> Resource:
    copied: Resource = orjson.loads(orjson.dumps(resource))
    return copied


def _shown(version: Version) -> Resource:
    return _copy(version.resource)
