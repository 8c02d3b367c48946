"""Partners by keys: added with departments and agreements, renewed, ended, taken back; the station's own papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.core.roles import Role
from app.referrals.partners import AddPartner, ChangePartner, Expiring, Licences, PartnerForm, Partners
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.partnered import CITY, LONG, PHOTO, agreed, city, licensed, page
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.ui.referrals.room import back, hit, press, sheet, standing_at, until
from tests.ui.referrals.task_room import asked, kept, save
from ui.forms.task_sheet import TaskSheet
from ui.kit.file_sheet import FileSheet
from ui.kit.sheet import Sheet
from ui.kit.why_sheet import WhySheet
from ui.referrals.partner_view import PartnersView

ENTER, DOWN, LEFT, RIGHT = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right


def names(view: PartnersView) -> list[str]:
    return [line.partner.name for line in view.left.table.rows_model.rows if line.partner is not None]


def agreements(view: PartnersView) -> list[tuple[str, str]]:
    rows = [line.agreement for line in view.right.table.rows_model.rows]
    return [(row.words, row.stands.words) for row in rows if row is not None]


@pytest.fixture(autouse=True)
def _doctor(desk: Desk) -> None:
    desk.become(Role.DOCTOR)


async def test_a_partner_comes_with_a_department_and_an_agreement(desk: Desk) -> None:
    async with standing_at(desk, "partners") as (stage, view):
        await until(lambda: view.page is not None)
        hit(stage, view, "n")
        task = await asked(TaskSheet, "保存")
        type_text(task.form.input("name"), "安和区中医院")
        QTest.keyClick(task, ENTER, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: "已经有" in task.form.error("name"))
        assert task.form.values()["name"] == "安和区中医院", "what was typed stays"
        task.form.set_values(
            {"name": "安和市胸科医院", "km": "9.5", "minutes": "21", "phone": "0592-5550177"}
        )
        await kept(stage, task)
        await until(lambda: view.page is not None and view.page.form.name == "安和市胸科医院")
        assert stage.frame.notice.text() == "协作机构已保存，可以继续添加科室和协议。"
        hit(stage, view, "d")
        assert "还没有科室" in view.right.state.words
        hit(stage, view, "n")
        task = await asked(TaskSheet, "保存")
        assert task.task.title == "添加科室"
        press(task, Qt.Key.Key_Escape)
        await back(stage)


async def test_departments_are_added_and_changed_by_keys(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, "d")
        assert view.inside
        hit(stage, view, "n")
        task = await asked(TaskSheet, "保存")
        type_text(task.form.input("words"), "骨科")
        task.form.set_values({"day_and_night": "yes"})
        save(task)
        await until(lambda: "电话" in task.form.error("phone"))
        type_text(task.form.input("phone"), "0592-5550199")
        await kept(stage, task)
        await until(
            lambda: len(page(desk, rid).departments) == 4 and view.right.table.rows_model.rowCount() == 4
        )
        hit(stage, view, DOWN, DOWN, DOWN, "x")
        sure = await sheet(Sheet)
        assert sure.main is not None
        press(sure.main, Qt.Key.Key_Space)
        await back(stage)
        await until(
            lambda: [one.words for one in page(desk, rid).departments] == ["急诊科", "神经内科", "老年医学科"]
        )


async def test_an_agreement_is_renewed_and_no_longer_reminds(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        assert agreements(view) == [
            ("巡诊协议", "已过期"),
            ("医养合作协议", "即将到期"),
            ("绿色通道协议", "有效"),
        ]
        hit(stage, view, RIGHT, DOWN, "r")
        task = await asked(TaskSheet, "续签")
        assert task.form.values()["begins"] == (DAY + timedelta(days=21)).isoformat()
        await kept(stage, task)
        await until(lambda: ("医养合作协议", "已续签") in agreements(view))
        assert ("医养合作协议", "未生效") in agreements(view)
        assert [one.title for one in desk.ask(Expiring())] == ["巡诊协议"]
        assert view.right.table.hasFocus(), "the cursor is where it was"


async def test_an_agreement_is_ended_resumed_and_taken_back(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, RIGHT, "x")
        task = await asked(TaskSheet, "终止")
        save(task)
        await until(lambda: "原因" in task.form.error("why"))
        type_text(task.form.input("why"), "协商终止")
        await kept(stage, task)
        await until(lambda: ("巡诊协议", "已终止") in agreements(view))
        hit(stage, view, "x")
        await until(lambda: ("巡诊协议", "已过期") in agreements(view))
        hit(stage, view, Qt.Key.Key_Delete)
        why = await sheet(WhySheet)
        type_text(why.words, "重复登记")
        press(why.words, ENTER)
        await back(stage)
        await until(lambda: len(agreements(view)) == 2)
        assert [one.words for one in page(desk, rid).agreements] == ["医养合作协议", "绿色通道协议"]


async def test_a_correction_asks_for_its_reason(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, RIGHT, ENTER)
        task = await asked(TaskSheet, "保存更正")
        task.form.set_values({"ends": (DAY + timedelta(days=300)).isoformat()})
        save(task)
        await until(lambda: "更正原因" in task.form.error("reason"))
        task.form.set_values({"reason": "笔误"})
        await kept(stage, task)
        await until(lambda: ("巡诊协议", "有效") in agreements(view))
        assert page(desk, rid).agreements[0].stands.due, "only the other one is left to be seen to"


async def test_the_papers_of_the_station_have_a_tab(desk: Desk) -> None:
    rid = licensed(desk)
    async with standing_at(desk, "partners", {"licence": rid}) as (stage, view):
        await until(lambda: view.licence is not None and view.licence.seen.rid == rid)
        assert view.paper.days.text() == "还有 100 天到期"
        assert stage.place == "partners"
        hit(stage, view, "r")
        task = await asked(TaskSheet, "延续")
        save(task)
        task.form.set_values({"expires": "2032-03-01"})
        await kept(stage, task)
        await until(lambda: len(desk.ask(Licences())) == 4)
        hit(stage, view, "p")
        await stage.settle()
        assert "没有扫描件" in stage.frame.notice.text()
        hit(stage, view, "1")
        await until(lambda: view.page is not None)


async def test_working_with_a_partner_ends_and_begins_again(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, "x")
        task = await asked(TaskSheet, "停止合作")
        assert "2 份有效协议一同终止" in task.text.text()
        type_text(task.form.input("why"), "对方停业")
        await kept(stage, task)
        await until(lambda: view.page is not None and view.page.ended_on == DAY)
        assert names(view)[-1] == "安和市中心医院"
        hit(stage, view, "x")
        await until(lambda: view.page is not None and view.page.ended_on is None)


async def test_one_is_found_by_initials_and_nothing_found_says_so(desk: Desk) -> None:
    city(desk)
    async with standing_at(desk, "partners") as (stage, view):
        await until(lambda: len(names(view)) == 4)
        view.left.search.setFocus()
        type_text(view.left.search, "zxyy")
        await until(lambda: names(view) == ["安和市中心医院"])
        type_text(view.left.search, "zzz")
        await until(lambda: view.left.state.words == "没有找到")
        await stage.settle()
        assert view.page is None


async def test_who_may_not_keep_partners_is_told_who_may(desk: Desk) -> None:
    city(desk)
    desk.become(Role.NURSE)
    async with standing_at(desk, "partners") as (stage, view):
        await until(lambda: view.page is not None)
        await stage.settle()
        for key in ("n", "x", "r"):
            hit(stage, view, key)
            assert "维护协作机构与协议" in stage.frame.notice.text()


async def test_a_scan_is_shown(desk: Desk) -> None:
    rid = desk.do(AddPartner(PartnerForm("扫描医院")))
    agreed(desk, rid, "green", DAY, DAY + timedelta(days=300), paper=PHOTO)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, RIGHT, "p")
        shown = await sheet(FileSheet)
        await until(lambda: shown.stack.pages and shown.stack.pages[0].image is not None)
        press(shown, Qt.Key.Key_Escape)
        await back(stage)


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (911, 512)])
async def test_it_fits(desk: Desk, size: tuple[int, int]) -> None:
    rid, _paper = city(desk), licensed(desk)
    desk.do(AddPartner(LONG))
    async with standing_at(desk, "partners", {"partner": rid}, size=size) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        await stage.settle()
        assert lint(stage.frame) == []
        for key in ("d", "v", "a"):
            hit(stage, view, key)
            await stage.settle()
            assert lint(stage.frame) == []
        hit(stage, view, "n")
        task = await sheet(TaskSheet)
        await stage.settle()
        assert lint(task) == []
        press(task, Qt.Key.Key_Escape)
        await back(stage)
        hit(stage, view, "2")
        await until(lambda: view.licence is not None)
        await stage.settle()
        assert lint(stage.frame) == []
    assert desk.ask(Partners())[0].name
    assert CITY.km


async def test_what_somebody_changed_meanwhile_is_named_and_then_it_can_be_saved(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        await stage.settle()
        hit(stage, view, "e")
        task = await asked(TaskSheet)
        type_text(task.form.input("note"), "夜间急诊走北门")
        before = page(desk, rid)
        desk.become(Role.HEAD_NURSE)
        desk.do(ChangePartner(before.seen, replace(before.form, phone="0592-5551111")))
        desk.become(Role.DOCTOR)
        save(task)
        await until(lambda: "刚被" in task.notice.text())
        assert "0592-5551111" in task.notice.text()
        assert "夜间急诊走北门" in str(task.form.values()["note"])
        assert task.form.values()["phone"] == "0592-5551111", (
            "only they changed it: it reads as they wrote it"
        )
        assert not task.both.isVisibleTo(task)
        await kept(stage, task)
        await until(lambda: "夜间急诊走北门" in page(desk, rid).form.note)
        assert page(desk, rid).form.phone == "0592-5551111"


async def test_what_both_changed_is_shown_with_both_values_and_asked(desk: Desk) -> None:
    rid = city(desk)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        await stage.settle()
        hit(stage, view, "e")
        task = await asked(TaskSheet)
        task.form.input("phone").selectAll()  # type: ignore[attr-defined]  # a line
        type_text(task.form.input("phone"), "0592-5552222")
        type_text(task.form.input("note"), "夜间急诊走北门")
        before = page(desk, rid)
        desk.become(Role.HEAD_NURSE)
        desk.do(ChangePartner(before.seen, replace(before.form, phone="0592-5551111", address="湖滨路 1 号")))
        desk.become(Role.DOCTOR)
        save(task)
        await until(lambda: task.both.undecided == ("phone",))
        assert "湖滨路 1 号" in str(task.form.values()["address"])
        words = [one.text() for one in task.both.findChildren(QPushButton)]
        assert words == ["您填的：0592-5552222", "对方的：0592-5551111"]
        save(task)
        await until(lambda: "两人都改过，先在上面选用哪一个" in task.notice.text())
        assert page(desk, rid).form.note == before.form.note
        chosen = task.focusWidget()
        assert chosen is not None
        assert chosen.isVisible()
        QTest.keyClick(chosen, Qt.Key.Key_Right)
        QTest.keyClick(task.focusWidget() or chosen, Qt.Key.Key_Space)
        await until(lambda: task.form.values()["phone"] == "0592-5551111")
        await kept(stage, task)
        await until(lambda: "夜间急诊走北门" in page(desk, rid).form.note)
        now = page(desk, rid).form
        assert (now.phone, now.address) == ("0592-5551111", "湖滨路 1 号")
