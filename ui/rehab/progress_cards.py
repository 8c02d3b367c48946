"""Cards of the proof of progress: verdict, attendance, goals in a score, what a family may be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.rehab.lists.disciplines import disciplines
from app.rehab.progress.attendance import Attendance, Tally
from app.rehab.progress.goals import GoalRow, Score
from app.rehab.progress.sheet import ProgressRow, VerdictRow
from ui.kit import Card, Tag, Words
from ui.kit.paint import Mark
from ui.rehab.attendance_bars import AttendanceBars
from ui.rehab.gas_row import step_words
from ui.rehab.state_marks import short_day, tone_of
from ui.style import Role, Tone

TURNS = {
    "improved": Mark("改善", Tone.OK, "arrow-up"),
    "stable": Mark("稳定", Tone.INFO, "minus"),
    "declined": Mark("下降", Tone.DANGER, "chevron-down"),
    "changed": Mark("有变化", Tone.WARN, "arrow-left-right"),
    "once": Mark("还不能比较", Tone.NEUTRAL, "clock"),
}


class _Refilled(Card):
    """A card whose content is made anew each time."""

    def __init__(self, title: str, hint: str = " ") -> None:
        super().__init__(title, hint)
        self._inside: QWidget | None = None

    def fill(self) -> QVBoxLayout:
        """An empty body; what was there goes."""
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self.body.addWidget(self._inside)
        return box


class VerdictCard(_Refilled):
    """结论: the head line, and a line for each measure that says no more than its numbers."""

    def __init__(self) -> None:
        super().__init__("结论")

    def show_progress(self, row: ProgressRow) -> None:
        box = self.fill()
        mark = TURNS[row.turn]
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Tag(row.whole, mark.tone, icon=mark.icon))
        head.addStretch(1)
        box.addLayout(head)
        for verdict in row.verdicts:
            box.addWidget(self._line(verdict))
        if not row.verdicts:
            box.addWidget(Words("计划里没有量表，不能下结论。", Role.HINT))

    @staticmethod
    def _line(verdict: VerdictRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        mark = TURNS[verdict.turn]
        row.addWidget(Tag(mark.text, mark.tone, icon=mark.icon), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(verdict.told, Role.BODY, wrap=True), 1)
        return line


class FamilyCard(_Refilled):
    """给家属的话: the same in everyday words."""

    def __init__(self) -> None:
        super().__init__("给家属的话", "进展说明用的就是这些话")

    def show_progress(self, row: ProgressRow) -> None:
        box = self.fill()
        for verdict in row.verdicts:
            box.addWidget(Words(verdict.plain, Role.BODY, wrap=True))
        rate = row.attendance.whole.rate
        if rate is not None:
            whole = row.attendance.whole
            made = f"，另补训 {whole.made_up} 次" if whole.made_up else ""
            box.addWidget(
                Words(f"计划训练 {whole.planned} 次，做了 {whole.held} 次{made}。", Role.BODY, wrap=True)
            )
        reached = [one for one in row.goals if one.attained]
        if reached:
            listed = "；".join(one.action for one in reached[-3:])
            box.addWidget(Words(f"达成目标 {len(reached)} 个：{listed}。", Role.BODY, wrap=True))


class AttendanceCard(_Refilled):
    """出席: the rate, columns by week, and by discipline what became of what was planned."""

    def __init__(self) -> None:
        super().__init__("训练出席")
        self.bars = AttendanceBars()

    def show_attendance(self, told: Attendance) -> None:
        whole = told.whole
        box = self.fill()
        if not whole.planned:
            self.hint.setText("")
            box.addWidget(Words("还没有到时间的训练。", Role.HINT))
            return
        self.hint.setText(
            f"应训练 {whole.planned} 次，完成 {whole.held} 次"
            + (f"，补训 {whole.made_up} 次" if whole.made_up else "")
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(f"{(whole.rate or 0) * 100:.0f}%", Role.BIG_NUMBER))
        head.addWidget(
            Words(f"出席率 · 共训练 {_long(whole.minutes)}", Role.HINT), 0, Qt.AlignmentFlag.AlignBottom
        )
        head.addStretch(1)
        head.addWidget(
            Words("■ 完成　▨ 未完成（按计划周）", Role.SMALL, ink="text3"), 0, Qt.AlignmentFlag.AlignBottom
        )
        box.addLayout(head)
        self.bars = AttendanceBars()
        self.bars.show_weeks(told.weeks)
        box.addWidget(self.bars)
        box.addWidget(self._disciplines(told))
        if told.aside:
            box.addWidget(Words(f"另有 {told.aside} 次取消或不在院，不计入。", Role.HINT))

    @staticmethod
    def _disciplines(told: Attendance) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for place, (code, tally) in enumerate(told.disciplines.items()):
            known = disciplines().get(code)
            grid.addWidget(
                Tag(known.short if known else code, tone_of(known.tone) if known else Tone.NEUTRAL), place, 0
            )
            rate = "" if tally.rate is None else f"{tally.rate * 100:.0f}%"
            grid.addWidget(Words(f"{tally.held} / {tally.planned}　{rate}", Role.STRONG), place, 1)
            grid.addWidget(Words(_missed(tally), Role.HINT, wrap=True), place, 2)
        return table


class ScoreCard(_Refilled):
    """目标达成: the T score with what it means, and every goal with where it began and stands."""

    def __init__(self) -> None:
        super().__init__("目标达成（GAS）")

    def show_goals(self, goals: Sequence[GoalRow], score: Score, today: date) -> None:
        box = self.fill()
        self.hint.setText(f"已评 {score.rated} / {score.goals} 个")
        if score.now is None or score.began is None:
            box.addWidget(Words("还没有评过的目标，没有 GAS 分。", Role.HINT))
        else:
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(Words(f"T {score.now:.1f}", Role.BIG_NUMBER))
            told = f"开始时 {score.began:.1f}；50 表示都如期达成"
            head.addWidget(Words(told, Role.HINT), 0, Qt.AlignmentFlag.AlignBottom)
            head.addStretch(1)
            box.addLayout(head)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, goal in enumerate(goals):
            self._fill_row(grid, place, goal, today)
        box.addWidget(table)

    @staticmethod
    def _fill_row(grid: QGridLayout, place: int, goal: GoalRow, today: date) -> None:
        top = Qt.AlignmentFlag.AlignTop
        long = goal.term == "long"
        grid.addWidget(Tag("长期" if long else "短期", Tone.VIOLET if long else Tone.NEUTRAL), place, 0, top)
        words = Words(goal.words, Role.BODY, wrap=True, ink="text3" if goal.status == "dropped" else "")
        grid.addWidget(words, place, 1)
        grid.addWidget(Words(goal.figure, Role.STRONG), place, 2, top)
        gas = "未评" if goal.gas is None else f"GAS {step_words(goal.gas)}"
        grid.addWidget(Words(gas, Role.HINT), place, 3, top)
        state, ink = f"期限 {short_day(goal.due_on, today)}", "text3"
        if goal.attained_on is not None:
            state, ink = f"✓ {short_day(goal.attained_on, today)}", "ok"
        elif goal.status == "dropped":
            state = "已放弃"
        elif goal.due_on < today:
            state, ink = f"逾期 {(today - goal.due_on).days} 天", "danger"
        grid.addWidget(Words(state, Role.HINT, ink=ink), place, 4, top)


def _missed(tally: Tally) -> str:
    words = {
        "refused": "拒绝",
        "absent": "缺席",
        "sick": "因病",
        "unrecorded": "未记录",
        "partly": "部分完成",
    }
    return "，".join(f"{told} {tally.by[state]}" for state, told in words.items() if tally.by.get(state))


def _long(minutes: int) -> str:
    """`45 分钟`, `123 小时`."""
    return f"{minutes} 分钟" if minutes < 120 else f"{round(minutes / 60)} 小时"
