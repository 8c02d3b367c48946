"""A floor with plans for tests of the care screens: invented residents, a shift that goes on, real keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.care.forms import TaskForm
from app.care.queries import ShiftBoard, SlotRow
from app.care.service import PlanTask
from app.compose import Station
from app.core.clock import SetClock
from tests.ui.residents.stage import Stage, on_stage, people, until
from ui.care.care_view import CareView
from ui.kit import Sheet

DAY = date(2026, 11, 24)
TASKS = (("喂水", "9:30 14:30"), ("翻身", "8:00 10:00 12:00"), ("读报", "9:00"))
S = TypeVar("S", bound=Sheet)


def put(station: Station, hour: int, minute: int = 0) -> None:
    """Put the clock to a time of the day the tests live in (hours beyond 24: the next one)."""
    assert isinstance(station.clock, SetClock)
    midnight = datetime(DAY.year, DAY.month, DAY.day, tzinfo=ZoneInfo("Asia/Shanghai"))
    station.clock.put((midnight + timedelta(hours=hour, minutes=minute)).astimezone(UTC))


def planned(station: Station, count: int = 3) -> list[UUID]:
    """Invented residents, each with the three tasks from 07:00 on; then it is 09:40."""
    put(station, 7)
    rids = people(station, count)
    for rid in rids:
        for words, times in TASKS:
            station.desk.do_now(PlanTask(rid, TaskForm(words, times, begins=DAY)))
    put(station, 9, 40)
    return rids


def slots(station: Station, rid: UUID | None = None) -> tuple[SlotRow, ...]:
    """The slots of the day shift, of one resident or of the floor."""
    board = station.desk.ask_now(ShiftBoard(None, DAY, "day"))
    return tuple(slot for slot in board.slots if rid is None or slot.resident == rid)


def outcomes(station: Station, rid: UUID) -> dict[str, str]:
    """`08:00 翻身` → 已做."""
    return {slot.title: slot.words for slot in slots(station, rid)}


@asynccontextmanager
async def on_floor(
    station: Station, size: tuple[int, int] = (1440, 900)
) -> AsyncIterator[tuple[Stage, CareView]]:
    async with on_stage(station, size) as stage:
        view = stage.view("care")
        assert isinstance(view, CareView)
        await stage.settle()
        yield stage, view


def press(widget: QWidget, *keys: Qt.Key | str) -> None:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)


async def sheet(kind: type[S]) -> S:
    """The sheet that has just opened, once it has the keys."""
    await until(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    await until(found.isActiveWindow)
    return found


async def back(stage: Stage) -> None:
    """The window has the keys again: without a window manager nobody gives them back after a sheet."""
    await until(lambda: QApplication.activeModalWidget() is None)
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)
    await stage.settle()
