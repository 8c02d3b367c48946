"""What is in the cupboard: a row for each shelf with its balance, lots, how long it lasts and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.rules.amounts import pieces_words
from app.medication.rules.shelf import Lot, Shelf
from app.medication.rules.stock_alarms import Alarm, AlarmKind, Use, alarms, days_left
from app.medication.stock.balance import Kept, Key, Which, shelf_of, shelves
from app.medication.stock.keeping import CONTROLLED, words_of
from app.medication.stock.lists import warnings
from app.medication.stock.own import Agreement, agreements
from app.medication.stock.use import uses
from app.residents.queries.who import Named, named_residents
from app.residents.search_text import like_pattern
from db.models import ResidentSearch

_NOBODY = Named("", "")
NO_STOCK = Alarm(AlarmKind.MISSING, "未入库", "orange")
NO_AGREEMENT = "没有自备药协议"


@dataclass(frozen=True)
class StockRow:
    """One shelf. `days`: how long it lasts, None where nothing is used regularly; `note`: what an own supply lacks."""

    drug: str
    owner: UUID | None
    words: str
    unit: str
    name: str
    bed: str
    balance: Decimal
    days: int | None
    use: Use
    lots: tuple[Lot, ...]
    alarms: tuple[Alarm, ...]
    control: str
    storage: str
    high_alert: bool
    opened_days: int
    pack: int
    pack_unit: str
    note: str = ""

    @property
    def key(self) -> Key:
        return (self.drug, self.owner)

    @property
    def controlled(self) -> bool:
        """Whether two have to sign."""
        return self.control in CONTROLLED

    @property
    def balance_words(self) -> str:
        """`28 片`, `−2 片`."""
        sign = "−" if self.balance < 0 else ""
        return f"{sign}{pieces_words(abs(self.balance))} {self.unit}".strip()

    @property
    def first(self) -> Lot | None:
        """The lot that is to be used first."""
        return self.lots[0] if self.lots else None


@dataclass(frozen=True)
class Cupboard(Question[tuple[StockRow, ...]]):
    """Ward stock, or with `own` what residents brought. `alarmed`: only shelves something is wrong with."""

    own: bool = False
    search: str = ""
    alarmed: bool = False


@dataclass(frozen=True)
class OwnerSupply:
    """What one resident brought, and whether the family agreed."""

    resident: UUID
    name: str
    bed: str
    agreement: Agreement | None
    rows: tuple[StockRow, ...]


@dataclass(frozen=True)
class SupplyOf(Question[OwnerSupply]):
    """The own supply of one resident."""

    resident: UUID


@answers(Cupboard)
def cupboard(reader: Reader, question: Cupboard) -> tuple[StockRow, ...]:
    """In the order of names; with `own` by resident's bed. An own-supply order without anything received has a row."""
    reader.require(Right.KEEP_STOCK)
    which = Which(ward=not question.own, own=question.own)
    rows = rows_of(reader, which, expected=question.own)
    if question.search.strip():
        rows = _matching(reader, rows, question.search.strip())
    if question.alarmed:
        rows = [row for row in rows if row.alarms or row.note]
    return tuple(rows)


@answers(SupplyOf)
def supply_of(reader: Reader, question: SupplyOf) -> OwnerSupply:
    reader.require(Right.READ_RESIDENTS)
    who = named_residents(reader, [question.resident]).get(question.resident, _NOBODY)
    rows = rows_of(reader, Which(owners=[question.resident], ward=False), expected=True)
    mine = tuple(row for row in rows if row.owner == question.resident)
    agreement = agreements(reader, [question.resident]).get(question.resident)
    return OwnerSupply(question.resident, who.name, who.bed, agreement, mine)


def rows_of(reader: Reader, which: Which, *, expected: bool = False) -> list[StockRow]:
    """Shelves as rows; `expected`: those too that running orders take from though nothing ever came."""
    kept, used = shelves(reader, which), uses(reader, which.owners)
    listed = drug_list(reader.session)
    if expected:
        for key in used:
            if key[1] is not None and key not in kept:
                kept[key] = Kept(Shelf(), "")
    owners = {owner for _, owner in kept if owner is not None}
    names = named_residents(reader, owners)
    agreed = agreements(reader) if owners else {}
    rows = [
        _row(reader, key, one, used.get(key, Use()), (listed, _who(names, key[1]), agreed))
        for key, one in kept.items()
    ]
    shown = [row for row in rows if row.lots or row.balance or row.use.daily or row.alarms or row.owner]
    return sorted(shown, key=lambda row: (row.bed, row.name, row.words, row.drug))


def _who(names: Mapping[UUID, Named], owner: UUID | None) -> Named:
    return _NOBODY if owner is None else names.get(owner, _NOBODY)


def _row(
    reader: Reader,
    key: Key,
    kept: Kept,
    use: Use,
    known: tuple[DrugList, Named, Mapping[UUID, Agreement]],
) -> StockRow:
    listed, who, agreed = known
    drug, shelf = listed.get(key[0]), kept.shelf
    wrong = alarms(shelf, use, reader.today, warnings())
    if shelf.since is None:
        wrong = (NO_STOCK,)
    return StockRow(
        drug=key[0],
        owner=key[1],
        words=kept.words or (words_of(drug) if drug else key[0]),
        unit=drug.unit if drug else "",
        name=who.name,
        bed=who.bed,
        balance=shelf.balance,
        days=days_left(shelf.balance, use),
        use=use,
        lots=shelf.lots,
        alarms=wrong,
        control=drug.control if drug else "",
        storage=drug.storage if drug else "normal",
        high_alert=bool(drug and drug.high_alert),
        opened_days=drug.opened_days if drug else 0,
        pack=drug.pack if drug else 0,
        pack_unit=drug.pack_unit if drug else "",
        note=NO_AGREEMENT if key[1] is not None and key[1] not in agreed else "",
    )


def shelf_row(reader: Reader, drug: str, owner: UUID | None) -> StockRow:
    """One shelf as a row, also one nothing was ever put on."""
    rows = rows_of(reader, Which((drug,), (owner,) if owner else (), ward=owner is None))
    found = next((row for row in rows if row.key == (drug, owner)), None)
    if found is not None:
        return found
    who = named_residents(reader, [owner]).get(owner, _NOBODY) if owner else _NOBODY
    kept = Kept(shelf_of(reader, drug, owner), "")
    return _row(reader, (drug, owner), kept, Use(), (drug_list(reader.session), who, agreements(reader)))


def _matching(reader: Reader, rows: list[StockRow], typed: str) -> list[StockRow]:
    """By the medicine (name, pinyin, barcode), or by the resident it belongs to."""
    codes = {drug.code for drug in drug_list(reader.session).search.find(typed, 400)}
    pattern = like_pattern(typed)
    people = select(ResidentSearch.rid).where(ResidentSearch.text.like(pattern, escape="\\"))
    owners = set(reader.session.scalars(people)) if any(row.owner for row in rows) else set()
    return [row for row in rows if row.drug in codes or row.owner in owners or typed in row.words]
