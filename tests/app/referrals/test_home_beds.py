"""Home beds: applied for once, opened or declined, rounds late by the day, renewed in bounds, closed and reopened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.history.timeline import Timeline
from app.referrals.home_beds import (
    Applicant,
    ApplyHomeBed,
    BedVisit,
    ChangeBedVisit,
    ChangeHomeBed,
    CloseHomeBed,
    CountHomeBedWork,
    EvaluateHomeBed,
    HomeBeds,
    Opening,
    RenewHomeBed,
    ReopenHomeBed,
    RetractBedVisit,
    RetractHomeBed,
    VisitHomeBed,
)
from app.referrals.home_beds.lists import forbidden_in, lists
from app.referrals.rules.home_beds import months_on, next_round, this_week
from app.today.board import Today
from tests.app.referrals.bedded import OPENED, WANTED, applied, opened, page, visited
from tests.app.referrals.house import DAY, Desk, at


def refused(desk: Desk, order: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        desk.do(order)
    return caught.value


@pytest.mark.parametrize(
    ("visits", "day", "on", "late"),
    [
        (1, date(2026, 11, 8), date(2026, 11, 8), 0),
        (1, date(2026, 11, 9), date(2026, 11, 8), 0),  # a day of grace
        (1, date(2026, 11, 10), date(2026, 11, 8), 2),
        (2, date(2026, 11, 6), date(2026, 11, 5), 0),
        (2, date(2026, 11, 7), date(2026, 11, 5), 2),
        (7, date(2026, 11, 4), date(2026, 11, 2), 2),
    ],
)
def test_a_round_is_late_past_its_share_of_the_week(visits: int, day: date, on: date, late: int) -> None:
    found = next_round(date(2026, 11, 1), visits, day, 1)
    assert (found.on, found.late) == (on, late)


def test_months_end_where_months_end() -> None:
    assert months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_on(date(2026, 12, 31), 1) == date(2027, 1, 31)
    assert months_on(date(2026, 1, 15), 12) == date(2027, 1, 15)
    assert this_week(date(2026, 11, 24)) == (date(2026, 11, 23), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"indications": ()}, "indications"),
        ({"indications": ("boredom",)}, "indications"),
        ({"diagnosis": " "}, "diagnosis"),
        ({"applicant": Applicant("", "子", on_paper=True)}, "applicant"),
        ({"applicant": Applicant("李建国", "", on_paper=True)}, "relation"),
        ({"applicant": Applicant("李建国", "子")}, "on_paper"),
    ],
)
def test_what_is_wrong_with_an_application_stands_beside_its_field(
    desk: Desk, said: dict[str, Any], field: str
) -> None:
    assert refused(desk, ApplyHomeBed(desk.li, replace(WANTED, **said))).field == field


def test_nobody_has_two_home_beds(desk: Desk) -> None:
    first = applied(desk)
    assert first.number.startswith("JB-")
    assert first.number in refused(desk, ApplyHomeBed(desk.li, WANTED)).text
    applied(desk, desk.wang)
    desk.become(Role.CAREGIVER)
    assert "家庭病床" in refused(desk, ApplyHomeBed(desk.li, WANTED)).text


def test_an_evaluation_opens_it_or_declines(desk: Desk) -> None:
    bed = applied(desk).bed
    assert refused(desk, EvaluateHomeBed(bed, DAY, " ", OPENED)).field == "words"
    assert refused(desk, EvaluateHomeBed(bed, DAY + timedelta(days=1), "可", OPENED)).field == "on"
    long = replace(OPENED, until=months_on(DAY, 3) + timedelta(days=1))
    assert refused(desk, EvaluateHomeBed(bed, DAY, "可", long)).field == "until"
    assert (
        refused(desk, EvaluateHomeBed(bed, DAY, "可", replace(OPENED, visits_week=0))).field == "visits_week"
    )
    assert refused(desk, EvaluateHomeBed(bed, DAY, "可", Opening("", None))).field == "doctor_name"
    desk.do(EvaluateHomeBed(bed, DAY, "符合指征", OPENED))
    line = page(desk, bed.rid).line
    assert (line.state_words, line.until, line.doctor) == ("建床中", months_on(DAY, lists().months), "陈永康")
    wang = applied(desk, desk.wang).bed
    seen = desk.do(EvaluateHomeBed(wang, DAY, "不符合：病情不稳定"))
    assert page(desk, wang.rid).line.state_words == "未建床"
    desk.do(ReopenHomeBed(seen))
    assert page(desk, wang.rid).line.state_words == "待评估"


def test_rounds_are_counted_by_week_and_late_by_the_day(desk: Desk) -> None:
    bed = opened(desk, on=DAY - timedelta(days=10))
    assert desk.ask(CountHomeBedWork()) == 1
    line = page(desk, bed.rid).line
    assert line.due is not None
    assert (line.late, line.due.late, line.held) == (True, 6, 0)
    visited(desk, bed.rid, at(5, 30), kind="nurse", done="更换尿管")
    assert page(desk, bed.rid).line.late, "a nurse's visit is no round"
    visited(desk, bed.rid, at(5, 40))
    after = page(desk, bed.rid)
    assert (after.line.late, after.line.held, len(after.visits)) == (False, 1, 2)
    assert desk.ask(HomeBeds("late")).lines == ()
    assert after.visits[0].unsigned, "a nurse wrote the doctor's round down"


def test_a_doctor_signs_by_writing_it(desk: Desk) -> None:
    bed = opened(desk)
    desk.become(Role.DOCTOR)
    visited(desk, bed.rid)
    (row,) = page(desk, bed.rid).visits
    assert (row.unsigned, row.kind_words) == (False, "医师查床")
    assert row.said == "生命体征平稳；换药"


def test_what_is_never_done_in_a_home_bed_is_refused(desk: Desk) -> None:
    bed = opened(desk)
    said = BedVisit("nurse", {"done": "予静脉化疗一次"})
    refusal = refused(desk, VisitHomeBed(bed.rid, said))
    assert (refusal.field, "转诊" in refusal.text) == ("done", True)
    assert forbidden_in("化疗后血象复查") == "", "to speak of it is no act"


@pytest.mark.parametrize(
    ("visit", "field"),
    [
        (BedVisit("cook", {"done": "x"}), "kind"),
        (BedVisit("doctor", {"done": "换药"}), "assessment"),
        (BedVisit("nurse", {"assessment": "平稳"}), "done"),
        (BedVisit("nurse", {"done": "x"}, at=at(23, 0)), "at"),
        (BedVisit("nurse", {"done": "x"}, at=at(5, 0, date(2026, 1, 1))), "at"),
    ],
)
def test_what_is_wrong_with_a_round_stands_beside_its_field(desk: Desk, visit: BedVisit, field: str) -> None:
    assert refused(desk, VisitHomeBed(opened(desk).rid, visit)).field == field


def test_a_round_is_put_right_and_taken_back(desk: Desk) -> None:
    bed = opened(desk)
    visited(desk, bed.rid, at(5, 30))
    (row,) = page(desk, bed.rid).visits
    right = BedVisit("doctor", {"assessment": "体温 37.8 ℃"}, row.name, row.at)
    assert refused(desk, ChangeBedVisit(row.seen, right, "")).field == "reason"
    seen = desk.do(ChangeBedVisit(row.seen, right, "笔误"))
    assert page(desk, bed.rid).visits[0].said == "体温 37.8 ℃"
    desk.do(RetractBedVisit(seen, "写错老人"))
    assert page(desk, bed.rid).visits == ()


def test_a_period_is_renewed_within_bounds(desk: Desk) -> None:
    bed = opened(desk, on=DAY, until=DAY + timedelta(days=5))
    assert [one.name for one in desk.ask(HomeBeds("ending")).lines] == ["李桂兰"]
    assert refused(desk, RenewHomeBed(bed, DAY + timedelta(days=4), "续")).field == "until"
    assert refused(desk, RenewHomeBed(bed, DAY + timedelta(days=200), "续")).field == "until"
    assert refused(desk, RenewHomeBed(bed, DAY + timedelta(days=60), " ")).field == "why"
    desk.do(RenewHomeBed(bed, DAY + timedelta(days=60), "仍需胃管维护"))
    found = page(desk, bed.rid)
    assert (found.line.ends_soon, len(found.renewed)) == (False, 1)


def test_it_is_closed_with_a_summary_and_reopened(desk: Desk) -> None:
    bed = opened(desk)
    assert refused(desk, CloseHomeBed(bed, DAY, "转住院", "好转", "")).field == "summary"
    assert refused(desk, CloseHomeBed(bed, DAY, "", "好转", "x")).field == "why"
    assert refused(desk, CloseHomeBed(bed, DAY, "转住院", "", "x")).field == "outcome"
    assert refused(desk, CloseHomeBed(bed, DAY - timedelta(days=1), "转住院", "好转", "x")).field == "on"
    closed = desk.do(CloseHomeBed(bed, DAY, "转住院", "未愈", "建床 1 天，转上级医院"))
    assert refused(desk, VisitHomeBed(bed.rid, BedVisit("nurse", {"done": "x"}))).text
    assert desk.ask(HomeBeds()).lines == ()
    assert [one.state_words for one in desk.ask(HomeBeds("over")).lines] == ["已撤床"]
    desk.do(ReopenHomeBed(closed))
    assert page(desk, bed.rid).line.state_words == "建床中"


def test_an_application_is_put_right_or_taken_back(desk: Desk) -> None:
    bed = applied(desk).bed
    seen = desk.do(ChangeHomeBed(bed, replace(WANTED, diagnosis="脑梗死"), "补充"))
    assert page(desk, bed.rid).form.diagnosis == "脑梗死"
    desk.do(RetractHomeBed(seen, "录错老人"))
    assert desk.ask(HomeBeds()).lines == ()
    kept = opened(desk)
    visited(desk, kept.rid, at(5, 30))
    assert "撤床" in refused(desk, RetractHomeBed(kept, "录错")).text


def test_in_hospital_no_round_is_owed(desk: Desk) -> None:
    bed = opened(desk, on=DAY - timedelta(days=10))
    desk.away()
    line = page(desk, bed.rid).line
    assert (line.away, line.due) == ("hospital", None)


def test_the_workbench_and_the_timeline_tell_of_it(desk: Desk) -> None:
    bed = opened(desk, on=DAY - timedelta(days=10))
    applied(desk, desk.wang)
    found = {one.title: one.when for one in desk.ask(Today()).todos if one.way.place == "home-beds"}
    assert found == {"李桂兰 家庭病床查床": "迟 6 天", "家庭病床待评估": "1 张"}
    visited(desk, bed.rid, at(5, 30))
    lines = desk.ask(Timeline(desk.li, at(0), at(23)))
    assert {"家庭病床建床", "医师查床"} <= {one.title for one in lines}
