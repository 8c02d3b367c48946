"""A small house for tests of care: two residents on one floor, one of them with a plan, and a clock to be put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.care.forms import TaskForm
from app.care.queries import Board, ShiftBoard, SlotRow
from app.care.service import PlanTask
from app.compose import Station
from app.core.clock import SetClock
from app.core.unit import Unit
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.rules import read_place
from app.residents.service import CreateResident
from db.models import Absence
from tests.support.acts import Act

DAY = date(2026, 11, 24)
SHANGHAI = ZoneInfo("Asia/Shanghai")
WATER = TaskForm("喂水", "9:30 14:30 20:00", "进食饮水依赖", "每天饮水足量", begins=DAY)


@dataclass
class Home:
    """李桂兰 in 301-1 and 王素芬 in 301-2 of 2号楼."""

    station: Station
    li: UUID
    wang: UUID

    def put(self, hour: int, minute: int = 0, day: date = DAY) -> None:
        """Put the clock to a time of the institution's day."""
        assert isinstance(self.station.clock, SetClock)
        whole = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        self.station.clock.put((whole + timedelta(hours=hour, minutes=minute)).astimezone(UTC))

    def plan(self, words: str, times: str, resident: UUID | None = None, **more: str) -> UUID:
        form = replace(WATER, words=words, times=times, begins=self.today, **more)  # type: ignore[arg-type]  # more are texts
        return self.station.desk.do_now(PlanTask(resident or self.li, form))

    def board(self, day: date | None = None, shift: str | None = None) -> Board:
        return self.station.desk.ask_now(ShiftBoard(None, day, shift, earlier=True))

    def slots(self, day: date | None = None, shift: str | None = None) -> tuple[SlotRow, ...]:
        return self.board(day, shift).slots

    def slot(self, title: str, day: date | None = None, shift: str | None = None) -> SlotRow:
        """The slot that reads like this: `09:30 喂水`."""
        return next(one for one in self.slots(day, shift) if one.title == title)

    def away(
        self, code: str, begins: datetime, ends: datetime | None = None, who: UUID | None = None
    ) -> None:
        def write(unit: Unit) -> None:
            unit.session.add(
                Absence(
                    **unit.stamp(),
                    revision=1,
                    resident=who or self.li,
                    stay=UUID(int=7),
                    code=code,
                    begins=begins,
                    ends=ends,
                )
            )

        self.station.desk.do_now(Act(write))

    @property
    def today(self) -> date:
        return self.station.clock.now().astimezone(SHANGHAI).date()


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """An instant by the institution's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def furnished(station: Station) -> Iterator[Home]:
    """The house at 06:00."""
    station.desk.do_now(AddBeds("2号楼", "3层", "301", "1-3", "nursing"))
    rids = [
        station.desk.do_now(
            CreateResident(
                ResidentForm(
                    name, "2", date(1940, 1, 1), place=read_place(bed=bed), admitted_on=date(2026, 10, 1)
                )
            )
        )
        for name, bed in (("李桂兰", "2号楼301-1"), ("王素芬", "2号楼301-2"))
    ]
    home = Home(station, *rids)
    home.put(6)
    yield home
