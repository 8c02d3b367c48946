"""What presses and for how long: resources/medication/reconcile.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from app.core.resources import resource


@dataclass(frozen=True)
class ReconcileLists:
    """`soon`: before the next held dose; `escalate`: after it; `urgent`: class of medicines → words."""

    soon: timedelta
    escalate: timedelta
    sign_within: timedelta
    undo: timedelta
    urgent: Mapping[str, str]


@cache
def reconcile_lists() -> ReconcileLists:
    read = tomllib.loads(resource("medication", "reconcile.toml").read_text(encoding="utf-8"))
    times = read["times"]
    return ReconcileLists(
        soon=timedelta(minutes=times["soon_minutes"]),
        escalate=timedelta(minutes=times["escalate_minutes"]),
        sign_within=timedelta(hours=times["sign_within_hours"]),
        undo=timedelta(minutes=times["undo_minutes"]),
        urgent=read["urgent"],
    )
