"""Puts the residents' screens on stage: the real frame over a real station with invented people in it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.assessments.instruments import shipped
from app.compose import Station
from app.core.unit import Unit
from app.demo.people import as_csv, invent
from app.demo.roster import admit
from app.residents.queries import FindResident
from db.models import Assessment, Draft
from tests.support.acts import Act
from ui.kit.view import Bench, View
from ui.places import PLACES
from ui.places.place import Place
from ui.shell.frame import Frame

TODAY = date(2026, 11, 24)
LEVELS = ((90, 0), (72, 1), (58, 2), (38, 3), (12, 4))


@dataclass
class Visits:
    """Where the screens led, beyond the residents' own places."""

    seen: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


class Elsewhere(View):
    """Stands for a place of another subject: remembers who came."""

    def __init__(self, bench: Bench, key: str, visits: Visits) -> None:
        super().__init__(bench, key)
        self._key, self._visits = key, visits
        QVBoxLayout(self).addWidget(QLabel(key))

    def opened(self, params: Mapping[str, Any]) -> None:
        self._visits.seen.append((self._key, dict(params)))


class Stage:
    """The frame in a window of its own; `visits` remembers who left for the assessments."""

    def __init__(self, station: Station, size: tuple[int, int] = (1440, 900)) -> None:
        self.visits = Visits()
        elsewhere = Place(
            "assessment", "评估", "", lambda b: Elsewhere(b, "assessment", self.visits), under="residents"
        )
        others = tuple(place for place in PLACES if place.key != "assessment")
        self.frame = Frame(station, (*others, elsewhere))
        self.frame.resize(*size)
        self.frame.show()

    def view(self, key: str, params: Mapping[str, Any] | None = None) -> Any:
        """Go to a place; the view that shows."""
        self.frame.go(key, params)
        return self.frame.pages.view

    @property
    def place(self) -> str:
        """The key of the place now shown."""
        return self.frame.pages.key

    def focus(self, otherwise: QWidget) -> QWidget:
        """Where a key goes now."""
        return self.frame.focusWidget() or otherwise

    async def settle(self) -> None:
        """Until nothing is under way and every answer has been shown."""
        await until(lambda: not any(view.errands.running for view in self.frame.findChildren(View)))
        for _ in range(3):
            await asyncio.sleep(0)  # what the answers set off: layouts, selections


@asynccontextmanager
async def on_stage(station: Station, size: tuple[int, int] = (1440, 900)) -> AsyncIterator[Stage]:
    """The frame of whoever is at the desk, until the block ends."""
    stage = Stage(station, size)
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)
    try:
        yield stage
        await stage.settle()
    finally:
        stage.frame.close_all()
        stage.frame.hide()
        stage.frame.deleteLater()
        await asyncio.sleep(0)


async def until(condition: Callable[[], object], patience: float = 15.0) -> None:
    """Let the loop turn until something is so; fails, naming nothing, after `patience` seconds."""
    async with asyncio.timeout(patience):
        while not condition():  # a condition of the screen tells nobody when it comes true
            await asyncio.sleep(0.002)


def people(station: Station, count: int = 12) -> list[UUID]:
    """Invented residents, the long and rare names first; their rids in the order they came."""
    admit(station.desk, as_csv(invent(count, TODAY, random.Random(7))))
    return [station.desk.ask_now(FindResident(str(number))).rid for number in range(1, count + 1)]


def assessed(station: Station, rid: UUID, total: int, *, days_ago: int = 100, due_in: int = 80) -> None:
    """A signed ability assessment, `due_in` days from today its next one."""
    level = next(level for least, level in ((90, 0), (66, 1), (46, 2), (30, 3), (0, 4)) if total >= least)
    reached = shipped()["gbt42195-2022"].level(level)

    def write(unit: Unit) -> None:
        unit.session.add(
            Assessment(
                **unit.stamp(),
                revision=1,
                resident=rid,
                number=unit.next_number("assessment"),
                instrument="gbt42195-2022",
                instrument_version="1",
                assessed_on=TODAY - timedelta(days=days_ago),
                occasion="常规评估",
                answers={},
                information={},
                sub_scores=_parts(total),
                total=total,
                initial_level=level,
                level=level,
                why=[],
                finding=reached.short,
                tone=reached.tone,
                due_on=TODAY + timedelta(days=due_in),
            )
        )

    station.desk.do_now(Act(write))


def _parts(total: int) -> dict[str, int]:
    """A total spread over the dimensions of the instrument."""
    dimensions = shipped()["gbt42195-2022"].dimensions
    return {one.code: total * one.maximum // 90 for one in dimensions}


def drafted(station: Station, rid: UUID) -> None:
    """An unfinished assessment of the person at the desk."""

    def write(unit: Unit) -> None:
        unit.session.add(
            Draft(
                person=unit.actor.rid,
                form="assessment:gbt42195-2022",
                subject=rid,
                content={},
                begun_at=unit.now,
                saved_at=unit.now,
            )
        )

    station.desk.do_now(Act(write))
