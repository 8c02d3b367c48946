"""The desk: orders and questions come back, who and when are taken at hand-over, refusals leave nothing behind."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.compose import Station
from app.core.changes import Changes
from app.core.clock import SetClock
from app.core.errors import Cancelled, Refusal, Trouble
from app.core.unit import Reader, Unit
from app.core.watch import Watch
from db.models import Resident
from tests.support.acts import Act, Admit, Look, count, rows
from tests.support.log import LogWatch


def test_an_order_is_done_and_a_question_sees_it(station: Station) -> None:
    async def work() -> tuple[Any, Any]:
        rid = await station.desk.do(Admit("王秀英"))
        return rid, await station.desk.ask(Look(lambda reader: reader.session.get_one(Resident, rid).name))

    rid, name = asyncio.run(work())
    assert name == "王秀英"
    assert rows(station, "select number from resident where rid = :rid", rid=rid.bytes) == [("01-000001",)]


def test_who_and_when_are_taken_when_the_order_is_handed_over(station: Station) -> None:
    clock = station.clock
    assert isinstance(clock, SetClock)
    begun, go_on = threading.Event(), threading.Event()
    nurse = station.desk.actor
    assert nurse is not None

    def hold(_unit: Unit) -> None:
        begun.set()
        assert go_on.wait(5)

    held = station.desk.post(Act(hold))
    assert begun.wait(5)
    pressed = clock.now()
    waiting = station.desk.post(Act(lambda unit: (unit.actor.name, unit.now, unit.today)))
    station.desk.actor = replace(nurse, name="后来的人")
    clock.forward(timedelta(hours=20))
    go_on.set()
    held.result(5)
    name, now, today = waiting.result(5)
    assert (name, now) == (nurse.name, pressed)
    assert today.isoformat() == "2026-11-24"
    assert station.desk.do_now(Act(lambda unit: unit.actor.name)) == "后来的人"


@pytest.mark.parametrize("error", [Refusal("不行。"), Cancelled(), ZeroDivisionError(), TypeError("a bug")])
def test_whatever_stops_an_act_leaves_nothing_of_it(station: Station, error: Exception) -> None:
    station.desk.do_now(Admit("甲"))
    tables = ("resident", "outbox", "audit", "register_version", "sequence")
    before = [count(station, table) for table in tables]
    heard: list[Changes] = []
    station.desk.listen(heard.append)

    def stop(unit: Unit) -> None:
        row = Resident(**unit.stamp(), number=unit.next_number("resident"), name="乙", sex="1")
        unit.session.add(row)
        unit.session.flush()
        unit.note("read", "resident", row.rid)
        raise error

    with pytest.raises(type(error)):
        station.desk.do_now(Act(stop))
    assert [count(station, table) for table in tables] == before
    assert heard == []
    station.desk.do_now(Admit("丙"))
    assert rows(station, "select number from resident order by number") == [("01-000001",), ("01-000002",)]


def test_numbers_come_in_runs_and_never_twice(station: Station) -> None:
    def take(unit: Unit) -> list[str]:
        return [unit.next_number("sheet"), *unit.next_numbers("sheet", 3), unit.next_number("sheet", 4)]

    taken = station.desk.do_now(Act(take))
    assert taken == ["01-000001", "01-000002", "01-000003", "01-000004", "01-0005"]
    assert station.desk.do_now(Act(lambda unit: unit.next_number("sheet"))) == "01-000006"


def test_one_commit_is_told_once_to_every_listener(station: Station, expected_log: LogWatch) -> None:
    heard: list[Changes] = []

    def fail(_changes: Changes) -> None:
        raise RuntimeError("deaf")

    station.desk.listen(fail)
    stop = station.desk.listen(heard.append)

    def two(unit: Unit) -> None:
        for name in ("甲", "乙"):
            unit.session.add(
                Resident(**unit.stamp(), number=unit.next_number("resident"), name=name, sex="1")
            )
            unit.session.flush()

    with expected_log.expect("a listener failed", logging.ERROR):
        station.desk.do_now(Act(two))
    assert [(len(changes.pairs), changes.kinds) for changes in heard] == [(2, frozenset({"resident"}))]
    assert heard[0].touches("bed", "resident")
    assert not heard[0].touches("bed")
    assert count(station, "resident") == 2
    stop()
    stop()
    station.desk.do_now(Act(lambda _unit: None))
    with expected_log.expect("a listener failed", logging.ERROR):
        station.desk.do_now(Admit("丙"))
    assert len(heard) == 1


def test_closing_finishes_the_queue_and_then_takes_nothing(station: Station) -> None:
    desk = station.desk
    begun, go_on = threading.Event(), threading.Event()

    def hold(_unit: Unit) -> None:
        begun.set()
        assert go_on.wait(5)

    first = desk.post(Act(hold))
    assert begun.wait(5)
    queued = [desk.post(Admit(f"老人{number}")) for number in range(20)]
    closing = threading.Thread(target=station.sign_out)
    closing.start()
    go_on.set()
    closing.join(10)
    assert first.done()
    assert all(future.result(0) for future in queued)
    with pytest.raises(Trouble, match="已退出登录"):
        desk.post(Admit("晚到"))
    with pytest.raises(Trouble, match="已退出登录"):
        desk.pose(Look(lambda _reader: 1))
    with pytest.raises(Trouble, match="还没有人登录"):
        _ = station.desk
    station.sign_in("0317", "Gentle-2026")
    assert count(station, "resident") == 20


def test_long_work_reports_and_cancelling_takes_everything_back(station: Station) -> None:
    told: list[tuple[int, int, str]] = []

    def on_report(done: int, total: int, words: str) -> None:
        told.append((done, total, words))
        if done == 3:
            watch.cancel()

    watch = Watch(on_report)

    def many(unit: Unit) -> None:
        for number in range(10):
            unit.session.add(
                Resident(**unit.stamp(), number=unit.next_number("resident"), name="众", sex="1")
            )
            unit.watch.report(number, 10, "正在导入")

    with pytest.raises(Cancelled):
        station.desk.do_now(Act(many), watch)
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert watch.cancelled
    assert count(station, "resident") == 0


def test_three_readers_go_on_beside_a_busy_writer(station: Station) -> None:
    station.desk.do_now(Admit("先来的"))
    begun, go_on = threading.Event(), threading.Event()
    together = threading.Barrier(3)

    def hold(unit: Unit) -> None:
        row = Resident(**unit.stamp(), number=unit.next_number("resident"), name="还没提交", sex="1")
        unit.session.add(row)
        unit.session.flush()
        begun.set()
        assert go_on.wait(10)

    def read(reader: Reader) -> list[str]:
        together.wait(5)  # passes only if three read at once
        return list(reader.session.scalars(select(Resident.name)))

    writing = station.desk.post(Act(hold))
    assert begun.wait(5)
    asked = [station.desk.pose(Look(read)) for _ in range(3)]
    answers = [future.result(5) for future in asked]
    assert answers == [["先来的"]] * 3
    assert not writing.done()
    go_on.set()
    writing.result(5)


def test_a_question_cannot_write(station: Station) -> None:
    def write(reader: Reader) -> None:
        reader.session.add(
            Resident(
                rid=station.ids.new(reader.now),
                station="01",
                author=reader.actor.rid,
                author_role="nurse",
                at=reader.now,
                recorded_at=reader.now,
                number="x",
                name="偷写",
                sex="1",
            )
        )
        reader.session.flush()

    with pytest.raises(Trouble, match="只能读"):
        station.desk.ask_now(Look(write))
    assert count(station, "resident") == 0


def test_nobody_at_the_desk_means_nothing_is_done(station: Station) -> None:
    station.desk.actor = None
    with pytest.raises(Trouble, match="还没有人登录"):
        station.desk.do_now(Admit("无主"))
    with pytest.raises(Trouble, match="还没有人登录"):
        station.desk.ask_now(Look(lambda _reader: 1))


def test_a_waiting_order_that_is_called_off_is_never_done(station: Station) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(_unit: Unit) -> None:
        begun.set()
        assert go_on.wait(5)

    held = station.desk.post(Act(hold))
    assert begun.wait(5)
    waiting = station.desk.post(Admit("不要了"))
    assert waiting.cancel()
    go_on.set()
    held.result(5)
    assert count(station, "resident") == 0


def test_an_error_in_the_log_tells_no_name(station: Station) -> None:
    def nameless(unit: Unit) -> None:
        row = Resident(**unit.stamp(), number="01-000001", name="王秀英", sex="男")
        unit.session.add(row)

    with pytest.raises(IntegrityError) as caught:
        station.desk.do_now(Act(nameless))
    assert "王秀英" not in str(caught.value)
    assert "ck_resident_sex" in str(caught.value)
