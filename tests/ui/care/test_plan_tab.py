"""The care plan in a chart by keys: a template, one task more, a change, an end; who may not is told so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.assessments.care_decisions import DecideCare
from app.assessments.care_proposals import CareProposals
from app.assessments.service import Retract
from app.care.queries import CarePlan, PlanRow
from app.care.service import EndTask
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.measured import HIGH_FALL, MORSE, assessed
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.care.floor import DAY, back, planned, press, put, sheet
from tests.ui.residents.stage import Stage, on_stage, people, until
from ui.care.plan_sheets import EndSheet, TaskSheet, VersionsSheet
from ui.care.plan_tab import PlanTab
from ui.care.review_sheet import ReviewSheet
from ui.care.template_sheet import TemplateSheet
from ui.residents.chart_view import ChartView

CONTROL = Qt.KeyboardModifier.ControlModifier


@asynccontextmanager
async def _tab(station: Station, rid: UUID) -> AsyncIterator[tuple[Stage, PlanTab]]:
    async with on_stage(station) as stage:
        chart = stage.view("chart", {"resident": rid, "tab": "care"})
        assert isinstance(chart, ChartView)
        await until(lambda: isinstance(chart._made.get("care"), PlanTab))
        tab = chart._made["care"]
        assert isinstance(tab, PlanTab)
        await until(lambda: tab.plan is not None)
        await stage.settle()
        tab.arrive()
        yield stage, tab


def _plan(station: Station, rid: UUID) -> PlanRow:
    return station.desk.ask_now(CarePlan(rid))


def _press(*keys: Qt.Key) -> None:
    """Keys where the focus is."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


async def test_an_empty_plan_offers_a_template_and_keys_apply_it(station: Station) -> None:
    put(station, 7)
    (rid,) = people(station, 1)
    async with _tab(station, rid) as (stage, tab):
        assert tab.state.words == "还没有照护计划"
        assert tab.hasFocus()
        press(tab, "t")
        choice = await sheet(TemplateSheet)
        first = choice.chips.key
        assert choice.main is not None
        whole = len(choice.chosen)
        _press(Qt.Key.Key_Space)
        assert choice.main.text() == f"添加 {whole - 1} 项"
        _press(Qt.Key.Key_Right)
        assert choice.chips.key != first
        _press(Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Space)
        assert len(choice.chosen) == whole - 1
        _press(Qt.Key.Key_Return)
        await back(stage)
        await until(lambda: tab.plan is not None and len(tab.plan.running) == whole - 1)
        assert tab.said.text() == f"在做 {whole - 1} 项"
        press(tab.board, "t")
        again = await sheet(TemplateSheet)
        assert again.chosen
        press(again, Qt.Key.Key_Escape)
        await back(stage)


async def test_a_task_of_the_list_brings_its_times_and_is_added(station: Station) -> None:
    rid = planned(station, 1)[0]
    async with _tab(station, rid) as (stage, tab):
        press(tab.board, "n")
        task = await sheet(TaskSheet)
        words = task.form.input("words")
        assert isinstance(words, QLineEdit)
        type_text(words, "更衣")
        press(words, Qt.Key.Key_Return)
        assert task.form.values()["times"] == "07:00 20:30"
        task.form.set_values({"times": "傍晚"})
        QTest.keyClick(task, Qt.Key.Key_Return, CONTROL)
        await until(lambda: "不是时间" in task.form.error("times"))
        task.form.set_values({"times": "20点"})
        QTest.keyClick(task, Qt.Key.Key_Return, CONTROL)
        await back(stage)
        assert stage.frame.notice.text() == "已添加：更衣。"
        assert _plan(station, rid).running[-1].when == "20:00"


async def test_what_stands_in_the_plan_already_is_refused_and_the_form_stays(station: Station) -> None:
    rid = planned(station, 1)[0]
    async with _tab(station, rid) as (stage, tab):
        press(tab.board, "n")
        task = await sheet(TaskSheet)
        task.form.set_values({"words": "喂水", "times": "8:00", "role": "caregiver", "goal": "不渴"})
        QTest.keyClick(task, Qt.Key.Key_Return, CONTROL)
        await until(lambda: "计划里已有“喂水”" in task.form.error("words"))
        assert task.form.values()["goal"] == "不渴"
        press(task, Qt.Key.Key_Escape)
        await back(stage)


async def test_enter_changes_a_task_and_h_shows_its_versions(station: Station) -> None:
    rid = planned(station, 1)[0]
    async with _tab(station, rid) as (stage, tab):
        task = tab.board.current()
        assert task is not None
        press(tab.board, Qt.Key.Key_Return)
        change = await sheet(TaskSheet)
        change.form.set_values({"times": "15:00"})
        QTest.keyClick(change, Qt.Key.Key_Return, CONTROL)
        await until(lambda: change.form.error("reason") == "请选择修改原因。")
        change.form.set_values({"reason": "补充"})
        QTest.keyClick(change, Qt.Key.Key_Return, CONTROL)
        await back(stage)
        await until(lambda: (now := tab.board.current()) is not None and now.when == "15:00")
        press(tab.board, "h")
        versions = await sheet(VersionsSheet)
        press(versions, Qt.Key.Key_Return)
        await back(stage)


async def test_delete_ends_a_task_as_of_now(station: Station) -> None:
    rid = planned(station, 1)[0]
    async with _tab(station, rid) as (stage, tab):
        press(tab.board, Qt.Key.Key_Down)
        task = tab.board.current()
        assert task is not None
        press(tab.board, Qt.Key.Key_Delete)
        end = await sheet(EndSheet)
        press(end, Qt.Key.Key_Return)
        await until(lambda: end.form.error("on") != "")
        end.form.set_values({"on": "now", "why": "目标已达到"})
        end.save()
        await back(stage)
        plan = _plan(station, rid)
        assert [one.form.words for one in plan.over] == [task.form.words]
        await until(lambda: any(line.title == "已停止" for line in tab.board.lines))


async def test_another_persons_end_appears_by_itself(station: Station) -> None:
    rid = planned(station, 1)[0]
    async with _tab(station, rid) as (stage, tab):
        station.desk.do_now(EndTask(_plan(station, rid).running[0].seen, DAY, "医嘱停止"))
        await until(lambda: any("到 11-24" in line.under for line in tab.board.lines))
        await stage.settle()


async def test_a_caregiver_reads_and_is_told_who_may_plan(station: Station) -> None:
    rid = planned(station, 1)[0]
    become(station, Role.CAREGIVER)
    async with _tab(station, rid) as (stage, tab):
        assert len(tab.board.lines) == 4
        for key in ("t", "n", Qt.Key.Key_Return, Qt.Key.Key_Delete):
            stage.frame.notice.clear()
            press(tab.board, key)
            assert "您没有“制定照护计划”的权限" in stage.frame.notice.text()


async def test_a_task_whose_assessment_was_retracted_is_kept_or_ended(station: Station) -> None:
    (rid,) = people(station, 1)
    record = assessed(station, rid, MORSE, HIGH_FALL)
    seen = station.desk.ask_now(CareProposals(record)).seen
    station.desk.do_now(DecideCare(seen, ("fall_check", "round")))
    async with _tab(station, rid) as (stage, tab):
        press(tab.board, "b")
        await until(lambda: ("assessment", {"assessment": record}) in stage.visits.seen)
    station.desk.do_now(Retract(record, "笔误"))
    async with _tab(station, rid) as (stage, tab):
        assert tab.said.text() == "在做 2 项，2 项的依据已变，请复核"
        first = tab.board.current()
        assert first is not None
        assert "依据的评估已作废，请复核" in tab.board.accessibleName()
        press(tab.board, "r")
        review = await sheet(ReviewSheet)
        review.form.set_values({"why": "老人仍有需要"})
        QTest.keyClick(review, Qt.Key.Key_Return, CONTROL)
        await until(lambda: sum(row.to_review for row in _plan(station, rid).running) == 1)
        await back(stage)
        press(tab.board, Qt.Key.Key_Down)
        press(tab.board, "r")
        review = await sheet(ReviewSheet)
        review.end_instead.click()
        end = await sheet(EndSheet)
        assert end.task.code != first.code
        end.reject()
