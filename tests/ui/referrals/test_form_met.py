"""The form of a referral where somebody else wrote, too, or where it has gone: nothing unseen is sent, nothing lost."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.referrals.queries.list import ReferralList
from tests.app.referrals.house import Desk
from tests.ui.assessments.room import keys
from tests.ui.referrals.form_room import CTRL, hold, ill, opened
from tests.ui.referrals.room import Stage, hit, until
from tests.ui.residents.stage import on_stage
from ui.referrals.form_view import FormView

K = Qt.Key


def write(stage: Stage, view: FormView, field: str, words: str) -> None:
    """Other words in a text, by keys."""
    view.row_of(field).text.setFocus()
    hold(stage, view, K.Key_A, CTRL)
    keys(words)


async def test_what_is_not_on_the_screen_is_not_sent(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        write(stage, view, "course", "还没写完")
        await until(lambda: "已存草稿" in view.pieces.kept.text())
        stage.view("residents")
        await stage.settle()
        stage.view("referral", {})
        await until(lambda: "没有选中老人" in view.state.words)
        await stage.settle()
        hit(stage, view, K.Key_F10)
        hold(stage, view, K.Key_S, CTRL)
        await stage.settle()
        assert stage.place == "referral"
        assert not desk.ask(ReferralList()).rows
        view = await opened(stage, desk)
        assert view.said.texts["course"] == "还没写完"
