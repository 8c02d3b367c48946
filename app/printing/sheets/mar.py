"""用药执行单 (MAR): the month of one resident, signs and ringed codes by day; single doses; keys; wet ink."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import BROAD, Cell, Code, Heading, Ink, Part, Row, Sheet, Space, Spread, Table, Words
from app.printing.sheets.heading import Whose
from app.printing.sheets.mar_grid import MarLine, MarOrder, grid_tables
from app.printing.sheets.mar_keys import key_table
from app.printing.sheets.mar_singles import Single, singles_table

__all__ = ["TITLE", "Mar", "MarLine", "MarOrder", "Single", "sheet"]

TITLE = "用药执行单"


@dataclass(frozen=True, slots=True)
class Mar:
    """Everything printed. `orders` stand in the grid, `singles` below it; `when_needed`: orders that wait for need.

    `people`: sign and name; `codes`: letter and words of every code; `seal`: what the code on it says, empty for none.
    """

    whose: Whose
    level: str
    doctor: str
    diagnosis: str
    allergies: str
    number: str
    seal: str
    month: date
    days: tuple[date, ...]
    orders: tuple[MarOrder, ...]
    singles: tuple[Single, ...]
    when_needed: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    rate: str
    printed_at: datetime
    printed_by: str


def sheet(data: Mar) -> Sheet:
    """The sheet as data: pages laid across; whose it is stands on each of them."""
    parts: list[Part] = [_head(data), Space(2)]
    for table in grid_tables(_about(data), data.days, data.orders):
        parts += [table, Space(8)]
    parts += [Heading("临时／必要时（PRN）用药记录"), singles_table(data.singles, data.when_needed), Space(8)]
    parts.append(key_table(data.people, data.codes, data.rate))
    return Sheet(
        title=f"{TITLE} {data.whose.name} {data.month:%Y年%m月}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
        across=True,
    )


def _head(data: Mar) -> Table:
    month = Words(f"{data.month.year} 年 {data.month.month} 月", Ink("song", 12), "right", lines=1)
    left = Words(data.whose.institution, Ink("song", 11.5, 8), lines=2)
    code = Cell(Code(data.seal, 42), pad=0) if data.seal else Cell(Words(""))
    cells = (
        Cell(left, pad=0),
        Cell(Spread(TITLE, Ink("heavy", 20, pitch=1.4), 190)),
        Cell(month, pad=6),
        code,
    )
    side = (BROAD - 250) / 2
    return Table((side, 250, side - 50, 50), (Row(cells, 52),), ruled=False)


def _about(data: Mar) -> tuple[str, str, str]:
    """Whose it is, the diagnoses, the allergies: on every page."""
    whose = data.whose
    facts = (
        f"姓名：{whose.name}",
        f"性别：{whose.sex}" if whose.sex else "",
        f"年龄：{whose.age}" if whose.age else "",
        f"床号：{whose.bed or '未安排床位'}",
        f"住养号：{whose.number}",
        f"护理等级：{data.level}" if data.level else "",
        f"主管医生：{data.doctor}" if data.doctor else "",
    )
    who = "　".join(fact for fact in facts if fact)
    return who, f"诊断：{data.diagnosis or '—'}", f"药物过敏史：{data.allergies}"
