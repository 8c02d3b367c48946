"""What holds: a card a journal, ended and followed by keys; the strip of signs above every tab."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.compose import Station
from app.core.roles import Role
from app.journals import AddEntry
from app.journals.journal_file import journal_called
from app.journals.queries import Standing
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from tests.app.assessments.measured import HIGH_FALL, MORSE, NINE, assessed, checked
from tests.app.journals.old import WroteThen
from tests.support.station import become
from tests.ui.journals.room import press, saved, sheet_of, tab_of
from tests.ui.residents.stage import on_stage, until
from ui.journals.act_sheets import EndSheet
from ui.journals.entry_sheet import EntrySheet
from ui.journals.history_sheet import HistorySheet
from ui.journals.matters_tab import MattersTab
from ui.journals.signs_strip import SignsStrip
from ui.kit import Tag, Words
from ui.kit.tag_button import TagButton
from ui.residents.chart_view import ChartView

TUBE = {"kind": "gastric", "placed_on": "2026-11-01", "change_by": "2026-11-20"}
WISH = {"wish": "no_cpr", "source": "self", "witness": "王芳", "on": "2026-11-01"}
Enter, Down = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18))))


async def test_a_tube_is_ended_by_keys_and_stands_in_its_history(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddEntry(rid, "tube", TUBE))
    async with tab_of(station, rid, MattersTab) as (stage, tab):
        while (line := tab.line()) is None or line.journal.code != "tube":
            press(Down)
        assert "更换管路已过 4 天" in line.accessibleName()
        press(Qt.Key.Key_O)
        await sheet_of(tab, EndSheet)
        press("拔除", Enter, Enter)
        await saved(tab)
        await until(lambda: tab.cards["tube"].lines[0].row is None)
        assert stage.frame.notice.text() == "已结束。"
        tab.cards["tube"].lines[0].setFocus()
        press(Qt.Key.Key_H)
        sheet = tab.findChild(HistorySheet)
        assert isinstance(sheet, HistorySheet)
        await until(lambda: len(sheet.table.rows_model.rows) == 1)
        assert str(sheet.table.rows_model.rows[0].ends) == "2026-11-24"
        sheet.reject()
    assert station.desk.ask_now(Standing(rid)) == ()


async def test_enter_on_an_empty_card_writes_and_a_wish_says_it_is_no_order(
    station: Station, rid: UUID
) -> None:
    async with tab_of(station, rid, MattersTab) as (_stage, tab):
        line = tab.line()
        assert line is not None
        assert (line.journal.code, line.row) == ("resuscitation", None)
        press(Enter)
        sheet = await sheet_of(tab, EntrySheet)
        said = [one.text() for one in sheet.findChildren(Words) if "不是医嘱" in one.text()]
        assert len(said) == 1
        press(Qt.Key.Key_Escape)
        await saved(tab)
        press(Down)
        assert (here := tab.line()) is not None
        assert here.journal.code == "consent"


async def test_a_risk_that_needs_measures_asks_for_them(station: Station, rid: UUID) -> None:
    async with tab_of(station, rid, MattersTab) as (_stage, tab):
        tab.acts.write(journal_called("nine-risk"))
        sheet = await sheet_of(tab, EntrySheet)
        assert sheet.form is not None
        view = sheet.form.view
        assert not view.input("fall_measures").isVisible()
        sheet.form.set_values({"fall": "high"})
        assert view.input("fall_measures").isVisible()
        assert view.problems() == {"fall_measures": "请填写跌倒：防护措施。"}
        sheet.form.set_values({"fall": "none"})
        assert view.problems() == {}


async def test_a_closed_journal_shows_what_stands_and_offers_nothing_new(station: Station, rid: UUID) -> None:
    async with tab_of(station, rid, MattersTab) as (_stage, tab):
        card = tab.cards["nine-risk"]
        assert not card.isVisible()
        station.desk.do_now(
            WroteThen(AddEntry(rid, "nine-risk", journal_called("nine-risk").cases[0].content))
        )
        await until(card.isVisible)
        assert not card.add.isVisible()
        (line,) = card.lines
        line.setFocus()
        press(Qt.Key.Key_E)
        sheet = await sheet_of(tab, EntrySheet)
        assert sheet.journal.code == "nine-risk"
        press(Qt.Key.Key_Escape)
        await saved(tab)


async def test_a_risk_leads_to_the_assessment_behind_it(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    assessed(station, rid, NINE, checked(choking=1, fall=1))
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        strip = view.findChild(SignsStrip)
        assert isinstance(strip, SignsStrip)
        await until(lambda: strip.words() == ("跌倒高风险", "防噎食"))
        tag = strip.findChildren(TagButton)[0]
        assert tag.toolTip() == "Morse跌倒 55 分 高风险，2026-11-24。按下打开"
        tag.setFocus(Qt.FocusReason.TabFocusReason)
        press(Enter)
        await until(lambda: stage.frame.pages.key == "assessment")
        await until(lambda: ("assessment", {"assessment": record}) in stage.visits.seen)


async def test_an_old_risk_leads_to_what_holds(station: Station, rid: UUID) -> None:
    content = {**journal_called("nine-risk").cases[0].content, "activity": "none"}
    station.desk.do_now(WroteThen(AddEntry(rid, "nine-risk", content)))
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        assert isinstance(view, ChartView)
        await stage.settle()
        strip = view.findChild(SignsStrip)
        assert isinstance(strip, SignsStrip)
        await until(lambda: strip.words() == ("跌倒高风险", "防噎食"))
        QTest.mouseClick(strip.findChildren(TagButton)[1], Qt.MouseButton.LeftButton)
        await until(lambda: view.tab == "matters")


async def test_the_strip_says_what_nobody_may_miss(station: Station, rid: UUID) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        strip = view.findChild(SignsStrip)
        assert isinstance(strip, SignsStrip)
        await until(strip.isVisible)
        assert strip.words() == ("九防未评估",)
        station.desk.do_now(AddEntry(rid, "resuscitation", WISH))
        station.desk.do_now(AddEntry(rid, "isolation", {"kind": "contact", "why": "诺如病毒"}))
        station.desk.do_now(AddEntry(rid, "tube", TUBE))
        await until(lambda: len(strip.words()) == 5)
        assert set(strip.words()) == {
            "抢救意愿：不愿心肺复苏", "接触隔离", "胃管", "九防未评估", "更换管路已过 4 天",
        }  # fmt: skip
        tags = [tag for tag in strip.findChildren(Tag) if tag.text().startswith("抢救意愿")]
        assert "不代替医嘱和 120" in tags[-1].toolTip()
        view.turn_to("assessments")
        await stage.settle()
        assert strip.isVisible()  # on every tab
        strip._go.click()
        await stage.settle()
        assert view.tab == "matters"
