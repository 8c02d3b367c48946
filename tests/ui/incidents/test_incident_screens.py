"""The list, one incident and the chart's parts by keys: told, reviewed, closed, put right, declined, printed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.assessments.proposals import CountProposals
from app.compose import Station
from app.core.roles import Role
from app.incidents.service import TellFamily
from app.incidents.taking_out import RetractIncident
from app.residents.stating import Seen
from tests.app.incidents.cases import report, seen, told, whole
from tests.support.acts import rows
from tests.support.station import become
from tests.ui.residents.stage import Stage, on_stage, people, until
from ui.kit import Badge, Sheet, Words, keys_here

Enter, Escape, Delete = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete


@pytest.fixture
def rids(station: Station) -> list[UUID]:
    """Twelve residents; the head nurse is at the desk."""
    found = people(station)
    become(station, Role.HEAD_NURSE)
    return found


async def shown(stage: Stage, rid: UUID) -> Any:
    """The view of one incident."""
    view = stage.view("incident", {"incident": rid})
    await stage.settle()
    return view


async def sheet_of(view: Any, key: Qt.Key) -> Any:
    """The sheet a key opens."""
    QTest.keyClick(view, key)
    await until(lambda: view.sheet is not None and view.sheet.isVisible())
    return view.sheet


async def kept(stage: Stage, view: Any) -> None:
    """Until the act is done and shown, and the window is in front again (without a window manager nobody gives it)."""
    await until(lambda: view.sheet is None)
    await stage.settle()
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)


def here(stage: Stage) -> Any:
    """The view that shows."""
    return stage.frame.pages.view


async def test_the_family_is_told_and_closing_says_what_is_missing(
    station: Station, rids: list[UUID]
) -> None:
    report(station, rids[0])
    async with on_stage(station) as stage:
        listing = stage.view("incidents")
        await stage.settle()
        QTest.keyClick(listing.table, Enter)
        view = here(stage)
        assert stage.place == "incident"
        await stage.settle()
        sheet = await sheet_of(view, Qt.Key.Key_F)
        sheet.form.set_values({"way": "电话", "whom": "王建国（儿子）", "answer": "下午来院"})
        sheet.save()
        await kept(stage, view)
        assert stage.frame.notice.text() == "已记录告知家属。"
        QTest.keyClick(view, Qt.Key.Key_C)
        await until(lambda: "还不能结案，缺：审核（原因和整改措施）" in stage.frame.notice.text())
        QTest.keyClick(view, Escape)
        assert stage.place == "incidents"


async def test_reviewed_and_closed_by_keys(station: Station, rids: list[UUID]) -> None:
    record = report(station, rids[0])
    station.desk.do_now(TellFamily(Seen(record, 1), told(station)))
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        sheet = await sheet_of(view, Qt.Key.Key_R)
        sheet.save()
        await until(lambda: sheet.form.error("measures") == "请填写整改措施。")
        sheet.form.set_values({"measures": "铺防滑垫"})
        sheet.save()
        await until(lambda: "请勾选原因" in sheet.form.error("causes"))
        sheet.form.set_values({"causes": ("环境与设施",)})
        sheet.save()
        await kept(stage, view)
        QTest.keyClick(view, Qt.Key.Key_C)
        ask = view.findChild(Sheet)
        assert ask is not None
        ask.done_with.emit()
        await until(lambda: view.page.head.status.text() == "已结案")
        await kept(stage, view)
        badges = [one.text() for one in view.page.findChildren(Badge)]
        assert [one for one in badges if one in ("结案", "审核", "告知家属", "上报")] == [
            "结案", "审核", "告知家属", "上报",
        ]  # fmt: skip
        listing = stage.view("incidents", {"view": "closed"})
        await stage.settle()
        assert [row.rid for row in listing.table.rows_model.rows] == [record]


async def test_old_words_are_struck_through(station: Station, rids: list[UUID]) -> None:
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        sheet = await sheet_of(view, Qt.Key.Key_E)
        assert sheet.form.values()["reason"] == "补充"
        sheet.form.set_values({"place": "走廊", "reason": "笔误"})
        sheet.save()
        await kept(stage, view)
        struck = [one.text() for one in view.page.findChildren(Words) if one.font().strikeOut()]
        assert struck == ["卫生间"]


async def test_what_somebody_did_meanwhile_is_said_and_nothing_typed_is_lost(
    station: Station, rids: list[UUID]
) -> None:
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        sheet = await sheet_of(view, Qt.Key.Key_R)
        sheet.form.set_values({"analysis": "夜间灯光不足", "measures": "装夜灯"})
        station.desk.do_now(TellFamily(Seen(record, 1), told(station)))
        await until(lambda: sheet.fresh == Seen(record, 2))
        sheet.save()
        await until(
            lambda: "刚被周敏改过，请核对后再保存。您填的内容还在。改动：告知家属 " in sheet.notice.text()
        )
        assert sheet.form.values()["measures"] == "装夜灯"
        sheet.save()
        await kept(stage, view)
    assert whole(station, record).row.status == "reviewed"


async def test_the_wrong_resident_is_put_right_and_the_other_opens(
    station: Station, rids: list[UUID]
) -> None:
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        sheet = await sheet_of(view, Qt.Key.Key_M)
        sheet.form.set_values({"resident": "无此人", "why": "同名"})
        sheet.save()
        await until(lambda: "请从列表选择老人" in sheet.form.error("resident"))
        sheet.form.set_values({"resident": "李桂兰"})
        sheet.save()
        await kept(stage, view)
        await until(lambda: view.rid != record and view.whole is not None and view.whole.row.rid == view.rid)
        assert view.whole.row.name == "李桂兰"
    assert whole(station, record).row.retracted


async def test_a_report_just_made_is_taken_back(station: Station, rids: list[UUID]) -> None:
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = stage.view("incident", {"incident": record, "fresh": True})
        await stage.settle()
        QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: view.page.head.status.text() == "已作废")
        await until(lambda: stage.frame.notice.text().startswith("已撤销上报"))
        assert not view.correct.isVisible()
        assert not view.review.isVisible()


async def test_retracting_asks_why(station: Station, rids: list[UUID]) -> None:
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        sheet = await sheet_of(view, Delete)
        sheet.save()
        await until(lambda: sheet.form.error("why") == "请填写为什么作废。")
        sheet.form.set_values({"why": "监控核实没有跌倒"})
        sheet.save()
        await kept(stage, view)
        assert view.page.head.waits.text() == "已作废，不计入统计和评估。误录：监控核实没有跌倒"


async def test_a_caregiver_is_told_who_may_review(station: Station, rids: list[UUID]) -> None:
    become(station, Role.CAREGIVER)
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        for key in (Qt.Key.Key_R, Qt.Key.Key_C):
            stage.frame.notice.clear()
            QTest.keyClick(view, key)
            assert "您没有“审核不良事件”的权限" in stage.frame.notice.text()
            assert view.sheet is None


async def test_what_may_not_be_done_is_said_before_anything_is_typed(
    station: Station, rids: list[UUID]
) -> None:
    own = report(station, rids[0], harm="moderate")
    become(station, Role.CAREGIVER)
    async with on_stage(station) as stage:
        view = await shown(stage, own)
        for key in (Qt.Key.Key_E, Qt.Key.Key_M, Delete):
            stage.frame.notice.clear()
            QTest.keyClick(view, key)
            await stage.settle()
            assert "只能改自己上报、还没有审核的事件" in stage.frame.notice.text()
            assert view.sheet is None
    become(station, Role.HEAD_NURSE)
    async with on_stage(station) as stage:
        view = await shown(stage, own)
        QTest.keyClick(view, Qt.Key.Key_R)
        assert "须由上报人以外的人审核" in stage.frame.notice.text()
        QTest.keyClick(view, Qt.Key.Key_O)
        assert "没有结案" in stage.frame.notice.text()
        station.desk.do_now(RetractIncident(Seen(own, 1), "记错"))
        await until(lambda: view.whole.row.retracted)
        QTest.keyClick(view, Qt.Key.Key_E)
        assert stage.frame.notice.text() == "这起事件已作废，不能再改。"


async def test_news_reach_the_list_and_the_number_beside_it(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        listing = stage.view("incidents")
        await stage.settle()
        assert listing.state.words == "没有未结案的事件"
        record = report(station, rids[0])
        await until(lambda: len(listing.table.rows_model.rows) == 1)
        listing.search.setText("没有这样的")
        await until(lambda: listing.state.words == "没有找到“没有这样的”")
        listing.search.setText("跌倒")
        await until(lambda: len(listing.table.rows_model.rows) == 1 and not listing.state.words)
        station.desk.do_now(RetractIncident(Seen(record, 1), "记错"))
        await until(lambda: not listing.table.rows_model.rows)
        await stage.settle()


async def test_a_proposal_is_shown_declined_and_gone(station: Station, rids: list[UUID]) -> None:
    for days in (9, 2):
        report(station, rids[0], at=station.clock.now() - timedelta(days=days))
    async with on_stage(station) as stage:
        chart = stage.view("chart", {"resident": rids[0]})
        await stage.settle()
        (card,) = [one for _slot, one in chart.cards if hasattr(one, "proposing")]
        await until(card.proposing.isVisible)
        assert "30天内照护风险事件2次" in card.why.text()
        listing = stage.view("incidents", {"view": "proposals"})
        await until(lambda: len(listing.proposals.rows_model.rows) == 1)
        await stage.settle()
        QTest.keyClick(listing.proposals, Qt.Key.Key_D)
        sheet = next(one for one in listing.findChildren(Sheet) if one.isVisible())
        sheet.form.set_values({"why": "住院中，出院后再评"})
        sheet.save()
        await until(lambda: not listing.proposals.rows_model.rows)
        assert listing.state.words == "没有建议复评的老人"
        await stage.settle()
    assert station.desk.ask_now(CountProposals()) == 0


async def test_enter_on_a_proposal_begins_the_assessment(station: Station, rids: list[UUID]) -> None:
    for days in (9, 2):
        report(station, rids[0], at=station.clock.now() - timedelta(days=days))
    async with on_stage(station) as stage:
        listing = stage.view("incidents", {"view": "proposals"})
        await until(lambda: len(listing.proposals.rows_model.rows) == 1)
        await stage.settle()
        QTest.keyClick(listing.proposals, Enter)
        assert stage.visits.seen[-1] == ("assessment", {"resident": rids[0]})


async def test_the_tab_of_the_chart_lists_them_and_leads_back(station: Station, rids: list[UUID]) -> None:
    report(station, rids[0])
    async with on_stage(station) as stage:
        chart = stage.view("chart", {"resident": rids[0], "tab": "incidents"})
        await stage.settle()
        tab = chart._made["incidents"]
        await until(lambda: len(tab.table.rows_model.rows) == 1)
        QTest.keyClick(tab.table, Enter)
        await until(lambda: stage.place == "incident")
        await stage.settle()
        QTest.keyClick(here(stage), Escape)
        assert (stage.place, chart.tab) == ("chart", "incidents")


async def test_p_shows_the_report_and_notes_the_paper(
    station: Station, rids: list[UUID], tmp_path: Any
) -> None:
    record = report(station, None, kind="equipment", measures=("报修",))
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        QTest.keyClick(view, Qt.Key.Key_P)
        preview = here(stage)
        await until(lambda: preview.drawn is not None)
        await stage.settle()
        preview.save_to(str(tmp_path / "report.pdf"))
        await until((tmp_path / "report.pdf").exists)
        await until(lambda: "已存为" in stage.frame.notice.text())
        QTest.keyClick(preview.stack, Escape)
        assert stage.place == "incident"
    assert rows(station, "select kind from audit where act = 'print'") == [("incident",)]


async def test_the_keys_help_names_every_act(station: Station, rids: list[UUID]) -> None:
    record = report(station, rids[0])
    async with on_stage(station) as stage:
        view = await shown(stage, record)
        assert {key.shown for key in keys_here(view)} >= {
            "E",
            "F",
            "R",
            "C",
            "O",
            "M",
            "P",
            "Delete",
            "Ctrl+Z",
        }
        assert seen(station, record) == Seen(record, 1)
