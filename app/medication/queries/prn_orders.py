"""The medicines a resident may get when needed: the last dose, how many in a day, when another may be given."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.care.derived import hours_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_of
from app.medication.facts import strength_of
from app.medication.giving.give import known_of
from app.medication.giving.prn import over_words, prn_prompts, prn_state
from app.medication.lists import route_of
from app.medication.rules.dosing import dosing_words
from app.medication.rules.prn import PrnNow
from app.medication.rules.prompts import Prompt
from app.medication.rules.regime import PRN, SOS


@dataclass(frozen=True)
class PrnRow:
    """One order. `amount` empty: the order leaves it open; `over`: why it cannot be used whatever was given.

    `gap_minutes` and `most` are the doctor's limits, None where nothing was said; `why`: what it was ordered for.
    """

    order: UUID
    number: str
    words: str
    strength: str
    dose: str
    amount: str
    unit: str
    route: str
    sites: tuple[str, ...]
    once: bool
    why: str
    note: str
    high_alert: bool
    own_supply: bool
    gap_minutes: int | None
    most: int | None
    now: PrnNow
    over: str
    prompts: tuple[Prompt, ...]

    @property
    def may(self) -> bool:
        """Whether it can be given now, once what it asks is answered."""
        return self.now.may and not self.over and not any(one.refuses for one in self.prompts)


@dataclass(frozen=True)
class PrnOrders(Question[tuple[PrnRow, ...]]):
    """Those that are not over, by number."""

    resident: UUID


@answers(PrnOrders)
def prn_orders(reader: Reader, question: PrnOrders) -> tuple[PrnRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    facts = orders_of(reader, [question.resident], hours_of(reader), [reader.today])
    standing = [
        fact
        for fact in facts.values()
        if fact.kind in (PRN, SOS) and fact.status not in ("stopped", "cancelled")
    ]
    known = known_of(reader, [question.resident]) if standing else None
    return tuple(
        _row(reader, fact, prn_prompts(reader, fact, known)) for fact in standing if known is not None
    )


def _row(reader: Reader, fact: OrderFact, prompts: tuple[Prompt, ...]) -> PrnRow:
    route = route_of(fact.route)
    return PrnRow(
        order=fact.rid,
        number=fact.number,
        words=fact.words,
        strength=strength_of(fact.facts),
        dose=dosing_words(fact.dosing, fact.dose_unit),
        amount=str(fact.dosing.get("amount", "")),
        unit=fact.dose_unit,
        route=route.words,
        sites=route.sites,
        once=fact.kind == SOS,
        why=str(fact.prn.get("why") or fact.indication),
        note=fact.note,
        high_alert=bool(fact.facts.get("high_alert")),
        own_supply=fact.own_supply,
        gap_minutes=fact.prn.get("gap_minutes"),
        most=fact.prn.get("most"),
        now=prn_state(reader, fact, reader.now),
        over=over_words(reader, fact),
        prompts=prompts,
    )
