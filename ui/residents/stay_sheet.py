"""入住与外出: where the resident is, what may be done now, each with its key, and everything that was."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QGridLayout

from app.core.clock import date_in, local
from app.core.form import Value
from app.core.roles import Right
from app.residents.queries import CourseRow, FreeBeds, StayEvent, StayEvents, StayTodos
from app.residents.rules.stays import (
    ADMIT,
    DISCHARGE,
    ENQUIRE,
    HOSPITAL,
    KEEP,
    LEAVE,
    MODE,
    RESERVE,
    RETURN,
    STEPS,
    WITHDRAW,
    refusal_of,
)
from app.residents.stating import Seen
from app.residents.stays import Reopen
from app.residents.stays.ending import LeftOpen
from app.residents.stays.setting_right import (
    correct_absence_task,
    correct_stay_task,
    record_task,
    reopen_task,
    retract_task,
)
from app.residents.stays.taking_back import TakeBackAbsence
from app.residents.stays.tasks import Facts, StayTask, step_task
from ui.kit import Button, Column, Key, RowsTable, StateView, Words, bind, cells
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.residents.act_sheet import ActSheet, Subject
from ui.residents.stay_words import course_words
from ui.style import Role, Tone

LETTERS = {
    ENQUIRE: "Q",
    RESERVE: "Y",
    ADMIT: "I",
    WITHDRAW: "W",
    LEAVE: "L",
    HOSPITAL: "H",
    RETURN: "R",
    KEEP: "K",
    MODE: "O",
    DISCHARGE: "X",
}
"""The key of each step, here and on the bed board."""
ICONS = {
    ENQUIRE: "message-circle",
    RESERVE: "calendar",
    ADMIT: "bed-single",
    WITHDRAW: "x",
    LEAVE: "log-out",
    HOSPITAL: "ambulance",
    RETURN: "house",
    KEEP: "bed-single",
    MODE: "refresh-cw",
    DISCHARGE: "circle-x",
}
_ACROSS = 4


class StaySheet(ActSheet):
    """Opened at the list, or at once at a step (`first`), if that may be taken now."""

    def __init__(
        self, view: View, who: Subject, first: str = "", given: Mapping[str, Value] | None = None
    ) -> None:
        super().__init__(view, "入住与外出", who)
        self.course: CourseRow | None = None
        self.facts: Facts | None = None
        self._first, self._given = first, dict(given or {})
        self.now = Words("", Role.STRONG, wrap=True)
        self.todo = Words("", Role.BODY, ink="warn", wrap=True)
        self.todo.hide()
        self.left = Words("", Role.BODY, ink="warn", wrap=True)
        self.left.hide()
        self.steps: dict[str, GuardedButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        for step, words in STEPS.items():
            said = f"{words}　{LETTERS[step]}"
            button = GuardedButton(view, Right.MANAGE_STAYS, said, icon=ICONS[step])
            button.speak_in(self.notice)
            button.allowed.connect(functools.partial(self._begin_step, step))
            button.hide()
            self.steps[step] = button
        self.table: RowsTable[StayEvent] = RowsTable(
            self._columns(), key=lambda row: (row.kind, row.rid, row.step, row.at), words="入住与外出的经过"
        )
        self.state = StateView(self.table)
        self.record = Button("补录　B", "quiet", icon="history")
        self.reopen = Button("撤销退住　U", "quiet", icon="undo-2")
        self._lay_out()
        self._connect()
        self.show_list()

    def open_now(self) -> None:
        """Show the sheet and ask what it shows."""
        self.open()
        self.refresh()

    async def ask(self) -> None:
        rid = self.who.rid
        bench = self.view.bench
        course = await self.errands.ask(StayEvents(rid))
        beds = await self.errands.ask(FreeBeds(rid))
        left = await self.errands.ask(LeftOpen(rid))
        todos = await self.errands.ask(StayTodos(rid))
        zone, now = bench.station.settings.zone, bench.desk.clock.now()
        labels: dict[str, UUID] = {bed.label: bed.rid for bed in beds}
        self.course, self.facts = course, Facts(rid, course, labels, now, zone)
        self.now.setText(course_words(course, date_in(zone, now)))
        self.todo.setText(f"待办：{todos[0].words}" if todos else "")
        self.todo.setVisible(bool(todos))
        self.left.setText(f"还没有处理完：{'、'.join(left)}" if left else "")
        self.left.setVisible(bool(left) and course.position.status == "in")
        self._show_steps(course)
        self.table.set_rows(course.events)
        if course.events:
            self.state.content()
        else:
            self.state.empty("还没有入住记录", "登记咨询、预留床位或办理入住以后，经过都在这里。")
        self._offer_row_acts()
        if self.task is None:
            self.rest()
        first, self._first = self._first, ""
        if first:
            self._begin_step(first)

    def undo_of(self, task: StayTask, result: Any) -> Any:
        if task.key in {LEAVE, HOSPITAL}:
            return TakeBackAbsence(Seen(result.rid, result.revision))
        if task.key in {DISCHARGE, WITHDRAW}:
            return Reopen(Seen(result.rid, result.revision), "登记后撤销")
        return None

    # inside -------------------------------------------------------------------------------------------------------

    def _begin_step(self, step: str) -> None:
        facts = self.facts
        if facts is None or self.task is not None:
            return
        if not self.steps[step].may:
            self.steps[step].ask()
            return
        why_not = refusal_of(step, facts.course.position)
        if why_not is not None:
            self.start(None, why_not)
            return
        task = step_task(step, facts)
        self.start(replace(task, values={**task.values, **self._given}))

    def _begin_record(self) -> None:
        if self._may() and self.facts is not None:
            self.start(record_task(self.facts))

    def _begin_correct(self) -> None:
        row, facts = self.table.current(), self.facts
        if row is None or facts is None or not self._may():
            return
        if row.kind == "absence":
            away = next((one for one in facts.course.absences if one.rid == row.rid), None)
            self.start(correct_absence_task(away, facts) if away else None, "这条已经变了，请再看一遍。")
        else:
            stay = next((one for one in facts.course.stays if one.rid == row.rid), None)
            self.start(correct_stay_task(stay, facts) if stay else None, "这条已经变了，请再看一遍。")

    def _begin_retract(self) -> None:
        row = self.table.current()
        if row is not None and self._may():
            self.start(retract_task(row.kind, row.rid, row.seen))

    def _begin_reopen(self) -> None:
        stay = self.course.stay if self.course is not None else None
        if not self._may():
            return
        ended = stay is not None and stay.ends is not None
        self.start(reopen_task(stay) if stay is not None and ended else None, "最近一次入住没有结束。")

    def _may(self) -> bool:
        """Whether the person may change anything here; says who may."""
        guard = self.steps[LEAVE]
        if not guard.may:
            guard.ask()
        return guard.may

    def _show_steps(self, course: CourseRow) -> None:
        for place, step in enumerate(course.steps):
            self._grid.addWidget(self.steps[step], place // _ACROSS, place % _ACROSS)
        for step, button in self.steps.items():
            button.setVisible(step in course.steps)

    def _offer_row_acts(self) -> None:
        super()._offer_row_acts()
        writing = self.task is not None
        stay = self.course.stay if self.course is not None else None
        self.record.setVisible(not writing)
        self.reopen.setVisible(not writing and stay is not None and stay.ends is not None)
        if stay is not None:
            self.reopen.say(f"撤销{'撤回' if stay.status == 'withdrawn' else '退住'}　U")

    def _columns(self) -> tuple[Column[StayEvent], ...]:
        zone = self.view.bench.station.settings.zone
        year = local(zone, self.view.bench.desk.clock.now()).year

        def time(row: StayEvent) -> cells.Text:
            at = local(zone, row.at)
            if row.day_only:
                return cells.Text(f"{at:%m-%d}" if at.year == year else f"{at:%Y-%m-%d}")
            return cells.Text(f"{at:%m-%d %H:%M}" if at.year == year else f"{at:%Y-%m-%d}")

        return (
            Column("时间", time, 104),
            Column("事项", lambda row: cells.State(row.title, _TONES.get(row.step, Tone.NEUTRAL)), 150),
            Column("内容", lambda row: cells.Text(row.words), least=160),
            Column("经手", lambda row: cells.Text(row.by), 76, priority=1),
        )

    def _lay_out(self) -> None:
        for column in range(_ACROSS):
            self._grid.setColumnStretch(column, 1)
        for words in (self.now, self.todo, self.left):
            self.list_box.addWidget(words)
        self.list_box.addLayout(self._grid)
        self.list_box.addWidget(self.state, 1)
        for place, button in enumerate((self.record, self.reopen, self.retract, self.correct)):
            self.acts.insertWidget(place, button)

    def _connect(self) -> None:
        self.record.clicked.connect(self._begin_record)
        self.correct.clicked.connect(self._begin_correct)
        self.retract.clicked.connect(self._begin_retract)
        self.reopen.clicked.connect(self._begin_reopen)
        self.table.on_opened(lambda _row: self._begin_correct())
        bind(
            self,
            *(
                Key(letter, STEPS[step], functools.partial(self._begin_step, step))
                for step, letter in LETTERS.items()
            ),
            Key("B", "补录外出或住院", self._begin_record),
            Key("U", "撤销退住", self._begin_reopen),
            Key("Return", "更正这一条"),
            Key("Delete", "作废这一条", self._begin_retract),
        )


_TONES = {
    "reserved": Tone.VIOLET,
    "in": Tone.OK,
    "hospital": Tone.INFO,
    "return": Tone.OK,
    "reopened": Tone.WARN,
}
