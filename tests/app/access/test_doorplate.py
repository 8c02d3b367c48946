"""What stands on the door before anyone has come in, read without the heavy libraries."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.access import doorplate
from app.core.errors import Trouble
from app.core.home import Home, Phase
from app.core.roles import Role
from tests.support.station import MORNING, open_station


def test_an_empty_home_has_nothing_on_its_door(tmp_path: Path) -> None:
    assert doorplate.read(Home(tmp_path), MORNING) == doorplate.Doorplate(Phase.EMPTY)


def test_place_people_and_who_came_today(home: Path) -> None:
    for role in (Role.NURSE, Role.DOCTOR, Role.NURSE, Role.HEAD_NURSE):
        open_station(home, role).close()
    plate = doorplate.read(Home(home), MORNING)
    assert (plate.phase, plate.institution, plate.station) == (Phase.CLOSED, "康宁养护院", "2号楼护理站")
    assert [one.name for one in plate.today] == ["周敏", "林晓燕", "陈永康"]
    assert len(plate.people) == 7
    assert doorplate.read(Home(home), MORNING + timedelta(hours=15, minutes=29)).today == plate.today
    assert doorplate.read(Home(home), MORNING + timedelta(hours=15, minutes=30)).today == ()  # midnight there


def test_a_person_is_known_by_number_or_name(home: Path) -> None:
    plate = doorplate.read(Home(home), MORNING)
    assert plate.person(" 0317 ") == plate.person("周敏") == doorplate.Person("0317", "周敏")
    assert plate.person("031") is None


def test_a_name_two_people_share_means_nobody() -> None:
    people = (doorplate.Person("1", "周敏"), doorplate.Person("2", "周敏"))
    plate = doorplate.Doorplate(Phase.CLOSED, people=people)
    assert plate.person("周敏") is None
    assert plate.person("2") == people[1]


@pytest.mark.parametrize("wrong", [b"", b"{", b"[]", b'{"label": ["a"], "slots": []}', b'{"slots": [1]}'])
def test_a_broken_key_table_is_a_trouble_with_a_remedy(home: Path, wrong: bytes) -> None:
    (home / "station" / "keys.json").write_bytes(wrong)
    with pytest.raises(Trouble, match="密钥表读不出来") as trouble:
        doorplate.read(Home(home), MORNING)
    assert "备份" in trouble.value.remedy


def test_a_spoiled_record_of_attempts_spoils_nothing_else(home: Path) -> None:
    open_station(home, Role.NURSE).close()
    with (home / "attempts.jsonl").open("ab") as file:
        file.write(b'\n{"slot": \n[]\n{"slot": "x", "at": "yesterday", "right": true}\n')
    assert doorplate.read(Home(home), MORNING).today[0].name == "林晓燕"


HEAVY = ("sqlalchemy", "cryptography", "orjson", "reportlab", "asyncio")


@pytest.mark.parametrize("module", ["app.access.doorplate", "ui.application"])
def test_the_sign_in_needs_none_of_the_heavy_libraries(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
