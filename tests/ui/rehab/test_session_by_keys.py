"""A session held by keys: begun, trained, ended, saved; how many keys a plain one takes; what stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.rehab.rules.sessions import SessionState
from db.models import RehabSession, Vital
from tests.app.rehab.house import Gym, at
from tests.app.rehab.test_session import rows
from tests.ui.rehab.session_room import focused, measured, training, two_sessions
from ui.rehab.session_list import SessionList
from ui.rehab.session_stage import Stage

ENTER, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab
MOST_KEYS = 12


async def test_a_plain_session_takes_twelve_keys_with_its_values(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        assert isinstance(focused(), SessionList)
        await trainer.press("112 66", SPACE, "72", ENTER)
        assert trainer.view.stage is Stage.RUNNING
        gym.put(9, 25)
        await trainer.press(ENTER, ENTER)
        assert trainer.keys <= MOST_KEYS, trainer.keys
        (row,) = rows(gym, RehabSession)
        assert (row.attendance, row.minutes, row.at, row.ended_at) == ("done", 30, at(8, 55), at(9, 25))
        assert (row.before["sbp"], row.before["dbp"], row.before["hr"]) == (112, 66, 72)
        assert row.dose == {"sets": 3, "reps": 5, "assist": "min"}
        assert isinstance(focused(), SessionList)
        assert trainer.view.sheet is not None
        assert trainer.view.sheet.line.name == "王素芬"  # the next one, ready


async def test_with_the_wards_values_it_takes_seven_with_rpe(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)  # into the form, begin
        gym.put(9, 25)
        await trainer.press(ENTER, "12", ENTER)
        assert trainer.keys == 6
        (row,) = rows(gym, RehabSession)
        assert (row.during, row.before["hr"], row.attendance) == ({"rpe": 12}, 72, "done")
        assert len({one.set_id for one in rows(gym, Vital)}) == 1  # nothing was written twice


async def test_the_verdict_stands_beside_the_value_as_it_is_typed(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        before = trainer.view.pieces.before
        assert before.verdict.text() == "请先核对"  # nothing is measured yet
        await trainer.press("186/94")
        assert before.values.boxes["bp"].note.text() == ">180"
        assert before.verdict.text() == "不可训练"
        await trainer.press(SPACE, "72", ENTER)
        assert "先报告医生" in before.told.text()
        assert "再按一次 Enter 确认" in before.values.error.text()
        await trainer.press(ENTER)
        assert "收缩压 >180，现在 186 mmHg：不能开始训练，先报告医生" in trainer.notice
        assert not rows(gym, RehabSession)
        before.values.boxes["bp"].field.selectAll()
        before.values.boxes["bp"].field.setFocus()
        await trainer.press("128/76")
        assert (before.values.boxes["bp"].note.text(), before.verdict.text()) == ("可以", "可以训练")


async def test_what_was_not_measured_wants_a_sentence(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)
        before = trainer.view.pieces.before
        assert focused() is before.despite
        await trainer.press("血压计坏", ENTER)
        assert rows(gym, RehabSession)[0].stopped["overruled"] == "血压计坏"


async def test_a_rule_that_fires_stops_the_clock_and_the_form_is_still_filled(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press("112 66", SPACE, "72", ENTER)
        gym.put(9, 7)
        during = trainer.view.pieces.during
        await trainer.press("12", ENTER)
        assert trainer.main == "结束训练"
        assert "RPE 12" in during.noted.text()
        await trainer.press("15")
        assert during.values.boxes["rpe"].note.text() == "≥15"
        assert trainer.main == "停止并记下"
        await trainer.press(ENTER)
        assert trainer.view.stage is Stage.AFTER
        assert "RPE ≥15" in during.said_strip.text()
        (row,) = rows(gym, RehabSession)
        assert (row.attendance, row.why, row.ended_at) == ("partly", "stopped", at(9, 7))
        await trainer.press(ENTER)
        (row,) = rows(gym, RehabSession)
        assert (row.reason, row.attendance, row.minutes) == ("训练结束", "partly", 12)


async def test_a_running_session_counts_on_after_everything_was_closed(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press("112 66", SPACE, "72", ENTER)
    gym.put(9, 10)
    gym.become("何静")
    async with training(gym) as trainer:  # a colleague sees it run
        assert [one.state for one in trainer.view.day.lines if trainer.view.day] == [  # type: ignore[union-attr]  # it is there
            SessionState.RUNNING,
            SessionState.PLANNED,
        ]
        assert trainer.view.stage is Stage.RUNNING
        trainer.view.pieces.during.show_time()
        assert "15:00" in trainer.view.pieces.during.ring.accessibleName()


async def test_what_is_typed_after_training_survives_leaving(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press("112 66", SPACE, "72", ENTER)
        gym.put(9, 25)
        await trainer.press(ENTER, "12", SPACE, "118/70")
        await trainer.view.leave()
    async with training(gym) as trainer:
        after = trainer.view.pieces.after
        assert trainer.view.stage is Stage.AFTER  # the clock stays stopped at 09:25
        assert after.values.texts() == {"rpe": "12", "bp": "118/70"}
        gym.put(9, 40)
        await trainer.press(ENTER, ENTER)
        (row,) = rows(gym, RehabSession)
        assert (row.ended_at, row.minutes, row.after) == (at(9, 25), 30, {"sbp": 118, "dbp": 70})


async def test_a_double_press_begins_once(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        view = trainer.view
        view.main_act()
        view.main_act()
        await trainer.news()
        assert view.stage is Stage.RUNNING
        assert len(rows(gym, RehabSession)) == 1


async def test_taken_back_it_waits_again(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER, ENTER, ENTER)
        assert "已记录" in trainer.notice
        trainer.stage.frame.notice._take_back()
        await trainer.news()
        assert not rows(gym, RehabSession)
        assert gym.held()[0].state is SessionState.DUE
