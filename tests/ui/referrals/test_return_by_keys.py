"""The way back by keys: with papers, without, into another bed, what is ticked, asked for, finished."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.coming_back import Chase, NoteAssessed, RecordReturn, ReturnForm, ReturnOf, ReturnRow
from app.referrals.rules.states import Status
from app.residents.stays.away import GoToHospital, Return
from app.residents.stays.forms import AwayForm
from app.vitals.service import RecordSet
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.test_returned import SIGNS
from tests.app.referrals.test_returns import lay_in, reconciled
from tests.ui.assessments.room import fits, keys
from tests.ui.referrals.room import Stage, back, hit, press, sheet, until
from tests.ui.residents.stage import on_stage
from ui.forms.act_sheet import ActSheet
from ui.referrals.return_view import ReturnView

NEXT = DAY + timedelta(days=7)
K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def away(desk: Desk) -> Desk:
    """李桂兰 lies in hospital by a referral; it is 13:20 a week later."""
    desk.become(Role.NURSE)
    desk.treated()
    desk.put(13, 20, NEXT)
    return desk


def row(desk: Desk) -> ReturnRow:
    found = desk.ask(ReturnOf(desk.li)).row
    assert found is not None
    return found  # type: ignore[no-any-return]  # the desk of the test answers anything


async def opened(stage: Stage, desk: Desk) -> ReturnView:
    view = stage.view("referral-return", {"resident": desk.li})
    assert isinstance(view, ReturnView)
    await until(lambda: view.whole is not None and not view.page.state.words)
    await stage.settle()
    return view


def field(view: ReturnView, key: str) -> object:
    assert view.card.form is not None
    return view.card.form.values()[key]


def error(view: ReturnView, key: str) -> str:
    assert view.card.form is not None
    return view.card.form.error(key)


async def test_a_return_with_papers_takes_few_keys_beside_typing(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await opened(stage, away)
        assert field(view, "hospital") == "安和市第一人民医院"
        assert field(view, "at") == "2026-12-01 13:20"
        count = [K.Key_1]
        hit(stage, view, *count)
        keys("肺炎")
        press(stage.focus(view), K.Key_Tab)
        keys("ZY20261118")
        ctrl_s(stage, view)
        await until(lambda: view.lists.row is not None)
        await stage.settle()
        assert row(away).form.came_with == "paper"
        assert (row(away).form.diagnoses, row(away).form.record_number) == ("肺炎", "ZY20261118")
        alt(stage, view, K.Key_3)
        hit(stage, view, "a")
        await until(lambda: not row(away).owed or row(away).chase is None)
        await stage.settle()
        pressed = len(count) + 1 + 1 + 1 + 1  # 1, Tab, Ctrl+S, Alt+3, A
        assert pressed <= 12


async def test_a_return_without_papers_takes_two_keys_and_is_chased(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await opened(stage, away)
        hit(stage, view, K.Key_3)
        ctrl_s(stage, view)
        await until(lambda: view.lists.row is not None)
        await stage.settle()
        assert row(away).form.came_with == "none"
        assert view.lists.items.hasFocus()
        assert view.lists.next.text() == "12-02 追要"
        hit(stage, view, "c")
        asked = await sheet(ActSheet)
        assert asked.form.values()["whom"] == "急诊科"
        asked.form.set_values({"answer": ""})
        asked.form.focus_on("answer")
        keys("周三寄出")
        press(asked.focusWidget(), K.Key_Return)
        await until(lambda: row(away).chased)
        await back(stage)
        await until(lambda: view.lists.row is not None and view.lists.row.chased)
        assert "周三寄出" in view.lists.asked[0].text()


async def test_papers_are_ticked_one_after_the_other(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await recorded(stage, away)
        alt(stage, view, K.Key_3)
        await until(view.lists.papers.hasFocus)
        hit(stage, view, K.Key_Space, K.Key_Down, "x", "n")
        await stage.settle()
        states = {one.code: one.state for one in row(away).papers}
        assert states["record"] == "here"
        assert "missing" in states.values()
        assert "not_needed" in states.values()
        assert "12-01" in next(one.right for one in view.lists.papers.lines if one.code == "record")


async def test_the_assessment_is_said_proved_and_finished_by_keys(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await recorded(stage, away)
        assert view.lists.items.here == "vitals"
        hit(stage, view, K.Key_Return)
        await until(lambda: stage.place == "chart")
        away.do(RecordSet(away.li, at(13, 20, NEXT), SIGNS))
        view = await opened(stage, away)
        await until(lambda: "1/4" in view.lists.items.lines[0].title)
        view.lists.items.pick("tubes")
        alt(stage, view, K.Key_2)
        hit(stage, view, K.Key_1)
        await until(lambda: next(one.words for one in row(away).items if one.code == "tubes") == "没有管路")
        view.lists.items.pick("skin")
        hit(stage, view, K.Key_Space)
        said = await sheet(ActSheet)
        keys("骶尾部发红")
        press(said.focusWidget(), K.Key_Return)
        await until(lambda: next(one.words for one in row(away).items if one.code == "skin") == "骶尾部发红")
        await back(stage)
        view.lists.items.pick("skin")
        await until(lambda: (found := view.lists.item()) is not None and found.said)
        await until(view.lists.items.hasFocus)
        hit(stage, view, K.Key_Delete)
        await until(lambda: not next(one.done for one in row(away).items if one.code == "skin"))
        for code in ("consciousness", "skin", "swallow", "pain", "orders", "reconcile"):
            view.lists.items.pick(code)
            hit(stage, view, K.Key_1)
        await stage.settle()
        assert {one.code for one in row(away).waiting} == {"pressure", "falls"}
        assert not view.lists.finish.isEnabled()


async def test_the_last_part_done_the_referral_goes_on(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await recorded(stage, away)
        now = row(away)
        for one in now.items:
            if one.code != "reconcile":
                away.do(NoteAssessed(now.rid, one.code, "看过"))
        reconciled(away, lay_in(away))
        view.refresh()
        await until(view.lists.finish.isEnabled)
        held(stage, view, K.Key_Return, CTRL)
        await until(lambda: row(away).assessed_at is not None)
        await stage.settle()
        assert away.ask(ReturnOf(away.li)).sent.status == Status.ASSESSED
        assert view.page.reconcile.text() == ""


async def test_what_is_typed_survives_a_refusal_and_another_place(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await opened(stage, away)
        hit(stage, view, K.Key_1)
        keys("肺炎")
        assert view.card.form is not None
        view.card.form.set_values({"at": "2026-11-20 10:00"})
        ctrl_s(stage, view)
        await until(lambda: error(view, "at"))
        assert field(view, "diagnoses") == "肺炎"
        view.card.form.set_values({"at": "2026-12-01 13:00"})
        view.draft.touch()
        hit(stage, view, K.Key_Escape)
        await until(lambda: stage.place == "returns")
        view = await opened(stage, away)
        assert field(view, "diagnoses") == "肺炎"


async def test_who_lost_the_bed_is_given_one(desk: Desk) -> None:
    desk.become(Role.NURSE)
    desk.do(GoToHospital(desk.li, AwayForm(whither="区中医院", why="骨折", bed_kept=False)))
    desk.put(10, 0, NEXT)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hit(stage, view, K.Key_3)
        assert view.card.form is not None
        view.card.form.set_values({"bed": "2号楼 301-2"})
        ctrl_s(stage, view)
        await until(lambda: error(view, "bed"))
        view.card.form.set_values({"bed": "2号楼 301-3"})
        ctrl_s(stage, view)
        await until(lambda: view.lists.row is not None)
        assert "2号楼 301-3" in stage.frame.notice.text()


async def test_a_plain_return_stands_in_the_list_and_is_completed_from_it(away: Desk) -> None:
    away.do(Return(away.li))
    async with on_stage(away.station) as stage:
        listed = stage.view("returns")
        await until(lambda: listed.table.rows_model.rows)
        await stage.settle()
        assert "1 位返院未登记" in listed.count.text()
        hit(stage, listed, K.Key_Return)
        await until(lambda: stage.place == "referral-return")
        view = stage.frame.pages.view
        assert isinstance(view, ReturnView)
        await until(lambda: view.whole is not None and view.whole.stage == "back")
        await stage.settle()
        hit(stage, view, K.Key_2)
        ctrl_s(stage, view)
        await until(lambda: view.lists.row is not None)
        assert row(away).form.came_with == "told"


async def test_what_was_empty_is_added_and_a_photo_kept(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        view = await recorded(stage, away)
        alt(stage, view, K.Key_1)
        keys("肺炎")
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        assert view.card.form is not None
        view.card.form.input("photos").add_image(image)  # type: ignore[attr-defined]  # the input of photos
        ctrl_s(stage, view)
        await until(lambda: row(away).files)
        await stage.settle()
        assert row(away).form.diagnoses == "肺炎"
        assert not view.card.form.asks("reason")
        view.card.form.set_values({"diagnoses": "肺炎 J18.9"})
        view.card._changed()
        assert view.card.form.asks("reason")
        ctrl_s(stage, view)
        await until(lambda: error(view, "reason"))


async def test_nobody_to_record_says_why(desk: Desk) -> None:
    desk.become(Role.NURSE)
    async with on_stage(desk.station) as stage:
        view = stage.view("referral-return", {"resident": desk.li})
        await until(lambda: view.page.state.words not in ("", "正在读取…"))
        assert "没有待登记的返院" in view.page.state.words


async def recorded(stage: Stage, desk: Desk) -> ReturnView:
    """Recorded without papers."""
    view = await opened(stage, desk)
    hit(stage, view, K.Key_3)
    ctrl_s(stage, view)
    await until(lambda: view.lists.row is not None)
    await stage.settle()
    return view


def held(stage: Stage, view: ReturnView, key: Qt.Key, with_: Qt.KeyboardModifier) -> None:
    QTest.keyClick(stage.focus(view), key, with_)


def ctrl_s(stage: Stage, view: ReturnView) -> None:
    held(stage, view, K.Key_S, CTRL)


def alt(stage: Stage, view: ReturnView, key: Qt.Key) -> None:
    held(stage, view, key, Qt.KeyboardModifier.AltModifier)


async def test_who_lies_in_hospital_is_recorded_from_the_list(away: Desk) -> None:
    async with on_stage(away.station) as stage:
        listed = stage.view("returns")
        await until(lambda: listed.state.words)
        hit(stage, listed, K.Key_2)
        await until(lambda: listed.table.rows_model.rows)
        assert listed.table.rows_model.rows[0].resident == away.li
        hit(stage, listed, K.Key_Return)
        await until(lambda: stage.place == "referral-return")
        await stage.settle()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (900, 500)])
async def test_nothing_is_squeezed(away: Desk, size: tuple[int, int]) -> None:
    long = "社区获得性肺炎（右下肺）J18.9；心房颤动 I48；2 型糖尿病伴周围神经病变 E11；高血压 3 级极高危"
    away.do(
        RecordReturn(
            away.li, ReturnForm("paper", diagnoses=long, hospital="安和市第一人民医院滨江院区老年医学科")
        )
    )
    away.do(Chase(row(away).rid, "phone", "老年医学科 欧阳淑华", long[:90]))
    async with on_stage(away.station, size) as stage:
        view = await opened(stage, away)
        await fits(view)
        listed = stage.view("returns")
        await until(lambda: listed.table.rows_model.rows)
        await fits(listed)
