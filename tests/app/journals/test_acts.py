"""Entries written late, ended, followed, corrected, retracted, taken back, moved: each with who, when and why."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.compose import Station
from app.core.blobs import BlobOf
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.form import Value
from app.core.roles import Role
from app.journals import (
    AddEntries,
    AddEntry,
    CorrectEntry,
    EndEntry,
    RetractEntry,
    Seen,
    TakeBackEntry,
    WrongResident,
)
from app.journals.queries import EntryHistory, EntryOf, JournalPage, Signs, Standing
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from tests.app.journals.old import WroteThen
from tests.support.acts import rows
from tests.support.station import become

NOTE = {"kind": "general", "text": "早餐进食半碗粥"}
WISH = {"wish": "no_cpr", "source": "self", "witness": "王芳", "on": "2026-11-01"}
TODAY = date(2026, 11, 24)


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18))))


def forward(station: Station, **time: int) -> None:
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(**time))


def lines(station: Station, rid: UUID, journal: str = "nursing-note") -> list[str]:
    return [row.line for row in station.desk.ask_now(JournalPage(rid, (journal,))).rows]


def test_an_entry_is_kept_with_outbox_and_audit_as_the_kind_says(station: Station, rid: UUID) -> None:
    entry = station.desk.do_now(AddEntry(rid, "nursing-note", {**NOTE, "measures": "  "}))
    row = station.desk.ask_now(EntryOf(entry))
    assert (row.line, row.by, row.role, row.late) == ("一般：早餐进食半碗粥", "林晓燕", "护士", False)
    assert dict(row.content) == NOTE
    assert rows(station, "select act from audit where kind = 'entry'") == [("add_entry",)]


def test_what_is_written_late_is_marked_and_nothing_is_written_of_the_future(
    station: Station, rid: UUID
) -> None:
    now = station.clock.now()
    early, late = now - timedelta(minutes=120), now - timedelta(minutes=121)
    for at, expected in ((early, False), (late, True)):
        entry = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE, at))
        assert station.desk.ask_now(EntryOf(entry)).late is expected
    with pytest.raises(Refusal, match="时间在现在之后") as said:
        station.desk.do_now(AddEntry(rid, "nursing-note", NOTE, now + timedelta(minutes=1)))
    assert said.value.field == "at"
    old = now - timedelta(days=40_000)
    with pytest.raises(Refusal, match="早于老人的出生日期"):
        station.desk.do_now(AddEntry(rid, "nursing-note", NOTE, old))


@pytest.mark.parametrize(
    ("journal", "content", "field"),
    [
        ("nursing-note", {"kind": "general"}, "text"),
        ("nursing-note", {"kind": "no", "text": "x"}, "kind"),
        ("nursing-note", {"kind": "general", "text": "字" * 2001}, "text"),
        ("intake-output", {"direction": "in", "amount": "200"}, "kind_in"),
        ("intake-output", {"direction": "in", "kind_in": "drink", "amount": "9000"}, "amount"),
        ("labs", {"item": "k", "value": "6.5"}, "read_back"),
        ("nine-risk", {"fall": "high"}, "choking"),
        ("skin", {"stage": "2"}, "site"),
        ("skin", {"stage": "2", "site": ("sacrum", "heel_l")}, "site"),
        ("vaccination", {"vaccine": "flu", "on": "2027-01-01"}, "on"),
        ("turning", {"position": "left", "skin": "intact", "next_by": "25:00"}, "next_by"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    station: Station, rid: UUID, journal: str, content: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as said:
        station.desk.do_now(WroteThen(AddEntry(rid, journal, content)))
    assert said.value.field == field


def test_measures_of_a_risk_are_required_and_those_of_none_are_not_kept(station: Station, rid: UUID) -> None:
    names = ("choking", "ingestion", "pressure", "scald", "bed_fall", "wandering", "harm", "activity")
    risks = dict.fromkeys(names, "none")
    with pytest.raises(Refusal, match="请填写跌倒：防护措施") as said:
        station.desk.do_now(WroteThen(AddEntry(rid, "nine-risk", {**risks, "fall": "guard"})))
    assert said.value.field == "fall_measures"
    entry = station.desk.do_now(
        WroteThen(AddEntry(rid, "nine-risk", {**risks, "fall": "none", "fall_measures": "床栏"}))
    )
    assert "fall_measures" not in station.desk.ask_now(EntryOf(entry)).content


def test_one_wish_holds_and_the_one_before_holds_again_when_it_was_an_error(
    station: Station, rid: UUID
) -> None:
    first = station.desk.do_now(AddEntry(rid, "resuscitation", WISH))
    forward(station, days=1)
    second = station.desk.do_now(AddEntry(rid, "resuscitation", {**WISH, "wish": "full", "on": "2026-11-20"}))
    assert [row.rid for row in station.desk.ask_now(Standing(rid))] == [second]
    assert station.desk.ask_now(EntryOf(first)).ends == date(2026, 11, 20)
    assert "抢救意愿：愿意全力抢救" in [sign.words for sign in station.desk.ask_now(Signs(rid))]
    station.desk.do_now(RetractEntry(Seen(second, 1), "听错了"))
    assert [row.rid for row in station.desk.ask_now(Standing(rid))] == [first]
    reasons = [one.reason for one in station.desk.ask_now(EntryHistory(first))]
    assert reasons == ["", "由新的记录接替", "接替它的记录已作废"]
    older = station.desk.do_now(AddEntry(rid, "resuscitation", {**WISH, "on": "2026-01-05"}))
    assert station.desk.ask_now(EntryOf(older)).ends == date(2026, 11, 1)


def test_one_consent_a_scope_and_one_reminder_a_vaccine(station: Station, rid: UUID) -> None:
    said = {"given": "yes", "by": "王芳", "on": "2026-11-01"}
    for scope in ("photo", "upload", "photo"):
        station.desk.do_now(AddEntry(rid, "consent", {**said, "scope": scope}))
    assert len(station.desk.ask_now(Standing(rid))) == 2
    shot = {"vaccine": "hepb", "on": "2026-05-01", "next_on": "2026-06-01"}
    first = station.desk.do_now(AddEntry(rid, "vaccination", shot))
    assert "接种已过 176 天" in [sign.words for sign in station.desk.ask_now(Signs(rid))]
    station.desk.do_now(AddEntry(rid, "vaccination", {**shot, "on": "2026-11-20", "next_on": "2027-05-01"}))
    assert "接种" not in "".join(sign.words for sign in station.desk.ask_now(Signs(rid)))
    assert station.desk.ask_now(EntryOf(first)).ends is not None


def test_a_tube_is_ended_with_day_and_reason(station: Station, rid: UUID) -> None:
    tube = {"kind": "gastric", "placed_on": "2026-11-01", "change_by": "2026-11-20"}
    entry = station.desk.do_now(AddEntry(rid, "tube", tube))
    for on, why, field in (
        (TODAY + timedelta(days=1), "拔除", "on"),
        (date(2026, 10, 1), "拔除", "on"),
        (TODAY, " ", "why"),
    ):
        with pytest.raises(Refusal) as said:
            station.desk.do_now(EndEntry(Seen(entry, 1), on, why))
        assert said.value.field == field
    station.desk.do_now(EndEntry(Seen(entry, 1), TODAY, "经口进食良好，拔管"))
    row = station.desk.ask_now(EntryOf(entry))
    assert (row.ends, row.holds(TODAY), row.signs, row.state) == (TODAY, False, (), "signed")
    assert station.desk.ask_now(EntryHistory(entry))[1].changes == (("结束", "", "2026-11-24"),)
    with pytest.raises(Refusal, match="已在 2026-11-24 结束"):
        station.desk.do_now(EndEntry(Seen(entry, 2), TODAY, "拔管"))
    note = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    with pytest.raises(Refusal, match="没有结束"):
        station.desk.do_now(EndEntry(Seen(note, 1), TODAY, "完"))


def test_a_correction_keeps_the_old_words_and_says_what_changed(station: Station, rid: UUID) -> None:
    at = station.clock.now() - timedelta(minutes=30)
    entry = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE, at))
    forward(station, hours=5)
    station.desk.do_now(CorrectEntry(Seen(entry, 1), {**NOTE, "text": "早餐进食一碗粥"}, "笔误"))
    row = station.desk.ask_now(EntryOf(entry))
    assert (row.line, row.corrected, row.at, row.late) == ("一般：早餐进食一碗粥", True, at, False)
    _first, second = station.desk.ask_now(EntryHistory(entry))
    assert second.changes == (("病情与观察", "早餐进食半碗粥", "早餐进食一碗粥"),)
    station.desk.do_now(CorrectEntry(Seen(entry, 2), row.content, "时间更正", at - timedelta(minutes=10)))
    assert [label for label, *_ in station.desk.ask_now(EntryHistory(entry))[2].changes] == ["时间"]
    with pytest.raises(Refusal, match="内容没有变化"):
        station.desk.do_now(CorrectEntry(Seen(entry, 3), row.content, "笔误"))
    with pytest.raises(Refusal, match="刚被林晓燕改过"):
        station.desk.do_now(CorrectEntry(Seen(entry, 1), NOTE, "笔误"))
    with pytest.raises(Refusal) as said:
        station.desk.do_now(CorrectEntry(Seen(entry, 3), NOTE, ""))
    assert said.value.field == "reason"


def test_a_retracted_entry_leaves_the_list_and_can_still_be_seen(station: Station, rid: UUID) -> None:
    entry = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    with pytest.raises(Refusal, match="请写明为什么作废"):
        station.desk.do_now(RetractEntry(Seen(entry, 1), " "))
    station.desk.do_now(RetractEntry(Seen(entry, 1), "重复"))
    assert lines(station, rid) == []
    page = station.desk.ask_now(JournalPage(rid, ("nursing-note",), retracted=True))
    assert [(row.retracted, row.reason) for row in page.rows] == [(True, "误录：重复")]
    with pytest.raises(Refusal, match="已由林晓燕作废"):
        station.desk.do_now(RetractEntry(Seen(entry, 2), "再来"))


def test_taking_back_within_ten_minutes_by_the_writer(station: Station, rid: UUID) -> None:
    entry = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    become(station, Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="只有刚写下的人"):
        station.desk.do_now(TakeBackEntry(Seen(entry, 1)))
    become(station, Role.NURSE)
    forward(station, minutes=10)
    station.desk.do_now(TakeBackEntry(Seen(entry, 1)))
    assert lines(station, rid) == []
    again = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    forward(station, minutes=11)
    with pytest.raises(Refusal, match="超过 10 分钟"):
        station.desk.do_now(TakeBackEntry(Seen(again, 1)))


def test_the_wrong_resident_is_one_act_on_both_charts(station: Station, rid: UUID) -> None:
    other = station.desk.do_now(CreateResident(ResidentForm("欧阳淑华", "2", date(1940, 2, 2))))
    at = station.clock.now() - timedelta(minutes=20)
    entry = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE, at))
    with pytest.raises(Refusal, match="还是同一位老人"):
        station.desk.do_now(WrongResident(Seen(entry, 1), rid))
    moved = station.desk.do_now(WrongResident(Seen(entry, 1), other, "隔壁床"))
    assert (lines(station, rid), lines(station, other)) == ([], ["一般：早餐进食半碗粥"])
    row = station.desk.ask_now(EntryOf(moved))
    assert (row.at, row.reason) == (at, "原误记在 01-000001 名下")
    assert station.desk.ask_now(EntryOf(entry)).reason == "误录：记错人，应为 01-000002，隔壁床"
    become(station, Role.HEAD_NURSE)
    assert station.verify() == []


def test_who_may_write_and_who_may_retract(station: Station, rid: UUID) -> None:
    note = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    become(station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="您没有“书写护理记录”的权限"):
        station.desk.do_now(AddEntry(rid, "nursing-note", NOTE))
    turned = station.desk.do_now(AddEntry(rid, "turning", {"position": "left", "skin": "intact"}))
    with pytest.raises(Refusal, match="您没有“更正已签名的记录”的权限"):
        station.desk.do_now(RetractEntry(Seen(note, 1), "不是我写的"))
    station.desk.do_now(RetractEntry(Seen(turned, 1), "没翻成"))
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(RetractEntry(Seen(note, 1), "重复"))


def test_several_entries_are_written_all_or_none(station: Station, rid: UUID) -> None:
    good = AddEntry(rid, "labs", {"item": "na", "value": "139"})
    with pytest.raises(Refusal):
        station.desk.do_now(AddEntries((good, AddEntry(rid, "labs", {"item": "k", "value": "x"}))))
    assert lines(station, rid, "labs") == []
    assert len(station.desk.do_now(AddEntries((good, good)))) == 2


def test_a_photo_is_kept_in_the_file_and_named_in_the_entry(station: Station, rid: UUID) -> None:
    picture = b"\xff\xd8 not really a picture"
    new = "data:image/jpeg;base64," + base64.b64encode(picture).decode()
    content: dict[str, Value] = {"site": ("heel_l",), "stage": "1", "photos": (new,)}
    entry = station.desk.do_now(AddEntry(rid, "skin", content))
    row = station.desk.ask_now(EntryOf(entry))
    photos = row.content["photos"]
    assert isinstance(photos, tuple)
    (name,) = photos
    assert station.desk.ask_now(BlobOf(name)) == picture
    assert row.line == "左足跟 1期，照片 1 张"
    station.desk.do_now(CorrectEntry(Seen(entry, 1), {**row.content, "stage": "2"}, "结果回报"))
    assert station.desk.ask_now(EntryOf(entry)).content["photos"] == (name,)
    for bad in ("data:image/jpeg;base64,???", "data:image/gif;base64,AAAA"):
        with pytest.raises(Refusal) as said:
            station.desk.do_now(AddEntry(rid, "skin", {**content, "photos": (bad,)}))
        assert said.value.field == "photos"
