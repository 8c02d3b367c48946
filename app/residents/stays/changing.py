"""Another mode of service 服务方式: a revision of the stay with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.rules.stays import AT_HOME, MODE, mode_refused
from app.residents.rules.windows import When
from app.residents.search_row import keep_search
from app.residents.stating.revising import next_revision
from app.residents.stays.forms import words
from app.residents.stays.steps import Stepped, bed_for, begin, label_of, moment_of


@dataclass(frozen=True)
class ChangeMode(Order[Stepped]):
    """From residence to day care, home … At home the bed is given up; `bed` for whoever needs one now."""

    resident: UUID
    mode: str
    why: str
    bed: UUID | None = None
    when: When | None = None


@performs(ChangeMode)
def change_mode(unit: Unit, order: ChangeMode) -> Stepped:
    """Refuses the mode there is, no reason, a home without address, a bed somebody else has."""
    now = begin(unit, MODE, order.resident)
    stay = now.the_stay
    if order.mode == stay.mode:
        raise Refusal("服务方式没有变化。", field="mode")
    why = words(order.why, "why", "原因", required=True)
    bed = order.bed or (None if order.mode in AT_HOME else stay.bed)
    if (wrong := mode_refused(order.mode, bed=bed is not None, address=now.resident.address)) is not None:
        raise Refusal(wrong[1], field=wrong[0])
    moment = moment_of(unit, order.when)
    if stay.begins is not None and moment.day < stay.begins:
        raise Refusal(f"早于入住日期 {stay.begins.isoformat()}。", field="day")
    if bed is not None:
        bed_for(unit, bed, order.resident)
    changes = {"mode": order.mode, "bed": bed, "state": "signed"}
    next_revision(unit, stay, why, changes, at=moment.at)
    keep_search(unit, order.resident)
    return Stepped(now.resident.name, stay.rid, stay.revision + 1, label_of(unit, bed))
