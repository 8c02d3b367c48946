"""Restoring: all of it or nothing, the station before kept whole, and the restored one says what it is."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from pathlib import Path

import orjson
import pytest

from app.access import keys
from app.access.keyring import KeyRing
from app.access.service import ChangeOwnPassword
from app.backup import archive, manifest
from app.backup.acts import NoteDrill
from app.backup.drilling import Practice, drill
from app.backup.making import Source, make
from app.backup.opened import Secret, open_backup
from app.backup.restoring import Ground, Restored, restore
from app.compose import Phase, Station, compose
from app.core import replacing
from app.core.clock import SetClock
from app.core.errors import Cancelled, Refusal, Trouble
from app.core.home import Home
from app.core.roles import Role
from app.core.settings import Settings
from app.core.unit import Unit
from app.core.watch import Watch
from db import upgrade
from db.engine import connect, writer_engine
from tests.app.core.test_audit_chain import key_of
from tests.support.acts import Act, Admit, count, rows
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, become, open_station

SECRET = Secret(PASSWORD, "0317")


def bring_back(home: Path, file: Path, secret: Secret = SECRET, *, replacing: bool = False) -> Restored:
    """As the command line does, with cheap passwords."""
    ground = Ground(Home(home), SetClock(MORNING), CHEAP)
    ground.home.prepare()
    return restore(ground, file, secret, Watch(), replacing=replacing)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and what is in it; without what SQLite lays beside a file that is only read."""
    files = [
        path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_into_an_empty_home_and_everything_is_there(backup: Path, tmp_path: Path) -> None:
    done = bring_back(tmp_path / "new", backup)
    assert done.aside is None
    station = compose(tmp_path / "new", clock=SetClock(MORNING), cost=CHEAP)
    came = station.sign_in("0412", PASSWORD)
    assert came.warnings == ()
    assert [row[0] for row in rows(station, "select name from resident order by number")] == [
        "王秀英", "李桂兰", "赵德福", "陈玉珍",
    ]  # fmt: skip
    become(station, Role.HEAD_NURSE)
    assert station.verify() == []
    station.close()
    assert not (tmp_path / "new" / "station.restore").exists()
    assert sorted(path.name for path in (tmp_path / "new" / "station").iterdir()) == [
        "keys.json",
        "station.db",
    ]


def test_it_says_where_it_comes_from_and_gives_numbers_that_were_never_given(
    backup: Path, tmp_path: Path
) -> None:
    bring_back(tmp_path / "new", backup)
    station = open_station(tmp_path / "new")
    [(act, reason, role)] = rows(station, "select act, reason, role from audit where act = 'restore_backup'")
    assert backup.name in str(reason)
    assert (act, role) == ("restore_backup", "head_nurse")
    station.desk.do_now(Admit("新来的"))
    assert rows(station, "select max(number) from resident") == [("01-002001",)]
    [(value,)] = rows(station, "select value from sync_mark where key = 'reconcile'")
    mark = orjson.loads(str(value))
    assert mark["since"] == MORNING.isoformat()
    assert mark["epoch"] <= station.keyring.epoch
    station.close()


def test_a_key_table_from_before_does_not_go_with_the_restored_file(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    bring_back(new, backup)
    open_station(new).close()
    (new / "station" / "keys.json").write_bytes(archive.small_part(backup, archive.KEYS))
    with pytest.raises(Trouble, match="密钥表是旧的"):
        open_station(new)


def test_with_the_recovery_code(backup: Path, tmp_path: Path, founded: Founded) -> None:
    bring_back(tmp_path / "new", backup, Secret(founded.recovery_code))
    station = open_station(tmp_path / "new")
    assert rows(station, "select hex(who) from audit where act = 'restore_backup'") == [("00" * 16,)]
    station.close()


def test_a_station_is_replaced_only_when_asked_and_stays_whole_beside(peopled: Station, backup: Path) -> None:
    home = peopled.home.root
    for _ in range(3):
        peopled.desk.do_now(Admit("后来的"))
    peopled.close()
    before = tree(home / "station")
    with pytest.raises(Refusal, match="已经有一个站点"):
        bring_back(home, backup)
    assert tree(home / "station") == before
    done = bring_back(home, backup, replacing=True)
    assert done.aside is not None
    assert tree(done.aside / "station") == before
    station = open_station(home)
    assert count(station, "resident") == 4
    station.desk.do_now(Admit("又来的"))
    assert rows(station, "select max(number) from resident") == [("01-002001",)]
    station.close()
    # the station before is a station: put back, it opens with all it had
    old = home.with_name("old")
    shutil.copytree(done.aside, old)
    opened = open_station(old)
    assert count(opened, "resident") == 7
    opened.close()


def test_numbers_go_beyond_those_of_the_station_that_is_replaced(peopled: Station, backup: Path) -> None:
    def take_many(unit: Unit) -> None:
        unit.next_numbers("resident", 14_000)

    peopled.desk.do_now(Act(take_many))
    peopled.close()
    bring_back(peopled.home.root, backup, replacing=True)
    station = open_station(peopled.home.root)
    station.desk.do_now(Admit("又来的"))
    assert rows(station, "select max(number) from resident") == [("01-016001",)]
    station.close()


def test_a_flipped_bit_anywhere_is_refused_and_nothing_touched(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    broken = tmp_path / "broken.csb"
    new = tmp_path / "new"
    chance = random.Random(20261124)
    places = [chance.randrange(len(whole)) for _ in range(150)]
    places += [chance.randrange(len(whole) - 500, len(whole)) for _ in range(30)] + list(range(0, 60, 3))
    for place in places:
        spoiled = bytearray(whole)
        spoiled[place] ^= 1 << chance.randrange(8)
        broken.write_bytes(spoiled)
        with pytest.raises((Refusal, Trouble)):
            open_backup(broken, SECRET, Watch())
    with pytest.raises((Refusal, Trouble)):
        bring_back(new, broken)
    assert tree(new) == {}
    assert compose(new).phase is Phase.EMPTY


def test_a_cut_file_is_refused_wherever_it_is_cut(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    cut = tmp_path / "cut.csb"
    for length in (0, 3, 64, 1000, len(whole) // 2, len(whole) - 65, len(whole) - 1):
        cut.write_bytes(whole[:length])
        with pytest.raises(Refusal, match=r"不完整|不是本程序"):
            open_backup(cut, SECRET, Watch())


def test_other_files_are_no_backup(tmp_path: Path) -> None:
    for name, text in (("a.csb", b"hello" * 100), ("b.csb", b"PK\x03\x04" + bytes(500))):
        (tmp_path / name).write_bytes(text)
        with pytest.raises(Refusal, match=r"不是本程序|不完整"):
            open_backup(tmp_path / name, SECRET, Watch())
    with pytest.raises(Refusal, match="没有这个文件"):
        open_backup(tmp_path / "nothing.csb", SECRET, Watch())


def repacked(file: Path, to: Path, change: dict[str, bytes]) -> Path:
    """The same archive with other parts, its sum right again: what somebody could do who has no key."""
    packing = archive.Packing(to)
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            packing.put(name, io.BytesIO(change.get(name, packed.read(name))), Watch(), 0)
    packing.finish()
    return to


def test_what_somebody_changed_on_purpose_is_refused(backup: Path, tmp_path: Path) -> None:
    stated = orjson.loads(archive.small_part(backup, archive.MANIFEST))
    to = tmp_path / "forged.csb"
    stated["counts"]["resident"] = 3
    repacked(backup, to, {archive.MANIFEST: orjson.dumps(stated)})
    with pytest.raises(Refusal, match="清单被改动过"):
        open_backup(to, SECRET, Watch())
    with zipfile.ZipFile(backup) as packed:
        database = bytearray(packed.read(archive.DATABASE))
    database[9000] ^= 1
    repacked(backup, to, {archive.DATABASE: bytes(database)})
    with pytest.raises(Refusal, match="损坏"):
        bring_back(tmp_path / "new", to)
    assert tree(tmp_path / "new") == {}


def test_a_newer_format_and_newer_tables_are_refused_with_the_reason(
    peopled: Station, backup: Path, tmp_path: Path
) -> None:
    stated = orjson.loads(archive.small_part(backup, archive.MANIFEST))
    to = repacked(backup, tmp_path / "a.csb", {archive.MANIFEST: orjson.dumps({**stated, "format": 2})})
    with pytest.raises(Refusal, match="更新版本"):
        open_backup(to, SECRET, Watch())
    newer = manifest.read(orjson.dumps({**stated, "schema": "9999"}))
    sealed = newer.sealed(peopled.keyring.derived(manifest.PURPOSE)).as_stored()
    to = repacked(backup, tmp_path / "b.csb", {archive.MANIFEST: sealed})
    with pytest.raises(Trouble, match="更新版本"):
        bring_back(tmp_path / "new", to)


def test_a_wrong_password_touches_nothing(peopled: Station, backup: Path) -> None:
    home = peopled.home.root
    peopled.close()
    before = tree(home)
    with pytest.raises(Refusal, match="备份那时候的密码"):
        bring_back(home, backup, Secret("Wrong-2026", "0317"), replacing=True)
    assert tree(home) == before


def test_old_passwords_live_again(peopled: Station, backup: Path, tmp_path: Path) -> None:
    slot = peopled.keyring.wrap(("0317", "周敏"), "Fresh-2027")
    peopled.desk.do_now(ChangeOwnPassword(slot))
    with pytest.raises(Refusal):
        bring_back(tmp_path / "new", backup, Secret("Fresh-2027", "0317"))
    bring_back(tmp_path / "new", backup)
    open_station(tmp_path / "new").close()


def test_a_cancelled_restore_leaves_the_station(peopled: Station, backup: Path) -> None:
    home = peopled.home.root
    peopled.close()
    before = tree(home)
    watch = Watch(lambda _done, _total, words: watch.cancel() if "登记" in words else None)
    with pytest.raises(Cancelled):
        restore(Ground(Home(home), SetClock(MORNING), CHEAP), backup, SECRET, watch, replacing=True)
    assert tree(home) == before


def test_an_interrupted_change_of_places_is_finished_by_whoever_comes(
    peopled: Station, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = peopled.home.root
    peopled.close()
    moved = list[str]()
    rename, replace = Path.rename, Path.replace

    class Killed(BaseException):
        pass

    for stop in range(5):
        copy = home.with_name(f"copy{stop}")
        shutil.copytree(home, copy)
        moved.clear()

        def counted(path: Path, target: Path, *, how: object = rename) -> Path:
            if path.parent.name in {copy.name, "station.restore"} and not path.name.endswith(".part"):  # noqa: B023  # run at once
                if len(moved) == stop:  # noqa: B023  # run at once
                    raise Killed
                moved.append(path.name)
            return how(path, target)  # type: ignore[operator, no-any-return]  # one of the two

        monkeypatch.setattr(Path, "rename", counted)
        monkeypatch.setattr(Path, "replace", lambda path, target: counted(path, target, how=replace))
        with pytest.raises(Killed):
            bring_back(copy, backup, replacing=True)
        monkeypatch.undo()
        assert Home(copy).intent.exists()
        station = open_station(copy)
        assert rows(station, "select count(*) from audit where act = 'restore_backup'") == [(1,)]
        assert station.verify() == []
        station.close()
        [aside] = copy.glob("station.replaced-*")
        assert (aside / "station" / "station.db").exists()
        assert not Home(copy).intent.exists()


def test_nothing_is_finished_where_nothing_was_begun(home: Path) -> None:
    before = tree(home)
    assert not replacing.finish(Home(home))
    assert tree(home) == before


def test_a_drill_opens_three_charts_and_leaves_nothing(
    peopled: Station, backup: Path, tmp_path: Path
) -> None:
    practice = Practice(Home(peopled.home.drilling), peopled.clock, CHEAP)
    before = set(tree(peopled.home.root))
    done = drill(practice, backup, SECRET, Watch())
    assert (done.charts, done.residents) == (3, 4)
    assert set(tree(peopled.home.root)) == before
    peopled.desk.do_now(NoteDrill(backup.name, done.words))
    [(reason,)] = rows(peopled, "select reason from audit where act = 'drill_backup'")
    assert "打开了 3 份档案" in str(reason)
    with pytest.raises(Refusal):
        drill(practice, backup, Secret("Wrong-2026", "0317"), Watch())
    become(peopled, Role.NURSE)
    with pytest.raises(Refusal, match="“备份”"):
        peopled.desk.do_now(NoteDrill(backup.name, done.words))


def test_a_backup_of_an_older_shape_is_brought_up_when_restored(peopled: Station, tmp_path: Path) -> None:
    home = peopled.home.root
    peopled.close()
    key = key_of(home)
    engine = writer_engine(home / "station" / "station.db", key)
    upgrade.downgrade(engine, "0001")
    engine.dispose()
    # as the older program would have written it
    ring = KeyRing(home / "station" / "keys.json", keys.read(home / "station" / "keys.json"), key, CHEAP)
    source = Source(home / "station" / "station.db", ring, _settings(home, key), "0317", MORNING)
    made = make(source, tmp_path / "out", Watch())
    bring_back(tmp_path / "new", made.file)
    station = open_station(tmp_path / "new")
    assert count(station, "resident") == 4
    assert station.verify() == []
    station.close()
    assert sorted(path.name for path in (tmp_path / "new" / "station").iterdir()) == [
        "keys.json",
        "station.db",
    ]


def _settings(home: Path, key: bytes) -> Settings:
    raw = connect(home / "station" / "station.db", key, read_only=True)
    [(value,)] = raw.execute("SELECT value FROM setting WHERE key = 'settings'").fetchall()
    raw.close()
    return Settings.from_stored(orjson.loads(value))
