"""Tables of the medicine cupboard: what came and went, counts, disposals, and the temperature it was kept at.

They stay at the station: two stations do not share a cupboard.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Clinical
from db.models.medication import Dose, MedOrder

MOVES = (
    "receipt",
    "count",
    "shift_count",
    "disposal",
    "hand_back",
    "opened",
    "transfer",
    "empties",
    "issue",
)
_CURRENT = text("current = 1")


class StockMove(Clinical, Base):
    """One movement of one lot. `owner` is the resident whose medicine it is, empty for ward stock.

    `quantity` in base units, negative for what leaves; of a count the difference it found (`expected` is what should
    have been there). What giving takes is not written here: it is reckoned from the doses of this station, so that a
    retracted dose is back in the cupboard by itself. What was found at a count (`expected` and `quantity` together) is
    what was there then: doses of an earlier time, recorded when they may be, change nothing about it.
    """

    __tablename__ = "stock_move"
    __kind__: ClassVar[str] = "stock_move"
    drug: Mapped[str]
    words: Mapped[str]
    what: Mapped[str]
    quantity: Mapped[float]
    owner: Mapped[UUID | None] = mapped_column(ForeignKey("resident.rid"), default=None)
    lot: Mapped[str] = mapped_column(default="")
    expires: Mapped[date | None] = mapped_column(default=None)
    expected: Mapped[float | None] = mapped_column(default=None)
    opened_on: Mapped[date | None] = mapped_column(default=None)
    use_until: Mapped[date | None] = mapped_column(default=None)
    second: Mapped[UUID | None] = mapped_column(default=None)  # witness
    supplier: Mapped[str] = mapped_column(default="")
    photo: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    __table_args__ = (
        CheckConstraint(f"what in {MOVES!r}", name="what"),
        Index("ix_stock_move_drug", "drug", "owner", sqlite_where=_CURRENT),
        Index("ix_stock_move_owner", "owner", sqlite_where=_CURRENT),
    )


class StoreReading(Clinical, Base):
    """The temperature (℃) and humidity (%) of a refrigerator or cupboard at `at`, and what was done when it was off."""

    __tablename__ = "store_reading"
    __kind__: ClassVar[str] = "store_reading"
    store: Mapped[str]
    celsius: Mapped[float]
    humidity: Mapped[float | None] = mapped_column(default=None)
    act: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("ix_store_reading_store", "store", "at", sqlite_where=_CURRENT),)


class StockShelf(Base):
    """What is on each shelf, so that nobody adds up months of doses for a number; never written by hand.

    `lots` and `short` are as the last movement (`since`) left them, written with it; `left` is their sum less `short`,
    `expires` and `use_until` the first dates of any lot. `taken` by doses since is kept by triggers on `dose`, which
    also say when the row cannot know (`stale`): a dose of an earlier time, or of a named lot. `owner`: zeros for the
    ward.
    """

    __tablename__ = "stock_shelf"
    drug: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[UUID] = mapped_column(primary_key=True)
    station: Mapped[str]
    since: Mapped[datetime]
    words: Mapped[str]
    lots: Mapped[dict[str, Any]]
    short: Mapped[float]
    left: Mapped[float]
    expires: Mapped[date | None]
    use_until: Mapped[date | None]
    taken: Mapped[float]
    stale: Mapped[bool]
    __table_args__ = ({"sqlite_with_rowid": False},)


Index("ix_dose_drug", Dose.drug, Dose.at, sqlite_where=_CURRENT)
Index(  # everything the use of stock is reckoned from: ten thousand orders without their long rows
    "ix_med_order_use",
    MedOrder.status, MedOrder.kind, MedOrder.ends, MedOrder.state, MedOrder.resident, MedOrder.drug,
    MedOrder.own_supply, MedOrder.rid, MedOrder.revision,
    sqlite_where=_CURRENT,
)  # fmt: skip
