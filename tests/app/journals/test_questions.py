"""Pages by keyset, sums by service day, what is due, the timeline, and bad files refused with line and reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from app.compose import Station
from app.core.errors import Refusal
from app.core.form_times import read_moment, read_time
from app.core.resources import resource
from app.core.roles import Role
from app.core.unit import Unit
from app.journals import AddEntries, AddEntry, RetractEntry, Seen
from app.journals.journal_file import read_journal
from app.journals.queries import (
    CountDueEntries,
    Counts,
    DueEntries,
    JournalPage,
    LastEntry,
    People,
    Sums,
    happened,
)
from app.journals.rules import Band, flag_of, service_day, tell
from app.residents.forms import ContactForm, ResidentForm
from app.residents.service import CreateResident
from db.models import Stay
from tests.support.acts import Act, Look
from tests.support.station import become

TODAY = date(2026, 11, 24)
DRINK = {"direction": "in", "kind_in": "drink", "amount": "200"}


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    kin = (ContactForm("王芳", "女儿", "13800000000"),)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18), contacts=kin)))


def test_seven_hundred_notes_come_page_by_page_each_once(station: Station, rid: UUID) -> None:
    now = station.clock.now()
    notes = tuple(
        AddEntry(rid, "nursing-note", {"kind": "general", "text": f"第{n}条"}, now - timedelta(hours=n // 2))
        for n in range(700)
    )
    station.desk.do_now(AddEntries(notes))
    seen: list[UUID] = []
    page = station.desk.ask_now(JournalPage(rid, ("nursing-note", "turning")))
    while True:
        seen += [row.rid for row in page.rows]
        assert [row.at for row in page.rows] == sorted((row.at for row in page.rows), reverse=True)
        if page.more is None:
            break
        page = station.desk.ask_now(JournalPage(rid, ("nursing-note", "turning"), before=page.more))
    assert (len(seen), len(set(seen))) == (700, 700)
    assert station.desk.ask_now(Counts(rid)) == {"nursing-note": 700}
    day = JournalPage(rid, ("nursing-note",), since=now - timedelta(hours=23), until=now, most=100)
    assert len(station.desk.ask_now(day).rows) == 46


def test_intake_is_added_up_by_service_day_and_by_24_hours(station: Station, rid: UUID) -> None:
    zone = station.settings.zone
    assert zone == "Asia/Shanghai"
    morning = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # 07:00 on the 24th

    def drunk(at: datetime, amount: str = "200") -> AddEntry:
        return AddEntry(rid, "intake-output", {**DRINK, "amount": amount}, at)

    urine = {"direction": "out", "kind_out": "urine", "amount": "150"}
    first, *_ = station.desk.do_now(
        AddEntries(
            (
                drunk(morning - timedelta(minutes=1), "100"),
                drunk(morning),
                drunk(morning - timedelta(hours=25), "1000"),
                AddEntry(rid, "intake-output", urine, morning),
            )
        )
    )
    found = station.desk.ask_now(Sums(rid, "intake-output", date(2026, 11, 20), date(2026, 11, 24)))
    assert [(day.day.day, day.figures["in"], day.figures["out"]) for day in found.days] == [
        (24, 200, 150),
        (23, 100, 0),
        (22, 1000, 0),
    ]
    assert dict(found.last_24) == {"in": 300, "out": 150, "urine": 150}
    station.desk.do_now(RetractEntry(Seen(first, 1), "记重了"))
    assert (
        station.desk.ask_now(Sums(rid, "intake-output", date(2026, 11, 20), date(2026, 11, 24))).last_24["in"]
        == 200
    )


def test_only_people_in_the_house_are_due(station: Station, rid: UUID) -> None:
    tube = {"kind": "gastric", "placed_on": "2026-11-01", "change_by": "2026-11-20"}
    station.desk.do_now(AddEntry(rid, "tube", tube))
    (due,) = station.desk.ask_now(DueEntries(TODAY))
    assert (due.words, due.name, due.title) == ("更换管路", "李桂兰", "管路")
    assert station.desk.ask_now(CountDueEntries(TODAY)) == 1

    def leave(unit: Unit) -> None:
        for stay in unit.session.scalars(select(Stay).where(Stay.resident == rid)):
            stay.state = "retracted"

    station.desk.do_now(Act(leave))
    assert station.desk.ask_now(DueEntries(TODAY)) == ()
    assert station.desk.ask_now(CountDueEntries(TODAY)) == 0


def test_the_timeline_the_last_entry_and_who_may_be_named(station: Station, rid: UUID) -> None:
    now = station.clock.now()
    turned = {"position": "left", "skin": "red"}
    station.desk.do_now(AddEntry(rid, "turning", turned, now - timedelta(hours=3)))
    station.desk.do_now(AddEntry(rid, "intake-output", DRINK, now - timedelta(minutes=5)))
    told = station.desk.ask_now(
        Look(lambda reader: tuple(happened(reader, rid, now - timedelta(days=1), now)))
    )
    assert [(one.title, one.words, one.tone, one.by) for one in told] == [
        ("出入量", "入：饮水 200 ml", "neutral", "林晓燕"),
        ("翻身（补录）", "左侧卧，皮肤发红", "warn", "林晓燕"),
    ]
    last = station.desk.ask_now(LastEntry(rid, "turning"))
    assert last is not None
    assert dict(last.content) == turned
    assert station.desk.ask_now(LastEntry(rid, "skin")) is None
    people = station.desk.ask_now(People(rid))
    assert (people[0].name, people[0].what, people[0].staff) == ("王芳", "女", False)
    assert "林晓燕" in {one.name for one in people}


@pytest.mark.parametrize(
    ("old", "new", "said", "at"),
    [
        ('kind = "event"', 'kind = "sometimes"', "kind：应是 event、standing 之一", 'kind = "sometimes"'),
        ('key = "skin"', 'key = "position"', "字段“position”重复", 'key = "position"'),
        ('title = "翻身"', 'tilte = "翻身"', "title：缺少这一项", ""),
        ("{position}，", "{place}，", "line：没有字段“place”", "{place}"),
        ('kind = "time"', 'kind = "clock"', "field[3] kind：应是", 'kind = "clock"'),
        ('key = "next_by"', 'key = "at"', "留给表单自己用", 'key = "at"'),
        ('write = "RECORD_CARE"', 'write = "ANYBODY"', "write：应是", 'write = "ANYBODY"'),
        ('tone = "danger"', 'tone = "danger"\nwhat = 1', "tone[1] what：不认识这一项", "what = 1"),
        ("format = 1", "format = [", "写法不合TOML格式", ""),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason(
    tmp_path: Path, old: str, new: str, said: str, at: str
) -> None:
    text = resource("journals", "turning.toml").read_text(encoding="utf-8")
    assert old in text
    bad = tmp_path / "turning.toml"
    changed = text.replace(old, new, 1)
    bad.write_text(changed, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        read_journal(bad)
    told = refusal.value.text.replace("field[3].kind", "field[3] kind").replace(
        "tone[1].what", "tone[1] what"
    )
    assert said in told
    if at:
        lines = [number for number, line in enumerate(changed.splitlines(), 1) if at in line]
        assert f"（第 {lines[-1]} 行）" in told


def test_a_line_leaves_out_what_says_nothing() -> None:
    assert tell("{a}[，忌 {b}][（{c}）]", {"a": "普食", "b": "", "c": "x"}) == "普食（x）"
    assert tell("{a}[，{b}]", {"a": "[1]{b}", "b": "{a}"}) == "[1]{b}，{a}"


def test_a_value_within_its_bounds_says_nothing() -> None:
    band = Band(3.5, 5.3, 2.8, 6.2)
    values = (2.7, 2.8, 3.4, 3.5, 5.3, 5.4, 6.2, 6.3)
    flags = ["critical_low", "low", "low", "", "", "high", "high", "critical_high"]
    assert [flag_of(value, band) for value in values] == flags


def test_a_moment_belongs_to_the_day_that_began_before_it() -> None:
    night = datetime(2026, 11, 24, 6, 59, tzinfo=UTC)
    assert service_day(night, time(7)) == date(2026, 11, 23)
    assert service_day(night + timedelta(minutes=1), time(7)) == date(2026, 11, 24)


def test_times_are_read_as_people_type_them() -> None:
    today = date(2026, 11, 24)
    assert [read_time(said) for said in ("8:5", "0805", "８：３０", "8点", "24:00", "24:01", "8")] == [
        "08:05", "08:05", "08:30", "08:00", "24:00", None, None,
    ]  # fmt: skip
    assert [read_moment(said, today) for said in ("8:30", "昨天 22:10", "11-23 2210", "12-25 8:00")] == [
        "2026-11-24 08:30", "2026-11-23 22:10", "2026-11-23 22:10", "2025-12-25 08:00",
    ]  # fmt: skip
    assert read_moment("2026-11-23 24:00", None) == "2026-11-24 00:00"
    assert read_moment("20261123 0810", None) == "2026-11-23 08:10"
    assert [read_moment(said, None) for said in ("8:30", "昨天 8:30", "2026-02-30 8:00", "x")] == [None] * 4
