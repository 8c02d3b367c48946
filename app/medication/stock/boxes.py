"""摆药: the pill box of a resident for a round, filled by one and checked by another; orders changed since undo it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access import proof
from app.access.names import author_names
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Actor, Right
from app.core.unit import Reader, Unit
from app.medication.derived import Held, derive
from app.medication.facts import pieces_of
from app.medication.lists import round_of, rounds
from app.medication.rules.amounts import amount_words
from app.medication.rules.shelf import Shelf
from app.medication.rules.slots import DoseState
from app.medication.stock.balance import Which, shelves
from app.medication.stock.lists import boxed
from app.residents.stating import Seen
from app.residents.stating.revising import retract, standing_of
from db.models import Dispense

BOX = "box"
Item = dict[str, Any]
"""One medicine in a box: order, slot, words, amount, unit, pieces, lot."""


@dataclass(frozen=True)
class FillBoxes(Order[tuple[Seen, ...]]):
    """The boxes of some residents for a round are filled; one that stands filled and unchanged is left alone."""

    residents: tuple[UUID, ...]
    day: date
    round: str


@dataclass(frozen=True)
class CheckBoxes(Order[int]):
    """Somebody else than who filled them checked these boxes: whoever is at the desk, or `second` by a proof."""

    seen: tuple[Seen, ...]
    second: Proof | None = None


@dataclass(frozen=True)
class EmptyBox(Order[Seen]):
    """A box is taken apart; `why` in words."""

    seen: Seen
    why: str


@performs(FillBoxes)
def fill_boxes(unit: Unit, order: FillBoxes) -> tuple[Seen, ...]:
    unit.require(Right.KEEP_STOCK)
    if order.round not in {one.key for one in rounds()}:
        raise Refusal("没有这个班次。", field="round")
    residents = list(order.residents)
    wanted = wanted_items(unit, residents, order.day, order.round)
    standing = boxes_of(unit, residents, order.day)
    filled = []
    for resident in residents:
        items = wanted.get(resident, [])
        before = standing.get((resident, order.round))
        if not items:
            if len(residents) == 1:
                refuse_unreconciled(unit, residents[0], [order.day], order.round)
                raise Refusal("这一班没有要摆进药盒的药。")
            continue
        if before is not None and same_items(before.items["items"], items):
            continue
        filled.append(_fill(unit, resident, order, items, before))
    if not filled and len(residents) == 1:
        raise Refusal("这个药盒已经摆好，医嘱没有变化。")
    return tuple(filled)


def _fill(unit: Unit, resident: UUID, order: FillBoxes, items: list[Item], before: Dispense | None) -> Seen:
    """A new box, or the next filling of one whose orders changed: whoever checked it before did not check this."""
    if before is not None:
        change = {"items": {"items": items}, "second": None, "second_at": None, "at": unit.now}
        fresh = next_revision(unit, before, "重摆", change)
        return Seen(fresh.rid, fresh.revision)
    rid = named(
        unit.settings.institution_id, "box", str(resident), order.day.isoformat(), order.round, unit.station
    )
    last = unit.session.scalar(select(Dispense).where(Dispense.rid == rid, Dispense.current))
    if last is not None:  # it was taken apart before
        again: dict[str, Any] = {"items": {"items": items}, "second": None, "second_at": None, "at": unit.now}
        fresh = next_revision(unit, last, "重摆", {**again, "state": "signed"})
        return Seen(fresh.rid, fresh.revision)
    row = Dispense(
        **unit.stamp(rid=rid),
        revision=1,
        resident=resident,
        what=BOX,
        service_date=order.day,
        round=order.round,
        items={"items": items},
    )
    unit.session.add(row)
    return Seen(rid, 1)


@performs(CheckBoxes)
def check_boxes(unit: Unit, order: CheckBoxes) -> int:
    """How many were checked; refuses all of them where one was changed since, or was filled by the checker."""
    unit.require(Right.KEEP_STOCK)
    checker = _checker(unit, order.second)
    rows = [_standing(unit, seen) for seen in order.seen]
    names = author_names(unit)
    wanted: dict[tuple[date, str], dict[UUID, list[Item]]] = {}
    for row in rows:
        if filler_of(row) == checker.rid:
            text = f"药盒由{names.get(row.author, '本人')}摆的，请另一位核对。"
            raise Refusal(text, field="number")
        key = (row.service_date, row.round)
        if key not in wanted:
            wanted[key] = wanted_items(unit, [one.resident for one in rows], *key)
        if not same_items(row.items["items"], wanted[key].get(row.resident, [])):
            raise Refusal("有药盒摆好后医嘱变了，请先重摆。")
    checked = 0
    for row in rows:
        if row.second is None:
            next_revision(unit, row, "核对", {"second": checker.rid, "second_at": unit.now, **_kept(row)})
            checked += 1
    return checked


@performs(EmptyBox)
def empty_box(unit: Unit, order: EmptyBox) -> Seen:
    unit.require(Right.KEEP_STOCK)
    row = _standing(unit, order.seen)
    return retract(unit, row, order.why)


def refuse_unreconciled(
    reader: Reader, resident: UUID, days: Collection[date], which: str | None = None
) -> None:
    """Refuses to put anything out that nobody decided about after a hospital, and says which."""
    waiting = dict.fromkeys(
        held.order.words
        for held in derive(reader, [resident], sorted(days))
        if held.dose is None
        and held.unreconciled
        and (which is None or (held.state is DoseState.UNRECONCILED and _boxable(held, which)))
    )
    if waiting:
        raise Refusal(f"{'、'.join(waiting)} 待重整：老人住院返回后，医师决定以后才能摆药、发药。")


# what is to be in a box -----------------------------------------------------------------------------------------------


def wanted_items(
    reader: Reader, residents: Collection[UUID], day: date, which: str
) -> dict[UUID, list[Item]]:
    """What the box of each resident is to hold now; the lot from what expires first."""
    held = [one for one in derive(reader, residents, [day]) if _boxed(one, which)]
    kept = shelves(reader, Which({one.order.drug for one in held}, set(residents)))
    left = {key: one.shelf for key, one in kept.items()}
    found: dict[UUID, list[Item]] = defaultdict(list)
    for one in held:
        order = one.order
        amount = one.asked.amount or Decimal(0)
        pieces = pieces_of(order.facts, amount, order.dose_unit) or amount
        key = (order.drug, order.resident if order.own_supply else None)
        lot = ""
        if (shelf := left.get(key)) is not None:
            lot, left[key] = _first(shelf, pieces)
        found[order.resident].append(
            {
                "order": str(order.rid),
                "slot": one.slot.name,
                "words": order.words,
                "amount": amount_words(amount),
                "unit": order.dose_unit,
                "pieces": float(pieces),
                "piece": order.facts.get("unit", ""),
                "lot": lot,
            }
        )
    return found


def same_items(one: list[Item], other: list[Item]) -> bool:
    """Whether two boxes hold the same for the same times; lots may differ."""
    return sorted(map(_what, one)) == sorted(map(_what, other))


def boxes_of(reader: Reader, residents: Collection[UUID], day: date) -> dict[tuple[UUID, str], Dispense]:
    """The boxes that stand of a service date, by resident and round."""
    statement = select(Dispense).where(
        Dispense.service_date == day,
        Dispense.what == BOX,
        Dispense.resident.in_(list(residents)),
        Dispense.current,
        Dispense.state != "retracted",
        Dispense.station == reader.settings.station_number,
    )
    return {(row.resident, row.round): row for row in reader.session.scalars(statement)}


def filler_of(row: Dispense) -> UUID:
    """Who filled a box: a check is the next revision, by whoever checked at the desk."""
    kept = row.items.get("filler")
    return row.author if kept is None else UUID(kept)


def _kept(row: Dispense) -> dict[str, Any]:
    return {"items": {**row.items, "filler": str(filler_of(row))}}


def _boxed(held: Held, which: str) -> bool:
    """What was given already stays in its box: it was there when it was checked."""
    taken = held.dose is not None and held.asked.amount is not None
    return _boxable(held, which) and (taken or (held.state.blank and not held.unreconciled))


def _boxable(held: Held, which: str) -> bool:
    routes, units = boxed()
    if held.order.route not in routes or held.order.facts.get("unit") not in units:
        return False
    return round_of(held.slot.name).key == which and held.asked.amount != 0


def _first(shelf: Shelf, pieces: Decimal) -> tuple[str, Shelf]:
    lots = [lot for lot, _ in shelf.first_out(pieces) if lot]
    return "、".join(dict.fromkeys(lots)), shelf.take(pieces)


def _what(item: Item) -> tuple[str, str, str, str]:
    return (item["order"], item["slot"], item["amount"], item["unit"])


def _checker(unit: Unit, second: Proof | None) -> Actor:
    if second is None:
        return unit.actor
    person = proof.accept(unit, second)
    if not (person.may(Right.KEEP_STOCK) or person.may(Right.GIVE_MEDICINES)):
        raise Refusal(f"{person.name}没有“{Right.KEEP_STOCK.value}”的权限，不能核对。", field="number")
    return person


def _standing(unit: Unit, seen: Seen) -> Dispense:
    return standing_of(unit, Dispense, seen, "这个药盒", "撤掉")
