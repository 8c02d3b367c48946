"""PINs, proofs and signatures: forged, stale and foreign ones are refused; a change of content voids a signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.access import proof, secrets
from app.access.proof import Proof
from app.access.service import SetActive, SetPin
from app.access.signing import Signable, Signed, sign, signatures
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Actor, Role
from app.core.unit import Unit
from tests.support.acts import Act, Look, rows
from tests.support.station import CHEAP, PASSWORD, become, found, open_station

PIN = "280417"


@pytest.fixture
def pinned(station: Station) -> Station:
    """A station whose head nurse has a PIN."""
    station.desk.do_now(SetPin(secrets.hash_pin(PIN, bytes(16), CHEAP)))
    return station


def prove_wrong(station: Station, secret: str) -> str:
    with pytest.raises(Refusal) as refusal:
        station.prove("0317", secret)
    return refusal.value.text


def accept(station: Station, given: Proof) -> Actor:
    actor: Actor = station.desk.do_now(Act(lambda unit: proof.accept(unit, given)))
    return actor


def test_password_and_pin_prove_the_person(pinned: Station) -> None:
    for secret in (PASSWORD, PIN):
        assert accept(pinned, pinned.prove("0317", secret)).name == "周敏"
    assert accept(pinned, pinned.prove("0412", PASSWORD)).name == "林晓燕"


def test_the_person_at_the_desk_stays(pinned: Station) -> None:
    before = pinned.desk.actor
    pinned.prove("0412", PASSWORD)
    assert pinned.desk.actor is before


def test_five_wrong_pins_then_only_the_password(pinned: Station) -> None:
    left = [prove_wrong(pinned, "111222") for _ in range(5)]
    assert left[0] == "PIN 不对，还可以试 4 次。"
    assert left[-1] == "PIN 已错五次，请用密码。"
    assert prove_wrong(pinned, PIN) == "PIN 已错五次，请用密码。"
    assert rows(pinned, "select count(*) from audit where act = 'wrong_pin'") == [(5,)]
    pinned.prove("0317", PASSWORD)
    assert accept(pinned, pinned.prove("0317", PIN)).number == "0317"


def test_the_count_of_wrong_pins_survives_a_restart(home: Path) -> None:
    station = open_station(home)
    station.desk.do_now(SetPin(secrets.hash_pin(PIN, bytes(16), CHEAP)))
    for _ in range(5):
        prove_wrong(station, "111222")
    station.close()
    again = open_station(home)
    assert prove_wrong(again, PIN) == "PIN 已错五次，请用密码。"
    again.close()


def test_a_right_pin_forgives_the_wrong_ones(pinned: Station) -> None:
    for _ in range(3):
        for _ in range(4):
            prove_wrong(pinned, "111222")
        pinned.prove("0317", PIN)


def test_wrong_passwords_in_the_panel_bring_the_same_delay(pinned: Station) -> None:
    for _ in range(5):
        assert prove_wrong(pinned, "wrong-pass-1") == "工号或密码不对。"
    assert "请等 30 秒" in prove_wrong(pinned, PASSWORD)
    with pytest.raises(Refusal, match="请等 30 秒"):
        pinned.sign_in("0317", PASSWORD)
    assert pinned.prove("0412", PASSWORD)


@pytest.mark.parametrize(
    ("number", "secret", "field"),
    [("", PASSWORD, "number"), ("0317", "", "secret"), ("9999", PASSWORD, "secret"), ("0412", PIN, "secret")],
)
def test_nothing_proves_nothing(pinned: Station, number: str, secret: str, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        pinned.prove(number, secret)
    assert refusal.value.field == field


def test_a_forged_proof_is_refused(station: Station) -> None:
    good = station.prove("0412", PASSWORD)
    other = station.account("0508")
    assert other is not None
    forged = (
        replace(good, staff=other.rid),
        replace(good, at=good.at + timedelta(seconds=1)),
        replace(good, mac=bytes(32)),
        replace(good, mac=b""),
    )
    for given in forged:
        with pytest.raises(Refusal, match="已过时"):
            accept(station, given)


def test_a_proof_is_good_for_two_minutes_on_either_side_of_a_clock(station: Station) -> None:
    clock = station.clock
    assert isinstance(clock, SetClock)
    good = station.prove("0412", PASSWORD)
    clock.forward(timedelta(minutes=2))
    assert accept(station, good).number == "0412"
    clock.forward(timedelta(milliseconds=1))
    with pytest.raises(Refusal, match="已过时"):
        accept(station, good)
    clock.forward(timedelta(minutes=-5))
    with pytest.raises(Refusal, match="已过时"):
        accept(station, good)


def test_a_proof_of_another_station_is_refused(station: Station, tmp_path: Path) -> None:
    other = found(tmp_path / "other").root
    elsewhere = open_station(other)
    foreign = elsewhere.prove("0412", PASSWORD)
    elsewhere.close()
    mine = station.account("0412")
    assert mine is not None
    for given in (foreign, replace(foreign, staff=mine.rid)):
        with pytest.raises(Refusal, match="已过时"):
            accept(station, given)


def test_a_person_disabled_meanwhile_signs_nothing(station: Station) -> None:
    good = station.prove("0412", PASSWORD)
    become(station, Role.ADMINISTRATOR)
    station.desk.do_now(SetActive(good.staff, None))
    with pytest.raises(Refusal, match="已停用"):
        accept(station, good)


WHAT = Signable("assessment", uuid4(), 1, "01")
CONTENT: dict[str, Any] = {"answers": {"1": 3, "2": 1}, "total": 4, "words": "可以自己进食"}


def sign_by(station: Station, number: str, content: Any = None) -> None:
    given = station.prove(number, PASSWORD)

    def work(unit: Unit) -> None:
        sign(unit, WHAT, content or CONTENT, proof.accept(unit, given))

    station.desk.do_now(Act(work))


def signed(station: Station, what: Signable = WHAT, content: Any = None) -> tuple[Signed, ...]:
    found: tuple[Signed, ...] = station.desk.ask_now(
        Look(lambda reader: signatures(reader, what, content or CONTENT))
    )
    return found


def test_two_people_sign_and_both_hold(station: Station) -> None:
    sign_by(station, "0412")
    sign_by(station, "0610")
    assert [(one.ordinal, one.name, one.profession, one.genuine) for one in signed(station)] == [
        (1, "林晓燕", "护士", True),
        (2, "沈思远", "评估员", True),
    ]


@pytest.mark.parametrize(
    "content",
    [
        {**CONTENT, "total": 5},
        {**CONTENT, "words": "可以自己进食 "},
        {**CONTENT, "answers": {"1": 1, "2": 3}},
        {**CONTENT, "more": None},
    ],
)
def test_a_change_of_content_voids_every_signature(station: Station, content: dict[str, Any]) -> None:
    sign_by(station, "0412")
    sign_by(station, "0610")
    assert [one.genuine for one in signed(station, content=content)] == [False, False]
    turned = dict(reversed(CONTENT.items()))
    assert all(one.genuine for one in signed(station, content=turned))


def test_a_signature_belongs_to_one_revision(station: Station) -> None:
    sign_by(station, "0412")
    assert signed(station, replace(WHAT, revision=2)) == ()


def test_the_same_person_cannot_sign_twice(station: Station) -> None:
    sign_by(station, "0412")
    with pytest.raises(IntegrityError, match="UNIQUE"):
        sign_by(station, "0412")
    assert len(signed(station)) == 1


def test_there_is_no_fourth_signature(station: Station) -> None:
    for number in ("0412", "0610", "0508"):
        sign_by(station, number)
    with pytest.raises(IntegrityError, match="ck_signature_ordinal"):
        sign_by(station, "0722")
