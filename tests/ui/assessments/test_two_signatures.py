"""Two people sign on the screen: what is missing is named, what is wrong stands beside its field."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.assessments.queries import History
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.people import Admit, filled, first, save
from tests.support.station import PASSWORD, become
from tests.ui.assessments.room import WHOLE, Room, click, keys, press, room, until
from ui.kit import Sheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


async def confirmed(r: Room, words: str) -> None:
    """Press the act of the confirmation that is open."""
    sheets = [one for one in r.work.findChildren(Sheet) if one.isVisible()]
    assert [one.main.text() for one in sheets if one.main is not None] == [words]
    button = sheets[0].main
    assert button is not None
    click(button)
    await until(lambda: not sheets[0].isVisible())


async def test_from_the_worklist_to_two_signatures_by_keyboard_alone(
    station: Station, resident: UUID
) -> None:
    """Enter; 7 x (F2, Space) for the required information; F2; 26 digits; Ctrl+Enter; password, Enter; number, Tab,
    password, Enter: 45 keys and what the two people type of their own."""
    async with room(station) as r:
        r.frame.go("assessments", {"instrument": "gbt42195-2022"})
        await until(lambda: r.worklist.table.current() is not None)
        pressed = 1
        press(r.worklist.table, Qt.Key.Key_Return)
        await until(lambda: r.frame.pages.key == "assessment" and r.work.resident == resident)
        while r.work.filling.missing_facts:
            press(r.form, Qt.Key.Key_F2)
            focused = QApplication.focusWidget()
            assert focused is not None
            press(focused, Qt.Key.Key_Space)
            pressed += 2
        press(r.form, Qt.Key.Key_F2)
        keys(WHOLE)
        assert r.work.page.step == "conclusion"
        press(r.form, Qt.Key.Key_Return, CTRL)
        pressed += 1 + len(WHOLE) + 1
        sheet = await r.asked()
        assert sheet.number.text() == "0317"
        assert "王桂芳　女 · 85 岁 · 2号楼 312-1 · 1941 年生" in sheet.text.text()
        assert "90 分，0级 能力完好" in sheet.text.text()
        keys(PASSWORD)
        press(sheet.secret, Qt.Key.Key_Return)
        second = await r.asked(after=sheet)
        assert second.number.text() == ""
        keys("0610")
        press(second.number, Qt.Key.Key_Tab)
        keys(PASSWORD)
        press(second.secret, Qt.Key.Key_Return)
        pressed += 3
        await until(lambda: r.form.record.record is not None and not r.form.errands.running)
        assert pressed == 1 + 14 + 1 + 26 + 1 + 3
        (kept,) = station.desk.ask_now(History(resident))
        assert (kept.level.total, kept.signers) == (90, ("周敏", "沈思远"))
        assert r.form.record.page.head.status.text() == "已签名"


async def test_what_is_missing_is_named_and_gone_to(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.4")
        click(work.sign_button)
        await until(lambda: bool(r.notice))
        assert r.notice.startswith("还有26项未评：B.1.1 进食")
        assert work.page.step == "B.1"
        keys(WHOLE)
        assert work.page.conclusion.missing.isVisible()
        await r.saved()
        click(work.sign_button)
        await until(lambda: work.page.step == "information")
        form = next(
            one for one in work.page.information.forms if any(f.key == "A.2.14.1" for f in one.form.fields)
        )
        assert form.error("A.2.14.1").startswith("还须填写：A.2.14.1")


async def test_wrong_words_stand_beside_their_field_and_nothing_is_lost(
    station: Station, resident: UUID
) -> None:
    save(station, resident, filled(station))
    async with room(station) as r:
        work = await r.open(resident)
        work.sign()
        await r.sign(Role.HEAD_NURSE, "wrong-password")
        sheet = r.sheet()
        assert sheet is not None
        assert (sheet.number.text(), sheet.wrong) == ("0317", "工号或密码不对。")
        await r.sign(Role.HEAD_NURSE)
        await until(lambda: r.sheet() not in (None, sheet))
        await r.sign(Role.HEAD_NURSE)
        assert r.sheet() is not None
        assert r.sheet().wrong == "周敏已经签过名，请另一位评估人员签名"  # type: ignore[union-attr]  # asserted above
        await r.sign(Role.CAREGIVER)
        assert r.sheet().wrong.startswith("马丽没有“做评估”的权限")  # type: ignore[union-attr]  # it stays open
        await r.sign(Role.ASSESSOR)
        await until(lambda: r.form.record.record is not None)


async def test_an_edit_after_the_first_signature_is_warned_of_and_voids_it(
    station: Station, resident: UUID
) -> None:
    save(station, resident, filled(station))
    first(station, resident, Role.HEAD_NURSE)
    async with room(station) as r:
        work = await r.open(resident)
        warning = "周敏已签名，等待第二位评估人员签名。修改内容会使这次签名作废。"
        assert work.page.strip.text() == warning
        work.page.go("B.1")
        before = dict(work.filling.content.answers)
        keys("0")
        assert r.notice == warning
        assert work.filling.content.answers == before
        assert not work.page.information.forms[0].isEnabled()
        click(work.page.strip.button)
        await confirmed(r, "继续修改")
        work.page.go_to("B.1.1")
        keys("0")
        await r.saved()
        assert work.signing.first_signer == ""
        assert r.notice == "内容有改动，周敏的签名已作废，请重新签名。"
        assert work.sign_button.text().strip() == "签名"


async def test_somebody_elses_draft_is_read_until_it_is_taken_over(station: Station, resident: UUID) -> None:
    become(station, Role.NURSE)
    save(station, resident, replace(filled(station), answers={"B.1.1": 3}))
    become(station, Role.HEAD_NURSE)
    async with room(station) as r:
        work = await r.open(resident)
        assert work.page.strip.text() == "草稿由林晓燕持有，现在只能看。"
        assert not work.discard_button.isVisible()
        work.page.go_to("B.1.2")
        keys("1")
        assert work.filling.content.answers == {"B.1.1": 3}
        click(work.page.strip.button)
        await until(lambda: work.page.strip.text() == "")
        work.page.go_to("B.1.2")
        keys("1")
        await r.saved()


async def test_a_draft_is_given_up_only_after_asking(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident)
        work.page.go("B.1")
        keys("123")
        await r.saved()
        click(work.discard_button)
        await confirmed(r, "放弃草稿")
        await until(lambda: r.frame.pages.key == "assessments")
        await r.open(resident)
        assert r.work.filling.content.answers == {}
        assert r.work.saving.state.state == "idle"


async def test_who_may_not_assess_is_told_who_may(station: Station, resident: UUID) -> None:
    become(station, Role.CAREGIVER)
    async with room(station) as r:
        r.frame.go("assessment", {"resident": resident})
        await until(lambda: r.form.states.words.startswith("您"))
        assert r.form.states.words.startswith("您没有“做评估”的权限。有此权限的岗位：护士、护士长、医生")
