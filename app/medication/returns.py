"""Returns from hospital and what was decided of the medicines of before: one statement more, only where one counts.

Every path that gives a medicine asks here: the slots of a round (`returns_of`), a single order (`return_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, select

from app.care.spans import Span, absences_of
from app.core.unit import Reader
from app.medication.rules.reconcile import Decided, Return, Stay, last_return
from db.models import MedDecision, Setting

HOSPITAL = "hospital"
_DECISIONS = select(
    MedDecision.absence, MedDecision.med_order, MedDecision.decision, MedDecision.at, MedDecision.state
).where(
    MedDecision.resident.in_(bindparam("residents", expanding=True)),
    MedDecision.absence.in_(bindparam("absences", expanding=True)),
    MedDecision.current,
)
_COUNTS_FROM = select(Setting.value).where(Setting.key == "reconcile_from")


class Written(Protocol):
    """An order: whose, and when it was written."""

    @property
    def resident(self) -> UUID: ...

    @property
    def written(self) -> datetime: ...


def returns_of(
    reader: Reader, orders: Iterable[Written], absences: Mapping[UUID, Collection[Span]]
) -> dict[UUID, Return]:
    """By resident: the last return from hospital that some of these orders were written before, with its decisions."""
    first: dict[UUID, datetime] = {}
    for order in orders:
        before = first.get(order.resident)
        if before is None or order.written < before:
            first[order.resident] = order.written
    ended = {rid: _ended(absences.get(rid, ()), written, reader.now) for rid, written in first.items()}
    return _chained(reader, {rid: stays for rid, stays in ended.items() if stays})


def last_returns(reader: Reader, residents: Collection[UUID] | None) -> dict[UUID, Return]:
    """The last return from hospital of each who had one, whatever orders there are."""
    absences = absences_of(reader, residents)
    ended = {rid: _ended(spans, None, reader.now) for rid, spans in absences.items()}
    return _chained(reader, {rid: stays for rid, stays in ended.items() if stays})


def return_of(reader: Reader, order: Written) -> Return | None:
    """The return that concerns one order; None where there is none."""
    absences = absences_of(reader, [order.resident])
    back = returns_of(reader, [order], absences).get(order.resident)
    return back if back is not None and back.concerns(order.written) else None


def counted_from(reader: Reader) -> datetime | None:
    """Returns before this moment were over when reconciliation came: nothing of them is held."""
    kept = reader.session.scalar(_COUNTS_FROM)
    return None if not kept else datetime.fromtimestamp(int(kept["at"]) / 1000, UTC)


def _chained(reader: Reader, ended: Mapping[UUID, list[Stay]]) -> dict[UUID, Return]:
    if not ended:
        return {}
    counts_from, decisions = counted_from(reader), _decisions(reader, ended)
    backs = {rid: last_return(stays, decisions, counts_from) for rid, stays in ended.items()}
    return {rid: back for rid, back in backs.items() if back is not None}


def _ended(spans: Collection[Span], written: datetime | None, now: datetime) -> list[Stay]:
    return [
        (one.rid, one.since, one.until)
        for one in spans
        if one.what == HOSPITAL
        and one.rid is not None
        and one.since is not None
        and one.until is not None
        and one.until <= now
        and (written is None or written < one.until)
    ]


def _decisions(reader: Reader, ended: Mapping[UUID, list[Stay]]) -> dict[UUID, list[Decided]]:
    """What was decided of orders, by absence. Retracted ones too: a station's keep does not outweigh another's no."""
    asked = {"residents": list(ended), "absences": [one[0] for stays in ended.values() for one in stays]}
    found: dict[UUID, list[Decided]] = defaultdict(list)
    for absence, order, decision, at, state in reader.session.execute(_DECISIONS, asked):
        if order is not None:
            found[absence].append(Decided(order, decision, at, state != "retracted"))
    return found
