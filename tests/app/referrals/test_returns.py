"""The way back: recorded with a referral and without, late, twice, into the wrong bed; corrected and taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.coming_back import (
    ChangeReturn,
    FinishAssessment,
    NoteAssessed,
    OpenReturns,
    RecordReturn,
    RetractReturn,
    Returned,
    ReturnForm,
    ReturnOf,
    ReturnRow,
    ReturnWhole,
)
from app.referrals.moving import Archive
from app.referrals.revising import Seen
from app.referrals.rules.states import Status
from app.residents.queries.free_beds import FreeBeds
from app.residents.queries.presence import Presence
from app.residents.rules.windows import When
from app.residents.stays.away import GoToHospital, Leave, Return
from app.residents.stays.forms import AwayForm
from db.models import Absence, MedReconciliation
from tests.app.referrals.house import DAY, Desk, at
from tests.support.acts import Act

NEXT = DAY + timedelta(days=7)
PAPER = ReturnForm(
    "paper",
    diagnoses="肺炎 J18.9；心房颤动",
    record_number="ZY20261118",
    course="抗感染 7 天，复查胸片吸收。",
)
BARE = ReturnForm("none")


def whole(desk: Desk, resident: UUID | None = None, record: UUID | None = None) -> ReturnWhole:
    found: ReturnWhole = desk.ask(ReturnOf(resident or desk.li, record))
    return found


def recorded(desk: Desk, record: UUID | None = None) -> ReturnRow:
    row = whole(desk, record=record).row
    assert row is not None
    return row


def lay_in(desk: Desk) -> UUID:
    """The time in hospital the last return ended."""
    absence = recorded(desk).absence
    assert absence is not None
    return absence


def back(desk: Desk, form: ReturnForm = PAPER, resident: UUID | None = None, **more: Any) -> Returned:
    done: Returned = desk.do(RecordReturn(resident or desk.li, form, **more))
    return done


def reconciled(desk: Desk, absence: UUID) -> None:
    """What a doctor signs after a return, as its own subject would write it."""

    def write(unit: Unit) -> None:
        unit.session.add(
            MedReconciliation(
                **unit.stamp(),
                revision=1,
                resident=desk.li,
                absence=absence,
                came_with="none",
                listed={"all": []},
                doctor_at=unit.now,
                doctor_name="陈医生",
            )
        )

    desk.station.desk.do_now(Act(write))


def absence_of(desk: Desk, rid: UUID) -> Absence:
    found: list[Absence] = []

    def look(unit: Unit) -> None:
        row = unit.session.scalar(select(Absence).where(Absence.rid == rid, Absence.current))
        assert row is not None
        unit.session.expunge(row)
        found.append(row)

    desk.station.desk.do_now(Act(look))
    return found[0]


@pytest.fixture
def nurse(desk: Desk) -> Desk:
    desk.become(Role.NURSE)
    return desk


def test_a_return_ends_the_time_in_hospital_and_returns_the_referral(nurse: Desk) -> None:
    seen = nurse.treated()
    nurse.put(13, 20, NEXT)
    assert whole(nurse).stage == "away"
    assert whole(nurse).offered.hospital == "安和市第一人民医院"
    done = back(nurse)
    referral = nurse.row(seen)
    assert referral.status == Status.RETURNED
    assert nurse.ask(Presence(nurse.li)).where == "here"
    assert absence_of(nurse, lay_in(nurse)).ends == at(13, 20, NEXT)
    shown = whole(nurse)
    assert shown.row is not None
    assert (shown.stage, shown.row.rid) == ("recorded", done.seen.rid)
    assert (shown.row.form.hospital, shown.row.form.department) == ("安和市第一人民医院", "急诊科")
    assert shown.row.first_by == at(15, 20, NEXT)
    assert shown.row.assess_by == at(13, 20, NEXT + timedelta(days=1))


def test_a_return_without_a_referral(nurse: Desk) -> None:
    nurse.do(GoToHospital(nurse.wang, AwayForm(whither="区中医院", why="骨折")))
    nurse.put(10, 0, NEXT)
    back(nurse, BARE, nurse.wang)
    row = whole(nurse, nurse.wang).row
    assert row is not None
    assert (row.referral, row.form.hospital, row.form.came_with) == (None, "区中医院", "none")


def test_a_plain_return_is_not_registered_until_somebody_completes_it(nurse: Desk) -> None:
    seen = nurse.treated()
    nurse.put(9, 0, NEXT)
    nurse.do(Return(nurse.li))
    nurse.put(11, 0, NEXT)
    [open_] = nurse.ask(OpenReturns())
    assert (open_.resident, open_.row, open_.at) == (nurse.li, None, at(9, 0, NEXT))
    assert nurse.row(seen).status == Status.TREATING
    with pytest.raises(Refusal, match="09:00 返院") as refused:
        back(nurse, when=When(NEXT, 10 * 60))
    assert refused.value.field == "time"
    back(nurse)
    [open_] = nurse.ask(OpenReturns())
    assert open_.row is not None
    assert open_.row.at == at(9, 0, NEXT)
    assert nurse.row(seen).status == Status.RETURNED


def test_a_late_entry_says_when_it_was_and_not_before_the_last_step(nurse: Desk) -> None:
    nurse.put(8)
    nurse.treated()
    nurse.put(18, 0, NEXT)
    with pytest.raises(Refusal, match="早") as refused:
        back(nurse, when=When(DAY, 7 * 60))
    assert refused.value.field == "time"
    assert whole(nurse).stage == "away"
    with pytest.raises(Refusal, match="现在之后"):
        back(nurse, when=When(NEXT, 18 * 60 + 1))
    back(nurse, when=When(NEXT, 6 * 60 + 30))
    row = whole(nurse).row
    assert row is not None
    assert row.at == at(6, 30, NEXT)
    assert row.late  # the first two hours have gone by


def test_a_departure_nobody_wrote_down_is_written_with_the_return(nurse: Desk) -> None:
    seen = nurse.begun()
    nurse.put(7)
    nurse.do(GoToHospital(nurse.li, AwayForm(whither="安和市第一人民医院", why="肺炎")))
    nurse.put(10, 0, NEXT)
    back(nurse)
    row = nurse.row(seen)
    assert row.status == Status.RETURNED
    assert [one["to"] for one in row.moves["all"]] == ["departed", "returned"]
    assert datetime.fromisoformat(row.moves["all"][0]["at"]) == at(7)
    assert datetime.fromisoformat(row.times["left"]) == at(7)


def test_whoever_lost_the_bed_gets_one_and_not_somebody_elses(nurse: Desk) -> None:
    nurse.do(GoToHospital(nurse.li, AwayForm(whither="市一医院", why="肺炎", bed_kept=False)))
    nurse.put(10, 0, NEXT)
    assert whole(nurse).needs_bed
    beds = {one.label: one.rid for one in nurse.ask(FreeBeds(nurse.wang))}
    with pytest.raises(Refusal) as refused:
        back(nurse, bed=beds["2号楼 301-2"])
    assert refused.value.field == "bed"
    assert nurse.ask(Presence(nurse.li)).where == "hospital"
    assert back(nurse, bed=beds["2号楼 301-3"]).bed == "2号楼 301-3"


def test_two_returns_stand_beside_each_other(nurse: Desk) -> None:
    nurse.treated()
    nurse.put(10, 0, NEXT)
    first = back(nurse)
    with pytest.raises(Refusal, match="没有待登记的返院"):
        back(nurse)
    nurse.put(12, 0, NEXT)
    nurse.treated()
    assert whole(nurse).stage == "away"
    later = NEXT + timedelta(days=3)
    nurse.put(9, 0, later)
    second = back(nurse, BARE)
    assert first.seen.rid != second.seen.rid
    assert {one.row.rid for one in nurse.ask(OpenReturns())} == {first.seen.rid, second.seen.rid}
    assert recorded(nurse, first.seen.rid).form.came_with == "paper"
    assert recorded(nurse).rid == second.seen.rid


def test_somebody_just_admitted_brings_the_papers_of_the_hospital(nurse: Desk) -> None:
    with pytest.raises(Refusal, match="也不是这几天新入住"):
        back(nurse, PAPER)
    nurse.put(9, 0, date(2026, 10, 3))
    assert whole(nurse, nurse.wang).stage == "admitted"
    back(nurse, replace(PAPER, hospital="安和市第一人民医院"), nurse.wang)
    row = whole(nurse, nurse.wang).row
    assert row is not None
    assert (row.absence, row.referral, row.reconciled) == (None, None, "none")


def test_whoever_is_on_leave_is_not_back_from_hospital(nurse: Desk) -> None:
    nurse.do(Leave(nurse.li, AwayForm(whither="儿子家", why="探亲", escort="李建国")))
    with pytest.raises(Refusal, match="请假外出"):
        back(nurse)


def test_what_was_empty_is_added_and_what_was_said_is_corrected_with_a_reason(nurse: Desk) -> None:
    nurse.treated()
    nurse.put(10, 0, NEXT)
    done = back(nurse)
    form = replace(PAPER, hospital="安和市第一人民医院", department="急诊科", partner=nurse.hospital)
    seen = nurse.do(ChangeReturn(done.seen, replace(form, dangers="再次发热、气促")))
    with pytest.raises(Refusal, match="请选择原因"):
        nurse.do(ChangeReturn(seen, replace(form, dangers="再次发热、气促", record_number="ZY1")))
    with pytest.raises(Refusal, match="刚被"):
        nurse.do(ChangeReturn(done.seen, replace(form, dangers="别的"), "笔误"))
    with pytest.raises(Refusal, match="手机号") as refused:
        nurse.do(ChangeReturn(seen, replace(form, doctor_phone="12"), "笔误"))
    assert refused.value.field == "doctor_phone"


def test_a_return_that_was_none_is_taken_out_and_can_be_recorded_anew(nurse: Desk) -> None:
    seen = nurse.treated()
    nurse.put(10, 0, NEXT)
    done = back(nurse)
    nurse.do(RetractReturn(done.seen, "登记错了人"))
    row = nurse.row(seen)
    assert row.status == Status.TREATING
    assert nurse.ask(Presence(nurse.li)).where == "hospital"
    assert nurse.ask(OpenReturns()) == ()
    nurse.put(12, 0, NEXT)
    again = back(nurse, BARE)
    assert again.seen == Seen(done.seen.rid, 3)
    assert nurse.row(seen).status == Status.RETURNED


def test_a_return_that_something_stands_on_is_not_taken_out(nurse: Desk) -> None:
    nurse.treated()
    nurse.put(10, 0, NEXT)
    done = back(nurse)
    reconciled(nurse, lay_in(nurse))
    with pytest.raises(Refusal, match="用药重整已经开始"):
        nurse.do(RetractReturn(done.seen, "登记错了人"))
    nurse.put(11, 0, NEXT)
    nurse.do(GoToHospital(nurse.li, AwayForm(whither="市一医院", why="再次发热")))
    with pytest.raises(Refusal, match="又登记了外出或住院"):
        nurse.do(RetractReturn(done.seen, "登记错了人"))


def test_a_plain_return_stays_when_its_registration_is_taken_out(nurse: Desk) -> None:
    seen = nurse.treated()
    nurse.put(9, 0, NEXT)
    nurse.do(Return(nurse.li))
    nurse.put(10, 0, NEXT)
    done = back(nurse)
    nurse.do(RetractReturn(done.seen, "登记错了"))
    assert nurse.ask(Presence(nurse.li)).where == "here"
    assert nurse.row(seen).status == Status.TREATING


def test_an_archived_referral_keeps_its_return(nurse: Desk) -> None:
    seen = nurse.treated()
    nurse.put(10, 0, NEXT)
    done = back(nurse)
    row = whole(nurse).row
    assert row is not None
    reconciled(nurse, lay_in(nurse))
    for item in row.items:
        if item.place != "reconcile":
            nurse.do(NoteAssessed(row.rid, item.code, "看过"))
    after = nurse.do(FinishAssessment(Seen(row.rid, recorded(nurse).revision)))
    now = nurse.row(seen)
    assert now.status == Status.ASSESSED
    nurse.do(Archive(Seen(now.rid, now.revision)))
    with pytest.raises(Refusal, match="已归档"):
        nurse.do(RetractReturn(after, "登记错了人"))
    assert done.seen.rid == after.rid


def test_whoever_may_not_refer_records_no_return(desk: Desk) -> None:
    desk.become(Role.NURSE)
    desk.treated()
    desk.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="办理转诊"):
        back(desk)
