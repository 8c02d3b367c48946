"""Whether the medicines of somebody who came back are reconciled 用药重整: asked in this one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.medication.reconciling.case import Case, cases_of
from app.medication.reconciling.signed import covers, finished
from db.models import Absence, MedDecision, MedReconciliation

NONE, WAITS, DONE = "none", "open", "done"
"""No medicine to decide about, waits for decisions or for a doctor, signed as finished."""

Reconciled = tuple[str, MedReconciliation | None]


def reconciliation(reader: Reader, resident: UUID, absence: UUID | None) -> Reconciled:
    """Where the reconciliation of one return stands, and its record where there is one."""
    if absence is None:
        return NONE, None
    return reconciliations(reader, {absence: resident})[absence]


def reconciliations(reader: Reader, whose: Mapping[UUID, UUID]) -> dict[UUID, Reconciled]:
    """Of many returns: time in hospital → resident. Some statements, however many they are.

    Of a return that was followed by another one the later one is reconciled, with everything of the first.
    """
    if not whose:
        return {}
    last = {case.back.absence: case for case in cases_of(reader, set(whose.values()), bare=True)}
    records = _records(reader, whose)
    ended, decided = _before(reader, [rid for rid in whose if rid not in last])
    found: dict[UUID, Reconciled] = {}
    for rid in whose:
        row = records.get(rid)
        if (case := last.get(rid)) is not None:
            found[rid] = _of_last(reader, case), row
        else:
            ends = ended.get(rid)
            found[rid] = DONE if ends is not None and covers(row, ends, decided[rid]) else NONE, row
    return found


def _of_last(reader: Reader, case: Case) -> str:
    if finished(reader, case):
        return DONE
    return WAITS if case.orders or case.lines or case.decisions else NONE


def _records(reader: Reader, absences: Collection[UUID]) -> dict[UUID, MedReconciliation]:
    asked = select(MedReconciliation).where(
        MedReconciliation.absence.in_(list(absences)),
        MedReconciliation.current,
        MedReconciliation.state != "retracted",
    )
    rows = reader.session.scalars(asked.order_by(MedReconciliation.recorded_at))
    return {row.absence: row for row in rows}


def _before(
    reader: Reader, absences: Collection[UUID]
) -> tuple[dict[UUID, datetime], defaultdict[UUID, list[MedDecision]]]:
    """Of returns that are not the last: when they were, and what was decided of each."""
    decided: defaultdict[UUID, list[MedDecision]] = defaultdict(list)
    if not absences:
        return {}, decided
    ends = select(Absence.rid, Absence.ends).where(
        Absence.rid.in_(absences), Absence.current, Absence.state != "retracted", Absence.ends.is_not(None)
    )
    rows = select(MedDecision).where(
        MedDecision.absence.in_(absences), MedDecision.current, MedDecision.state != "retracted"
    )
    for row in reader.session.scalars(rows):
        decided[row.absence].append(row)
    return {rid: at for rid, at in reader.session.execute(ends) if at is not None}, decided
