"""待重整: after a return from hospital no path gives a regular dose of before without a named decision."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.giving import (
    CloseDoses,
    CorrectDose,
    Give,
    GivePrn,
    Missed,
    NotGiven,
    RetractDose,
    Said,
)
from app.medication.orders import OrderForm, Prn
from app.medication.queries.blank_doses import BlankDoses
from app.medication.queries.due_count import CountDueDoses
from app.medication.queries.guided import GuidedRound
from app.medication.queries.month import MonthGrid
from app.medication.queries.prn_orders import PrnOrders
from app.medication.reconciling import UndoDecision
from app.medication.rules.slots import DoseState
from app.medication.running import RunningMedicines
from app.medication.stock.boxes import FillBoxes
from app.medication.stock.issuing import IssueMedicines, IssuePreview
from app.medication.stock.queries.boxes import BoxBoard
from app.residents.stating import Seen
from app.residents.stays.away import GoToHospital, Return
from app.residents.stays.forms import AwayForm
from db.models import Setting
from tests.app.medication.house import DAY, Ward, at, drug
from tests.app.medication.reconcile_house import OUT, Back
from tests.support.acts import Act

WAITS = DoseState.UNRECONCILED


@pytest.fixture
def back(ward: Ward) -> Back:
    return Back(ward).go()


def test_what_was_ordered_before_is_held_however_the_absence_ended(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(9)
    ward.do(GoToHospital(ward.li, AwayForm(whither="市第一人民医院", why="肺炎")))
    ward.put(8, 30, DAY + timedelta(days=1))
    ward.do(Return(ward.li))
    ward.put(8, 40, DAY + timedelta(days=1))
    slot = ward.slot("08:00", day=DAY + timedelta(days=1))
    assert slot.state is WAITS
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot)


def test_the_round_gives_none_of_it(back: Back) -> None:
    ward = back.ward
    ward.put(8, 5)
    slot = ward.slot("08:00", "阿托伐他汀")
    assert (slot.state, slot.ready, slot.prompts) == (WAITS, False, ())
    assert slot.state.words == "待重整"
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot)
    assert ward.give_all(slot).seen == ()
    with pytest.raises(Refusal, match="待重整"):
        ward.not_given(slot, 13)  # 自行服用 is taking it, too
    assert ward.ask(CountDueDoses()) == 0
    ward.put(11)
    late = ward.slot("08:00", "阿托伐他汀")
    assert late.state is WAITS
    with pytest.raises(Refusal, match="待重整"):
        ward.give(late, late="忙")


def test_an_order_of_after_the_return_is_free(back: Back) -> None:
    ward = back.ward
    ward.put(7)
    ward.order("氨氯地平", "5")
    ward.put(8, 5)
    assert ward.slot("08:00", "氨氯地平").state is DoseState.DUE


def test_a_decision_lets_it_go_on_and_taken_back_it_is_held_again(back: Back) -> None:
    ward = back.ward
    ward.put(7, 40)
    seen = back.decide("阿托伐他汀", "keep").seen
    ward.put(8, 5)
    slot = ward.slot("08:00", "阿托伐他汀")
    assert slot.state is DoseState.DUE
    assert ward.slot("08:00", "华法林").state is WAITS  # each by name
    ward.do(UndoDecision(seen, "医师改主意"))
    assert ward.slot("08:00", "阿托伐他汀").state is WAITS
    back.decide("阿托伐他汀", "keep")
    ward.give(ward.slot("08:00", "阿托伐他汀"))


def test_a_dose_of_before_the_decision_is_not_recorded_as_given(back: Back) -> None:
    ward = back.ward
    ward.put(8, 30)
    back.decide("阿托伐他汀", "keep")
    slot = ward.slot("08:00", "阿托伐他汀")
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot, at=at(8, 5))
    ward.give(slot, at=at(8, 30))


def test_what_was_given_before_they_left_is_still_recorded(ward: Ward) -> None:
    ward.put(5, 0)
    ward.order("阿托伐他汀", "20")
    ward.put(14)
    ward.away("hospital", at(9, 5), at(13, 0))
    slot = ward.slot("08:00", "阿托伐他汀")
    assert slot.state is DoseState.OVERDUE
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot, late="刚记")
    ward.give(slot, late="刚记", at=at(8, 10))


def test_a_correction_makes_nothing_given(back: Back) -> None:
    ward = back.ward
    ward.put(8, 5)
    seen = ward.not_given(ward.slot("08:00", "阿托伐他汀"), 11, "待重整")
    for change in (
        CorrectDose(seen, "笔误", amount="20"),
        CorrectDose(seen, "笔误", amount="20", at=at(8, 0, OUT)),
        CorrectDose(seen, "笔误", number=13),
    ):
        with pytest.raises(Refusal, match="待重整"):
            ward.do(change)
    ward.do(CorrectDose(seen, "笔误", number=4))
    back.decide("阿托伐他汀", "keep")
    seen = Seen(seen.rid, 2)
    ward.do(CorrectDose(seen, "笔误", amount="20", at=at(8, 5)))


def test_a_fact_of_before_the_hospital_may_be_corrected(ward: Ward) -> None:
    ward.put(5, 0, OUT)
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5, OUT)
    seen = ward.give(ward.slot("08:00", day=OUT))
    ward.put(6, 30)
    ward.away("hospital", at(9, 0, OUT), at(6, 30))
    ward.do(CorrectDose(seen, "笔误", amount="10"))
    again = Seen(seen.rid, 2)
    ward.do(RetractDose(again, "记错人"))
    assert ward.slot("08:00", day=OUT).state is DoseState.OVERDUE


def test_when_needed_asks_and_is_not_blocked(ward: Ward) -> None:
    ward.put(5, 0, OUT)
    form = OrderForm(
        drug("对乙酰氨基酚").code, {"way": "same", "amount": "0.5"}, kind="prn", prn=Prn("疼痛", 360, 4)
    )
    (issued,) = ward.issue(form)
    ward.put(8)
    ward.away("hospital", at(9, 0, OUT), at(6, 30))
    (row,) = ward.ask(PrnOrders(ward.li))
    assert row.may
    with pytest.raises(Refusal, match="仍要给请写明原因"):
        ward.do(GivePrn(issued.rid, "头痛"))
    ward.do(GivePrn(issued.rid, "头痛", Said(despite="已电话问陈医生")))


def test_boxes_and_issues_leave_it_out(back: Back) -> None:
    ward = back.ward
    ward.put(7)
    with pytest.raises(Refusal, match="待重整"):
        ward.do(FillBoxes((ward.li,), DAY, "morning"))
    assert ward.ask(IssuePreview(ward.li, DAY, 3)) == ()
    with pytest.raises(Refusal, match="待重整"):
        ward.do(IssueMedicines(ward.li, DAY, 3, "李建国"))
    back.decide("阿托伐他汀", "keep")
    ward.do(FillBoxes((ward.li,), DAY, "morning"))
    back.ward.do(UndoDecision(back.row("阿托伐他汀").decision.seen))  # type: ignore[union-attr]  # decided above
    row = next(one for one in ward.ask(BoxBoard(None, DAY, "morning")).rows if one.resident == ward.li)
    assert row.state.words == "需重摆"


def test_a_shift_is_closed_with_it_as_held(back: Back) -> None:
    ward = back.ward
    ward.put(16, 30)
    floor = ward.board().floor
    assert floor is not None
    blank = ward.ask(BlankDoses(floor, DAY, ward.slot("08:00").shift))
    assert [one.slot.state for one in blank] == [WAITS, WAITS]
    missed = tuple(Missed(one.slot.key, "等医师") for one in blank)
    assert ward.do(CloseDoses(floor, ward.slot("08:00").shift, DAY, missed)) == 2
    slot = ward.slot("08:00")
    assert (slot.state, slot.recorded.words) == (DoseState.HELD, "医嘱停暂：返院用药待重整：等医师")  # type: ignore[union-attr]  # just recorded


def test_a_shift_is_not_closed_while_it_may_still_be_decided(back: Back) -> None:
    ward = back.ward
    ward.put(8, 30)
    floor = ward.board().floor
    assert floor is not None
    with pytest.raises(Refusal, match="没过时间"):
        ward.do(CloseDoses(floor, ward.slot("08:00").shift, DAY))


def test_guided_and_month_say_so(back: Back) -> None:
    ward = back.ward
    ward.put(8, 5)
    stop = next(one for one in ward.ask(GuidedRound(None, DAY, "morning")).stops if one.resident == ward.li)
    assert (stop.unreconciled, stop.open, stop.finished) == (2, 0, True)
    sheet = ward.ask(MonthGrid(ward.li, DAY))
    cell = next(cell for _, line in sheet.lines for cell in line.cells if cell.day == DAY)
    assert (cell.state, cell.word) == (WAITS, "整")
    assert sheet.rate.asked == sum(
        1 for _, line in sheet.lines for c in line.cells if c.state is DoseState.OVERDUE
    )


def test_running_medicines_are_told_with_it(back: Back) -> None:
    assert all(one.unreconciled for one in back.ward.ask(RunningMedicines(back.ward.li)))


def test_an_absence_of_before_the_program_knew_holds_nothing(back: Back) -> None:
    ward = back.ward

    def count_from(unit: Unit) -> None:
        unit.session.add(Setting(key="reconcile_from", value={"at": int(at(6, 31).timestamp() * 1000)}))

    ward.do(Act(count_from))
    ward.put(8, 5)
    assert ward.slot("08:00").state is DoseState.DUE


def test_a_second_stay_in_hospital_asks_again_and_frees_nothing_of_between(ward: Ward) -> None:
    back = Back(ward).go(("阿托伐他汀", "20", "qd"))
    ward.put(9, 30)
    ward.away("hospital", at(9, 10), at(9, 30))  # back the same morning: 08:00 was held and is not given now
    ward.put(10)
    slot = ward.slot("08:00")
    assert slot.state is WAITS
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot, late="迟", at=at(8, 5))
    back.decide("阿托伐他汀", "keep")
    assert ward.slot("08:00").state is WAITS  # what was held then stays held: its answer is 医嘱停暂
    assert ward.slot("08:00", day=DAY + timedelta(days=1)).state is DoseState.PLANNED


def test_an_older_decision_does_not_count_when_the_return_was_later(back: Back) -> None:
    ward = back.ward
    ward.put(7)
    back.decide("阿托伐他汀", "keep")

    def later(unit: Unit) -> None:
        from sqlalchemy import select

        from app.core.revising import next_revision
        from db.models import Absence

        row = unit.session.scalars(select(Absence).where(Absence.current)).one()
        next_revision(unit, row, "时间更正", {"ends": at(7, 30)})

    ward.put(8, 5)
    ward.do(Act(later))
    assert ward.slot("08:00").state is WAITS


def test_leave_holds_nothing(ward: Ward) -> None:
    ward.put(5, 0, OUT)
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    ward.away("leave", at(9, 0, OUT), at(6, 30))
    assert ward.slot("08:00").state is DoseState.DUE


def test_it_is_given_by_nobody_without_the_right(back: Back) -> None:
    ward = back.ward
    ward.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="用药重整"):
        back.decide("阿托伐他汀", "keep")
    ward.become(Role.NURSE)
    with pytest.raises(Refusal, match="作决定的医师"):
        back.decide("阿托伐他汀", "keep", doctor_name="")
    with pytest.raises(Refusal):
        ward.do(Give((back.orders["阿托伐他汀"], DAY, "08:00")))
    with pytest.raises(Refusal):
        ward.do(NotGiven((back.orders["阿托伐他汀"], DAY, "08:00"), 13))
