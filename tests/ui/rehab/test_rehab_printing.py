"""Sheets of rehab are printed from where the record is seen: the plan, the week board, an evaluation."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.roles import Role
from app.rehab.planning.evaluating import Evaluate
from tests.app.rehab.house import Gym
from tests.app.rehab.test_evaluating import first
from tests.ui.rehab.room import back, hit, press, sheet, shown, standing_at, until
from ui.printing.preview_view import PreviewView
from ui.rehab.print_sheet import PrintSheet

KEY = Qt.Key


async def test_p_asks_which_sheet_of_the_plan_and_shows_it(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first()))
    gym.plan()
    gym.put(10)
    async with standing_at(gym, "rehab", {"resident": gym.li}) as (stage, view):
        hit(stage, view, KEY.Key_P)
        choice = await sheet(PrintSheet)
        words = [button.text() for button in choice.sheets.group.buttons()]
        assert [one[:6] for one in words] == [
            "1 康复计划",
            "2 训练记录",
            "3 进展告知",
            "4 结案小结",
            "5 评定表：",
        ]
        assert not choice.sheets.button("4").isEnabled()  # not closed yet
        press(choice, KEY.Key_4)
        assert choice.sheets.key == "1"
        press(choice, KEY.Key_3)
        press(choice, KEY.Key_Return)
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.drawn is not None
        assert preview.drawn.file_name.startswith("康复进展告知书 李桂兰")
        await back(stage)
        hit(stage, preview, KEY.Key_Escape)
        await until(lambda: stage.place == "rehab")


async def test_p_on_the_week_board_shows_the_week_on_paper(gym: Gym) -> None:
    gym.plan()
    async with standing_at(gym, "rehab-week") as (stage, view):
        hit(stage, view, KEY.Key_P)
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.drawn is not None
        assert preview.drawn.file_name == "康复周排程 2026-11-23至11-29.pdf"
        assert preview.drawn.pages == 1


async def test_an_evaluation_is_printed_where_it_is_put_right(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    async with standing_at(gym, "rehab-evaluation", {"evaluation": seen.rid}) as (stage, view):
        assert view.pieces.print.isVisible()
        view.pieces.print.ask()
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.drawn is not None
        assert preview.drawn.file_name.startswith("康复评定表 初期评定 李桂兰")


async def test_a_new_evaluation_offers_nothing_to_print(gym: Gym) -> None:
    async with standing_at(gym, "rehab-evaluation", {"resident": gym.li}) as (_stage, view):
        assert not view.pieces.print.isVisible()


async def test_who_may_not_print_is_told_so(gym: Gym) -> None:
    gym.plan()
    gym.become(Role.CAREGIVER)
    async with standing_at(gym, "rehab-week") as (stage, view):
        hit(stage, view, KEY.Key_P)
        await stage.settle()
        assert stage.place == "rehab-week"
        assert "打印" in view.bench.notice.text()
