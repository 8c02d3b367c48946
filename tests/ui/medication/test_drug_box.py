"""Picking a medicine by keys: pinyin, the list, Enter, a scanner; what must be known of it is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.compose import Station
from app.medication.drugs.catalogue import drugs
from app.medication.drugs.own import ChangeDrug
from app.medication.drugs.writing import content_of
from app.medication.rules.drug import Drug
from tests.ui.residents.stage import until
from ui.medication.drug_box import NOT_FOUND, DrugBox


@asynccontextmanager
async def box_of(station: Station) -> AsyncIterator[tuple[DrugBox, list[Drug | None]]]:
    window = QWidget()
    box = DrugBox(station.desk)
    said: list[Drug | None] = []
    box.chosen.connect(lambda drug: said.append(drug))  # noqa: PLW0108  # a list's append has no type a signal knows
    QVBoxLayout(window).addWidget(box)
    window.resize(720, 400)
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)
    box.setFocus()
    await until(box.line.hasFocus)
    try:
        yield box, said
        await until(lambda: not box.errands.running)
    finally:
        box.line.offers.close()
        window.close()
        window.deleteLater()


def key(box: DrugBox, *keys: Qt.Key | str) -> None:
    """Where the keys go: the open list takes them, as from a keyboard."""
    for one in keys:
        target = box.line.offers.view if box.line.offers.opened else box.line
        if isinstance(one, str):
            QTest.keyClicks(target, one)
        else:
            QTest.keyClick(target, one)


async def test_pinyin_the_list_and_enter(station: Station) -> None:
    async with box_of(station) as (box, said):
        key(box, "aldp")
        await until(lambda: box.line.offers.opened)
        assert box.line.offers.rows.rowCount() >= 3
        key(box, Qt.Key.Key_Down, Qt.Key.Key_Return)
        await until(lambda: box.drug is not None)
        assert said[-1] is box.drug
        assert box.drug == drugs()["amlodipine-tab-2.5"]
        assert box.line.text() == "氨氯地平片 2.5 mg"
        await until(lambda: "左氨氯地平" in box.known.alike.accessibleName())
        assert not box.line.offers.opened


async def test_the_first_row_is_marked_so_that_enter_alone_takes_it(station: Station) -> None:
    async with box_of(station) as (box, _):
        key(box, "ejsg")
        await until(lambda: box.line.offers.opened)
        key(box, Qt.Key.Key_Return)
        await until(lambda: box.drug is not None)
        assert box.drug is not None
        assert box.drug.name == "二甲双胍"
        assert "高警示" in box.known.marks.accessibleName()


async def test_enter_before_the_answer_takes_what_is_found_for_all_that_was_typed(station: Station) -> None:
    async with box_of(station) as (box, _):
        QTest.keyClicks(box.line, "hfl")
        QTest.keyClick(box.line, Qt.Key.Key_Return)
        await until(lambda: box.drug is not None)
        assert box.drug is not None
        assert box.drug.name == "华法林"


async def test_a_scanned_pack(station: Station) -> None:
    shipped = drugs()["warfarin-tab-3"]
    station.desk.do_now(
        ChangeDrug(shipped.code, {**content_of(shipped), "barcodes": ["6901234567892"]}, "条码")
    )
    async with box_of(station) as (box, _):
        QTest.keyClicks(box.line, "6901234567892")
        QTest.keyClick(box.line, Qt.Key.Key_Return)
        await until(lambda: box.drug is not None)
        assert box.drug is not None
        assert (box.drug.code, box.drug.own) == (shipped.code, True)


async def test_what_is_not_there_is_said_and_what_was_typed_stays(station: Station) -> None:
    async with box_of(station) as (box, _):
        key(box, "qqqq")
        await until(lambda: box.error.text() == NOT_FOUND)
        key(box, Qt.Key.Key_Return)
        assert box.line.text() == "qqqq"
        assert box.drug is None


async def test_a_changed_line_means_no_medicine_any_more(station: Station) -> None:
    async with box_of(station) as (box, said):
        box.take(drugs()["digoxin-tab-0.25"])
        assert not box.known.isHidden()
        key(box, Qt.Key.Key_Backspace)
        assert box.drug is None
        assert said[-1] is None
        assert box.known.isHidden()
