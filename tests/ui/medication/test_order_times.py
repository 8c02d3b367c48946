"""The institution's times for orders by keys: kept for new orders, refused beside the field, read by the others."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.roles import Role
from tests.support.layout import lint
from tests.ui.assessments.room import focused, keys
from tests.ui.medication.order_room import tap
from tests.ui.medication.room import Ward, standing_at, until


async def test_the_head_nurse_changes_a_time_for_new_orders(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "settings", {"page": "order-times"}) as (stage, view):
        pane = view.order_times
        pane.form.focus_on("bid")
        focused().selectAll()  # type: ignore[attr-defined]  # the line of the field
        keys("7:30")
        tap(Qt.Key.Key_Return)
        await stage.settle()
        pane.save.click()
        await until(lambda: "2 个时间" in pane.form.error("bid"))
        pane.form.focus_on("bid")
        focused().selectAll()  # type: ignore[attr-defined]  # the same
        keys("7:30 16:00")
        pane.save.click()
        await until(lambda: ward.station.settings.order_times == {"bid": ["07:30", "16:00"]})
        await until(lambda: pane.form.values()["bid"] == "07:30 16:00")
        assert "在用的医嘱不变" in stage.frame.notice.text()
        assert lint(stage.frame) == []


async def test_a_nurse_reads_them_and_is_told_who_changes_them(ward: Ward) -> None:
    async with standing_at(ward, "settings", {"page": "order-times"}) as (stage, view):
        assert not view.order_times.form.isEnabled()
        assert lint(stage.frame) == []
