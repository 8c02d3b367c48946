"""A full disk, a disk that became read-only, flipped bits, a lost write-ahead log: told in words, nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from app.access.service import ChangeOwnPassword
from app.compose import Phase, Station, compose
from app.core import ballast
from app.core.clock import SetClock
from app.core.disk import DiskFull
from app.core.errors import Refusal, Trouble
from app.core.roles import Role
from app.core.unit import Unit
from app.core.verify import file_problems
from db.engine import WrongKey, connect
from db.models import Base, Resident
from tests.app.core.test_audit_chain import key_of, warnings
from tests.support.acts import Act, Admit, count, rows
from tests.support.log import LogWatch
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, open_station, set_up_form


def system(tool: str, *arguments: str) -> bool:
    """Whether a tool of the system could do it."""
    found = shutil.which(tool)
    if found is None:
        return False
    return subprocess.run([found, *arguments], check=False, capture_output=True).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of thirty-two megabytes; only where tests may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not system("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(disk)):
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    assert system("umount", str(disk))


def fill(disk: Path) -> Path:
    """Take all the room that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return filler
    return filler


def long_name(number: int) -> Act:
    """An act that takes some kilobytes."""

    def work(unit: Unit) -> None:
        name, long = f"老人{number}", "长" * 20_000
        row = Resident(**unit.stamp(), number=unit.next_number("resident"), name=name, sex="1", address=long)
        unit.session.add(row)

    return Act(work)


def work_until_full(station: Station, expected_log: LogWatch) -> int:
    """Acts done before the disk refused one, the ballast given back."""
    done: list[int] = []

    def work() -> None:
        for number in range(10_000):
            station.desk.do_now(long_name(number))
            done.append(number)

    told = expected_log.expect("the ballast was given back")
    with told, pytest.raises(DiskFull, match="磁盘已满，这一步没有保存"):
        work()
    return len(done)


def test_a_full_disk_is_said_so_and_work_goes_on_when_there_is_room(
    founded: Founded, small_disk: Path, expected_log: LogWatch
) -> None:
    home = founded.copy(small_disk / "home")
    station = open_station(home)
    assert (home / "ballast").stat().st_size == ballast.SIZE
    filler = fill(small_disk)
    done = work_until_full(station, expected_log)
    # the ballast gave its room first: some acts were still saved on a disk that was full
    assert not (home / "ballast").exists()
    assert done >= 10
    assert count(station, "resident") == done
    for _ in range(3):
        with pytest.raises(DiskFull):
            station.desk.do_now(long_name(0))
    assert count(station, "resident") == done
    filler.unlink()
    station.desk.do_now(Admit("最后一位"))
    assert count(station, "resident") == done + 1
    [(numbers,)] = rows(station, "select count(distinct number) from resident")
    assert numbers == done + 1
    station.close()
    assert warnings(home) == ()
    assert (home / "ballast").stat().st_size == ballast.SIZE
    raw = connect(home / "station" / "station.db", key_of(home))
    assert file_problems(raw) == []
    raw.close()


def test_signing_in_on_a_full_disk_uses_the_ballast_and_warns(
    founded: Founded, small_disk: Path, expected_log: LogWatch
) -> None:
    home = founded.copy(small_disk / "home")
    open_station(home).close()
    filler = fill(small_disk)
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with expected_log.expect("the ballast was given back"):
        came = station.sign_in("0412", PASSWORD)
    assert came.actor.name == "林晓燕"
    assert came.warnings == ("磁盘快满了，请尽快清出一些空间。",)
    assert not (home / "ballast").exists()
    station.close()
    more = fill(home)
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with pytest.raises(Trouble, match="磁盘已满，打不开"):
        station.sign_in("0412", PASSWORD)
    assert station.phase is Phase.CLOSED
    more.unlink()
    filler.unlink()
    assert station.sign_in("0412", PASSWORD).warnings == ()
    station.close()


def test_set_up_on_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    home = small_disk / "home"
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with (small_disk / "filler").open("wb", buffering=0) as file:
        file.write(bytes(32 * 1024 * 1024 - 200 * 1024))
    with pytest.raises(Trouble, match="什么也没有留下"):
        station.set_up(set_up_form())
    assert [path.name for path in home.iterdir()] == []
    assert station.phase is Phase.EMPTY
    (small_disk / "filler").unlink()
    assert station.set_up(set_up_form())
    station.close()


def test_a_change_of_password_on_a_full_disk_changes_nothing(
    founded: Founded, small_disk: Path, expected_log: LogWatch
) -> None:
    home = founded.copy(small_disk / "home")
    station = open_station(home, Role.NURSE)
    filler = fill(small_disk)
    slot = station.keyring.wrap(("0412", "林晓燕"), "Brand-new-55")
    work_until_full(station, expected_log)
    with pytest.raises(Trouble, match="没有"):
        station.desk.do_now(ChangeOwnPassword(slot))
    filler.unlink()
    station.sign_out()
    with pytest.raises(Refusal):
        station.sign_in("0412", "Brand-new-55")
    assert station.sign_in("0412", PASSWORD).warnings == ()
    station.close()


def test_a_disk_that_became_read_only_is_said_so(founded: Founded, small_disk: Path) -> None:
    home = founded.copy(small_disk / "home")
    open_station(home).close()
    assert system("mount", "-o", "remount,ro", str(small_disk))
    with pytest.raises(Trouble, match="不能写入"):
        compose(home, clock=SetClock(MORNING), cost=CHEAP)
    assert system("mount", "-o", "remount,rw", str(small_disk))
    assert warnings(home) == ()


def test_a_full_file_is_said_so_where_no_disk_can_be_mounted(
    station: Station, expected_log: LogWatch
) -> None:
    """SQLite's own limit stands for the disk: the same words, the same way back."""

    def limit(pages: int) -> Act:
        return Act(lambda unit: unit.session.execute(text(f"pragma max_page_count = {pages}")).all())

    [(pages,)] = rows(station, "pragma page_count")
    assert station.home.ballast.exists()
    station.desk.do_now(limit(int(str(pages)) + 40))
    done = work_until_full(station, expected_log)
    assert not station.home.ballast.exists()
    assert count(station, "resident") == done
    station.desk.do_now(limit(100_000))
    station.desk.do_now(long_name(done))
    assert count(station, "resident") == done + 1


def test_a_flipped_bit_in_the_first_pages_is_refused_and_left_alone(home: Path) -> None:
    path = home / "station" / "station.db"
    whole = path.read_bytes()
    for at in (3, 16, 100, 4000, 4095):
        broken = bytearray(whole)
        broken[at] ^= 0x10
        path.write_bytes(broken)
        station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
        with pytest.raises(Trouble, match="损坏") as caught:
            station.sign_in("0317", PASSWORD)
        assert "原样保留" in caught.value.remedy
        assert station.phase is Phase.CLOSED
        station.close()
        assert path.read_bytes() == bytes(broken)
    path.write_bytes(whole)
    assert warnings(home) == ()


def outcome(home: Path) -> str:
    """What becomes of signing in and reading everything: refused, told while reading, or unused (no page needed)."""
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    words = "refused"
    try:
        station.sign_in("0317", PASSWORD)
        words = "told"
        for table in Base.metadata.sorted_tables:
            rows(station, f"select * from {table.name}")  # noqa: S608  # names of our own tables
    except Trouble as trouble:
        return f"{words} {'损坏' in trouble.text}"
    finally:
        station.close()
    return "unused"


def problems_of(path: Path, key: bytes) -> list[str]:
    try:
        raw = connect(path, key, read_only=True)
    except (sqlcipher.DatabaseError, WrongKey) as error:
        return [str(error)]
    try:
        return file_problems(raw)
    finally:
        raw.close()


def test_a_flipped_bit_anywhere_is_found_and_never_read_as_truth(home: Path) -> None:
    path, key = home / "station" / "station.db", key_of(home)
    whole = path.read_bytes()
    assert problems_of(path, key) == []
    chance = random.Random(11)
    outcomes = []
    for _ in range(30):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        assert problems_of(path, key)
        outcomes.append(outcome(home))
        for name in ("station.db-wal", "station.db-shm"):
            (home / "station" / name).unlink(missing_ok=True)
    assert set(outcomes) <= {"refused True", "told True", "unused"}
    assert "refused True" in outcomes


def test_a_lost_write_ahead_log_is_noticed(home: Path, tmp_path: Path) -> None:
    station = open_station(home)
    for number in range(5):
        station.desk.do_now(Admit(f"老人{number}"))
    crashed = tmp_path / "crashed"
    shutil.copytree(home, crashed)
    station.close()
    whole = tmp_path / "whole"
    shutil.copytree(crashed, whole)
    assert warnings(whole) == ()
    for name in ("station.db-wal", "station.db-shm"):
        (crashed / "station" / name).unlink()
    assert "末尾缺失" in warnings(crashed)[0]
