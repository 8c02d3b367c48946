"""What lists and charts say of a resident's latest ability assessment, read straight from its table.

The subject of assessments stands above this one and cannot be asked, so the tables are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from db.models import Assessment, Resident

ABILITY = "gbt42195-2022"
"""The instrument whose level lists show: GB/T 42195-2022."""

latest = aliased(Assessment, name="latest")
"""The joined row of the latest signed ability assessment."""

_other = aliased(Assessment, name="other")


def join_latest() -> Any:
    """The ON clause that picks, of a resident's signed assessments, the one with the latest date."""
    newest = (
        select(_other.rid)
        .where(
            _other.resident == Resident.rid,
            _other.instrument == ABILITY,
            _other.current,
            _other.state.in_(("signed", "corrected")),
            _other.undone == "",  # a refusal says nothing of the level
        )
        .order_by(_other.assessed_on.desc(), _other.recorded_at.desc())
        .limit(1)
        .correlate(Resident)
        .scalar_subquery()
    )
    return and_(latest.rid == newest, latest.current, latest.state.in_(("signed", "corrected")))
