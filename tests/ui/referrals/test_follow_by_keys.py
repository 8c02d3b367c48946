"""One referral on its own screen by keys: the whole way, every side exit, what is refused in words, who is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.around import Consent, Resuscitation, StateReferralConsent
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.moving import AskApproval, DeclineReferral, Depart, NoShow, SubmitReferral
from app.referrals.moving.move import move, row_to_move
from app.referrals.queries.one import ReferralById, ReferralRow
from app.referrals.revising import Seen
from app.referrals.rules.states import Status
from tests.app.referrals.house import Desk, at
from tests.support.acts import Act
from tests.ui.referrals.room import Stage, back, hit, sheet, standing_at, until
from ui.forms.act_sheet import ActSheet
from ui.kit import Sheet
from ui.referrals.follow_call_sheet import CallSheet, HandOverSheet
from ui.referrals.follow_signed_sheet import SignedSheet
from ui.referrals.follow_view import FollowView
from ui.residents.stay_sheet import StaySheet

SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


@asynccontextmanager
async def following(
    desk: Desk, seen: Seen, who: Role = Role.NURSE
) -> AsyncIterator[tuple[Stage, FollowView]]:
    desk.become(who)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        assert isinstance(view, FollowView)
        yield stage, view


def one(desk: Desk, seen: Seen) -> ReferralRow:
    row: ReferralRow = desk.ask(ReferralById(seen.rid))
    return row


def status(desk: Desk, seen: Seen) -> Status:
    return one(desk, seen).status


async def save(stage: Stage, kind: type[ActSheet] = ActSheet, /, **values: Any) -> None:
    """Type into the sheet that has opened, save it by Ctrl+Enter, and wait until it is done."""
    opened = await sheet(kind)
    opened.form.set_values(values)
    QTest.keyClick(opened, *SAVE)
    await back(stage)


async def test_the_whole_way_from_draft_to_the_archive(desk: Desk) -> None:
    seen = desk.agreed(desk.begun(urgency="h48"))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: status(desk, seen) is Status.PENDING)
        await stage.settle()
        hit(stage, view, Qt.Key.Key_Space)  # one's own is not approved
        await until(lambda: "审批转诊" in stage.frame.notice.text())
    async with following(desk, seen, Role.DOCTOR) as (stage, view):
        hit(stage, view, Qt.Key.Key_Space)
        await save(stage)
        assert one(desk, seen).approval is not None
    async with following(desk, seen) as (stage, view):
        steps: tuple[tuple[Status, dict[str, Any]], ...] = (
            (Status.ACCEPTED, {"receiver": "刘志远", "booking": "急诊 3 床"}),
            (Status.DEPARTED, {"escort": "李建国"}),
            (Status.ARRIVED, {}),
            (Status.TREATING, {"by": "刘志远"}),
        )
        for to, values in steps:
            hit(stage, view, Qt.Key.Key_Space)
            await save(stage, **values)
            assert status(desk, seen) is to
            await stage.settle()
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: stage.place == "referral-return")
    _came_back(desk, seen)
    async with following(desk, seen) as (stage, view):
        hit(stage, view, Qt.Key.Key_Space)
        asked = await sheet(Sheet)
        QTest.keyClick(asked, Qt.Key.Key_Return)
        await until(lambda: status(desk, seen) is Status.ARCHIVED)
        await back(stage)
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: "没有下一步" in stage.frame.notice.text())


async def test_an_emergency_goes_by_two_keys_and_owes_the_rest(desk: Desk) -> None:
    seen = desk.begun()
    async with following(desk, seen) as (stage, view):
        hit(stage, view, Qt.Key.Key_Space)
        await until(lambda: status(desk, seen) is Status.SUBMITTED)
        await stage.settle()
        hit(stage, view, "g")
        await save(stage)
        row = one(desk, seen)
        assert row.status is Status.DEPARTED
        assert row.consent_by is not None
        hit(stage, view, "y")
        await save(stage, SignedSheet, agreed="yes", signed="paper")
        assert one(desk, seen).consent is not None
    async with following(desk, seen, Role.DOCTOR) as (stage, view):
        hit(stage, view, "a")
        await save(stage, words="同意，已电话知晓")
        approval = one(desk, seen).approval
        assert approval is not None
        assert approval.words == "同意，已电话知晓"


async def test_who_signed_a_refusal_leaves_only_with_words_why(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    seen = desk.do(
        StateReferralConsent(seen, Consent("李建国", "儿子", agreed=False, words="不去", on_paper=True))
    )
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "g")
        await save(stage, why="无决定能力，紧急救治")
    last = one(desk, seen).last
    assert last is not None
    assert (last.to, last.reason) == (Status.DEPARTED, "无决定能力，紧急救治")


async def test_a_time_is_put_right_to_the_minute_and_one_to_come_refused(desk: Desk) -> None:
    seen = desk.do(Depart(desk.do(SubmitReferral(desk.begun()))))
    desk.put(7)
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "r")
        opened = await sheet(ActSheet)
        opened.form.set_values({"at": "8:00"})
        QTest.keyClick(opened, *SAVE)
        await until(lambda: _says(opened, "时间在现在之后"))
        await until(lambda: not opened.errands.running)
        opened.form.set_values({"at": "6:42"})
        QTest.keyClick(opened, *SAVE)
        await back(stage)
    last = one(desk, seen).last
    assert last is not None
    assert last.at == at(6, 42)


SIDE: tuple[tuple[str, dict[str, str], Status], ...] = (
    ("d", {"why": "没有床位"}, Status.DECLINED),
    ("w", {"why": "病情好转"}, Status.WITHDRAWN),
    ("x", {"why": "呼吸心跳停止"}, Status.DIED),
)


@pytest.mark.parametrize(("key", "values", "to"), SIDE)
async def test_side_exits_before_leaving(desk: Desk, key: str, values: dict[str, str], to: Status) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, key)
        opened = await sheet(ActSheet)
        QTest.keyClick(opened, *SAVE)  # nothing without words
        await stage.settle()
        assert status(desk, seen) is Status.SUBMITTED
        opened.form.set_values(values)
        QTest.keyClick(opened, *SAVE)
        await until(lambda: status(desk, seen) is to)
        if to is Status.DIED:
            await until(lambda: QApplication.activeModalWidget() not in (None, opened))
            offered = await sheet(Sheet)
            QTest.keyClick(offered, Qt.Key.Key_Return)
            await until(lambda: stage.place == "chart")
            stay = await sheet(StaySheet)
            await until(lambda: stay.task is not None and stay.task.key == "discharge")
            QTest.keyClick(stay, Qt.Key.Key_Escape)
            await until(lambda: stay.task is None)
            QTest.keyClick(stay, Qt.Key.Key_Escape)
        await back(stage)


async def test_who_refuses_signs_and_the_referral_is_cancelled(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "k")
        opened = await sheet(SignedSheet)
        opened.form.set_values({"name": "李建国", "relation": "儿子", "words": "不愿住院"})
        QTest.keyClick(opened, *SAVE)
        await until(lambda: _says(opened, "签名，或注明"))
        await until(lambda: not opened.errands.running)
        assert status(desk, seen) is Status.SUBMITTED  # nobody signed
        pad = opened.pad.pad
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
        for step in range(1, 8):
            QTest.mouseMove(pad, QPoint(60 + step * 20, 40 + step * 5))
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 75))
        QTest.keyClick(opened, *SAVE)
        await back(stage)
    row = one(desk, seen)
    assert row.status is Status.CANCELLED
    assert row.consent is not None
    assert row.consent.drawn


async def test_outside_to_another_hospital_and_one_who_never_came(desk: Desk) -> None:
    seen = desk.away()
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "m")
        await save(stage, partner="安和区中医院", why="要做手术")
        assert one(desk, seen).line.partner == desk.partners["other"]
        await stage.settle()
        hit(stage, view, "n")
        await save(stage, why="家属带回家")
        assert status(desk, seen) is Status.NO_SHOW
        await stage.settle()
        hit(stage, view, "h")
        asked = await sheet(Sheet)
        QTest.keyClick(asked, Qt.Key.Key_Return)
        await until(lambda: "返院" in stage.frame.notice.text())  # still registered as in hospital
        await back(stage)


async def test_after_a_refusal_it_goes_to_another_hospital(desk: Desk) -> None:
    seen = desk.do(DeclineReferral(desk.do(SubmitReferral(desk.begun())), "没有床位"))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, Qt.Key.Key_Space)
        await save(stage, partner=str(desk.partners["other"]), department="急诊科")
    row = one(desk, seen)
    assert row.status is Status.SUBMITTED
    assert row.line.partner_words == "安和区中医院"


async def test_the_last_step_is_struck_with_why_and_stays_readable(desk: Desk) -> None:
    seen = desk.do(NoShow(desk.away(), "家属带回家"))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "z")
        await save(stage, why="听错了")
        await stage.settle()
        assert status(desk, seen) is Status.DEPARTED
        texts = [
            label.text()
            for label in view.pieces.cards.history.findChildren(type(view.pieces.cards.history.title))
        ]
        assert any("听错了" in text for text in texts)


async def test_family_120_and_hand_over(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.put(6, 20)
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "f")
        await save(stage, name="李建国", relation="儿子", answer="coming")
        assert one(desk, seen).family[0].answer == "在赶来"
        await stage.settle()
        hit(stage, view, "o")
        opened = await sheet(CallSheet)
        assert "李桂兰" in opened.aloud.text()
        opened.form.set_values({"address": "梧桐路 8 号", "conscious": "no"})
        opened.form.changed.emit()
        assert "意识没有" in opened.aloud.text()
        QTest.keyClick(opened, *SAVE)
        await back(stage)
        assert one(desk, seen).script is not None
        hit(stage, view, "v")
        await save(stage, plate="闽D 120A6", items=("医保卡",))
    row = one(desk, seen)
    assert row.hand_over is not None
    assert row.hand_over.plate == "闽D 120A6"
    times = {line.code: line.at for line in row.times}
    assert times["ambulance_called"] == times["ambulance_here"] == at(6, 20)


async def test_a_resuscitation_is_asked_of_only_where_there_was_one(desk: Desk) -> None:
    desk.put(6)
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.put(6, 20)
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "v")
        opened = await sheet(HandOverSheet)
        form = opened.form
        assert [form.asks(key) for key in ("cpr", "begun", "aed", "rhythm")] == [True, False, False, False]
        choose(opened, "cpr", "做了")
        await until(lambda: form.asks("begun") and form.asks("aed") and not form.asks("rhythm"))
        choose(opened, "aed", "用了")
        await until(lambda: form.asks("rhythm") and form.asks("shocks"))
        form.set_values({"begun": "06:30", "by": "林晓燕 护士", "shocks": "1", "rhythm": "vf"})
        QTest.keyClick(opened, *SAVE)
        await until(lambda: "之后" in form.error("begun"))
        assert (form.values()["by"], form.values()["shocks"]) == ("林晓燕 护士", "1")
        form.set_values({"begun": "06:10"})
        QTest.keyClick(opened, *SAVE)
        await back(stage)
        hit(stage, view, "v")
        again = await sheet(HandOverSheet)
        assert str(again.form.values()["begun"]).endswith("06:10")
        choose(again, "cpr", "没有做")
        await until(lambda: not again.form.asks("begun"))
        QTest.keyClick(again, Qt.Key.Key_Escape)
        await back(stage)
    row = one(desk, seen)
    assert row.hand_over is not None
    assert row.hand_over.cpr == Resuscitation(
        begun=at(6, 10), by="林晓燕 护士", aed="used", rhythm="vf", shocks=1
    )


def choose(opened: HandOverSheet, field: str, words: str) -> None:
    """A click on one of the choices."""
    (chip,) = [
        one for one in opened.form.input(field).findChildren(QAbstractButton) if one.text().strip() == words
    ]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)


async def test_times_of_the_green_channel_by_keys(desk: Desk) -> None:
    seen = desk.begun()
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "l")
        await save(stage)
        assert one(desk, seen).line.green
        await stage.settle()
        hit(stage, view, "i")
        hit(stage, view, Qt.Key.Key_Space)
        await save(stage, who="刘志远")
    times = {line.code: line for line in one(desk, seen).times}
    assert times["told"].whom == "刘志远"


async def test_refused_in_words(desk: Desk) -> None:
    seen = desk.begun(urgency="elective")
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "c")
        await until(lambda: "不能“对方已接收”" in stage.frame.notice.text())
    asked = desk.do(AskApproval(seen))
    async with following(desk, asked, Role.DOCTOR) as (stage, view):
        hit(stage, view, "a")
        await until(lambda: "知情同意" in stage.frame.notice.text())
    async with following(desk, asked, Role.CAREGIVER) as (stage, view):
        hit(stage, view, "w")
        await until(lambda: "办理转诊" in stage.frame.notice.text())


async def test_somebody_else_was_quicker(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    async with following(desk, seen) as (stage, view):
        hit(stage, view, "c")
        opened = await sheet(ActSheet)
        await stage.settle()
        desk.do(DeclineReferral(seen, "没有床位"))
        await until(lambda: opened.fresh != seen)
        QTest.keyClick(opened, *SAVE)
        await until(lambda: bool(opened.notice.text()))
        assert status(desk, seen) is Status.DECLINED
        QTest.keyClick(opened, Qt.Key.Key_Escape)
        await back(stage)


async def test_two_presses_do_it_once(desk: Desk) -> None:
    seen = desk.begun()
    async with following(desk, seen) as (stage, view):
        hit(stage, view, Qt.Key.Key_Space, Qt.Key.Key_Space)
        await stage.settle()
        assert len(one(desk, seen).moves) == 1


async def test_what_is_overdue_is_said(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.put(6, 50)
    async with following(desk, seen) as (_stage, view):
        strips = [one.text() for one in view.pieces.waiting()]
        assert any("对方答复超时 35 分钟，已提醒医生和院长" in text for text in strips)


def _says(widget: QWidget, words: str) -> bool:
    return any(words in label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def _came_back(desk: Desk, seen: Seen) -> None:
    """The return, and its assessment finished, as the screens of returns do it."""
    desk.do(RecordReturn(desk.li, ReturnForm(came_with="none")))

    def assess(unit: Unit) -> None:
        move(unit, row_to_move(unit, one(desk, seen).seen), Status.ASSESSED)

    desk.do(Act(assess))
