"""The list and one referral stand as they should: in small windows and large texts, with the longest words."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.referrals.around import (
    HandOver,
    KeepHandOver,
    KeepScript,
    Script,
    StartGreenChannel,
    TellFamily,
    Told,
)
from app.referrals.moving import Depart, StrikeMove, SubmitReferral
from app.referrals.revising import Seen
from tests.app.referrals.house import Desk, at
from tests.support.layout import lint
from tests.ui.referrals.room import Stage, hit, sheet, standing_at
from ui.forms.act_sheet import ActSheet
from ui.referrals.follow_signed_sheet import SignedSheet
from ui.style import look

LONG = "安和市经济技术开发区新城社区卫生服务中心附属康复医院老年医学科"
TEXT = "咳嗽、咳痰、发热 2 天，13:10 起嗜睡，呼之能应，血氧 88 %，吸氧 3 L/min 30 分钟无改善；" * 6


def _full(desk: Desk) -> Seen:
    """Everything said, as long as it may be."""
    desk.become(Role.NURSE)
    seen = desk.begun(
        partner=None,
        partner_words=LONG,
        department="急诊科重症监护病房",
        history=TEXT,
        past=TEXT,
        course=TEXT,
        criteria=tuple({"words": "NEWS2 评分 7 分及以上", "value": "16 分", "red": True} for _ in range(5)),
        sbar=dict.fromkeys("ISBAR", TEXT),
        belongings=("病历", "医保卡", "助听器", "老花镜"),
        escort={"persons": "欧阳淑华（女儿）、护理员王静", "transport": "120 救护车"},
    )
    seen = desk.do(StartGreenChannel(seen))
    seen = desk.do(
        TellFamily(seen, Told("欧阳淑华", "no_answer", "女儿", "138 0013 5520", "没有接，已发短信"))
    )
    seen = desk.do(StrikeMove(desk.do(SubmitReferral(seen)), "点错了，科室没有选对，重新提交" * 4))
    seen = desk.do(SubmitReferral(seen))
    seen = desk.do(KeepScript(seen, Script(LONG, LONG, symptoms=TEXT[:300], done=TEXT[:200]), at(6)))
    seen = desk.do(KeepHandOver(seen, HandOver("闽D 120A6", "周医生、吴护士", TEXT[:300]), at(6), at(6)))
    left: Seen = desk.do(Depart(seen))
    desk.put(12)
    return left


async def _fits(stage: Stage) -> None:
    """A page in a scroller is measured in several turns of the loop."""
    for _turn in range(20):
        if not lint(stage.frame):
            break
        await asyncio.sleep(0.01)
    assert lint(stage.frame) == []


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1000, 620)])
async def test_list_and_course_fit(
    desk: Desk, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    seen = _full(desk)
    look.apply(qapp, scale=scale)
    async with standing_at(desk, "referrals", {"view": "all"}, size=size) as (stage, _view):
        await _fits(stage)
        view = stage.view("referral-follow", {"referral": seen.rid})
        await stage.settle()
        await _fits(stage)
        view.pieces.scroll.verticalScrollBar().setValue(10_000)
        await _fits(stage)


@pytest.mark.parametrize("key", ["r", "m", "x", "f", "v", "o", "y"])
async def test_sheets_fit(desk: Desk, key: str) -> None:
    seen = _full(desk)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}, size=(1366, 768)) as (
        stage,
        view,
    ):
        hit(stage, view, key)
        opened = await sheet(SignedSheet if key == "y" else ActSheet)
        await asyncio.sleep(0.05)
        assert lint(opened) == []
        opened.reject()
