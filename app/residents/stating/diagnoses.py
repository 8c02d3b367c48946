"""Acts on diagnoses: add, correct, retract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.rules.stated import diagnosis_words, same_words, status_words
from app.residents.stating.forms import DiagnosisForm, check_diagnosis
from app.residents.stating.revising import Seen, resident_of, retract, revise, standing, stated
from db.models import Diagnosis, Resident


@dataclass(frozen=True)
class AddDiagnosis(Order[UUID]):
    """One more diagnosis, the last of all or the main one."""

    resident: UUID
    form: DiagnosisForm


@dataclass(frozen=True)
class CorrectDiagnosis(Order[None]):
    """Other words, code, onset or status; `reason` as of `CorrectAllergy`."""

    seen: Seen
    form: DiagnosisForm
    reason: str


@dataclass(frozen=True)
class RetractDiagnosis(Order[None]):
    """A diagnosis was an error; `why` in words. One that is over is no error: its status says so."""

    seen: Seen
    why: str


@performs(AddDiagnosis)
def add_diagnosis(unit: Unit, order: AddDiagnosis) -> UUID:
    """Refuses one that stands already; the same illness over again, after the first was cured, is another."""
    resident = resident_of(unit, order.resident)
    form = check_diagnosis(order.form, unit.today, resident.birth_date)
    here = stated(unit, Diagnosis, resident.rid)
    _refuse_twice(here, form)
    ordinal = _first(here) if form.first else max((row.ordinal for row in here), default=0) + 1
    fresh = Diagnosis(
        **unit.stamp(), revision=1, resident=resident.rid, **_content(form), ordinal=ordinal if here else 1
    )
    unit.session.add(fresh)
    return fresh.rid


@performs(CorrectDiagnosis)
def correct_diagnosis(unit: Unit, order: CorrectDiagnosis) -> None:
    row = standing(unit, Diagnosis, order.seen)
    birth = unit.session.get_one(Resident, row.resident).birth_date
    form = check_diagnosis(order.form, unit.today, birth)
    others = [one for one in stated(unit, Diagnosis, row.resident) if one.rid != row.rid]
    _refuse_twice(others, form)
    moves = form.first and any(one.ordinal <= row.ordinal for one in others)
    ordinal = _first(others) if moves else row.ordinal
    revise(unit, row, order.reason, {**_content(form), "ordinal": ordinal})


@performs(RetractDiagnosis)
def retract_diagnosis(unit: Unit, order: RetractDiagnosis) -> None:
    retract(unit, standing(unit, Diagnosis, order.seen), order.why)


def _content(form: DiagnosisForm) -> dict[str, Any]:
    return {"words": form.words, "code": form.code, "onset": form.onset, "status": form.status}


def _first(here: list[Diagnosis]) -> int:
    """The place before all others: only the one that moves is written anew."""
    return min((row.ordinal for row in here), default=2) - 1


def _refuse_twice(here: list[Diagnosis], form: DiagnosisForm) -> None:
    for row in here:
        over = row.status == "resolved" and row.onset != form.onset
        if same_words(row.words, form.words) and not over:
            said = diagnosis_words(row.words, row.code, row.onset)
            raise Refusal(
                f"已登记诊断：{said}，{status_words(row.status)}。要改状态或时间，请更正那一条。",
                field="words",
            )
