"""Home beds by keys: applied for, evaluated, rounds held and put right, renewed, closed, told who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.home_beds import BedVisit, HomeBeds, VisitHomeBed
from tests.app.referrals.bedded import applied, opened, page, visited
from tests.app.referrals.house import DAY, Desk, at
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.referrals.room import back, hit, press, sheet, standing_at, until
from tests.ui.referrals.task_room import asked, draw, kept, save
from ui.forms.task_sheet import TaskSheet
from ui.kit.proof_sheet import ProofSheet
from ui.kit.why_sheet import WhySheet
from ui.referrals.contract_signed_sheet import SignedSheet
from ui.referrals.round_sign_sheet import RoundSignSheet

ENTER, RIGHT, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Space


async def test_one_is_applied_for_and_opened(desk: Desk) -> None:
    async with standing_at(desk, "home-beds") as (stage, view):
        await until(lambda: view.left.state.words == "没有家庭病床")
        hit(stage, view, "n")
        task: TaskSheet = await asked(SignedSheet)
        task.form.set_values({"who": "李", "indications": ("tubes",), "diagnosis": "留置胃管"})
        task.form.set_values({"applicant": "李建国", "relation": "子", "on_paper": "yes"})
        save(task)
        await until(lambda: "列表里选" in task.form.error("who"))
        task.form.set_values({"who": "李桂兰　2号楼 301-1"})
        await kept(stage, task)
        await until(lambda: view.page is not None and view.page.line.status == "applied")
        hit(stage, view, "v")
        task = await asked(TaskSheet)
        type_text(task.form.input("words"), "符合指征")
        task.form.set_values({"doctor_name": ""})
        save(task)
        await until(lambda: "责任医师" in task.form.error("doctor_name"))
        task.form.set_values({"doctor_name": "陈永康"})
        await kept(stage, task)
        await until(lambda: view.page is not None and view.page.line.status == "open")
        assert stage.frame.notice.text() == "李桂兰的建床评估已保存。"


async def test_a_round_is_held_put_right_and_taken_back(desk: Desk) -> None:
    bed = opened(desk, on=DAY - timedelta(days=10))
    desk.become(Role.DOCTOR)
    async with standing_at(desk, "home-beds", {"view": "late"}) as (stage, view):
        await until(lambda: view.page is not None)
        hit(stage, view, SPACE)
        task = await asked(TaskSheet)
        assert task.form.values()["kind"] == "doctor"
        type_text(task.form.input("done"), "静脉化疗")
        type_text(task.form.input("assessment"), "平稳")
        save(task)
        await until(lambda: "家庭病床不做" in task.form.error("done"))
        assert task.form.values()["assessment"] == "平稳", "what was typed stays"
        task.form.set_values({"done": "换药"})
        await kept(stage, task)
        await until(lambda: view.left.state.words == "查床没有迟的")
        hit(stage, view, "1")
        await until(lambda: view.page is not None and view.page.visits)
        hit(stage, view, RIGHT, "e")
        task = await asked(TaskSheet)
        task.form.set_values({"assessment": "体温 37.8 ℃", "reason": "补充"})
        await kept(stage, task)
        await until(lambda: "37.8" in page(desk, bed.rid).visits[0].said)
        hit(stage, view, Qt.Key.Key_Delete)
        why = await sheet(WhySheet)
        type_text(why.words, "写错老人")
        press(why.words, ENTER)
        await back(stage)
        await until(lambda: not page(desk, bed.rid).visits)


async def test_a_doctor_from_outside_signs_by_hand_afterwards(desk: Desk) -> None:
    bed = opened(desk)
    desk.do(VisitHomeBed(bed.rid, BedVisit("doctor", {"assessment": "平稳"}, "周培德", at(5, 30))))
    async with standing_at(desk, "home-beds", {"home_bed": bed.rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.visits)
        await stage.settle()
        assert view.right.sign.isVisibleTo(view)
        hit(stage, view, "g")
        drawn = await sheet(RoundSignSheet)
        assert "周培德签名" in drawn.title.text()
        drawn.done_with.emit()
        assert drawn._signature.error.text() == "请医师在屏幕上签名。"
        draw(drawn)
        press(drawn, ENTER)
        await until(lambda: not page(desk, bed.rid).visits[0].unsigned)
        await back(stage)
        await until(lambda: not view.right.sign.isVisibleTo(view))
        assert stage.frame.notice.text() == "周培德已签名，李桂兰的查床记录。"
        hit(stage, view, "g")
        assert "没有待医师签名" in stage.frame.notice.text()


async def test_a_doctor_of_ours_signs_by_the_account_and_a_wrong_password_loses_nothing(desk: Desk) -> None:
    bed = opened(desk)
    name, number = PEOPLE[Role.DOCTOR].name, PEOPLE[Role.DOCTOR].number
    desk.do(VisitHomeBed(bed.rid, BedVisit("doctor", {"assessment": "平稳"}, name, at(5, 30))))
    async with standing_at(desk, "home-beds", {"home_bed": bed.rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.visits)
        await stage.settle()
        hit(stage, view, "g")
        proof = await sheet(ProofSheet)
        QTest.keyClicks(proof.number, number)
        QTest.keyClicks(proof.secret, "wrong")
        press(proof.secret, ENTER)
        await until(lambda: proof.wrong)
        proof.secret.clear()
        QTest.keyClicks(proof.secret, PASSWORD)
        press(proof.secret, ENTER)
        await until(lambda: not page(desk, bed.rid).visits[0].unsigned)
        await back(stage)


async def test_a_period_is_renewed_and_the_bed_closed(desk: Desk) -> None:
    bed = opened(desk, until=DAY + timedelta(days=5))
    async with standing_at(desk, "home-beds", {"home_bed": bed.rid}) as (stage, view):
        await until(lambda: view.page is not None)
        hit(stage, view, "r")
        task = await asked(TaskSheet)
        type_text(task.form.input("why"), "仍需胃管维护")
        await kept(stage, task)
        await until(lambda: not page(desk, bed.rid).line.ends_soon)
        hit(stage, view, "x")
        task = await asked(TaskSheet)
        type_text(task.form.input("why"), "病情稳定或好转")
        task.form.set_values({"outcome": "好转", "summary": "胃管已拔，进食可"})
        await kept(stage, task)
        await until(lambda: view.left.state.words == "没有家庭病床")
        hit(stage, view, "5")
        await until(lambda: view.page is not None)
        hit(stage, view, "x")
        await until(lambda: view.left.state.words == "没有撤床的")
        assert desk.ask(HomeBeds()).counts["running"] == 1


async def test_it_opens_the_application_of_a_resident(desk: Desk) -> None:
    async with standing_at(desk, "home-beds", {"apply": desk.wang}) as (stage, _view):
        task = await asked(SignedSheet)
        assert "王素芬" in task.text.text()
        press(task, Qt.Key.Key_Escape)
        await back(stage)


async def test_who_may_not_is_told_who_may(desk: Desk) -> None:
    opened(desk)
    desk.become(Role.CAREGIVER)
    async with standing_at(desk, "home-beds") as (stage, view):
        await until(lambda: view.page is not None)
        await stage.settle()
        hit(stage, view, "n")
        assert "办理签约与家庭病床" in stage.frame.notice.text()
        hit(stage, view, SPACE)
        assert "安排和记录巡诊" in stage.frame.notice.text()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (911, 512)])
async def test_it_fits(desk: Desk, size: tuple[int, int]) -> None:
    bed = opened(desk)
    applied(desk, desk.wang)
    visited(
        desk,
        bed.rid,
        at(5, 30),
        assessment="生命体征平稳，双下肢无水肿，伤口干燥，造口周围皮肤完整",
        done="换药",
    )
    async with standing_at(desk, "home-beds", {"home_bed": bed.rid}, size=size) as (stage, view):
        await until(lambda: view.page is not None)
        await stage.settle()
        assert lint(stage.frame) == []
        hit(stage, view, SPACE)
        task = await asked(TaskSheet)
        assert lint(task) == []
        press(task, Qt.Key.Key_Escape)
        await back(stage)
