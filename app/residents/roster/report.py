"""The rejected rows as a file: row, column, value and reason, then the row as it was, to be mended and read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core.errors import Trouble
from app.residents.roster.columns import Columns
from app.residents.roster.rows import RosterRow
from app.residents.roster.values import cell_text

HEADINGS = ("行号", "列名", "原值", "原因")


def write_report(path: Path, columns: Columns, rejected: Iterable[RosterRow]) -> None:
    """Write rejected rows as .xlsx, or as .csv with a BOM: one line a problem, the row's cells on its first line.

    Cells that a table program would run as a formula are made harmless. Reading the mended file back needs no changes
    to its layout: our four columns are passed over.
    """
    lines = _lines(columns, rejected)
    try:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(path, lines)
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([harmless(text) for text in line] for line in lines)
    except OSError as error:
        words = f"写不了文件“{path.name}”：{error.strerror or error}。"
        raise Trouble(words, remedy="请换一个文件夹，或关闭正在使用它的程序。") from error


def harmless(text: str) -> str:
    """A text no table program takes for a formula (it would run on the next reader's machine)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _lines(columns: Columns, rejected: Iterable[RosterRow]) -> Iterator[tuple[str, ...]]:
    names = tuple(columns.name_of(place) for place in range(len(columns.headings)))
    yield (*HEADINGS, *names)
    for row in rejected:
        cells = tuple(cell_text(cell) for cell in row.cells)
        for problem in row.problems:
            yield (str(problem.row), problem.column, problem.value, problem.reason, *cells)
            cells = ()


def _write_workbook(path: Path, lines: Iterable[tuple[str, ...]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("退回的行")
    for line in lines:
        cells = [WriteOnlyCell(sheet, value=_printable(text)) for text in line]
        for cell in cells:
            cell.data_type = "s"  # a text, even where it begins like a formula
        sheet.append(cells)
    book.save(path)


def _printable(text: str) -> str:
    """Without control characters, which a workbook cannot hold."""
    return "".join(mark for mark in text if ord(mark) >= 32 or mark in "\t\n\r")
