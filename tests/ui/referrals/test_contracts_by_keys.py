"""Contracts by keys: signed, a service delivered by one key, renewed, ended, rated, put right, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.contracts import Contracts, ContractStand
from tests.app.referrals.contracted import DAY, page, signed
from tests.app.referrals.house import Desk
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.ui.referrals.room import back, hit, press, sheet, standing_at, until
from tests.ui.referrals.task_room import asked, kept, save
from ui.forms.task_sheet import TaskSheet
from ui.kit.why_sheet import WhySheet
from ui.referrals.contract_signed_sheet import SignedSheet
from ui.referrals.contract_view import ContractsView

ENTER, DOWN, RIGHT, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space


def stand(desk: Desk) -> ContractStand:
    found = page(desk).stand
    assert found is not None
    return found


def services(view: ContractsView) -> dict[str, str]:
    rows = [line.service for line in view.right.table.rows_model.rows]
    return {row.words: row.progress.words for row in rows if row is not None}


async def test_who_has_none_is_signed_with_a_drawn_signature(desk: Desk) -> None:
    async with standing_at(desk, "contracts", {"resident": desk.li}) as (stage, view):
        await until(lambda: "还没有签约" in view.beside.words)
        hit(stage, view, "n")
        task = await asked(SignedSheet)
        task.form.set_values({"doctor_name": "陈永康", "team": "护士"})
        save(task)
        await until(lambda: "缺姓名" in task.form.error("team"))
        task.form.set_values({"team": "护士 王秀英 13800138000", "signer": "李建国", "relation": "子"})
        save(task)
        await until(lambda: "签名" in task.form.error("on_paper"))
        pad = task.pad.pad
        task.inside.ensureWidgetVisible(pad)
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        QTest.mouseMove(pad, QPoint(90, 50))
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(140, 30))
        await kept(stage, task)
        await until(lambda: view.page is not None and view.page.stand is not None)
        form = page(desk).form
        assert form is not None
        assert form.signer.drawn["strokes"]
        assert [one.name for one in form.team] == ["王秀英"]
        assert services(view)["健康体检"] == "0 / 1"


async def test_a_service_is_delivered_by_one_key(desk: Desk) -> None:
    signed(desk)
    async with standing_at(desk, "contracts", {"resident": desk.li}) as (stage, view):
        await until(lambda: services(view))
        hit(stage, view, RIGHT, SPACE)
        task = await asked(TaskSheet)
        chosen = task.form.values()["code"]
        type_text(task.form.input("result"), "血压 138/82")
        await kept(stage, task)
        await until(lambda: page(desk).delivered)
        (row,) = page(desk).delivered
        assert (row.code, row.result) == (chosen, "血压 138/82")
        assert view.right.table.hasFocus(), "the next one is one key away"
        hit(stage, view, "l", Qt.Key.Key_Delete)
        why = await sheet(WhySheet)
        type_text(why.words, "记错老人")
        press(why.words, ENTER)
        await back(stage)
        await until(lambda: not page(desk).delivered)


async def test_a_contract_is_renewed_rated_ended_and_goes_on(desk: Desk) -> None:
    made = signed(desk, ends=DAY + timedelta(days=10))
    async with standing_at(desk, "contracts", {"view": "due"}) as (stage, view):
        await until(lambda: view.page is not None and view.page.stand is not None)
        hit(stage, view, "m")
        task = await asked(TaskSheet)
        task.form.set_values({"score": "5"})
        await kept(stage, task)
        await until(lambda: stand(desk).satisfaction == 5)
        hit(stage, view, "r")
        task = await asked(SignedSheet)
        assert task.form.values()["begins"] == (DAY + timedelta(days=11)).isoformat()
        task.form.set_values({"on_paper": "yes"})
        await kept(stage, task)
        await until(lambda: view.left.state.words == "没有要续签的")
        hit(stage, view, "1")
        await until(lambda: view.page is not None and view.page.stand is not None)
        assert view.page.stand.number == made.number
        hit(stage, view, "x")
        task = await asked(TaskSheet)
        type_text(task.form.input("why"), "退住离院")
        await kept(stage, task)
        await until(lambda: page(desk).others and desk.ask(Contracts()).lines[0].contract is not None)


async def test_a_contract_is_put_right_with_a_reason(desk: Desk) -> None:
    signed(desk)
    async with standing_at(desk, "contracts", {"resident": desk.li}) as (stage, view):
        await until(lambda: services(view))
        hit(stage, view, "e")
        task = await asked(SignedSheet)
        task.form.set_values({"doctor_name": "周敏", "reason": "笔误"})
        await kept(stage, task)
        await until(lambda: view.page is not None and view.page.stand.doctor == "周敏")
        assert stand(desk).doctor == "周敏"


async def test_the_lists_are_one_key_away_and_say_when_they_are_empty(desk: Desk) -> None:
    async with standing_at(desk, "contracts") as (stage, view):
        await stage.settle()
        hit(stage, view, "4")
        await until(lambda: view.left.state.words == "履约没有落后")
        hit(stage, view, "5")
        await until(lambda: view.left.state.words == "没有要续签的")
        hit(stage, view, "2")
        await until(lambda: view.left.table.rows_model.rowCount() == 2)
        view.left.search.setFocus()
        type_text(view.left.search, "wsf")
        await until(lambda: view.left.table.rows_model.rowCount() == 1)
        assert [one.name for one in view.left.table.rows_model.rows] == ["王素芬"]


async def test_who_may_not_is_told_who_may(desk: Desk) -> None:
    signed(desk)
    desk.become(Role.CAREGIVER)
    async with standing_at(desk, "contracts", {"resident": desk.li}) as (stage, view):
        await until(lambda: services(view))
        for key in ("n", SPACE, "x"):
            hit(stage, view, key)
            assert "办理签约" in stage.frame.notice.text()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (911, 512)])
async def test_it_fits(desk: Desk, size: tuple[int, int]) -> None:
    signed(desk)
    async with standing_at(desk, "contracts", {"resident": desk.li}, size=size) as (stage, view):
        await until(lambda: services(view))
        await stage.settle()
        assert lint(stage.frame) == []
        for key in ("l", "o", "f"):
            hit(stage, view, key)
            await stage.settle()
            assert lint(stage.frame) == []
        hit(stage, view, SPACE)
        task = await asked(TaskSheet)
        assert lint(task) == []
        press(task, Qt.Key.Key_Escape)
        await back(stage)
