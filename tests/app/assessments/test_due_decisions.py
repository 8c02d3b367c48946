"""Decisions about what is due: put off, not called for, withdrawn; each answers its own cause and stays readable."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.assessments.due.queries import CountDues, DueList
from app.assessments.due.rows import DueRow
from app.assessments.due.service import DeferAssessment, DueKey, WaiveAssessment, WithdrawDecision
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Role
from app.history.record import RecordHistory
from app.residents.stating import Seen
from tests.app.assessments.dues import TODAY, assessed, at, came_back, fell, graded, line, lines
from tests.app.assessments.people import Admit
from tests.support.acts import rows
from tests.support.station import become

SOON = TODAY + timedelta(days=10)


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def key(row: DueRow) -> DueKey:
    return DueKey(
        row.resident,
        row.instrument,
        tuple(one.key for one in row.causes),
        row.decision.seen if row.decision else (),
    )


def put_off(station: Station, row: DueRow, until: date = SOON, reason: str = "住院中") -> tuple[Seen, ...]:
    return station.desk.do_now(DeferAssessment(key(row), until, reason))


# causes ---------------------------------------------------------------------------------------------------------------


def test_a_fall_makes_its_instruments_due_until_they_are_done(station: Station, resident: UUID) -> None:
    assessed(station, resident, "morse", date(2026, 11, 1))
    fell(station, resident, at(date(2026, 11, 20), 2))
    row = line(station, resident, "morse")
    assert (row.due_on, row.why, row.occasion) == (date(2026, 11, 21), "跌倒后 11-20", "跌倒后评估")
    assert row.latest is not None
    assessed(station, resident, "morse", date(2026, 11, 20), hour=1)  # before the fall of that day
    assert line(station, resident, "morse").why == "跌倒后 11-20"
    assessed(station, resident, "morse", date(2026, 11, 20), hour=3)
    assert line(station, resident, "morse").why == "定期"


def test_what_was_refused_stays_due_and_says_so(station: Station, resident: UUID) -> None:
    assessed(station, resident, "morse", date(2026, 11, 22), undone="拒绝评估：说累了")
    row = line(station, resident, "morse")
    assert (row.why, row.refused, row.latest) == ("入住评估", "11-22 拒绝评估", None)


def test_return_from_hospital_and_another_level(station: Station, resident: UUID) -> None:
    assessed(station, resident, "barthel", date(2026, 11, 1))
    came_back(station, resident, at(date(2026, 11, 18)))
    graded(station, resident, "partial", date(2026, 11, 2))
    assert line(station, resident, "barthel").why == "返院后 11-18"  # the first level is no change
    graded(station, resident, "partial", date(2026, 11, 10))
    graded(station, resident, "full", date(2026, 11, 19))
    assert line(station, resident, "barthel").why == "返院后 11-18、等级变更 11-19"


def test_what_is_no_routine_is_due_once_it_was_used(station: Station, resident: UUID) -> None:
    came_back(station, resident, at(date(2026, 11, 18)))
    assert lines(station, resident, "frail") == []
    assessed(station, resident, "frail", date(2025, 11, 20))
    row = line(station, resident, "frail")
    assert (row.why, row.due_on) == ("定期", date(2026, 11, 20))  # after hospital only by 12-18


# decisions ------------------------------------------------------------------------------------------------------------


def test_put_off_it_stands_in_its_own_list_until_the_day(station: Station, resident: UUID) -> None:
    before = station.desk.ask_now(CountDues())
    put_off(station, line(station, resident, "morse"))
    after = station.desk.ask_now(CountDues())
    assert (after.due, after.decided) == (before.due - 1, 1)
    (row,) = station.desk.ask_now(DueList(view="decided")).rows
    assert row.decision is not None
    assert (row.state, row.decision.until, row.decision.reason, row.decision.by) == (
        "deferred", SOON, "住院中", "周敏",
    )  # fmt: skip
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(days=10))
    again = line(station, resident, "morse")
    assert (again.state, again.due_on, again.causes[0].first_due) == ("open", SOON, date(2026, 3, 2))
    put_off(station, again, SOON + timedelta(days=5), "还没出院")
    assert [revision for revision, _state, _reason in _kept(station)] == [1, 2]


def test_waived_it_asks_no_more_but_the_next_fall_does(station: Station, resident: UUID) -> None:
    station.desk.do_now(WaiveAssessment(key(line(station, resident, "morse")), "临终照护"))
    assert line(station, resident, "morse").state == "waived"
    fell(station, resident, at(date(2026, 11, 23)))
    waived, opened = sorted(lines(station, resident, "morse"), key=lambda row: row.state, reverse=True)
    assert (waived.state, waived.why) == ("waived", "入住评估")
    assert (opened.state, opened.why) == ("open", "跌倒后 11-23")


def test_several_causes_are_decided_in_one_act(station: Station, resident: UUID) -> None:
    assessed(station, resident, "morse", date(2025, 11, 26))
    for day in (10, 20):
        fell(station, resident, at(date(2026, 11, day)))
    row = line(station, resident, "morse")
    assert (row.due_on, row.why) == (date(2026, 11, 11), "跌倒后 11-10、11-20、定期")
    assert len(put_off(station, row)) == 3
    assert line(station, resident, "morse").why == row.why
    assessed(station, resident, "morse", date(2026, 11, 24), hour=0)
    assert line(station, resident, "morse").why == "定期"
    assert station.desk.ask_now(CountDues()).decided == 0


def test_what_is_due_later_than_the_day_stays_open(station: Station, resident: UUID) -> None:
    assessed(station, resident, "morse", date(2025, 11, 30))
    fell(station, resident, at(date(2026, 11, 20)))
    put_off(station, line(station, resident, "morse"), TODAY + timedelta(days=2))
    states = {row.state: row.why for row in lines(station, resident, "morse")}
    assert states == {"open": "定期", "deferred": "跌倒后 11-20"}


def test_a_decision_is_changed_and_withdrawn_by_further_revisions(station: Station, resident: UUID) -> None:
    put_off(station, line(station, resident, "morse"))
    row = line(station, resident, "morse")
    station.desk.do_now(WaiveAssessment(key(row), "不适用"))
    row = line(station, resident, "morse")
    assert row.state == "waived"
    assert row.decision is not None
    station.desk.do_now(WithdrawDecision(row.decision.seen, "记错人"))
    assert line(station, resident, "morse").state == "open"
    assert _kept(station) == [
        (1, "signed", "住院中"),
        (2, "corrected", "不适用"),
        (3, "retracted", "撤回：记错人"),
    ]
    with pytest.raises(Refusal, match="这项决定已由周敏撤回"):
        station.desk.do_now(WithdrawDecision(row.decision.seen, "再来一次"))


@pytest.mark.parametrize(
    ("until", "reason", "refused"),
    [
        (TODAY, "住院中", ("until", "延期的日期应在今天以后。")),
        (TODAY + timedelta(days=91), "住院中", ("until", "最多延期 90 天")),
        (None, "住院中", ("until", "请填写延到哪一天。")),
        (SOON, " ", ("reason", "请写明原因。")),
        (SOON, "长" * 101, ("reason", "原因最多 100 个字。")),
    ],
)
def test_a_decision_is_refused_beside_its_field(
    station: Station, resident: UUID, until: date | None, reason: str, refused: tuple[str, str]
) -> None:
    row = line(station, resident, "morse")
    with pytest.raises(Refusal, match=refused[1]) as said:
        station.desk.do_now(DeferAssessment(key(row), until, reason))
    assert said.value.field == refused[0]
    assert _kept(station) == []


def test_two_people_do_not_decide_past_each_other(station: Station, resident: UUID) -> None:
    row = line(station, resident, "morse")
    put_off(station, row)
    with pytest.raises(Refusal, match="刚由周敏决定过"):
        put_off(station, row)
    assessed(station, resident, "morse", TODAY, hour=0)
    with pytest.raises(Refusal, match="已有人完成"):
        put_off(station, row)


def test_who_may_not_assess_decides_nothing(station: Station, resident: UUID) -> None:
    row = line(station, resident, "morse")
    become(station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="您没有“做评估”的权限"):
        put_off(station, row)
    with pytest.raises(Refusal, match="您没有“做评估”的权限"):
        station.desk.do_now(WithdrawDecision((), "不行"))


def _kept(station: Station) -> list[tuple[int, str, str]]:
    """Revision, state and reason of every decision ever made."""
    found = rows(station, "select revision, state, reason from assessment_deferral order by revision")
    return [(row[0], row[1], row[2]) for row in found]


def test_a_decision_reads_by_itself_in_its_history(station: Station, resident: UUID) -> None:
    put_off(station, line(station, resident, "morse"))
    row = line(station, resident, "morse")
    station.desk.do_now(WaiveAssessment(key(row), "不适用"))
    assert row.decision is not None
    story = station.desk.ask_now(RecordHistory("assessment_deferral", row.decision.seen[0].rid))
    said = {
        version.revision: {one.field: one.new for one in version.differences} for version in story.versions
    }
    assert said[1] == {
        "量表": "Morse跌倒风险评估",
        "到期原因": "入住评估",
        "起算日期": "2026-03-01",
        "延至": SOON.isoformat(),
    }
    assert said[2] == {"延至": "", "决定": "不再需要"}
