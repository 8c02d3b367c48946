"""One referral as people look at it: from its top, captions in one column, no key told that is not there."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.roles import Role
from app.referrals.moving import SubmitReferral, Withdraw
from tests.app.referrals.house import Desk
from tests.ui.referrals.room import hit, sheet, standing_at, until
from ui.kit import Words
from ui.referrals.follow_call_sheet import CallSheet
from ui.referrals.follow_signed_sheet import SignedSheet
from ui.referrals.list_view import ListView


def columns(card: QWidget) -> set[int]:
    """Where the words of the groups begin, beside their captions."""
    found = set()
    for grid in card.findChildren(QGridLayout):
        item = grid.itemAtPosition(0, 1)
        if item is not None and (said := item.widget()) is not None and said.isVisible():
            found.add(said.mapTo(card, QPoint(0, 0)).x())
    return found


async def test_another_one_is_shown_from_its_top(desk: Desk) -> None:
    first, second = desk.begun(), desk.begun(desk.wang)
    async with standing_at(desk, "referral-follow", {"referral": first.rid}, size=(1366, 768)) as (
        stage,
        view,
    ):
        bar = view.pieces.scroll.verticalScrollBar()
        await until(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        stage.view("referral-follow", {"referral": second.rid})
        await stage.settle()
        assert bar.value() == 0


async def test_captions_stand_in_one_column(desk: Desk) -> None:
    seen = desk.begun(sbar=dict.fromkeys("ISBAR", "说明"), belongings=("病历",))
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        await stage.settle()
        assert len(columns(view.pieces.cards.content)) == 1


async def test_one_that_is_over_tells_no_key_it_refuses(desk: Desk) -> None:
    desk.become(Role.NURSE)
    seen = desk.do(Withdraw(desk.do(SubmitReferral(desk.begun(urgency="emergency"))), "家属已自行送医"))
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        await stage.settle()
        said = " ".join(one.text() for one in view.findChildren(Words) if one.isVisible())
        for words in ("按 F", "按 O", "按 Y", "空格 下一步"):
            assert words not in said


async def test_the_address_for_120_is_seen_whole(desk: Desk) -> None:
    seen = desk.begun()
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        hit(stage, view, "o")
        asked = await sheet(CallSheet)
        for name in ("address", "meeting"):
            field = asked.form.input(name)
            assert field.width() > asked.form.width() - 10
        conscious, breathing = (asked.form.input(name) for name in ("conscious", "breathing"))
        tops = {one.mapTo(asked, QPoint(0, 0)).y() for one in (conscious, breathing)}
        assert len(tops) == 1, "asked together, answered beside each other"
        asked.reject()


async def test_one_signs_below_what_is_signed(desk: Desk) -> None:
    seen = desk.begun()
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        hit(stage, view, "y")
        asked = await sheet(SignedSheet)
        await stage.settle()
        form = asked.form.mapTo(asked, QPoint(0, asked.form.height())).y()
        assert asked.pad.mapTo(asked, QPoint(0, 0)).y() >= form
        asked.reject()


async def test_the_list_gives_its_room_to_the_hospital(desk: Desk) -> None:
    desk.begun()
    async with standing_at(desk, "referrals", {"view": "all"}, size=(1920, 1080)) as (_stage, view):
        assert isinstance(view, ListView)
        table = view.table
        titles = [one.title for one in table.rows_model.columns]
        assert table.columnWidth(titles.index("接收医院")) > 380
