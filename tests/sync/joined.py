"""A station joined to a written platform, with the real translators: a round, an act, a look at both sides."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.compose import Station
from app.core.clock import SetClock
from app.sync.access import Access
from app.sync.push.pace import Tempo
from app.sync.round import Round, Rounds
from db.models import Outbox, Remote, Resident
from tests.support.acts import Act, Admit, Look, rows
from tests.support.platform import Platform, Request, Resource

QUICK = Tempo(look_after=(0.0, 0.0, 0.0), pause=0.0)
"""No waiting: what is unknown is looked for in the next round."""


@dataclass
class Joined:
    """One station and one platform."""

    station: Station
    platform: Platform
    access: Access = field(init=False)
    rounds: Rounds = field(init=False)

    def __post_init__(self) -> None:
        self.access = Access(self.platform.address)
        self.restart()

    def restart(self) -> None:
        """As after the program was started again: nothing remembered but what is in the file."""
        self.rounds = Rounds(self.station.desk, tempo=QUICK)

    def round(self, *, pulls: bool = True) -> Round:
        """One round, a second later than the last."""
        clock = self.station.clock
        assert isinstance(clock, SetClock)
        clock.forward(timedelta(seconds=1))
        return asyncio.run(self.rounds.run(self.access, pulls=pulls))

    def rounds_until_quiet(self, most: int = 8) -> Round:
        """Rounds until nothing waits and nothing is wrong."""
        for _ in range(most):
            done = self.round()
            if not done.waiting and not done.error:
                return done
        raise AssertionError(f"it does not come to rest: {done}, {self.waiting()}")

    def admit(self, *names: str) -> list[UUID]:
        return [self.station.desk.do_now(Admit(name)) for name in names]

    def edit(self, rid: UUID, **elements: Any) -> None:
        """A nurse edits a resident."""

        def work(unit: Any) -> None:
            row = unit.session.get_one(Resident, rid)
            for name, value in elements.items():
                setattr(row, name, value)

        self.station.desk.do_now(Act(work))

    def there(self, rid: UUID, kind: str = "Patient") -> list[Resource]:
        """Every resource with this identity at the platform, not only one of them."""
        value = str(rid)
        return [
            body
            for body in self.platform.resources(kind)
            if any(
                one.get("value") == value and not one["system"].endswith("superseded") for one in _marks(body)
            )
        ]

    def states(self, rid: UUID) -> list[tuple[int, str]]:
        """(revision, state) of a record's lines in the outbox."""
        found = Look(
            lambda reader: [
                (row.revision, row.state)
                for row in reader.session.query(Outbox).filter_by(record=rid).order_by(Outbox.id)
            ]
        )
        states: list[tuple[int, str]] = self.station.desk.ask_now(found)
        return states

    def words(self, rid: UUID) -> str:
        """Why the newest line of a record is where it is."""
        query = "select words from outbox where record = :rid order by id desc limit 1"
        return str(rows(self.station, query, rid=rid.bytes)[0][0])

    def remote(self, rid: UUID) -> Remote:
        found = Look(lambda reader: reader.session.query(Remote).filter_by(rid=rid).one())
        row: Remote = self.station.desk.ask_now(found)
        return row

    def waiting(self) -> list[tuple[Any, ...]]:
        """(kind, state, count, words) of what is not confirmed."""
        return rows(
            self.station,
            "select kind, state, count(*), words from outbox where state <> 'acked' group by kind, state, words",
        )

    def mark(self, key: str) -> str | None:
        """A mark as it is kept, as text."""
        found = rows(self.station, "select value from sync_mark where key = :key", key=key)
        return found[0][0] if found else None


def sends(kind: str, bundle: str = "") -> Any:
    """A predicate: requests that carry a resource of this type to the platform."""

    def when(request: Request) -> bool:
        return (
            request.method == "POST" and request.speaks_of(kind) and (not bundle or request.bundle == bundle)
        )

    return when


def _marks(body: Resource) -> list[dict[str, str]]:
    listed = body.get("identifier") or []
    marks = listed if isinstance(listed, list) else [listed]
    tags = [
        {"system": one["system"], "value": one["code"]}
        for one in body["meta"].get("tag", [])
        if "system" in one and one["system"].endswith((":rid", "superseded"))
    ]
    return [*marks, *([] if marks else tags)]
