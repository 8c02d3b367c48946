"""An evaluation by keys alone: what is missing is said beside its field, drafts survive, results come back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.core.drafts import DraftOf
from app.core.roles import Role
from app.rehab.planning.evaluating import Evaluate
from app.rehab.queries.evaluation import EvaluationsOf
from app.residents.stating import AddDiagnosis, DiagnosisForm
from tests.app.rehab.house import Gym
from tests.app.rehab.test_evaluating import first
from tests.support.hands import type_text
from tests.support.station import PASSWORD
from tests.ui.assessments.room import fits, room
from tests.ui.assessments.room import keys as digits
from tests.ui.rehab.room import Stage, sheet, standing_at, until
from ui.kit.why_sheet import WhySheet
from ui.rehab.evaluation_screen import FORM
from ui.rehab.evaluation_view import EvaluationView
from ui.rehab.leave_sheet import LeaveSheet

Enter, Tab, Down, Right, Space = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Down,
    Qt.Key.Key_Right,
    Qt.Key.Key_Space,
)
Control = Qt.KeyboardModifier.ControlModifier


def hit(*keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys to whatever has the focus: a popup above it, else the field; words are typed."""
    for key in keys:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if isinstance(key, str):
            type_text(QApplication.focusWidget() or target, key)
        else:
            QTest.keyClick(target, key, held)


async def in_front(stage: Stage) -> None:
    """A screen gives back the window that a popup had; the one of the tests does not."""
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)


def opened(gym: Gym, **more: Any) -> Any:
    return standing_at(gym, "rehab-evaluation", {"resident": gym.li, **more})


async def filled(stage: Stage, view: EvaluationView) -> None:
    """Phase, diagnosis, one problem, contraindications: all a first evaluation asks."""
    view.pieces.head.focus_on("phase")
    hit(Right, Right, Space)
    view.pieces.head.focus_on("diagnosis")
    hit("脑梗死后左侧偏瘫")
    hit(Qt.Key.Key_G, held=Control)
    hit("b730", Enter)
    await in_front(stage)
    hit(Qt.Key.Key_U, held=Control)


async def test_a_first_evaluation_by_keys_leads_on_to_the_plan(gym: Gym) -> None:
    gym.become(Role.DOCTOR)
    gym.do(AddDiagnosis(gym.li, DiagnosisForm("脑梗死", "I63.9", "2026-05")))
    gym.become("林海涛")
    async with opened(gym) as (stage, view):
        assert isinstance(view, EvaluationView)
        assert view.pieces.head.values()["diagnosis"] == "脑梗死"
        assert view.pieces.head.values()["onset"] == "2026-05"
        hit(Right, Right, Space)  # 恢复期
        hit(Qt.Key.Key_G, held=Control)
        hit("b730", Enter)
        await in_front(stage)
        hit(Qt.Key.Key_U, held=Control)
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: stage.place == "rehab-plan")
        assert "初期评定已保存" in stage.frame.notice.text()
        row = gym.ask(EvaluationsOf(gym.li))[0]
        assert [one.code for one in row.said.problems] == ["b730"]
        assert row.said.phase == "recovery"
        assert row.said.contraindications == {}
        assert len(row.said.denied) == len(view.pieces.asked.rows)
        await stage.settle()


async def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(gym: Gym) -> None:
    async with opened(gym) as (stage, view):
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: view.pieces.head.error("phase") == "请选择病程阶段。")
        assert view.pieces.head.error("diagnosis") == "请填写诊断。"
        view.pieces.head.focus_on("phase")
        hit(Right, Right, Space)
        view.pieces.head.focus_on("diagnosis")
        hit("脑梗死后左侧偏瘫")
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: bool(view.pieces.problems.error.text()))
        assert view.pieces.problems.error.text().startswith("请至少写一个功能问题")
        await in_front(stage)
        await until(view.pieces.problems.line.hasFocus)
        hit("b730", Enter)
        await in_front(stage)
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: bool(view.pieces.asked.error.text()))
        assert "项没有回答" in view.pieces.asked.error.text()
        assert view.pieces.head.values()["diagnosis"] == "脑梗死后左侧偏瘫"
        assert gym.ask(EvaluationsOf(gym.li)) == ()


async def test_contraindications_are_answered_by_one_key_each(gym: Gym) -> None:
    async with opened(gym) as (_, view):
        rows = view.pieces.asked.rows
        view.pieces.asked.focus_part().setFocus()
        hit("0", "0")
        assert view.pieces.asked.denied == tuple(list(rows)[:2])
        hit("1")
        third = list(rows.values())[2]
        assert third.note.hasFocus()
        hit("右股骨颈")
        assert view.pieces.asked.held == {list(rows)[2]: "右股骨颈"}


async def test_degrees_that_cannot_be_are_said_as_they_are_left(gym: Gym) -> None:
    async with opened(gym) as (_, view):
        hit(Qt.Key.Key_J, held=Control)
        hit("120", Enter, "90", Enter)
        assert view.pieces.motions.error.text() == "左肩前屈：主动 120° 大于被动 90°，请核对。"
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: not view.errands.running)
        assert view.pieces.motions.error.text()


async def test_what_is_typed_outlives_leaving_and_is_put_back(gym: Gym) -> None:
    async with opened(gym) as (stage, view):
        await filled(stage, view)
        hit(Qt.Key.Key_Escape)
        asked = await sheet(LeaveSheet)
        QTest.keyClick(asked, Enter)
        await until(lambda: gym.ask(DraftOf(FORM, gym.li)) is not None)
        await until(lambda: stage.place == "rehab")
        await stage.settle()
    async with opened(gym) as (_, again):
        assert again.pieces.said.text().startswith("已放回")
        assert again.pieces.head.values()["diagnosis"] == "脑梗死后左侧偏瘫"
        assert [one.code for one in again.pieces.problems.said] == ["b730"]
        assert not again.pieces.asked.left
        again.pieces.discard.click()
        await until(lambda: gym.ask(DraftOf(FORM, gym.li)) is None)


async def test_a_middle_one_is_prefilled_and_says_what_changed(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first()))
    gym.plan()
    async with opened(gym, stage="middle", back=("rehab-week", {})) as (_, view):
        assert not view.pieces.changes.isHidden()
        assert view.pieces.changes.words == ("与上次相同，请核对各项是否有变化。",)
        assert view.pieces.end.values()["next_on"] == "2026-12-08"
        view.pieces.problems.line.setFocus()
        hit("b770", Enter)
        await until(lambda: len(view.pieces.changes.words) == 1)
        assert view.pieces.changes.words[0].startswith("功能问题：")


async def test_assessing_now_leads_there_and_comes_back(gym: Gym) -> None:
    gym.plan()
    async with opened(gym, stage="middle") as (stage, view):
        assert view.pieces.measures.codes == ("barthel",)
        view.pieces.measures.rows["barthel"].now.click()
        await until(lambda: stage.place == "assessment")
        where, params = stage.visits.seen[-1]
        assert (where, params["instrument"]) == ("assessment", "barthel")
        assert params["back"] == ("rehab-evaluation", {"resident": gym.li, "again": True})


async def test_who_may_not_plan_is_told_who_may(gym: Gym) -> None:
    gym.become(Role.DOCTOR)
    async with opened(gym) as (_, view):
        assert view.pieces.state.words == ""
    async with standing_at(gym, "rehab-evaluation", {}) as (_, empty):
        assert empty.pieces.state.words == "没有选中老人"


async def test_one_is_put_right_with_a_reason(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    async with standing_at(gym, "rehab-evaluation", {"evaluation": seen.rid}) as (stage, view):
        view.pieces.head.focus_on("functional")
        hit("左侧偏瘫，坐位平衡 1 级")
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: view.pieces.reason.error("reason") == "请选择更正原因。")
        hit(Space)
        hit(Qt.Key.Key_S, held=Control)
        await until(lambda: stage.place == "rehab")
        row = gym.ask(EvaluationsOf(gym.li))[0]
        assert row.seen.revision == 2
        assert row.said.texts["functional"] == "左侧偏瘫，坐位平衡 1 级"
        await stage.settle()


async def test_nothing_is_clipped_wide_and_narrow(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first()))
    gym.plan()
    for size in ((1440, 900), (1366, 768), (911, 512)):
        async with standing_at(gym, "rehab-evaluation", {"resident": gym.li}, size=size) as (stage, _):
            await fits(stage.frame)
            assert stage.place == "rehab-evaluation"


async def test_one_entered_in_error_is_taken_back_with_why(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    async with standing_at(gym, "rehab-evaluation", {"evaluation": seen.rid}) as (stage, view):
        view.pieces.retract.click()
        await sheet(WhySheet)
        hit("记错了人", Enter)
        await until(lambda: stage.place == "rehab")
        assert gym.ask(EvaluationsOf(gym.li)) == ()
        await in_front(stage)
        await stage.settle()


async def test_a_result_assessed_from_here_is_taken_in_when_it_is_signed(gym: Gym) -> None:
    """现在评 and back, through the real form of the instrument."""
    gym.plan(measures=("morse",))
    async with room(gym.station) as r:
        r.frame.go("rehab-evaluation", {"resident": gym.li, "stage": "middle"})
        await until(
            lambda: isinstance(r.frame.pages.view, EvaluationView) and not r.frame.pages.view.errands.running
        )
        view = r.frame.pages.view
        assert isinstance(view, EvaluationView)
        view.pieces.head.focus_on("functional")
        hit("左侧偏瘫")
        view.pieces.measures.rows["morse"].now.click()
        await until(lambda: r.frame.pages.key == "assessment" and not r.form.errands.running)
        digits("110000")
        await r.saved()
        QTest.keyClick(r.form, Enter, Control)
        asked = await r.asked()
        digits(PASSWORD)
        QTest.keyClick(asked.secret, Enter)
        await until(lambda: r.frame.pages.key == "rehab-evaluation")
        await until(lambda: "morse" in view.pieces.measures.said)
        assert view.pieces.measures.rows["morse"].result.text() == "40 分 中风险（2026-11-24）"
        assert view.pieces.head.values()["functional"] == "左侧偏瘫"
        r.frame.activateWindow()
        await until(lambda: not view.errands.running)
