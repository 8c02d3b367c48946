"""A departure that is struck: leave and bed are as before it, whatever was corrected in the hospital stay meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.clock import local
from app.core.unit import Unit
from app.referrals.moving import Depart, StrikeMove, SubmitReferral
from app.referrals.revising import Seen
from app.residents.places.moving import MoveBed
from app.residents.queries.free_beds import FreeBeds
from app.residents.rules.windows import When
from app.residents.stating import Seen as SeenAbsence
from app.residents.stays import AbsenceForm, CorrectAbsence
from app.residents.stays.away import KeepBed, Leave
from app.residents.stays.forms import AwayForm
from db.models import Absence, Stay
from tests.app.referrals.house import Desk, at
from tests.support.acts import Act

ZONE = "Asia/Shanghai"


def found(desk: Desk, model: Any, resident: UUID, **more: Any) -> Any:
    seen: list[Any] = []

    def look(unit: Unit) -> None:
        statement = select(model).where(model.resident == resident, model.current).filter_by(**more)
        row = unit.session.scalars(statement).one()
        unit.session.expunge(row)
        seen.append(row)

    desk.do(Act(look))
    return seen[0]


def corrected(desk: Desk, code: str, why: str, begins: datetime, ends: datetime | None = None) -> None:
    """The absence of this code as a person sets it right; the bed as it was."""
    row: Absence = found(desk, Absence, desk.li, code=code)

    def when(instant: datetime) -> When:
        wall = local(ZONE, instant)
        return When(wall.date(), wall.hour * 60 + wall.minute)

    away = AwayForm(whither="医院", why=why, bed_kept=row.bed_kept)
    form = AbsenceForm(code, when(begins), when(ends) if ends else None, away)
    desk.do(CorrectAbsence(SeenAbsence(row.rid, row.revision), form, "笔误"))


@pytest.fixture
def gone(desk: Desk) -> Seen:
    """On leave from 08:00, from there to hospital at 09:00, the bed given up."""
    desk.put(8)
    desk.do(Leave(desk.li, AwayForm(whither="女儿家", why="探亲")))
    desk.put(9)
    seen: Seen = desk.do(Depart(desk.do(SubmitReferral(desk.begun())), bed_kept=False))
    return seen


def leave_of(desk: Desk) -> Absence:
    row: Absence = found(desk, Absence, desk.li, code="leave")
    return row


def bed_of(desk: Desk) -> UUID | None:
    bed: UUID | None = found(desk, Stay, desk.li).bed
    return bed


@pytest.mark.parametrize("times", [0, 1, 2])
def test_leave_and_bed_are_as_before_however_often_it_was_corrected(
    desk: Desk, gone: Seen, times: int
) -> None:
    assert (leave_of(desk).ends, bed_of(desk)) == (at(9), None)
    for number in range(times):
        desk.put(9, 10 + number)
        corrected(desk, "hospital", f"肺炎 {number}", at(9, 5))
    desk.put(9, 30)
    desk.do(StrikeMove(gone, "没有走"))
    assert found(desk, Absence, desk.li, code="hospital").state == "retracted"
    assert leave_of(desk).ends is None
    assert bed_of(desk) is not None


def test_words_that_were_corrected_in_the_leave_stay(desk: Desk, gone: Seen) -> None:
    desk.put(9, 10)
    corrected(desk, "leave", "复诊", at(8), at(9))
    desk.put(9, 30)
    desk.do(StrikeMove(gone, "没有走"))
    assert (leave_of(desk).ends, leave_of(desk).why) == (None, "复诊")


def test_an_end_of_the_leave_that_another_wrote_stays(desk: Desk, gone: Seen) -> None:
    desk.put(9, 10)
    corrected(desk, "leave", "探亲", at(8), at(8, 40))
    desk.put(9, 30)
    desk.do(StrikeMove(gone, "没有走"))
    assert leave_of(desk).ends == at(8, 40)


def test_a_bed_that_somebody_else_has_meanwhile_is_not_taken_from_them(desk: Desk, gone: Seen) -> None:
    (bed,) = (one.rid for one in desk.ask(FreeBeds()) if "301-1" in one.label)
    desk.put(9, 10)
    desk.do(MoveBed(desk.wang, bed, "其他：要靠门的床"))
    desk.put(9, 30)
    desk.do(StrikeMove(gone, "没有走"))
    assert (leave_of(desk).ends, bed_of(desk)) == (None, None)


def test_a_bed_that_was_given_up_by_another_act_stays_given_up(desk: Desk) -> None:
    desk.put(9)
    seen = desk.do(Depart(desk.do(SubmitReferral(desk.begun()))))
    desk.put(9, 10)
    desk.do(KeepBed(desk.li, False, None, "家属退床"))
    desk.put(9, 30)
    desk.do(StrikeMove(seen, "没有走"))
    assert bed_of(desk) is None
