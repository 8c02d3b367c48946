"""The number beside 用药 is what the round shows, whatever an order or a stay has of its own; PRN limits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.care.derived import hours_of
from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Reader
from app.medication.derived import derive
from app.medication.giving import GivePrn
from app.medication.orders import OrderForm, PauseOrder, Prn
from app.medication.queries import BlankDoses, CountDueDoses, PrnOrders, RoundBoard
from app.residents.stating import Seen
from tests.app.medication.house import DAY, Ward, at, drug
from tests.support.acts import Look

NEXT = DAY + timedelta(days=1)


def _derived(reader: Reader) -> int:
    """The same by deriving every slot."""
    day, shift = hours_of(reader).at(reader.now)
    whole = derive(reader, None, [day, day + timedelta(days=1)])
    here = [one for one in whole if (one.slot.shift_day, one.slot.shift) == (day, shift.key)]
    return sum(one.state.open for one in here)


def _furnish(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("甲钴胺", "0.5", "tid")
    ward.order("甲钴胺", "0.5", "qod", resident=ward.wang)
    ward.order("氨氯地平", "5", resident=ward.wang)
    ward.order("多巴丝肼", "0.125", "tid")
    turns = {"way": "turn", "amounts": ["2.5", "0"]}
    ward.order("阿托伐他汀", "", resident=ward.wang, dosing=turns)
    paused = ward.order("奥美拉唑", "20")
    ward.put(7)
    ward.become(Role.DOCTOR)
    ward.do(PauseOrder(Seen(paused.rid, 2), "胃镜前停用"))
    ward.become(Role.NURSE)


@pytest.mark.parametrize("hour", [6.9, 7.5, 8.2, 9.5, 11.2, 12.5, 15.5, 17.6, 22.9, 23.5, 24.5, 31.2, 32.5])
def test_the_count_is_what_the_round_shows(ward: Ward, hour: float) -> None:
    _furnish(ward)
    ward.away("leave", at(7), at(12, 10), who=ward.wang)
    ward.put(0, int(hour * 60))
    assert ward.ask(CountDueDoses()) == ward.ask(Look(_derived))
    for slot in list(ward.slots())[:2]:
        if slot.ready:
            ward.give(slot)
    assert ward.ask(CountDueDoses()) == ward.ask(Look(_derived))


def test_earlier_shifts_and_the_other_side_of_midnight_are_pointed_out(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("甲钴胺", "0.5", times=("23:30",))
    ward.put(0, 40, NEXT)
    sheet = ward.ask(RoundBoard(None, None, earlier=True))
    assert [(one.day, one.shift.key, one.blanks) for one in sheet.unsettled or ()] == [(DAY, "day", 1)]
    assert sheet.beside == ((DAY, 1),)
    assert sheet.floor is not None
    blank = ward.ask(BlankDoses(sheet.floor, DAY, "night"))
    assert [(one.name, one.slot.key[2]) for one in blank] == [("李桂兰", "23:30")]


def test_names_to_beware_of_stand_in_the_round(ward: Ward) -> None:
    rows = ward.board().rows
    assert [row.marks.allergies for row in rows] == [None, None]
    assert [row.marks.alike for row in rows] == [(), ()]


def test_prn_orders_say_when_another_dose_may_be_given(ward: Ward) -> None:
    form = OrderForm(
        drug("对乙酰氨基酚").code, {"way": "same", "amount": "0.5"}, kind="prn", prn=Prn("疼痛", 360, 2)
    )
    (issued,) = ward.issue(form)
    ward.put(8)
    (row,) = ward.ask(PrnOrders(ward.li))
    assert (row.may, row.now.last, row.why, row.most) == (True, None, "疼痛", 2)
    ward.do(GivePrn(issued.rid, "头痛"))
    ward.put(13, 59)
    (row,) = ward.ask(PrnOrders(ward.li))
    assert (row.may, row.now.next_at, row.now.in_24h) == (False, at(14), 1)
    with pytest.raises(Refusal, match="11-24 14:00 后才能再给"):
        ward.do(GivePrn(issued.rid, "头痛"))
    ward.put(14)
    ward.do(GivePrn(issued.rid, "头痛"))
    ward.put(23)
    (row,) = ward.ask(PrnOrders(ward.li))
    assert (row.may, row.now.next_at) == (False, at(8, day=NEXT))
