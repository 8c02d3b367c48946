"""What an institution decides after set-up: the act that changes settings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.access.founding import SETTINGS
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.settings import Settings
from app.core.unit import Unit
from db.models import Setting

LONGEST_IDLE = 60
"""Minutes without a key until the screen locks, at most."""


@dataclass(frozen=True)
class ChangeSettings(Order[Settings]):
    """What an institution may decide later: minutes until the screen locks, how levels are raised."""

    lock_after_minutes: int
    stack_level_raises: bool


@performs(ChangeSettings)
def change_settings(unit: Unit, order: ChangeSettings) -> Settings:
    """Refuses a lock outside 1 to 60 minutes. Whoever holds the open station lets it take the new ones."""
    unit.require(Right.CHANGE_SETTINGS)
    if not 1 <= order.lock_after_minutes <= LONGEST_IDLE:
        raise Refusal(f"锁定时间是 1 到 {LONGEST_IDLE} 分钟。", field="lock_after_minutes")
    settings = replace(
        unit.settings,
        lock_after_minutes=order.lock_after_minutes,
        stack_level_raises=order.stack_level_raises,
    )
    row = unit.session.get_one(Setting, SETTINGS)
    if settings != unit.settings:
        row.value = settings.as_stored()
        unit.note("change_settings", "setting", None)
    return settings
