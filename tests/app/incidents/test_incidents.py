"""Incidents reported, completed, told, reviewed, closed, reopened, corrected, taken out: each step a revision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.orders import Order
from app.core.roles import Role
from app.incidents.queries import IncidentsOf
from app.incidents.rules import Review
from app.incidents.service import (
    CloseIncident,
    CorrectIncident,
    ReopenIncident,
    ReportIncident,
    ReviewIncident,
    TellFamily,
)
from app.incidents.taking_out import MoveIncident, RetractIncident, TakeBackIncident
from app.residents.stating import Seen
from tests.app.assessments.people import Admit
from tests.app.incidents.cases import REVIEW, close, fall, forward, report, seen, told, whole
from tests.support.acts import rows
from tests.support.station import become


@pytest.fixture
def rid(station: Station) -> UUID:
    """王桂芳; a nurse is at the desk."""
    resident = station.desk.do_now(Admit())
    become(station, Role.NURSE)
    return resident


def test_a_report_of_six_things_is_enough(station: Station, rid: UUID) -> None:
    become(station, Role.CAREGIVER)
    record = report(station, rid)
    now = whole(station, record)
    row = now.row
    assert (row.number, row.name, row.bed, row.status, row.reported_by) == (
        "01-000001", "王桂芳", "2号楼 312-1", "reported", "马丽",
    )  # fmt: skip
    assert now.said["当时处理"] == "通知医生、监测生命体征"
    assert row.missing == ("告知家属（时间、方式、告知人、答复）", "审核（原因和整改措施）")
    assert rows(station, "select act from audit where kind = 'incident'") == [("report_incident",)]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"kind": "storm"}, "kind"),
        ({"resident": None}, "resident"),
        ({"place": " "}, "place"),
        ({"happened": ""}, "happened"),
        ({"happened": "滑" * 2001}, "happened"),
        ({"harm": ""}, "harm"),
        ({"measures": (), "done": " "}, "done"),
        ({"measures": ("念经",)}, "done"),
        ({"asked": {"head": "也许"}}, "asked.head"),
        ({"hours": 1}, "clock"),
        ({"hours": -24 * 400}, "day"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(
    station: Station, rid: UUID, other: dict[str, Any], field: str
) -> None:
    hours = other.pop("hours", None)
    said = replace(fall(station, rid), **other)
    if hours is not None:
        said = replace(said, at=station.clock.now() + timedelta(hours=hours))
    with pytest.raises(Refusal) as refused:
        station.desk.do_now(ReportIncident(said))
    assert refused.value.field == field
    assert station.desk.ask_now(IncidentsOf(rid)) == ()


def test_equipment_and_complaints_concern_nobody_in_particular(station: Station, rid: UUID) -> None:
    record = report(station, None, kind="equipment", measures=("报修",))
    assert whole(station, record).row.missing == ("审核（原因和整改措施）",)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(ReviewIncident(seen(station, record), REVIEW))
    station.desk.do_now(CloseIncident(seen(station, record)))
    assert whole(station, record).row.status == "closed"


def test_the_rest_comes_later_and_the_old_words_stay(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    forward(station, hours=1)
    said = fall(station, rid, at=whole(station, record).row.at, asked={"head": "否", "footwear": "拖鞋"})
    station.desk.do_now(CorrectIncident(seen(station, record), said, "补充"))
    forward(station, hours=1)
    station.desk.do_now(CorrectIncident(seen(station, record), replace(said, place="走廊"), "笔误"))
    newest, middle, first = whole(station, record).versions
    assert (newest.what, newest.reason, newest.changes) == ("更正", "笔误", (("地点", "卫生间", "走廊"),))
    assert middle.changes == (("鞋", "", "拖鞋"), ("头部着地", "", "否"))
    assert (first.what, first.by, first.changes) == ("上报", "林晓燕", ())
    kept = rows(station, "select revision, current, state, place from incident order by revision")
    assert kept == [(1, 0, "signed", "卫生间"), (2, 0, "corrected", "卫生间"), (3, 1, "corrected", "走廊")]


def test_closing_names_what_is_missing(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    become(station, Role.HEAD_NURSE)
    with pytest.raises(
        Refusal, match="还不能结案，缺：告知家属（时间、方式、告知人、答复）；审核（原因和整改措施）。"
    ):
        station.desk.do_now(CloseIncident(seen(station, record)))
    station.desk.do_now(TellFamily(seen(station, record), told(station)))
    with pytest.raises(Refusal, match="缺：审核（原因和整改措施）。"):
        station.desk.do_now(CloseIncident(seen(station, record)))
    station.desk.do_now(ReviewIncident(seen(station, record), REVIEW))
    station.desk.do_now(CloseIncident(seen(station, record)))
    now = whole(station, record)
    assert now.row.status == "closed"
    assert now.said["告知家属"] == (
        "2026-11-24 08:30 电话告知王建国（儿子），告知人林晓燕。答复：知道了，下午来看望。"
    )
    assert [one.what for one in now.versions] == ["结案", "审核", "告知家属", "上报"]


def test_a_closed_one_is_reopened_with_why_and_is_reviewed_again(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    become(station, Role.HEAD_NURSE)
    close(station, record)
    orders: tuple[Order[Any], ...] = (
        TellFamily(seen(station, record), told(station)),
        RetractIncident(seen(station, record), "记错"),
        CorrectIncident(seen(station, record), fall(station, rid), "笔误"),
    )
    for order in orders:
        with pytest.raises(Refusal, match="已结案"):
            station.desk.do_now(order)
    with pytest.raises(Refusal, match="请写明原因"):
        station.desk.do_now(ReopenIncident(seen(station, record), " "))
    station.desk.do_now(ReopenIncident(seen(station, record), "家属提出异议"))
    now = whole(station, record)
    assert (now.row.status, now.versions[0].what, now.versions[0].reason) == (
        "reviewed", "重新打开", "重新打开：家属提出异议",
    )  # fmt: skip
    again = Review((), "复核后认为与药物有关。", "请医生调整降压药。")
    station.desk.do_now(ReviewIncident(seen(station, record), again))
    assert ("整改措施", REVIEW.measures, again.measures) in whole(station, record).versions[0].changes


def test_from_moderate_harm_on_somebody_else_reviews(station: Station, rid: UUID) -> None:
    become(station, Role.HEAD_NURSE)
    mild, hurt = report(station, rid), report(station, rid, harm="moderate")
    station.desk.do_now(ReviewIncident(seen(station, mild), REVIEW))
    with pytest.raises(Refusal, match="“中度”的事件，须由上报人以外的人审核"):
        station.desk.do_now(ReviewIncident(seen(station, hurt), REVIEW))
    become(station, Role.MANAGER)
    station.desk.do_now(ReviewIncident(seen(station, hurt), REVIEW))
    assert whole(station, hurt).row.status == "reviewed"


def test_a_review_needs_causes_and_measures(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    become(station, Role.HEAD_NURSE)
    empty = (replace(REVIEW, causes=(), analysis=""), "causes"), (replace(REVIEW, measures=""), "measures")
    for review, field in empty:
        with pytest.raises(Refusal) as refused:
            station.desk.do_now(ReviewIncident(seen(station, record), review))
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"hours": -3}, "clock"),
        ({"hours": 1}, "clock"),
        ({"way": "托梦"}, "way"),
        ({"whom": ""}, "whom"),
        ({"by": ""}, "by"),
        ({"answer": ""}, "answer"),
        ({"way": "无家属可告知", "whom": "", "answer": ""}, "answer"),
    ],
)
def test_a_telling_says_when_how_whom_by_whom_and_the_answer(
    station: Station, rid: UUID, other: dict[str, Any], field: str
) -> None:
    record = report(station, rid)
    hours = other.pop("hours", 0)
    family = told(station, at=station.clock.now() + timedelta(hours=hours), **other)
    with pytest.raises(Refusal) as refused:
        station.desk.do_now(TellFamily(seen(station, record), family))
    assert refused.value.field == field


def test_the_wrong_resident_is_put_right_in_one_act(station: Station, rid: UUID) -> None:
    other = station.desk.do_now(Admit("01-000002", "王桂芬", "2号楼 312-2"))
    record = report(station, rid, asked={"head": "否"})
    station.desk.do_now(TellFamily(seen(station, record), told(station)))
    there = station.desk.do_now(MoveIncident(seen(station, record), other, "名字相近"))
    (here,) = station.desk.ask_now(IncidentsOf(rid))
    assert here.retracted
    moved = whole(station, there)
    assert (moved.row.number, moved.row.name, moved.row.status) == ("01-000002", "王桂芬", "reported")
    assert moved.said["头部着地"] == "否"
    assert "告知家属" not in moved.said  # the wrong family was told
    assert moved.versions[0].reason == "由 01-000001王桂芳 改报：名字相近"
    assert whole(station, record).versions[0].reason == "误录：记错人，改报到王桂芬：名字相近"


def test_a_slip_is_taken_back_within_ten_minutes(station: Station, rid: UUID) -> None:
    record, late = report(station, rid), report(station, rid)
    become(station, Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="只有上报的人"):
        station.desk.do_now(TakeBackIncident(Seen(record, 1)))
    become(station, Role.NURSE)
    station.desk.do_now(TakeBackIncident(Seen(record, 1)))
    assert whole(station, record).row.retracted
    forward(station, minutes=11)
    with pytest.raises(Refusal, match="已超过 10 分钟"):
        station.desk.do_now(TakeBackIncident(Seen(late, 1)))
    with pytest.raises(Refusal, match="请写明为什么作废"):
        station.desk.do_now(RetractIncident(Seen(late, 1), " "))
    station.desk.do_now(RetractIncident(Seen(late, 1), "监控核实没有跌倒"))
    assert whole(station, late).versions[0].what == "作废"
    become(station, Role.HEAD_NURSE)
    assert station.verify() == []


def test_who_may_do_what(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    become(station, Role.CAREGIVER)
    here = seen(station, record)
    orders: tuple[Order[Any], ...] = (
        CorrectIncident(here, fall(station, rid), "笔误"),
        ReviewIncident(here, REVIEW),
        CloseIncident(here),
        ReopenIncident(here, "想看看"),
        RetractIncident(here, "想看看"),
    )
    for order in orders:
        with pytest.raises(Refusal, match=r"您没有“(审核不良事件|书写护理记录)”的权限"):
            station.desk.do_now(order)
    become(station, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="您没有“上报不良事件”的权限"):
        station.desk.do_now(ReportIncident(fall(station, rid)))


def test_after_the_review_only_a_reviewer_corrects(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(ReviewIncident(seen(station, record), REVIEW))
    become(station, Role.NURSE)
    with pytest.raises(Refusal, match="您没有“审核不良事件”的权限"):
        station.desk.do_now(CorrectIncident(seen(station, record), fall(station, rid), "笔误"))


def test_two_people_at_one_incident(station: Station, rid: UUID) -> None:
    record = report(station, rid)
    station.desk.do_now(TellFamily(Seen(record, 1), told(station)))
    with pytest.raises(Refusal, match="刚被林晓燕改过，请核对后再保存"):
        station.desk.do_now(TellFamily(Seen(record, 1), told(station, by="马丽")))
    same = fall(station, rid, at=whole(station, record).row.at)
    with pytest.raises(Refusal, match="内容没有变化"):
        station.desk.do_now(CorrectIncident(seen(station, record), same, "笔误"))
    with pytest.raises(Refusal, match="请选择原因"):
        station.desk.do_now(CorrectIncident(seen(station, record), replace(same, place="走廊"), ""))
