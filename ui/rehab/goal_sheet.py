"""The side sheet of one goal: SMART, what is missing said beside its field, the goal in one line above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Refusal, Trouble
from app.rehab.drafted import GoalDraft
from app.rehab.form.evaluation import read_reason
from app.rehab.form.goal import goal_fields, goal_values, line_words, read_goal, start_words
from app.rehab.lists.measures import measures
from app.rehab.measured import Measure
from app.rehab.rules.evaluation import Problem
from ui.forms import FormView
from ui.kit import Key, ScrollBody, SideSheet, Words, bind
from ui.rehab.evaluation_layout import NARROW
from ui.style import Role


@dataclass(frozen=True)
class GoalGround:
    """What a goal is written from: problems and long goals of the plan, results, when the plan begins, today."""

    problems: tuple[Problem, ...]
    longs: tuple[GoalDraft, ...]
    results: Mapping[str, Measure]
    begins: date
    today: date


class GoalSheet(SideSheet):
    """`said(goal, reason)` when it is whole; the caller closes it with `accept()` once it is kept."""

    said = Signal(object, str)

    def __init__(
        self, parent: QWidget, goal: GoalDraft, ground: GoalGround, *, changing: bool = False
    ) -> None:
        super().__init__(parent, "目标" if goal.action else "新目标", " ", width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.goal, self._ground, self._changing = goal, ground, changing
        longs = tuple(one for one in ground.longs if one.key != goal.key)
        fields = goal_fields(
            _problems(ground.problems, goal), longs, min(ground.today, ground.begins), changing=changing
        )
        self.form = FormView(fields, two_from=NARROW)
        self.form.set_values(goal_values(goal))
        inside = self._inside = ScrollBody((0, 0, 8, 0), 16)
        inside.body.addWidget(self.form)
        self.body.addWidget(inside, 1)
        self._hint = Words("缺的内容会写在每一栏下面。", Role.HINT)
        self.body.addWidget(self._hint)
        self.offer("保存目标" if changing else "放进计划", icon="check").setDefault(False)
        measure = self.form.input("measure")
        measure.left.connect(self._measured)  # type: ignore[attr-defined]  # every input of a form tells when it is left
        self.form.changed.connect(self._tell)
        self.form.submitted.connect(self.save)
        self.done_with.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", "保存", self.save))
        self._tell()
        self._note()

    def open(self) -> None:
        super().open()
        missing = next((one.field for one in self.goal.faults(self._ground.begins) if one.must), "condition")
        self.form.focus_on(missing)

    @property
    def read(self) -> GoalDraft:
        """The goal as it stands in the form."""
        return read_goal(self.form.values(), self.goal)

    def save(self) -> None:
        """What is missing for it to be SMART stands beside its field."""
        good = self.form.check()
        missing = [one for one in self.read.faults(self._ground.begins) if one.must]
        for one in reversed(missing):
            self.form.show_refusal(one.field, one.words)
        if not good or missing:
            self._into_sight()
            return
        self.said.emit(self.read, read_reason(self.form.values()) if self._changing else "")

    def tell(self, error: Refusal | Trouble) -> None:
        """The act refused it."""
        if isinstance(error, Trouble):
            self.notice.trouble(error.text, error.remedy)
        elif not (error.field and self.form.show_refusal(error.field, error.text)):
            self.notice.refused(error.text)
        self._into_sight()

    def _into_sight(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self._inside.ensureWidgetVisible(focused, 0, 60)

    def _measured(self) -> None:
        """Another measure: its unit, and where the resident stands by it."""
        code = self.read.measure
        known = measures().get(code)
        if known is None:
            return
        values = {"unit": known.unit}
        result = self._ground.results.get(code)
        if result is not None and result.last is not None and code != self.goal.measure:
            values["baseline"] = f"{result.last.value:g}"
        self.form.set_values(values)
        self._note()
        self._tell()

    def _note(self) -> None:
        self.form.note("baseline", start_words(self._ground.results.get(self.read.measure)))

    def _tell(self) -> None:
        """The goal in one line, and what might be better, which stops nobody."""
        goal = self.read
        self.text.setText(line_words(goal, self._ground.begins) if goal.action else "写成一句可以核对的话")
        self.text.show()
        mild = {one.field: one.words for one in goal.faults(self._ground.begins) if not one.must}
        self._hint.say("；".join(mild.values()) or "Ctrl+Enter 保存　Esc 取消", "warn" if mild else "text3")


def _problems(known: Sequence[Problem], goal: GoalDraft) -> tuple[Problem, ...]:
    """The plan's problems; one a goal names that the plan has no more stays to be chosen."""
    if goal.problem and goal.problem not in {one.code for one in known}:
        return (*known, Problem(goal.problem, goal.problem))
    return tuple(known)
