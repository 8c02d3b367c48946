"""Rehab where nurses look: the strip in a chart's head, the care board's row and foot, tasks taken up by one key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.care.forms import TaskForm
from app.care.queries import CarePlan
from app.care.service import PlanTask
from app.core.roles import Role
from tests.app.rehab.house import DAY, Gym
from tests.app.rehab.test_nursing import CONTENT
from tests.support.layout import lint
from tests.ui.rehab.room import hit, standing_at, until
from ui.care.plan_tab import PlanTab
from ui.rehab.nursing_strip import NursingStrip

MINDS = "一人监护转移 · 禁热敷（感觉缺失） · 每 2 小时翻身，查骶尾 · 坐轮椅每半小时减压"
LINE = f"康复注意：{MINDS} · 今天 09:00 PT 坐站转移"


def _plan(gym: Gym) -> None:
    gym.plan(content=CONTENT, contraindications={"sensory_loss": "T6 以下"})
    gym.put(8)
    gym.become(Role.NURSE)


async def test_the_head_of_the_chart_says_it_on_every_tab(gym: Gym) -> None:
    _plan(gym)
    async with standing_at(gym, "chart", {"resident": gym.li}) as (stage, view):
        strip = view.findChild(NursingStrip)
        assert strip.strip.text() == LINE
        assert lint(stage.frame) == []
        stage.view("chart", {"resident": gym.wang})
        await stage.settle()
        assert strip.isHidden()


async def test_the_care_board_marks_the_resident(gym: Gym) -> None:
    _plan(gym)
    gym.do(PlanTask(gym.li, TaskForm("喂水", "9:30", begins=DAY)))
    async with standing_at(gym, "care") as (stage, view):
        assert [line.note for line in view.grid.sheet.lines if line.rid == gym.li] == [LINE]
        view.grid.go_to(gym.li)
        assert LINE in view.pieces.said.text()
        row = [line.rid for line in view.grid.sheet.lines].index(gym.li)
        assert LINE in view.grid.words_of(row, None)
        assert lint(stage.frame) == []


async def test_one_key_takes_the_tasks_up(gym: Gym) -> None:
    _plan(gym)
    async with standing_at(gym, "chart", {"resident": gym.li, "tab": "care"}) as (stage, view):
        tab: QWidget | None = view.findChild(PlanTab)
        assert isinstance(tab, PlanTab)
        await until(lambda: "康复计划 KF-01-000001 建议：" in tab.offered.text())
        assert lint(stage.frame) == []
        tab.arrive()
        hit(stage, view, "k")
        await until(lambda: [one.code for one in gym.ask(CarePlan(gym.li)).running] == ["turning"])
        await stage.settle()
        assert tab.offered.isHidden()
        assert stage.frame.notice.text() == "已按康复计划 KF-01-000001 加入 1 项照护。"
