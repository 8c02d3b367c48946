"""目标: the goals of a plan, those attained some time ago folded away, and one more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.roles import Right
from app.rehab.progress.goals import GoalRow
from ui.kit import Button, Card, Line, ScrollBody, StateView, Words
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.rehab.goal_box import GoalBox
from ui.style import Role

SHOWN_FOR = timedelta(days=14)
"""So long an attained goal goes on standing among the others."""


class GoalsCard(Card):
    """`rated` and `taken` as of a `GoalBox`; `wanted`: one more goal."""

    rated = Signal(object, object)
    taken = Signal(object)
    wanted = Signal()

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self.boxes: list[GoalBox] = []
        self._goals: tuple[GoalRow, ...] = ()
        self._today = date.min
        self._all = False
        self.count = Words("", Role.HINT)
        self.list = ScrollBody(spacing=0)
        self.state = StateView(self.list)
        self.earlier = Words("", Role.HINT)
        self.unfold = Button("查看", "link")
        self.add = GuardedButton(view, Right.PLAN_REHAB, "新增目标", icon="plus")
        self._foot = QWidget()
        self._lay_out()
        self.unfold.clicked.connect(self._turn)
        self.add.allowed.connect(self.wanted)

    def show_goals(self, goals: Sequence[GoalRow], today: date, *, over: bool) -> None:
        """Show a plan's goals; the one that had the keys keeps them. Of a plan that is over none is added."""
        self._goals, self._today = tuple(goals), today
        self.add.setVisible(not over)
        self._fill()

    @property
    def current(self) -> GoalRow | None:
        """The goal that has the keys, or had them when a sheet came over it."""
        place = self._place()
        return None if place is None else self.boxes[place].goal

    def arrive(self) -> bool:
        """The keys to the first goal that is open; False where there is none."""
        box = next(
            (one for one in self.boxes if not one.goal.attained), self.boxes[0] if self.boxes else None
        )
        if box is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        return box is not None

    def step(self, way: int) -> bool:
        """The keys to the next goal or the one before; False where none of them has the keys."""
        place = self._place()
        if place is None:
            return False
        box = self.boxes[min(max(place + way, 0), len(self.boxes) - 1)]
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.ensureWidgetVisible(box)
        return True

    def focus_on(self, goal: UUID) -> None:
        """The keys to a goal, if it is there."""
        if (box := self.box_of(goal)) is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def box_of(self, goal: UUID) -> GoalBox | None:
        return next((box for box in self.boxes if box.goal.seen.rid == goal), None)

    # inside -------------------------------------------------------------------------------------------------------

    def _place(self) -> int | None:
        focused = self.window().focusWidget()
        return next((place for place, box in enumerate(self.boxes) if box is focused), None)

    def _turn(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        had = self.current
        for box in self.boxes:
            self.list.body.removeWidget(box)
            box.hide()
            box.deleteLater()
        folded = [one for one in self._goals if self._long_ago(one)]
        shown = self._goals if self._all else [one for one in self._goals if one not in folded]
        self.boxes = []
        for place, goal in enumerate(shown):
            box = GoalBox(goal, self._today)
            box.rated.connect(self.rated)
            box.taken.connect(self.taken)
            self.list.body.insertWidget(place, box)
            self.boxes.append(box)
        self._say(len(folded))
        if had is not None and (box_now := self.box_of(had.seen.rid)) is not None:
            box_now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, folded: int) -> None:
        standing = [one for one in self._goals if not self._long_ago(one)]
        terms = (("long", "长期"), ("short", "短期"))
        counts = ((words, sum(one.term == term for one in standing)) for term, words in terms)
        self.count.setText(" · ".join(f"{count} {words}" for words, count in counts if count))
        self.earlier.setText(f"往期达成 {folded} 条")
        self.unfold.say("收起" if self._all else "查看")
        self._foot.setVisible(folded > 0)
        if self._goals:
            self.state.content()
        else:
            self.state.empty("还没有目标", "目标写明做到什么、用什么量、到多少、到哪天。")

    def _long_ago(self, goal: GoalRow) -> bool:
        if goal.status == "dropped":
            return True
        return goal.attained_on is not None and goal.attained_on < self._today - SHOWN_FOR

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 17, 20, 6)
        head.addWidget(Words("目标", Role.CARD_TITLE))
        head.addStretch(1)
        head.addWidget(self.count)
        self.list.body.addStretch(1)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(20, 4, 12, 0)
        row.addWidget(self.earlier)
        row.addStretch(1)
        row.addWidget(self.unfold)
        acts = QHBoxLayout()
        acts.setContentsMargins(20, 8, 20, 16)
        acts.addWidget(self.add)
        self.body.addLayout(head)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(Line())
        self.body.addWidget(self._foot)
        self.body.addLayout(acts)
