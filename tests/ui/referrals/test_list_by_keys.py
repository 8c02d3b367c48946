"""The list of referrals by keys: groups, the next step, search and filters, what it says when it is empty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.moving import Arrive, Depart, SubmitReferral
from app.referrals.queries.list import AFTER, OUTSIDE
from app.referrals.queries.one import ReferralById
from app.referrals.rules.states import Status
from app.residents.stays import Return
from tests.app.referrals.house import DAY, Desk
from tests.ui.assessments.room import keys
from tests.ui.referrals.room import back, hit, sheet, shown, standing_at, until
from ui.forms.act_sheet import ActSheet
from ui.printing.preview_view import PreviewView
from ui.referrals.follow_view import FollowView
from ui.referrals.list_view import ListView
from ui.referrals.list_whose_sheet import WhoseSheet


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


def names(view: ListView) -> list[str]:
    return [row.name for row in view.table.rows_model.rows]


async def test_groups_by_digits_and_the_next_step_by_space(desk: Desk) -> None:
    away = desk.away()
    waiting = desk.begun(desk.wang)
    async with standing_at(desk, "referrals") as (stage, view):
        assert names(view) == ["王素芬"]
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: desk.ask(ReferralById(waiting.rid)).status is Status.SUBMITTED)
        hit(stage, view, "2")
        await until(lambda: names(view) == ["李桂兰"])
        hit(stage, view, Qt.Key.Key_Space)
        opened = await sheet(ActSheet)
        QTest.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await back(stage)
        assert desk.ask(ReferralById(away.rid)).status is Status.ARRIVED
        hit(stage, view, "4")
        await until(lambda: len(names(view)) == 2)
        hit(stage, view, Qt.Key.Key_Down, Qt.Key.Key_Return)
        hit(stage, await shown(stage, FollowView), Qt.Key.Key_Escape)
        await until(lambda: stage.place == "referrals")


async def test_an_act_at_once_is_taken_back_from_its_notice(desk: Desk) -> None:
    seen = desk.begun()
    async with standing_at(desk, "referrals") as (stage, view):
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: desk.ask(ReferralById(seen.rid)).status is Status.SUBMITTED)
        await until(lambda: "已提交" in stage.frame.notice.text())
        stage.frame.notice._take_back()  # as a click on 撤销
        await until(lambda: desk.ask(ReferralById(seen.rid)).status is Status.DRAFT)
        assert len(desk.ask(ReferralById(seen.rid)).moves) == 1  # struck, and kept


async def test_who_came_back_without_a_word_waits_for_the_return(desk: Desk) -> None:
    seen = desk.do(Arrive(desk.do(Depart(desk.do(SubmitReferral(desk.begun()))))))
    desk.put(9)
    desk.do(Return(desk.li))
    async with standing_at(desk, "referrals", {"view": AFTER}) as (stage, view):
        row = view.table.current()
        assert row is not None
        assert row.rid == seen.rid
        assert "回转登记" in row.waits[0].words(desk.station.clock.now())
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: stage.place == "referral-return")


async def test_search_filters_and_the_empty_list(desk: Desk) -> None:
    desk.begun(cause="stroke")
    desk.begun(desk.wang, partner=desk.partners["other"])
    async with standing_at(desk, "referrals") as (stage, view):
        QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        hit(stage, view, "wsf")
        await until(lambda: names(view) == ["王素芬"])
        view.search.clear()
        view.filters.cause.choose("stroke")
        await until(lambda: names(view) == ["李桂兰"])
        view.filters.partner.choose(str(desk.partners["other"]))
        await until(lambda: view.state.words == "没有符合条件的转诊")
        view._clear()  # as a click on 清空条件
        await until(lambda: len(names(view)) == 2)
        view.filters.month.choose((DAY.replace(day=1) - timedelta(days=1)).replace(day=1).isoformat())
        await until(lambda: "符合条件" in view.state.words)
        view.filters.clear()
        view.opened({"view": OUTSIDE})
        await until(lambda: view.state.words == "没有人在外就诊")
        assert names(view) == []


async def test_two_stations_went_on_with_it(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    _sibling(desk, seen.rid)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        assert any("两个工作站" in one.text() for one in view.pieces.waiting())
        hit(stage, view, "c")
        opened = await sheet(ActSheet)
        QTest.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await back(stage)
        row = desk.ask(ReferralById(seen.rid))
        assert row.status is Status.ACCEPTED
        assert not row.line.divided


def _sibling(desk: Desk, rid: object) -> None:
    """Another station wrote the same next revision, and it came over the platform."""
    from sqlalchemy import inspect, select

    from app.core.unit import Unit
    from db.models import Referral
    from tests.support.acts import Act

    def write(unit: Unit) -> None:
        row = unit.session.scalar(select(Referral).where(Referral.rid == rid, Referral.current))
        assert row is not None
        kept = {one.key: getattr(row, one.key) for one in inspect(Referral).column_attrs}
        unit.session.add(Referral(**{**kept, "station": "77", "status": "declined"}))

    desk.do(Act(write))


async def test_n_asks_whose_and_leads_to_the_form(desk: Desk) -> None:
    async with standing_at(desk, "referrals") as (stage, view):
        hit(stage, view, "n")
        asked = await sheet(WhoseSheet)
        keys("wsf")
        QTest.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
        await until(lambda: stage.place == "referral")
        form = stage.frame.pages.view
        await until(lambda: form.filled is not None)
        assert form.filled.resident.name == "王素芬"
        await back(stage)
        hit(stage, form, Qt.Key.Key_Escape)
        await until(lambda: stage.place == "referrals")


async def test_p_and_e_lead_to_the_pack_and_the_form(desk: Desk) -> None:
    begun = desk.begun()
    async with standing_at(desk, "referral-follow", {"referral": begun.rid}) as (stage, view):
        hit(stage, view, "e")
        await until(lambda: stage.place == "referral")
        form = stage.frame.pages.view
        await until(lambda: form.row is not None)
        assert form.row.line.rid == begun.rid
        hit(stage, form, Qt.Key.Key_Escape)
        followed = await shown(stage, FollowView)
        hit(stage, followed, "p")
        paper = await shown(stage, PreviewView)
        await until(lambda: paper.drawn is not None and not paper.state.words)
        hit(stage, paper, Qt.Key.Key_Escape)
        await shown(stage, FollowView)
