"""The chips of medication say what waits in each section, follow the news, and the workbench leads there."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from app.core.roles import Role
from app.medication.orders import CheckOrders
from app.residents.stating import Seen
from tests.app.medication.test_stock import receive
from tests.support.layout import lint
from tests.ui.medication.order_room import form, tap
from tests.ui.medication.room import DAY, Stage, Ward, shown, standing_at, until
from tests.ui.medication.rx_room import long
from ui.medication.orders_view import OrdersView
from ui.medication.rx_view import RxView
from ui.medication.sections import Sections


def _said(stage: Stage) -> list[str]:
    view = stage.frame.pages.view
    assert view is not None
    (sections,) = view.findChildren(Sections)
    return [one.text() for one in sections.group.buttons()]


async def test_each_section_says_what_waits_in_it_and_follows_the_news(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    long(ward, issued.rid)
    ward.become(Role.NURSE)
    receive(ward, "阿托伐他汀", "1", lot="A1")
    for step in range(23):
        ward.put(8, 10, DAY + timedelta(days=step))
        ward.give(ward.slot("08:00", day=DAY + timedelta(days=step)))
    waiting = ward.issue(form("缬沙坦", "80"), checked=False)
    async with standing_at(ward, "medication") as (stage, view):
        everything = ["给药班次", "医嘱 1", "月表", "用药跟踪", "药柜 1", "处方 1"]
        await until(lambda: _said(stage) == everything)
        assert lint(view) == []
        ward.become(Role.HEAD_NURSE)
        ward.do(CheckOrders(tuple(Seen(one.rid, 1) for one in waiting)))
        await until(lambda: _said(stage)[1] == "医嘱")


async def test_enter_on_the_workbench_leads_to_the_orders_and_to_the_prescription(ward: Ward) -> None:
    first = ward.order("阿托伐他汀", "20")
    second = ward.order("二甲双胍", "0.5", resident=ward.wang)
    long(ward, first.rid)
    long(ward, second.rid, resident=ward.wang)
    ward.put(8, 10, DAY + timedelta(days=22))
    ward.issue(form("缬沙坦", "80"), checked=False)
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "today") as (stage, view):
        rows = {todo.title: todo for todo in view.todos.rows_model.rows}
        view.todos.pick(rows["王素芬 长期处方"].key)
        tap(Qt.Key.Key_Return)
        prescriptions = await shown(stage, RxView)
        await until(lambda: prescriptions.table.current() is not None)
        row = prescriptions.table.current()
        assert row is not None
        assert (prescriptions.chips.key, row.name) == ("ending", "王素芬")
    async with standing_at(ward, "today") as (stage, view):
        view.todos.pick(rows["医嘱待核对"].key)
        tap(Qt.Key.Key_Return)
        orders = await shown(stage, OrdersView)
        assert orders.chips.key == "check"
        assert len(orders.table.rows_model.rows) == 1
