"""Measured numbers in the form: typed, timed with the stopwatch by key and button, kept behind a locked screen."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.assessments.queries import History
from app.assessments.trends.readings import Curve
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.people import Admit
from tests.ui.assessments.room import Room, click, fits, focused, keys, press, room, until
from ui.assessments.item_card import ItemCard
from ui.assessments.reading_row import ReadingRow
from ui.kit import Badge


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit(name="欧阳淑华"))


def card(made: Room, code: str) -> ItemCard:
    work = made.work
    return work.page.items[work.filling.dimension_of(code)].cards[code]


def row(made: Room, code: str) -> ReadingRow:
    found = card(made, code).answer.reading
    assert found is not None
    return found


def shown(made: Room, code: str) -> str:
    return row(made, code).figure.text()


async def begin(made: Room, resident: UUID, instrument: str, code: str) -> None:
    work = await made.open(resident, instrument)
    work.page.go_to(code)
    await until(lambda: focused() is card(made, code))


async def test_a_walk_is_timed_and_signed_in_four_keys(station: Station, resident: UUID) -> None:
    """To what is open, start, stop, sign; beside these only number and password are typed."""
    async with room(station) as made:
        await made.open(resident, "tug")
        pressed = 0

        def hit(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
            nonlocal pressed
            pressed += 1
            press(focused(), key, held)

        hit(Qt.Key.Key_F2)  # to the first thing that is open
        await until(lambda: focused() is card(made, "first"))
        hit(Qt.Key.Key_Space)
        assert row(made, "first").running
        await until(lambda: row(made, "first").watch.seconds > 1.05)
        await until(lambda: shown(made, "first") >= "1.0")
        hit(Qt.Key.Key_Space)
        await until(lambda: focused() is card(made, "second"))
        hit(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await made.sign(Role.HEAD_NURSE)
        await until(lambda: bool(station.desk.ask_now(History(resident, "tug"))))
        assert pressed == 4
        (signed,) = station.desk.ask_now(History(resident, "tug"))
        assert signed.level.total is None
        assert signed.level.measured is not None
        assert 1.0 <= signed.level.measured < 3
        assert signed.level.finding == f"{signed.level.measured:.1f} 秒 活动自如"


async def test_the_buttons_do_what_the_key_does(station: Station, resident: UUID) -> None:
    async with room(station) as made:
        await begin(made, resident, "tug", "first")
        reading = row(made, "first")
        click(reading.button)
        await until(lambda: reading.running and shown(made, "first") >= "0.1")
        assert reading.button.accessibleName().startswith("停止")
        click(reading.drop_button)
        assert not reading.running
        assert shown(made, "first") == "—"
        assert made.work.filling.content.answers == {}
        click(reading.button)
        press(focused(), Qt.Key.Key_Backspace)
        assert not reading.running
        await fits(made.work)


async def test_too_short_a_time_is_refused_in_words(station: Station, resident: UUID) -> None:
    """A press too many would write half a second: it is said, and nothing is kept."""
    async with room(station) as made:
        await begin(made, resident, "tug", "first")
        press(focused(), Qt.Key.Key_Space)
        press(focused(), Qt.Key.Key_Space)
        assert "应是 1～300 秒" in card(made, "first").error.text()
        assert made.work.filling.content.answers == {}


@pytest.mark.parametrize("typed", ["0.5", "301", "12.45", "."])
async def test_a_wrong_number_is_said_beside_it(station: Station, resident: UUID, typed: str) -> None:
    async with room(station) as made:
        await begin(made, resident, "tug", "first")
        keys(typed)
        assert shown(made, "first") == typed
        press(focused(), Qt.Key.Key_Return)
        assert "1～300 秒，最多1位小数" in card(made, "first").error.text()
        assert made.work.filling.content.answers == {}
        keys("12.4")
        press(focused(), Qt.Key.Key_Return)
        assert made.work.filling.content.answers == {"first": 124}
        assert made.work.filling.outcome.measured == 12.4


async def test_the_stopwatch_runs_on_behind_a_locked_screen(station: Station, resident: UUID) -> None:
    """What is timed and typed when the screen is locked is there afterwards; the number typed is in the file."""
    async with room(station) as made:
        await begin(made, resident, "tug", "first")
        keys("12.4")
        await made.frame.leave()  # as the lock does before another person comes
        assert made.work.filling.content.answers == {"first": 124}
        made.work.page.go_to("second")
        await until(lambda: focused() is card(made, "second"))
        press(focused(), Qt.Key.Key_Space)
        made.frame.hide()
        await until(lambda: row(made, "second").watch.seconds > 1.1)
        made.frame.show()
        made.frame.activateWindow()
        await until(lambda: shown(made, "second") >= "1.1")
        card(made, "second").setFocus()
        press(card(made, "second"), Qt.Key.Key_Space)
        await made.saved()
        assert set(made.work.filling.content.answers) == {"first", "second"}


async def test_nothing_is_timed_in_a_form_that_is_locked(station: Station, resident: UUID) -> None:
    async with room(station) as made:
        await begin(made, resident, "tug", "first")
        made.work.page.set_locked(True)
        press(focused(), Qt.Key.Key_Space)
        assert not row(made, "first").running
        assert not row(made, "first").button.isEnabled()


async def test_a_grade_between_grades_is_typed_and_kept_as_it_is_written(
    station: Station, resident: UUID
) -> None:
    async with room(station) as made:
        await begin(made, resident, "mas", "lu-b")
        keys("1")
        assert made.work.filling.content.answers == {}  # 1+ may still be meant
        keys("+")
        await until(lambda: focused() is card(made, "lu-c"))
        keys("1")
        press(focused(), Qt.Key.Key_Return)
        assert made.work.filling.outcome.measured == 1.5
        assert made.work.page.panel.ring.accessibleName() == "1+级 最重肌张力"
        assert made.work.page.panel.bars["LU"].accessibleName() == "左上肢 1+级"
        press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        sheet = await made.asked()
        assert any("1+级，轻度增高" in one.text() for one in sheet.findChildren(QLabel))
        await made.sign(Role.HEAD_NURSE)
        await until(lambda: bool(station.desk.ask_now(History(resident, "mas"))))
        drawn = station.desk.ask_now(Curve(resident, "mas"))
        (reading,) = drawn.readings
        assert (reading.value, reading.words, reading.finding) == (1.5, "1+级", "1+级 轻度增高")
        assert reading.sub_scores == {"LU": 1.5}
        await until(lambda: any(one.text() == "1+级 轻度增高" for one in made.frame.findChildren(Badge)))
        told = [one.text() for one in made.frame.findChildren(QLabel) if one.isVisible()]
        assert "1+　轻度增高：活动后半程卡住，此后一直有轻微阻力" in told


async def test_a_plain_grade_needs_enter_and_minus_means_minus(station: Station, resident: UUID) -> None:
    """After a digit the minus sign belongs to the grade; alone it says that the item could not be done."""
    async with room(station) as made:
        await begin(made, resident, "mmt", "l-a")
        keys("3-")
        await until(lambda: focused() is card(made, "l-b"))
        keys("-")
        await until(lambda: focused() is card(made, "l-c"))
        answers = made.work.filling.content.answers
        assert answers["l-b"] == -1
        option = made.work.instrument.items["l-a"].option(answers["l-a"])
        assert option is not None
        assert option.mark == "3-"
