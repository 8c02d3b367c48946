"""The engine of an open station: begins at sign-in, follows settings, goes on while locked, ends at sign-out."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from app.access.decisions import ChangeSettings
from app.compose import Station, compose
from app.core.clock import SystemClock
from app.core.roles import Role
from tests.support.acts import Admit, rows
from tests.support.loop import run
from tests.support.platform import Platform
from tests.support.station import CHEAP, PASSWORD, PEOPLE


def opened(home: Path, address: str) -> Station:
    station = compose(home, clock=SystemClock(), cost=CHEAP, environ={"CARESTATION_PLATFORM": address})
    station.syncs = True
    station.sign_in(PEOPLE[Role.ADMINISTRATOR].number, PASSWORD)
    return station


SUCCESS = "select 1 from sync_mark where key = 'success'"


def succeeded(station: Station, query: str = SUCCESS, **values: object) -> bool:
    """Wait for the first complete success, or until another question finds a row."""
    end, never = time.monotonic() + 15, threading.Event()
    while not rows(station, query, **values):
        if time.monotonic() > end:
            return False
        never.wait(0.02)
    return True


def test_it_begins_at_sign_in_and_ends_at_sign_out(home: Path) -> None:
    with Platform() as platform:
        station = opened(home, platform.address)
        assert succeeded(station)
        assert "sync" in {thread.name for thread in threading.enumerate()}
        begun = time.monotonic()
        station.sign_out()
        assert time.monotonic() - begun < 1.5
        assert "sync" not in {thread.name for thread in threading.enumerate()}
        station.close()
        assert len(platform.resources("Practitioner")) == 7


def test_another_person_at_the_desk_changes_nothing_for_it(home: Path) -> None:
    with Platform() as platform:
        station = opened(home, platform.address)
        station.sign_in(PEOPLE[Role.NURSE].number, PASSWORD)
        rid = station.desk.do_now(Admit("欧阳淑华"))
        acked = "select 1 from outbox where record = :rid and state = 'acked'"
        assert succeeded(station, acked, rid=rid.bytes)
        station.sync.stop()
        station.close()
        assert str(rid) in str(platform.resources("Patient"))


def test_a_command_starts_none(home: Path) -> None:
    station = compose(
        home, clock=SystemClock(), cost=CHEAP, environ={"CARESTATION_PLATFORM": "http://127.0.0.1:9"}
    )
    station.sign_in(PEOPLE[Role.ADMINISTRATOR].number, PASSWORD)
    assert "sync" not in {thread.name for thread in threading.enumerate()}
    assert station.access is not None
    station.close()


def test_changed_settings_wake_it(home: Path, qapp: object) -> None:
    with Platform() as platform:
        station = opened(home, platform.address)
        assert succeeded(station)
        before = len(platform.requests)
        run(qapp, station.change_settings(ChangeSettings(lock_after_minutes=7, stack_level_raises=False)))  # type: ignore[arg-type]  # the fixture's type
        woken = threading.Event()
        for _ in range(300):
            if len(platform.requests) > before or woken.wait(0.02):
                break
        assert len(platform.requests) > before
        station.close()
