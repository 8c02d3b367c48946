"""Two people with one referral: nothing of the other's hand-over or script is lost, and what they did is named."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.referrals.around import HandOver, KeepHandOver, KeepScript, Resuscitation, Script
from app.referrals.moving import SubmitReferral
from tests.app.referrals.house import Desk, at
from tests.ui.referrals.room import back, hit, sheet, until
from tests.ui.referrals.test_follow_by_keys import SAVE, following, one, save
from ui.referrals.follow_call_sheet import CallSheet, HandOverSheet

THEIRS = HandOver(
    plate="闽D 1", crew="张医生", vitals="BP 90/60",
    cpr=Resuscitation(begun=at(6, 10), aed="used", shocks=2),
)  # fmt: skip


async def test_the_hand_over_of_two_nurses_keeps_what_both_wrote(desk: Desk) -> None:
    desk.put(6)
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.put(6, 20)
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "v")
        opened = await sheet(HandOverSheet)
        desk.do(KeepHandOver(one(desk, seen).seen, THEIRS, None, None))
        await until(lambda: one(desk, seen).hand_over is not None)
        await stage.settle()
        opened.form.set_values({"said": "家属在路上"})
        QTest.keyClick(opened, *SAVE)
        await until(lambda: "刚被" in opened.notice.text())
        assert "已提交" not in opened.notice.text()
        assert "闽D 1" in opened.notice.text()
        assert opened.form.asks("begun")
        QTest.keyClick(opened, *SAVE)
        await back(stage)
    kept = one(desk, seen).hand_over
    assert kept is not None
    assert (kept.plate, kept.crew, kept.vitals, kept.cpr) == (
        THEIRS.plate, THEIRS.crew, THEIRS.vitals, THEIRS.cpr,
    )  # fmt: skip
    assert kept.said == "家属在路上"


async def test_what_both_wrote_for_120_is_chosen_and_the_rest_taken(desk: Desk) -> None:
    desk.put(6)
    seen = desk.do(SubmitReferral(desk.begun()))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "o")
        opened = await sheet(CallSheet)
        desk.do(KeepScript(one(desk, seen).seen, Script(address="北门", symptoms="胸痛", meeting="保安小陈")))
        await stage.settle()
        opened.form.set_values({"address": "南门"})
        QTest.keyClick(opened, *SAVE)
        await until(lambda: opened.both.undecided)
        assert "address" in opened.both.undecided
        assert "保安小陈" in opened.aloud.text()
        assert opened.form.values()["address"] == "南门"


async def test_no_answer_about_a_resuscitation_stays_blank_and_no_stays_no(desk: Desk) -> None:
    desk.put(6)
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.put(6, 20)
    async with following(desk, seen) as (stage, view):
        for answer, shown in (("", ""), ("no", "no")):
            hit(stage, view, "v")
            await save(stage, HandOverSheet, plate="闽D 120A6", cpr=answer)
            await stage.settle()
            hit(stage, view, "v")
            again = await sheet(HandOverSheet)
            assert again.form.values()["cpr"] == shown
            QTest.keyClick(again, Qt.Key.Key_Escape)
            await back(stage)
