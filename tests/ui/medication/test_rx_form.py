"""Prescribing by keys: medicines and what speaks against them, what more weeks ask for, refusals, drafts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.orders import StopOrder
from app.residents.stating import Seen
from tests.support.layout import lint
from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import CONTROL, prove, tap
from tests.ui.medication.room import DAY, Stage, Ward, shown, standing_at, until
from tests.ui.medication.rx_room import entitle, extended, long, ouyang, papers, state, titled
from ui.medication.rx_items import refused_why
from ui.medication.rx_view import RxView
from ui.residents.chart_view import ChartView
from ui.style import look

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


def asked(ward: Ward, what: str = "long", resident: Any = None) -> dict[str, Any]:
    ward.become(Role.DOCTOR)
    return {"what": what, "resident": resident or ward.li}


def put(view: Any, field: str, text: str) -> None:
    """Type into a field of the form, over what stands there."""
    box = view.form.input(field)
    box.setFocus()
    box.selectAll()
    keys(text)


def shows(view: Any, field: str) -> bool:
    return bool(view.form.asks(field))


async def signed(stage: Stage) -> RxView:
    tap(ENTER, held=CONTROL)
    await prove(stage, Role.DOCTOR)
    return await shown(stage, RxView)


async def test_four_weeks_by_keys(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    ward.measure("blood_pressure", "128/76")
    state(ward, ward.li, "高血压病2级", "I10")
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        assert view.form.draft()["diagnosis"] == "高血压病2级"
        tap(SPACE)
        await stage.settle()
        tap(ENTER)
        assert view.form.input("weeks").hasFocus()
        tap(Qt.Key.Key_B, held=CONTROL)
        assert view.form.draft()["basis"] == "血压 11-24 128/76 mmHg"
        tap(ENTER, held=CONTROL)
        assert "请选择" in view.form.error("seen_in_person")
        view.form.set_values({"seen_in_person": "yes"})
        lists = await signed(stage)
        await until(lambda: lists.chips.key == "long" and lists.table.current() is not None)
        assert "长期处方已开具" in stage.frame.notice.text()
    (row,) = papers(ward, ward.li)
    assert (row.items[0]["quantity"], row.ends) == ("28", DAY + timedelta(days=27))
    assert row.content["first"]


async def test_more_weeks_recount_at_once_and_ask_for_assessment_and_signature(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        tap(SPACE)
        put(view, "basis", "BP 128/76")
        view.form.set_values({"seen_in_person": "yes"})
        put(view, "diagnosis", "高血压病2级")
        assert not shows(view, "assessment")
        assert view.pieces.signer.isHidden()
        put(view, "weeks", "8")
        await until(lambda: view.items.rows_model.rows[0].need.units == "56")
        assert shows(view, "assessment")
        assert not view.pieces.signer.isHidden()
        tap(ENTER, held=CONTROL)
        assert "请填写病情评估" in view.form.error("assessment")
        put(view, "assessment", "血压平稳")
        tap(ENTER, held=CONTROL)
        assert "请填写签字人" in view.pieces.signer.form.error("name")
        view.pieces.signer.people.button("0").click()
        lists = await signed(stage)
        await until(lambda: lists.table.current() is not None)
    assert papers(ward, ward.li)[0].signed_by == "李桂兰（本人）"


async def test_what_may_not_be_on_it_stands_there_with_why(ward: Ward) -> None:
    ward.order("艾司唑仑", "1", "qn", unit="mg", days="7")
    ward.order("门冬胰岛素", "6")
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        refused, warned = view.items.rows_model.rows
        assert refused_why("long", refused) == "第二类精神药品，不得开具长期处方"
        tap(SPACE)
        assert view.items.chosen == set()
        assert warned.objection
        assert not shows(view, "despite")
        tap(DOWN, SPACE)
        await stage.settle()
        assert view.items.chosen == {warned.order}
        assert shows(view, "despite")


async def test_a_junior_doctor_writes_who_guides_the_first_one(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    ward.order("缬沙坦", "80")
    titled(ward, "医师")
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        tap(SPACE)
        await stage.settle()
        assert shows(view, "guidance")
        assert view.items.picked_rows[0].order == issued.rid
        put(view, "basis", "BP 128/76")
        put(view, "diagnosis", "高血压病2级")
        view.form.set_values({"seen_in_person": "yes"})
        tap(ENTER, held=CONTROL)
        assert "请填写指导机构" in view.form.error("guidance")
        put(view, "guidance", "市第一医院，远程会诊")
        await signed(stage)
        stage.view("prescription", asked(ward))
        await stage.settle()
        await until(view.items.hasFocus)
        tap(SPACE)
        await stage.settle()
        assert not shows(view, "guidance")
        assert not shows(view, "seen_in_person")


async def test_what_the_desk_refuses_stands_beside_its_field_and_nothing_is_lost(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        tap(SPACE)
        put(view, "basis", "BP 128/76")
        put(view, "diagnosis", "高血压病2级")
        view.form.set_values({"seen_in_person": "yes"})
        put(view, "begins", "2026-12-24")
        tap(ENTER, held=CONTROL)
        await prove(stage, Role.DOCTOR)
        await until(lambda: "开始日期是今天到" in view.form.error("begins"))
        assert view.form.draft()["basis"] == "BP 128/76"
        ward.do(StopOrder(Seen(issued.rid, 2), "改药"))
        await until(lambda: view.pieces.items_state.words == "没有在用的长期医嘱")
        assert view.form.draft()["diagnosis"] == "高血压病2级"
        tap(ENTER, held=CONTROL)
        assert "请至少选一种药" in view.pieces.items_error.text()


async def test_a_wrong_password_leaves_sheet_and_form(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        tap(SPACE)
        put(view, "basis", "BP 128/76")
        put(view, "diagnosis", "I10")
        view.form.set_values({"seen_in_person": "yes"})
        tap(ENTER, held=CONTROL)
        await until(lambda: view.signing.sheet is not None and view.signing.sheet.isActiveWindow())
        keys("wrong")
        tap(ENTER)
        await until(lambda: bool(view.signing.sheet.wrong))
        tap(Qt.Key.Key_Escape)
        stage.frame.activateWindow()
        await until(stage.frame.isActiveWindow)
    assert papers(ward, ward.li) == ()


async def test_a_hospitals_prescription_is_continued_by_keys(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    async with standing_at(ward, "prescription", asked(ward, "extended")) as (stage, view):
        tap(SPACE)
        tap(ENTER)
        keys("市第一医院")
        tap(ENTER)
        keys("RX-88213")
        tap(ENTER)
        keys("刘海峰")
        put(view, "prescribed_on", "2026-11-21")
        put(view, "times", "3")
        put(view, "days", "56")
        await until(lambda: view.items.rows_model.rows[0].need.units == "56")
        put(view, "diagnosis", "高血压病2级")
        lists = await signed(stage)
        await until(lambda: lists.chips.key == "extended")
    (row,) = papers(ward, ward.li)
    assert (row.remaining, row.content["hospital_doctor"]) == (2, "刘海峰")


async def test_free_medicines_with_prices_and_a_name(ward: Ward) -> None:
    state(ward, ward.li, "高血压病2级", "I10")
    entitle(ward, ward.li)
    ward.order("氨氯地平", "5")
    ward.order("阿托伐他汀", "20")
    async with standing_at(ward, "prescription", asked(ward, "free")) as (stage, view):
        assert "符合条件" in view.pieces.standing.text()
        tap(Qt.Key.Key_A)
        await stage.settle()
        assert list(view.pieces.amounts.fields) == ["amlodipine-tab-5"]
        tap(ENTER)
        keys(".5")
        tap(ENTER)
        keys("0.35")
        view.pieces.signer.people.button("0").click()
        tap(ENTER, held=CONTROL)
        await prove(stage, Role.DOCTOR)
        await until(lambda: "请写成 0.5" in view.pieces.amounts.error.text())
        quantity, price = view.pieces.amounts.fields["amlodipine-tab-5"]
        assert price.text() == "0.35"
        quantity.selectAll()
        keys("30")
        assert view.pieces.amounts.total.text() == "减免合计 10.5 元"
        lists = await signed(stage)
        await until(lambda: lists.chips.key == "free" and lists.table.current() is not None)
        stage.view("prescription", asked(ward, "free"))
        await stage.settle()
        assert refused_why("free", view.items.rows_model.rows[0]) == "这个月已领过"


async def test_who_is_not_entitled_is_led_to_the_chart(ward: Ward) -> None:
    state(ward, ward.li, "高血压病2级", "I10")
    ward.order("氨氯地平", "5")
    async with standing_at(ward, "prescription", asked(ward, "free")) as (stage, view):
        assert view.pieces.standing.text() == "不能领取：没有有效的低保或计划生育特殊家庭登记"
        view.pieces.matters.click()
        chart = await shown(stage, ChartView)
        assert chart.tab == "matters"
        entitle(ward, ward.li)
        stage.view("prescription", {})
        await until(lambda: "符合条件" in view.pieces.standing.text())


async def test_what_is_typed_is_offered_back_and_stays_with_its_resident(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    ward.order("缬沙坦", "80", resident=ward.wang)
    async with standing_at(ward, "prescription", asked(ward)) as (stage, view):
        tap(SPACE)
        put(view, "basis", "BP 128/76")
        stage.view("prescription", asked(ward, "long", ward.wang))
        await stage.settle()
        await until(lambda: [one.need.words for one in view.items.rows_model.rows] == ["缬沙坦胶囊"])
        assert view.form.draft()["basis"] == ""
        stage.view("prescription", asked(ward))
        await stage.settle()
        await until(lambda: view.form.draft()["basis"] == "BP 128/76")
        assert [one.need.words for one in view.items.picked_rows] == ["氨氯地平片"]
        assert "已恢复" in stage.frame.notice.text()


async def test_nobody_and_no_orders_are_said(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "prescription") as (stage, view):
        assert view.state.words == "没有选中老人"
        stage.view("prescription", asked(ward))
        await stage.settle()
        assert view.pieces.items_state.words == "没有在用的长期医嘱"


@pytest.mark.parametrize(
    ("size", "scale"), [((1920, 1080), 1.3), ((1366, 768), 1.0), ((1366, 768), 1.3), ((1000, 620), 1.0)]
)
async def test_eleven_medicines_of_the_longest_name_fit(
    ward: Ward, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    rid = ouyang(ward)
    long(ward, ward.order("二甲双胍", "0.5", resident=rid).rid, resident=rid)
    extended(ward, ward.order("缬沙坦", "80").rid)
    look.apply(qapp, scale=scale)
    try:
        async with standing_at(ward, "prescription", asked(ward, "long", rid), size=size) as (stage, view):
            for what in ("long", "extended", "free"):
                stage.view("prescription", asked(ward, what, rid))
                await stage.settle()
                await until(view.items.hasFocus)
                tap(Qt.Key.Key_A)
                await stage.settle()
                if what != "free":
                    assert len(view.items.chosen) == 5
                assert lint(stage.frame) == []
    finally:
        look.apply(qapp)
