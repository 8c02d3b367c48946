"""The plan of a resident by keys: goals are rated, readings taken over, residents turned, the forms it leads to."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.core.roles import Role
from app.rehab.planning import PausePlan
from app.rehab.queries.plan import PlanSheet
from app.residents.queries import FindResident
from tests.app.rehab.course import barthel, begun
from tests.app.rehab.house import DAY, GOAL, LONG, Gym
from tests.support.hands import type_text
from tests.ui.rehab.room import back, hit, press, sheet, shown, standing_at, until
from ui.rehab.evaluation_view import EvaluationView
from ui.rehab.goal_sheet import GoalSheet
from ui.rehab.people_sheet import PeopleSheet
from ui.rehab.plan_form_view import PlanFormView
from ui.rehab.plan_view import PlanView
from ui.rehab.rate_sheet import RateSheet
from ui.rehab.session_view import SessionView

KEY = Qt.Key


async def test_without_any_plan_it_says_how_one_is_begun(gym: Gym) -> None:
    async with standing_at(gym, "rehab") as (stage, view):
        assert view.pieces.state.words == "还没有康复计划"
        stage.view("rehab", {"resident": gym.li})
        await stage.settle()
        assert view.pieces.strip.name.text() == "李桂兰"
        assert view.pieces.strip.under.text() == "没有康复计划"
        button = next(
            one
            for one in view.findChildren(QAbstractButton)
            if one.isVisible() and one.accessibleName() == "新建计划"
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        form = await shown(stage, PlanFormView)
        assert form.resident == gym.li


async def test_who_may_not_plan_is_not_offered_to(gym: Gym) -> None:
    gym.become(Role.NURSE)
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (_stage, view):
        assert view.pieces.state.words == "还没有康复计划"
        assert not any(
            one.isVisible() and one.accessibleName() == "新建计划"
            for one in view.findChildren(QAbstractButton)
        )


async def test_the_plan_is_read_from_left_to_right(gym: Gym) -> None:
    gym.plan(gym.item(dose={"sets": 3, "reps": 5}))
    gym.put(8, 30)
    async with standing_at(gym, "rehab") as (_stage, view):
        page = view.pieces.plan
        assert [box.goal.figure for box in page.goals.boxes] == ["20 / 60 分", "0 / 5 次"]
        assert page.goals.count.text() == "1 长期 · 1 短期"
        assert page.items.hint.text() == "每周 3 次"
        assert page.day.count.text() == "0 / 1 完成"
        assert page.day.lines[0].hasFocus()
        assert page.curves.state.words == "“Barthel”还没有评过"
        assert "KF-01-000001" in view.pieces.strip.under.text()


async def test_a_goal_is_rated_by_its_value(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_G, KEY.Key_Down)
        goals = view.pieces.plan.goals
        assert goals.current is not None
        assert goals.current.words.startswith("由床坐起至站立")
        hit(stage, view, KEY.Key_Return)
        rating = await sheet(RateSheet)
        press(rating.value, "5")
        assert rating.steps.key == "0"
        press(rating.value, KEY.Key_Return)
        await back(stage)
        goal = view.sheet.goals[1]
        assert (goal.status, goal.gas, goal.figure) == ("attained", 0, "5 / 5 次")
        assert goals.current == goal  # the keys stay where they were
        undo = next(
            one for one in stage.frame.notice.findChildren(QAbstractButton) if one.accessibleName() == "撤销"
        )
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
        await until(lambda: view.sheet.goals[1].status == "open")
        assert view.sheet.goals[1].gas is None
        await stage.settle()


async def test_a_step_that_the_value_does_not_make_wants_a_reason(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_G, KEY.Key_Down, "4")
        rating = await sheet(RateSheet)
        assert rating.steps.key == "1"
        press(rating.value, "3", KEY.Key_Return)
        await until(rating.note.hasFocus)
        assert (rating.value.text(), rating.steps.key) == ("3", "1")
        type_text(rating.note, "转移更稳")
        press(rating.note, KEY.Key_Return)
        await back(stage)
        assert (view.sheet.goals[1].gas, view.sheet.goals[1].rating.note) == (1, "转移更稳")


async def test_nonsense_is_refused_beside_the_value(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_G, KEY.Key_Return)
        rating = await sheet(RateSheet)
        press(rating.value, "4x", KEY.Key_Return)
        await until(lambda: not rating.places["value"].error.isHidden())
        assert rating.value.text() == "4x"
        press(rating.value, KEY.Key_Escape)
        await back(stage)
        assert view.sheet.goals[0].ratings == ()


async def test_space_takes_a_newer_reading_over(gym: Gym) -> None:
    begun(gym, 6)
    barthel(gym, DAY, 45)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_G, KEY.Key_Space)
        await until(lambda: view.sheet.goals[0].gas == -1)
        goal = view.sheet.goals[0]
        assert (goal.value, goal.fresh, goal.figure) == (45, None, "45 / 60 分")


async def test_a_click_on_a_step_asks_for_the_value(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        gas = view.pieces.plan.goals.boxes[1].gas
        QTest.mouseClick(gas, Qt.MouseButton.LeftButton, pos=gas.rect_of(-1).center().toPoint())
        rating = await sheet(RateSheet)
        assert (rating.goal.term, rating.steps.key) == ("short", "-1")
        press(rating.value, KEY.Key_Escape)
        await back(stage)


async def test_residents_are_turned_and_found_by_keys(gym: Gym) -> None:
    gym.plan()
    gym.plan(gym.item(therapist=gym.staff["苏婉"], discipline="ot"), resident=gym.wang)
    gym.put(10)
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (stage, view):
        assert view.pieces.place.text() == "1 / 2 位"
        hit(stage, view, KEY.Key_PageDown)
        await until(lambda: view.chart is not None and view.chart.rid == gym.wang)
        await stage.settle()
        hit(stage, view, KEY.Key_PageDown)
        assert stage.frame.notice.text() == "已经是最后一位。"
        QTest.keyClick(stage.focus(view), KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
        finding = await sheet(PeopleSheet)
        press(finding.search, "liguilan")
        await until(lambda: [row.name for row in finding.table.rows_model.rows] == ["李桂兰"])
        press(finding.search, KEY.Key_Return)
        await back(stage)
        assert view.resident == gym.li


async def test_keys_lead_to_evaluation_and_form(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_R)
        form = await shown(stage, EvaluationView)
        assert (form.resident, form.stage) == (gym.li, "middle")
        stage.view("rehab")
        await stage.settle()
        hit(stage, view, KEY.Key_E)
        await shown(stage, PlanFormView)


async def test_a_session_is_recorded_stopped_or_moved_from_here(gym: Gym) -> None:
    gym.plan()
    gym.put(8, 30)
    key = gym.key()
    async with standing_at(gym, "rehab") as (stage, view):
        assert view.pieces.plan.day.begin.text().strip() == "记录本次训练"
        hit(stage, view, KEY.Key_S)
        recording = await shown(stage, SessionView)
        assert recording.sheet is not None
        assert recording.sheet.line.key == key
        stage.view("rehab")
        await stage.settle()
        QTest.mouseClick(view.pieces.plan.day.shift, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "rehab-week")
        await stage.settle()


async def test_a_goal_is_added_where_the_goals_are(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_N)
        adding = await sheet(GoalSheet)
        press(adding, KEY.Key_Escape)
        await back(stage)
        assert len(view.sheet.goals) == 2


async def test_what_it_waits_for_stands_in_the_strip(gym: Gym) -> None:
    drawn = gym.drawn_up()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        strip = view.pieces.strip
        assert strip.due.accessibleName() == "缺医师开立、康复师确认、知情同意"
        assert strip.sign.isVisible()
        seen = gym.signed(drawn)
        await until(lambda: not strip.sign.isVisible())
        assert strip.due.accessibleName() == "复评 12-15"
        gym.do(PausePlan(seen, DAY, "发热"))
        await until(lambda: "11-24 起暂停" in strip.due.accessibleName())
        await stage.settle()


async def test_an_overdue_review_is_loud(gym: Gym) -> None:
    begins = DAY - timedelta(weeks=4)
    begun(gym, 4, review_on=begins + timedelta(weeks=3))
    async with standing_at(gym, "rehab") as (_stage, view):
        assert view.pieces.strip.due.accessibleName() == "复评 11-17 逾期 7 天"


async def test_the_proof_of_progress_is_a_key_away(gym: Gym) -> None:
    barthel(gym, DAY - timedelta(weeks=6), 20)
    begun(gym, 6, goals=(GOAL, LONG))
    barthel(gym, DAY, 45)
    async with standing_at(gym, "rehab") as (stage, view):
        curve = view.pieces.plan.curves
        assert curve.spoken() == "较计划开始时 +25 分，超过最小变化 10 分"
        assert curve.chart.plot.levels[0].words == "长期目标 ≥60"
        hit(stage, view, KEY.Key_T)
        await until(view.pieces.progress.isVisible)
        await stage.settle()
        told = [
            one.text()
            for one in view.pieces.progress.findChildren(type(view.pieces.strip.name))
            if one.isVisible()
        ]
        assert any("Barthel指数评定：改善。" in words for words in told)
        assert any("比 6 周前，日常生活自理能力" in words for words in told)
        hit(stage, view, KEY.Key_T)
        await until(view.pieces.plan.isVisible)
        await stage.settle()


async def test_the_chart_has_the_plan_in_small(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    assert gym.ask(FindResident("李桂兰")).rid == gym.li
    async with standing_at(gym, "chart", {"resident": gym.li, "tab": "rehab"}) as (stage, view):
        tab = next(
            part for part in view.findChildren(QAbstractButton) if part.accessibleName() == "打开康复计划"
        )
        assert tab.isVisible()
        QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
        plan = await shown(stage, PlanView)
        assert plan.resident == gym.li
        assert gym.ask(PlanSheet(gym.li)).plan.running
