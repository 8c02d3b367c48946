"""The form of a new referral by keys: full when it opens, changed by hand, its times noted, sent, refused, kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.referrals.queries.list import ReferralList
from app.referrals.revising import Seen
from app.referrals.rules.states import Status
from db.models import Referral
from tests.app.referrals.house import Desk
from tests.ui.assessments.room import keys
from tests.ui.referrals.form_room import ALT, CTRL, hold, ill, opened
from tests.ui.referrals.room import back, hit, press, sheet, until
from tests.ui.residents.stage import on_stage
from ui.kit import Sheet
from ui.referrals.form_time_sheet import TimeSheet
from ui.referrals.form_view import FormView

K = Qt.Key


def kept(desk: Desk) -> Referral:
    """The one referral there is."""
    (line,) = desk.ask(ReferralList()).rows
    return desk.row(Seen(line.rid, 0))


async def test_it_opens_full_with_the_keys_on_the_first_reason(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        pieces = view.pieces
        assert set(view.said.ticked) >= {"news2", "consciousness"}
        assert pieces.reason.tiles.tiles["news2"].hasFocus()
        assert pieces.reason.urgency.key == "emergency"
        assert view.said.partner == desk.hospital
        assert "青霉素" in pieces.head.allergies.accessibleName()
        assert "还没有通知" in pieces.head.family.text()
        assert all(row.text.text() for row in pieces.sbar.rows.values())
        assert pieces.sbar.rows["sbar_S"].source.text() == "13:46 体征"
        assert "24 小时内补签" in pieces.pack.missing.text()
        await until(lambda: pieces.pack.preview.board.image is not None)
        assert pieces.pack.preview.count > 5


async def test_a_reason_only_a_person_sees_is_found_by_pinyin_and_asks_since_when(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        reason = view.pieces.reason
        reason.add.setFocus()
        hit(stage, view, "xiong")
        press(reason.add, K.Key_Return)
        await until(lambda: "chest_pain" in view.said.ticked)
        await stage.settle()
        hit(stage, view, "13:10")
        await until(lambda: view.said.ticked["chest_pain"][0] != "")
        assert reason.tiles.tiles["chest_pain"].face.aside
        assert "胸痛" in view.said.texts["history"] + view.said.texts["impression"]
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    said = {one["code"]: one for one in kept(desk).criteria["all"]}
    assert said["chest_pain"]["since"].startswith("2026-11-24T05:10")


async def test_a_reason_taken_off_takes_its_words_along_but_none_a_person_wrote(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        view.pieces.sbar.rows["sbar_A"].text.setFocus()
        hit(stage, view, K.Key_End)
        keys("家属要求积极治疗。")
        await until(lambda: "sbar_A" in view.said.by_hand)
        before = view.said.texts["impression"]
        view.pieces.reason.tiles.tiles["consciousness"].setFocus()
        hit(stage, view, K.Key_Space)
        await until(lambda: "consciousness" not in view.said.ticked)
        assert view.said.texts["impression"] != before
        assert view.said.texts["sbar_A"].startswith("家属要求积极治疗。") or view.said.texts[
            "sbar_A"
        ].endswith("家属要求积极治疗。")
        assert view.pieces.sbar.rows["sbar_A"].source.text() == "已手工修改"


async def test_the_times_of_the_green_channel_are_noted_by_one_key_each(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hold(stage, view, K.Key_G, ALT)
        await until(lambda: view.said.green)
        hold(stage, view, K.Key_T, ALT)
        await until(view.pieces.partner.line.hasFocus)
        assert view.pieces.partner.line.here == "told"
        hit(stage, view, K.Key_Space)
        await until(lambda: "told" in view.said.times)
        for _ in range(4):
            hit(stage, view, K.Key_Right)
        assert view.pieces.partner.line.here == "eta"
        hit(stage, view, "e")
        asked = await sheet(TimeSheet)
        keys("14:20")
        press(asked.focusWidget(), K.Key_Return)
        await back(stage)
        await until(lambda: "eta" in view.said.times)
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    row = kept(desk)
    assert row.green
    assert {code for code in row.times if "_" not in code} == {"started", "told", "eta"}
    assert row.times["eta"].startswith("2026-11-24T06:20")


async def test_the_family_is_told_by_one_key_and_stands_in_the_head(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        view.pieces.going.answers.button("coming").setFocus()
        hit(stage, view, K.Key_Space)
        await until(lambda: "13:58 已通知" in view.pieces.head.family.text())
        assert "在赶来" in view.pieces.head.family.text()
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    (line,) = kept(desk).family["all"]
    assert (line["name"], line["answer"]) == ("王建国", "coming")


async def test_one_that_can_wait_is_sent_for_approval(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hold(stage, view, K.Key_2, ALT)
        await until(lambda: view.said.urgency == "h48")
        assert "送审" in view.pieces.pack.send.text()
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    assert kept(desk).status == Status.PENDING


async def test_pressed_twice_there_is_one_referral(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hit(stage, view, K.Key_F10, K.Key_F10)
        QTest.mouseDClick(view.pieces.pack.send, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    assert kept(desk).status == Status.SUBMITTED
    assert len(kept(desk).moves["all"]) == 1


async def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        row = view.pieces.sheet.rows["history"]
        row.text.setFocus()
        hold(stage, view, K.Key_A, CTRL)
        hit(stage, view, K.Key_Delete)
        await until(lambda: view.said.texts["history"] == "")
        assert "还没有写主要现病史" in view.pieces.pack.missing.text()
        view.pieces.partner.form.focus_on("receiver")
        keys("刘志远")
        hit(stage, view, K.Key_F10)
        await until(lambda: bool(row.error.text()))
        assert row.text.hasFocus()
        assert view.said.receiver == "刘志远"
        assert not desk.ask(ReferralList()).rows
        keys("突发嗜睡。")
        await until(lambda: not row.error.text())
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    assert (kept(desk).history, kept(desk).receiver) == ("突发嗜睡。", "刘志远")


async def test_what_was_typed_comes_back_after_a_crash_and_the_rest_is_the_newest(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        view.pieces.sheet.rows["course"].text.setFocus()
        hold(stage, view, K.Key_A, CTRL)
        keys("吸氧 3 升。")
        await until(lambda: "已存草稿" in view.pieces.kept.text())
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        assert "已放回" in view.pieces.said.text()
        assert view.said.texts["course"] == "吸氧 3 升。"
        assert view.pieces.sheet.rows["course"].text.text() == "吸氧 3 升。"
        hit(stage, view, K.Key_F5)
        asked = await sheet(Sheet)
        assert "治疗经过" in asked.text.text()
        press(asked, K.Key_Return)
        await back(stage)
        assert view.said.texts["course"] == "吸氧 3 升。"


async def test_a_draft_is_seen_by_others_and_gone_on_with(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        hold(stage, view, K.Key_S, CTRL)
        await until(lambda: stage.place == "referral-follow")
        await stage.settle()
    first = kept(desk)
    assert first.status == Status.DRAFT
    desk.become(Role.DOCTOR)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        assert view.row is not None
        assert view.row.line.rid == first.rid
        hit(stage, view, K.Key_F10)
        await until(lambda: stage.place == "preview")
        await stage.settle()
    assert (kept(desk).rid, kept(desk).number, kept(desk).status) == (
        first.rid,
        first.number,
        Status.SUBMITTED,
    )


async def test_one_that_is_under_way_is_followed_not_written_anew(desk: Desk) -> None:
    ill(desk)
    desk.away()
    async with on_stage(desk.station) as stage:
        view = stage.view("referral", {"resident": desk.li})
        await until(lambda: "已有转诊" in view.state.words)
        await stage.settle()
        assert not view.pieces.pack.send.isEnabled()


async def test_who_may_not_refer_is_told_who_may(desk: Desk) -> None:
    ill(desk)
    desk.become(Role.CAREGIVER)
    async with on_stage(desk.station) as stage:
        view = stage.view("referral", {"resident": desk.li})
        assert "办理转诊" in view.state.words
        chart = stage.view("chart", {"resident": desk.li})
        await stage.settle()
        assert not chart.head.refer.isEnabled()


@pytest.mark.parametrize("place", ["chart", "residents", "beds", "vitals-round"])
async def test_f6_opens_it_wherever_somebody_is_on_the_screen(desk: Desk, place: str) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = stage.view(place, {"resident": desk.li} if place == "chart" else {})
        await stage.settle()
        who = view.grid.current().resident if place == "vitals-round" else desk.li
        hit(stage, view, K.Key_F6)
        await until(lambda: stage.place == "referral")
        await stage.settle()
        form = stage.frame.pages.view
        assert isinstance(form, FormView)
        assert form.resident == who
        hit(stage, form, K.Key_Escape)
        await until(lambda: stage.place == place)
