"""The sheet that rates a goal: the number reached, the step it makes, another step with its reason."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import Refusal
from app.rehab.planning import RateGoal, RetractRating
from app.rehab.progress.goals import GoalRow, RatingRow
from ui.kit import Errands, Key, Labelled, LineField, OptionRow, ScrollBody, Sheet, Words, bind, errand
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.rehab.entry_rows import Entry, EntryRows
from ui.rehab.gas_row import STEPS, step_words
from ui.rehab.goal_rating import said_rated
from ui.style import Role, Tone, look

MEANS = {-2: "起点或更差", -1: "有进步", 0: "达到目标", 1: "超过", 2: "远超过"}


class RateSheet(Sheet):
    """Saves itself. `step`: the one that was clicked; without it the value decides. Delete takes a rating back."""

    def __init__(self, view: View, goal: GoalRow, step: int | None = None) -> None:
        super().__init__(view, "评定目标", f"{goal.words}（{goal.asks} {goal.unit}）", width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.goal = goal
        self._view = view
        self._chosen = step is not None
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.value = LineField("达到的数值")
        self.value.put_right(Words(goal.unit, Role.HINT))
        self.steps = OptionRow(
            tuple((str(one), f"{step_words(one)} {MEANS[one]}") for one in STEPS), columns=3, low=True
        )
        self.note = LineField("说明", "与数值不符时写明原因")
        self.places = {
            "value": Labelled("达到的数值", self.value, hint=self._known()),
            "gas": Labelled("GAS 等级", self.steps, hint="按数值自动算出，可以另选"),
            "note": Labelled("说明", self.note),
        }
        for place in self.places.values():
            self.body.addWidget(place)
        if goal.ratings:
            self.body.addWidget(self._made())
        self.offer("记入评定")
        self._fill(step)
        self.value.textEdited.connect(self._typed)
        self.steps.group.buttonClicked.connect(self._choose)
        self.note.textEdited.connect(lambda: self.places["note"].say_wrong(""))
        self.done_with.connect(self.save)
        bind(
            self,
            Key("Ctrl+Return", "记入", self.save),
            *(
                Key(f"Alt+{place}", f"GAS {step_words(one)}", partial(self._pick, one))
                for place, one in enumerate(STEPS, 1)
            ),
        )
        self.value.setFocus()
        self.value.selectAll()

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field; the cursor goes there."""
        place = self.places.get(field)
        if place is None:
            return False
        place.say_wrong(text)
        {"value": self.value, "note": self.note}.get(field, self.note).setFocus()
        return True

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        for place in self.places.values():
            place.say_wrong("")
        gas = int(self.steps.key) if self.steps.key is not None and self._chosen else None
        value, fresh = self._value(), self.goal.fresh
        record = fresh.record if fresh is not None and value == fresh.value else None
        order = RateGoal(self.goal.seen.rid, value, gas, self.note.text().strip(), assessment=record)
        rating = await self.errands.do(order, busy=self.main)
        said_rated(self._view, rating, f"“{self.goal.action}”已评定。")
        self.accept()

    def start_retracting(self, key: str) -> None:
        """Delete at one of the ratings: it was an error, and why."""
        row = next(one for one in self.goal.ratings if str(one.seen.rid) == key)
        words = f"{row.on:%Y-%m-%d} {self._figure(row)}\n撤销后不再算数，历次记录里仍可查看。"
        sheet = WhySheet(self, "撤销这次评定", words, "撤销")
        sheet.said.connect(lambda why: self.errands.start("retract", partial(self._retract, row, why)))
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    async def _retract(self, row: RatingRow, why: str) -> None:
        await self.errands.do(RetractRating(row.seen, why))
        self._view.bench.notice.done("评定已撤销，历次记录里仍可查看。")
        self.accept()

    def _made(self) -> QWidget:
        """The ratings that stand, the newest first."""
        self.made = EntryRows("")
        self.made.show_entries(
            Entry(
                str(one.seen.rid),
                "—" if one.gas is None else step_words(one.gas),
                Tone.NEUTRAL,
                self._figure(one),
                " · ".join(part for part in (f"{one.on:%Y-%m-%d}", one.by, one.note) if part),
            )
            for one in self.goal.ratings
        )
        for row in self.made.rows.values():
            row.away.setToolTip("撤销这次评定")
        self.made.removed.connect(self.start_retracting)
        self.made.opened.connect(self.start_retracting)
        inside = ScrollBody((0, 0, 8, 0), 0)
        inside.body.addWidget(self.made)
        inside.body.addStretch(1)
        inside.setFixedHeight(look.sp(70) * min(len(self.goal.ratings), 3))
        return Labelled("历次评定", inside, hint="记错的按 Delete 撤销")

    def _figure(self, row: RatingRow) -> str:
        return "没有数值" if row.value is None else f"{row.value:g} {self.goal.unit}"

    def _known(self) -> str:
        goal = self.goal
        begin = "" if goal.baseline is None else f"起点 {goal.baseline:g}，"
        last = goal.rating
        return (
            f"{begin}上次 {last.value:g}（{last.on:%m-%d}）"
            if last and last.value is not None
            else begin.strip("，")
        )

    def _fill(self, step: int | None) -> None:
        goal = self.goal
        value = goal.fresh.value if goal.fresh is not None else None
        if value is None and step is not None:
            value = goal.rating.value if goal.rating is not None else None
        self.value.setText("" if value is None else f"{value:g}")
        if step is not None:
            self.steps.choose(str(step))
        elif value is not None:
            self.steps.choose(str(goal.step(value)))

    def _typed(self) -> None:
        """The step follows the value until somebody chooses another."""
        self.places["value"].say_wrong("")
        try:
            value = self._value()
        except Refusal:
            return
        if value is not None and not self._chosen:
            self.steps.choose(str(self.goal.step(value)))

    def _choose(self) -> None:
        self._chosen = True
        self.places["gas"].say_wrong("")

    def _pick(self, step: int) -> None:
        self.steps.choose(str(step))
        self._choose()

    def _value(self) -> float | None:
        text = self.value.text().strip().replace("，", ".").replace("。", ".")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise Refusal("请填写数字。", field="value")
        return value
