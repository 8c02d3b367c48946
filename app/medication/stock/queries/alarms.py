"""How many shelves need somebody: a quick look over the whole house, for the number beside the place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.rules.stock_alarms import GRAVE, AlarmKind
from app.medication.stock.glance import glance


@dataclass(frozen=True)
class AlarmCount:
    """Shelves by what is wrong with them; `grave`: those somebody has to see to today."""

    by_kind: dict[AlarmKind, int]
    grave: int
    whole: int

    def of(self, kind: AlarmKind) -> int:
        return self.by_kind.get(kind, 0)


@dataclass(frozen=True)
class StockAlarms(Question[AlarmCount]):
    """What is wrong in the cupboard. A medicine the station keeps no stock of warns of nothing."""


@dataclass(frozen=True)
class CountStockAlarms(Question[int]):
    """How many shelves need somebody today."""


@answers(StockAlarms)
def stock_alarms(reader: Reader, question: StockAlarms) -> AlarmCount:
    del question
    reader.require(Right.READ_RESIDENTS)
    by_kind: Counter[AlarmKind] = Counter()
    grave = whole = 0
    for found in glance(reader).values():
        by_kind.update(found)
        whole += 1
        grave += found[0] in GRAVE
    return AlarmCount(dict(by_kind), grave, whole)


@answers(CountStockAlarms)
def count_stock_alarms(reader: Reader, question: CountStockAlarms) -> int:
    del question
    return stock_alarms(reader, StockAlarms()).grave
