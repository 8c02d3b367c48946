"""Doses given once or when needed, one by one as paper lists them: why, by whom, and how it worked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.clock import local
from app.core.unit import Reader
from app.medication.derived import DoseFact, OrderFact
from app.medication.giving.after import EFFECTS
from app.medication.lists import reason_words, route_of
from app.medication.queries.month_cells import Known
from app.medication.queries.month_orders import courses_of
from app.medication.rules.regime import KINDS
from app.medication.rules.slots import DoseState
from app.medication.rules.written import unit_words


@dataclass(frozen=True)
class PrnLine:
    """One dose. `at`: local time; `effect`: `23:00 好转：NRS 1分`, empty while nobody has said."""

    order: UUID
    kind: str
    at: datetime
    words: str
    why: str
    doctor: str
    who: str
    second: str
    effect: str


def prn_lines(
    reader: Reader,
    orders: Mapping[UUID, OrderFact],
    doses: Sequence[DoseFact],
    known: Known,
) -> tuple[PrnLine, ...]:
    """In the order of time."""
    doctors = {
        rid: one.doctor_name for rid, one in courses_of(reader, {dose.order for dose in doses}).items()
    }
    zone = reader.settings.zone
    return tuple(
        PrnLine(
            order=dose.order,
            kind=KINDS[orders[dose.order].kind],
            at=local(zone, dose.at),
            words=_words(orders[dose.order], dose),
            why=str(dose.prn.get("why") or orders[dose.order].indication or ""),
            doctor=doctors.get(dose.order, ""),
            who=known.sign(dose.author),
            second=known.sign(dose.second) if dose.second is not None else "",
            effect=effect_words(zone, dose),
        )
        for dose in doses
        if dose.order in orders
    )


def effect_words(zone: str, dose: DoseFact) -> str:
    """How a PRN dose worked, with the time somebody looked."""
    effect = EFFECTS.get(str(dose.prn.get("effect", "")), "")
    if not effect:
        return ""
    words = "：".join(part for part in (effect, str(dose.prn.get("effect_words", ""))) if part)
    when = dose.prn.get("effect_at")
    return f"{local(zone, datetime.fromisoformat(when)):%H:%M} {words}" if when else words


def _words(order: OrderFact, dose: DoseFact) -> str:
    if not dose.amount:
        said = reason_words(dose.reason_code, dose.note) or DoseState(dose.outcome).words
        return f"{order.words}（{said}）"
    return f"{order.words} {dose.amount} {unit_words(dose.unit)} {route_of(order.route).words}"
