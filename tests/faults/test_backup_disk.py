"""A full or read-only place for backups is told in words; nothing half stays, what was there is good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.backup.acts import ChangeBackups
from app.backup.keeping import copy_there, place_problem, same_disk
from app.compose import Station
from app.core.errors import Trouble
from app.core.watch import Watch
from tests.faults.test_core_disk import fill, small_disk, system
from tests.support.acts import Admit
from tests.support.log import LogWatch
from tests.support.station import Founded, open_station

__all__ = ["small_disk"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_no_room_in_the_first_place(founded: Founded, small_disk: Path, expected_log: LogWatch) -> None:
    station = open_station(founded.copy(small_disk / "home"))
    station.backups.by_hand(Watch())
    before = names(station.home.backups)
    filler = fill(small_disk)
    told = expected_log.expect(
        "what became of the backup was not noted"
    )  # there is no room for the note either
    with told, pytest.raises(Trouble, match=r"空间不够，还差 \d+ MB") as caught:
        station.backups.by_hand(Watch())
    assert "以前的备份都在" in caught.value.remedy
    assert names(station.home.backups) == before
    filler.unlink()
    station.backups.by_hand(Watch())
    station.close()


def test_room_that_runs_out_half_way(
    founded: Founded, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = open_station(founded.copy(small_disk / "home"))
    monkeypatch.setattr("app.backup.keeping.make_room", lambda *_: None)
    filler = fill(small_disk)
    with pytest.raises(Trouble, match="空间不够"):
        station.backups.by_hand(Watch(), small_disk / "to")
    with filler.open("r+b") as file:  # some room: the copy fits, the file does not
        file.truncate(filler.stat().st_size - station.home.database.stat().st_size - 150_000)
    with pytest.raises(Trouble, match="空间不够"):
        station.backups.by_hand(Watch(), small_disk / "to")
    assert names(small_disk / "to") == []
    station.close()


def test_a_full_second_place(station: Station, small_disk: Path) -> None:
    made = station.backups.by_hand(Watch())
    fill(small_disk)
    with pytest.raises(Trouble, match="空间不够") as caught:
        copy_there(made.file, small_disk, station.backups.owner, Watch())
    assert "第一份备份是好的" in caught.value.remedy
    assert names(small_disk) == ["filler"]


def test_a_read_only_second_place(station: Station, small_disk: Path) -> None:
    assert system("mount", "-o", "remount,ro", str(small_disk))
    settings = station.desk.do_now(ChangeBackups(4, str(small_disk)))
    station.desk.surroundings = replace(station.desk.surroundings, settings=settings)
    station.desk.do_now(Admit("王秀英"))
    made = station.backups.by_itself(Watch())
    assert made is not None
    assert made.file.exists()
    assert "只能读，不能写" in station.backups.last.second_problem
    assert place_problem(str(small_disk), station.home.backups) == "这个文件夹不能写入。"


def test_a_place_is_checked_as_it_is_typed(station: Station, tmp_path: Path, small_disk: Path) -> None:
    backups = station.home.backups
    backups.mkdir()
    assert place_problem("", backups) == ""
    assert place_problem("usb", backups) == "请写完整的路径。"
    assert place_problem(str(tmp_path / "gone"), backups) == "没有这个文件夹。"
    assert "第一个备份位置" in place_problem(str(backups), backups)
    assert place_problem(str(tmp_path), backups) == ""
    assert same_disk(str(tmp_path), station.home.root)
    assert not same_disk(str(small_disk), station.home.root)
