"""Medicines that stand 待重整 after a hospital: to who reconciles at once, red once a held dose's time is over."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.clock import local
from app.core.roles import Right, Role
from app.medication.reconciling import OpenReconciliations, OpenRow
from app.medication.reconciling.questions import OPEN, open_reconciliations
from app.medication.rules.reconcile import Pressure
from app.today.glance import Glance
from app.today.tiles import Todo, Way

RANK, RANK_SIGN = 100, 145
MOST = 6
_TONES = {Pressure.LATE: "danger", Pressure.SOON: "orange", Pressure.OPEN: "warn", Pressure.NONE: "warn"}


def todos(glance: Glance) -> Iterator[Todo]:
    """By name, what presses most first. A doctor sees those that wait for a signature too; the manager none."""
    if not glance.actor.may(Right.RECONCILE):
        return
    signs = glance.actor.may(Right.ORDER_MEDICINES)
    leads = bool(glance.actor.roles & {Role.HEAD_NURSE, Role.DOCTOR})
    rows = [one for one in open_reconciliations(glance, OpenReconciliations()) if one.state == OPEN or signs]
    for place, row in enumerate(rows[:MOST]):
        yield _todo(glance, RANK + place if row.state == OPEN else RANK_SIGN + place, row, leads=leads)
    if more := len(rows[MOST:]):
        way = Way("reconcile", {"resident": None})
        yield Todo(
            RANK + MOST,
            f"另有 {more} 位",
            "返院用药待重整",
            "还没有逐种决定",
            "待重整",
            "warn",
            way,
            "list-checks",
        )


def _todo(glance: Glance, rank: int, row: OpenRow, *, leads: bool) -> Todo:
    zone = glance.settings.zone
    due = "" if row.due is None else f"{local(zone, row.due):%m-%d %H:%M}"
    late = "，已过给药时间，请马上决定" if row.escalated and leads else ""
    words = f"{row.undecided} 种药没有决定，{row.held} 种停着不给{late}" if row.state == OPEN else "都已决定"
    about = " · ".join(part for part in (row.bed, "、".join(row.urgent), words) if part)
    way = Way("reconcile", {"resident": row.resident})
    title = f"{row.name} {row.state_words}"
    return Todo(rank, due, title, about, row.state_words, _TONES[row.pressure], way, "list-checks")
