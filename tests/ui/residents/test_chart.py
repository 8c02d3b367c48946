"""A resident's chart: what it shows, what it hides, whom the audit chain names as its reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import FormOf
from app.residents.rules import AllergyEntry, AllergyStatement
from app.residents.service import CreateResident, EditResident
from tests.support.acts import rows
from tests.support.station import become
from tests.ui.residents.stage import Stage, assessed, on_stage, people, until
from ui.assessments.trends_tab import TrendsTab
from ui.kit import AllergyStrip, Tag, Words
from ui.residents.chart_view import ChartView

ALLERGIC = AllergyStatement(entries=(AllergyEntry("青霉素", "皮疹"), AllergyEntry("磺胺类")))


@pytest.fixture
def rids(station: Station) -> list[UUID]:
    return people(station, 3)


@asynccontextmanager
async def _chart(station: Station, rid: UUID) -> AsyncIterator[tuple[Stage, ChartView]]:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        assert isinstance(view, ChartView)
        await stage.settle()
        yield stage, view


def _edit(station: Station, rid: UUID, **changes: object) -> None:
    seen = station.desk.ask_now(FormOf(rid))
    form: ResidentForm = replace(seen.form, **changes)  # type: ignore[arg-type]  # fields by name
    station.desk.do_now(EditResident(rid, form, seen.revision, "登记重写"))


def _texts(view: ChartView) -> str:
    return "\n".join(words.text() for words in view.findChildren(Words) if words.isVisibleTo(view))


def _readings(station: Station) -> int:
    return int(rows(station, "select count(*) from audit where act = 'read_chart'")[0][0])


async def test_allergies_are_on_screen_on_every_tab(station: Station, rids: list[UUID]) -> None:
    _edit(station, rids[0], allergies=ALLERGIC)
    async with _chart(station, rids[0]) as (stage, view):
        for _ in view.tabs:
            strip = view.findChild(AllergyStrip)
            assert isinstance(strip, AllergyStrip)
            assert strip.isVisibleTo(view)
            assert strip.accessibleName() == "过敏：青霉素（皮疹）、磺胺类"
            QTest.keyClick(stage.focus(view), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
            await stage.settle()
        assert view.head.tabs.currentIndex() == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (AllergyStatement(), "过敏史不详，用药前请先核对"),
        (AllergyStatement(none_known=True), "无已知过敏"),
        (ALLERGIC, "过敏：青霉素、磺胺类"),
    ],
)
async def test_unknown_is_never_none(station: Station, said: AllergyStatement, words: str) -> None:
    from datetime import date

    form = ResidentForm("李桂兰", "2", date(1942, 5, 18), allergies=said)
    station.desk.do_now(CreateResident(form))
    async with on_stage(station) as stage:
        view = stage.view("residents")
        await stage.settle()
        strip = view.panel.findChild(AllergyStrip)
        assert strip.accessibleName() == words


async def test_the_id_number_is_masked_until_asked_for(station: Station, rids: list[UUID]) -> None:
    number = station.desk.ask_now(FormOf(rids[0])).form.id_number
    async with _chart(station, rids[0]) as (stage, view):
        assert number not in _texts(view)
        QTest.mouseClick(view.overview.basics.id_fact.eye, Qt.MouseButton.LeftButton)
        assert number in _texts(view)
        stage.frame.go("chart", {"resident": rids[1]})
        await stage.settle()
        stage.frame.go("chart", {"resident": rids[0]})
        await stage.settle()
        assert number not in _texts(view)


async def test_a_reading_is_noted_once_in_half_an_hour(station: Station, rids: list[UUID]) -> None:
    clock = station.clock
    assert isinstance(clock, SetClock)
    async with _chart(station, rids[0]) as (stage, _view):
        assert _readings(station) == 1
        for rid, count in ((rids[0], 1), (rids[1], 2), (rids[0], 2)):
            stage.frame.go("chart", {"resident": rid})
            await stage.settle()
            assert _readings(station) == count
        clock.forward(timedelta(minutes=30))
        stage.frame.go("chart", {"resident": rids[0]})
        await stage.settle()
        assert _readings(station) == 3


async def test_two_charts_opened_in_one_breath_are_both_noted(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        stage.frame.go("chart", {"resident": rids[0]})
        view = stage.view("chart", {"resident": rids[1]})
        await stage.settle()
        assert view.chart.rid == rids[1]
        assert _readings(station) == 2


async def test_somebody_elses_change_shows_at_once(station: Station, rids: list[UUID]) -> None:
    async with _chart(station, rids[0]) as (stage, view):
        _edit(station, rids[0], contacts=(ContactForm("王建国", "子", "13800138000", guardian=True),))
        await until(lambda: "王建国" in _texts(view))
        await stage.settle()
        assert "监护人" in {tag.text() for tag in view.overview.contacts.findChildren(Tag)}


async def test_assessments_open_by_enter(station: Station, rids: list[UUID]) -> None:
    assessed(station, rids[0], 58, days_ago=200)
    assessed(station, rids[0], 72, days_ago=10)
    async with _chart(station, rids[0]) as (stage, view):
        while view.tab != "assessments":
            QTest.keyClick(stage.focus(view), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
            await stage.settle()
        tab = view._made["assessments"]
        assert isinstance(tab, TrendsTab)
        await until(lambda: tab.trends is not None)
        assert tab.table.hasFocus()
        assert [row.record.total for row in tab.table.rows_model.rows if row.record] == [72, 58]
        assert tab.trends is not None
        tab.table.pick(tab.trends.records[0].record)
        QTest.keyClick(tab.table, Qt.Key.Key_Return)
        key, params = stage.visits.seen[-1]
        assert key == "assessment"
        assert list(params) == ["assessment"]


async def test_the_history_strikes_the_old_words_through(station: Station, rids: list[UUID]) -> None:
    clock = station.clock
    assert isinstance(clock, SetClock)
    clock.forward(timedelta(hours=1))
    become(station, Role.NURSE)
    _edit(station, rids[0], phone="13800138000")
    async with _chart(station, rids[0]) as (stage, view):
        QTest.keyClick(view.head.tabs, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        words = view.history.findChildren(Words)
        struck = [one.text() for one in words if one.font().strikeOut()]
        assert struck == ["021-55550000"]
        assert "林晓燕 · 护士" in [one.text() for one in words]


async def test_esc_goes_back_and_e_edits(station: Station, rids: list[UUID]) -> None:
    async with _chart(station, rids[0]) as (stage, view):
        QTest.keyClick(view.head.tabs, Qt.Key.Key_E)
        assert stage.place == "resident"
        await stage.settle()
        stage.frame.go("chart", {"resident": rids[0]})
        await stage.settle()
        QTest.keyClick(view.head.tabs, Qt.Key.Key_Escape)
        assert stage.place == "residents"
