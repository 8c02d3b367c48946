"""What stands in the form of an evaluation: prefilled, kept as a draft, read, held against the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.core.form import Value
from app.rehab.form.evaluation import diagnoses_words, read_said, said_values
from app.rehab.lists.contraindications import contraindications
from app.rehab.lists.joints import joint_words
from app.rehab.queries.evaluation import EvaluationStart
from app.rehab.rules.evaluation import FIRST, SIDES, Change, Evaluated, Problem, changes_between
from app.residents.queries import ChartRow
from ui.rehab.evaluation_layout import EvaluationPieces

_DATED = ("evaluated_on", "stage", "cause")


def begun(start: EvaluationStart, chart: ChartRow, stage: str, today: date) -> Evaluated:
    """What an evaluation begins with: the one before as far as it goes on, else what the chart says."""
    vitals = {code: value for one in start.vitals for code, value in one.numbers.items()}
    if start.last is not None and stage != FIRST:
        texts = {key: text for key, text in start.last.said.texts.items() if key not in ("summary", "next")}
        return replace(
            start.last.said,
            stage=stage,
            cause="",
            evaluated_on=today,
            texts=texts,
            measures={},
            vitals=vitals,
        )
    diagnosis = diagnoses_words((one.words, one.status) for one in chart.diagnoses)
    onset = next((one.onset for one in chart.diagnoses if one.onset), "")
    phase = start.plan.phase if start.plan is not None else ""
    return Evaluated(
        stage, "", phase, today, diagnosis, texts={"onset": onset} if onset else {}, vitals=vitals
    )


def show_said(pieces: EvaluationPieces, said: Evaluated) -> None:
    """Put an evaluation into the form."""
    for form in pieces.forms:
        form.set_values(said_values(said))
    pieces.problems.show_problems(said.problems)
    pieces.asked.show_answers(said.contraindications, said.denied)
    pieces.motions.show_motions(said.ranges)


def read(pieces: EvaluationPieces) -> Evaluated:
    """What the form says now."""
    values: dict[str, Value] = {}
    for form in pieces.forms:
        values |= form.values()
    answered = (pieces.asked.held, pieces.asked.denied)
    said = read_said(values, pieces.problems.said, answered, pieces.motions.said)
    return replace(said, measures=pieces.measures.said)


def content(pieces: EvaluationPieces) -> dict[str, Any]:
    """The draft: everything as typed."""
    values: dict[str, Value] = {}
    for form in pieces.forms:
        values |= form.draft()
    return {
        "values": values,
        "problems": [[one.code, one.words, one.note] for one in pieces.problems.said],
        "held": pieces.asked.held,
        "denied": list(pieces.asked.denied),
        "degrees": pieces.motions.typed,
        "measures": list(pieces.measures.codes),
        "refused": list(pieces.measures.refused),
    }


def put_back(pieces: EvaluationPieces, kept: Mapping[str, Any]) -> None:
    """A draft into the form, but for the measures, which are asked for again."""
    values: dict[str, Value] = {
        key: tuple(said) if isinstance(said, list) else said for key, said in kept["values"].items()
    }
    for form in pieces.forms:
        form.set_values(values)
    pieces.problems.show_problems(Problem(*one) for one in kept["problems"])
    pieces.asked.show_answers(kept["held"], kept["denied"])
    pieces.motions.show_typed(kept["degrees"])


def changes_since(before: Evaluated, now: Evaluated) -> tuple[Change, ...]:
    """What is said otherwise than before, codes as words; what a date says of itself is left out."""
    return tuple(
        _in_words(one, before, now) for one in changes_between(before, now) if one.field not in _LEFT_OUT
    )


_LEFT_OUT = ("summary", "next")


def _in_words(one: Change, before: Evaluated, now: Evaluated) -> Change:
    if one.field == "contraindications":
        return replace(one, before=_names(before), now=_names(now))
    if one.field.startswith("ranges."):
        _, joint, side = one.field.split(".")
        return replace(one, words=f"{SIDES.get(side, '')}{joint_words(joint)}")
    return one


def _names(said: Evaluated) -> str:
    known = contraindications()
    return "、".join(known[code].words if code in known else code for code in said.contraindications)
