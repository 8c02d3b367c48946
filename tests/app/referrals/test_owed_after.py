"""What a referral waits for once they are back says the same as the return: papers to ask for, until when assessed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.core.unit import Unit
from app.referrals.coming_back import RecordReturn, ReturnForm, ReturnOf
from app.referrals.coming_back.lists import lists
from app.referrals.coming_back.papers import NotePaper
from app.referrals.revising import Seen
from app.referrals.rules.returning import HERE
from app.referrals.rules.waiting import What
from app.residents.rules.windows import When
from app.residents.stays.correcting import CorrectAbsence
from app.residents.stays.forms import AbsenceForm, AwayForm
from db.models import Absence
from tests.app.referrals.house import DAY, Desk
from tests.support.acts import Act

NEXT = DAY + timedelta(days=7)


def returned(desk: Desk, hour: int = 8) -> Seen:
    desk.put(8)
    seen = desk.treated()
    desk.put(hour, 0, NEXT)
    desk.do(RecordReturn(desk.li, ReturnForm("none")))
    return seen


def away(desk: Desk) -> Seen:
    found: list[Seen] = []

    def look(unit: Unit) -> None:
        row = unit.session.scalars(select(Absence).where(Absence.current)).one()
        found.append(Seen(row.rid, row.revision))

    desk.do(Act(look))
    return found[0]


def test_papers_nobody_said_anything_of_are_asked_for(desk: Desk) -> None:
    seen = returned(desk)
    desk.put(9, 0, NEXT + timedelta(days=5))
    row = desk.ask(ReturnOf(desk.li)).row
    wait = desk.wait(seen, What.PAPERS)
    assert wait is not None
    assert wait.on == row.chase.on


def test_papers_that_all_came_are_not(desk: Desk) -> None:
    seen = returned(desk)
    record = desk.ask(ReturnOf(desk.li)).row.rid
    desk.do(NotePaper(record, tuple(lists().papers), HERE))
    desk.put(9, 0, NEXT + timedelta(days=5))
    assert desk.wait(seen, What.PAPERS) is None


def test_the_assessment_is_due_when_the_return_says_after_its_time_was_set_right(desk: Desk) -> None:
    seen = returned(desk, 12)
    form = AbsenceForm(
        "hospital", When(DAY, 8 * 60), When(NEXT, 2 * 60), AwayForm(whither="市一院", why="肺炎")
    )
    desk.do(CorrectAbsence(away(desk), form, "时间更正"))
    row = desk.ask(ReturnOf(desk.li)).row
    wait = desk.wait(seen, What.ASSESS)
    assert wait is not None
    assert wait.by == row.assess_by
