"""What a return belongs to: the time in hospital nobody said anything of, and no letter of another time."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.coming_back import FinishAssessment, NoteAssessed, OpenReturns, RecordReturn
from app.referrals.coming_back.listing import open_returns
from app.referrals.coming_back.lists import lists
from app.referrals.revising import Seen, follow
from app.referrals.rules.states import Status
from app.residents.stays.away import GoToHospital, Leave, Return
from app.residents.stays.forms import AwayForm
from db.models import ReferralReturn
from tests.app.medication.house import Ward
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.test_returns import BARE, NEXT, lay_in, recorded, whole
from tests.support.acts import Act

OTHER = AwayForm(whither="省立医院", why="骨折")


@pytest.fixture
def nurse(desk: Desk) -> Desk:
    desk.become(Role.NURSE)
    return desk


def told(desk: Desk) -> None:
    """Every part of the assessment that words will do for is said."""
    row = recorded(desk)
    for item in row.items:
        if item.code != "reconcile":
            desk.do(NoteAssessed(row.rid, item.code, "看过"))


def plainly_back(desk: Desk) -> Seen:
    """A referral that lies in hospital, with an order of before, and a plain return that says nothing of it."""
    desk.put(7, 0, DAY)
    Ward(desk.home).order("华法林", "2.5", "qd")
    desk.put(8)
    seen = desk.treated()
    desk.put(9, 0, NEXT)
    desk.do(Return(desk.li))
    return seen


def test_a_leave_after_the_hospital_hides_no_return(nurse: Desk) -> None:
    seen = plainly_back(nurse)
    nurse.put(10, 0, NEXT)
    nurse.do(Leave(nurse.li, AwayForm(whither="儿子家", why="探亲")))
    nurse.put(18, 0, NEXT)
    nurse.do(Return(nurse.li))
    [open_] = nurse.ask(OpenReturns())
    assert (open_.row, open_.at, open_.referral) == (None, at(9, 0, NEXT), seen.rid)
    nurse.do(RecordReturn(nurse.li, BARE))
    assert lay_in(nurse) == nurse.row(seen).absence
    told(nurse)
    row = recorded(nurse)
    assert row.reconciled == "open"
    with pytest.raises(Refusal, match="还没有完成：用药重整"):
        nurse.do(FinishAssessment(Seen(row.rid, row.revision)))


def test_a_return_is_asked_for_as_long_as_its_referral_waits(nurse: Desk) -> None:
    seen = plainly_back(nurse)
    nurse.put(9, 0, NEXT + lists().unregistered + timedelta(days=1))
    assert [one.referral for one in nurse.ask(OpenReturns())] == [seen.rid]
    nurse.do(RecordReturn(nurse.li, BARE))
    assert (lay_in(nurse), recorded(nurse).at) == (nurse.row(seen).absence, at(9, 0, NEXT))


def test_no_time_in_hospital_proves_nothing_while_the_referral_knows_of_one(nurse: Desk) -> None:
    seen = plainly_back(nurse)
    done = nurse.do(RecordReturn(nurse.li, BARE))

    def forget(unit: Unit) -> None:
        row = unit.session.scalar(select(ReferralReturn).where(ReferralReturn.current))
        assert row is not None
        follow(unit, row, "更正", {"absence": None})

    nurse.do(Act(forget))
    item = next(one for one in recorded(nurse, done.seen.rid).items if one.code == "reconcile")
    assert (item.done, item.sayable, nurse.row(seen).status) == (False, False, Status.RETURNED)


def test_a_letter_nobody_finished_did_not_go_with_them(nurse: Desk) -> None:
    seen = nurse.begun(impression="", history="")
    nurse.put(7)
    nurse.do(GoToHospital(nurse.li, OTHER))
    nurse.put(8, 0, NEXT)
    nurse.do(RecordReturn(nurse.li, BARE))
    row = recorded(nurse)
    assert (row.referral, row.form.hospital, row.form.partner) == (None, "省立医院", None)
    assert nurse.row(seen).status == Status.DRAFT


def test_a_letter_of_long_before_did_not_go_with_them(nurse: Desk) -> None:
    seen = nurse.begun()
    nurse.put(8, 0, DAY + lists().begun + timedelta(days=2))
    nurse.do(GoToHospital(nurse.li, OTHER))
    nurse.put(8, 0, DAY + timedelta(days=9))
    assert whole(nurse).sent is None
    nurse.do(RecordReturn(nurse.li, BARE))
    assert recorded(nurse).referral is None
    assert nurse.row(seen).status == Status.DRAFT


def test_where_they_lay_stands_before_where_the_letter_would_have_sent_them(nurse: Desk) -> None:
    nurse.begun()
    nurse.put(7)
    nurse.do(GoToHospital(nurse.li, OTHER))
    nurse.put(8, 0, NEXT)
    assert whole(nurse).offered.hospital == "省立医院"
    nurse.do(RecordReturn(nurse.li, BARE))
    form = recorded(nurse).form
    assert (form.hospital, form.partner, form.department) == ("省立医院", None, "")


def test_the_referral_of_an_earlier_time_in_hospital_is_ended_by_its_own_return(nurse: Desk) -> None:
    seen = plainly_back(nurse)
    nurse.put(12, 0, NEXT)
    nurse.do(GoToHospital(nurse.li, OTHER))
    nurse.put(9, 0, NEXT + timedelta(days=3))
    second = nurse.do(RecordReturn(nurse.li, BARE))
    later = recorded(nurse, second.seen.rid)
    assert (later.referral, later.form.hospital) == (None, "省立医院")
    assert nurse.row(seen).status == Status.TREATING
    assert (whole(nurse).stage, whole(nurse).back_at) == ("back", at(9, 0, NEXT))
    first = nurse.do(RecordReturn(nurse.li, BARE))
    assert recorded(nurse, first.seen.rid).referral == seen.rid
    assert nurse.row(seen).status == Status.RETURNED


def asked_of(desk: Desk) -> int:
    """How many statements the list of returns takes."""
    count = 0

    def look(unit: Unit) -> None:
        bind = unit.session.get_bind()

        def one(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(bind, "before_cursor_execute", one)
        try:
            open_returns(unit, OpenReturns())
        finally:
            event.remove(bind, "before_cursor_execute", one)

    desk.do(Act(look))
    return count


def _over(resident: UUID, assessed: bool, unit: Unit) -> None:  # noqa: FBT001  # bound by partial
    papers = {
        code: {"state": "here", "at": unit.now.isoformat(), "by": "", "by_name": "", "note": ""}
        for code in list(lists().papers)[0 if assessed else 1 :]
    }
    row = ReferralReturn(
        **unit.stamp(), revision=1, resident=resident, absence=uuid4(), came_with="none",
        assess_by=unit.now, papers=papers, assessed_at=unit.now,
    )  # fmt: skip
    unit.session.add(row)


@pytest.mark.parametrize("whole_", [True, False])
def test_the_list_takes_as_many_statements_for_twenty_returns_as_for_one(
    nurse: Desk, *, whole_: bool
) -> None:
    nurse.put(8, 0, NEXT)
    nurse.do(Act(partial(_over, nurse.li, whole_)))
    once = asked_of(nurse)
    for _ in range(19):
        nurse.do(Act(partial(_over, nurse.li, whole_)))
    assert len(nurse.ask(OpenReturns())) == (0 if whole_ else 20)
    assert asked_of(nurse) == once
