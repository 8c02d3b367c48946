"""The list of work by keys: reviews, signatures, missed sessions, goals past due, what is not on the board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.core.roles import Role
from app.rehab.planning import GoalForm
from app.rehab.queries.work import CountRehabWork, RehabWork
from app.rehab.training import Before, BeginSession
from tests.app.rehab.house import DAY, GOAL, Gym
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.ui.rehab.room import back, hit, press, sheet, shown, standing_at, until
from ui.kit.why_sheet import WhySheet
from ui.rehab.booking_sheets import PlaceSheet
from ui.rehab.booking_weekly import WeeklySheet
from ui.rehab.evaluation_view import EvaluationView
from ui.rehab.plan_form_view import PlanFormView
from ui.rehab.plan_view import PlanView
from ui.rehab.session_view import SessionView
from ui.rehab.week_view import WeekView
from ui.rehab.work_view import WorkView

ENTER = Qt.Key.Key_Return


def kinds(view: WorkView) -> list[str]:
    return [row.what for row in view.table.rows_model.rows]


async def _take_first(asked: PlaceSheet) -> None:
    """The first time that is offered, by its digit and Enter."""
    await until(lambda: asked.offers is not None)
    assert asked.offers is not None
    assert asked.main is not None
    press(asked.offers.button("0"), "1")
    await until(asked.main.hasFocus)
    press(asked.main, ENTER)


async def test_nothing_waits(gym: Gym) -> None:
    async with standing_at(gym, "rehab-work") as (stage, view):
        assert "康复没有待办" in view.state.words
        assert lint(stage.frame) == []


async def test_a_missed_session_is_made_up_for(gym: Gym) -> None:
    gym.plan()
    gym.put(22)
    async with standing_at(gym, "rehab-work", {"view": "missed"}) as (stage, view):
        assert kinds(view) == ["missed"]
        assert view.table.current().told == "09:00 未记录"
        hit(stage, view, ENTER)
        asked = await sheet(PlaceSheet)
        await _take_first(asked)
        await back(stage)
        assert kinds(view) == []
        hit(stage, view, "z")
        await until(lambda: kinds(view) == ["missed"])


async def test_a_missed_session_is_let_go_with_a_reason(gym: Gym) -> None:
    gym.plan()
    gym.put(22)
    async with standing_at(gym, "rehab-work") as (stage, view):
        hit(stage, view, Qt.Key.Key_Delete)
        why = await sheet(WhySheet)
        press(why.words, ENTER)
        await until(lambda: "请写明原因" in why._why.error.text())
        type_text(why.words, "不愿补")
        press(why.words, ENTER)
        await back(stage)
        assert kinds(view) == []
        assert "不补" in stage.frame.notice.text()


async def test_a_review_leads_to_the_evaluation(gym: Gym) -> None:
    gym.plan()
    gym.put(8, day=DAY + timedelta(days=22))
    async with standing_at(gym, "rehab-work", {"view": "review"}) as (stage, view):
        assert [row.urgent for row in view.table.rows_model.rows] == [True]
        hit(stage, view, ENTER)
        form = await shown(stage, EvaluationView)
        assert (form.resident, form.stage) == (gym.li, "middle")


async def test_a_goal_past_due_and_a_signature(gym: Gym) -> None:
    gym.plan(goals=(GoalForm("short", "坐稳", 5, DAY + timedelta(days=3), unit="次", baseline=0), GOAL))
    gym.drawn_up(gym.item(week=()), resident=gym.wang)
    gym.put(8, day=DAY + timedelta(days=4))
    async with standing_at(gym, "rehab-work", {"view": "sign"}) as (stage, view):
        assert kinds(view) == ["sign"]
        assert view.table.current().told.startswith("还缺")
        hit(stage, view, ENTER)
        await shown(stage, PlanFormView)
        stage.view("rehab-work", {"view": "goal"})
        await stage.settle()
        assert [row.title for row in view.table.rows_model.rows] == ["坐稳"]
        hit(stage, view, ENTER)
        plan = await shown(stage, PlanView)
        assert plan.resident == gym.li


async def test_what_is_not_on_the_board_is_put_there(gym: Gym) -> None:
    gym.plan(gym.item(week=(), per_week=2))
    async with standing_at(gym, "rehab-work") as (stage, view):
        assert kinds(view) == ["unplaced"]
        hit(stage, view, "6", ENTER)
        weekly = await sheet(WeeklySheet)
        await until(lambda: weekly.times.text() != "")
        press(weekly.times, ENTER)
        await back(stage)
        await until(lambda: kinds(view) == [])
        hit(stage, view, "1")


async def test_parents_are_trained_monthly(gym: Gym) -> None:
    parents = gym.item(
        code="parent_training",
        words="家长培训",
        discipline="parent",
        week=(),
        per_week=0,
        note="每月 1 次",
        minutes=60,
    )
    gym.plan(gym.item(), parents)
    assert [one.what for one in gym.ask(RehabWork(gym.li)).rows] == []
    gym.put(6, day=DAY + timedelta(days=21))
    async with standing_at(gym, "rehab-work", {"view": "board"}) as (stage, view):
        row = view.table.current()
        assert (row.what, row.told, row.on) == ("rare", "每月 1 次，还没有做过", DAY + timedelta(days=28))
        hit(stage, view, ENTER)
        asked = await sheet(PlaceSheet)
        await _take_first(asked)
        await back(stage)
        await until(lambda: "rare" not in kinds(view))


async def test_who_may_not_schedule_looks_on(gym: Gym) -> None:
    gym.plan()
    gym.put(22)
    gym.become(Role.NURSE)
    async with standing_at(gym, "rehab-work") as (stage, view):
        assert gym.ask(CountRehabWork()) == 1
        hit(stage, view, ENTER)
        assert "排康复训练" in stage.frame.notice.text()
        hit(stage, view, "w")
        await shown(stage, WeekView)


@pytest.mark.parametrize("size", [(1440, 900), (911, 512)])
async def test_it_fits(gym: Gym, size: tuple[int, int]) -> None:
    gym.plan(
        gym.item(),
        gym.item(week=(), per_week=2),
        words="颈椎术后四肢瘫（C5 · AIS C），痉挛性膀胱，体位性低血压",
    )
    gym.put(22, day=DAY + timedelta(days=25))
    async with standing_at(gym, "rehab-work", size=size) as (stage, _view):
        assert lint(stage.frame) == []


async def test_a_session_nobody_ended_is_opened(gym: Gym) -> None:
    gym.plan()
    gym.put(9)
    key = gym.key()
    gym.do(BeginSession(key, Before(despite="血压计坏了，老人无不适")))
    gym.put(8, day=DAY + timedelta(days=1))
    async with standing_at(gym, "rehab-work") as (stage, view):
        assert kinds(view)[0] == "open"
        hit(stage, view, ENTER)
        session = await shown(stage, SessionView)
        assert session.sheet is not None
        assert session.sheet.line.key == key
