"""A plan by keys: from the template to drawn up, signed by two, consented to; changed, paused, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.care.queries import CarePlan
from app.core.drafts import DraftOf
from app.core.roles import Role
from app.rehab.lists.templates import templates
from app.rehab.planning.evaluating import Evaluate
from app.rehab.queries.drawing import StartPlan
from app.residents.stating import AddDiagnosis, DiagnosisForm
from tests.app.rehab.house import Gym
from tests.app.rehab.test_evaluating import first
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.assessments.room import fits
from tests.ui.rehab.room import Stage, sheet, standing_at, until
from tests.ui.rehab.test_evaluation_by_keys import Control, Down, Enter, Right, Space, hit, in_front
from ui.kit import Sheet
from ui.kit.proof_sheet import ProofSheet
from ui.kit.why_sheet import WhySheet
from ui.rehab.consent_sheet import ConsentSheet
from ui.rehab.goal_sheet import GoalSheet
from ui.rehab.item_sheet import ItemSheet
from ui.rehab.plan_form_screen import FORM
from ui.rehab.plan_form_view import PlanFormView
from ui.rehab.plan_sheets import CloseSheet, PauseSheet, ReasonSheet

Delete, Escape = Qt.Key.Key_Delete, Qt.Key.Key_Escape


def opened(gym: Gym, **params: Any) -> Any:
    return standing_at(gym, "rehab-plan", params or {"resident": gym.li})


def stroke(gym: Gym) -> None:
    """李桂兰 had a stroke, and was evaluated."""
    gym.become(Role.DOCTOR)
    gym.do(AddDiagnosis(gym.li, DiagnosisForm("脑梗死", "I63.9", "2026-05")))
    gym.become("林海涛")
    gym.do(Evaluate(gym.li, first()))


async def closed(stage: Stage, kind: type[QDialog]) -> None:
    """A sheet is away, and the window has the keys again."""
    await until(lambda: not isinstance(QApplication.activeModalWidget(), kind))
    await in_front(stage)


async def drawn_up(stage: Stage, view: PlanFormView) -> UUID:
    """Ctrl+S: the plan stands."""
    hit(Qt.Key.Key_S, held=Control)
    await until(lambda: view.standing and not view.pieces.state.words)
    await stage.settle()
    assert view.start is not None
    assert view.start.standing is not None
    return view.start.standing.seen.rid


async def test_a_stroke_plan_takes_one_key_from_template_to_drawn_up(gym: Gym) -> None:
    stroke(gym)
    async with opened(gym) as (stage, view):
        assert view.pieces.said.text().startswith("已按诊断套用模板")
        assert view.read().template == "stroke"
        assert view.read().contraindications == {"fragility": "T12 陈旧"}
        rid = await drawn_up(stage, view)
        assert "已开立，等待签名和同意" in stage.frame.notice.text()
        standing = gym.ask(StartPlan(plan=rid)).standing
        assert standing.draft.evaluation is not None
        assert len(standing.draft.goals) == len(templates()["stroke"].goals)
        long, short = standing.draft.long_goals[0], standing.draft.goals[-1]
        assert short.serves == long.key
        assert all(one.goal for one in standing.draft.items)
        assert view.pieces.strip.words.accessibleName() == "还差 3 项：医师开立、康复师确认、知情同意"


async def test_two_sign_at_the_same_screen_and_the_resident_consents(gym: Gym) -> None:
    stroke(gym)
    async with opened(gym) as (stage, view):
        rid = await drawn_up(stage, view)
        hit(Qt.Key.Key_D, held=Control)
        proof = await sheet(ProofSheet)
        hit(PEOPLE[Role.DOCTOR].number, Enter)
        proof.secret.setFocus()
        hit("wrong", Enter)
        await until(lambda: bool(proof.wrong))
        proof.secret.clear()
        hit(PASSWORD, Enter)
        await closed(stage, ProofSheet)
        await until(lambda: view.pieces.strip.next == "therapist")
        assert view.pieces.strip.words.accessibleName() == "还差 2 项：康复师确认、知情同意"
        await stage.settle()
        hit(Qt.Key.Key_D, held=Control)
        proof = await sheet(ProofSheet)
        assert proof.number.text() == "0811"
        hit(PASSWORD, Enter)
        await closed(stage, ProofSheet)
        await until(lambda: view.pieces.strip.next == "consent")
        await stage.settle()
        hit(Qt.Key.Key_D, held=Control)
        consent = await sheet(ConsentSheet)
        await until(lambda: consent.form.values()["name"] == "李桂兰")
        hit(Enter, held=Control)
        await closed(stage, ConsentSheet)
        await until(lambda: not view.pieces.strip.next)
        assert view.pieces.strip.words.accessibleName() == "三项齐全，计划在执行"
        assert gym.ask(StartPlan(plan=rid)).standing.status == "running"


async def test_a_refusal_of_consent_is_kept_and_the_plan_does_not_run(gym: Gym) -> None:
    drawn = gym.drawn_up()
    async with opened(gym, plan=drawn.plan.rid) as (stage, view):
        view.pieces.strip.ask("consent")
        consent = await sheet(ConsentSheet)
        await until(lambda: consent.form.values()["name"] == "李桂兰")
        consent.form.focus_on("agreed")
        hit(Right, Space)
        hit(Enter, held=Control)
        await until(lambda: consent.form.error("words") == "请写明为什么不同意。")
        hit("怕累")
        hit(Enter, held=Control)
        await closed(stage, ConsentSheet)
        await until(lambda: "不同意：怕累" in view.pieces.strip.steps["consent"].accessibleName())
        assert gym.ask(StartPlan(plan=drawn.plan.rid)).standing.status == "drawn_up"
        await stage.settle()


async def test_a_goal_that_is_not_smart_is_said_field_by_field(gym: Gym) -> None:
    async with opened(gym) as (stage, view):
        hit(Qt.Key.Key_G, held=Control)
        goal = await sheet(GoalSheet)
        hit(Enter, held=Control)
        await until(lambda: bool(goal.form.error("condition")))
        assert goal.form.error("condition").startswith("写出在什么条件下做")
        assert goal.form.error("action").startswith("写出要做到的具体动作")
        assert goal.form.error("measure").startswith("选用什么来衡量")
        assert goal.form.error("due_on") == "写出期限。"
        hit(Escape)
        await closed(stage, GoalSheet)
        assert view.goals == ()


async def test_goals_and_items_are_written_by_keys(gym: Gym) -> None:
    stroke(gym)
    async with opened(gym) as (stage, view):
        count = len(view.goals)
        view.pieces.goals.focus_part().setFocus()
        hit(Down, Delete)
        assert len(view.goals) == count - 1
        hit(Enter)
        goal = await sheet(GoalSheet)
        goal.form.focus_on("target")
        hit("12")
        hit(Enter, held=Control)
        await closed(stage, GoalSheet)
        assert 1012 in [one.target for one in view.goals]
        lines = len(view.items)
        hit(Qt.Key.Key_I, held=Control)
        hit("tuina", Enter)
        await in_front(stage)
        assert len(view.items) == lines + 1
        key = view.items[-1].key
        view.pieces.items.rows[key].setFocus()
        hit(Enter)
        item = await sheet(ItemSheet)
        item.form.focus_on("minutes")
        hit(Qt.Key.Key_A, held=Control)
        hit("25")
        hit(Enter, held=Control)
        await closed(stage, ItemSheet)
        assert view.items[-1].minutes == 25


async def test_a_contraindication_is_told_at_the_item(gym: Gym) -> None:
    gym.do(
        Evaluate(
            gym.li,
            first(
                contraindications={"sensory_loss": "左侧"},
                denied=(*(c for c in first().denied if c != "sensory_loss"), "fragility"),
            ),
        )
    )
    async with opened(gym) as (_, view):
        view.entries.add_line("moxa")
        notes = view.pieces.items.rows[view.items[-1].key].entry.notes
        assert any("禁用" in words and ink == "danger" for words, ink in notes)


async def test_what_is_written_outlives_leaving(gym: Gym) -> None:
    stroke(gym)
    async with opened(gym) as (stage, view):
        view.pieces.head.focus_on("words")
        hit("，左侧偏瘫")
        await view.leave()
        assert gym.ask(DraftOf(FORM, gym.li)) is not None
        await stage.settle()
    async with opened(gym) as (_, again):
        assert again.pieces.said.text().startswith("已放回")
        assert again.read().words.endswith("，左侧偏瘫")
        assert len(again.goals) == len(templates()["stroke"].goals)


@pytest.mark.parametrize("code", ["palliative", "child-speech", "cervical-cord"])
async def test_every_group_of_templates_goes_through_the_same_form(gym: Gym, code: str) -> None:
    gym.do(Evaluate(gym.li, first()))
    async with opened(gym) as (stage, view):
        view.choose_template(code)
        await drawn_up(stage, view)
        assert view.read().template == code


async def test_a_change_is_kept_with_its_reason_and_has_to_be_signed_anew(gym: Gym) -> None:
    drawn = gym.plan()
    async with opened(gym, plan=drawn.plan.rid) as (stage, view):
        view.pieces.head.focus_on("words")
        hit("，坐位平衡差")
        hit(Qt.Key.Key_S, held=Control)
        why = await sheet(ReasonSheet)
        assert "重新签名" in why.text.text()
        hit(Enter)
        QTest.keyClick(why.form.input("reason").button("补充"), Space)  # type: ignore[attr-defined]  # a row of buttons
        assert why.main is not None
        why.main.click()
        await closed(stage, ReasonSheet)
        await until(lambda: view.pieces.strip.next == "doctor")
        assert gym.ask(StartPlan(plan=drawn.plan.rid)).standing.status == "drawn_up"
        await stage.settle()


async def test_a_goal_of_a_running_plan_is_added_at_once(gym: Gym) -> None:
    drawn = gym.plan()
    async with opened(gym, plan=drawn.plan.rid) as (stage, view):
        before = len(view.goals)
        hit(Qt.Key.Key_G, held=Control)
        goal = await sheet(GoalSheet)
        goal.form.set_values(
            {
                "condition": "无支撑",
                "action": "独立坐于床边",
                "measure": "minutes",
                "unit": "分钟",
                "baseline": "0",
                "target": "10",
                "due_on": "2026-12-15",
                "problem": "d415",
            }
        )
        hit(Enter, held=Control)
        await closed(stage, GoalSheet)
        await until(lambda: len(view.goals) > before)
        assert view.goals[-1].action == "独立坐于床边"
        await stage.settle()


async def test_a_plan_is_paused_and_goes_on(gym: Gym) -> None:
    drawn = gym.plan()
    async with opened(gym, plan=drawn.plan.rid) as (stage, view):
        view.acts.pause()
        await sheet(PauseSheet)
        hit("住院", Enter)
        await closed(stage, PauseSheet)
        await until(lambda: view.start is not None and bool(view.start.standing.paused))
        await stage.settle()
        view.pieces.head.focus_on("words")
        hit("，坐位平衡差")
        view.acts.resume()
        await sheet(Sheet)
        hit(Enter)
        await until(lambda: view.start is not None and not view.start.standing.paused)
        assert "计划继续执行" in stage.frame.notice.text()
        assert view.read().words.endswith("，坐位平衡差")  # typed, not kept yet: it stays
        await in_front(stage)
        await stage.settle()


async def test_a_plan_is_closed_and_handed_over_to_nursing(gym: Gym) -> None:
    gym.become(Role.DOCTOR)
    drawn = gym.plan()
    gym.become("许德海")
    said = first(stage="final", cause="close")
    gym.do(Evaluate(gym.li, said, drawn.plan))
    async with opened(gym, plan=drawn.plan.rid, act="close") as (stage, _):
        close = await sheet(CloseSheet)
        assert close.tasks
        hit(Enter, held=Control)
        assert close.main is not None
        close.main.click()
        assert close.form.error("outcome") == "请选择结局。"
        close.form.set_values({"outcome": "reached"})
        close.form.focus_on("summary")
        hit("能独立坐 10 分钟。")
        close.kept.line.setFocus()
        hit("每天床边坐 2 次", Enter)
        next(iter(close.tasks.values())).click()
        close.main.click()
        await until(lambda: stage.place == "rehab")
        assert gym.ask(StartPlan(plan=drawn.plan.rid)).standing.status == "closed"
        assert len(gym.ask(CarePlan(gym.li)).running) == 1
        await in_front(stage)
        await stage.settle()
    async with opened(gym, plan=drawn.plan.rid) as (_, over):
        assert over.pieces.state.words.endswith("已结案")


async def test_a_plan_nobody_trained_by_is_cancelled_with_a_reason(gym: Gym) -> None:
    drawn = gym.drawn_up()
    async with opened(gym, plan=drawn.plan.rid) as (stage, view):
        view.acts.cancel()
        await sheet(WhySheet)
        hit("家属不同意", Enter)
        await until(lambda: stage.place == "rehab")
        assert gym.ask(StartPlan(plan=drawn.plan.rid)).standing.status == "cancelled"
        await in_front(stage)
        await stage.settle()


async def test_a_second_plan_is_not_begun_beside_one_that_is_not_over(gym: Gym) -> None:
    gym.plan()
    async with opened(gym) as (_, view):
        assert view.pieces.state.words.startswith("已有康复计划 KF-")
    async with standing_at(gym, "rehab-plan", {}) as (_, empty):
        assert empty.pieces.state.words == "没有选中老人"


async def test_nothing_is_clipped_wide_and_narrow(gym: Gym) -> None:
    stroke(gym)
    drawn = gym.drawn_up()
    for size in ((1440, 900), (1366, 768), (911, 512)):
        async with standing_at(gym, "rehab-plan", {"plan": drawn.plan.rid}, size=size) as (stage, _):
            await fits(stage.frame)
            assert stage.place == "rehab-plan"
