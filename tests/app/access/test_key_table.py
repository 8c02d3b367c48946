"""The key table: tampered with, cut short, put back or moved about, it is refused in words and nothing is touched."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from app.access import keys
from app.access.keys import KeyTable
from app.access.service import ChangeOwnPassword
from app.compose import compose
from app.core.clock import SetClock
from app.core.errors import Refusal, Trouble
from app.core.roles import Role
from tests.support.station import CHEAP, MORNING, PASSWORD, found, open_station

Tamper = Callable[[dict[str, Any]], None]


def sign_in(home: Path, who: str = "0001", password: str = PASSWORD) -> str:
    """The words of the refusal or trouble, or empty if the person came in."""
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    try:
        station.sign_in(who, password)
    except (Refusal, Trouble) as error:
        return str(error)
    finally:
        station.close()
    return ""


def files(home: Path) -> dict[str, bytes]:
    """Table and database; SQLite's own -shm beside an opened file is no content."""
    return {name: (home / "station" / name).read_bytes() for name in ("keys.json", "station.db")}


def slot(table: dict[str, Any], number: str) -> dict[str, Any]:
    found: dict[str, Any] = next(slot for slot in table["slots"] if slot["number"] == number)
    return found


def lower_epoch(table: dict[str, Any]) -> None:
    table["epoch"] -= 1


def higher_epoch(table: dict[str, Any]) -> None:
    table["epoch"] += 100


def other_label(table: dict[str, Any]) -> None:
    table["label"] = ["假冒养护院", "一楼"]


def drop_a_slot(table: dict[str, Any]) -> None:
    table["slots"].remove(slot(table, "0412"))


def double_a_slot(table: dict[str, Any]) -> None:
    table["slots"].append(slot(table, "0412"))


def rename_a_slot(table: dict[str, Any]) -> None:
    slot(table, "0412")["name"] = "别人"


def swap_boxes(table: dict[str, Any]) -> None:
    one, other = slot(table, "0412"), slot(table, "0317")
    one["box"], other["box"] = other["box"], one["box"]


def cheapen(table: dict[str, Any]) -> None:
    slot(table, "0412")["cost"]["memory"] = 32


def other_mac(table: dict[str, Any]) -> None:
    table["mac"] = "00" * 32


def no_mac(table: dict[str, Any]) -> None:
    table["mac"] = ""


@pytest.mark.parametrize(
    "tamper",
    [
        lower_epoch,
        higher_epoch,
        other_label,
        drop_a_slot,
        double_a_slot,
        rename_a_slot,
        swap_boxes,
        cheapen,
        other_mac,
        no_mac,
    ],
)
def test_a_tampered_table_is_refused_and_left_alone(home: Path, tamper: Tamper) -> None:
    path = home / "station" / "keys.json"
    table = orjson.loads(path.read_bytes())
    tamper(table)
    path.write_bytes(orjson.dumps(table))
    before = files(home)
    assert "密钥表被改动过" in sign_in(home)
    assert files(home) == before


def test_a_slot_moved_to_another_person_opens_nothing(home: Path) -> None:
    station = open_station(home, Role.NURSE)
    station.desk.do_now(ChangeOwnPassword(station.keyring.wrap(("0412", "林晓燕"), "Only-mine-44")))
    station.close()
    path = home / "station" / "keys.json"
    table = orjson.loads(path.read_bytes())
    nurse, head = slot(table, "0412"), slot(table, "0317")
    nurse["number"], nurse["name"], head["number"], head["name"] = "0317", "周敏", "0412", "林晓燕"
    path.write_bytes(orjson.dumps(table))
    before = files(home)
    assert sign_in(home, "0317", "Only-mine-44") == "工号或密码不对。"
    assert "密钥表被改动过" in sign_in(home)
    assert files(home) == before


def test_an_old_table_put_back_revives_no_old_password(home: Path) -> None:
    path = home / "station" / "keys.json"
    old = path.read_bytes()
    station = open_station(home, Role.NURSE)
    station.desk.do_now(ChangeOwnPassword(station.keyring.wrap(("0412", "林晓燕"), "Brand-new-55")))
    station.close()
    path.write_bytes(old)
    before = files(home)
    for who, password in (("0412", PASSWORD), ("0001", PASSWORD)):
        assert "密钥表是旧的" in sign_in(home, who, password)
    assert files(home) == before


def test_a_table_of_another_station_opens_nothing(home: Path, tmp_path: Path) -> None:
    other = found(tmp_path / "other")
    shutil.copy2(other.root / "station" / "keys.json", home / "station" / "keys.json")
    before = files(home)
    assert "数据文件有损坏" in sign_in(home)
    assert files(home) == before


def test_a_table_cut_short_is_a_trouble_at_every_length(home: Path) -> None:
    path = home / "station" / "keys.json"
    whole = path.read_bytes()
    database = (home / "station" / "station.db").read_bytes()
    for length in [*range(0, len(whole), len(whole) // 40), len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(Trouble, match="密钥表读不出来"):
            keys.read(path)
    assert "密钥表读不出来" in sign_in(home)
    assert (home / "station" / "station.db").read_bytes() == database
    path.write_bytes(whole)
    assert sign_in(home) == ""


JUNK: tuple[Any, ...] = (None, 0, -1, 10**12, 1.5, "", "x", "00", [], {}, True)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside a JSON value."""
    found = [at] if at else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found += places(inner, (*at, key))
    return found


def put(table: Any, at: tuple[Any, ...], value: Any) -> None:
    for key in at[:-1]:
        table = table[key]
    table[at[-1]] = value


def test_junk_in_any_place_is_refused_in_words(home: Path) -> None:
    path = home / "station" / "keys.json"
    whole = path.read_bytes()
    ways = places(orjson.loads(whole))
    chance = random.Random(7)
    tried = 0
    for at in [way for way in ways if way[:1] != ("slots",) or way[1:2] in ((), (0,), (1,))]:
        for junk in chance.sample(JUNK, 4):
            table = orjson.loads(whole)
            put(table, at, junk)
            path.write_bytes(orjson.dumps(table))
            assert sign_in(home) != "" or table == orjson.loads(whole)
            tried += 1
    assert tried > 100


def test_every_act_on_the_table_raises_its_epoch() -> None:
    table = KeyTable(UUID(int=1), 0, ())
    key = keys.new_database_key()
    one = keys.password_slot(table, key, ("1", "甲"), "pass", CHEAP)
    grown = table.with_slot(one)
    assert (grown.epoch, grown.without(one.id).epoch, grown.without(one.id).slots) == (1, 2, ())
    assert keys.unlock(grown, one, "pass") == key
    assert keys.unlock(grown, one, "pasS") is None
    assert keys.unlock(replace(grown, database=UUID(int=2)), one, "pass") is None
    assert grown.sealed(key).genuine(key)
    assert not grown.sealed(key).genuine(bytes(32))


def test_a_recovery_code_is_read_as_people_write_it() -> None:
    table = KeyTable(UUID(int=1), 0, ())
    key, code = keys.new_database_key(), keys.new_recovery_code()
    slot = keys.recovery_slot(table, key, code)
    assert len(code) == 39
    assert not set(code) & set("ILOU")
    for written in (code, code.lower(), code.replace("-", ""), code.replace("-", " ").replace("1", "l")):
        assert keys.unlock(table, slot, written) == key
    changed = ("0" if code[0] != "0" else "1") + code[1:]
    assert keys.unlock(table, slot, changed) is None
