"""The form of an evaluation as it is drawn: prefilled, by stage, with its measures, held against the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.core.clock import date_in, local
from app.core.form import Value
from app.rehab.lists.phases import phases
from app.rehab.queries.evaluation import EvaluationRow, EvaluationStart, MeasuresOf, next_stage
from app.rehab.rules.evaluation import FIRST, MIDDLE, STAGES
from app.residents.queries import ChartRow
from ui.forms.form_draft import FormDraft
from ui.kit import errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.rehab import evaluation_filling as filling
from ui.rehab.evaluation_layout import EvaluationPieces
from ui.style import Tone

FORM = "rehab_evaluation"
"""How drafts of this form are filed, by resident."""


class EvaluationScreen(View):
    """What stands in the form; `EvaluationView` opens it, saves it and leaves it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复评定")
        self.resident: UUID | None = None
        self.start: EvaluationStart | None = None
        self.chart: ChartRow | None = None
        self.mending: EvaluationRow | None = None
        self.pieces = EvaluationPieces(self)
        self.stage = FIRST
        self._asked: Mapping[str, Any] = {}
        self._shown: dict[str, Any] = {}
        self._prefilled: Mapping[str, float] = {}
        self.draft = FormDraft(self, FORM, lambda: filling.content(self.pieces))

    @errand
    async def send(self) -> None:
        """Keep it; the view knows how."""

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.start is not None and filling.content(self.pieces) != self._shown

    def _begin(self, start: EvaluationStart, chart: ChartRow) -> None:
        """The form with what is known: of the one that is put right, of the one before, of the chart."""
        mending = self.mending
        self.stage = str(mending.said.stage if mending else self._asked.get("stage") or next_stage(start))
        self._draw()
        said = mending.said if mending is not None else filling.begun(start, chart, self.stage, self._today())
        self._prefilled = said.vitals
        filling.show_said(self.pieces, said)
        self._preset(mending)
        self.pieces.measures.show_listed(start.listed)
        self.pieces.measures.show_measures(start.measures, self._day())
        self._say(start, chart, mending)
        self.pieces.discard.hide()
        self.pieces.said.clear()
        self.pieces.kept.setText("")
        self._shown = filling.content(self.pieces)

    def _preset(self, mending: EvaluationRow | None) -> None:
        """Why it is made and when the next one is due, as far as that is known."""
        if mending is not None:
            return
        causes = self.pieces.head.form.fields[1].choices
        cause = str(self._asked.get("cause") or causes[0].key)
        if cause in {one.key for one in causes}:
            self.pieces.head.set_values({"cause": cause})
        self._next_due()

    def _next_due(self) -> None:
        phase = phases().get(str(self.pieces.head.values()["phase"]))
        if self.stage == MIDDLE and phase is not None:
            due = self._today() + timedelta(days=phase.review_days)
            self.pieces.end.set_values({"next_on": due.isoformat()})
            self.pieces.end.note("next_on", f"{phase.words} {phase.least_days}–{phase.most_days} 天一次")

    def _say(self, start: EvaluationStart, chart: ChartRow, mending: EvaluationRow | None) -> None:
        self.pieces.person.show_person(chart)
        plan = f"计划 {start.plan.number} {start.plan.words}" if start.plan is not None else "还没有康复计划"
        last = (
            f"上次 {start.last.said.evaluated_on} {start.last.words}"
            if start.last is not None
            else "没有评定过"
        )
        self.pieces.person.say(f"{plan}　·　{last}")
        zone = self.bench.station.settings.zone
        times = sorted({f"{local(zone, one.at):%H:%M}" for one in start.vitals})
        self.pieces.vitals_said.setText(
            f"今天 {'、'.join(times)} 测得，可以改。" if times else "今天还没有测体征。"
        )
        self.pieces.reason_card.setVisible(mending is not None)
        for piece in (self.pieces.retract, self.pieces.print):
            piece.setVisible(mending is not None)
        self.pieces.save.say("保存更正" if mending is not None else "保存评定")
        words = f"更正{STAGES[self.stage]}" if mending is not None else STAGES[self.stage]
        self.say_title(Crumb("康复", "rehab", {"resident": chart.rid}), Crumb(f"{words}：{chart.name}"))

    async def _put_back(self, kept: Mapping[str, Any], when: str) -> None:
        stage = str(kept["values"].get("stage") or self.stage)
        if stage != self.stage:
            self.stage = stage
            self._draw()
        filling.put_back(self.pieces, kept)
        await self._ask_measures(tuple(kept["measures"]), tuple(kept["refused"]))
        self.pieces.said.say(f"已放回 {when} 没有保存的内容，核对后再保存。", Tone.INFO)
        self.pieces.discard.show()

    async def _ask_measures(
        self, codes: tuple[str, ...] | None = None, refused: tuple[str, ...] | None = None
    ) -> None:
        """What the instruments have found by now."""
        if self.resident is None:
            return
        rows = self.pieces.measures
        wanted = rows.codes if codes is None else codes
        found = await self.errands.ask(MeasuresOf(self.resident, wanted))
        rows.show_measures(found, self._day(), rows.refused if refused is None else refused)

    @latest
    async def add_measure(self, code: str) -> None:
        """One more instrument."""
        await self._ask_measures((*self.pieces.measures.codes, code))
        self.pieces.measures.line.setFocus()
        self._edited()

    def _draw(self) -> None:
        """The forms of the stage, with what stood in those before."""
        values: dict[str, Value] = {}
        for form in (self.pieces.head, self.pieces.end):
            values |= form.draft()
        self.pieces.draw(self.stage, self._today())
        for form in (self.pieces.head, self.pieces.end):
            form.set_values(values)
            form.changed.connect(self._edited)
        self.pieces.head.submitted.connect(self.pieces.problems.line.setFocus)
        self.pieces.end.submitted.connect(self.send)
        stage, phase = self.pieces.head.input("stage"), self.pieces.head.input("phase")
        stage.left.connect(self._stage_left)  # type: ignore[attr-defined]  # every input tells when it is left
        phase.left.connect(self._next_due)  # type: ignore[attr-defined]  # as above
        stage.setEnabled(self.mending is None)

    def _stage_left(self) -> None:
        chosen = str(self.pieces.head.values()["stage"])
        if chosen in STAGES and chosen != self.stage:
            self.stage = chosen
            QTimer.singleShot(0, self, self._restage)

    def _restage(self) -> None:
        """Another stage asks other things; what is typed stays."""
        self._draw()
        self.pieces.head.set_values({"stage": self.stage, "cause": ""})
        self._preset(self.mending)
        if self.chart is not None and self.start is not None:
            self._say(self.start, self.chart, self.mending)
        self._edited()
        self.pieces.head.focus_on("cause")

    def _into_sight(self, what: QWidget | None = None) -> None:
        focused = self.focusWidget() or what
        if focused is not None:
            self.pieces.scroll.ensureWidgetVisible(focused, 0, 80)

    def _edited(self) -> None:
        if self.mending is None and self.start is not None:
            self.draft.touch()
        self._compare()

    def _compare(self) -> None:
        """与上次比较, of a middle and a final one."""
        last = self.start.last if self.start is not None else None
        if last is None or self.stage == FIRST or self.mending is not None:
            self.pieces.changes.show_changes("", ())
            return
        changes = filling.changes_since(last.said, filling.read(self.pieces))
        self.pieces.changes.show_changes(f"{last.said.evaluated_on} {STAGES[last.said.stage]}", changes)

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _day(self) -> date:
        """The day it is made on, as it stands in the form."""
        return filling.read(self.pieces).evaluated_on or self._today()
