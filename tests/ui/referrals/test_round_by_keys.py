"""A round by keys: asked, arrived, written down one after the other, signed by hand and by a nurse, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.rounds import (
    AskAbout,
    CancelRound,
    OrdersToWrite,
    RoundById,
    Rounds,
    RoundWhole,
    SettleLine,
    SignVisits,
    Visit,
    VisitForm,
)
from app.referrals.rules.rounds import RoundState
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.rounding import DRAWN, FOUND, Rounding, rounding
from tests.support.station import PASSWORD
from tests.ui.assessments.room import keys
from tests.ui.referrals.room import Stage, back, hit, press, sheet, until
from tests.ui.referrals.task_room import draw
from tests.ui.residents.stage import on_stage
from ui.forms.task_sheet import TaskSheet
from ui.kit.proof_sheet import ProofSheet
from ui.medication.order_view import OrderView
from ui.referrals.round_sign_sheet import RoundSignSheet
from ui.referrals.round_view import RoundsView
from ui.referrals.round_visit_view import RoundVisitView

NEXT = DAY + timedelta(days=1)
K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(desk: Desk) -> Rounding:
    """Tomorrow is today: 09:10, the doctor is expected, two are on the list."""
    house = rounding(desk)
    desk.do(AskAbout(desk.wang, "皮肤瘙痒 1 周"))
    desk.put(9, 10, NEXT)
    return house


async def opened(stage: Stage) -> RoundsView:
    view = stage.view("rounds")
    assert isinstance(view, RoundsView)
    await until(lambda: view.page.whole is not None)
    await stage.settle()
    return view


async def visiting(stage: Stage) -> RoundVisitView:
    await until(lambda: stage.place == "round-visit")
    view = stage.frame.pages.view
    assert isinstance(view, RoundVisitView)
    await until(lambda: view.row is not None and view.form is not None and view.row.resident == view.resident)
    await stage.settle()
    return view


def whole(house: Rounding) -> RoundWhole:
    found: RoundWhole = house.desk.ask(RoundById(house.planned))
    return found


async def test_a_round_from_arrival_to_the_end_by_keys(house: Rounding) -> None:
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "b")
        await until(lambda: whole(house).line.state is RoundState.GOING_ON)
        await stage.settle()
        hit(stage, view, K.Key_Return)
        await until(view.page.table.hasFocus)
        hit(stage, view, K.Key_Return)
        page = await visiting(stage)
        assert page.form is not None
        assert page.form.values()["complaint"] == "近 3 天头晕，血压偏高，是否加药？"
        page.form.focus_on("assessment")
        keys("高血压控制不佳")
        page.form.focus_on("orders")
        keys("氨氯地平改为 10 mg")
        QTest.keyClick(stage.focus(page), K.Key_Return, CTRL)
        await until(lambda: whole(house).line.visits == 1)
        await until(lambda: page.row is not None and page.row.name == "王素芬")
        await stage.settle()
        page = await visiting(stage)
        assert page.form is not None
        page.form.focus_on("assessment")
        keys("湿疹")
        QTest.keyClick(stage.focus(page), K.Key_Return, CTRL)
        await until(lambda: stage.place == "rounds")
        assert whole(house).line.visits == 2
        view = await opened(stage)
        await until(lambda: view.page.end.isVisibleTo(view))
        await back(stage)
        hit(stage, view, "l")
        asked = await sheet(TaskSheet)
        assert asked.form.values() == {"left": "09:10", "next_on": (NEXT + timedelta(days=14)).isoformat()}
        QTest.keyClick(asked, K.Key_Return, CTRL)
        await until(lambda: whole(house).line.state is RoundState.HELD)
        await back(stage)
        states = [one.state for one in house.desk.ask(Rounds())]
        assert states == [RoundState.PLANNED, RoundState.HELD]


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(house: Rounding) -> None:
    house.begin()
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        view.open_visit(whole(house).people[0])
        page = await visiting(stage)
        assert page.form is not None
        page.form.focus_on("examined")
        keys("心率齐")
        QTest.keyClick(stage.focus(page), K.Key_Return, CTRL)
        await until(lambda: page.form is not None and page.form.error("assessment"))
        assert page.form.values()["examined"] == "心率齐"
        press(stage.focus(page), K.Key_Escape)
        await until(lambda: stage.place == "rounds")
        await stage.settle()
        view = await opened(stage)
        view.open_visit(whole(house).people[0])
        page = await visiting(stage)
        await until(lambda: page.form is not None and page.form.values()["examined"] == "心率齐")
        assert whole(house).line.visits == 0


async def test_visits_are_walked_without_saving(house: Rounding) -> None:
    house.begin()
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        view.open_visit(whole(house).people[0])
        page = await visiting(stage)
        QTest.keyClick(stage.focus(page), K.Key_Down, Qt.KeyboardModifier.AltModifier)
        await until(lambda: page.row is not None and page.row.name == "王素芬")
        await stage.settle()
        QTest.keyClick(stage.focus(page), K.Key_Up, Qt.KeyboardModifier.AltModifier)
        await until(lambda: page.row is not None and page.row.name == "李桂兰")


async def test_a_resident_is_put_on_the_list_by_pinyin(house: Rounding) -> None:
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "a")
        asked = await sheet(TaskSheet)
        keys("wsf")
        press(stage.focus(asked), K.Key_Down)
        press(stage.focus(asked), K.Key_Return)
        asked.form.focus_on("question")
        keys("夜间咳嗽")
        QTest.keyClick(asked, K.Key_Return, CTRL)
        await until(lambda: any("夜间咳嗽" in one.question for one in whole(house).people))
        await back(stage)
        await until(lambda: view.page.whole is not None and "夜间咳嗽" in view.page.whole.people[1].question)


async def test_an_outside_doctor_draws_and_the_nurse_types(house: Rounding) -> None:
    house.begin()
    house.visited()
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "g")
        drawn = await sheet(RoundSignSheet)
        drawn.done_with.emit()
        assert drawn._signature.error.text() == "请医师在屏幕上签名。"
        draw(drawn)
        drawn.done_with.emit()
        await until(lambda: whole(house).line.unsigned == 0)
        await back(stage)
        await until(lambda: view.page.sign.text().strip().startswith("护士签名"))
        hit(stage, view, "g")
        asked = await sheet(ProofSheet)
        assert asked.number.text() == "0412"
        QTest.keyClicks(asked.secret, "wrong")
        press(asked.secret, K.Key_Return)
        await until(lambda: asked.wrong)
        asked.secret.setText(PASSWORD)
        press(asked.secret, K.Key_Return)
        await until(lambda: whole(house).line.uncosigned == 0)
        await back(stage)
        await until(lambda: not view.page.sign.isVisibleTo(view))


async def test_a_signed_visit_asks_why_it_is_changed(house: Rounding) -> None:
    house.begin()
    house.visited()
    house.desk.do(SignVisits(house.planned, drawn=DRAWN))
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        view.open_visit(whole(house).people[0])
        page = await visiting(stage)
        assert page.form is not None
        page.form.set_values({"assessment": "高血压 3 级"})
        QTest.keyClick(stage.focus(page), K.Key_S, CTRL)
        await until(lambda: page.form is not None and page.form.error("reason"))
        page.form.set_values({"reason": "笔误"})
        QTest.keyClick(stage.focus(page), K.Key_S, CTRL)
        await until(lambda: whole(house).line.unsigned == 1)


async def test_orders_wait_are_opened_with_the_words_and_settled(house: Rounding) -> None:
    house.begin()
    house.visited(form=replace(FOUND, orders=("停用布洛芬",)))
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "t")
        await until(view.orders.table.hasFocus)
        assert view.orders.table.current() is not None
        hit(stage, view, K.Key_Return)
        await until(lambda: stage.place == "order")
        order = stage.frame.pages.view
        assert isinstance(order, OrderView)
        await until(lambda: "停用布洛芬" in order.pieces.replaced.text())
        await stage.settle()
        assert order.fields.rest.values()["doctor_name"] == "欧阳志强"
        press(stage.focus(order), K.Key_Escape)
        await until(lambda: stage.place == "rounds")
        await until(view.orders.table.hasFocus)
        await stage.settle()
        hit(stage, view, K.Key_Space)
        asked = await sheet(TaskSheet)
        assert asked.form.values()["order"] == "none"
        keys("已停药")
        QTest.keyClick(asked, K.Key_Return, CTRL)
        await until(lambda: not house.desk.ask(OrdersToWrite()))
        await back(stage)


async def test_a_round_is_planned_by_keys_and_the_agreement_offers_the_day(house: Rounding) -> None:
    house.desk.do(CancelRound(house.seen, "医师请假"))
    house.desk.put(9, 0, DAY + timedelta(days=6))
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        assert "每 14 天巡诊，还没有巡诊记录" in view.left.due_strip.text()
        hit(stage, view, "n")
        asked = await sheet(TaskSheet)
        assert asked.form.values()["day"] == (DAY + timedelta(days=6)).isoformat()
        QTest.keyClick(asked, K.Key_Return, CTRL)
        await until(lambda: house.desk.ask(Rounds())[0].state is RoundState.PLANNED)
        await back(stage)
        await until(lambda: view.page.whole is not None and view.page.whole.line.state is RoundState.PLANNED)
        assert [one.name for one in view.page.whole.people] == ["李桂兰", "王素芬"]  # type: ignore[union-attr]  # as waited for


async def test_whoever_may_not_is_told_who_may(house: Rounding) -> None:
    house.desk.become(Role.CAREGIVER)
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "n")
        await until(lambda: "安排和记录巡诊" in stage.frame.bench.notice.text())
        hit(stage, view, "b")
        assert whole(house).line.state is RoundState.PLANNED


async def test_before_the_doctor_came_a_visit_is_not_opened(house: Rounding) -> None:
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        view.open_visit(whole(house).people[0])
        await until(lambda: "先按 B" in stage.frame.bench.notice.text())
        assert stage.place == "rounds"
        house.begin()
        house.desk.do(Visit(house.planned, house.desk.wang, VisitForm(assessment="病情平稳")))
        await until(lambda: view.page.whole is not None and view.page.whole.line.visits == 1)
        assert view.page.whole is not None
        assert view.page.whole.line.at == at(9, 10, NEXT)


async def test_a_line_settled_by_mistake_waits_again(house: Rounding) -> None:
    house.begin()
    visit = house.visited(form=replace(FOUND, orders=("停用布洛芬", "加用阿司匹林")))
    house.desk.do(SettleLine(visit.rid, "停用布洛芬", "已停药"))
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "t")
        await until(view.orders.table.hasFocus)
        assert view.orders.waiting is not None
        hit(stage, view, K.Key_Down)
        assert view.orders.settled is not None
        assert (view.orders.settled.how, view.orders.settled.by) == ("已停药", "林晓燕")
        hit(stage, view, K.Key_Return)
        await until(lambda: "要重新待转按 Z" in stage.frame.bench.notice.text())
        hit(stage, view, "z")
        await until(lambda: len(house.desk.ask(OrdersToWrite())) == 2)
        await until(lambda: "重新待转" in stage.frame.bench.notice.text())
        await until(lambda: view.orders.settled is None)


async def test_settling_may_be_taken_back_at_once(house: Rounding) -> None:
    house.begin()
    house.visited(form=replace(FOUND, orders=("停用布洛芬",)))
    async with on_stage(house.desk.station) as stage:
        view = await opened(stage)
        hit(stage, view, "t")
        await until(view.orders.table.hasFocus)
        hit(stage, view, K.Key_Space)
        asked = await sheet(TaskSheet)
        keys("已停药")
        QTest.keyClick(asked, K.Key_Return, CTRL)
        await until(lambda: not house.desk.ask(OrdersToWrite()))
        await back(stage)
        QTest.mouseClick(stage.frame.bench.notice._undo_button, Qt.MouseButton.LeftButton)
        await until(lambda: len(house.desk.ask(OrdersToWrite())) == 1)
