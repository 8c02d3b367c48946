"""Pill boxes filled by one and checked by another, medicines issued for days, temperatures read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.orders import StopOrder
from app.medication.stock.boxes import CheckBoxes, EmptyBox, FillBoxes
from app.medication.stock.issuing import IssueMedicines, IssuePreview, RetractIssue
from app.medication.stock.moving import RetractMove
from app.medication.stock.queries import BoxBoard, BoxRow, BoxSheet, Issues, MovesOf
from app.medication.stock.stores import RecordReading, RetractReading, StoreBoard
from app.residents.stating import Seen
from tests.app.medication.house import DAY, Ward, drug
from tests.app.medication.test_stock import receive, shelf
from tests.support.acts import count

NEXT = DAY + timedelta(days=1)


def board(ward: Ward, which: str = "morning", day: Any = None) -> BoxSheet:
    sheet: BoxSheet = ward.ask(BoxBoard(None, day, which))
    return sheet


def box(ward: Ward, rid: UUID | None = None, which: str = "morning") -> BoxRow:
    return next(row for row in board(ward, which).rows if row.resident == (rid or ward.li))


def fill(ward: Ward, *residents: UUID) -> tuple[Seen, ...]:
    seen: tuple[Seen, ...] = ward.do(FillBoxes(residents or (ward.li,), DAY, "morning"))
    return seen


def test_a_box_is_filled_by_one_and_checked_by_another(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("门冬胰岛素", "6")
    receive(ward, "阿托伐他汀", "28")
    row = box(ward)
    assert (row.state, [item.words for item in row.items]) == ("open", ["阿托伐他汀片"])
    assert [item.lot for item in row.items] == ["A1"]
    assert box(ward, ward.wang).state == "none"
    seen = fill(ward)
    assert (box(ward).state, box(ward).filler, box(ward).mine) == ("filled", "林晓燕", True)
    with pytest.raises(Refusal, match="另一位"):
        ward.do(CheckBoxes(seen))
    with pytest.raises(Refusal, match="已经摆好"):
        fill(ward)
    assert ward.do(CheckBoxes(seen, ward.proof(Role.HEAD_NURSE))) == 1
    row = box(ward)
    assert (row.state, row.filler, row.checker) == ("checked", "林晓燕", "周敏")
    assert shelf(ward, "阿托伐他汀").balance == 28  # giving takes it, not filling


def test_who_checks_at_the_desk_gives_no_proof(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    seen = fill(ward)
    ward.become(Role.HEAD_NURSE)
    assert ward.do(CheckBoxes(seen)) == 1
    assert box(ward).checker == "周敏"
    assert box(ward).filler == "林晓燕"
    with pytest.raises(Refusal, match="刚被周敏改过"):
        ward.do(CheckBoxes(seen))


def test_an_order_that_changes_after_filling_undoes_the_box(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    issued = ward.order("氨氯地平", "5")
    seen = fill(ward)
    ward.do(CheckBoxes(seen, ward.proof(Role.HEAD_NURSE)))
    ward.become(Role.DOCTOR)
    ward.do(StopOrder(Seen(issued.rid, 2), "血压偏低"))
    ward.become(Role.NURSE)
    assert box(ward).state == "changed"
    checked = box(ward).seen
    assert checked is not None
    with pytest.raises(Refusal, match="重摆"):
        ward.do(CheckBoxes((checked,), ward.proof(Role.HEAD_NURSE)))
    fill(ward)
    row = box(ward)
    assert (row.state, row.checker, len(row.items)) == ("filled", "", 1)


def test_a_dose_that_was_given_leaves_its_box_checked(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    seen = fill(ward)
    ward.do(CheckBoxes(seen, ward.proof(Role.HEAD_NURSE)))
    ward.put(8, 5)
    ward.give(ward.slot("08:00"))
    assert box(ward).state == "checked"


def test_many_boxes_are_filled_and_checked_at_once_and_one_is_taken_apart(ward: Ward) -> None:
    for resident in (ward.li, ward.wang):
        ward.order("阿托伐他汀", "20", resident=resident)
    seen = fill(ward, ward.li, ward.wang)
    assert ward.do(CheckBoxes(seen, ward.proof(Role.HEAD_NURSE))) == 2
    now = box(ward).seen
    assert now is not None
    with pytest.raises(Refusal, match="请写明"):
        ward.do(EmptyBox(now, " "))
    ward.do(EmptyBox(now, "掉在地上"))
    assert (box(ward).state, box(ward, ward.wang).state) == ("open", "checked")
    fill(ward)
    assert box(ward).state == "filled"
    assert count(ward.station, "dispense") == 6


def test_medicines_for_leave_leave_the_cupboard_at_once(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("门冬胰岛素", "6")
    receive(ward, "阿托伐他汀", "28")
    before = shelf(ward, "阿托伐他汀").balance
    preview = ward.ask(IssuePreview(ward.li, NEXT, 3))
    assert [(one.words, one.times) for one in preview] == [("阿托伐他汀片", ("08:00",))]
    good = IssueMedicines(ward.li, NEXT, 3, "李伟（儿子）")
    for wrong, field in (
        (replace(good, days=0), "days"),
        (replace(good, receiver=""), "receiver"),
        (replace(good, begins=DAY - timedelta(days=1)), "begins"),
    ):
        with pytest.raises(Refusal) as refusal:
            ward.do(wrong)
        assert refusal.value.field == field
    rid = ward.do(good)
    assert shelf(ward, "阿托伐他汀").balance == before - preview[0].pieces
    (handed,) = ward.ask(Issues())
    assert (handed.seen, handed.name, handed.receiver) == (Seen(rid, 1), "李桂兰", "李伟（儿子）")
    assert (handed.span, handed.giver, len(handed.medicines)) == ("11-25 至 11-27", "林晓燕", 1)
    line = ward.ask(MovesOf(drug("阿托伐他汀").code)).lines[0]
    assert line.issue == handed.seen
    assert line.seen is not None
    with pytest.raises(Refusal, match="整次作废"):
        ward.do(RetractMove(line.seen, "没有外出"))
    ward.do(RetractIssue(Seen(rid, 1), "没有外出"))
    assert ward.ask(Issues()) == ()
    assert shelf(ward, "阿托伐他汀").balance == before


def test_the_refrigerator_is_read_twice_a_day_and_what_is_off_needs_an_act(ward: Ward) -> None:
    ward.put(9)
    fridge = ward.ask(StoreBoard())[0]
    assert (fridge.store.words, fridge.due, fridge.last) == ("药品冰箱", ("08:00",), None)
    for values, field in (
        (("fridge", "x"), "celsius"),
        (("fridge", "80"), "celsius"),
        (("fridge", "9.5"), "act"),
        (("cool", "18"), "humidity"),
        (("none", "5"), "store"),
    ):
        with pytest.raises(Refusal) as refusal:
            ward.do(RecordReading(*values))
        assert refusal.value.field == field
    rid = ward.do(RecordReading("fridge", "9.5", act="检查门封"))
    fridge = ward.ask(StoreBoard())[0]
    assert fridge.due == ()
    assert fridge.last is not None
    assert (fridge.last.celsius, fridge.last.wrong, fridge.last.act) == ("9.5", "温度偏高", "检查门封")
    ward.do(RetractReading(Seen(rid, 1), "看错"))
    assert ward.ask(StoreBoard())[0].last is None
