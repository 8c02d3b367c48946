"""Signing in: by number or name, wrong tries and their delays, disabled accounts, and what the chain remembers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.access import attempts
from app.access.attempts import Attempt
from app.access.service import CreateStaff, ResetPassword, SetActive, StaffForm
from app.compose import Phase, Station, compose
from app.core.clock import SetClock
from app.core.errors import Refusal, Trouble
from app.core.roles import Role
from tests.support.acts import rows
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, become, open_station


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture
def shut(home: Path, clock: SetClock) -> Station:
    """A station nobody has opened yet."""
    return compose(home, clock=clock, cost=CHEAP)


def wrong(station: Station, times: int, who: str = "0317") -> str:
    """The words of the last of some wrong tries."""
    words = ""
    for _ in range(times):
        with pytest.raises(Refusal) as refusal:
            station.sign_in(who, "wrong-pass-1")
        words = refusal.value.text
    return words


@pytest.mark.parametrize("who", ["0317", " 0317 ", "周敏", "周敏 "])
def test_by_number_or_by_name(shut: Station, who: str) -> None:
    assert shut.sign_in(who, PASSWORD).actor.number == "0317"
    assert shut.recent(1) == (("0317", "周敏"),)
    shut.close()


@pytest.mark.parametrize(
    ("who", "password", "field"),
    [("", PASSWORD, "who"), ("0317", "", "secret"), ("9999", PASSWORD, "secret"), ("0317", "x", "secret")],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    shut: Station, who: str, password: str, field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        shut.sign_in(who, password)
    assert refusal.value.field == field
    assert shut.phase is Phase.CLOSED
    shut.close()


def test_an_unknown_person_and_a_wrong_password_sound_alike(shut: Station) -> None:
    assert wrong(shut, 1, "9999") == wrong(shut, 1, "0317")
    shut.close()


def test_two_people_of_one_name_come_in_by_their_own_passwords(home: Path) -> None:
    station = open_station(home, Role.ADMINISTRATOR)
    for number, password in (("0801", "First-pass-1"), ("0802", "Second-pass-2")):
        form = StaffForm(number, "王芳", frozenset({Role.NURSE}), "护士")
        slot = station.keyring.wrap((number, "王芳"), password)
        station.desk.do_now(CreateStaff(form, slot))
    station.sign_out()
    for number, password in (("0802", "Second-pass-2"), ("0801", "First-pass-1")):
        came = station.sign_in("王芳", password)
        assert (came.actor.number, came.failures, came.must_change) == (number, 0, True)
        station.sign_out()
    wrong(station, 1, "王芳")
    assert station.sign_in("王芳", "Second-pass-2").failures == 1
    station.close()


def test_wrong_tries_bring_a_growing_delay_in_words(shut: Station, clock: SetClock) -> None:
    assert wrong(shut, 4) == "工号或密码不对。"
    assert "08:30:30 以后才能再试" in wrong(shut, 1)
    with pytest.raises(Refusal, match="请等 30 秒"):
        shut.sign_in("0317", PASSWORD)
    waits = []
    for _ in range(7):
        until = attempts.wait_until(attempts.read(shut.home.attempts), slot_of(shut))
        assert until is not None
        waits.append((until - clock.now()).total_seconds())
        clock.put(until)
        wrong(shut, 1)
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    shut.close()


def slot_of(station: Station) -> UUID:
    return station._table().find("0317")[0].id


def test_the_delay_survives_a_restart(home: Path, shut: Station, clock: SetClock) -> None:
    wrong(shut, 5)
    shut.close()
    again = compose(home, clock=clock, cost=CHEAP)
    with pytest.raises(Refusal, match="请等 30 秒"):
        again.sign_in("周敏", PASSWORD)
    assert again.sign_in("0412", PASSWORD).actor.name == "林晓燕"
    again.close()


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=5), timedelta(days=1500)])
def test_a_clock_put_back_neither_shortens_the_delay_nor_locks_out_for_years(
    shut: Station, clock: SetClock, back: timedelta
) -> None:
    wrong(shut, 5)
    clock.forward(-back)
    with pytest.raises(Refusal, match="请等 30 秒"):
        shut.sign_in("0317", PASSWORD)
    clock.forward(timedelta(seconds=29))
    with pytest.raises(Refusal, match="请等 1 秒"):
        shut.sign_in("0317", PASSWORD)
    clock.forward(timedelta(seconds=1))
    assert shut.sign_in("0317", PASSWORD).failures == 5
    shut.close()


def test_the_right_password_clears_and_the_chain_remembers(shut: Station, clock: SetClock) -> None:
    wrong(shut, 5)
    clock.forward(timedelta(seconds=30))
    assert shut.sign_in("0317", PASSWORD).failures == 5
    sql = "select reason from audit where act = 'sign_in' order by seq desc limit 1"
    assert rows(shut, sql) == [("5 wrong before",)]
    shut.sign_out()
    assert wrong(shut, 4) == "工号或密码不对。"
    assert shut.sign_in("0317", PASSWORD).failures == 4
    shut.close()


def test_torn_and_foreign_lines_of_attempts_are_passed_over(shut: Station) -> None:
    wrong(shut, 3)
    path = shut.home.attempts
    junk = b'\n\xff\xfe\n[]\n{"slot": 5, "at": "x"}\n{"slot": "a", "at": "2026-11-24T08:00:00", "right": 1}\n{"slo'
    path.write_bytes(path.read_bytes() + junk)
    assert "才能再试" in wrong(shut, 2)
    shut.close()


def test_the_record_of_attempts_stays_small(tmp_path: Path, shut: Station) -> None:
    path = tmp_path / "attempts.jsonl"
    slot = shut._table().find("0317")[0].id
    for second in range(2000):
        attempts.note(path, Attempt(slot, MORNING + timedelta(seconds=second), right=False))
    known = attempts.read(path)
    assert attempts.KEEP <= len(known) <= 2 * attempts.KEEP + 1
    assert known[-1].at == MORNING + timedelta(seconds=1999)
    shut.close()


def test_a_disabled_account_is_refused_and_its_slot_is_gone(home: Path) -> None:
    station = open_station(home, Role.ADMINISTRATOR)
    account = station.account("0412")
    assert account is not None
    station.desk.do_now(SetActive(account.rid, None))
    assert station.keyring.slot(account.slot) is None
    assert station.account("0412") is None
    with pytest.raises(Refusal, match="工号或密码不对"):
        station.sign_in("0412", PASSWORD)
    assert station.desk.actor is not None
    assert station.desk.actor.number == "0001"
    slot = station.keyring.wrap(("0412", "林晓燕"), "Again-here-1")
    station.desk.do_now(SetActive(account.rid, slot))
    assert station.sign_in("0412", "Again-here-1").must_change
    station.close()


def test_a_disabled_person_with_a_slot_left_over_is_refused_by_the_file(home: Path) -> None:
    station = open_station(home, Role.ADMINISTRATOR)
    account = station.account("0412")
    assert account is not None
    left_over = station.keyring.slot(account.slot)
    assert left_over is not None
    station.desk.do_now(SetActive(account.rid, None))
    station.keyring.put(left_over)  # as a crash just before the file was put in order leaves it
    station.sign_out()
    with pytest.raises(Refusal, match="停用"):
        station.sign_in("0412", PASSWORD)
    assert station.phase is Phase.CLOSED
    assert len(station._table().find("0412")) == 0
    station.close()


def test_whoever_is_not_let_in_leaves_the_desk_as_it_was(station: Station) -> None:
    before = station.desk.actor
    with pytest.raises(Refusal):
        station.sign_in("0412", "wrong-pass-1")
    with pytest.raises(Refusal):
        station.recover("AAAA", "0412", "Fresh-pass-77")
    assert station.desk.actor is before


def test_a_recovery_refused_at_an_open_desk_leaves_it_open(station: Station, founded: Founded) -> None:
    code = founded.recovery_code
    before = station.desk.actor
    with pytest.raises(Refusal):
        station.recover(code, "0412", "weak")
    with pytest.raises(Refusal, match="没有这个工号"):
        station.recover(code, "9999", "Fresh-pass-77")
    assert station.desk.actor is before
    assert station.recover(code, "0412", "Fresh-pass-77").actor.name == "林晓燕"


def test_switching_takes_the_new_person_to_the_same_desk(station: Station) -> None:
    desk = station.desk
    nurse = become(station, Role.NURSE)
    assert station.desk is desk
    assert desk.actor == nurse
    assert [number for number, _ in station.recent()][:2] == ["0412", "0317"]


def test_a_weak_slot_is_refused_elsewhere(home: Path) -> None:
    station = compose(home, clock=SetClock(MORNING))  # the real cost as the floor
    with pytest.raises(Trouble, match="密钥强度不够"):
        station.sign_in("0317", PASSWORD)
    assert not (home / "attempts.jsonl").read_bytes().count(b'"right":false')
    station.close()


def test_a_reset_clears_what_was_typed_wrong(shut: Station, clock: SetClock) -> None:
    wrong(shut, 5)
    shut.sign_in("0001", PASSWORD)
    account = shut.account("0317")
    assert account is not None
    slot = shut.keyring.wrap(("0317", "周敏"), "New-start-22")
    shut.desk.do_now(ResetPassword(account.rid, slot))
    came = shut.sign_in("0317", "New-start-22")
    assert (came.failures, came.must_change) == (0, True)
    shut.close()
