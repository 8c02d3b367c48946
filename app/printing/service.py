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
from app.printing.registry import SHEETS, SheetKind
from app.printing.sheet import Drawn


@dataclass(frozen=True)
class NotePrinted(Order[None]):
    """A sheet left the program, on paper or as a file; its SHA-256 stands in the audit chain.

    `about` is the kind of record `resident` names where a sheet concerns no resident.
    """

    sheet: str
    resident: UUID
    sha256: str
    about: str = "resident"


@dataclass(frozen=True)
class NoteAllPrinted(Order[None]):
    """As `NotePrinted`, for one file with the sheets of many residents."""

    sheet: str
    residents: tuple[UUID, ...]
    sha256: str
    about: str = "resident"


@performs(NotePrinted)
def note_printed(unit: Unit, order: NotePrinted) -> None:
    note_all_printed(unit, NoteAllPrinted(order.sheet, (order.resident,), order.sha256, order.about))


@performs(NoteAllPrinted)
def note_all_printed(unit: Unit, order: NoteAllPrinted) -> None:
    unit.require(Right.PRINT_RECORDS)
    for resident in order.residents:
        unit.note("print", order.about, resident, f"{order.sheet} sha256:{order.sha256}")


def sheet_called(name: str) -> SheetKind:
    """The sheet of a name; refuses an unknown one, naming those there are."""
    if name not in SHEETS:
        known = "、".join(f"{kind.name}（{kind.title}）" for kind in SHEETS.values())
        raise Refusal(f"没有“{name}”这种表单。现有：{known}。")
    return SHEETS[name]


def draw(desk: Desk, name: str, question: Question[Any]) -> Drawn:
    """Ask and draw, waiting here (15 to 300 ms): call it off the screen's thread."""
    return sheet_called(name).draw(desk.ask_now(question))


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
