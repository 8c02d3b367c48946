"""体征 in the chart by keys alone: read out, enter, confirm, correct, retract, move, print; refused in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.rules import PlacePath
from app.residents.service import CreateResident
from app.vitals.queries import SetsOf
from app.vitals.queries.record import VitalRecord
from app.vitals.service import RecordSets, SetProfile
from tests.printing.vitals_sample import admitted, fortnight, moment, visit
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.support.station import become
from tests.ui.residents.stage import Stage, on_stage, until
from ui.kit import Words, cells
from ui.printing.preview_view import PreviewView
from ui.vitals.change_sheets import CorrectSheet, RetractSheet, WrongResidentSheet
from ui.vitals.entry_sheet import EntrySheet
from ui.vitals.print_sheet import PrintSheet
from ui.vitals.profile_sheet import ProfileSheet
from ui.vitals.vitals_tab import VitalsTab

Enter, Left, Right, Escape = Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape
Ctrl, Alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


SPANS = {"1": Qt.Key.Key_1, "7": Qt.Key.Key_2, "30": Qt.Key.Key_3}


@asynccontextmanager
async def opened(station: Station, rid: UUID, *, span: str = "30") -> AsyncIterator[tuple[Stage, VitalsTab]]:
    """The chart of somebody, at its tab 体征."""
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid, "tab": "vitals"})
        await stage.settle()
        tab = view._made["vitals"]
        assert isinstance(tab, VitalsTab)
        await quiet(stage, tab)
        key(tab, SPANS[span])
        await quiet(stage, tab)
        yield stage, tab
        await quiet(stage, tab)
        if tab.acts.sheet is not None:
            tab.acts.sheet.reject()
        await quiet(stage, tab)


async def quiet(stage: Stage, tab: VitalsTab) -> None:
    """Until the tab has its answer: it is no view of the frame, but a part of one."""
    await until(lambda: tab.record is not None and not tab.errands.running)
    await stage.settle()


def key(target: QWidget, press: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key where the focus is, or at a widget."""
    focus = QApplication.focusWidget()
    QTest.keyClick(focus if focus is not None and target.isAncestorOf(focus) else target, press, held)


def typed(text: str) -> None:
    """Words or digits where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    type_text(focus, text)


async def sheet_of(tab: VitalsTab, press: Qt.Key, kind: type[QWidget]) -> QWidget:
    """What a key of the tab opens."""
    await in_front(tab)
    key(tab, press)
    await until(lambda: isinstance(tab.acts.sheet, kind))
    sheet = tab.acts.sheet
    assert sheet is not None
    await until(sheet.isActiveWindow)
    return sheet


async def in_front(widget: QWidget) -> None:
    """A screen gives back the window that a sheet had; the one of the tests does not."""
    widget.window().activateWindow()
    await until(widget.window().isActiveWindow)


def notice(stage: Stage) -> str:
    return stage.frame.notice.text()


async def test_arrows_read_out_what_was_measured(station: Station) -> None:
    async with opened(station, fortnight(station)) as (_stage, tab):
        chart = tab.curves.charts[0]
        assert chart.hasFocus()
        assert chart.read_out() == "11-23 07:24　体温 36.7"
        key(tab, Left)
        assert chart.read_out() == "11-22 07:23　体温 36.5"
        key(tab, Qt.Key.Key_Home)
        assert "体温 36.8（口）" in chart.read_out()
        assert tab.record_shown() == ("vital", tab.curves.current)
        pressure = tab.curves.charts[2]
        pressure.setFocus()
        assert pressure.read_out() == "11-23 07:24　收缩压 146　舒张压 80"
        both = tab.curves.charts[1]
        both.setFocus()
        first = both.chosen()
        key(tab, Qt.Key.Key_Down)
        assert both.chosen() is not first
        assert tab.line() is not None
        assert tab.line().code == "respiration"  # type: ignore[union-attr]  # it is there
        assert "体重" in tab.curves.missing.text()


async def test_what_was_corrected_and_retracted_stays_readable(station: Station) -> None:
    async with opened(station, fortnight(station)) as (_stage, tab):
        key(tab, Qt.Key.Key_J)
        await until(tab.values.table.isVisible)
        rows = tab.values.table.rows_model.rows
        value = tab.values.table.rows_model.columns[2].cell
        said = {(one.code, one.taken.at): value(one) for one in rows}
        fixed = said["temperature", moment(date(2026, 11, 9), 7, 10)]
        assert fixed == cells.Revised("36.8", ("36.3",), "℃ 口", "text")
        gone = said["spo2", moment(date(2026, 11, 10), 7, 11)]
        assert isinstance(gone, cells.Revised)
        assert gone.gone
        about = [tab.values.table.rows_model.columns[3].cell(one) for one in rows]
        texts = [one.text for one in about if isinstance(one, cells.Text)]
        assert any("误录：探头脱落" in text for text in texts)
        assert any("笔误" in text for text in texts)
        assert any(text.startswith("NEWS2") for text in texts)
        assert ("blood_pressure", moment(date(2026, 11, 14), 14)) in said  # 拒测


async def test_a_visit_by_keys_alone(station: Station) -> None:
    """Digits, one Enter a field; NEWS2 comes with the last of its parameters; the notice takes the visit back."""
    rid = admitted(station)
    become(station, Role.NURSE)
    async with opened(station, rid, span="7") as (stage, tab):
        assert tab.state.words.startswith("最近 7 天没有体征记录")
        sheet = await sheet_of(tab, Qt.Key.Key_V, EntrySheet)
        assert isinstance(sheet, EntrySheet)
        assert sheet.rows["temperature"].fields[0].hasFocus()
        for text in ("36.6", "104", "22", "132/78", "93/2"):
            typed(text)
            key(sheet, Enter)
        assert sheet.score.badge.text() == "NEWS2 不完整"
        assert "意识" in sheet.score.words.text()
        typed("A")
        assert sheet.score.badge.text().startswith("NEWS2 7 高")
        QTest.keyClick(sheet.rows["consciousness"].fields[0], Enter, Ctrl)
        await until(lambda: notice(stage).startswith("已录入 欧阳淑华：体温 36.6，脉率 104"))
        (kept,) = station.desk.ask_now(
            SetsOf(rid, moment(date(2026, 11, 24), 0), moment(date(2026, 11, 25), 0))
        )
        assert kept.counting["spo2"].measured.said("oxygen") == "oxygen"
        await until(lambda: tab.state.words == "")
        stage.frame.notice._take_back()  # the undo of the notice line
        await until(lambda: tab.state.words.startswith("最近 7 天没有"))


async def test_a_wrong_a_doubtful_and_a_red_value(station: Station) -> None:
    rid = admitted(station)
    async with opened(station, rid, span="7") as (stage, tab):
        sheet = await sheet_of(tab, Qt.Key.Key_V, EntrySheet)
        assert isinstance(sheet, EntrySheet)
        row = sheet.rows["temperature"]
        typed("43.6")
        key(sheet, Enter)
        assert row.error.text() == "体温 43.6 ℃ 超出可录范围 30.0–43.0，请核对后重新输入。"
        QTest.keyClick(row.fields[0], Qt.Key.Key_A, Ctrl)
        typed("39.6")
        key(sheet, Enter)
        assert "再按一次 Enter 确认" in row.error.text()
        key(sheet, Enter)  # confirmed; a red value asks for its repetition
        assert row.fields[1].hasFocus()
        typed("39.4")
        key(sheet, Enter)
        key(sheet, Enter)
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: "体温达到危急值，请报告医生并复测。" in notice(stage))
    (kept,) = station.desk.ask_now(SetsOf(rid, moment(date(2026, 11, 24), 0), moment(date(2026, 11, 25), 0)))
    assert [(one.turn, one.text) for one in kept.values] == [(0, "39.6"), (1, "39.4")]


async def test_what_is_typed_survives_a_refusal_and_leaving(station: Station) -> None:
    rid = admitted(station)
    async with opened(station, rid, span="7") as (stage, tab):
        sheet = await sheet_of(tab, Qt.Key.Key_V, EntrySheet)
        assert isinstance(sheet, EntrySheet)
        typed("36.6")
        sheet.time.setText("11-24 20:00")
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: "还没有到，请核对" in sheet._time.error.text())
        sheet.time.setText("25:00")
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: "时间请按" in sheet._time.error.text())
        sheet.time.setText("11-24 08:00")
        assert sheet.rows["temperature"].fields[0].text() == "36.6"
        sheet.reject()
        await stage.settle()
        again = await sheet_of(tab, Qt.Key.Key_V, EntrySheet)
        assert isinstance(again, EntrySheet)
        await until(lambda: again.rows["temperature"].fields[0].text() == "36.6")
        assert "没有保存的内容" in again.notice.text()
        QTest.keyClick(again, Enter, Ctrl)
        await until(lambda: tab.acts.sheet is None)
        await until(lambda: tab.record is not None and len(tab.record.lines) == 1)
        third = await sheet_of(tab, Qt.Key.Key_V, EntrySheet)
        assert isinstance(third, EntrySheet)
        assert third.values() == ()


async def test_e_corrects_the_value_under_the_cursor(station: Station) -> None:
    rid = fortnight(station)
    async with opened(station, rid) as (stage, tab):
        key(tab, Left)  # 11-22
        sheet = await sheet_of(tab, Qt.Key.Key_E, CorrectSheet)
        assert isinstance(sheet, CorrectSheet)
        assert "体温 36.5 ℃，11-22 07:23，周敏录入" in sheet.text.text()
        typed("36.9")
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: sheet.labelled["reason"].error.text() == "请选择更正原因。")
        QTest.keyClick(sheet, Qt.Key.Key_1, Alt)
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: tab.acts.sheet is None)
        await until(lambda: notice(stage) == "已更正体温：36.5 → 36.9。")
        await until(lambda: tab.curves.charts[0].read_out() == "11-22 07:23　体温 36.9")


async def test_d_retracts_with_words(station: Station) -> None:
    rid = fortnight(station)
    async with opened(station, rid) as (stage, tab):
        sheet = await sheet_of(tab, Qt.Key.Key_D, RetractSheet)
        assert isinstance(sheet, RetractSheet)
        key(sheet, Enter)
        await until(lambda: sheet.labelled["why"].error.text() == "请写明为什么作废。")
        typed("测错部位")
        key(sheet, Enter)
        await until(lambda: notice(stage) == "已作废：体温 36.7。")
        await until(lambda: (tab.curves.charts[0].plot is not None and tab.line() is None) or True)
        lines = station.desk.ask_now(
            VitalRecord(rid, moment(date(2026, 11, 23), 0), moment(date(2026, 11, 24), 0))
        ).lines
        assert [one.reason for one in lines if one.retracted] == ["误录：测错部位"]


async def test_w_gives_the_visit_to_whom_it_belongs(station: Station) -> None:
    rid = fortnight(station)
    form = ResidentForm("李桂兰", "2", date(1942, 5, 18), place=PlacePath("2号楼", "3层", "313", "2"))
    other = station.desk.do_now(CreateResident(form))
    async with opened(station, rid) as (stage, tab):
        sheet = await sheet_of(tab, Qt.Key.Key_W, WrongResidentSheet)
        assert isinstance(sheet, WrongResidentSheet)
        typed("lgl")
        await until(lambda: [one.name for one in sheet.table.rows_model.rows] == ["李桂兰"])
        key(sheet, Enter)
        typed("床位看错")
        key(sheet, Enter)
        await until(lambda: "这次测量已转到 李桂兰（2号楼 313-2）名下。" in notice(stage))
    span = (moment(date(2026, 11, 23), 0), moment(date(2026, 11, 24), 0))
    assert [len(station.desk.ask_now(SetsOf(who, *span))) for who in (rid, other)] == [0, 1]


async def test_another_persons_value_is_refused_in_words(station: Station) -> None:
    rid = fortnight(station)
    become(station, Role.NURSE)
    async with opened(station, rid) as (_stage, tab):
        sheet = await sheet_of(tab, Qt.Key.Key_D, RetractSheet)
        assert isinstance(sheet, RetractSheet)
        typed("测错")
        key(sheet, Enter)
        await until(lambda: "更正已签名的记录" in sheet.notice.text())
        assert sheet.why.text() == "测错"


async def test_only_a_doctor_sets_limits_and_the_chart_says_who_did(station: Station) -> None:
    rid = fortnight(station)
    async with opened(station, rid) as (stage, tab):
        key(tab, Qt.Key.Key_L)
        await until(lambda: "设定个人体征范围" in notice(stage))
        assert tab.acts.sheet is None
    become(station, Role.DOCTOR)
    async with opened(station, rid) as (_stage, tab):
        sheet = await sheet_of(tab, Qt.Key.Key_L, ProfileSheet)
        assert isinstance(sheet, ProfileSheet)
        limits = {"spo2_scale": "2", "blood_pressure": "140", "blood_pressure.second_high": "90"}
        sheet.form.set_values(limits)
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: "请写明依据" in sheet.form.error("note"))
        await until(lambda: not sheet.errands.running)
        sheet.form.set_values({"note": "慢阻肺，高碳酸性呼吸衰竭"})
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: tab.hint.text() == "SpO₂ 量表 2（陈永康 11-24）")
        plot = tab.curves.charts[2].plot
        assert plot is not None
        assert (plot.bands, plot.note) == (((None, 140.0),), "个人范围 ≤140/90")
        again = await sheet_of(tab, Qt.Key.Key_L, ProfileSheet)
        assert any("由 陈永康 于 2026-11-24 08:30 设定" in one.text() for one in again.findChildren(Words))


async def test_weeks_turn_and_p_prints_the_one_that_shows(station: Station) -> None:
    rid = fortnight(station)
    async with opened(station, rid) as (stage, tab):
        key(tab, Qt.Key.Key_T)
        await until(lambda: tab.week.title.text() == "2026-11-23 至 11-29")
        assert not tab.week.after.isEnabled()
        key(tab, Left)
        await until(lambda: tab.week.title.text() == "2026-11-16 至 11-22")
        key(tab, Left)
        await until(lambda: tab.week.title.text() == "2026-11-09 至 11-15")
        assert not tab.week.before.isEnabled()  # the week of the admission
        sheet = await sheet_of(tab, Qt.Key.Key_P, PrintSheet)
        assert isinstance(sheet, PrintSheet)
        assert sheet.form.values() == {
            "sheet": "temperature-chart",
            "first": "2026-11-09",
            "last": "2026-11-15",
        }
        sheet.form.set_values({"last": "2026-11-01"})
        QTest.keyClick(sheet, Enter, Ctrl)
        assert sheet.form.error("last") == "结束日期早于开始日期，请核对。"
        sheet.form.set_values({"last": "2026-11-20"})
        QTest.keyClick(sheet, Enter, Ctrl)
        await until(lambda: stage.place == "preview")
        preview = stage.frame.pages.view
        assert isinstance(preview, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.drawn is not None
        assert (preview.drawn.pages, preview.drawn.file_name) == (2, "体温单 欧阳淑华 2026-11-09.pdf")
        await in_front(stage.frame)
        QTest.keyClick(preview, Escape)
        assert stage.place == "chart"
        await stage.settle()


async def test_the_card_of_the_overview_leads_to_the_tab(station: Station) -> None:
    rid = fortnight(station)
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        card = next(card for _slot, card in view.cards if type(card).__name__ == "LatestCard")
        await until(lambda: card.card.hint.text() == "11-23 07:24 · 周敏")
        assert [tile.accessibleName() for tile in card.tiles[:2]] == ["血压 146/80 mmHg", "脉率 86 次/分"]
        assert lint(stage.frame) == []
        card.setFocus()
        QTest.keyClick(card, Enter)
        assert view.tab == "vitals"
        await stage.settle()


async def test_what_another_screen_records_appears(station: Station) -> None:
    rid = fortnight(station)
    async with opened(station, rid, span="1") as (_stage, tab):
        assert tab.state.words == "最近 24 小时没有体征记录" or tab.record is not None
        station.desk.do_now(RecordSets((visit(rid, moment(date(2026, 11, 24), 8, 20), temperature="36.4"),)))
        await until(
            lambda: tab.record is not None and [one.words for one in tab.record.standing()] == ["36.4"]
        )
        assert isinstance(station.clock, SetClock)
        station.clock.forward(timedelta(minutes=1))
        become(station, Role.DOCTOR)
        station.desk.do_now(SetProfile(rid, limits={"temperature": {"high": 36.3}}))
        await until(lambda: tab.record is not None and tab.record.profile.revision == 1)


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)])
async def test_every_page_and_sheet_is_laid_out_clean(station: Station, size: tuple[int, int]) -> None:
    rid = fortnight(station)
    async with on_stage(station, size) as stage:
        view = stage.view("chart", {"resident": rid, "tab": "vitals"})
        await stage.settle()
        tab = view._made["vitals"]
        await quiet(stage, tab)
        for page in ("curves", "values", "week"):
            tab.turn_to(page)
            await quiet(stage, tab)
            assert lint(stage.frame) == [], page
        tab.turn_to("values")
        await quiet(stage, tab)
        for press in (Qt.Key.Key_V, Qt.Key.Key_E, Qt.Key.Key_D, Qt.Key.Key_W, Qt.Key.Key_P):
            await in_front(tab)
            key(tab, press)
            await until(lambda: tab.acts.sheet is not None)
            sheet = tab.acts.sheet
            await until(sheet.isActiveWindow)
            await stage.settle()
            assert lint(sheet) == [], press
            sheet.reject()
            await quiet(stage, tab)
