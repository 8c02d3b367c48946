"""Whether the medicines of somebody who came back are reconciled 用药重整: asked in this one place."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.medication.reconciling.case import case_of
from db.models import MedReconciliation

NONE, WAITS, DONE = "none", "open", "done"
"""No medicine to decide about, waits for decisions or for a doctor, signed as finished."""


def reconciliation(
    reader: Reader, resident: UUID, absence: UUID | None
) -> tuple[str, MedReconciliation | None]:
    """Where the reconciliation of one return stands, and its record where there is one.

    Of a return that was followed by another one the later one is reconciled, with everything of the first.
    """
    if absence is None:
        return NONE, None
    row = reader.session.scalar(
        select(MedReconciliation)
        .where(
            MedReconciliation.absence == absence,
            MedReconciliation.current,
            MedReconciliation.state != "retracted",
        )
        .order_by(MedReconciliation.recorded_at.desc())
        .limit(1)
    )
    if row is not None and row.doctor_at is not None:
        return DONE, row
    case = case_of(reader, resident)
    return (WAITS if case is not None and case.back.absence == absence else NONE), row
