"""The form by keyboard: a digit answers and moves on, a wrong one changes nothing, every answer is in the file."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.assessments.record_queries import OpenForm
from app.assessments.service import DiscardDraft, TakeOverDraft
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.people import GB, Admit, filled, signed
from tests.support.station import become
from tests.ui.assessments.room import WHOLE, Room, click, keys, press, room, until
from ui.assessments.item_card import ItemCard
from ui.kit import Sheet, Words


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def focused() -> ItemCard:
    card = QApplication.focusWidget()
    assert isinstance(card, ItemCard)
    return card


def said(room_: Room) -> list[str]:
    """The reasons beside the score."""
    QApplication.sendPostedEvents()  # Qt shows what was added to a layout when it comes to it
    return [one.text() for one in room_.work.page.panel.why.findChildren(Words) if one.isVisible()][1:]


async def test_26_answers_are_26_keys_and_each_is_in_the_file(station: Station, resident: UUID) -> None:
    """From B.1.1 on: 26 keys, nothing else, over all four pages to the conclusion."""
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        for done, (code, digit) in enumerate(zip(GB.items, WHOLE, strict=True), 1):
            assert focused().item.code == code
            keys(digit)
            await r.saved()
            form = station.desk.ask_now(OpenForm(resident))  # what a killed program would find
            assert len(form.content.answers) == done
            assert form.content.answers[code] == int(digit)
            shown = work.page.panel.ring.accessibleName()
            assert shown == (f"{done}/26 已评" if done < 26 else "90 满分 90")
        assert work.page.step == "conclusion"
        assert not work.page.panel.badge.isVisible()  # the information is not answered yet
        r.calm()
        assert work.page.panel.badge.text() == "0级 能力完好"
        assert said(r) == [
            "总分90分（90分），初步等级为0级 能力完好",
            "没有等级变更的依据",
            "最终等级为0级 能力完好",
        ]
        await r.saved()


async def test_no_total_no_level_before_the_last_answer(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        r.calm()
        work.page.go("B.1")
        keys(WHOLE[:25])
        panel = work.page.panel
        assert panel.ring.accessibleName() == "25/26 已评"
        assert not panel.badge.isVisible()
        assert not panel.initial.isVisible()
        assert not panel.why.isVisible()
        assert panel.bars["B.1"].accessibleName() == "自理能力 32 / 32"
        keys("4")
        assert panel.badge.isVisible()
        await r.saved()


async def test_a_digit_that_is_no_option_is_refused_and_changes_nothing(
    station: Station, resident: UUID
) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go_to("B.2.4")
        before = work.filling
        for sign in ("4", "9", "x"):
            keys(sign)
            assert focused().item.code == "B.2.4"
            assert focused().error.text() == f"没有选项 {sign}，可选 0、1、2、3。"
            assert work.filling is before
        keys("3")
        assert focused().item.code == "B.3.1"
        assert work.page.items["B.2"].cards["B.2.4"].error.text() == ""
        await r.saved()


async def test_arrows_move_and_backspace_goes_back_across_pages(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go_to("B.1.8")
        press(focused(), Qt.Key.Key_Down)
        assert (focused().item.code, work.page.step) == ("B.2.1", "B.2")
        press(focused(), Qt.Key.Key_Up)
        assert (focused().item.code, work.page.step) == ("B.1.8", "B.1")
        keys("3")
        press(focused(), Qt.Key.Key_Backspace)
        assert focused().item.code == "B.1.8"
        assert work.filling.content.answers == {"B.1.8": 3}
        keys("1")
        assert work.filling.content.answers == {"B.1.8": 1}
        press(work.page, Qt.Key.Key_F2)
        assert work.page.step == "information"
        await r.saved()


async def test_only_the_focused_item_shows_full_texts(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        page = work.page.items["B.1"]
        assert [code for code, card in page.cards.items() if card.open] == ["B.1.1"]
        assert page.cards["B.1.1"].line(2).accessibleName() == f"2 {GB.items['B.1.1'].options[2].text}"
        click(page.cards["B.1.1"].line(2))
        assert [code for code, card in page.cards.items() if card.open] == ["B.1.2"]
        assert page.cards["B.1.1"].accessibleName().startswith("B.1.1 进食 已选 2 进食中需要少量")
        click(page.cards["B.1.3"].digit_button(1))
        assert work.filling.content.answers == {"B.1.1": 2, "B.1.3": 1}
        assert focused().item.code == "B.1.4"
        await r.saved()


async def test_the_last_open_item_leads_back_to_what_was_skipped(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        press(focused(), Qt.Key.Key_Down)
        keys(WHOLE[1:])
        assert focused().item.code == "B.1.1"
        keys("4")
        assert focused().item.code == "B.1.2"
        await r.saved()


async def test_total_is_compared_with_last_time(station: Station, resident: UUID) -> None:
    signed(station, resident, filled(station, 62))
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        keys(WHOLE)
        assert work.page.panel.compared.text() == "较上次（2026-11-24，62 分）+28 分"
        await r.saved()


async def test_a_coma_gives_the_level_without_items(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        r.choose("A.5.11", "有")
        assert work.page.panel.badge.text() == "4级 完全失能"
        assert work.page.panel.ring.accessibleName() == "4级 不计总分"
        assert said(r)[0] == "已评0/26项，不计总分"
        assert "直接评定为能力完全丧失" in said(r)[1]
        await r.saved()


async def test_a_save_that_fails_keeps_the_words_and_is_tried_again(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        keys("3")
        await r.saved()
        assert work.page.head.status.text() == "已自动保存 08:30"
        become(station, Role.NURSE)
        station.desk.do_now(TakeOverDraft(resident, GB.code))
        become(station, Role.HEAD_NURSE)
        keys("21")
        await until(lambda: work.saving.state.state == "failed")
        assert work.page.head.status.text() == "未保存"
        assert work.page.unsaved.text().startswith("未保存：草稿由林晓燕持有")
        keys("0")
        await work.leave()
        assert work.filling.content.answers == {"B.1.1": 3, "B.1.2": 2, "B.1.3": 1, "B.1.4": 0}
        assert work.saving.unsaved
        become(station, Role.NURSE)
        station.desk.do_now(DiscardDraft(resident, GB.code))
        become(station, Role.HEAD_NURSE)
        click(work.page.unsaved.button)
        await r.saved()
        assert work.page.unsaved.text() == ""
        assert len(station.desk.ask_now(OpenForm(resident)).content.answers) == 4


async def test_what_could_not_be_saved_gives_way_only_when_asked(station: Station, resident: UUID) -> None:
    other = station.desk.do_now(Admit("01-000002", "陈阿婆", "2号楼 313-1"))
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        keys("3")
        await r.saved()
        become(station, Role.NURSE)
        station.desk.do_now(TakeOverDraft(resident, GB.code))
        become(station, Role.HEAD_NURSE)
        keys("2")
        await until(lambda: work.saving.state.state == "failed")
        r.frame.go("assessment", {"resident": other})
        await until(lambda: any(one.isVisible() for one in r.form.findChildren(Sheet)))
        assert work.resident == resident
        assert work.filling.content.answers == {"B.1.1": 3, "B.1.2": 2}
        (sheet,) = [one for one in r.form.findChildren(Sheet) if one.isVisible()]
        assert "草稿由林晓燕持有" in sheet.text.text()
        assert sheet.main is not None
        click(sheet.main)
        await until(lambda: work.resident == other)


async def test_typed_words_are_saved_when_the_person_leaves(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go_to("conclusion")
        keys("needs help")
        assert work.saving.state.state == "idle"
        await r.frame.leave()
        assert station.desk.ask_now(OpenForm(resident)).content.conclusion == "needs help"
