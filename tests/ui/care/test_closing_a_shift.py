"""A shift is closed over the list of its blanks: a digit each, or one for all the rest, and only then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.care.service import RecordDoing
from app.compose import Station
from tests.support.hands import type_text
from tests.ui.care.floor import DAY, back, on_floor, outcomes, planned, press, put, sheet, slots
from tests.ui.residents.stage import until
from ui.care.care_view import CareView
from ui.care.close_sheet import CloseSheet

CONTROL = Qt.KeyboardModifier.ControlModifier


async def _close(view: CareView) -> CloseSheet:
    QTest.keyClick(view.grid, Qt.Key.Key_Return, CONTROL)
    return await sheet(CloseSheet)


async def test_a_digit_a_row_then_one_reason_for_the_rest(station: Station) -> None:
    rids = planned(station, 2)
    put(station, 14, 50)
    async with on_floor(station) as (stage, view):
        closing = await _close(view)
        assert closing.main is not None
        assert closing.main.text() == "结束本班（还差 12 项原因）"
        press(closing.table, Qt.Key.Key_Return)
        await until(lambda: "还没有原因" in closing.notice.text())
        press(closing.table, "8", "6")
        assert closing.main.text() == "结束本班（还差 10 项原因）"
        press(closing.table, "f")
        assert closing.main.text() == "结束本班"
        press(closing.table, Qt.Key.Key_Return)
        await back(stage)
        assert stage.frame.notice.text() == "11-24 白班已结束，12 项记为未做。"
        assert set(outcomes(station, rids[0]).values()) == {"未做"}
        assert {slot.why for slot in slots(station)} == {"遗漏", "人手不够"}


async def test_another_reason_wants_its_words(station: Station) -> None:
    rids = planned(station, 1)
    put(station, 14, 50)
    async with on_floor(station) as (stage, view):
        closing = await _close(view)
        press(closing.table, "9")
        assert closing.words.hasFocus()
        type_text(closing.words, "停水")
        QTest.keyClick(closing.words, Qt.Key.Key_Return)
        assert closing.table.hasFocus()
        assert (closing.rows[0].why, closing.rows[0].note) == ("other", "停水")
        press(closing.table, "8", "f")
        QTest.keyClick(closing.table, Qt.Key.Key_Return, CONTROL)
        await back(stage)
        assert next(slot for slot in slots(station, rids[0])).why == "停水"


async def test_what_somebody_records_meanwhile_leaves_the_list(station: Station) -> None:
    rids = planned(station, 1)
    put(station, 14, 50)
    async with on_floor(station) as (stage, view):
        closing = await _close(view)
        press(closing.table, "8")
        before = len(closing.rows)
        station.desk.do_now(RecordDoing(*slots(station, rids[0])[-1].key))
        await until(lambda: len(closing.rows) == before - 1)
        assert closing.rows[0].why == "forgotten"
        press(closing.table, Qt.Key.Key_Escape)
        await back(stage)
        assert "未做" not in outcomes(station, rids[0]).values()


async def test_too_early_is_refused_and_the_answers_stay(station: Station) -> None:
    planned(station, 1)
    async with on_floor(station) as (stage, view):
        closing = await _close(view)
        press(closing.table, "8", "f", Qt.Key.Key_Return)
        await until(lambda: "还有 2 项没到时间，13:30 以后再结束本班。" in closing.notice.text())
        assert all(row.why for row in closing.rows)
        press(closing.table, Qt.Key.Key_Escape)
        await back(stage)


async def test_an_earlier_shift_is_pointed_out_until_it_is_settled(station: Station) -> None:
    planned(station, 1)
    put(station, 16)
    async with on_floor(station) as (stage, view):
        assert view.pieces.strip.isVisible()
        assert view.pieces.strip.text() == "前面的班还有没记录的照护：11-24 白班 6 项"
        QTest.mouseClick(view.pieces.settle, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert view.board is not None
        assert (view.board.day, view.board.shift.key) == (DAY, "day")
        assert not view.pieces.strip.isVisible()
        closing = await _close(view)
        press(closing.table, "8", "f", Qt.Key.Key_Return)
        await back(stage)
        view.opened({})
        await stage.settle()
        assert not view.pieces.strip.isVisible()
