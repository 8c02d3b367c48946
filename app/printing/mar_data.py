"""From the month grid to the 用药执行单: the same cells as on the screen, codes by letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.queries.month import MonthGrid, MonthSheet, month_grid
from app.medication.queries.month_cells import MonthCell, every_code
from app.medication.queries.month_orders import MonthLine, MonthOrder
from app.medication.rules.slots import DoseState
from app.printing.journal_sheet_data import whose
from app.printing.mar_sealing import month_code
from app.printing.sheets.mar import Mar, MarLine, MarOrder, Single
from app.printing.sheets.mar_grid import Gap, MarCell
from app.residents.forms import CARE_LEVELS
from app.residents.queries import Chart, ChartRow
from app.residents.queries.chart import chart
from app.residents.rules.stated import allergy_words


@dataclass(frozen=True)
class MarOf(Question[Mar]):
    """The sheet of the month that `first` lies in; `last` is its last day, as sheets of a month take it."""

    resident: UUID
    first: date | None = None
    last: date | None = None


@answers(MarOf)
def mar_of(reader: Reader, question: MarOf) -> Mar:
    reader.require(Right.PRINT_RECORDS)
    person = chart(reader, Chart(question.resident))
    sheet = month_grid(reader, MonthGrid(question.resident, question.first))
    gridded = [order for order in sheet.orders if not order.once]
    return Mar(
        whose=whose(reader, person),
        level=CARE_LEVELS.get(person.care_level, ""),
        doctor=person.doctor,
        diagnosis="、".join(one.words for one in person.diagnoses),
        allergies=allergies_said(person),
        number=f"MAR-{person.number}-{sheet.month:%Y%m}",
        seal=month_code(reader, question.resident, person.number, sheet.month),
        month=sheet.month,
        days=sheet.days,
        orders=tuple(_order(place, order) for place, order in enumerate(gridded, 1)),
        singles=tuple(
            Single(one.at, one.kind, one.words, one.why, one.doctor, one.who, one.second, one.effect)
            for one in sheet.prn
        ),
        when_needed=tuple(_needed(sheet)),
        people=sheet.people,
        codes=tuple((code.letter, code.words) for code in every_code()),
        rate=f"本月执行率 {sheet.rate.words}（{sheet.rate.given}/{sheet.rate.asked}）",
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def allergies_said(person: ChartRow) -> str:
    """On paper as on the screen: unknown is said as loudly as known."""
    known = [allergy_words(one.substance, one.reaction) for one in person.allergies if not one.none_known]
    if known:
        return "、".join(known)
    return "无已知过敏" if person.allergies else "不详"


def _order(place: int, order: MonthOrder) -> MarOrder:
    ending = order.ending
    begun = (
        f"{order.begins:%m-%d}起"
        if any(c.gap == "before" for line in order.lines for c in line.cells)
        else ""
    )
    waits = f"（{order.waits}）" if order.waits else ""
    return MarOrder(
        place=place,
        words=f"{order.words}{'（高警示）' if order.high_alert else ''}{waits}",
        usage=" ".join(part for part in (order.strength, *order.parts) if part),
        note=order.note,
        begun=begun,
        ended="" if ending is None else ending.words,
        over=order.over,
        lines=tuple(_line(line) for line in order.lines),
    )


def _line(line: MonthLine) -> MarLine:
    return MarLine(line.name, line.dose, tuple(_cell(cell) for cell in line.cells))


def _cell(cell: MonthCell) -> MarCell:
    if cell.state is None:
        gap: Gap = "before" if cell.gap == "before" else "after" if cell.gap == "after" else "none"
        return MarCell(gap=gap)
    marks = "".join(
        word
        for word, there in (
            ("部", cell.partial),
            ("迟", cell.late),
            ("重", cell.doubled),
            ("＊", cell.corrected),
            ("？", cell.state is DoseState.OVERDUE),
        )
        if there
    )
    return MarCell(
        signs=cell.signs,
        code=cell.code.letter if cell.code is not None else "",
        word=cell.word,
        marks=marks,
    )


def _needed(sheet: MonthSheet) -> Iterable[str]:
    """PRN orders with their limits: what the table below may hold."""
    for order in sheet.orders:
        if order.when_needed:
            ended = f"（{order.ending.short}）" if order.ending is not None else ""
            yield f"{order.words} {order.usage}{ended}"
