"""The list of referrals, one of them, what waits, counts, the timeline: asked as screens ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.history.timeline import Timeline
from app.referrals.around import (
    HandOver,
    KeepHandOver,
    KeepScript,
    Script,
    StartGreenChannel,
    TellFamily,
    Told,
)
from app.referrals.moving import Approve, Arrive, AskApproval, Depart, StrikeMove, SubmitReferral, Withdraw
from app.referrals.queries.counts import CountOpenReferrals
from app.referrals.queries.list import AFTER, ALL, OUTSIDE, TO_DO, Filters, ReferralList
from app.referrals.queries.of_resident import ReferralsOf
from app.referrals.queries.one import ReferralById
from app.referrals.queries.work import to_be_told
from app.referrals.rules.acts import NOT_OWN, Act
from app.referrals.rules.states import Status
from app.referrals.rules.waiting import LATE, RED, TOLD, What
from app.referrals.writing import BeginReferral
from tests.app.referrals.house import DAY, Desk, at
from tests.support.acts import Look


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


def _groups(desk: Desk) -> dict[str, int]:
    return dict(desk.ask(ReferralList()).groups)


def test_groups_follow_the_machine(desk: Desk) -> None:
    away = desk.away()
    desk.begun(desk.wang)
    assert _groups(desk) == {TO_DO: 1, OUTSIDE: 1, AFTER: 0, ALL: 2}
    page = desk.ask(ReferralList(Filters(OUTSIDE)))
    assert [one.rid for one in page.rows] == [away.rid]
    assert page.rows[0].partner_words == "安和市第一人民医院"
    assert desk.ask(CountOpenReferrals()) == 2


def test_search_and_filters(desk: Desk) -> None:
    seen = desk.begun()
    desk.begun(desk.wang, partner=desk.partners["other"], cause="stroke")
    number = desk.row(seen).number

    def found(**more: Any) -> list[str]:
        return [one.name for one in desk.ask(ReferralList(Filters(ALL, **more))).rows]

    assert found(text="lgl") == ["李桂兰"]
    assert found(text=number) == ["李桂兰"]
    assert found(cause="stroke") == ["王素芬"]
    assert found(partner=desk.hospital) == ["李桂兰"]
    assert len(found(month=DAY)) == 2
    assert found(month=date(2026, 9, 1)) == []


def test_an_answer_is_due_red_and_told(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    for minutes, late in ((14, 0), (15, LATE), (30, RED), (45, TOLD)):
        desk.put(6, minutes)
        wait = desk.wait(seen, What.ANSWER)
        assert wait is not None
        assert wait.late == late, minutes
    assert "超时 30 分钟" in wait.words(at(6, 45))


def test_approval_and_consent_are_owed_after_rescue(desk: Desk) -> None:
    seen = desk.away()
    row = desk.ask(ReferralById(seen.rid))
    assert row.approval_by is not None
    assert row.consent_by is not None
    assert {one.what for one in row.waits} >= {What.APPROVAL, What.CONSENT, What.ARRIVAL}
    offered = row.offered(Act.APPROVE_AFTER)
    assert offered is not None
    assert "医生或院长" in offered.why_not
    desk.become(Role.DOCTOR)
    approved = desk.do(Approve(desk.agreed(seen)))
    row = desk.ask(ReferralById(approved.rid))
    assert row.approval is not None
    assert row.approval.by_name
    assert row.consent is not None
    assert row.consent.name == "李建国"
    assert {one.what for one in row.waits} == {What.ARRIVAL}


def test_whoever_wrote_something_in_it_may_still_approve(desk: Desk) -> None:
    """A doctor who registers the arrival did not ask for the referral."""
    seen = desk.away()
    desk.become(Role.DOCTOR)
    seen = desk.do(Arrive(seen))
    assert desk.ask(ReferralById(seen.rid)).offered(Act.APPROVE_AFTER).why_not == ""
    desk.do(Approve(seen))


def test_ones_own_is_not_approved(desk: Desk) -> None:
    desk.become(Role.DOCTOR)
    seen = desk.do(AskApproval(desk.agreed(desk.begun(urgency="h48"))))
    row = desk.ask(ReferralById(seen.rid))
    assert row.offered(Act.APPROVE).why_not == NOT_OWN
    with pytest.raises(Refusal, match="另一位"):
        desk.do(Approve(seen))


def test_the_next_step_comes_first(desk: Desk) -> None:
    seen = desk.begun()
    assert desk.ask(ReferralById(seen.rid)).main is Act.SUBMIT
    plain = desk.begun(desk.wang, urgency="elective")
    row = desk.ask(ReferralById(plain.rid))
    assert row.main is Act.ASK
    asked = desk.ask(ReferralById(desk.do(AskApproval(plain)).rid))
    assert asked.main is Act.APPROVE
    desk.become(Role.DOCTOR)
    asked = desk.ask(ReferralById(plain.rid))
    assert "知情同意" in asked.offered(Act.APPROVE).why_not


def test_struck_moves_stay(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.do(StrikeMove(seen, "点错了"))
    row = desk.ask(ReferralById(seen.rid))
    assert row.status is Status.DRAFT
    assert row.last is None
    assert row.moves[0].struck is not None
    assert row.moves[0].struck.why == "点错了"


def test_no_arrival_after_two_hours(desk: Desk) -> None:
    seen = desk.away()
    desk.put(8, 1)
    (mine,) = (one for one in desk.ask(Look(to_be_told)) if one.wait.what is What.ARRIVAL)
    assert mine.line.rid == seen.rid
    assert mine.late == LATE
    desk.put(10)
    assert desk.wait(seen, What.ARRIVAL).late == RED


def test_the_bed_is_kept_until_a_day(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    left = desk.do(Depart(seen, keep_until=DAY + timedelta(days=3)))
    assert desk.ask(ReferralById(left.rid)).bed_until == DAY + timedelta(days=3)
    desk.put(9, day=DAY + timedelta(days=1))
    wait = desk.wait(left, What.BED)
    assert wait is not None
    assert wait.late == LATE
    desk.put(9, day=DAY + timedelta(days=4))
    assert desk.wait(left, What.BED).late == RED


def test_120_and_what_was_handed_over(desk: Desk) -> None:
    seen = desk.do(StartGreenChannel(desk.begun()))
    seen = desk.do(
        KeepScript(
            seen, Script("梧桐路 8 号", conscious="no", symptoms="嗜睡"), datetime(2026, 1, 1, tzinfo=UTC)
        )
    )
    with pytest.raises(Refusal, match="有、没有"):
        desk.do(KeepScript(seen, Script(breathing="?")))
    with pytest.raises(Refusal, match="至少"):
        desk.do(KeepHandOver(seen, HandOver()))
    with pytest.raises(Refusal, match="之后"):
        desk.do(KeepHandOver(seen, HandOver("闽D 120A6"), at(9)))
    seen = desk.do(
        KeepHandOver(seen, HandOver("闽D 120A6", "周医生", items=("病历", " ", "医保卡")), at(6), at(6))
    )
    row = desk.ask(ReferralById(seen.rid))
    assert row.script is not None
    assert row.script.symptoms == "嗜睡"
    assert row.hand_over is not None
    assert row.hand_over.items == ("病历", "医保卡")
    assert {one.code: one.at for one in row.times}["ambulance_here"] == at(6)
    assert row.escort["plate"] == "闽D 120A6"


def test_the_chart_and_the_timeline_tell_it(desk: Desk) -> None:
    seen = desk.do(TellFamily(desk.away(), Told("李建国", "coming", "儿子")))
    assert [one.rid for one in desk.ask(ReferralsOf(desk.li))] == [seen.rid]
    lines = desk.ask(Timeline(desk.li, at(0), at(23)))
    assert {"转诊已提交", "转诊已出发"} <= {one.title for one in lines}
    assert desk.ask(ReferralById(seen.rid)).family[0].answer == "在赶来"


def test_what_is_over_waits_for_nothing(desk: Desk) -> None:
    seen = desk.do(Withdraw(desk.begun(), "好转"))
    row = desk.ask(ReferralById(seen.rid))
    assert row.waits == ()
    assert row.main is None
    assert desk.ask(CountOpenReferrals()) == 0
    desk.do(BeginReferral(desk.li, desk.form()))


def test_who_may_not_refer_is_told(desk: Desk) -> None:
    seen = desk.begun()
    desk.become(Role.CAREGIVER)
    row = desk.ask(ReferralById(seen.rid))
    assert all("权限" in one.why_not for one in row.acts)
    with pytest.raises(Refusal, match="没有这份转诊"):
        desk.ask(ReferralById(desk.li))
