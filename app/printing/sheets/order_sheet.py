"""医嘱单: the orders of one resident with who signed, checked, carried out and stopped them; cancelled ones in red."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.printing.sheet import MEASURE, Cell, Colour, Ink, Mark, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import SHADE
from app.printing.sheets.heading import Whose, person_words, title_table

LONG_TITLE, ONCE_TITLE = "长期医嘱单", "临时医嘱单"
RED: Colour = (0.78, 0.05, 0.05)
BLUE: Colour = (0.05, 0.2, 0.7)
_FACT = Ink("song", 10, 7)
_HEAD = Ink("song", 9, 7)
_TEXT = Ink("song", 9.5, 7)
_SMALL = Ink("song", 8, 6.5, gray=0.2)
_DATE, _TIME, _NAME = 43.0, 31.0, 43.0

Test = Literal["", "wanted", "negative", "positive"]
"""The skin test of an order: none, waited for, read as negative or positive."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order. `stopped` with its doctor and nurse, or `cancelled` in words; of one given once, who did and when.

    Times are the institution's local time. A missing signature is an empty line for wet ink.
    """

    at: datetime
    text: str
    note: str
    doctor: str
    nurse: str
    number: str
    test: Test = ""
    stopped: datetime | None = None
    stop_doctor: str = ""
    stop_nurse: str = ""
    why: str = ""
    cancelled: str = ""
    done: datetime | None = None
    done_by: str = ""
    unused: bool = False


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """Everything printed; `once`: those given once, else the long ones."""

    whose: Whose
    diagnosis: str
    allergies: str
    number: str
    once: bool
    orders: tuple[Ordered, ...]
    printed_at: datetime
    printed_by: str

    @property
    def title(self) -> str:
        return ONCE_TITLE if self.once else LONG_TITLE


def sheet(data: OrderSheet) -> Sheet:
    """As many pages as it needs; whose it is stands on each, pages are numbered."""
    return Sheet(
        title=f"{data.title} {data.whose.name}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=(title_table(data.whose.institution, data.title), Space(2), _table(data)),
    )


def _table(data: OrderSheet) -> Table:
    widths = _once_widths() if data.once else _long_widths()
    across = len(widths)
    about = Words(f"诊断：{data.diagnosis or '—'}", _FACT, lines=2)
    allergies = Words(f"药物过敏史：{data.allergies}", Ink("heavy", 10, 7), lines=2)
    rows = [
        Row((Cell(Words(person_words(data.whose), _FACT, lines=1), across=across, pad=3),), 20),
        Row((Cell(about, across=3, pad=3), Cell(allergies, across=across - 3, pad=3)), 20),
        *(_once_captions() if data.once else _long_captions()),
    ]
    header = len(rows)
    for place, one in enumerate(data.orders):
        new_day = place > 0 and data.orders[place - 1].at.date() != one.at.date()
        rows.append(_once_row(one, strong=new_day) if data.once else _long_row(one, strong=new_day))
    if not data.orders:
        rows.append(Row((Cell(Words(f"没有{data.title[:2]}医嘱。", _TEXT, "center"), across=across),), 30))
    return Table(widths, tuple(rows), header=header)


def _long_widths() -> tuple[float, ...]:
    rest = MEASURE - 2 * (_DATE + _TIME) - 4 * _NAME
    return (_DATE, _TIME, rest, _NAME, _NAME, _DATE, _TIME, _NAME, _NAME)


def _once_widths() -> tuple[float, ...]:
    rest = MEASURE - _DATE - 2 * _TIME - 3 * (_NAME + 6) - _DATE
    return (_DATE, _TIME, rest, _NAME + 6, _NAME + 6, _DATE, _TIME, _NAME + 6)


def _long_captions() -> tuple[Row, Row]:
    signed = (_caption("医师\n签名", down=2), _caption("护士\n签名", down=2))
    upper = (_caption("起始", 2), _caption("长期医嘱", down=2), *signed)
    lower = ("日期", "时间", "日期", "时间", "医师", "护士")
    return Row((*upper, _caption("停止", 4)), 17), Row(tuple(_caption(words) for words in lower), 17)


def _once_captions() -> tuple[Row, Row]:
    signed = (_caption("医师\n签名", down=2), _caption("核对\n护士", down=2))
    upper = (_caption("开立", 2), _caption("临时医嘱", down=2), *signed)
    lower = ("日期", "时间", "日期", "时间", "执行护士")
    return Row((*upper, _caption("执行", 3)), 17), Row(tuple(_caption(words) for words in lower), 17)


def _long_row(one: Ordered, *, strong: bool) -> Row:
    stop = one.stopped
    ended = (
        _day(stop) if stop else "",
        f"{stop:%H:%M}" if stop else "",
        one.stop_doctor,
        one.stop_nurse,
    )
    cells = (*_begun(one), *(_short(words) for words in (one.doctor, one.nurse, *ended)))
    return Row(cells, 24, strong=strong)


def _once_row(one: Ordered, *, strong: bool) -> Row:
    done = one.done
    when = (_day(done), f"{done:%H:%M}", one.done_by) if done else ("", "", "未用" if one.unused else "")
    return Row(
        (*_begun(one), *(_short(words) for words in (one.doctor, one.nurse, *when))), 24, strong=strong
    )


def _begun(one: Ordered) -> tuple[Cell, ...]:
    return (_short(_day(one.at)), _short(f"{one.at:%H:%M}"), Cell(_content(one), pad=3))


def _content(one: Ordered) -> Stack:
    """What was ordered stays readable, whatever became of it; 取消 in red with who wrote it."""
    marks: list[Mark] = [Words(one.text, _TEXT)]
    if one.test:
        red, blue = Ink("heavy", 9.5, 7, rgb=RED), Ink("heavy", 9.5, 7, rgb=BLUE)
        said = {"wanted": Words("皮试（　）", _TEXT), "negative": Words("皮试（－）", blue)}
        marks.append(said.get(one.test, Words("皮试（＋）", red)))
    if one.note:
        marks.append(Words(one.note, _SMALL))
    if one.cancelled:
        marks.append(Words(one.cancelled, Ink("heavy", 9.5, 7, rgb=RED)))
    elif one.why:
        marks.append(Words(one.why, _SMALL))
    return Stack(tuple(marks))


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at:%y-%m-%d}"


def _short(text: str) -> Cell:
    return Cell(Words(text, _TEXT, "center", lines=1), pad=1.5)


def _caption(text: str, across: int = 1, down: int = 1) -> Cell:
    lines = 1 + text.count("\n")
    return Cell(Words(text, _HEAD, "center", lines=lines), across=across, down=down, shade=SHADE, pad=1.5)
