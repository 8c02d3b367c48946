"""When a plan ran: kept beside its pauses, so that signing it anew does not take away what was before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.rehab.facts import ran_since
from db.models import RehabPlan


def run_of(row: RehabPlan, status: str, now: datetime) -> dict[str, Any]:
    """`pauses` of a plan that comes to this status: `ran`, when it first ran, and each of its `halts`.

    A halt is from when until when a plan that had run waited to be signed anew.
    """
    kept = dict(row.pauses)
    halts = [list(one) for one in kept.get("halts", ())]
    ran = ran_since(row) if row.status == "running" else None
    if "ran" not in kept and (ran is not None or status == "running"):
        kept["ran"] = (ran or now).isoformat()
    waits = bool(halts) and halts[-1][1] is None
    if status == "running" and waits:
        halts[-1][1] = now.isoformat()
    elif status != "running" and row.status == "running":
        halts.append([now.isoformat(), None])
    return {**kept, **({"halts": halts} if halts else {})}
