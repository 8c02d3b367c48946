"""What is said of sync: counts, reasons and receipts, never more than the platform confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.queries import FormOf
from app.residents.service import EditResident
from app.sync.queries import Overview, SyncAlarms, SyncOverview, SyncRow, SyncRows, Trace, TraceOf
from app.sync.vanished import EMPTIED
from db.models import Outbox
from tests.support.acts import Act, NoteAllergy, rows
from tests.support.outbox import ADDRESS, put, put_all, receipt, stands
from tests.support.station import MORNING, become
from tests.ui.residents.stage import assessed, people


@pytest.fixture
def named(station: Station, monkeypatch: pytest.MonkeyPatch) -> Station:
    """A station with a platform named, and three residents; everything of the founding is confirmed."""
    monkeypatch.setenv("CARESTATION_PLATFORM", ADDRESS)
    put_all(station, "acked", acked_at=MORNING - timedelta(days=1))
    return station


def overview(station: Station) -> Overview:
    return station.desk.ask_now(SyncOverview())


def listed(station: Station, which: str = "all") -> tuple[SyncRow, ...]:
    return station.desk.ask_now(SyncRows(which)).rows


def row_of(station: Station, record: UUID, which: str = "all") -> SyncRow:
    return next(row for row in listed(station, which) if row.record == record)


def story(station: Station, kind: str, record: UUID) -> Trace:
    return station.desk.ask_now(TraceOf(kind, record))


def test_without_a_platform_everything_is_kept_here(station: Station) -> None:
    rid = people(station, 1)[0]
    said = overview(station)
    assert (said.phase, said.host, said.received_today) == ("unset", "", 0)
    assert said.waiting == rows(station, "select count(*) from outbox")[0][0]
    assert row_of(station, rid).words == "还没有连区平台，先留在本机"


def test_a_state_of_another_address_is_not_said_of_this_one(
    named: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(named, "online", success=MORNING)
    assert overview(named).phase == "online"
    monkeypatch.setenv("CARESTATION_PLATFORM", "https://elsewhere.example")
    said = overview(named)
    assert (said.phase, said.latency_ms, said.host) == ("unchecked", None, "elsewhere.example")


def test_online_is_not_said_for_long_after_it_was_confirmed(named: Station) -> None:
    stands(named, "online", success=MORNING)
    clock = named.clock
    assert isinstance(clock, SetClock)
    clock.forward(timedelta(minutes=2 * named.settings.sync_every_minutes))
    assert overview(named).phase == "online"
    clock.forward(timedelta(minutes=2))
    assert overview(named).phase == "unchecked"


def test_counts_tell_apart_what_waits_what_stays_and_what_needs_a_person(named: Station) -> None:
    first, second, third, fourth, fifth = people(named, 5)
    before = overview(named).waiting
    put(named, "resident", first, "quarantined", words="区平台不收：生日在将来")
    put(named, "resident", second, "conflict")
    put(named, "resident", third, "pending", words="不上传（未同意）")
    put(named, "resident", fourth, "unknown", tried_at=MORNING)
    receipt(named, "resident", fifth, "Patient/17")
    said = overview(named)
    assert (said.waiting, said.held, said.aside, said.conflicts) == (before - 4, 1, 1, 1)
    assert said.received_today == 1  # what was confirmed yesterday does not count
    assert named.desk.ask_now(SyncAlarms()) == 2


def test_each_row_says_why_it_is_not_there_yet(named: Station) -> None:
    stands(named, "online")
    first, second, third, fourth = people(named, 4)
    assert row_of(named, first, "waiting").words == "等下一批"
    put(named, "resident", first, "unknown", tried_at=MORNING, next_at=MORNING + timedelta(minutes=10))
    put(named, "resident", second, "quarantined", words="区平台不收：生日在将来（Patient.birthDate）")
    put(named, "resident", third, "pending", words="等“老人档案 欧阳淑华”先上传")
    put(named, "resident", fourth, "pending", words="不上传（未同意）")
    assert row_of(named, first, "waiting").words == "没等到回答，正在核对是否已收，不会重发，08:40 再试"
    assert row_of(named, second).words == "区平台不收：生日在将来（Patient.birthDate）"
    assert row_of(named, third, "waiting").words == "等“老人档案 欧阳淑华”先上传"
    assert row_of(named, fourth, "held").words == "不上传（未同意）"
    assert [row.record for row in listed(named, "waiting") if row.record == fourth] == []


def test_when_nobody_answers_the_next_try_is_named(named: Station) -> None:
    stands(named, "offline", "连不上，请检查网络。", success=MORNING - timedelta(hours=1), again=480)
    rid = people(named, 1)[0]
    assert row_of(named, rid).words == "区平台联系不上，08:38 再试"
    said = overview(named)
    assert (said.title, said.words) == ("离线", "连不上，请检查网络。")
    assert said.success == MORNING - timedelta(hours=1)


def test_a_receipt_is_what_the_platform_gave(named: Station) -> None:
    first, second, third = people(named, 3)
    receipt(named, "resident", first, "Patient/5521", "2")
    receipt(named, "resident", second, "Patient/88", None)
    receipt(named, "resident", third, "Patient/99", "0190f3a1-2222-7000-8000-000000000000")
    assert row_of(named, first, "received").words == "区平台已收 08:30:00 · 回执号 Patient/5521 · 第2版"
    assert row_of(named, first, "received").receipt == "Patient/5521"
    assert row_of(named, second, "received").words.endswith("回执号 Patient/88 · 版本未说明")
    assert row_of(named, third, "received").words.endswith("回执号 Patient/99 · 版本 0190f3a1…")


def test_a_confirmation_without_an_id_is_no_receipt(named: Station) -> None:
    rid = people(named, 1)[0]
    put(named, "resident", rid, "acked", acked_at=MORNING)
    row = row_of(named, rid, "received")
    assert (row.words, row.receipt) == ("区平台已收 08:30:00 · 没有留下回执号", "")


def test_many_of_one_kind_are_one_line(named: Station) -> None:
    people(named, 12)
    line = next(row for row in listed(named) if row.count > 1 and row.kind == "resident")
    assert (line.title, line.count, line.group) == ("老人档案 12 条", 12, "waiting")
    page = named.desk.ask_now(SyncRows("waiting", 5, kind="resident"))
    assert (len(page.rows), page.more) == (5, True)
    rest = named.desk.ask_now(SyncRows("waiting", 50, page.rows[-1].mark, "resident"))
    assert (len(rest.rows), rest.more) == (7, False)
    assert len({row.record for row in (*page.rows, *rest.rows)}) == 12


def test_received_rows_go_on_where_the_page_ended(named: Station) -> None:
    people(named, 6)
    put_all(named, "acked", acked_at=MORNING)
    seen: list[str] = []
    page = named.desk.ask_now(SyncRows("received", 4))
    seen += [row.key for row in page.rows]
    while page.more:
        page = named.desk.ask_now(SyncRows("received", 4, page.rows[-1].mark))
        seen += [row.key for row in page.rows]
    assert len(seen) == len(set(seen)) == rows(named, "select count(*) from outbox")[0][0]


def test_titles_name_kind_and_person_and_authors_are_those_of_the_revision(named: Station) -> None:
    rid = people(named, 1)[0]
    name = named.desk.ask_now(FormOf(rid)).form.name
    assessed(named, rid, 61)
    line = next(row for row in listed(named) if row.kind == "assessment")
    assert (line.title, line.by, line.place) == (f"能力评估 · {name}", "周敏", "assessment")
    put(named, "resident", rid, "acked", acked_at=MORNING)
    become(named, Role.NURSE)
    seen = named.desk.ask_now(FormOf(rid))
    named.desk.do_now(EditResident(rid, replace(seen.form, phone="13800138000"), seen.revision))
    assert row_of(named, rid, "waiting").by == "林晓燕"
    assert [row.by for row in listed(named, "received") if row.record == rid] == ["周敏"]


def test_what_came_from_there_and_did_not_fit_is_shown(named: Station) -> None:
    rid = people(named, 1)[0]
    receipt(named, "resident", rid, "Patient/3", words="床位 101-1 已经有人", theirs={"id": "3"})
    line = next(row for row in listed(named, "aside") if row.state == "refused")
    assert line.words == "从区平台来的没有收下：床位 101-1 已经有人"
    assert named.desk.ask_now(SyncAlarms()) == 1


def test_the_story_of_a_record_from_writing_to_receipt(named: Station) -> None:
    rid = people(named, 1)[0]
    (version,) = story(named, "resident", rid).versions
    assert [step.state for step in version.steps] == ["written", "pending"]
    assert version.steps[0].words == "周敏 写下"
    put(named, "resident", rid, "sending", attempt=1, tried_at=MORNING)
    assert story(named, "resident", rid).versions[0].steps[-1].words == "在路上"
    put(named, "resident", rid, "unknown", attempt=1, tried_at=MORNING, looked=1)
    last = story(named, "resident", rid).versions[0].steps[-1]
    assert last.at is None
    assert "不会重发" in last.detail
    assert "已查过 1 次" in last.detail
    receipt(named, "resident", rid, "Patient/5521", "2")
    last = story(named, "resident", rid).versions[0].steps[-1]
    assert (last.words, last.at, last.receipts) == ("区平台已收", MORNING, ("Patient/5521 · 第2版",))


def test_a_later_version_does_not_lend_its_receipt_to_the_earlier_one(named: Station) -> None:
    rid = people(named, 1)[0]
    put(named, "resident", rid, "acked", acked_at=MORNING)
    seen = named.desk.ask_now(FormOf(rid))
    named.desk.do_now(EditResident(rid, replace(seen.form, phone="13800138000"), seen.revision))
    receipt(named, "resident", rid, "Patient/5521", "2")
    second, first = story(named, "resident", rid).versions
    assert (second.revision, second.steps[-1].receipts) == (2, ("Patient/5521 · 第2版",))
    assert first.steps[-1].detail == "那里现在是后来的版本"
    older = [row for row in listed(named, "received") if row.record == rid][-1]
    assert older.words.endswith("回执号 Patient/5521 · 后来有了新版")


def test_a_resident_s_story_lists_the_rest_of_the_chart(named: Station) -> None:
    rid = people(named, 1)[0]
    assessed(named, rid, 61)
    allergy = named.desk.do_now(NoteAllergy(rid, "青霉素"))
    put(named, "allergy", allergy, "quarantined", words="区平台不收：没有编码")
    found = story(named, "resident", rid).related
    assert (found[0].kind, found[0].words) == ("allergy", "搁置")  # the least settled first
    assert {one.kind for one in found} >= {"allergy", "assessment", "stay"}


def test_a_record_that_was_never_queued_says_so(named: Station) -> None:
    rid = people(named, 1)[0]
    named.desk.do_now(Act(lambda unit: unit.session.connection().exec_driver_sql("delete from outbox")))
    (version,) = story(named, "resident", rid).versions
    assert version.steps[-1].words == "没有排队上传"
    nowhere = story(named, "resident", UUID(int=7)).versions[0]
    assert nowhere.steps[-1].words == "老人档案还没有排队上传"


def test_a_version_a_later_one_stood_in_for_is_no_receipt(named: Station) -> None:
    rid = people(named, 1)[0]
    words = "这一版没有单独上传，已由后一版代替。"
    put(named, "resident", rid, "acked", acked_at=MORNING, words=words)
    line = row_of(named, rid, "received")
    assert (line.words, line.state) == (words.rstrip("。"), "replaced")
    assert overview(named).received_today == 0
    assert story(named, "resident", rid).versions[0].steps[-1].words == "没有单独上传"


def test_both_sides_of_a_conflict_are_read_element_by_element(named: Station) -> None:
    rid = people(named, 1)[0]
    base = {"resourceType": "Patient", "id": "3", "name": [{"text": "欧阳淑华"}], "gender": "female"}
    theirs = {**base, "gender": "male", "telecom": [{"system": "phone", "value": "13800138000"}]}
    put(named, "resident", rid, "conflict", words="两边都改了电话，等人来定")
    receipt(named, "resident", rid, "Patient/3", body=base, theirs=theirs)
    found = {one.element: one for one in story(named, "resident", rid).differences}
    assert found["电话"].theirs == "13800138000"
    assert found["性别"].theirs == "男"
    assert "证件与编号" in found  # said, never shown
    assert found["证件与编号"].theirs == "两边不同"
    become(named, Role.ADMINISTRATOR)
    assert story(named, "resident", rid).differences == ()  # clinical content is not for an administrator


def test_a_server_that_was_emptied_is_told_apart_from_a_wrong_page(named: Station) -> None:
    stands(named, "strange", "那里回答的不是 FHIR 数据。")
    assert not overview(named).emptied
    stands(named, "strange", EMPTIED)
    assert overview(named).emptied


def test_institution_and_station_have_a_title_and_a_story_without_a_table(named: Station) -> None:
    institution = named.settings.institution_id

    def queue(unit: Unit) -> None:
        unit.session.add(
            Outbox(
                kind="institution",
                record=institution,
                revision=1,
                station="01",
                created_at=unit.now,
                words=None,
            )
        )

    named.desk.do_now(Act(queue))
    assert row_of(named, institution).title == "机构 · 康宁养护院"
    told = story(named, "institution", institution)
    assert [step.state for step in told.versions[0].steps] == ["pending"]
