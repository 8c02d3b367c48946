"""Forms of every kind by keyboard: points, rivals, unable answers, asked texts, known and carried answers, not done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.assessments.queries import History
from app.assessments.record_queries import AssessmentRevisions
from app.compose import Station
from app.core.roles import Role
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.app.assessments.people import Admit
from tests.support.station import PASSWORD, become
from tests.ui.assessments.room import Room, click, focused, keys, press, room, until
from ui.assessments.item_card import ItemCard
from ui.assessments.reason_sheet import ReasonSheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def card() -> ItemCard:
    found = QApplication.focusWidget()
    assert isinstance(found, ItemCard)
    return found


async def sign(r: Room) -> None:
    """Ctrl+Enter, the password, Enter; until the record is on the screen."""
    before = r.form.record.record
    press(r.form, Qt.Key.Key_Return, CTRL)
    sheet = await r.asked()
    keys(PASSWORD)
    press(sheet.secret, Qt.Key.Key_Return)
    await until(lambda: r.form.record.record not in (None, before) and not r.form.errands.running)


async def test_a_short_instrument_is_its_digits_and_two_keys(station: Station, resident: UUID) -> None:
    """Morse: six digits, Ctrl+Enter, the password, Enter; nothing else is asked."""
    async with room(station) as r:
        work = await r.open(resident, "morse")
        assert card().item.code == "1"
        keys("110000")
        assert work.page.step == "conclusion"
        assert work.page.panel.badge.text() == "1级 中风险"
        await sign(r)
        (kept,) = station.desk.ask_now(History(resident, "morse"))
        assert (kept.level.total, kept.level.finding, kept.occasion) == (40, "中风险", "入住评估")
        assert kept.signers == ("周敏",)
        assert r.notice == "已签名，评估已生效。"


async def test_the_occasion_is_what_called_for_it(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        r.frame.go("assessment", {"resident": resident, "instrument": "morse", "occasion": "跌倒后评估"})
        await until(lambda: r.work.instrument.code == "morse" and not r.form.errands.running)
        keys("000000")
        await sign(r)
        assert station.desk.ask_now(History(resident, "morse"))[0].occasion == "跌倒后评估"


async def test_a_number_that_could_grow_waits_for_enter(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident, "nrs")
        keys("1")
        assert not work.filling.content.answers
        keys("1")  # 11 is no answer
        assert "没有选项 11，可选 0～10" in card().error.text()
        keys("10")
        assert work.filling.content.answers == {"1": 10}
        work.page.go_to("1")
        keys("1")
        press(card(), Qt.Key.Key_Return)
        assert work.filling.content.answers == {"1": 1}
        work.page.go_to("1")
        keys("7")  # nothing begins with 7: it answers at once
        assert work.filling.content.answers == {"1": 7}
        await r.saved()


async def test_what_is_known_is_filled_in_with_its_source(station: Station, resident: UUID) -> None:
    now = station.clock.now()
    values = (Measured("weight", 48.5), Measured("height", 160.0))
    station.desk.do_now(RecordSet(resident, now, values))
    async with room(station) as r:
        work = await r.open(resident, "mna-sf")
        assert work.filling.content.answers == {"F1": 0}  # 18.95
        work.page.go_to("F1")
        assert "来自体征：BMI 18.9" in card()._source.text()  # what the nurse reads
        press(card(), Qt.Key.Key_Return)
        assert work.filling.content.answers["F1"] == 0
        assert work.filling.content.sources
        work.page.go_to("F1")
        keys("1")
        assert not work.filling.content.sources
        work.page.go_to("F2")
        keys("3")
        assert "F1" not in work.filling.content.answers  # only one of the two counts
        assert work.filling.content.answers["F2"] == 3
        await r.saved()


async def test_an_item_that_cannot_be_answered_leaves_no_total(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident, "barthel")
        keys("-*" + "11111111")
        assert work.filling.outcome.unable == 2
        assert work.page.panel.ring.accessibleName() == "8/10 已评"
        assert work.page.panel.finding.text() == "2项未能评，不计总分"
        await sign(r)
        (kept,) = station.desk.ask_now(History(resident, "barthel"))
        assert (kept.level.total, kept.level.level, kept.level.finding) == (None, None, "2项未能评，不计总分")
        revision = station.desk.ask_now(AssessmentRevisions(kept.level.record))[0]
        assert [(one.text, one.score) for one in revision.answers[:2]] == [("无法完成", None), ("拒答", None)]


async def test_a_text_that_an_answer_asks_for_is_typed_beside_it(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident, "nine-risk")
        keys("1")
        assert isinstance(QApplication.focusWidget(), QLineEdit)
        press(focused(), Qt.Key.Key_Return)  # left empty for now
        keys("0" * 8)
        press(r.form, Qt.Key.Key_Return, CTRL)
        await until(lambda: "噎食：请填写防护措施" in r.notice)
        assert r.sheet() is None
        code = next(iter(work.instrument.items))
        work.page.go_to(code)
        keys("2")
        keys("soft food")
        press(focused(), Qt.Key.Key_Return)
        await r.saved()
        work.page.go("conclusion")
        await sign(r)
        (kept,) = station.desk.ask_now(History(resident, "nine-risk"))
        revision = station.desk.ask_now(AssessmentRevisions(kept.level.record))[0]
        assert revision.risks == {"choking": "high"}
        assert revision.information[f"{code}/2"] == "soft food"


async def test_last_answers_come_only_on_request_and_are_marked(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        await r.open(resident, "barthel")
        keys("2111222332")
        await sign(r)
        work = await r.open(resident, "barthel")
        assert not work.filling.content.answers
        keys("1")
        press(r.form, Qt.Key.Key_F3)
        assert len(work.filling.content.answers) == 10
        assert work.filling.content.answers["1"] == 1  # what was answered stays
        assert len(work.filling.content.sources) == 9
        work.page.go_to("2")
        assert "沿用 2026-11-24 的答案" in card()._source.text()
        keys("0")
        assert "2" not in work.filling.content.sources
        work.page.go("conclusion")
        await sign(r)
        rows = station.desk.ask_now(History(resident, "barthel"))
        newest = max(rows, key=lambda one: one.level.number)
        answers = station.desk.ask_now(AssessmentRevisions(newest.level.record))[0].answers
        assert sum("沿用 2026-11-24" in one.source for one in answers) == 8


async def test_who_refuses_is_recorded_and_stays_due(station: Station, resident: UUID) -> None:
    async with room(station) as r:
        work = await r.open(resident, "barthel")
        keys("21")
        click(work.undone_button)
        await until(lambda: work.findChild(ReasonSheet) is not None)
        sheet = work.findChild(ReasonSheet)
        assert isinstance(sheet, ReasonSheet)
        press(sheet.reasons.button("拒绝评估"), Qt.Key.Key_Space)
        assert sheet.main is not None
        click(sheet.main)
        await until(lambda: bool(work.page.undone.text()))
        assert "本次未评：拒绝评估" in work.page.undone.text()
        await sign(r)
        (kept,) = station.desk.ask_now(History(resident, "barthel"))
        assert kept.level.finding == "未评：拒绝评估"
        assert (kept.level.total, kept.level.due_on) == (None, None)


async def test_a_test_that_must_not_be_done_is_refused_with_what_to_do(
    station: Station, resident: UUID
) -> None:
    async with room(station) as r:
        work = await r.open(resident, "kubota")
        r.choose("K.1", "不能坐直")
        r.choose("K.2", "5秒之内")
        work.page.go(work.filling.steps[1])
        keys("1")
        press(r.form, Qt.Key.Key_Return, CTRL)
        await until(lambda: "先做1～3 mL试咽" in r.notice)
        assert r.sheet() is None


async def test_who_is_too_young_is_told_so_when_the_form_opens(station: Station) -> None:
    young = station.desk.do_now(Admit("01-000009", "章小晴", "2号楼 312-9", born=date(1990, 1, 1)))
    async with room(station) as r:
        r.frame.go("assessment", {"resident": young})
        await until(lambda: "适用于60周岁及以上" in r.form.states.words)
        assert "36岁" in r.form.states.words


async def test_a_profession_the_instrument_does_not_name_may_not_sign(
    station: Station, resident: UUID
) -> None:
    become(station, Role.ASSESSOR)
    async with room(station) as r:
        await r.open(resident, "morse")
        keys("000000")
        press(r.form, Qt.Key.Key_Return, CTRL)
        sheet = await r.asked()
        keys(PASSWORD)
        press(sheet.secret, Qt.Key.Key_Return)
        await until(lambda: bool(sheet.wrong))
        assert "应由护士、医师、康复治疗师评估签名，沈思远是评估员" in sheet.wrong
        assert not station.desk.ask_now(History(resident, "morse"))
