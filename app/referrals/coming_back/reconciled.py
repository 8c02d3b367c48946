"""Whether the medicines of somebody who came back are reconciled 用药重整: asked in this one place."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from db.models import MedReconciliation

NONE, WAITS, DONE = "none", "open", "done"
"""Nothing to reconcile (no time in hospital ended), waits, signed as finished."""


def reconciliation(reader: Reader, absence: UUID | None) -> tuple[str, MedReconciliation | None]:
    """Where the reconciliation of one return stands, and its record: with none nothing is decided yet."""
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
    return (DONE if row is not None and row.doctor_at is not None else WAITS), row
