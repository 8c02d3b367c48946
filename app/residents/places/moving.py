"""A resident changes beds: a new revision of the stay, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import refuse_held
from app.residents.rules import Wrong, check_move_reason
from app.residents.rules.stays import AT_HOME, MODES
from app.residents.search_row import current_stay, keep_search
from app.residents.stating.revising import next_revision
from db.models import Place, Resident, Stay


@dataclass(frozen=True)
class Moved:
    """Who lies where now, for the notice line. `before` is the label of the old bed, empty for none."""

    name: str
    before: str
    bed: str


@dataclass(frozen=True)
class MoveBed(Order[Moved]):
    """Into another bed. `reason` is one of `MOVE_REASONS`, 其他 with its words."""

    resident: UUID
    bed: UUID
    reason: str


@performs(MoveBed)
def move_bed(unit: Unit, order: MoveBed) -> Moved:
    """Refuses somebody who is not here, no reason, the bed they lie in, and a taken bed, naming who lies there."""
    unit.require(Right.EDIT_RESIDENTS)
    try:
        reason = check_move_reason(order.reason)
    except Wrong as wrong:
        raise Refusal(wrong.text + "。", field="reason") from wrong
    resident = unit.session.get(Resident, order.resident)
    stay = current_stay(unit, order.resident)
    if resident is None or stay is None or stay.ends is not None or stay.status != "in":
        raise Refusal("这位老人现在不在住，不能换床。")
    if stay.mode in AT_HOME:
        raise Refusal(f"{MODES[stay.mode]}不占机构床位，不能换床。")
    bed = unit.session.get(Place, order.bed)
    if bed is None or bed.kind != "bed":
        raise Refusal("没有找到这张床，请刷新床位图。")
    if stay.bed == bed.rid:
        raise Refusal(f"{resident.name} 已经住在 {bed.label}。")
    refuse_held(unit, bed)
    old = unit.session.get(Place, stay.bed) if stay.bed else None
    revise_stay(unit, stay, (stay.begins, bed.rid), reason)
    keep_search(unit, resident.rid)
    return Moved(resident.name, old.label if old else "", bed.label)


def revise_stay(unit: Unit, stay: Stay, said: tuple[date | None, UUID | None], reason: str) -> None:
    """A stay with another beginning or bed (`said`) is its next revision; the one before stays readable."""
    begins, bed = said
    next_revision(unit, stay, reason, {"begins": begins, "bed": bed, "state": "corrected"}, at=unit.now)
