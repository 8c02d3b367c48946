"""The book of one shelf: each movement and each dose with the balance after it; controlled medicines by two names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.rules.amounts import pieces_words
from app.medication.rules.shelf import NOTHING
from app.medication.stock.balance import COUNTS, OWN, exact
from app.medication.stock.issuing import ISSUE
from app.medication.stock.queries.cupboard import StockRow, shelf_row
from app.residents.queries.who import Named, named_residents
from app.residents.stating import Seen
from db.models import Dispense, Dose, StockMove

BACK = 90
"""Days a book shows unless asked otherwise."""
WHAT = {
    "receipt": "入库",
    "count": "盘点",
    "shift_count": "交接班清点",
    "disposal": "报损销毁",
    "hand_back": "退还家属",
    "opened": "开封",
    "transfer": "调拨",
    "empties": "空瓶废贴回收",
    "issue": "发药",
    "given": "给药",
}


@dataclass(frozen=True)
class LedgerLine:
    """One line. `change`: with its sign; `balance` after it; `who`, `second`: names; `about`: to or from whom, and why.

    `seen`: the movement, to retract it; of medicines handed over `issue` stands for it, that is all of them together.
    A dose has neither.
    """

    at: datetime
    what: str
    words: str
    change: Decimal
    balance: Decimal
    lot: str
    expires: date | None
    about: str
    who: str
    second: str
    seen: Seen | None = None
    issue: Seen | None = None
    photo: str = ""

    @property
    def change_words(self) -> str:
        """`+28`, `−1`; empty where nothing changed."""
        if not self.change:
            return ""
        return f"{'+' if self.change > 0 else '−'}{pieces_words(abs(self.change))}"


@dataclass(frozen=True)
class Ledger:
    """The book of one shelf, newest line first; `brought`: the balance before the oldest of them."""

    row: StockRow
    brought: Decimal
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True)
class MovesOf(Question[Ledger]):
    """The book of one shelf over so many days; of a controlled medicine it is the 专用账册."""

    drug: str
    owner: UUID | None = None
    days: int = BACK


@dataclass(frozen=True)
class _Names:
    staff: Mapping[UUID, str]
    residents: Mapping[UUID, Named]
    issues: Mapping[str, Seen]

    def of(self, rid: UUID | None) -> str:
        return "" if rid is None else self.staff.get(rid, "别的站点")

    def resident(self, rid: UUID) -> str:
        one = self.residents.get(rid)
        return "" if one is None else " ".join(part for part in (one.name, one.bed) if part)


@answers(MovesOf)
def moves_of_shelf(reader: Reader, question: MovesOf) -> Ledger:
    reader.require(Right.KEEP_STOCK)
    row = shelf_row(reader, question.drug, question.owner)
    since = hours_of(reader).moment(reader.today - timedelta(days=question.days), 0)
    moves = list(reader.session.scalars(_moves(question)))
    doses = list(reader.session.execute(_doses(reader, question, _begin(moves, since)))) if moves else []
    others = {UUID(one.content["other"]) for one in moves if len(one.content.get("other", "")) == 36}
    others |= {UUID(one.content["resident"]) for one in moves if one.content.get("resident")}
    people = {dose.resident for dose in doses} | others
    names = _Names(author_names(reader), named_residents(reader, people), _issues(reader, moves))
    entries = sorted([*moves, *doses], key=lambda one: (one.at, not isinstance(one, StockMove)))
    brought, lines = _balanced(_lines(entries, names), since)
    return Ledger(row, brought, tuple(reversed(lines)))


def _begin(moves: list[StockMove], since: datetime) -> datetime:
    """From when doses matter for the balance on the first line shown."""
    counts = [one.at for one in moves if one.what in COUNTS and one.at < since]
    return max(counts, default=moves[0].at)


def _balanced(lines: Iterator[LedgerLine], since: datetime) -> tuple[Decimal, list[LedgerLine]]:
    """The lines of the time that is shown, each with the balance after it, and the balance before them."""
    balance = brought = NOTHING
    shown: list[LedgerLine] = []
    for line in lines:
        balance = line.balance if line.what in COUNTS else balance + line.change
        if line.at >= since:
            shown.append(replace(line, balance=balance))
        else:
            brought = balance
    return brought, shown


def _issues(reader: Reader, moves: list[StockMove]) -> dict[str, Seen]:
    """What was handed over, by what its movements name."""
    pairs = {UUID(one.content["pair"]) for one in moves if one.what == ISSUE}
    if not pairs:
        return {}
    statement = select(Dispense.rid, Dispense.revision).where(Dispense.rid.in_(pairs), Dispense.current)
    return {str(rid): Seen(rid, revision) for rid, revision in reader.session.execute(statement)}


def _lines(entries: list[Any], names: _Names) -> Iterator[LedgerLine]:
    """Of a count the `balance` is what was found in all, of its lots together."""
    found: dict[str, Decimal] = {}
    for one in entries:
        if not isinstance(one, StockMove):
            yield LedgerLine(
                one.at, "given", WHAT["given"], -exact(one.pieces), NOTHING, one.lot, None,
                names.resident(one.resident), names.of(one.author), names.of(one.second),
            )  # fmt: skip
            continue
        counted = NOTHING
        if one.what in COUNTS:
            pair = one.content.get("pair", str(one.rid))
            found[pair] = found.get(pair, NOTHING) + exact((one.expected or 0) + one.quantity)
            counted = found[pair]
        yield LedgerLine(
            one.at, one.what, WHAT.get(one.what, one.what), exact(one.quantity), counted, one.lot, one.expires,
            _about(one, names), names.of(one.author), names.of(one.second),
            Seen(one.rid, one.revision), names.issues.get(one.content.get("pair", "")), one.photo,
        )  # fmt: skip


def _about(move: StockMove, names: _Names) -> str:
    content = move.content
    parts = [move.supplier]
    if move.what == "transfer":
        other = content.get("other", "")
        whose = "病区" if other == "ward" else names.resident(UUID(other))
        parts.append(f"调往{whose}" if move.quantity < 0 else f"来自{whose}")
    if receiver := content.get("receiver"):
        parts.append(f"交给{receiver}")
    if move.what == ISSUE and content.get("resident"):
        parts.append(names.resident(UUID(content["resident"])))
    if move.what == "opened" and move.use_until is not None:
        parts.append(f"用到 {move.use_until:%m-%d}")
    if empties := content.get("empties"):
        parts.append(f"{empties} 个")
    if move.what in COUNTS and move.expected is not None:
        parts.append(f"账面 {pieces_words(exact(move.expected))}" if move.expected >= 0 else "账面为负")
    parts += [content.get("shift", ""), move.note, content.get("way", "")]
    return "，".join(part for part in parts if part)


def _moves(question: MovesOf) -> Any:
    return (
        select(StockMove)
        .where(
            StockMove.drug == question.drug,
            StockMove.owner.is_not_distinct_from(question.owner),
            StockMove.current,
            StockMove.state != "retracted",
        )
        .order_by(StockMove.at, StockMove.recorded_at)
    )


def _doses(reader: Reader, question: MovesOf, begin: datetime) -> Any:
    owner = question.owner
    whose = Dose.supply != OWN if owner is None else and_(Dose.supply == OWN, Dose.resident == owner)
    return select(Dose.at, Dose.pieces, Dose.lot, Dose.resident, Dose.author, Dose.second).where(
        Dose.current,
        Dose.state != "retracted",
        Dose.station == reader.settings.station_number,
        Dose.pieces > 0,
        Dose.drug == question.drug,
        Dose.at >= begin,
        whose,
    )
