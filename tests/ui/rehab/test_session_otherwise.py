"""Not held, stopped, written down afterwards, corrected, a group, a treatment with heat, an incident: by keys."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.rehab.rules.sessions import SessionState
from db.models import GoalRating, RehabSession
from tests.app.rehab.house import DAY, Gym, at
from tests.app.rehab.test_session import rows
from tests.ui.rehab.room import back, press, sheet, shown
from tests.ui.rehab.session_room import focused, measured, training, two_sessions
from ui.incidents.report_view import ReportView
from ui.kit.sheet import Sheet
from ui.kit.why_sheet import WhySheet
from ui.rehab.group_row import GroupRow
from ui.rehab.otherwise_sheet import OtherwiseSheet
from ui.rehab.session_correct_sheet import CorrectAbsenceSheet, CorrectSessionSheet
from ui.rehab.session_stage import Stage
from ui.rehab.work_view import WorkView

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


def group_of_two(gym: Gym) -> None:
    """Both in 周二小组 at 14:00; the ward measured 李桂兰; it is 14:35."""
    item = gym.item(
        code="bed_exercise", words="床上体操", discipline="group", week=("2 14:00",), together="周二小组"
    )
    gym.plan(item)
    gym.plan(item, resident=gym.wang)
    gym.put(14, 35)
    measured(gym, hour=13)


async def test_refused_by_three_keys(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press("R")
        asking = await sheet(OtherwiseSheet)
        assert asking.attendance.key == "refused"
        press(asking, "1", ENTER)
        await back(trainer.stage)
        (row,) = rows(gym, RehabSession)
        assert (row.attendance, row.why, row.minutes) == ("refused", "tired", 0)
        assert trainer.view.sheet is not None
        assert trainer.view.sheet.line.name == "王素芬"


async def test_a_reason_is_asked_and_words_where_it_wants_them(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press("S")
        asking = await sheet(OtherwiseSheet)
        press(asking, ENTER)
        assert asking._reasons.error.text() == "请选原因：按数字。"
        press(asking, "7", ENTER)
        assert "请写明情况" in asking._words.error.text()
        assert focused() is asking.words
        asking.words.setText("嗜睡")
        press(asking.words, ENTER)
        await back(trainer.stage)
        assert rows(gym, RehabSession)[0].why_words == "嗜睡"


async def test_it_is_stopped_with_a_reason(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)
        gym.put(9, 5)
        await trainer.chord(Qt.Key.Key_D)
        asking = await sheet(OtherwiseSheet)
        press(asking, "2", ENTER)
        await back(trainer.stage)
        assert trainer.view.stage is Stage.AFTER
        await trainer.press(ENTER)
        (row,) = rows(gym, RehabSession)
        assert (row.attendance, row.why, row.minutes, row.reason) == ("partly", "pain", 10, "训练结束")


async def test_written_down_in_the_evening(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    gym.put(17)
    async with training(gym) as trainer:
        await trainer.chord(Qt.Key.Key_B)
        assert trainer.view.stage is Stage.LATER
        await trainer.press(ENTER)
        (row,) = rows(gym, RehabSession)
        assert (row.at, row.ended_at, row.minutes, row.attendance) == (at(9), at(9, 30), 30, "done")


async def test_a_goal_is_rated_where_it_was_seen(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)
        gym.put(9, 25)
        await trainer.press(ENTER)
        goals = trainer.view.pieces.after.goals
        field = next(iter(goals.fields.values()))
        field.setFocus()
        await trainer.press("3", ENTER)
        (rating,) = rows(gym, GoalRating)
        assert (rating.value, rating.gas) == (3, -1)


async def test_a_correction_keeps_the_first_record(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)
        gym.put(9, 25)
        await trainer.press(ENTER, "12", ENTER)
        trainer.view.turn_to(trainer.view.day.lines[0] if trainer.view.day else None)
        await trainer.stage.settle()
        assert trainer.view.stage is Stage.DONE
        trainer.view.pieces.fix.click()
        correcting = await sheet(CorrectSessionSheet)
        assert correcting.form.values.texts() == {"rpe": "12"}
        correcting.form.values.boxes["rpe"].field.setText("13")
        correcting.save()
        await back(trainer.stage)
        (row,) = rows(gym, RehabSession)
        assert (row.during, row.state, row.at, row.ended_at) == (
            {"rpe": 13},
            "corrected",
            at(8, 55),
            at(9, 25),
        )


async def test_a_retraction_asks_why(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER, ENTER, ENTER)
        trainer.view.turn_to(trainer.view.day.lines[0] if trainer.view.day else None)
        await trainer.stage.settle()
        trainer.view.pieces.drop.click()
        asking = await sheet(WhySheet)
        asking.words.setText("录错老人")
        press(asking, ENTER)
        await back(trainer.stage)
        assert not rows(gym, RehabSession)


async def test_a_fall_leads_to_its_report(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER, ENTER)
        trainer.view.pieces.after.reactions.choose(["fall"])
        await trainer.press(ENTER)
        asking = await sheet(Sheet)
        assert "李桂兰训练中出现“跌倒”" in asking.text.text()
        press(asking, ENTER)
        report = await shown(trainer.stage, ReportView)
        assert report.rid == gym.li
        assert report.form is not None
        values = report.form.values()
        assert values["kind"] == "fall"
        assert "坐站转移" in str(values["happened"])
        assert rows(gym, RehabSession)[0].reactions == ["fall"]


async def test_heat_asks_for_the_skin_and_the_temperature(gym: Gym) -> None:
    gym.plan(gym.item(code="hot_pack", words="热敷", dose={"temperature_c": 45, "part": "左膝"}))
    gym.put(8, 55)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)
        before = trainer.view.pieces.before
        assert "查看治疗部位皮肤" in before._skin.error.text()
        await trainer.press(SPACE)  # 完整 has the keys
        await trainer.chord(ENTER)
        assert trainer.view.stage is Stage.RUNNING
        gym.put(9, 25)
        await trainer.chord(ENTER)
        await trainer.chord(ENTER)
        assert "查看治疗部位皮肤" in trainer.view.pieces.after._skin.error.text()
        await trainer.press(SPACE)
        await trainer.chord(ENTER)
        assert rows(gym, RehabSession)[0].skin == {"before": "intact", "after": "intact", "temperature_c": 45}


async def test_a_group_is_recorded_by_space(gym: Gym) -> None:
    group_of_two(gym)
    async with training(gym) as trainer:
        view = trainer.view
        assert view.stage is Stage.GROUP
        group = view.pieces.group
        assert [row.sheet.line.name for row in group.rows.values()] == ["李桂兰", "王素芬"]
        await trainer.press(ENTER)
        assert isinstance(focused(), GroupRow)
        await trainer.press(DOWN, "3")  # 王素芬 refused
        second = list(group.rows.values())[1]
        second.why.choose("tired")
        second.setFocus()
        await trainer.press(SPACE)
        written = {row.resident: row.attendance for row in rows(gym, RehabSession)}
        assert written == {gym.li: "done", gym.wang: "refused"}
        assert {one.state for one in gym.held()} == {SessionState.DONE, SessionState.REFUSED}


async def test_a_member_who_was_not_measured_wants_a_sentence_for_the_group(gym: Gym) -> None:
    group_of_two(gym)
    async with training(gym) as trainer:
        group = trainer.view.pieces.group
        await trainer.press(ENTER, SPACE)
        assert "王素芬：血压未测" in group._despite.error.text()
        assert focused() is group.despite
        await trainer.press("低强度", ENTER)
        assert len(rows(gym, RehabSession)) == 2


async def test_who_cannot_be_recorded_stays_out_of_the_group_and_opens_alone(gym: Gym) -> None:
    group_of_two(gym)
    gym.home.away("hospital", at(8))
    async with training(gym) as trainer:
        group = trainer.view.pieces.group
        away, other = group.rows.values()
        assert (away.open, other.open) == (False, True)
        assert "1 位不能记录" in group.count.text()
        other.values.boxes["bp"].field.setText("112/66")
        other.values.boxes["hr"].field.setText("72")
        other.setFocus()
        await trainer.press(ENTER)
        assert not trainer.stands(Stage.GROUP)  # the form of 王素芬 alone
        await trainer.press(Qt.Key.Key_Escape)
        assert trainer.stands(Stage.GROUP)
        other.setFocus()
        await trainer.press(SPACE)
        assert [row.resident for row in rows(gym, RehabSession)] == [gym.wang]


async def test_what_is_typed_of_a_group_survives_leaving(gym: Gym) -> None:
    group_of_two(gym)
    async with training(gym) as trainer:
        group = trainer.view.pieces.group
        row = list(group.rows.values())[1]
        row.attendance.choose("sick")
        row.why.choose("other")
        assert not row.why_words.isHidden()
        row.why_words.setText("嗜睡")
        group.times.begun.setText("14:05")
        await trainer.view.leave()
    async with training(gym) as trainer:
        group = trainer.view.pieces.group
        member = list(group.rows.values())[1].member()
        assert (member.attendance, member.why, member.why_words) == ("sick", "other", "嗜睡")
        assert group.times.begun.text() == "14:05"


async def test_what_was_noted_does_not_come_back(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER, "12")
        await trainer.view.leave()
        await trainer.press(ENTER)
        assert rows(gym, RehabSession)[0].during == {"rpe": 12}
    async with training(gym) as trainer:
        assert trainer.view.pieces.during.empty


async def test_what_cannot_be_read_is_asked_before_it_is_stopped(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER, "3")
        await trainer.chord(Qt.Key.Key_D)
        assert focused() is trainer.view.pieces.during.values.boxes["rpe"].field
        assert "6 到 20" in trainer.view.pieces.during.values.error.text()


async def test_why_it_was_not_held_is_corrected(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        await trainer.press("R")
        press(await sheet(OtherwiseSheet), "1", ENTER)
        await back(trainer.stage)
        trainer.view.turn_to(trainer.view.day.lines[0] if trainer.view.day else None)
        await trainer.stage.settle()
        await trainer.press("E")
        correcting = await sheet(CorrectAbsenceSheet)
        assert (correcting.attendance.key, correcting.reasons.key) == ("refused", "tired")
        correcting.reasons.choose("pain")
        correcting.correction.choose("笔误")
        correcting._finish()
        await back(trainer.stage)
        (row,) = rows(gym, RehabSession)
        assert (row.attendance, row.why, row.state) == ("refused", "pain", "corrected")


async def test_a_confirmation_is_of_one_text_of_one_person(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym) as trainer:
        values = trainer.view.pieces.before.values
        values.put({"bp": "190/90"})
        assert (values.check(), values.check()) == (False, True)
        values.put({"bp": "190/90"})
        assert values.confirmed == ()
        assert not values.check()


async def test_one_that_was_never_ended_is_found_the_day_after(gym: Gym) -> None:
    two_sessions(gym)
    measured(gym)
    async with training(gym) as trainer:
        await trainer.press(ENTER, ENTER)
        assert trainer.view.stage is Stage.RUNNING
    gym.put(8, 0, DAY + timedelta(days=1))
    async with training(gym) as trainer:
        assert trainer.view.day is not None
        first = trainer.view.day.lines[0]
        assert (first.forgotten, first.key[1], trainer.view.day.day) == (True, DAY, DAY + timedelta(days=1))
        await trainer.press(ENTER, ENTER)
        assert trainer.view.stage is Stage.AFTER
        assert not trainer.view.pieces.times.isHidden()
        trainer.view.pieces.times.ended.setText("09:20")
        await trainer.chord(ENTER)
        (row,) = rows(gym, RehabSession)
        assert (row.at, row.ended_at, row.minutes) == (at(8, 55), at(9, 20), 25)


async def test_esc_on_the_list_leads_back_to_where_it_was_opened(gym: Gym) -> None:
    two_sessions(gym)
    async with training(gym, {"key": gym.key("10:30"), "back": ("rehab-work", {})}) as trainer:
        trainer.view.pieces.list.setFocus()
        await trainer.press(Qt.Key.Key_Escape)
        assert isinstance(await shown(trainer.stage, WorkView), WorkView)


async def test_nothing_today_and_nobody_signed(gym: Gym) -> None:
    gym.drawn_up()
    gym.put(8, 55)
    async with training(gym) as trainer:
        view = trainer.view
        assert view.stage is Stage.CANNOT
        assert "缺医师开立" in view.pieces.before.told.text()
        await trainer.press(ENTER)
        assert "还不能执行：缺医师开立、康复师确认、知情同意" in trainer.notice
        view.pieces.day.step(1)
        await trainer.stage.settle()
        assert view.pieces.state.words == "这一天没有要做的训练"
        assert isinstance(QApplication.focusWidget(), object)


async def test_opened_from_a_plan_with_its_key(gym: Gym) -> None:
    two_sessions(gym)
    key = gym.key("10:30")
    async with training(gym, {"key": key, "act": "stop"}) as trainer:
        asking = await sheet(OtherwiseSheet)
        assert "王素芬 10:30 助行器步行" in asking.windowTitle()
        press(asking, Qt.Key.Key_Escape)
        await back(trainer.stage)
        assert trainer.view.sheet is not None
        assert isinstance(trainer.view.sheet.rid, UUID)
