"""The engine: rounds by themselves, at once when asked, after news, past errors; an end that is quick."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from app.core.changes import Changes
from app.core.clock import SetClock, SystemClock
from app.core.roles import PLATFORM, Role
from app.sync.access import Access
from app.sync.acts import SyncNow
from app.sync.engine import Rhythm, SyncEngine
from app.sync.round import Rounds
from tests.support.log import LogWatch
from tests.support.platform import Fault
from tests.support.station import become
from tests.sync.joined import QUICK, Joined, sends


class Running:
    """An engine on a joined station, and a way to wait for what it does."""

    def __init__(self, joined: Joined) -> None:
        self.joined = joined
        self.access: Access | None = joined.access
        self.bug: KeyError | None = None
        self.engine = SyncEngine(
            joined.station.desk,
            self._access,
            rounds=Rounds(joined.station.desk, tempo=QUICK),
            rhythm=Rhythm(debounce=0.02),
        )
        self._heard = threading.Condition()
        joined.station.desk.listen(self._hear)

    def _access(self) -> Access | None:
        if self.bug:
            raise self.bug
        return self.access

    def _hear(self, _changes: Changes) -> None:
        with self._heard:
            self._heard.notify_all()

    def until(self, what: Callable[[], bool], seconds: float = 10.0) -> bool:
        """Wait for news until it is so."""
        end = time.monotonic() + seconds
        with self._heard:
            while not what():
                if time.monotonic() > end:
                    return False
                self._heard.wait(0.05)
        return True


@pytest.fixture
def running(joined: Joined) -> Iterator[Running]:
    found = Running(joined)
    yield found
    found.engine.stop()


def test_it_begins_by_itself_and_sends_what_a_nurse_writes(running: Running) -> None:
    running.engine.start()
    assert running.until(lambda: running.joined.mark("success") is not None)
    (rid,) = running.joined.admit("欧阳淑华")
    assert running.until(lambda: running.joined.states(rid) == [(1, "acked")])
    assert len(running.joined.there(rid)) == 1


def test_a_press_brings_a_round_at_once_after_errors(running: Running) -> None:
    running.joined.platform.stop()
    running.engine.start()
    assert running.until(lambda: '"offline"' in str(running.joined.mark("state")))
    running.joined.platform.start()
    running.joined.station.desk.do_now(SyncNow())
    assert running.until(lambda: running.joined.mark("success") is not None)


def test_presses_during_a_round_double_nothing(running: Running) -> None:
    slow = threading.Event()
    rids = running.joined.admit("欧阳淑华", "王建国")
    planned = running.joined.platform.faults.next(Fault.late(until=slow), sends("Patient"))
    running.engine.start()
    assert planned.met.wait(10)
    for _ in range(5):
        running.engine.now()
    slow.set()
    assert running.until(lambda: running.joined.mark("success") is not None)
    assert [len(running.joined.there(rid)) for rid in rids] == [1, 1]


def test_stopping_lets_what_is_on_its_way_come_back(running: Running) -> None:
    slow = threading.Event()
    (rid,) = running.joined.admit("欧阳淑华")
    planned = running.joined.platform.faults.next(Fault.late(until=slow), sends("Patient"))
    running.engine.start()
    assert planned.met.wait(10)
    threading.Timer(0.1, slow.set).start()
    running.engine.stop()
    assert running.joined.states(rid) == [(1, "acked")]


def test_stopping_does_not_wait_for_ever(running: Running) -> None:
    (rid,) = running.joined.admit("欧阳淑华")
    hangs = threading.Event()
    planned = running.joined.platform.faults.next(Fault.late(until=hangs), sends("Patient"))
    running.engine.start()
    assert planned.met.wait(10)
    begun = time.monotonic()
    running.engine.stop(0.2)
    assert time.monotonic() - begun < 1.5
    assert running.joined.states(rid) == [(1, "sending")]
    hangs.set()
    running.joined.rounds_until_quiet()
    assert len(running.joined.there(rid)) == 1


def test_no_platform_is_said_and_a_new_address_is_taken(running: Running) -> None:
    running.access = None
    running.engine.start()
    assert running.until(lambda: '"off"' in str(running.joined.mark("state")))
    running.access = running.joined.access
    running.engine.now()
    assert running.until(lambda: running.joined.mark("success") is not None)


def test_a_bug_in_a_round_ends_no_engine(running: Running, expected_log: LogWatch) -> None:
    running.bug = KeyError("a bug")
    with expected_log.expect("a round of sync failed", level=logging.ERROR):
        running.engine.start()
        assert running.until(lambda: "内部错误" in str(running.joined.mark("state")))
    running.bug = None
    running.engine.now()
    assert running.until(lambda: running.joined.mark("success") is not None)


def test_the_clock_is_compared_with_the_platforms(joined: Joined) -> None:
    clock = joined.station.clock
    assert isinstance(clock, SetClock)
    clock.put(SystemClock().now())  # the written platform tells the time of this computer
    joined.round()
    assert abs(clock.offset_ms or 0) < 3000


def test_who_may_press(joined: Joined) -> None:
    allowed = {Role.HEAD_NURSE, Role.NURSE, Role.DOCTOR, Role.MANAGER, Role.ADMINISTRATOR}
    for role in (Role.HEAD_NURSE, Role.NURSE, Role.DOCTOR, Role.MANAGER, Role.ADMINISTRATOR, Role.CAREGIVER):
        become(joined.station, role)
        pressed = joined.station.desk.post(SyncNow()).exception()
        assert (pressed is None) == (role in allowed)
    assert PLATFORM.role_code == "station"
