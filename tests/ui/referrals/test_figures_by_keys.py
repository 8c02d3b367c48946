"""统计 by keys: parts and times chosen, a figure opened to its records, one of them opened, printed; it fits."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.roles import Role
from tests.app.referrals.contracted import signed
from tests.app.referrals.figured import years
from tests.app.referrals.house import Desk
from tests.support.layout import lint
from tests.ui.referrals.room import hit, shown, standing_at, until
from ui.printing.preview_view import PreviewView
from ui.referrals.contract_view import ContractsView
from ui.referrals.follow_view import FollowView
from ui.referrals.round_view import RoundsView

ENTER, LEFT, RIGHT, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down


@pytest.fixture(autouse=True)
def _doctor(desk: Desk) -> None:
    desk.become(Role.DOCTOR)


def codes(view: Any) -> list[str]:
    """The figures listed."""
    return [line.figure.code for line in view.left.table.rows_model.rows]


async def test_a_figure_is_opened_to_a_record(desk: Desk) -> None:
    years(desk, 40, 300)
    async with standing_at(desk, "referral-figures") as (stage, view):
        await until(lambda: view.left.state.words == "" and bool(codes(view)))
        assert view.over.words.text() == "2026 年 11 月"
        hit(stage, view, "y")
        await until(lambda: view.right.of.text().endswith("36 份）") or "/ 4" in view.right.of.text())
        await stage.settle()
        assert "口径：" in view.right.definition.text()
        hit(stage, view, DOWN)
        await until(lambda: view.right.line is view.left.table.current())
        hit(stage, view, ENTER)
        assert view.right.table.hasFocus()
        record = view.right.table.current()[1]
        assert view.record_shown() == ("referral", record.rid)
        hit(stage, view, LEFT)
        assert view.left.table.hasFocus()
        hit(stage, view, RIGHT, ENTER)
        follow = await shown(stage, FollowView)
        assert follow.rid == record.rid


async def test_times_are_stepped_and_parts_turned(desk: Desk) -> None:
    desk.away()
    async with standing_at(desk, "referral-figures") as (stage, view):
        await until(lambda: bool(codes(view)))
        hit(stage, view, "]")  # there is nothing to count in what is to come
        assert view.over.words.text() == "2026 年 11 月"
        hit(stage, view, "[")
        assert view.over.words.text() == "2026 年 10 月"
        assert view.over.chips.key == "last"
        await until(lambda: view.left.state.words == "这段时间没有转诊")
        await until(lambda: view.card.state.words == "没有选中的指标")
        hit(stage, view, "[")
        assert not any(chip.isChecked() for chip in view.over.chips.group.buttons())
        hit(stage, view, "q")
        assert view.over.words.text() == "2026 年第 4 季度"
        await until(lambda: "cause:news2" in codes(view))
        hit(stage, view, "2")
        await until(lambda: "door:whole" in codes(view))
        hit(stage, view, "3")
        await until(lambda: view.left.state.words == "这段时间没有登记返院")
        hit(stage, view, "5")
        await until(lambda: "held" in codes(view))
        hit(stage, view, "l", "m")
        assert view.over.words.text() == "2026 年 11 月"


async def test_contracts_lead_to_the_contract(desk: Desk) -> None:
    signed(desk)
    async with standing_at(desk, "referral-figures", {"section": "contracts"}) as (stage, view):
        await until(lambda: "signed" in codes(view))
        await stage.settle()
        hit(stage, view, ENTER)
        await until(view.right.table.hasFocus)
        assert view.right.table.current()[1].name == "王素芬"
        hit(stage, view, ENTER)
        await shown(stage, ContractsView)


async def test_news_are_counted_and_the_figure_stays(desk: Desk) -> None:
    desk.away()
    async with standing_at(desk, "referral-figures") as (_, view):
        await until(lambda: "urgency:emergency" in codes(view))
        assert view.left.table.pick("urgency:emergency")
        await until(lambda: view.right.value.text() == "1 份")
        desk.begun(desk.wang)
        await until(lambda: view.right.value.text() == "2 份")
        assert view.left.table.current().figure.code == "urgency:emergency"


async def test_a_round_is_opened(desk: Desk) -> None:
    years(desk, 40, 20)
    async with standing_at(desk, "referral-figures", {"section": "rounds"}) as (stage, view):
        await until(lambda: "held" in codes(view))
        await stage.settle()
        hit(stage, view, ENTER)
        await until(view.right.table.hasFocus)
        record = view.right.table.current()[1]
        hit(stage, view, ENTER)
        rounds = await shown(stage, RoundsView)
        assert rounds.crumbs[-1].words == "巡诊"
        assert record.kind == "doctor_round"


async def test_the_floor_is_chosen(desk: Desk) -> None:
    desk.away()
    async with standing_at(desk, "referral-figures") as (stage, view):
        await until(lambda: bool(codes(view)))
        await until(lambda: view.over.floors.count() > 1)
        view.over.floors.setCurrentIndex(1)
        await until(lambda: view.over.floor is not None and bool(codes(view)))
        await stage.settle()
        assert view.left.state.words == ""


async def test_it_is_printed(desk: Desk) -> None:
    desk.away()
    async with standing_at(desk, "referral-figures") as (stage, view):
        await until(lambda: bool(codes(view)))
        hit(stage, view, "p")
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.facts.text().startswith("共 3 页 · A4 · 转诊统计表 2026 年 11 月 全院")
        hit(stage, preview, Qt.Key.Key_Escape)
        await until(lambda: stage.place == "referral-figures")


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (911, 512)])
async def test_it_fits(desk: Desk, size: tuple[int, int]) -> None:
    years(desk, 60, 300)
    signed(desk)
    async with standing_at(desk, "referral-figures", size=size) as (stage, view):
        hit(stage, view, "y")
        for key in "12345":
            hit(stage, view, key)
            await stage.settle()
            await until(lambda: bool(codes(view)))
            assert lint(stage.frame) == [], key
