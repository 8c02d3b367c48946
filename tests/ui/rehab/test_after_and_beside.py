"""What comes after a plan that is over, and what is typed beside a signature or a correction: nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.drafts import DraftOf, KeepDraft
from app.rehab.planning import CancelPlan, ConfirmPlan, RateGoal
from app.rehab.planning.evaluating import Evaluate
from app.rehab.queries.evaluation import EvaluationsOf
from app.rehab.training import NotHeld
from tests.app.rehab.house import DAY, Gym
from tests.app.rehab.test_evaluating import first
from tests.support.hands import type_text
from tests.ui.rehab.room import back, hit, press, sheet, shown, standing_at, until
from ui.kit import Sheet
from ui.kit.why_sheet import WhySheet
from ui.printing.preview_view import PreviewView
from ui.rehab.evaluation_screen import FORM
from ui.rehab.item_sheet import ItemSheet
from ui.rehab.plan_form_view import PlanFormView
from ui.rehab.plan_view import PlanView
from ui.rehab.print_sheet import PrintSheet
from ui.rehab.rate_sheet import RateSheet

KEY = Qt.Key


async def test_after_a_plan_that_is_over_the_next_is_made(gym: Gym) -> None:
    gym.do(CancelPlan(gym.drawn_up().plan, "家属改变主意"))
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (stage, view):
        strip = view.pieces.strip
        assert strip.fresh.isVisible()
        assert not strip.edit.isVisible()
        hit(stage, view, KEY.Key_N)
        form = await shown(stage, PlanFormView)
        assert (form.resident, form.standing) == (gym.li, False)
        assert not form.pieces.state.words


async def test_while_a_plan_goes_on_no_other_is_offered(gym: Gym) -> None:
    gym.plan()
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (_, view):
        assert not view.pieces.strip.fresh.isVisible()


async def test_a_signature_leaves_what_is_typed(gym: Gym) -> None:
    drawn = gym.drawn_up()
    async with standing_at(gym, "rehab-plan", {"plan": drawn.plan.rid}) as (stage, view):
        view.pieces.head.focus_on("words")
        type_text(stage.focus(view), "，坐位平衡差")
        assert view.dirty
        gym.do(ConfirmPlan(drawn.plan))
        view.pieces.strip.changed.emit("康复师确认已签名。")
        await stage.settle()
        assert view.read().words.endswith("，坐位平衡差")
        assert view.pieces.strip.words.accessibleName() == "还差 2 项：医师开立、知情同意"


async def test_what_puts_an_evaluation_right_is_no_draft_and_drops_none(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    gym.do(KeepDraft(FORM, gym.wang, {"values": {"stage": "first"}, "measures": [], "refused": []}))
    async with standing_at(gym, "rehab-evaluation", {"evaluation": seen.rid}) as (stage, view):
        view.draft.subject = gym.wang  # as after a form for somebody else
        view.load()
        await stage.settle()
        view.pieces.head.focus_on("functional")
        type_text(stage.focus(view), "坐位平衡 1 级")
        hit(stage, view, KEY.Key_Escape)
        asked = await sheet(Sheet)
        assert "更正还没有保存" in asked.title.text()
        assert asked.main is not None
        QTest.mouseClick(asked.main, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "rehab")
        await back(stage)
        assert gym.ask(DraftOf(FORM, gym.wang)) is not None
        assert gym.ask(EvaluationsOf(gym.li))[0].seen.revision == 1


async def test_without_a_resident_no_empty_heads_are_shown(gym: Gym) -> None:
    async with standing_at(gym, "rehab-plan", {}) as (stage, view):
        pieces = view.pieces
        assert not any(one.isVisible() for one in (pieces.person, pieces.strip, pieces.save, pieces.more))
        view.opened({"resident": gym.li})
        await stage.settle()
        assert pieces.person.isVisible()
        assert pieces.save.isVisible()


async def test_what_is_no_number_is_refused(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_G, KEY.Key_Return)
        rating = await sheet(RateSheet)
        for nonsense in ("nan", "inf"):
            rating.value.setText(nonsense)
            press(rating.value, KEY.Key_Return)
            await until(lambda: rating.places["value"].error.text() == "请填写数字。")
        press(rating.value, KEY.Key_Escape)
        await back(stage)
        assert view.sheet.goals[0].ratings == ()


async def test_a_wrong_rating_is_taken_back_later(gym: Gym) -> None:
    drawn = gym.plan()
    gym.put(10)
    gym.do(RateGoal(drawn.goals[0], 3))
    gym.do(RateGoal(drawn.goals[0], 5))
    async with standing_at(gym, "rehab") as (stage, view):
        hit(stage, view, KEY.Key_G, KEY.Key_Down, KEY.Key_Return)
        rating = await sheet(RateSheet)
        newest, older = rating.made.rows.values()
        assert (newest.entry.words, older.entry.words) == ("5 次", "3 次")
        newest.setFocus()
        press(newest, KEY.Key_Delete)
        why = await sheet(WhySheet)
        type_text(why.words, "记错目标")
        press(why.words, KEY.Key_Return)
        await until(lambda: view.sheet.goals[1].status == "open")
        assert [one.value for one in view.sheet.goals[1].ratings] == [3]
        await back(stage)


async def test_a_line_added_in_error_is_voided_and_a_trained_one_is_not(gym: Gym) -> None:
    drawn = gym.plan(gym.item(), gym.item(week=(), words="轮椅操作", code="wheelchair"))
    gym.put(9)
    gym.do(NotHeld(gym.key(), "refused", "tired"))
    async with standing_at(gym, "rehab-plan", {"plan": drawn.plan.rid}) as (stage, view):
        for place in (1, 0):
            view.entries.open_item(view.items[place].key)
            item = await sheet(ItemSheet)
            QTest.keyClick(item, KEY.Key_V, Qt.KeyboardModifier.AltModifier)
            why = await sheet(WhySheet)
            type_text(why.words, "加错了")
            press(why.words, KEY.Key_Return)
            await back(stage)
        assert [one.words for one in view.items] == ["坐站转移"]
        assert "不能作废" in stage.frame.notice.text()


async def test_earlier_plans_are_seen_and_printed(gym: Gym) -> None:
    before = gym.drawn_up(words="髋部骨折术后")
    gym.do(CancelPlan(before.plan, "家属改变主意"))
    gym.put(8, day=DAY + timedelta(days=3))
    gym.plan()
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (stage, view):
        assert view.plan.words == "脑卒中后左侧偏瘫"
        assert view.pieces.strip.under.text().startswith("第 2 / 2 份")
        hit(stage, view, ",")
        await until(lambda: view.plan.words == "髋部骨折术后")
        await stage.settle()
        assert not view.pieces.strip.fresh.isVisible()
        hit(stage, view, KEY.Key_P)
        choice = await sheet(PrintSheet)
        press(choice, KEY.Key_Return)
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        await back(stage)
        hit(stage, preview, KEY.Key_Escape)
        again = await shown(stage, PlanView)
        assert again.plan is not None
        assert again.plan.seen.rid == before.plan.rid


async def test_training_is_printed_of_any_month_of_the_plan(gym: Gym) -> None:
    gym.plan()
    gym.put(8, day=date(2027, 1, 20))
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (stage, view):
        hit(stage, view, KEY.Key_P)
        choice = await sheet(PrintSheet)
        assert choice.sheets.button("2").text() == "2 训练记录：2027-01"
        press(choice, KEY.Key_Left, KEY.Key_Left, KEY.Key_Left)
        assert choice.sheets.button("2").text() == "2 训练记录：2026-11"
        press(choice, KEY.Key_Return)
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.drawn is not None
        assert "2026-11-01" in preview.drawn.file_name
        await back(stage)
