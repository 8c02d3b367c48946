"""Lists and counts of incidents, the timeline, and the proposal of a re-assessment from what counts as an event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.assessments.proposals import CountProposals, ReassessmentProposals
from app.assessments.record_queries import OpenForm
from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.incidents.queries import (
    CountAwaiting,
    CountsByKind,
    Filters,
    IncidentCounts,
    IncidentList,
    OpenIncidents,
    PeopleHere,
    find,
    happened,
)
from app.incidents.service import DeclineReassessment, ReviewIncident
from app.incidents.taking_out import RetractIncident
from app.residents.stating import Seen
from tests.app.assessments.people import Admit, filled, signed
from tests.app.incidents.cases import REVIEW, close, forward, report, seen
from tests.support.acts import Look
from tests.support.station import become

TODAY = date(2026, 11, 24)


@pytest.fixture
def rid(station: Station) -> UUID:
    """王桂芳; a nurse is at the desk."""
    resident = station.desk.do_now(Admit())
    become(station, Role.NURSE)
    return resident


def days_ago(station: Station, days: int) -> datetime:
    return station.clock.now() - timedelta(days=days)


def test_lists_by_state_kind_words_and_day(station: Station, rid: UUID) -> None:
    other = station.desk.do_now(Admit("01-000002", "李阿珍", "2号楼 101-1"))
    old = report(station, rid, at=days_ago(station, 40))
    gone = report(station, other, kind="choking", measures=("吸氧",))
    report(station, None, kind="equipment", measures=("报修",))
    station.desk.do_now(RetractIncident(Seen(gone, 1), "记错"))
    become(station, Role.HEAD_NURSE)
    close(station, old)

    def numbers(**filters: object) -> list[str]:
        page = station.desk.ask_now(IncidentList(Filters(**filters)))  # type: ignore[arg-type]  # any of its fields
        assert page.count == len(page.rows)
        return [row.number for row in page.rows]

    assert numbers() == ["01-000003"]
    assert numbers(view="all") == ["01-000003", "01-000001"]
    assert numbers(view="closed") == ["01-000001"]
    assert numbers(view="retracted") == ["01-000002"]
    assert numbers(view="all", kind="fall") == ["01-000001"]
    assert numbers(view="all", text="王桂芳") == ["01-000001"]
    assert numbers(view="all", text="000003") == ["01-000003"]
    assert numbers(view="all", text="跌") == ["01-000001"]
    assert numbers(view="all", text="没有") == []
    assert numbers(view="all", since=TODAY - timedelta(days=30)) == ["01-000003"]
    assert numbers(view="all", until=TODAY - timedelta(days=40)) == ["01-000001"]
    counts = station.desk.ask_now(IncidentCounts())
    assert counts == {"open": 1, "reported": 1, "reviewed": 0, "closed": 1, "all": 2, "retracted": 1}
    assert station.desk.ask_now(CountsByKind(TODAY - timedelta(days=60), TODAY)) == {
        "fall": 1,
        "equipment": 1,
    }
    assert station.desk.ask_now(CountAwaiting()) == 1


def test_midnight_belongs_to_the_day_that_begins(station: Station, rid: UUID) -> None:
    report(station, rid, at=datetime(2026, 11, 22, 16, 0, tzinfo=UTC))  # 00:00 on the 23rd in Shanghai
    assert station.desk.ask_now(CountsByKind(date(2026, 11, 23), date(2026, 11, 23))) == {"fall": 1}
    assert station.desk.ask_now(CountsByKind(date(2026, 11, 22), date(2026, 11, 22))) == {}


def test_what_waits_longest_beyond_its_deadline_stands_first(station: Station, rid: UUID) -> None:
    mild, severe = report(station, rid), report(station, rid, harm="severe")
    assert [row.rid for row in station.desk.ask_now(OpenIncidents())] == [severe, mild]
    forward(station, hours=13)
    first, second = station.desk.ask_now(OpenIncidents())
    assert (first.rid, first.overdue, second.overdue) == (severe, True, False)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(ReviewIncident(seen(station, severe), REVIEW))
    rows = station.desk.ask_now(OpenIncidents())
    assert [(row.rid, row.overdue) for row in rows] == [(mild, False), (severe, False)]


def test_the_timeline_tells_what_happened_and_what_did_not(station: Station, rid: UUID) -> None:
    at = days_ago(station, 3)
    report(station, rid, at=at)
    gone = report(station, rid)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(RetractIncident(Seen(gone, 1), "记错"))

    def told(since: datetime, until: datetime) -> list[tuple[str, str, str, str]]:
        lines = station.desk.ask_now(Look(lambda reader: list(happened(reader, rid, since, until))))
        return [(one.title, one.sort, one.by, one.tone) for one in lines]

    assert told(at, station.clock.now()) == [
        ("跌倒，轻度", "不良事件", "林晓燕", "orange"),
        ("跌倒，轻度（已作废）", "不良事件", "林晓燕", "neutral"),
    ]
    assert told(days_ago(station, 9), at) == []


def test_a_resident_is_found_by_any_words(station: Station, rid: UUID) -> None:
    people = station.desk.ask_now(PeopleHere())
    assert [one.label for one in find(people, "312")] == ["王桂芳 2号楼 312-1 01-000001"]
    assert find(people, "") == ()


def test_two_events_of_any_kinds_within_thirty_days_propose(station: Station, rid: UUID) -> None:
    report(station, rid, at=days_ago(station, 31))
    assert station.desk.ask_now(ReassessmentProposals()) == ()
    report(station, rid, kind="pressure", measures=("换药",))  # counts for none of the fields
    assert station.desk.ask_now(CountProposals()) == 0
    choked = report(station, rid, kind="choking", at=days_ago(station, 1), measures=("吸氧",))
    (one,) = station.desk.ask_now(ReassessmentProposals())
    assert one.why == "30天内照护风险事件2次：10-24 跌倒、11-23 噎食"
    assert (one.name, one.bed, one.newest, one.latest) == ("王桂芳", "2号楼 312-1", Seen(choked, 1), None)
    assert station.desk.ask_now(ReassessmentProposals(rid)) == (one,)
    station.desk.do_now(RetractIncident(Seen(choked, 1), "记错"))
    assert station.desk.ask_now(ReassessmentProposals()) == ()


def test_a_fall_longer_ago_does_not_count(station: Station, rid: UUID) -> None:
    report(station, rid, at=days_ago(station, 32))
    report(station, rid, at=days_ago(station, 1))
    assert station.desk.ask_now(ReassessmentProposals()) == ()


def test_a_signed_assessment_answers_it_and_the_next_event_asks_again(station: Station, rid: UUID) -> None:
    for days in (9, 1):
        report(station, rid, at=days_ago(station, days))
    forward(station, hours=1)
    signed(station, rid, filled(station))
    assert station.desk.ask_now(ReassessmentProposals()) == ()
    forward(station, days=2)
    become(station, Role.NURSE)
    report(station, rid)
    (one,) = station.desk.ask_now(ReassessmentProposals())
    assert len(one.events) == 3
    assert one.latest is not None


def test_an_assessment_that_could_not_know_of_it_answers_nothing(station: Station, rid: UUID) -> None:
    """Signed before the second fall was reported, though the fall was earlier."""
    report(station, rid, at=days_ago(station, 9))
    signed(station, rid, filled(station))
    become(station, Role.NURSE)
    forward(station, hours=1)
    report(station, rid, at=days_ago(station, 1))
    assert len(station.desk.ask_now(ReassessmentProposals())) == 1


def test_a_decline_is_kept_with_the_incident(station: Station, rid: UUID) -> None:
    for days in (9, 1):
        report(station, rid, at=days_ago(station, days))
    (one,) = station.desk.ask_now(ReassessmentProposals())
    with pytest.raises(Refusal, match="请写明原因"):
        station.desk.do_now(DeclineReassessment(one.newest, " "))
    become(station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="您没有“做评估”的权限"):
        station.desk.do_now(DeclineReassessment(one.newest, "在住院"))
    become(station, Role.NURSE)
    station.desk.do_now(DeclineReassessment(one.newest, "老人住院，出院后再评"))
    assert station.desk.ask_now(ReassessmentProposals()) == ()
    report(station, rid)
    assert len(station.desk.ask_now(ReassessmentProposals())) == 1


def test_the_form_of_an_assessment_is_filled_with_events_and_says_whence(station: Station, rid: UUID) -> None:
    report(station, rid, at=days_ago(station, 40))
    for days in (20, 4):
        report(station, rid, at=days_ago(station, days))
    for days, towards in ((2, "伤害自己"), (1, "伤害他人")):
        said_of = {"kind": "violence", "measures": ("专人看护",), "asked": {"towards": towards}}
        report(station, rid, at=days_ago(station, days), **said_of)
    form = station.desk.ask_now(OpenForm(rid))
    said = {
        code: form.content.information.get(code) for code in ("A.2.14.1", "A.2.14.2", "A.2.14.4", "A.2.14.5")
    }
    assert said == {
        "A.2.14.1": "发生过2次", "A.2.14.2": None, "A.2.14.4": "发生过1次", "A.2.14.5": "发生过1次",
    }  # fmt: skip
    assert form.from_incidents[0] == ("来自不良事件：11-04 跌倒、11-20 跌倒", {"A.2.14.1": "发生过2次"})


def test_more_than_three_falls_are_three_or_more(station: Station, rid: UUID) -> None:
    for days in range(1, 6):
        report(station, rid, at=days_ago(station, days))
    assert station.desk.ask_now(OpenForm(rid)).content.information["A.2.14.1"] == "发生过3次及以上"
