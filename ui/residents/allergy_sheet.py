"""过敏: the list of a resident's allergies; forms to add, correct, retract one, or to state that none is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from app.residents.queries import AllergyRow, ChartRow
from app.residents.rules.stated import NONE_KNOWN, SEVERITIES, allergy_words
from app.residents.stating import (
    AddAllergy,
    AllergyForm,
    CorrectAllergy,
    RetractAllergy,
    Seen,
    StateNoAllergy,
)
from app.residents.stating.fields import (
    UNKNOWN,
    allergy_fields,
    allergy_values,
    none_fields,
    read_allergy,
    read_reason,
    retraction_fields,
    text,
)
from ui.forms import FormView
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import Button, Column, Key, bind, cells
from ui.kit.view import View
from ui.residents.statement_sheet import StatementSheet, Task
from ui.style import Tone

_TONES = {"severe": Tone.DANGER, "moderate": Tone.WARN, "mild": Tone.NEUTRAL}


class AllergySheet(StatementSheet[AllergyRow]):
    """The allergy line stands above list and form, and changes with every act."""

    kind = "allergy"
    thing = "过敏"
    nothing = ("过敏史不详", "没有登记不等于没有过敏。问过以后，登记过敏或“无已知过敏”。")
    hint: ClassVar[str] = f"W 无已知过敏　{StatementSheet.hint}"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.none = Button(NONE_KNOWN, "plain")
        self.acts.insertWidget(4, self.none)  # between what is done to a row and the main act
        self.none.clicked.connect(self.start_none)
        bind(self, Key("W", NONE_KNOWN, self.start_none))

    def columns(self) -> Sequence[Column[AllergyRow]]:
        return (
            Column(
                "过敏物和反应", lambda row: cells.Text(self.words_of(row), "text", strong=True), least=180
            ),
            Column("程度", _severity, 76),
            Column("来源", lambda row: cells.Text(row.told_by or "未注明"), 96, priority=1),
        )

    def rows_of(self, chart: ChartRow) -> tuple[AllergyRow, ...]:
        return chart.allergies

    def words_of(self, row: AllergyRow) -> str:
        said = allergy_words(row.substance, row.reaction, certainty=row.certainty)
        return NONE_KNOWN if row.none_known else said

    def adding(self, chart: ChartRow) -> Task:
        return Task(
            title="登记过敏",
            act="保存",
            form=allergy_fields(),
            values={"severity": UNKNOWN},
            order=lambda values, _seen: AddAllergy(chart.rid, read_allergy(values)),
            done=lambda values: f"已登记过敏：{text(values, 'substance')}。",
        )

    def correcting(self, chart: ChartRow, row: AllergyRow) -> Task | str:
        if row.none_known:
            return "有过敏请直接登记（N），这条“无已知过敏”会同时作废。"
        said = AllergyForm(row.substance, row.reaction, row.severity, row.certainty, row.told_by)
        return Task(
            title=f"更正过敏：{row.substance}",
            act="保存更正",
            form=allergy_fields(correcting=True),
            values=allergy_values(said),
            order=lambda values, seen: CorrectAllergy(
                seen or Seen(row.rid, row.revision), read_allergy(values), read_reason(values)
            ),
            done=lambda values: f"已更正过敏：{text(values, 'substance')}。",
            about=row.rid,
        )

    def retracting(self, row: AllergyRow) -> Task:
        return Task(
            title=f"作废：{self.words_of(row)}",
            act="作废",
            form=retraction_fields(),
            values={},
            order=lambda values, seen: RetractAllergy(
                seen or Seen(row.rid, row.revision), text(values, "why")
            ),
            done=lambda _values: f"已作废：{self.words_of(row)}。",
            about=row.rid,
        )

    def start_none(self) -> None:
        """W: somebody asked, and there is none."""
        self._start(
            lambda chart: Task(
                title=NONE_KNOWN,
                act="保存",
                form=none_fields(),
                values={},
                order=lambda values, _seen: StateNoAllergy(chart.rid, text(values, "told_by")),
                done=lambda _values: f"已登记“{NONE_KNOWN}”。",
            )
        )

    def prepare(self, form: FormView) -> None:
        """An offer that was taken is done with: on to the next field."""
        substance = form.input("substance") if "substance" in form.values() else None
        if isinstance(substance, SuggestedInput):
            substance.taken.connect(lambda _key: form.focus_on("reaction"))

    def _offer_acts(self) -> None:
        super()._offer_acts()
        if hasattr(self, "none"):
            self.none.setVisible(self.task is None)


def _severity(row: AllergyRow) -> cells.Cell:
    if row.none_known:
        return cells.Text("")
    words = SEVERITIES.get(row.severity, "未知")
    return cells.State(words, _TONES.get(row.severity, Tone.NEUTRAL))
