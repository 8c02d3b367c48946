"""Printing as an act: the data asked for, the sheet drawn, and the paper noted in the audit chain."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from app.core.desk import Desk
from app.core.errors import Refusal, Trouble
from app.core.orders import Order, Question, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.printing.again import ACT, PrintedBefore, words_of_print
from app.printing.drawn import Drawn, Marks
from app.printing.registry import SHEETS, SheetKind


@dataclass(frozen=True)
class NotePrinted(Order[None]):
    """A sheet left the program, on paper or as a file; its SHA-256 stands in the audit chain.

    `about` is the kind of record `resident` names where a sheet concerns no resident. `marks`: of the pages in
    the file, so that the next ones like them say 补打.
    """

    sheet: str
    resident: UUID
    sha256: str
    about: str = "resident"
    marks: Marks = ()


@dataclass(frozen=True)
class NoteAllPrinted(Order[None]):
    """As `NotePrinted`, for one file with the sheets of many residents, whose marks stand in their order."""

    sheet: str
    residents: tuple[UUID, ...]
    sha256: str
    about: str = "resident"
    marks: tuple[Marks, ...] = ()


@performs(NotePrinted)
def note_printed(unit: Unit, order: NotePrinted) -> None:
    one = NoteAllPrinted(order.sheet, (order.resident,), order.sha256, order.about, (order.marks,))
    note_all_printed(unit, one)


@performs(NoteAllPrinted)
def note_all_printed(unit: Unit, order: NoteAllPrinted) -> None:
    unit.require(Right.PRINT_RECORDS)
    marks_of = dict(zip(order.residents, order.marks, strict=False))
    for resident in order.residents:
        marks = marks_of.get(resident, ())
        unit.note(ACT, order.about, resident, words_of_print(order.sheet, order.sha256, marks))


def sheet_called(name: str) -> SheetKind:
    """The sheet of a name, `_` as good as `-`; refuses an unknown one, naming those there are."""
    name = name.replace("_", "-")
    if name not in SHEETS:
        known = "、".join(f"{kind.name}（{kind.title}）" for kind in SHEETS.values())
        raise Refusal(f"没有“{name}”这种表单。现有：{known}。")
    return SHEETS[name]


def draw(desk: Desk, name: str, question: Question[Any], whose: UUID) -> Drawn:
    """Ask and draw, waiting here (15 to 300 ms): call it off the screen's thread."""
    return sheet_called(name).draw(desk.ask_now(question), desk.ask_now(PrintedBefore((whose,))))


def save(drawn: Drawn, path: Path) -> None:
    """Write the PDF whole or not at all."""
    write(drawn.pdf, path)


def write(content: bytes, path: Path) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(path.name + ".part")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise Trouble(
            f"文件没有写成：{path}", remedy="请检查文件夹、权限和磁盘空间，或换一个位置。"
        ) from error
