"""The lists of prescriptions by keys: renewing, handing out, ending, printing, whose; empty, refused, fitting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.core.errors import Refusal, Trouble
from app.core.roles import Role
from app.medication.prescriptions import RxBoard
from tests.support.layout import lint
from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import tap
from tests.ui.medication.room import DAY, Ward, back, sheet, shown, standing_at, until
from tests.ui.medication.rx_room import DAUGHTER, entitle, extended, free, long, ouyang, papers, state
from ui.kit.sign_pad import SignatureView
from ui.medication.rx_detail import RxFactsSheet
from ui.medication.rx_form_view import RxFormView
from ui.medication.rx_sheets import EndSheet, HandOutSheet, PickSheet
from ui.medication.rx_view import RxView
from ui.printing.preview_view import PreviewView
from ui.style import look

ENTER = Qt.Key.Key_Return


def _said(view: RxView) -> str:
    """Everything the panel says."""
    return " ".join(label.text() for label in view.pieces.panel.findChildren(QLabel))


async def test_what_ends_within_the_week_comes_first_and_the_panel_says_it_whole(ward: Ward) -> None:
    first, second = ward.order("氨氯地平", "5"), ward.order("缬沙坦", "80")
    long(ward, first.rid)
    long(ward, second.rid, weeks=8, assessment="血压平稳", agreed=DAUGHTER)
    ward.put(9, day=DAY + timedelta(days=22))
    async with standing_at(ward, "prescriptions") as (stage, view):
        assert view.chips.key == "ending"
        assert [row.medicines for row in view.table.rows_model.rows] == ["氨氯地平片"]
        assert "28 片 · 1 盒" in _said(view)
        keys("2")
        await stage.settle()
        assert len(view.table.rows_model.rows) == 2
        assert view.table.selectionModel().hasSelection()
        assert "病情评估" in _said(view)
        assert "李敏（女儿）" in _said(view)
        assert view.pieces.panel.findChildren(SignatureView)
        keys("34")
        await stage.settle()
        assert view.state.words == "这个月没有发放免费基本药物"
        keys("1")
        assert "续方后自动离开" not in view.state.words


async def test_r_begins_another_from_the_one_under_the_cursor(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    ward.order("阿托伐他汀", "20")
    long(ward, issued.rid)
    ward.put(9, day=DAY + timedelta(days=22))
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "prescriptions") as (stage, _view):
        keys("r")
        form = await shown(stage, RxFormView)
        await until(lambda: bool(form.items.picked_rows))
        assert [one.need.words for one in form.items.picked_rows] == ["氨氯地平片"]
        assert form.form.draft()["begins"] == (DAY + timedelta(days=28)).isoformat()
        assert form.form.draft()["diagnosis"] == "高血压病2级"


async def test_the_next_part_of_an_extended_one_is_handed_out_by_keys(ward: Ward) -> None:
    extended(ward, ward.order("氨氯地平", "5").rid)
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "prescriptions", {"view": "extended"}) as (stage, view):
        keys("h")
        await sheet(HandOutSheet)
        keys("女儿代取")
        tap(ENTER)
        await back(stage)
        await until(lambda: "还可领 0 次" in stage.frame.notice.text())
        await until(lambda: view.table.rows_model.rows[0].remaining == 0)
        assert "女儿代取" in _said(view)
        keys("h")
        asked = await sheet(HandOutSheet)
        keys("再来")
        tap(ENTER)
        await until(lambda: "延伸次数已用完" in asked.notice.text())
        assert asked.words.text() == "再来"
        tap(Qt.Key.Key_Escape)
        await back(stage)


async def test_one_is_ended_with_a_reason_and_moves_to_the_ended(ward: Ward) -> None:
    long(ward, ward.order("氨氯地平", "5").rid)
    async with standing_at(ward, "prescriptions", {"view": "long"}) as (stage, view):
        keys("x")
        asked = await sheet(EndSheet)
        assert asked.main is not None
        asked.main.click()
        await until(lambda: "请写明为什么结束" in asked.labelled.error.text())
        asked.words.setFocus()
        keys("改方")
        asked.main.click()
        await back(stage)
        await until(lambda: view.state.words == "没有在用的长期处方")
        keys("5")
        await stage.settle()
        assert view.table.rows_model.rows[0].ended
        keys("x")
        assert "还没结束" in stage.frame.notice.text()


async def test_a_free_one_is_taken_back_and_the_month_printed(ward: Ward) -> None:
    state(ward, ward.li, "高血压病2级", "I10")
    entitle(ward, ward.li)
    ward.order("氨氯地平", "5")
    free(ward, "amlodipine-tab-5")
    async with standing_at(ward, "prescriptions", {"view": "free"}) as (stage, view):
        assert "9.8 元" in _said(view)
        keys("[")
        await until(lambda: view.sheet.month == date(2026, 10, 1))
        keys("p")
        assert "请先转到有发放记录" in stage.frame.notice.text()
        keys("]")
        await until(lambda: len(view.table.rows_model.rows) == 1)
        keys("p")
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        tap(Qt.Key.Key_Escape)
        await shown(stage, RxView)
        keys("x")
        await sheet(EndSheet)
        keys("登记错了人")
        sheet_now = QApplication.activeModalWidget()
        assert isinstance(sheet_now, EndSheet)
        assert sheet_now.main is not None
        sheet_now.main.click()
        await back(stage)
        await until(lambda: view.state.words == "这个月没有发放免费基本药物")
    assert papers(ward, over=True) == ()


async def test_n_finds_the_resident_by_pinyin(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "prescriptions") as (stage, _view):
        keys("n")
        asked = await sheet(PickSheet)
        keys("wsf")
        await until(lambda: [row.name for row in asked.pick.table.rows_model.rows] == ["王素芬"])
        tap(ENTER)
        await back(stage)
        form = await shown(stage, RxFormView)
        assert form.resident == ward.wang


async def test_whose_alone_and_esc_shows_all(ward: Ward) -> None:
    long(ward, ward.order("氨氯地平", "5").rid)
    long(ward, ward.order("缬沙坦", "80", resident=ward.wang).rid, resident=ward.wang)
    async with standing_at(ward, "prescriptions", {"resident": ward.wang}) as (stage, view):
        assert [row.name for row in view.table.rows_model.rows] == ["王素芬"]
        assert view.pieces.who.text() == "只看王素芬"
        keys("n")
        form = await shown(stage, RxFormView)
        assert form.resident == ward.wang
        tap(Qt.Key.Key_Escape)
        await shown(stage, RxView)
        tap(Qt.Key.Key_Escape)
        await until(lambda: len(view.table.rows_model.rows) == 2)


async def test_a_nurse_may_not_prescribe_and_is_told_who_may(ward: Ward) -> None:
    async with standing_at(ward, "prescriptions") as (stage, view):
        keys("n")
        await until(lambda: "权限" in stage.frame.notice.text())
        assert QApplication.activeModalWidget() is None
        assert view.state.words == "一周内没有到期的处方"


async def test_what_cannot_be_read_is_said_instead_of_the_list(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    long(ward, ward.order("氨氯地平", "5").rid)
    ask, wrong = (
        ward.station.desk.ask,
        [Refusal("您没有查看的权限。"), Trouble("数据库打不开。", remedy="请重启程序。")],
    )

    async def fail(question: object) -> object:
        if isinstance(question, RxBoard) and wrong:
            raise wrong[0]
        return await ask(question)  # type: ignore[arg-type]  # whatever is asked of the desk

    monkeypatch.setattr(ward.station.desk, "ask", fail)
    async with standing_at(ward, "prescriptions", {"view": "long"}) as (stage, view):
        assert view.state.words.startswith("您没有查看的权限")
        wrong.pop(0)
        view.refresh()
        await stage.settle()
        assert view.state.words.startswith("数据库打不开")
        wrong.pop(0)
        view.refresh()
        await until(lambda: view.state.words == "" and len(view.table.rows_model.rows) == 1)


async def test_where_there_is_no_room_enter_opens_the_whole(ward: Ward) -> None:
    long(ward, ward.order("氨氯地平", "5").rid, weeks=1)
    async with standing_at(ward, "prescriptions", size=(1000, 620)) as (stage, view):
        assert view.pieces.panel.isHidden()
        tap(ENTER)
        asked = await sheet(RxFactsSheet)
        assert lint(asked) == []
        tap(Qt.Key.Key_Escape)
        await back(stage)


@pytest.mark.parametrize(
    ("size", "scale"), [((1920, 1080), 1.3), ((1366, 768), 1.0), ((1366, 768), 1.3), ((1000, 620), 1.0)]
)
async def test_every_list_fits(ward: Ward, size: tuple[int, int], scale: float, qapp: QApplication) -> None:
    rid = ouyang(ward)
    long(ward, ward.order("二甲双胍", "0.5", resident=rid).rid, resident=rid, weeks=1)
    extended(ward, ward.order("缬沙坦", "80").rid)
    ward.become(Role.DOCTOR)
    look.apply(qapp, scale=scale)
    try:
        async with standing_at(ward, "prescriptions", size=size) as (stage, _view):
            for digit in "12345":
                keys(digit)
                await stage.settle()
                assert lint(stage.frame) == []
    finally:
        look.apply(qapp)
