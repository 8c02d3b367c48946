"""What goes wrong on the way, put in by a test: by count and by predicate, before or after the commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from tests.support.platform.exchange import Answer, Request, Resource, outcome

Which = Callable[[Resource], bool]


class Awaited(Protocol):
    """Something that happens: a threading.Event or an asyncio.Event."""

    def is_set(self) -> bool: ...


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one request. The class methods name what a test may want."""

    name: str
    handled: int = 1  # how often the platform does what was asked
    says: Answer | None = None  # instead of the true answer
    waits: float = 0.0  # seconds
    until: Awaited | None = None
    waits_first: bool = False  # before the request is handled, not before it is answered
    wire: Literal["whole", "silence", "reset", "half", "cut", "doubled"] = "whole"
    halves_page: bool = False
    next_link: str = ""  # the base that next links begin with instead of ours
    entry_status: int = 0
    which: Which = bool

    @classmethod
    def lost_before(cls) -> Fault:
        """The connection ends; nothing was done."""
        return cls("lost before the commit", handled=0, wire="silence")

    @classmethod
    def lost_after(cls) -> Fault:
        """Everything was done; the connection ends without an answer."""
        return cls("lost after the commit", wire="silence")

    @classmethod
    def reset(cls, *, committed: bool = False) -> Fault:
        """The connection is reset (RST), before or after the commit."""
        return cls("reset", handled=int(committed), wire="reset")

    @classmethod
    def late(cls, seconds: float = 0.0, *, until: Awaited | None = None, committed: bool = True) -> Fault:
        """Done at once and answered late; or, not `committed`, done late although the client has long given up."""
        return cls("late", waits=seconds, until=until, waits_first=not committed)

    @classmethod
    def twice(cls) -> Fault:
        """Something on the way repeats the request: it is done twice, the second answer arrives."""
        return cls("handled twice", handled=2)

    @classmethod
    def doubled(cls) -> Fault:
        """Done once; the answer comes twice on the same connection.

        httpx keeps the second copy and takes it for the answer to its next request on that connection.
        """
        return cls("answered twice", wire="doubled")

    @classmethod
    def truncated(cls, *, says_so: bool = False) -> Fault:
        """Half of the answer. `says_so`: Content-Length fits the half, so only the JSON is broken."""
        return cls("half an answer", wire="half" if says_so else "cut")

    @classmethod
    def status(
        cls, status: int, *, retry_after: str = "", rate_limit: str = "", committed: bool = False
    ) -> Fault:
        """An answer of this status with an OperationOutcome, before or after the commit."""
        words = outcome("transient" if status >= 429 else "processing", f"Refused with {status}")
        answer = Answer.of(status, words, retry_after=retry_after, ratelimit=rate_limit)
        return cls(f"answered with {status}", handled=int(committed), says=answer)

    @classmethod
    def redirect(cls, to: str, status: int = 301) -> Fault:
        """Sent elsewhere."""
        answer = Answer(status, b"", {"location": to})
        return cls(f"sent to {to}", handled=0, says=answer)

    @classmethod
    def html(cls, status: int = 200, *, committed: bool = False) -> Fault:
        """A page of HTML: the sign-in of a hotel (200) or the error page of a proxy (502)."""
        page = b"<!doctype html><html><body><h1>Please sign in</h1></body></html>"
        answer = Answer(status, page, {"content-type": "text/html; charset=utf-8"})
        return cls(f"HTML with {status}", handled=int(committed), says=answer)

    @classmethod
    def half_page(cls) -> Fault:
        """A search answers with half as many rows as asked for; its next link goes on right behind them."""
        return cls("half a page", halves_page=True)

    @classmethod
    def next_elsewhere(cls, base: str) -> Fault:
        """The next link of a search leads to another host."""
        return cls(f"next link to {base}", next_link=base)

    @classmethod
    def entries(cls, status: int, which: Which = bool) -> Fault:
        """Those entries of a batch get this status and are not done; a transaction fails with it as a whole.

        `which` is asked with the entry.
        """
        return cls(f"entries with {status}", entry_status=status, which=which)

    async def wait(self) -> None:
        """Let the time pass, or wait for what must happen first."""
        await asyncio.sleep(self.waits)
        while self.until and not self.until.is_set():
            await asyncio.sleep(0.002)


NOTHING = Fault("nothing")


@dataclass
class Planned:
    """A fault that waits for its requests. `happened` counts them."""

    fault: Fault
    when: Callable[[Request], bool]
    left: float
    passing: int
    happened: int = 0
    met: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """No more of it."""
        self.left = 0


class Faults:
    """The faults of one platform; the first that is waiting for a request gets it."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []
        self._lock = threading.Lock()

    def next(
        self, do: Fault, when: Callable[[Request], bool] | None = None, *, times: int = 1, passing: int = 0
    ) -> Planned:
        """Do this to the next `times` requests for which `when` holds, after letting `passing` of them through."""
        planned = Planned(do, when or _any, times, passing)
        with self._lock:
            self._planned.append(planned)
        return planned

    def always(self, do: Fault, when: Callable[[Request], bool] | None = None) -> Planned:
        """Do this to every request for which `when` holds, until `stop()`."""
        planned = self.next(do, when)
        planned.left = float("inf")
        return planned

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._planned.clear()

    def take(self, request: Request) -> Fault:
        """What happens to this request."""
        if not self._planned:
            return NOTHING
        with self._lock:
            for planned in self._planned:
                if planned.left > 0 and planned.when(request):
                    if planned.passing > 0:
                        planned.passing -= 1
                        continue
                    planned.left -= 1
                    planned.happened += 1
                    planned.met.set()
                    return planned.fault
        return NOTHING


def _any(_request: Request) -> bool:
    return True
