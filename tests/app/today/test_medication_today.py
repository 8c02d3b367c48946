"""Medication on the workbench: how many doses wait, and what the program raised about those that were given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.compose import Station
from app.core.roles import Role
from app.today.board import Board, Today
from app.today.tiles import Todo
from tests.app.medication.house import DAY, Ward, ward_of
from tests.app.medication.test_stock import receive
from tests.ui.medication.order_room import PAPER, transcribed
from tests.ui.medication.order_room import form as order_form
from tests.ui.medication.rx_room import long


@pytest.fixture
def ward(station: Station) -> Iterator[Ward]:
    yield from ward_of(station)


def _tile(ward: Ward) -> tuple[str, str, bool]:
    board: Board = ward.ask(Today())
    tile = next(one for one in board.tiles if one.key == "medication")
    return tile.number, tile.note, tile.urgent


def test_the_tile_counts_the_doses_that_wait(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("氨氯地平", "5")
    assert _tile(ward) == ("0", "现在没有要给的药", False)
    ward.put(8, 10)
    assert _tile(ward) == ("2", "本班现在该给的", False)
    ward.give(ward.slot("08:00", "阿托伐他汀"))
    assert _tile(ward)[0] == "1"


def test_three_refusals_are_something_to_do(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    for step in range(3):
        day = DAY + timedelta(days=step)
        ward.put(8, 10, day)
        ward.not_given(ward.slot("08:00", day=day), 1)
    board: Board = ward.ask(Today())
    todo = next(one for one in board.todos if one.way.place == "after-doses")
    assert todo.title == "李桂兰 多次拒服"
    assert todo.way.params == {"view": "matters"}
    assert _tile(ward) == ("0", "1 件用药要核实或处理", True)


def _todos(ward: Ward, place: str) -> list[Todo]:
    board: Board = ward.ask(Today())
    return [one for one in board.todos if one.way.place == place]


def test_orders_that_wait_are_told_to_who_may_act_on_them(ward: Ward) -> None:
    transcribed(ward, order_form("阿托伐他汀", **PAPER), order_form("氨氯地平", "5", **PAPER))
    ward.become(Role.HEAD_NURSE)
    (check,) = _todos(ward, "orders")
    assert (check.when, check.title, check.way.params) == ("2 条", "医嘱待核对", {"view": "check"})
    ward.become(Role.DOCTOR)
    (sign,) = _todos(ward, "orders")
    assert (sign.when, sign.title, sign.words) == ("2 条", "医嘱待医师签名", "都在时限内")
    ward.become(Role.CAREGIVER)
    assert _todos(ward, "orders") == []
    ward.put(7, day=DAY + timedelta(days=1))
    ward.become(Role.HEAD_NURSE)
    assert [one.way.params["view"] for one in _todos(ward, "orders")] == ["check", "sign"]
    assert _todos(ward, "orders")[1].tone == "danger"


def test_prescriptions_that_end_within_the_week_stand_there_by_name(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    long(ward, issued.rid)
    ward.become(Role.NURSE)
    assert _todos(ward, "prescriptions") == []
    ward.put(9, day=DAY + timedelta(days=22))
    (todo,) = _todos(ward, "prescriptions")
    assert (todo.title, todo.words, todo.when) == ("李桂兰 长期处方", "氨氯地平片", "12-21 到期")
    ward.put(9, day=DAY + timedelta(days=30))
    assert _todos(ward, "prescriptions")[0].when == "过期 3 天"


def test_a_shelf_below_zero_is_something_to_do(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "2", lot="A1")
    assert _todos(ward, "cupboard") == []
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    ward.put(8, 10, DAY + timedelta(days=1))
    ward.give(ward.slot("08:00", day=DAY + timedelta(days=1)))
    (todo,) = _todos(ward, "cupboard")
    assert (todo.when, todo.title) == ("1 种", "药柜要处理")
