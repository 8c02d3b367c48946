"""Tables of journals: what was said, by whom, with corrections lined out, on as many pages as it needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.journals import AddEntries, AddEntry, CorrectEntry, Seen
from app.journals.journal_file import journal_called
from app.printing.drawn import Drawn
from app.printing.journal_sheet_data import JournalSheetOf, specs
from app.printing.registry import SHEETS
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.printing.test_layout import problems
from tests.ui.residents.stage import people

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def words(drawn: Drawn) -> list[str]:
    document = pypdfium2.PdfDocument(drawn.pdf)
    return [document[index].get_textpage().get_text_bounded() for index in range(len(document))]


def entry(rid: UUID, at: datetime, text: str) -> AddEntry:
    content = {"kind": "general", "text": text, "measures": "协助翻身", "effect": "安静"}
    return AddEntry(rid, "nursing-note", content, at)


def note(station: Station, rid: UUID, at: datetime, text: str) -> UUID:
    return station.desk.do_now(entry(rid, at, text))


def test_a_correction_stands_below_the_words_it_corrects(station: Station) -> None:
    (rid, *_) = people(station, 1)
    at = datetime(2026, 11, 23, 7, 43, tzinfo=ZONE)
    station.desk.do_now(RecordSet(rid, at - timedelta(minutes=20), (Measured("temperature", 36.4),)))
    entry = note(station, rid, at, "夜间入睡安静")
    content = {"kind": "general", "text": "夜间入睡不安", "measures": "协助翻身", "effect": "安静"}
    station.desk.do_now(CorrectEntry(Seen(entry, 1), content, "笔误"))
    data = station.desk.ask_now(JournalSheetOf(rid, "nursing-record", FIRST, LAST))
    (line,) = data.lines
    assert line.values[0] == "36.4"
    assert line.old.startswith("夜间入睡安静")
    assert line.text == "夜间入睡不安\n护理措施：协助翻身\n效果：安静"
    assert "更正（笔误）周敏" in line.aside
    drawn = SHEETS["nursing-record"].draw(data)
    (page,) = words(drawn)
    for said in ("护理记录单", "欧阳淑华", "夜间入睡不安", "夜间入睡安静", "病情观察", "2026年11月"):
        assert said in page.replace("\r\n", "").replace(" ", "")
    struck = " on a rule "  # the lines through the old words
    assert [one for one in problems(drawn) if struck not in one] == []


def test_seven_hundred_notes_are_printed_whole(station: Station) -> None:
    (rid, *_) = people(station, 1)
    begin = datetime(2026, 11, 1, 0, 0, tzinfo=ZONE)
    noted = ((begin + timedelta(minutes=47 * n), f"第{n:03d}条巡视，呼吸平稳") for n in range(700))
    station.desk.do_now(AddEntries(tuple(entry(rid, at, text) for at, text in noted)))
    data = station.desk.ask_now(JournalSheetOf(rid, "nursing-record", FIRST, LAST))
    assert len(data.lines) == 700
    drawn = SHEETS["nursing-record"].draw(data)
    pages = words(drawn)
    text = "".join(pages)
    assert all(f"第{number:03d}条" in text for number in range(700))
    assert all("欧阳淑华" in page for page in pages)


def test_a_form_shows_every_field_and_is_refused_without_an_entry(station: Station) -> None:
    (rid, *_) = people(station, 1)
    kind = SHEETS["first-nursing"]
    with pytest.raises(Refusal, match="还没有首次护理评估"):
        station.desk.ask_now(kind.question(rid))
    journal = journal_called("first-nursing")
    station.desk.do_now(AddEntry(rid, "first-nursing", dict(journal.cases[0].content)))
    drawn = kind.draw(station.desk.ask_now(kind.question(rid)))
    text = words(drawn)[0].replace("\r\n", "").replace(" ", "")
    assert all(field.label in text for field in journal.fields)
    assert problems(drawn) == []


@pytest.mark.parametrize("name", [spec.name for spec in specs().values() if not spec.form])
def test_every_sheet_names_real_fields_and_prints_an_empty_month(station: Station, name: str) -> None:
    (rid, *_) = people(station, 1)
    spec = specs()[name]
    for code in spec.journals:
        known = {field.key for field in journal_called(code).fields}
        assert {field for field, _words, _width in spec.columns} | set(spec.fields) <= known
    kind = SHEETS[name]
    drawn = kind.draw(station.desk.ask_now(kind.question(rid, **kind.days(LAST))))
    assert "这段时间没有记录" in words(drawn)[0]
    assert problems(drawn) == []


def test_midnight_belongs_to_the_day_that_begins(station: Station) -> None:
    (rid, *_) = people(station, 1)
    note(station, rid, datetime(2026, 11, 1, 0, 0, tzinfo=ZONE), "零点")
    note(station, rid, datetime(2026, 10, 31, 23, 59, tzinfo=ZONE), "前一夜")
    data = station.desk.ask_now(JournalSheetOf(rid, "nursing-record", FIRST, LAST))
    assert [line.text[:2] for line in data.lines] == ["零点"]


def test_a_month_of_everything_is_printed_the_earliest_first(station: Station) -> None:
    (rid, *_) = people(station, 1)
    note(station, rid, datetime(2026, 11, 20, 9, 0, tzinfo=ZONE), "后一条")
    note(station, rid, datetime(2026, 11, 2, 9, 0, tzinfo=ZONE), "前一条")
    kind = SHEETS["timeline"]
    data = station.desk.ask_now(kind.question(rid, first=FIRST, last=LAST))
    ats = [line.at for line in data.lines]
    assert ats == sorted(ats)
    assert {"过敏与诊断"} < {line.values[0] for line in data.lines}
    some = station.desk.ask_now(kind.question(rid, first=FIRST, last=LAST, sorts=frozenset({"过敏与诊断"})))
    assert {line.values[0] for line in some.lines} == {"过敏与诊断"}
    assert problems(kind.draw(data)) == []
