"""A plan that goes on, a longer period, an undo: what would put somebody in two places is asked about, by name."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.rehab.planning import PausePlan
from app.rehab.planning.evaluating import Evaluate
from app.rehab.queries.drawing import StartPlan
from app.rehab.queries.evaluation import EvaluationsOf
from app.rehab.queries.week import WeekBoard
from app.rehab.scheduling import MoveSession
from tests.app.rehab.house import DAY, Gym
from tests.app.rehab.test_evaluating import first
from tests.ui.rehab.room import Stage, back, press, sheet, standing_at, until
from ui.kit import Sheet
from ui.rehab.booking_sheets import AcceptSheet

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


async def accepted(stage: Stage) -> list[str]:
    """The sheet is answered by 照样排; the sentences it showed."""
    asked = await sheet(AcceptSheet)
    said = [one.text() for one in asked.findChildren(type(asked.title))]
    assert asked.main is not None
    QTest.mouseClick(asked.main, Qt.MouseButton.LeftButton)
    await back(stage)
    return said


async def test_a_paused_plan_goes_on_in_spite_of_who_came_meanwhile(gym: Gym) -> None:
    drawn = gym.plan()
    gym.do(PausePlan(drawn.plan, DAY, "发热"))
    gym.plan(gym.item(week=("4 09:00",)), resident=gym.wang)
    async with standing_at(gym, "rehab-plan", {"plan": drawn.plan.rid}) as (stage, view):
        await until(lambda: view.start is not None and bool(view.start.standing.paused))
        await stage.settle()
        view.acts.resume()
        first = await sheet(Sheet)
        press(first, ENTER)
        asked = await sheet(AcceptSheet)
        press(asked, ESC)
        await back(stage)
        assert view.start.standing.paused, "put back: nothing was done"
        view.acts.resume()
        first = await sheet(Sheet)
        press(first, ENTER)
        said = await accepted(stage)
        assert any("林海涛 周四 11-26 09:00 同时排了" in one for one in said)
        await until(lambda: view.start is not None and not view.start.standing.paused)
        assert gym.ask(WeekBoard(DAY)).clashes == ()


async def test_an_undo_asks_where_somebody_else_came_meanwhile(gym: Gym) -> None:
    gym.plan()
    other = gym.item(
        code="feeding",
        words="万能袖套进食",
        discipline="ot",
        per_week=2,
        week=("2 10:30", "4 10:30"),
        therapist=gym.staff["苏婉"],
    )
    gym.plan(other, resident=gym.wang)
    async with standing_at(gym, "rehab-week") as (stage, view):
        press(view.grid, "m", Qt.Key.Key_Right, ENTER)
        await until(lambda: view.acts.undoable)
        await stage.settle()
        gym.do(MoveSession(gym.key("10:30"), DAY, "09:15", therapist=gym.staff["林海涛"]))
        await stage.settle()
        press(view.grid, "z")
        said = await accepted(stage)
        assert any("林海涛 周二 11-24 09:15 同时排了" in one for one in said)
        await until(lambda: not view.acts.undoable)
        assert "已撤销" in stage.frame.notice.text()
        assert "09:00" in [one.planned.time for one in gym.held(DAY)]
        assert "09:00" not in [one.planned.time for one in gym.held(DAY + timedelta(days=1))]
        assert gym.ask(WeekBoard(DAY)).clashes == ()


async def test_a_longer_period_asks_where_somebody_came_after_the_plan(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first()))
    ends = DAY + timedelta(days=6)
    drawn = gym.plan(ends=ends, review_on=ends)
    gym.plan(gym.item(week=("4 09:00",), begins=ends), resident=gym.wang)
    async with standing_at(gym, "rehab-evaluation", {"resident": gym.li, "stage": "middle"}) as (stage, view):
        await until(lambda: view.start is not None)
        await stage.settle()
        view.pieces.end.set_values({"next_on": (ends + timedelta(days=7)).isoformat(), "summary": "进步"})
        QTest.keyClick(stage.focus(view), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        said = await accepted(stage)
        assert any("林海涛 周四 12-03 09:00 同时排了" in one for one in said)
        await until(lambda: len(gym.ask(EvaluationsOf(gym.li))) == 2)
        await until(lambda: stage.place != "rehab-evaluation")
        plan = gym.ask(StartPlan(gym.li, drawn.plan.rid)).standing
        assert plan is not None
        assert plan.draft.ends == ends + timedelta(days=7)
