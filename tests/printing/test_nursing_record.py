"""The nursing record on paper: every version of a note, old words under two lines, long notes over several pages."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pypdfium2
import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Role
from app.journals import AddEntries, AddEntry, CorrectEntry, RetractEntry, Seen
from app.printing.nursing_data import NursingRecordOf
from app.printing.service import draw
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from tests.printing.test_layout import problems
from tests.support.station import become

NOTE = {"kind": "special", "text": "夜间发热 38.6 ℃，伴咳嗽"}


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("欧阳淑华", "2", date(1942, 5, 18))))


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    document.close()
    return "".join(text.split())


def test_every_version_stands_with_who_when_and_why(station: Station, rid: UUID) -> None:
    at = station.clock.now() - timedelta(hours=9)
    late = station.desk.do_now(AddEntry(rid, "nursing-note", NOTE, at))
    wrong = station.desk.do_now(AddEntry(rid, "nursing-note", {**NOTE, "text": "拔胃管"}))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(hours=1))
    station.desk.do_now(CorrectEntry(Seen(late, 1), {**NOTE, "text": "夜间发热 38.2 ℃"}, "笔误"))
    station.desk.do_now(RetractEntry(Seen(wrong, 1), "写错人"))
    data = station.desk.ask_now(NursingRecordOf(rid))
    told = [(one.text, one.struck, one.first, one.note) for one in data.notes]
    assert told == [
        (
            "特殊：夜间发热 38.6 ℃，伴咳嗽", True, True,
            "补录于 2026-11-24 08:30；2026-11-24 09:30 林晓燕更正，原因：笔误",
        ),
        ("特殊：夜间发热 38.2 ℃", False, False, ""),
        ("特殊：拔胃管", True, True, "2026-11-24 09:30 林晓燕作废，原因：误录：写错人"),
    ]  # fmt: skip
    drawn = draw(station.desk, "nursing-record", NursingRecordOf(rid))
    assert problems(drawn) == []
    assert drawn.missing_glyphs == ()
    for said in ("38.6", "38.2", "拔胃管", "补录于2026-11-2408:30", "林晓燕更正，原因：笔误", "欧阳淑华"):
        assert said in words(drawn.pdf)


def test_seven_hundred_notes_and_the_longest_one_print_whole(station: Station, rid: UUID) -> None:
    now = station.clock.now()
    longest = "诉胸闷，测血压 168/92 mmHg，已报告医生；" * 90
    notes = [
        AddEntry(rid, "nursing-note", {**NOTE, "text": f"第{n}条"}, now - timedelta(hours=n))
        for n in range(699)
    ]
    notes.append(
        AddEntry(rid, "nursing-note", {**NOTE, "text": longest[:2000], "measures": longest[:1000]}, now)
    )
    station.desk.do_now(AddEntries(tuple(notes)))
    drawn = draw(station.desk, "nursing-record", NursingRecordOf(rid, date(2026, 10, 1), date(2026, 11, 24)))
    assert problems(drawn) == []
    text = words(drawn.pdf)
    assert all(f"第{n}条" in text for n in range(699))
    written = longest[:2000].count("诉胸闷") + longest[:1000].count("诉胸闷")
    assert written - drawn.pages < text.count("诉胸闷") <= written  # a page may begin within the words
    with pytest.raises(Refusal, match="结束日期早于开始日期"):
        draw(station.desk, "nursing-record", NursingRecordOf(rid, date(2026, 11, 2), date(2026, 11, 1)))
    become(station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="您没有“打印照护记录”的权限"):
        station.desk.ask_now(NursingRecordOf(rid))
