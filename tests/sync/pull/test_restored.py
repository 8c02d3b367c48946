"""A station restored from yesterday: newer work at the platform stays, nothing is doubled, the conflict is shown."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.clock import SetClock
from app.core.unit import Unit
from db.models import Sequence, SyncMark
from tests.support.acts import Act, rows
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.support.station import open_station
from tests.sync.joined import Joined

LATER = timedelta(minutes=5)


def joined(home: Path, platform: Platform, after: timedelta = timedelta(0)) -> Joined:
    """The station of a home, some time after the morning."""
    station = open_station(home)
    assert isinstance(station.clock, SetClock)
    station.clock.forward(after)
    return Joined(station, platform)


def mark_restored(one: Joined) -> None:
    """What a restore leaves behind: numbers that were never given, and the mark."""
    now = one.station.clock.now()

    def work(unit: Unit) -> None:
        for sequence in unit.session.query(Sequence):
            sequence.next += 1000
        unit.session.add(SyncMark(key="reconcile", value={"since": now.isoformat()}))

    one.station.desk.do_now(Act(work))
    clock = one.station.clock
    assert isinstance(clock, SetClock)
    clock.forward(timedelta(seconds=1))


def phone(one: Joined, rid: UUID) -> str:
    found = rows(one.station, "select phone from resident where rid = :rid", rid=rid.bytes)
    return str(found[0][0])


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("past", ["synced", "never synced"])
def test_a_restored_station_overwrites_nothing(home: Path, tmp_path: Path, column: str, past: str) -> None:
    with Platform(Behaviour.named(column)) as platform:
        before = joined(home, platform)
        edited_twice, edited_there, untouched = before.admit("王秀英", "赵国栋", "钱桂兰")
        if past == "synced":
            before.rounds_until_quiet()
        before.station.close()
        backup = shutil.copytree(home, tmp_path / "restored")

        lost = joined(home, platform, LATER)
        lost.edit(edited_twice, phone="021-11110000")
        lost.edit(edited_there, phone="021-22220000")
        (admitted_there,) = lost.admit("孙学勤")
        lost.rounds_until_quiet()
        numbers = rows(lost.station, "select number from resident order by number")
        lost.station.close()

        restored = joined(backup, platform, 2 * LATER)
        mark_restored(restored)
        restored.edit(edited_twice, phone="021-33330000")
        (admitted_here,) = restored.admit("李惠芳")
        try:
            for _ in range(4):
                restored.round()
            everyone = (edited_twice, edited_there, untouched, admitted_there, admitted_here)
            assert [len(restored.there(rid)) for rid in everyone] == [1] * 5
            (kept,) = restored.there(edited_twice)
            assert kept["telecom"][0]["value"] == "021-11110000"
            assert phone(restored, edited_twice) == "021-33330000"
            assert restored.states(edited_twice)[-1][1] == "conflict"
            assert "电话" in restored.words(edited_twice)
            assert phone(restored, edited_there) == "021-22220000"
            assert {state for _, state in restored.states(edited_there)} == {"acked"}
            assert {state for _, state in restored.states(untouched)} == {"acked"}
            found = rows(restored.station, "select number from resident order by number")
            assert len(found) == len(set(found)) == len(numbers) + 1
            assert restored.mark("reconcile") is None
        finally:
            restored.station.close()


def test_a_restored_station_sends_nothing_before_it_has_looked(home: Path, tmp_path: Path) -> None:
    with Platform() as platform:
        one = joined(home, platform)
        one.admit("王秀英")
        mark_restored(one)
        one.round()
        sends = [index for index, request in enumerate(platform.requests) if request.method != "GET"]
        looks = [index for index, request in enumerate(platform.requests) if request.path == "Patient"]
        one.station.close()
    assert looks[0] < sends[0]
