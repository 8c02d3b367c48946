"""诊断: the list of a resident's diagnoses, and the forms to add, correct and retract one, its code found as typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from app.core.form import Value
from app.residents.queries import ChartRow, DiagnosisRow
from app.residents.rules.stated import diagnosis_words, status_words
from app.residents.stating import AddDiagnosis, CorrectDiagnosis, DiagnosisForm, RetractDiagnosis, Seen
from app.residents.stating.fields import (
    diagnosis_fields,
    diagnosis_values,
    read_diagnosis,
    read_reason,
    retraction_fields,
    text,
)
from app.residents.vocabulary import diseases, entry_of
from ui.forms import FormView
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import Column, cells
from ui.kit.view import View
from ui.residents.signs import today
from ui.residents.statement_sheet import StatementSheet, Task
from ui.style import Tone

_TONES = {"active": Tone.INFO, "remission": Tone.OK, "resolved": Tone.NEUTRAL}


class DiagnosisSheet(StatementSheet[DiagnosisRow]):
    """A diagnosis taken from the list brings its code; other words are kept without one."""

    kind = "diagnosis"
    thing = "诊断"
    nothing: ClassVar[tuple[str, str]] = ("还没有登记诊断", "按 N 登记第一个。")

    def __init__(self, view: View) -> None:
        self.coding: Coding | None = None
        super().__init__(view)

    def columns(self) -> Sequence[Column[DiagnosisRow]]:
        return (
            Column("诊断", lambda row: cells.Text(row.words, "text", strong=True), least=200),
            Column("编码", lambda row: cells.Text(row.code), 76, priority=2),
            Column("发病", lambda row: cells.Text(row.onset), 104, priority=1),
            Column("状态", lambda row: cells.State(status_words(row.status), status_tone(row.status)), 92),
        )

    def rows_of(self, chart: ChartRow) -> tuple[DiagnosisRow, ...]:
        return chart.diagnoses

    def words_of(self, row: DiagnosisRow) -> str:
        return diagnosis_words(row.words, row.code, row.onset, row.status)

    def adding(self, chart: ChartRow) -> Task:
        return Task(
            title="登记诊断",
            act="保存",
            form=diagnosis_fields(today(self.view.bench), chart.birth_date),
            values={"status": "active"},
            order=lambda values, _seen: AddDiagnosis(chart.rid, read_diagnosis(values)),
            done=lambda values: f"已登记诊断：{text(values, 'words')}。",
        )

    def correcting(self, chart: ChartRow, row: DiagnosisRow) -> Task | str:
        said = DiagnosisForm(
            row.words, row.code, row.onset, row.status, first=chart.diagnoses[0].rid == row.rid
        )
        day = today(self.view.bench)
        return Task(
            title=f"更正诊断：{row.words}",
            act="保存更正",
            form=diagnosis_fields(day, chart.birth_date, row.status, correcting=True),
            values=diagnosis_values(said),
            order=lambda values, seen: CorrectDiagnosis(
                seen or Seen(row.rid, row.revision), read_diagnosis(values), read_reason(values)
            ),
            done=lambda values: f"已更正诊断：{text(values, 'words')}。",
            about=row.rid,
        )

    def retracting(self, row: DiagnosisRow) -> Task:
        return Task(
            title=f"作废：{row.words}",
            act="作废",
            form=retraction_fields(),
            values={},
            order=lambda values, seen: RetractDiagnosis(
                seen or Seen(row.rid, row.revision), text(values, "why")
            ),
            done=lambda _values: f"已作废诊断：{row.words}。病好了不用作废，改状态即可。",
            about=row.rid,
        )

    def prepare(self, form: FormView) -> None:
        words = form.input("words") if "words" in form.values() else None
        if isinstance(words, SuggestedInput):
            coding = self.coding = Coding(form)  # a signal alone does not keep it
            words.taken.connect(coding.take)
            words.edited.connect(coding.follow)
            words.left.connect(coding.name)


class Coding:
    """Keeps the code true to the words: one that came from the list goes again with the words it came with."""

    def __init__(self, form: FormView) -> None:
        self._form = form
        self._came_with = ""

    def take(self, code: str) -> None:
        """An offer was taken."""
        self._came_with = self._say("words")
        self._form.set_values({"code": code})
        self._form.focus_on("onset")

    def follow(self) -> None:
        """The words were changed: with more behind them the code stays, otherwise it is another illness."""
        if self._came_with and not self._say("words").startswith(self._came_with):
            self._came_with = ""
            self._form.set_values({"code": ""})

    def name(self) -> None:
        """Words typed out in full that the list knows."""
        entry = entry_of(diseases(), self._say("words"))
        if entry is not None and not self._say("code"):
            self._came_with = self._say("words")
            self._form.set_values({"code": entry.code})

    def _say(self, key: str) -> str:
        values: dict[str, Value] = self._form.values()
        return text(values, key)


def status_tone(status: str) -> Tone:
    """The colour of a status; what only the platform says is warned of."""
    return _TONES.get(status, Tone.WARN)
