"""The form of a referral where somebody else wrote, too, or where it has gone: nothing unseen is sent, nothing lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from app.core.roles import Role
from app.referrals.around import Consent, NoteTime, StartGreenChannel, StateReferralConsent, TellFamily, Told
from app.referrals.moving import SubmitReferral, Withdraw
from app.referrals.queries.list import ReferralList
from app.referrals.writing import ChangeReferral
from db.models import Referral
from tests.app.referrals.house import DAY, Desk, at
from tests.ui.assessments.room import keys
from tests.ui.referrals.form_room import ALT, CTRL, hold, ill, opened
from tests.ui.referrals.room import Stage, back, hit, press, sheet, until
from tests.ui.residents.stage import on_stage
from ui.kit import Sheet
from ui.kit.buttons import Button
from ui.referrals.follow_view import FollowView
from ui.referrals.form_reason_sheet import ReasonSheet
from ui.referrals.form_time_sheet import TimeSheet
from ui.referrals.form_view import FormView

K = Qt.Key


def standing(desk: Desk) -> Referral:
    """The one referral there is."""
    (line,) = desk.ask(ReferralList()).rows
    return desk.row(line.seen)


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


async def test_both_wrote_and_whose_stays_is_asked(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        past = view.said.texts["past"]
        write(stage, view, "course", "我写的治疗经过。")
        write(stage, view, "past", "我写的既往史。")
        await until(lambda: "已存草稿" in view.pieces.kept.text())
        desk.become(Role.DOCTOR)
        begun = desk.begun(course="医生写的：肾上腺素 1 mg", past=past)
        desk.become(Role.NURSE)
        await until(lambda: "已接着它写" in view.pieces.said.text())
        assert "治疗经过" in view.pieces.said.text()
        hit(stage, view, K.Key_F10)
        asked = await sheet(Sheet)
        assert "医生写的：肾上腺素 1 mg" in asked.text.text()
        press(asked, K.Key_Escape)
        await back(stage)
        assert standing(desk).course == "医生写的：肾上腺素 1 mg"
    async with on_stage(desk.station) as stage:  # as after a crash: still a question
        view = await opened(stage, desk, record=begun.rid)
        assert view.said.texts["course"] == "我写的治疗经过。"
        assert "别人也改过" in view.pieces.said.text()
        hit(stage, view, K.Key_F10)
        asked = await sheet(Sheet)
        theirs = next(one for one in asked.findChildren(Button) if one.accessibleName() == "用现在记的")
        theirs.setFocus()
        press(theirs, K.Key_Space)
        await back(stage)
        assert view.said.texts["course"] == "医生写的：肾上腺素 1 mg"
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    row = standing(desk)
    assert (row.course, row.past) == ("医生写的：肾上腺素 1 mg", "我写的既往史。")


async def test_what_somebody_saved_meanwhile_is_taken_up_and_the_form_can_be_saved(desk: Desk) -> None:
    ill(desk)
    seen = desk.begun()
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk, record=seen.rid)
        write(stage, view, "course", "我写的。")
        await until(lambda: view.said.texts["course"] == "我写的。")
        desk.become(Role.DOCTOR)
        desk.do(ChangeReferral(seen, desk.form(history="医生改了现病史")))
        desk.become(Role.NURSE)
        await until(lambda: "刚有人改过这份转诊" in view.pieces.said.text())
        assert "主要现病史" in view.pieces.said.text()
        assert view.pieces.sheet.rows["history"].text.text() == "医生改了现病史"
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    assert (standing(desk).course, standing(desk).history) == ("我写的。", "医生改了现病史")


async def test_what_is_in_the_record_is_shown_and_never_noted_twice(desk: Desk) -> None:
    ill(desk)
    desk.put(13, 40)
    seen = desk.do(StartGreenChannel(desk.begun(), at(13, 30)))
    seen = desk.do(NoteTime(seen, "told", at(13, 32), "急诊 赵医生"))
    seen = desk.do(StateReferralConsent(seen, Consent("王建国", "子", on_paper=True)))
    seen = desk.do(TellFamily(seen, Told("王建国", "coming", "子")))
    desk.put(13, 58)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk, record=seen.rid)
        assert "已通知" in view.pieces.head.family.text()
        assert "同意书" not in view.pieces.pack.missing.text()
        line = view.pieces.partner.line
        assert (line.faces["told"].time, line.faces["told"].who) == ("13:32", "急诊 赵医生")
        hold(stage, view, K.Key_T, ALT)
        await until(line.hasFocus)
        assert line.here == "ambulance_called"
        hit(stage, view, K.Key_Left, K.Key_Space)
        asked = await sheet(TimeSheet)
        press(asked, K.Key_Escape)
        await back(stage)
        hit(stage, view, K.Key_Delete)
        await until(lambda: "不能去掉" in stage.frame.notice.text())
        hit(stage, view, K.Key_Right, K.Key_Space)
        await until(lambda: "ambulance_called" in view.said.times)
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    row = standing(desk)
    times = [datetime.fromisoformat(row.times[code]) for code in ("told", "ambulance_called")]
    assert times == [at(13, 32), at(13, 58)]
    assert len(row.family["all"]) == 1
    assert row.consent_at == at(13, 40)


async def test_an_old_draft_gives_back_only_its_words(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hold(stage, view, K.Key_G, ALT)
        view.pieces.going.answers.button("coming").setFocus()
        hit(stage, view, K.Key_Space)
        write(stage, view, "course", "吸氧 3 升。")
        await until(lambda: bool(view.said.told) and "course" in view.said.by_hand)
        await until(lambda: "已存草稿" in view.pieces.kept.text())
    desk.put(10, 0, DAY + timedelta(days=20))
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        said = view.said
        assert (dict(said.times), said.told, said.green) == ({}, (), False)
        assert "news2" not in said.ticked
        assert said.texts["course"] == "吸氧 3 升。"
        assert "草稿已经过时" in view.pieces.said.text()
        assert "治疗经过" in view.pieces.said.text()


async def test_a_draft_from_before_another_referral_is_old(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hold(stage, view, K.Key_G, ALT)
        await until(lambda: "已存草稿" in view.pieces.kept.text())
    desk.put(14, 30)
    desk.do(Withdraw(desk.do(SubmitReferral(desk.begun())), "好转"))
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        assert not view.said.green
        assert "草稿已经过时" in view.pieces.said.text()


async def test_one_that_was_sent_is_set_right_with_a_reason(desk: Desk) -> None:
    ill(desk)
    seen = desk.do(SubmitReferral(desk.begun()))
    async with on_stage(desk.station) as stage:
        follow = stage.view("referral-follow", {"referral": seen.rid})
        assert isinstance(follow, FollowView)
        await until(lambda: follow.row is not None)
        await stage.settle()
        hit(stage, follow, "e")
        await until(lambda: stage.place == "referral")
        view = stage.frame.pages.view
        assert isinstance(view, FormView)
        await until(lambda: view.filled is not None and not view.state.words)
        await stage.settle()
        assert "保存更正" in view.pieces.pack.send.text()
        write(stage, view, "course", "肾上腺素 1 mg，13:50。")
        hit(stage, view, K.Key_F10)
        asked = await sheet(ReasonSheet)
        await until(lambda: asked.form.isAncestorOf(asked.focusWidget()))
        press(asked, K.Key_Return)
        await until(asked.isVisible)
        assert standing(desk).revision == seen.revision
        asked.form.set_values({"reason": "补充"})
        hold(stage, asked, K.Key_Return, CTRL)
        await until(lambda: stage.place == "referral-follow")
        await stage.settle()
        assert "已更正" in stage.frame.notice.text()
    row = standing(desk)
    assert (row.course, row.reason, row.state) == ("肾上腺素 1 mg，13:50。", "补充", "corrected")
    assert row.status == "submitted"


async def test_a_pack_without_a_part_is_not_printed(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        for box in view.pieces.pack.parts.boxes.values():
            if box.isChecked():
                box.setFocus()
                hit(stage, view, K.Key_Space)
        await until(lambda: not view.wanted())
        hit(stage, view, K.Key_F10)
        await until(lambda: "至少选一份" in view.pieces.pack.missing.text())
        await stage.settle()
        assert stage.place == "referral"
        assert not desk.ask(ReferralList()).rows
