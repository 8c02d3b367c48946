"""Controlled medicines and what two sign: hand-over counts, disposals, empties, the book that names who gave it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.stock.counting import CountControlled, LotCount, ShelfCount
from app.medication.stock.moving import DisposeStock, ReturnEmpties
from app.medication.stock.queries import ControlledShelves
from tests.app.medication.house import Ward, drug
from tests.app.medication.test_stock import LATER, book, count, receive, shelf


def test_controlled_medicines_are_counted_by_two_at_hand_over(ward: Ward) -> None:
    with pytest.raises(Refusal, match="批号"):
        receive(ward, "艾司唑仑", "20", lot="")
    receive(ward, "艾司唑仑", "20", lot="E1")
    ward.put(7)
    row = ward.ask(ControlledShelves())[0]
    assert (row.row.control, row.counted, row.last) == ("精二", False, None)
    said = ShelfCount(row.row.drug, None, (LotCount("E1", LATER, "20"),))
    with pytest.raises(Refusal, match="两人签名"):
        ward.do(CountControlled((said,)))
    with pytest.raises(Refusal, match="另一位"):
        ward.do(CountControlled((said,), ward.proof(Role.NURSE)))
    with pytest.raises(Refusal, match="权限"):
        ward.do(CountControlled((said,), ward.proof(Role.CAREGIVER)))
    assert ward.do(CountControlled((said,), ward.proof(Role.HEAD_NURSE))) == 0
    counted = ward.ask(ControlledShelves())[0]
    assert counted.counted
    assert counted.last is not None
    assert (counted.last.who, counted.last.second, counted.last.differed) == ("林晓燕", "周敏", False)
    ward.put(15, 10)
    assert not ward.ask(ControlledShelves())[0].counted  # another shift
    assert [line.second for line in book(ward, "艾司唑仑").lines] == ["周敏", ""]


def test_a_controlled_medicine_is_counted_by_two_at_any_time(ward: Ward) -> None:
    receive(ward, "艾司唑仑", "20", lot="E1")
    ward.put(9)
    with pytest.raises(Refusal, match="两人签名"):
        count(ward, "艾司唑仑", ("E1", "19"), why="破损")
    count(ward, "艾司唑仑", ("E1", "19"), why="破损", second=ward.proof(Role.HEAD_NURSE))
    assert shelf(ward, "艾司唑仑").balance == 19


def test_the_book_of_a_controlled_medicine_names_whom_it_went_to_and_who_gave_it(ward: Ward) -> None:
    receive(ward, "艾司唑仑", "20", lot="E1")
    ward.order("艾司唑仑", "1", "qd")
    ward.put(8, 5)
    ward.measure("respiration", "18")
    ward.give(ward.slot("08:00"), check="key")
    line = book(ward, "艾司唑仑").lines[0]
    assert (line.words, line.about, line.change_words, line.balance) == (
        "给药",
        "李桂兰 2号楼 301-1",
        "−1",
        Decimal(19),
    )
    assert line.who == "林晓燕"


def test_empties_go_back_before_two(ward: Ward) -> None:
    receive(ward, "哌替啶", "5", lot="P1")
    code = drug("哌替啶").code
    with pytest.raises(Refusal, match="两人签名"):
        ward.do(ReturnEmpties(code, "1", "P1", "药库"))
    ward.do(ReturnEmpties(code, "1", "P1", "药库", ward.proof(Role.HEAD_NURSE)))
    assert shelf(ward, "哌替啶").balance == 5
    assert book(ward, "哌替啶").lines[0].about == "交给药库，1 个"


def test_disposal_needs_a_witness_and_what_is_there(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28")
    code = drug("氨氯地平").code
    with pytest.raises(Refusal, match="只有 28 片"):
        ward.do(DisposeStock(code, None, "A1", "29", "破损"))
    with pytest.raises(Refusal, match="两人签名"):
        ward.do(DisposeStock(code, None, "A1", "2", "破损"))
    ward.do(DisposeStock(code, None, "A1", "2", "破损", "按医疗废物处置", ward.proof(Role.HEAD_NURSE)))
    line = book(ward, "氨氯地平").lines[0]
    assert (line.words, line.balance, line.second, line.about) == (
        "报损销毁",
        Decimal(26),
        "周敏",
        "破损，按医疗废物处置",
    )
