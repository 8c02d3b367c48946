"""Temperatures of the refrigerator and cupboards: read twice a day, an act whenever one is out of range."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import date_in, local
from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.rules.stores import COLDEST, HOTTEST, Store, read_degrees
from app.medication.stock.keeping import said
from app.medication.stock.lists import stores
from app.residents.stating import Seen
from app.residents.stating.revising import retract, standing_of
from db.models import StoreReading

BACK = 30
"""Days of readings a store shows."""


@dataclass(frozen=True)
class RecordReading(Order[UUID]):
    """What the thermometer shows; `act`: what was done about it, needed when it is out of range."""

    store: str
    celsius: str
    humidity: str = ""
    act: str = ""


@dataclass(frozen=True)
class RetractReading(Order[Seen]):
    """A reading was an error; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class ReadingRow:
    """One reading; `wrong`: what of it is out of range."""

    seen: Seen
    store: str
    at: datetime
    celsius: str
    humidity: str
    wrong: str
    act: str
    who: str


@dataclass(frozen=True)
class StoreRow:
    """A store with its readings, the newest first; `due`: times of today nobody has read it at."""

    store: Store
    due: tuple[str, ...]
    readings: tuple[ReadingRow, ...]

    @property
    def last(self) -> ReadingRow | None:
        return self.readings[0] if self.readings else None


@dataclass(frozen=True)
class StoreBoard(Question[tuple[StoreRow, ...]]):
    """Every store with the readings of the last month."""


@performs(RecordReading)
def record_reading(unit: Unit, order: RecordReading) -> UUID:
    unit.require(Right.KEEP_STOCK)
    store = stores().get(order.store)
    if store is None:
        raise Refusal("没有这个药柜。", field="store")
    celsius = read_degrees(order.celsius)
    if celsius is None:
        raise Refusal("温度请写数字，如 4.5 或 -1。", field="celsius")
    if not COLDEST <= celsius <= HOTTEST:
        raise Refusal("这个温度不可能，请核对温度计。", field="celsius")
    humidity = _humidity(store, order.humidity)
    act = said(order.act, "act")
    if (wrong := store.wrong(celsius, humidity)) and not act:
        raise Refusal(f"{wrong}（应为 {store.limits}），请写明处理。", field="act")
    row = StoreReading(
        **unit.stamp(), revision=1, store=store.key, celsius=celsius, humidity=humidity, act=act
    )
    unit.session.add(row)
    return row.rid


@performs(RetractReading)
def retract_reading(unit: Unit, order: RetractReading) -> Seen:
    """By whoever wrote it, or who may correct others' records."""
    unit.require(Right.KEEP_STOCK)
    row = standing_of(unit, StoreReading, order.seen, "这条记录")
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)
    return retract(unit, row, order.why)


@answers(StoreBoard)
def store_board(reader: Reader, question: StoreBoard) -> tuple[StoreRow, ...]:
    del question
    reader.require(Right.KEEP_STOCK)
    names, zone = author_names(reader), reader.settings.zone
    found: dict[str, list[ReadingRow]] = defaultdict(list)
    statement = (
        select(StoreReading)
        .where(StoreReading.current, StoreReading.state != "retracted")
        .where(StoreReading.at >= reader.now - timedelta(days=BACK))
        .order_by(StoreReading.at.desc())
    )
    for row in reader.session.scalars(statement):
        if (store := stores().get(row.store)) is not None:
            found[row.store].append(_row(row, store, names.get(row.author, "别的站点")))
    clock = f"{local(zone, reader.now):%H:%M}"
    return tuple(
        StoreRow(store, store.due(clock, _today(reader, found[store.key])), tuple(found[store.key]))
        for store in stores().values()
    )


def _row(row: StoreReading, store: Store, who: str) -> ReadingRow:
    return ReadingRow(
        Seen(row.rid, row.revision),
        row.store,
        row.at,
        f"{row.celsius:g}",
        "" if row.humidity is None else f"{row.humidity:g}",
        store.wrong(row.celsius, row.humidity),
        row.act,
        who,
    )


def _today(reader: Reader, readings: list[ReadingRow]) -> tuple[str, ...]:
    zone = reader.settings.zone
    return tuple(f"{local(zone, one.at):%H:%M}" for one in readings if date_in(zone, one.at) == reader.today)


def _humidity(store: Store, typed: str) -> float | None:
    if not typed.strip():
        if store.humid:
            raise Refusal("请填写湿度。", field="humidity")
        return None
    humidity = read_degrees(typed)
    if humidity is None or not 0 <= humidity <= 100:
        raise Refusal("湿度请写 0 到 100 的数字。", field="humidity")
    return humidity
