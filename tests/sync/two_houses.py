"""Two stations that know the same people, a platform between them, and a referral both of them move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.compose import Station
from app.core.clock import SetClock
from app.referrals.moving import SubmitReferral
from app.referrals.revising import Seen
from db.models import Absence, Referral
from tests.app.referrals.house import Desk
from tests.support.acts import Look
from tests.support.platform import Platform
from tests.sync.joined import Joined
from tests.sync.test_daily_record import aside


@dataclass
class Houses:
    """`desk` is station 01, `second` station 02."""

    desk: Desk
    second: Station
    platform: Platform

    def __post_init__(self) -> None:
        self.at = (Joined(self.desk.station, self.platform), Joined(self.second, self.platform))

    @property
    def stations(self) -> tuple[Station, Station]:
        return self.desk.station, self.second

    def put(self, hour: int, minute: int = 0) -> None:
        """Both clocks to the same time."""
        self.desk.put(hour, minute)
        clock = self.second.clock
        assert isinstance(clock, SetClock)
        clock.put(self.desk.station.clock.now())

    def sent(self) -> Seen:
        """A referral that both stations and the platform have."""
        self.put(8)
        seen: Seen = self.desk.do(SubmitReferral(self.desk.begun()))
        self.settle()
        return seen

    def settle(self) -> None:
        """Rounds at both until nothing is sent or taken any more."""
        for _ in range(8):
            done = [one.round() for one in self.at]
            if not any(one.sent or one.received or one.error for one in done):
                return
        raise AssertionError(f"it does not come to rest: {done} {[one.waiting() for one in self.at]}")

    def do(self, which: int, order: Any) -> Any:
        return self.stations[which].desk.do_now(order)

    def row(self, which: int, rid: UUID) -> Referral:
        found = select(Referral).where(Referral.rid == rid, Referral.current)
        row: Referral = self._look(which, lambda reader: reader.session.scalars(found).one())
        return row

    def moves(self, which: int, rid: UUID) -> list[str]:
        """The moves that stand."""
        return [one["to"] for one in self.row(which, rid).moves["all"] if not one.get("taken_back")]

    def away(self, which: int) -> list[Absence]:
        """Times in hospital of the resident that stand."""
        mine = (Absence.resident == self.desk.li, Absence.current, Absence.state != "retracted")
        found = select(Absence).where(*mine).order_by(Absence.begins)
        rows: list[Absence] = self._look(which, lambda reader: list(reader.session.scalars(found)))
        return rows

    def conflicts(self, which: int) -> list[str]:
        return [words for _, state, _, words in self.at[which].waiting() if state == "conflict"]

    def asks(self, which: int, kind: str) -> int:
        """How many records of a kind stand in conflict."""
        return sum(one == kind and state == "conflict" for one, state, *_ in self.at[which].waiting())

    def quiet(self) -> bool:
        """Nobody is asked anything, and nothing waits."""
        return not any([*one.waiting(), *aside(one.station)] for one in self.at)

    def agree(self, rid: UUID) -> bool:
        """Both stations say the same of the referral and of the time in hospital."""
        here, there = (self.row(which, rid) for which in (0, 1))
        same = (here.revision, here.station, here.status, here.moves, here.absence)
        away = [[time_away(one) for one in self.away(which)] for which in (0, 1)]
        return same == (there.revision, there.station, there.status, there.moves, there.absence) and (
            away[0] == away[1]
        )

    def _look(self, which: int, work: Any) -> Any:
        return self.stations[which].desk.ask_now(Look(work))


def time_away(row: Absence) -> tuple[Any, ...]:
    """What two stations must say alike of a time in hospital."""
    said = (row.begins, row.ends, row.condition, row.bed_kept, row.keep_until, row.state)
    return (row.rid, row.revision, row.station, *said)
