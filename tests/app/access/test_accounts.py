"""Staff and accounts: rights in words, the last administrator, resets and own passwords, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.access.keys import Slot
from app.access.queries import StaffList, StaffRow
from app.access.service import (
    ChangeOwnPassword,
    CreateStaff,
    EditStaff,
    ResetPassword,
    SetActive,
    StaffForm,
)
from app.compose import Station
from app.core.errors import Refusal
from app.core.orders import Order
from app.core.roles import GRANTS, Right, Role
from app.core.unit import Unit
from db.models import Account
from tests.support.acts import Act, rows
from tests.support.station import PASSWORD, PEOPLE, become, open_station

NEW = StaffForm("0900", "赵新", frozenset({Role.NURSE}), "护士")


@pytest.fixture
def office(station: Station) -> Station:
    """The station with the administrator at the desk."""
    become(station, Role.ADMINISTRATOR)
    return station


def rid_of(station: Station, number: str) -> UUID:
    account = station.account(number)
    assert account is not None
    return account.rid


def row_of(station: Station, number: str) -> StaffRow:
    return next(row for row in station.desk.ask_now(StaffList()) if row.number == number)


def create(station: Station, form: StaffForm) -> UUID:
    slot = station.keyring.wrap((form.number, form.name), "First-pass-1")
    rid: UUID = station.desk.do_now(CreateStaff(form, slot))
    return rid


def test_a_new_person_must_change_the_first_password(office: Station) -> None:
    create(office, NEW)
    came = office.sign_in("0900", "First-pass-1")
    assert came.must_change
    slot = office.keyring.wrap(("0900", "赵新"), "My-own-pass-2")
    office.desk.do_now(ChangeOwnPassword(slot))
    with pytest.raises(Refusal):
        office.sign_in("0900", "First-pass-1")
    assert not office.sign_in("0900", "My-own-pass-2").must_change
    assert [slot.number for slot in office.keyring.table.slots].count("0900") == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "0317"}, "number"),
        ({"number": "a b"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "０９"}, "number"),
        ({"name": " "}, "name"),
        ({"name": "赵7"}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"roles": frozenset()}, "roles"),
        ({"profession": "厨师"}, "profession"),
    ],
)
def test_what_a_person_must_not_be(office: Station, change: dict[str, object], field: str) -> None:
    before = office.keyring.table.slots
    with pytest.raises(Refusal) as refusal:
        create(office, replace(NEW, **change))  # type: ignore[arg-type]  # fields come from the table above
    assert refusal.value.field == field
    assert office.keyring.table.slots == before


def test_numbers_differ_in_more_than_the_case_of_letters(office: Station) -> None:
    create(office, replace(NEW, number="A1"))
    with pytest.raises(Refusal, match="已经有人用了"):
        create(office, replace(NEW, number="a1"))
    assert office.sign_in("a1", "First-pass-1").actor.number == "A1"
    assert office.prove("a1", "First-pass-1").staff == rid_of(office, "A1")


def orders(station: Station) -> list[Order[Any]]:
    rid = rid_of(station, "0412")
    slot = station.keyring.wrap(("0412", "林晓燕"), "First-pass-1")
    return [
        CreateStaff(NEW, slot),
        EditStaff(rid, PEOPLE[Role.NURSE]),
        SetActive(rid, None),
        ResetPassword(rid, slot),
    ]


@pytest.mark.parametrize("role", [role for role in PEOPLE if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_manages_people(station: Station, role: Role) -> None:
    become(station, role)
    for order in orders(station):
        with pytest.raises(Refusal) as refusal:
            station.desk.do_now(order)
        assert refusal.value.text == (
            "您没有“管理人员与账号”的权限。有此权限的岗位：系统管理员；可以找：何伟。"
        )


@pytest.mark.parametrize("right", list(Right))
def test_every_right_is_refused_in_words_to_all_who_lack_it(station: Station, right: Right) -> None:
    assert GRANTS[right]
    for role in PEOPLE:
        become(station, role)
        order = Act(lambda unit: unit.require(right))
        if role in GRANTS[right]:
            station.desk.do_now(order)
            continue
        with pytest.raises(Refusal) as refusal:
            station.desk.do_now(order)
        assert right.value in refusal.value.text
        assert all(held.words in refusal.value.text for held in GRANTS[right])
        assert any(PEOPLE[held].name in refusal.value.text for held in GRANTS[right] if held in PEOPLE)


def test_the_last_administrator_is_kept(office: Station) -> None:
    only = rid_of(office, "0001")
    nurse = StaffForm("0001", "何伟", frozenset({Role.NURSE}), "护士")
    with pytest.raises(Refusal, match="至少要留一位系统管理员"):
        office.desk.do_now(EditStaff(only, nurse))
    with pytest.raises(Refusal, match="不能停用自己"):
        office.desk.do_now(SetActive(only, None))
    second = create(office, replace(NEW, roles=frozenset({Role.ADMINISTRATOR})))
    office.desk.do_now(EditStaff(only, nurse))
    office.sign_in("0900", "First-pass-1")
    with pytest.raises(Refusal, match="至少要留一位系统管理员"):
        office.desk.do_now(EditStaff(second, NEW))


def test_an_edit_keeps_number_and_the_old_words(office: Station) -> None:
    rid = rid_of(office, "0412")
    office.desk.do_now(
        EditStaff(rid, StaffForm("7777", "林晓雁", frozenset({Role.DOCTOR}), "医师", "", "C1"))
    )
    row = row_of(office, "0412")
    assert (row.name, row.profession, row.certificate) == ("林晓雁", "医师", "C1")
    assert set(row.roles) == {Role.DOCTOR}
    kept = rows(office, "select json_extract(content, '$.name') from register_version where kind = 'staff'")
    assert kept == [("林晓燕",)]


def test_a_reset_takes_the_old_password_and_the_pin_away(office: Station) -> None:
    rid = rid_of(office, "0412")
    slot = office.keyring.wrap(("0412", "林晓燕"), "Reset-pass-3")
    office.desk.do_now(ResetPassword(rid, slot))
    row = row_of(office, "0412")
    assert (row.must_change, row.has_pin) == (True, False)
    with pytest.raises(Refusal):
        office.sign_in("0412", PASSWORD)
    assert office.sign_in("0412", "Reset-pass-3").must_change
    assert rows(office, "select count(*) from audit where act = 'reset_password'") == [(1,)]


def stop(unit: Unit, slot: Slot, rid: UUID) -> None:
    """Half a change of password: the key file is written, then a rule says no."""
    unit.keyring.put(slot, instead_of=unit.session.get_one(Account, rid).slot)
    raise Refusal("到此为止。")


def test_a_refused_change_of_password_leaves_the_old_one(office: Station) -> None:
    rid = rid_of(office, "0412")
    slot = office.keyring.wrap(("0412", "林晓燕"), "Reset-pass-3")
    with pytest.raises(Refusal, match="到此为止"):
        office.desk.do_now(Act(lambda unit: stop(unit, slot, rid)))
    office.sign_out()
    with pytest.raises(Refusal):
        office.sign_in("0412", "Reset-pass-3")
    assert office.sign_in("0412", PASSWORD).actor.rid == rid


def crash(*, committed: bool) -> None:
    """The key table is never put in order after the act."""


@pytest.mark.parametrize("number", ["0412", "0001"])
def test_a_crash_between_key_file_and_commit_locks_nobody_out(home: Path, number: str) -> None:
    station = open_station(home, Role.ADMINISTRATOR)
    rid = rid_of(station, number)
    slot = station.keyring.wrap((number, row_of(station, number).name), "Reset-pass-3")
    station.keyring.settle = crash  # type: ignore[method-assign]  # stands for the power going just then
    with pytest.raises(Refusal):
        station.desk.do_now(Act(lambda unit: stop(unit, slot, rid)))
    station.close()
    again = open_station(home, Role.MANAGER)
    assert again.sign_in(number, PASSWORD).actor.rid == rid
    assert [kept.number for kept in again.keyring.table.slots].count(number) == 1
    again.close()


def test_a_crash_after_the_commit_leaves_only_the_new_password(home: Path) -> None:
    station = open_station(home, Role.ADMINISTRATOR)
    slot = station.keyring.wrap(("0412", "林晓燕"), "Reset-pass-3")
    rid = rid_of(station, "0412")
    station.keyring.settle = crash  # type: ignore[method-assign]  # stands for the power going just then
    station.desk.do_now(ResetPassword(rid, slot))
    station.close()
    again = open_station(home, Role.MANAGER)
    with pytest.raises(Refusal):
        again.sign_in("0412", PASSWORD)
    assert again.sign_in("0412", "Reset-pass-3").must_change
    again.close()
