"""Visits of a round: written, set right, signed by doctor and nurse; orders to be written, referrals advised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.rounds import (
    ChangeVisit,
    CosignVisits,
    EndRound,
    LinkOrder,
    OrdersWritten,
    PlanRound,
    ReopenLine,
    RetractVisit,
    RoundForm,
    RoundWorkNow,
    SettleLine,
    SignVisits,
    Visit,
    VisitForm,
    VisitRow,
)
from app.referrals.rounds.holding import BeginRound
from app.residents.rules.windows import When
from db.models import Signature
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.rounding import DRAWN, FOUND, Rounding, rounding
from tests.support.acts import Act

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def house(desk: Desk) -> Rounding:
    """The doctor is here."""
    house = rounding(desk)
    house.begin()
    return house


def row(house: Rounding) -> VisitRow:
    person = house.whole().person(house.desk.li)
    assert person is not None
    assert person.visit is not None
    return person.visit


def test_a_visit_keeps_everything_said(house: Rounding) -> None:
    house.visited()
    seen = row(house)
    assert seen.form == FOUND
    assert (seen.question, seen.at) == ("近 3 天头晕，血压偏高，是否加药？", at(9, 10, NEXT))
    assert [one.waits for one in seen.lines] == [True, True]
    line = house.whole().line
    assert (line.visits, line.problems, line.to_write, line.unsigned) == (1, 1, 2, 1)


def test_what_is_missing_or_wrong_is_refused_with_its_field(house: Rounding) -> None:
    for form, field in (
        (replace(FOUND, assessment=""), "assessment"),
        (replace(FOUND, refers=True), "refer"),
        (replace(FOUND, fee="三十"), "fee"),
        (replace(FOUND, orders=("停药", "停药")), "orders"),
        (replace(FOUND, nursing="长" * 501), "nursing"),
    ):
        with pytest.raises(Refusal) as refused:
            house.visited(form=form)
        assert refused.value.field == field
    with pytest.raises(Refusal, match="不能更早"):
        house.desk.do(Visit(house.planned, house.desk.li, FOUND, When(NEXT, 8 * 60)))


def test_nobody_is_seen_before_the_doctor_arrived_nor_twice(house: Rounding) -> None:
    other = house.desk.do(PlanRound(RoundForm(NEXT, staff=house.staff(Role.DOCTOR))))
    with pytest.raises(Refusal, match="登记到达"):
        house.desk.do(Visit(other, house.desk.li, FOUND))
    house.visited()
    with pytest.raises(Refusal, match="这次已有巡诊记录"):
        house.visited()


def test_somebody_who_was_not_on_the_list_may_be_seen(house: Rounding) -> None:
    house.visited(house.desk.wang, VisitForm(assessment="病情平稳"))
    assert [one.name for one in house.whole().people] == ["李桂兰", "王素芬"]


def test_until_it_is_signed_a_change_needs_no_reason(house: Rounding) -> None:
    house.visited()
    house.desk.do(ChangeVisit(row(house).seen, replace(FOUND, education="低盐低脂饮食")))
    assert row(house).form.education == "低盐低脂饮食"
    with pytest.raises(Refusal, match="没有变化"):
        house.desk.do(ChangeVisit(row(house).seen, row(house).form))


def test_an_outside_doctor_signs_by_hand_then_the_nurse(house: Rounding) -> None:
    house.visited()
    with pytest.raises(Refusal) as refused:
        house.desk.do(SignVisits(house.planned))
    assert refused.value.field == "drawn"
    with pytest.raises(Refusal, match="医师还没有签名"):
        house.desk.do(CosignVisits(house.planned, house.desk.proof(Role.NURSE)))
    assert house.desk.do(SignVisits(house.planned, drawn=DRAWN)) == 1
    assert row(house).drawn == DRAWN
    with pytest.raises(Refusal, match="不是护士"):
        house.desk.do(CosignVisits(house.planned, house.desk.proof(Role.DOCTOR)))
    assert house.desk.do(CosignVisits(house.planned, house.desk.proof(Role.NURSE))) == 1
    assert row(house).nurse_at == at(9, 10, NEXT)
    with pytest.raises(Refusal, match="没有待医师签名"):
        house.desk.do(SignVisits(house.planned, drawn=DRAWN))


def test_our_own_doctor_signs_by_the_account_and_nobody_else(house: Rounding) -> None:
    own = house.desk.do(PlanRound(RoundForm(NEXT, staff=house.staff(Role.DOCTOR))))
    house.desk.do(BeginRound(house.whole(own).line.seen))
    house.desk.do(Visit(own, house.desk.li, FOUND))
    with pytest.raises(Refusal, match="请用账号签名"):
        house.desk.do(SignVisits(own, drawn=DRAWN))
    with pytest.raises(Refusal, match="不是医师"):
        house.desk.do(SignVisits(own, house.desk.proof(Role.NURSE)))
    assert house.desk.do(SignVisits(own, house.desk.proof(Role.DOCTOR))) == 1

    def look(found: list[str], unit: Unit) -> None:
        found += unit.session.scalars(select(Signature.name).where(Signature.kind == "round_visit"))

    names: list[str] = []
    house.desk.do(Act(partial(look, names)))
    assert names == ["陈永康"]
    visited = house.visited()
    with pytest.raises(Refusal, match="请由本人签名"):
        house.desk.do(SignVisits(house.planned, house.desk.proof(Role.DOCTOR)))
    assert visited.revision == 1


def test_a_change_after_the_signature_needs_a_reason_and_takes_it_away(house: Rounding) -> None:
    house.visited()
    house.desk.do(SignVisits(house.planned, drawn=DRAWN))
    changed = replace(FOUND, assessment="高血压 3 级，控制不佳")
    with pytest.raises(Refusal) as refused:
        house.desk.do(ChangeVisit(row(house).seen, changed))
    assert refused.value.field == "reason"
    house.desk.do(ChangeVisit(row(house).seen, changed, "笔误"))
    after = row(house)
    assert (after.doctor_at, after.drawn, after.form.assessment) == (None, {}, "高血压 3 级，控制不佳")


def test_a_visit_taken_out_may_be_written_anew(house: Rounding) -> None:
    house.visited()
    house.desk.do(RetractVisit(row(house).seen, "记错了人"))
    assert house.whole().line.visits == 0
    assert house.visited().revision == 3
    assert row(house).form == FOUND


def test_orders_wait_until_one_was_written_or_somebody_says_why_not(house: Rounding) -> None:
    visit = house.visited()
    waiting = house.desk.ask(RoundWorkNow()).to_write
    assert [(one.name, one.words, one.said_by) for one in waiting] == [
        ("李桂兰", FOUND.orders[0], "欧阳志强"),
        ("李桂兰", FOUND.orders[1], "欧阳志强"),
    ]
    assert house.desk.ask(OrdersWritten(visit.rid)) == ()
    house.desk.do(SettleLine(visit.rid, FOUND.orders[1], "已停药"))
    assert [one.words for one in house.desk.ask(RoundWorkNow()).to_write] == [FOUND.orders[0]]
    with pytest.raises(Refusal, match="已由林晓燕处理"):
        house.desk.do(SettleLine(visit.rid, FOUND.orders[1], "再说"))
    house.desk.do(ReopenLine(visit.rid, FOUND.orders[1]))
    assert len(house.desk.ask(RoundWorkNow()).to_write) == 2
    with pytest.raises(Refusal, match="没有找到这条医嘱"):
        house.desk.do(LinkOrder(visit.rid, FOUND.orders[0], visit.rid))


def test_a_referral_that_was_advised_is_work_until_one_is_begun(house: Rounding) -> None:
    house.visited(form=replace(FOUND, refers=True, refer="神经内科门诊，查头颅 CT"))
    [one] = house.desk.ask(RoundWorkNow()).to_refer
    assert (one.name, one.words) == ("李桂兰", "神经内科门诊，查头颅 CT")
    assert row(house).to_refer
    house.desk.begun()
    assert house.desk.ask(RoundWorkNow()).to_refer == ()
    assert not row(house).to_refer


def test_signatures_are_owed_after_the_end(house: Rounding) -> None:
    house.visited()
    house.desk.put(10, 0, NEXT)
    house.desk.do(EndRound(house.seen))
    work = house.desk.ask(RoundWorkNow())
    assert [one.seen.rid for one in work.unsigned] == [house.planned]
    house.desk.do(SignVisits(house.planned, drawn=DRAWN))
    assert [one.uncosigned for one in house.desk.ask(RoundWorkNow()).unsigned] == [1]
    house.desk.do(CosignVisits(house.planned, house.desk.proof(Role.NURSE)))
    assert house.desk.ask(RoundWorkNow()).unsigned == ()
