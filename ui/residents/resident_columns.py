"""The columns of the list of residents, and what each says of a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.residents.queries import ResidentRow
from app.residents.queries.risks import Risk
from app.residents.risk_codes import risk_code
from ui.kit import Column, Mark, cells
from ui.residents.signs import due_words, level_tone, level_words, risk_tone, risk_words, sex_and_age
from ui.style import Tone


def resident_columns(today: Callable[[], date]) -> tuple[Column[ResidentRow], ...]:
    """What gives way first when the table is narrow: illnesses, then sex and age, then the bed."""
    return (
        Column("老人", lambda row: cells.Name(row.name, row.number, level_tone(row.level)), None, 0, 150),
        Column("性别·年龄", lambda row: cells.Text(sex_and_age(row.sex, row.age)), 80, 2),
        Column("床位", _bed, 112, 1),
        Column("能力等级", lambda row: cells.State(level_words(row.level), level_tone(row.level)), 112),
        Column("风险与病史", _marks, 188, 3),
        Column("下次评估", lambda row: _due(row, today()), 96),
    )


def _bed(row: ResidentRow) -> cells.Cell:
    """The bed, or what keeps the person from it: 外出, 住院, 预留, 已退住."""
    if row.where:
        tone = {"住院": Tone.INFO, "预留": Tone.VIOLET}.get(row.where, Tone.NEUTRAL)
        return cells.State(row.where, tone)
    return cells.Text(row.bed or "—")


def _marks(row: ResidentRow) -> cells.Marks:
    """Risks come before illnesses, the high ones first, with a sign: what must not be overlooked is what fits."""
    risks = tuple(_risk(risk) for risk in row.risks)
    return cells.Marks((*risks, *(Mark(words) for words in row.marks)))


def _risk(risk: Risk) -> Mark:
    if risk.high:
        return Mark(risk_code(risk.key).sign, risk_tone(risk), "triangle-alert")
    return Mark(risk_words(risk), risk_tone(risk))


def _due(row: ResidentRow, today: date) -> cells.Text:
    due = due_words(row.due_on, today)
    return cells.Text(due.words, f"{due.tone}.text" if due.tone else "text2", strong=due.tone is not None)
