"""A backup is one proved file; what fails leaves nothing half and the old ones whole."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from app.access.service import ChangeOwnPassword
from app.backup.acts import ChangeBackups
from app.backup.making import Made
from app.backup.opened import Secret, open_backup, unpack
from app.compose import Station, compose
from app.core.clock import SetClock
from app.core.drafts import KeepDraft
from app.core.errors import Cancelled, Refusal, Trouble
from app.core.home import FileLock, Home
from app.core.roles import Role
from app.core.watch import Watch
from db import backup as backup_api
from db.backup import Step, account_slots
from db.engine import connect
from tests.support.acts import Admit, rows
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, become, open_station


def test_a_backup_is_a_plain_archive_that_says_what_it_is(peopled: Station, backup: Path) -> None:
    assert backup.parent == peopled.home.backups
    assert backup.name.endswith("-01-20261124-083000.csb")
    with zipfile.ZipFile(backup) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["station.db", "keys.json", "manifest.json"]
        stated = orjson.loads(packed.read("manifest.json"))
        assert (
            hashlib.sha256(packed.read("station.db")).hexdigest() == stated["parts"]["station.db"]["sha256"]
        )
        assert not packed.read("station.db").startswith(b"SQLite")
    assert stated["counts"]["resident"] == 4
    assert (stated["format"], stated["station"], stated["made_by"]) == (1, "01", "0317")
    assert "王秀英".encode() not in backup.read_bytes()
    [(seq, act)] = rows(peopled, "select seq, act from audit order by seq desc limit 1")
    assert (act, stated["head"]["seq"]) == ("back_up", int(seq) - 1)
    assert sorted(path.name for path in backup.parent.iterdir()) == [backup.name]


def test_every_password_of_its_moment_opens_it_and_so_does_the_code(backup: Path, founded: Founded) -> None:
    for secret in (Secret(PASSWORD, "0412"), Secret(PASSWORD, "林晓燕"), Secret(founded.recovery_code)):
        assert open_backup(backup, secret, Watch()).manifest.counts["resident"] == 4
    for secret in (
        Secret("wrong-2026", "0412"),
        Secret(PASSWORD, "9999"),
        Secret("AAAA"),
        Secret("", "0412"),
    ):
        with pytest.raises(Refusal) as caught:
            open_backup(backup, secret, Watch())
        assert caught.value.field == "secret"


def test_work_goes_on_beside_it_and_the_backup_holds_one_moment(peopled: Station) -> None:
    stop = threading.Event()
    done: list[int] = []

    def work() -> None:
        while not stop.is_set():
            peopled.desk.do_now(Admit("老人"))
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(5):
            made = peopled.backups.by_hand(Watch())
            opened = open_backup(made.file, Secret(PASSWORD, "0317"), Watch())
            counts = opened.manifest.counts
            assert counts["resident"] == counts["outbox"] - _others(peopled)
    finally:
        stop.set()
        thread.join()
    assert done


def _others(station: Station) -> int:
    return int(str(rows(station, "select count(*) from outbox where kind <> 'resident'")[0][0]))


def test_a_password_changed_meanwhile_never_leaves_an_account_without_its_slot(
    peopled: Station, tmp_path: Path
) -> None:
    for number in range(5):
        made: list[Made] = []
        thread = threading.Thread(target=lambda into=made: into.append(peopled.backups.by_hand(Watch())))
        slot = peopled.keyring.wrap(("0317", "周敏"), f"Fresh-{number}-2026")
        thread.start()
        peopled.desk.do_now(ChangeOwnPassword(slot))
        thread.join()
        opened = open_backup(made[0].file, Secret(PASSWORD, "0412"), Watch())
        scratch = Home(tmp_path / str(number))
        unpack(opened, scratch, Watch())
        raw = connect(scratch.database, opened.key, read_only=True)
        assert account_slots(raw) <= {slot.id.bytes for slot in opened.table.slots}
        raw.close()


def test_by_itself_only_when_something_changed(peopled: Station) -> None:
    assert peopled.backups.by_itself(Watch()) is not None
    assert peopled.backups.by_itself(Watch()) is None
    peopled.desk.do_now(Admit("周桂芳"))
    assert peopled.backups.by_itself(Watch()) is not None
    peopled.close()
    again = open_station(peopled.home.root)
    assert again.backups.by_itself(Watch()) is None, "signing in alone is no news"
    again.close()


def test_a_kept_draft_is_news(peopled: Station) -> None:
    peopled.backups.by_itself(Watch())
    clock = peopled.clock
    assert isinstance(clock, SetClock)
    clock.forward(timedelta(minutes=1))
    peopled.desk.do_now(KeepDraft("assessment", peopled.desk.actor.rid, {"a": 1}))  # type: ignore[union-attr]  # somebody is signed in
    assert peopled.backups.by_itself(Watch()) is not None


def test_never_two_at_once(peopled: Station) -> None:
    lock = FileLock(peopled.home.backup_lock)
    assert lock.take()
    with pytest.raises(Refusal, match="另一个备份正在进行"):
        peopled.backups.by_hand(Watch())
    assert peopled.backups.by_itself(Watch()) is None
    lock.release()
    peopled.backups.by_hand(Watch())


def test_by_hand_needs_the_right(peopled: Station) -> None:
    become(peopled, Role.NURSE)
    with pytest.raises(Refusal, match="“备份”"):
        peopled.backups.by_hand(Watch())
    assert peopled.backups.by_itself(Watch()) is not None, "the station's own needs none"


def test_cancelled_leaves_the_old_ones_and_nothing_half(peopled: Station, backup: Path) -> None:
    steps = list[str]()

    def stop_at(wanted: int) -> Watch:
        def said(_done: int, _total: int, words: str) -> None:
            steps.append(words)
            if len(steps) == wanted:
                watch.cancel()

        watch = Watch(said)
        return watch

    for wanted in range(1, 6):
        steps.clear()
        with pytest.raises(Cancelled):
            peopled.backups.by_hand(stop_at(wanted))
        assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    open_backup(backup, Secret(PASSWORD, "0317"), Watch())


def test_a_copy_that_is_not_whole_is_not_kept(
    peopled: Station, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backup_api.copy_pages

    def spoiled(source: object, target: object, step: Step) -> None:
        whole(source, target, step)
        target.execute("DELETE FROM resident_search")  # type: ignore[attr-defined]  # a bare connection
        target.execute("DELETE FROM resident")  # type: ignore[attr-defined]  # the same

    monkeypatch.setattr("db.backup.copy_pages", spoiled)
    with pytest.raises(Trouble, match="备份里的"):
        peopled.backups.by_hand(Watch())
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    assert "备份里的" in peopled.backups.last.problem
    peopled.close()
    station = compose(peopled.home.root, clock=SetClock(MORNING), cost=CHEAP)
    came = station.sign_in("0317", PASSWORD)
    assert "上次备份没有做成" in came.warnings[0]
    monkeypatch.undo()
    station.backups.by_hand(Watch())
    assert station.backups.last.problem == ""
    station.close()


def test_leftovers_of_a_killed_program_go_and_other_files_stay(peopled: Station, backup: Path) -> None:
    folder = backup.parent
    owner = peopled.backups.owner
    for name in (f"{owner}-20261123-080000.csb.part", f"{owner}-20261123-080000.csb.copy.part-journal"):
        (folder / name).write_bytes(b"half")
    others = {"notes.txt", "carestation-91310000OTHER00000-02-20200101-000000.csb", "x.part"}
    for name in others:
        (folder / name).write_bytes(b"whole")
    peopled.desk.do_now(Admit("周桂芳"))
    peopled.backups.by_itself(Watch())
    assert {path.name for path in folder.iterdir() if path.suffix != ".csb"} == others - {
        "carestation-91310000OTHER00000-02-20200101-000000.csb"
    }
    assert (folder / "carestation-91310000OTHER00000-02-20200101-000000.csb").exists()


def test_old_ones_are_thinned_out_by_the_rules(peopled: Station) -> None:
    clock = peopled.clock
    assert isinstance(clock, SetClock)
    for _ in range(30):
        clock.forward(timedelta(hours=12))
        peopled.desk.do_now(Admit("老人"))
        peopled.backups.by_itself(Watch())
    kept = peopled.backups.kept()
    assert kept == tuple(sorted(kept, key=lambda one: one.at, reverse=True))
    assert 7 <= len(kept) <= 11
    assert len({one.at.date() for one in kept[:7]}) == 7


def set_second_place(station: Station, place: Path) -> None:
    """As the settings pane does."""
    settings = station.desk.do_now(ChangeBackups(4, str(place)))
    station.desk.surroundings = replace(station.desk.surroundings, settings=settings)


def test_a_second_copy_is_the_same_and_its_place_is_thinned_out_too(peopled: Station, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    set_second_place(peopled, usb)
    made = peopled.backups.by_hand(Watch())
    assert (usb / made.file.name).read_bytes() == made.file.read_bytes()
    assert peopled.backups.last.second_done == str(usb)
    assert [path.name for path in usb.iterdir()] == [made.file.name]


def test_an_unplugged_second_place_is_told_and_the_first_is_good(peopled: Station, tmp_path: Path) -> None:
    set_second_place(peopled, tmp_path / "gone")
    made = peopled.backups.by_hand(Watch())
    assert made.file.exists()
    note = peopled.backups.last
    assert (note.problem, note.file) == ("", made.file.name)
    assert "第二备份位置不见了" in note.second_problem
    assert "第一份备份是好的" in note.second_problem
    peopled.close()
    station = compose(peopled.home.root, clock=SetClock(MORNING), cost=CHEAP)
    assert "第二备份没有做成" in station.sign_in("0317", PASSWORD).warnings[0]
    station.close()


def test_hours_outside_a_day_are_refused(peopled: Station) -> None:
    for hours in (0, 25):
        with pytest.raises(Refusal) as caught:
            peopled.desk.do_now(ChangeBackups(hours, ""))
        assert caught.value.field == "every_hours"
