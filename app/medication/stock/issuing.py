"""发药: medicines handed over for some days, on leave or to who takes them alone; they leave the cupboard at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.derived import OrderFact, derive
from app.medication.facts import pieces_of
from app.medication.rules.amounts import amount_words, pieces_words
from app.medication.rules.shelf import NOTHING
from app.medication.stock.balance import renew, shelf_of
from app.medication.stock.boxes import refuse_unreconciled
from app.medication.stock.keeping import keep_move, keeper, said
from app.residents.stating import Seen
from app.residents.stating.revising import retract, standing_of
from db.models import Dispense, Resident, StockMove

ISSUE = "issue"
MOST_DAYS = 31


@dataclass(frozen=True)
class IssueMedicines(Order[UUID]):
    """All that running orders ask for from `begins` on, for so many days, was handed to somebody."""

    resident: UUID
    begins: date
    days: int
    receiver: str
    note: str = ""


@dataclass(frozen=True)
class RetractIssue(Order[Seen]):
    """It was an error: what was handed over is back in the cupboard."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class IssueLine:
    """One medicine of what is handed over: how it is taken, how much in all."""

    order: UUID
    words: str
    times: tuple[str, ...]
    pieces: Decimal
    unit: str

    @property
    def total(self) -> str:
        """`6 片`."""
        return f"{pieces_words(self.pieces)} {self.unit}"


@dataclass(frozen=True)
class IssuePreview(Question[tuple[IssueLine, ...]]):
    """What would be handed over."""

    resident: UUID
    begins: date
    days: int


@performs(IssueMedicines)
def issue_medicines(unit: Unit, order: IssueMedicines) -> UUID:
    """What is not in the books is handed over all the same, and shows as negative. Refuses what stands 待重整."""
    unit.require(Right.KEEP_STOCK)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。", field="resident")
    if not 1 <= order.days <= MOST_DAYS:
        raise Refusal(f"天数应在 1 到 {MOST_DAYS} 之间。", field="days")
    if order.begins < unit.today:
        raise Refusal("开始日期不能早于今天。", field="begins")
    receiver = said(order.receiver, "receiver", "请写明谁领取。")
    note = said(order.note, "note")
    dates = [order.begins + timedelta(days=step) for step in range(order.days)]
    refuse_unreconciled(unit, order.resident, dates)
    found = issued(unit, order.resident, order.begins, order.days)
    if not found:
        raise Refusal("这几天没有要发的药。", field="days")
    rid = unit.new_id()
    items = [_item(unit, fact, line, (str(rid), receiver)) for fact, line in found]
    row = Dispense(
        **unit.stamp(rid=rid),
        revision=1,
        resident=order.resident,
        what=ISSUE,
        service_date=order.begins,
        round="",
        items={"items": items},
        days=order.days,
        receiver=receiver,
        note=note,
    )
    unit.session.add(row)
    return rid


@performs(RetractIssue)
def retract_issue(unit: Unit, order: RetractIssue) -> Seen:
    """By whoever handed it over, or who may correct others' records."""
    unit.require(Right.KEEP_STOCK)
    row = standing_of(unit, Dispense, order.seen, "这次发药")
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)
    fresh = retract(unit, row, order.why)
    moves = select(StockMove).where(
        StockMove.what == ISSUE, StockMove.current, StockMove.at >= row.at - timedelta(minutes=1)
    )
    mine = [one for one in unit.session.scalars(moves) if one.content.get("pair") == str(row.rid)]
    for one in mine:
        retract(unit, one, order.why)
    renew(unit, {(one.drug, one.owner) for one in mine})
    return fresh


@answers(IssuePreview)
def issue_preview(reader: Reader, question: IssuePreview) -> tuple[IssueLine, ...]:
    reader.require(Right.KEEP_STOCK)
    if not 1 <= question.days <= MOST_DAYS:
        return ()
    return tuple(line for _, line in issued(reader, question.resident, question.begins, question.days))


def issued(reader: Reader, resident: UUID, begins: date, days: int) -> list[tuple[OrderFact, IssueLine]]:
    """Every running order with what it asks for over the days; injections are left to the nurses.

    What nobody decided about after a hospital is not handed out either.
    """
    dates = [begins + timedelta(days=step) for step in range(days)]
    totals: dict[UUID, Decimal] = defaultdict(lambda: NOTHING)
    times: dict[UUID, dict[str, None]] = defaultdict(dict)
    orders: dict[UUID, OrderFact] = {}
    for held in derive(reader, [resident], dates):
        order = held.order
        amount = held.asked.amount
        if held.dose is not None or amount is None or order.facts.get("injectable"):
            continue
        if held.unreconciled or not (held.state.blank or held.away):
            continue
        pieces = pieces_of(order.facts, amount, order.dose_unit)
        if pieces:
            orders[order.rid] = order
            totals[order.rid] += pieces
            times[order.rid][held.slot.name] = None
    return [
        (
            order,
            IssueLine(rid, order.words, tuple(times[rid]), totals[rid], str(order.facts.get("unit", ""))),
        )
        for rid, order in orders.items()
    ]


def _item(unit: Unit, fact: OrderFact, line: IssueLine, handed: tuple[str, str]) -> dict[str, Any]:
    """One medicine of what is handed over, with the lots it came from."""
    return {
        "order": str(fact.rid),
        "slot": "、".join(line.times),
        "words": line.words,
        "amount": amount_words(line.pieces),
        "unit": line.unit,
        "pieces": float(line.pieces),
        "lot": _take(unit, fact, line.pieces, *handed),
    }


def _take(unit: Unit, order: OrderFact, pieces: Decimal, pair: str, receiver: str) -> str:
    """Out of the shelf lot by lot; a shelf that was never kept stays unkept."""
    owner = order.resident if order.own_supply else None
    shelf = shelf_of(unit, order.drug, owner)
    if shelf.since is None:
        return ""
    drug = keeper(unit, order.drug, owner)
    parts = shelf.first_out(pieces)
    for lot, part in parts:
        expires = next((one.expires for one in shelf.lots if one.lot == lot), None)
        content = {"pair": pair, "receiver": receiver, "resident": str(order.resident)}
        keep_move(unit, drug, owner, ISSUE, -part, lot=lot, expires=expires, content=content)
    return "、".join(lot for lot, _ in parts if lot)
