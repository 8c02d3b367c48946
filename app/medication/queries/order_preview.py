"""What an order would become while it is typed: its words, its tablets, its first doses; refusals name their field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

from app.care.derived import hours_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import regime_of
from app.medication.facts import strength_of
from app.medication.lists import route_of
from app.medication.orders.forms import OrderForm, check_order
from app.medication.orders.transcribing import check_source
from app.medication.queries.order_rows import pieces_said, when_words
from app.medication.rules.dosing import dosing_words
from app.medication.rules.regime import KINDS, WHEN_NEEDED

_DAYS = 16
_FIRST = 3


@dataclass(frozen=True)
class OrderPreviewRow:
    """One order as the basket shows it. `firsts`: the first doses; `asks`: dose, route, times in words."""

    kind: str
    title: str
    asks: str
    pieces: str
    begins: datetime
    ends: datetime | None
    firsts: tuple[datetime, ...]
    high_alert: bool
    control: str
    skin_test: bool
    second: bool
    holds: tuple[str, ...]


@dataclass(frozen=True)
class OrderPreview(Question[OrderPreviewRow]):
    """Nothing is written; refuses what the order itself would refuse. `transcribed`: its source is asked too."""

    form: OrderForm
    transcribed: bool = False


@answers(OrderPreview)
def order_preview(reader: Reader, question: OrderPreview) -> OrderPreviewRow:
    reader.require(Right.READ_RESIDENTS)
    checked = check_order(reader, question.form)
    if question.transcribed:
        check_source(reader, question.form)
    row: Any = SimpleNamespace(**checked.columns)
    pieces = pieces_said(row)
    dose = dosing_words(row.dosing, row.dose_unit)
    parts = (f"{dose}（{pieces}）" if pieces else dose, route_of(row.route).words, when_words(row))
    return OrderPreviewRow(
        kind=KINDS[row.kind],
        title=" ".join(part for part in (row.words, strength_of(row.facts)) if part),
        asks="　".join(part for part in parts if part),
        pieces=pieces,
        begins=row.begins,
        ends=row.ends,
        firsts=_firsts(reader, row),
        high_alert=checked.drug.high_alert,
        control=checked.drug.control,
        skin_test=checked.drug.skin_test,
        second=checked.drug.second,
        holds=checked.drug.holds,
    )


def _firsts(reader: Reader, row: Any) -> tuple[datetime, ...]:
    if row.kind in WHEN_NEEDED:
        return ()
    hours = hours_of(reader)
    regime = regime_of(row, hours)
    days = (regime.first_day + timedelta(days=step) for step in range(_DAYS))
    return tuple(at for _, _, at in islice(regime.slots(days, hours), _FIRST))
