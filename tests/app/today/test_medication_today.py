"""Medication on the workbench: how many doses wait, and what the program raised about those that were given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.compose import Station
from app.today.board import Board, Today
from tests.app.medication.house import DAY, Ward, ward_of


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
