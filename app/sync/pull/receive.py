"""The order that lands arrivals: each in a savepoint of its own, none over work that was not yet sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.fhir import Mapper, Ref
from app.sync.pull import cursor
from app.sync.pull.cursor import Cursor
from app.sync.pull.known import Known
from app.sync.pull.landing import Fate, Landing

HOLD = 0.04
"""Seconds after which an order lets the nurse's next act pass and says how far it came."""
MOST = 200
GROUP = 5
"""Arrivals that share a savepoint as long as all of them fit: each of its own costs a third more."""
UNREADABLE = "这份资料本站读不懂，没有采用。"
_WRONG_SHAPE = (KeyError, TypeError, ValueError, AttributeError)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receive(Order["Received"]):
    """Land up to 200 resources of one type, in the order the platform changed them. `mappers`: whose type it is.

    `since`: set while a restored station is reconciled: what was not edited here since then gives way to newer work.
    `cursor`: kept if everything was landed.
    """

    type: str
    mappers: Mapping[str, Mapper]
    bodies: tuple[dict[str, Any], ...]
    since: datetime | None = None
    cursor: Cursor | None = None


@dataclass(frozen=True)
class Received:
    """`done`: how many of the bodies were landed. `lost`: identities whose resource must be looked up anew."""

    done: int = 0
    taken: int = 0
    conflicts: int = 0
    aside: int = 0
    foreign: int = 0
    doubled: int = 0
    acked: int = 0
    lost: tuple[Ref, ...] = field(default=())

    def __add__(self, other: Received) -> Received:
        return Received(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@performs(Receive)
def receive(unit: Unit, order: Receive) -> Received:
    """Lands what it can within about 40 ms; what did not fit is tried again behind its neighbours, then put aside.

    A few are landed always: where asking what is known of them takes that long, it would be asked for ever.
    """
    if len(order.bodies) > MOST:
        raise ValueError(f"{len(order.bodies)} arrivals in one order")
    unit.receiving = True
    begun, done = time.perf_counter(), 0
    batch = _Batch(unit, order)
    while done < len(order.bodies) and (not done or time.perf_counter() - begun < HOLD):
        some = order.bodies[done : done + GROUP]
        batch.land_some(some)
        done += len(some)
    batch.try_again()
    batch.put_aside()
    if order.cursor is not None and done == len(order.bodies):
        cursor.keep(unit.session, order.cursor)
    found = batch.received(done)
    if found.taken or found.aside or found.acked or batch.has_news:
        unit.tell("sync", unit.settings.institution_id)
    return found


class _Batch:
    """The arrivals of one order on their way."""

    def __init__(self, unit: Unit, order: Receive) -> None:
        self._unit = unit
        self._known = Known(unit, order.mappers, order.type, order.bodies)
        self._landing = Landing(unit, order.mappers, self._known, order.since)
        self._fates: dict[Fate, int] = dict.fromkeys(Fate, 0)
        self._failed: list[tuple[dict[str, Any], str]] = []
        self._lost: list[Ref] = []

    def land_some(self, bodies: Sequence[dict[str, Any]]) -> None:
        """A few arrivals together; one by one where any of them does not fit."""
        try:
            fates = self._saved(bodies)
        except (Refusal, IntegrityError, *_WRONG_SHAPE):
            for body in bodies:
                self.land(body)
        else:
            for fate, body in zip(fates, bodies, strict=True):
                self._note(fate, body)

    def land(self, body: dict[str, Any]) -> bool:
        """One arrival; False if it does not fit here, and nothing of it was written then."""
        try:
            (fate,) = self._saved([body])
        except Refusal as refusal:
            words = refusal.text
        except IntegrityError:
            words = "和本站已有的资料对不上，没有采用。"
        except _WRONG_SHAPE:
            words = UNREADABLE
        else:
            self._note(fate, body)
            return True
        self._failed.append((body, words))
        return False

    def try_again(self) -> None:
        """Whoever waited for a neighbour (a room for its building) may fit now."""
        while self._failed:
            failed, self._failed = self._failed, []
            landed = [self.land(body) for body, _ in failed]
            if not any(landed):
                return

    def put_aside(self) -> None:
        """Keep what does not fit, with the reason, for a person and for a later try."""
        for body, words in self._failed:
            fate = self._landing.put_aside(body, words)
            self._fates[fate] += 1
            if fate is Fate.ASIDE and words == UNREADABLE:
                _log.warning("a %s from the platform cannot be read", body.get("resourceType"))

    def received(self, done: int) -> Received:
        fates = self._fates
        return Received(
            done, fates[Fate.TAKEN], fates[Fate.CONFLICT], fates[Fate.ASIDE], fates[Fate.FOREIGN],
            fates[Fate.DOUBLED], self._landing.acked, tuple(self._lost),
        )  # fmt: skip

    @property
    def has_news(self) -> bool:
        """Whether what is said of waiting rows has changed."""
        return self._landing.has_news

    def _note(self, fate: Fate, body: dict[str, Any]) -> None:
        self._fates[fate] += 1
        if fate is Fate.LOST:
            rid = self._landing.lost[str(body["id"])]
            self._lost.append(Ref(str(body["resourceType"]), rid))

    def _saved(self, bodies: Sequence[dict[str, Any]]) -> list[Fate]:
        """Within a savepoint; what a rolled-back one wrote leaves no outbox and no audit line."""
        unit, landing = self._unit, self._landing
        entries, notes, news = len(unit.entries), len(unit.notes), set(unit.news)
        before = self._known.made, landing.acked, landing.has_news
        try:
            with unit.session.begin_nested():
                return [landing.land(body) for body in bodies]
        except BaseException:
            del unit.entries[entries:], unit.notes[notes:]
            unit.news = news
            made, landing.acked, landing.has_news = before
            self._known.forget_since(made)
            raise
