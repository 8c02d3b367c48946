"""Whether a doctor's 完成重整 still covers what stands: asked in this one place, by screens, lists and the return."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.care.revising import follow
from app.core.unit import Reader, Unit
from app.medication.reconciling.case import Case, over
from app.medication.reconciling.matching import beside
from db.models import MedDecision, MedReconciliation


def undecided(reader: Reader, case: Case) -> list[str]:
    """The medicines nobody decided about, in words."""
    return [
        one.words
        for one in beside(case)
        if one.key not in case.decisions and not (one.order is not None and over(one.order, reader))
    ]


def finished(reader: Reader, case: Case) -> bool:
    """Signed as finished, after everything that stands, and nothing is undecided."""
    return covers(case.record, case.back.ends, case.decisions.values()) and not undecided(reader, case)


def covers(record: MedReconciliation | None, ends: datetime, decisions: Iterable[MedDecision]) -> bool:
    """Whether a doctor signed after the return and after each decision: what was decided since was not before them."""
    if record is None or record.doctor_at is None or record.doctor_at < ends:
        return False
    return all(one.recorded_at <= record.doctor_at for one in decisions)


def reopen(unit: Unit, case: Case, why: str) -> None:
    """What was signed as finished is open again: something was decided, or taken back, after it."""
    if case.record is not None and case.record.doctor_at is not None:
        again = {"doctor": None, "doctor_name": "", "doctor_at": None, "state": "corrected"}
        follow(unit, case.record, why, again)
