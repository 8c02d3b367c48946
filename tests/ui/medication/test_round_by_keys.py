"""A round by keys: Space gives all that is due of a resident, N and a number say why not; nothing is given twice."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.medication.giving import GiveAll
from app.medication.rules.slots import DoseState
from tests.support.acts import count
from tests.support.hands import type_text
from tests.ui.medication.room import DAY, Stage, Ward, at, back, move_in, press, sheet, standing_at, until
from ui.medication.dose_detail import DoseDetailSheet
from ui.medication.not_given_sheet import NotGivenSheet
from ui.medication.round_close_sheet import CloseDosesSheet
from ui.medication.round_view import RoundView

SPACE, ENTER, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape


def _said(stage: Stage) -> str:
    return stage.frame.notice.text()


def _ordered(ward: Ward) -> None:
    """李桂兰 takes two medicines at 08:00, one of which asks for her blood pressure; 王素芬 one."""
    ward.order("阿托伐他汀", "20")
    ward.order("氨氯地平", "5")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(8, 10)


async def test_one_key_gives_what_needs_no_prompt_and_goes_on(ward: Ward) -> None:
    _ordered(ward)
    async with standing_at(ward, "medication") as (stage, view):
        assert isinstance(view, RoundView)
        assert view.grid.hasFocus()
        assert view.grid.rid == ward.li
        cell = view.grid.cell()
        assert cell is not None
        assert (cell.face.words, cell.face.under) == ("待给药 2", "1 种要确认")
        press(view.grid, SPACE)
        assert view.grid.rid == ward.wang
        await stage.settle()
        assert "李桂兰：已给 1 种；留下 1 种：08:00 氨氯地平片：给药前测" in _said(stage)
        press(view.grid, SPACE)
        await stage.settle()
        assert _said(stage) == "王素芬：已给 1 种。"
        assert view.grid.rid == ward.li
        cell = view.grid.cell()
        assert cell is not None
        assert (cell.face.words, [slot.words for slot in cell.open]) == ("待给药 1", ["氨氯地平片"])


async def test_keys_faster_than_answers_give_each_dose_once(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    rids = move_in(ward, 10)
    ward.become(Role.NURSE)
    for rid in rids:
        ward.order("阿托伐他汀", "20", resident=rid)
    ward.put(8)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, *[SPACE] * 10)
        await stage.settle()
        assert count(ward.station, "dose") == 10
        assert {slot.state for slot in ward.board().slots} == {DoseState.GIVEN}
        press(view.grid, SPACE)
        assert "已由林晓燕记为“已给药”，按 E 更正。" in _said(stage)


async def test_a_double_click_on_the_button_gives_once(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    async with standing_at(ward, "medication") as (stage, view):
        QTest.mouseClick(view.pieces.give, Qt.MouseButton.LeftButton)
        QTest.mouseClick(view.pieces.give, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert count(ward.station, "dose") == 1
        assert "已给 1 种" in _said(stage)


async def test_an_exception_takes_n_its_number_and_enter(ward: Ward) -> None:
    _ordered(ward)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, "n")
        why = await sheet(NotGivenSheet)
        assert why.which is not None
        assert why.which.keys == ["all", "0", "1"]
        press(why, "1")
        assert why.main is not None
        assert why.main.text().strip() == "记为“拒服”"
        press(why, ENTER)
        await back(stage)
        assert {slot.state for slot in ward.slots()} == {DoseState.REFUSED}
        assert _said(stage) == "李桂兰 2 种：拒服。"
        press(view.grid, "z")
        await stage.settle()
        assert _said(stage) == "已撤销刚才的 2 条给药记录，变更里仍可查看。"
        assert {slot.state for slot in ward.slots()} == {DoseState.DUE}


async def test_two_digits_one_of_several_and_the_words_it_needs(ward: Ward) -> None:
    _ordered(ward)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, "n")
        why = await sheet(NotGivenSheet)
        press(why, ENTER)
        await until(lambda: why.reasons.wrong == "请选原因：按 1 到 14。")
        press(why, Qt.Key.Key_Down, "14")
        assert why.reasons.number == 14
        press(why, ENTER)
        await until(lambda: why.reasons.wrong == "“其他”请写明情况。")
        assert why.reasons.words.hasFocus()
        type_text(why.reasons.words, "在理发")
        ward.give(why.picked[0])  # the other nurse was faster
        QTest.keyClick(why.reasons.words, ENTER)
        await until(lambda: "已由林晓燕" in why.notice.text())
        assert why.reasons.note == "在理发"
        press(why, ESCAPE)
        await back(stage)
        assert ward.slot("08:00", "阿托伐他汀").state is DoseState.GIVEN
        assert ward.slot("08:00", "氨氯地平").state is DoseState.DUE


async def test_somebody_away_is_offered_the_reason_the_program_knows(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.away("hospital", at(7))
    ward.put(8, 10)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, SPACE)
        assert _said(stage) == "老人住院，不用给药。"
        press(view.grid, "n")
        why = await sheet(NotGivenSheet)
        assert why.reasons.number == 3
        press(why, ENTER)
        await back(stage)
        recorded = ward.slot("08:00").recorded
        assert recorded is not None
        assert recorded.letter == "Z"


async def test_what_is_planned_or_too_old_is_said_and_not_given(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", "qn")
    ward.put(8)
    async with standing_at(ward, "medication") as (stage, view):
        press(view.grid, SPACE)
        assert "还没到时间" in _said(stage)
        ward.put(23, 59, DAY + timedelta(days=2))
        view.opened({"day": DAY})
        await stage.settle()
        press(view.grid, SPACE)
        await stage.settle()
        assert _said(stage) == "已过去 24 小时以上，请用“结束本班”逐次说明。"
        assert count(ward.station, "dose") == 0


async def test_two_windows_of_one_station_show_the_same(ward: Ward) -> None:
    _ordered(ward)
    async with (
        standing_at(ward, "medication") as (stage, view),
        standing_at(ward, "medication") as (other, second),
    ):
        slots = ward.slots()
        press(second.grid, SPACE)
        await other.settle()
        await until(
            lambda: (
                [len(line.row.slots) - len(line.cells[0].open) for line in view.grid.sheet.lines] == [1, 0]
            )
        )
        await stage.settle()
        again = ward.do(GiveAll(tuple(slot.key for slot in slots)))
        assert again.seen == ()


async def test_a_dose_of_another_station_appears_by_itself(ward: Ward) -> None:
    _ordered(ward)
    async with standing_at(ward, "medication") as (stage, view):
        ward.give(ward.slot("08:00", "阿托伐他汀"))
        await until(lambda: view.grid.sheet.lines[0].cells[0].face.words == "待给药 1")
        await stage.settle()
        assert "已给药 1" in view.pieces.legend.words()


async def test_only_who_waits_the_days_and_the_details(ward: Ward) -> None:
    _ordered(ward)
    async with standing_at(ward, "medication") as (stage, view):
        ward.give(ward.board().rows[1].slots[0])
        await until(lambda: not view.grid.sheet.lines[1].waits)
        press(view.grid, "f")
        assert [line.rid for line in view.grid.sheet.lines] == [ward.li]
        press(view.grid, "f", "d")
        detail = await sheet(DoseDetailSheet)
        assert any(words.startswith("给药前测") for words in detail.told)
        press(detail, ESCAPE)
        await back(stage)
        press(view.grid, "]")
        await stage.settle()
        assert view.board is not None
        assert (view.board.day, view.board.current) == (DAY + timedelta(days=1), "")
        press(view.grid, "[")
        await stage.settle()
        assert view.board.day == DAY


async def test_enter_goes_on_one_by_one_and_comes_back_to_close(ward: Ward) -> None:
    _ordered(ward)
    async with standing_at(ward, "medication") as (stage, view):
        view.grid.go_to(ward.wang, "morning")
        press(view.grid, ENTER)
        assert stage.place == "guided"
        await stage.settle()
        stage.frame.go("medication", {"day": DAY, "resident": ward.wang, "round": "morning", "close": True})
        closing = await sheet(CloseDosesSheet)
        await until(lambda: len(closing.rows) == 3)
        press(closing, ESCAPE)
        await back(stage)
        assert (stage.place, view.grid.rid) == ("medication", ward.wang)


async def test_who_may_not_give_looks_on(ward: Ward) -> None:
    _ordered(ward)
    ward.become(Role.MANAGER)
    async with standing_at(ward, "medication") as (stage, view):
        assert not view.pieces.give.isEnabled()
        press(view.grid, SPACE)
        await stage.settle()
        assert "给药" in _said(stage)
        assert count(ward.station, "dose") == 0


async def test_a_house_without_orders_says_how_they_come(ward: Ward) -> None:
    async with standing_at(ward, "medication") as (_stage, view):
        assert view.state.words == "这一天没有要给的药"
