"""One slot as screens show it: the medicine in words, what it asks for now, what is in the way, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.core.unit import Reader
from app.medication.derived import DoseFact, Held, OrderFact
from app.medication.facts import pieces_of, strength_of
from app.medication.giving.prompting import Bedside, prompts_of, suggests_hold, wanted_now
from app.medication.giving.writing import SlotKey
from app.medication.lists import MEALS, reason_words, reasons, round_of, route_of
from app.medication.rules.amounts import amount_words, pieces_words
from app.medication.rules.dosing import dosing_words
from app.medication.rules.prompts import Prompt
from app.medication.rules.slots import DoseState
from app.medication.seen_dose import SeenDose
from app.residents.stating import Seen


@dataclass(frozen=True)
class Recorded:
    """What was recorded of a slot; `letter` stands for it in the month grid. `others`: who else recorded it."""

    seen: Seen
    outcome: str
    words: str
    who: str
    second: str
    at: datetime
    amount: str
    letter: str
    doubled: bool
    contradicts: bool
    mine: bool
    recorded_at: datetime
    number: int | None = None
    note: str = ""
    late: str = ""
    others: tuple[Recorded, ...] = ()


@dataclass(frozen=True)
class SlotRow:
    """One slot. `dose`: what it asks for now (`6 U`; empty while the blood glucose is waited for); `pieces`: `1 片`."""

    key: SlotKey
    round: str
    resident: UUID
    number: str
    words: str
    strength: str
    dose: str
    pieces: str
    dosing: str
    route: str
    route_code: str
    meal: str
    note: str
    sites: tuple[str, ...]
    high_alert: bool
    whole: bool
    own_supply: bool
    critical: bool
    unsigned: bool
    at: datetime
    opens: datetime
    closes: datetime
    shift_day: date
    shift: str
    state: DoseState
    away: str
    prompts: tuple[Prompt, ...]
    recorded: Recorded | None

    @property
    def ready(self) -> bool:
        """Whether one key gives it now."""
        return self.state is DoseState.DUE and not self.prompts

    @property
    def holds(self) -> bool:
        """Whether a value says to hold it."""
        return suggests_hold(self.prompts)


def slot_row(reader: Reader, held: Held, names: Mapping[UUID, str], known: Bedside | None) -> SlotRow:
    """`known` None: the prompts are not asked for (a board of another day)."""
    order, slot = held.order, held.slot
    prompts = prompts_of(reader, held, known) if known is not None and held.state.open else ()
    asked = wanted_now(held, known, reader) if known is not None else held.asked
    route = route_of(order.route)
    return SlotRow(
        key=slot.key,
        round=round_of(slot.name).key,
        resident=order.resident,
        number=order.number,
        words=order.words,
        strength=strength_of(order.facts),
        dose="" if asked.amount is None else f"{amount_words(asked.amount)} {order.dose_unit}",
        pieces=pieces_said(order, asked.amount),
        dosing=dosing_words(order.dosing, order.dose_unit),
        route=route.words,
        route_code=route.code,
        meal=MEALS.get(order.meal, ""),
        note="；".join(part for part in (order.note, str(order.facts.get("note") or "")) if part),
        sites=route.sites,
        high_alert=bool(order.facts.get("high_alert")),
        whole=bool(order.facts.get("whole")),
        own_supply=order.own_supply,
        critical=order.critical,
        unsigned=order.unsigned_by is not None,
        at=slot.at,
        opens=slot.opens,
        closes=slot.closes,
        shift_day=slot.shift_day,
        shift=slot.shift,
        state=held.state,
        away=held.away,
        prompts=prompts,
        recorded=None if held.dose is None else recorded_of(reader, held.dose, names),
    )


def recorded_of(reader: Reader, dose: DoseFact, names: Mapping[UUID, str]) -> Recorded:
    """What became of a dose, in words."""
    state = DoseState(dose.outcome)
    why = reason_words(dose.reason_code, dose.note)
    reason = reasons().get(dose.reason_code or 0)
    words = state.words if not why or state.taken else why
    return Recorded(
        seen=SeenDose.of(dose),
        outcome=dose.outcome,
        words=f"{words}（迟给：{dose.late}）" if dose.late else words,
        who=names.get(dose.author, "别的站点"),
        second=names.get(dose.second, "") if dose.second else "",
        at=dose.at,
        amount=f"{dose.amount} {dose.unit}" if dose.amount else "",
        letter="漏" if state is DoseState.MISSED else reason.letter if reason else "",
        doubled=dose.doubled,
        contradicts=dose.contradicts,
        mine=dose.author == reader.actor.rid,
        recorded_at=dose.recorded_at,
        number=dose.reason_code,
        note=dose.note,
        late=dose.late,
        others=tuple(recorded_of(reader, one, names) for one in dose.others),
    )


def pieces_said(order: OrderFact, amount: Decimal | None) -> str:
    """`1 片`, `½ 片`; empty where the dose is said in base units anyway, or cannot be reckoned."""
    if amount is None or order.dose_unit == order.facts.get("unit"):
        return ""
    pieces = pieces_of(order.facts, amount, order.dose_unit)
    if pieces is None or order.facts.get("unit") in ("mL", "支", "U"):
        return ""
    return f"{pieces_words(pieces)} {order.facts['unit']}"
