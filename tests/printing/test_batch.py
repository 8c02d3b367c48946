"""Many sheets in one file: each counts its own pages, who has nothing is named, a cancel leaves nothing behind."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from app.compose import Station
from app.core.errors import Cancelled
from app.core.watch import Watch
from app.printing.batch import Wanted, WhoIsHere, draw_batch
from app.printing.registry import SHEETS, SheetKind
from app.printing.service import NoteAllPrinted
from tests.support.acts import rows
from tests.ui.residents.stage import people

DAY = date(2026, 2, 11)


def fake_sheet(station: Station) -> Wanted:
    house = station.desk.ask_now(WhoIsHere())
    return Wanted(SHEETS["ability-assessment"], house.people, DAY, "能力评估报告 全部楼层")


def test_people_come_by_bed_and_floors_are_choices(station: Station) -> None:
    people(station, 5)
    house = station.desk.ask_now(WhoIsHere())
    assert [one.bed for one in house.people] == sorted(one.bed for one in house.people)
    assert {one.floor for one in house.people} <= {floor.rid for floor in house.floors}


def test_who_has_nothing_to_print_is_left_out_and_named(station: Station) -> None:
    people(station, 3)
    batch = draw_batch(station.desk, fake_sheet(station), Watch())
    assert batch.drawn is None
    assert len(batch.skipped) == 3
    assert all(one.name and one.why for one in batch.skipped)


def test_a_cancel_stops_it(station: Station) -> None:
    people(station, 3)
    watch = Watch()
    watch.cancel()
    with pytest.raises(Cancelled):
        draw_batch(station.desk, fake_sheet(station), watch)


def test_each_sheet_counts_its_own_pages() -> None:
    from app.printing.pdf import draw_all
    from app.printing.sheets.ability_assessment import sheet
    from tests.printing.sample import report

    one = sheet(report())
    drawn = draw_all((one, one), "两份")
    document = pypdfium2.PdfDocument(drawn.pdf)
    texts = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    half = len(texts) // 2
    assert len(texts) == 2 * half == drawn.pages
    for text, again in zip(texts[:half], texts[half:], strict=True):
        assert text == again
    assert f"共 {half} 页" in texts[0]
    assert drawn.file_name == "两份.pdf"


def test_printing_for_many_is_audited_for_each(station: Station) -> None:
    rids = people(station, 3)
    station.desk.do_now(NoteAllPrinted("ability-assessment", tuple(rids), "ab" * 32))
    assert len(rows(station, "select record from audit where act = 'print'")) == 3


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("day", DAY, DAY),
        ("week", date(2026, 2, 9), date(2026, 2, 15)),
        ("month", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_a_day_stands_for_its_stretch(span: str, first: date, last: date) -> None:
    kind = SheetKind("x", "x", lambda rid: rid, lambda data: data, span=span)  # type: ignore[arg-type]  # a sheet of nothing
    assert kind.days(DAY) == {"first": first, "last": last}
