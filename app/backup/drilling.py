"""A drill: a backup is restored into a scratch place as if it were needed, three charts opened, all taken away."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.access.keys import STRONG, Cost
from app.backup.opened import Secret, check_newer, clear, open_backup, unpack
from app.core.clock import Clock
from app.core.desk import Desk
from app.core.home import Home
from app.core.ids import Ids
from app.core.roles import Actor, Role
from app.core.watch import Watch
from app.opening import open_desk
from app.residents.queries import Chart
from db.models import Resident
from db.upgrade import revisions

CHARTS = 3
_PROVER = Actor(UUID(int=0), "", "演练", frozenset({Role.HEAD_NURSE}), "")
"""Opens charts for proof and shows them to nobody."""


@dataclass(frozen=True)
class Drilled:
    """What a drill proved, and when."""

    file: Path
    at: datetime
    made_at: datetime
    residents: int
    charts: int
    lines: int
    seconds: float

    @property
    def words(self) -> str:
        return (
            f"能打开，逐页核验无误，审计 {self.lines} 条连续，老人 {self.residents} 位，"
            f"打开了 {self.charts} 份档案，用时 {self.seconds:.1f} 秒"
        )


@dataclass(frozen=True)
class Practice:
    """Where a drill unpacks, and by which clock; `cost` is cheap only in tests."""

    scratch: Home
    clock: Clock
    cost: Cost = STRONG


def drill(practice: Practice, file: Path, secret: Secret, watch: Watch) -> Drilled:
    """Refuses whatever a restore would refuse; leaves nothing behind."""
    begun = time.monotonic()
    opened = open_backup(file, secret, watch)
    check_newer(opened.manifest, revisions())
    scratch = practice.scratch
    try:
        unpack(opened, scratch, watch)
        desk = open_desk(scratch, opened.key, practice.clock, Ids(), practice.cost).desk
        try:
            charts = _open_charts(desk, watch)
        finally:
            desk.close()
    finally:
        clear(scratch)
    stated = opened.manifest
    residents = stated.counts.get("resident", 0)
    at, seconds = practice.clock.now(), time.monotonic() - begun
    return Drilled(file, at, stated.made_at, residents, charts, stated.head[0], seconds)


def _open_charts(desk: Desk, watch: Watch) -> int:
    """The first, a middle and the last resident's chart, read as the chart view reads them."""
    with desk.reading() as session:
        residents = session.scalars(select(Resident.rid).order_by(Resident.number)).all()
    chosen = (
        {residents[place] for place in (0, len(residents) // 2, len(residents) - 1)} if residents else set()
    )
    for number, rid in enumerate(sorted(chosen), 1):
        watch.report(number, len(chosen), "正在打开档案")
        desk.ask_as(_PROVER, Chart(rid))
    return len(chosen)
