"""The rows of a table file, one at a time: cells as they lie in the file, row numbers as the person sees them there."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import ParseError

from app.core.errors import Refusal
from app.residents.roster.detect import Detected, FileKind, detect
from app.residents.roster.workbook import Workbook
from app.residents.rules import EPOCH_1900

MAX_ROWS = 200_000
MAX_COLUMNS = 500
_DAMAGE = (
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    ParseError,
    zipfile.BadZipFile,
    EOFError,
    OverflowError,
)
_BROKEN = "表格内容已损坏，读不出来。请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。"


@dataclass(frozen=True)
class TableRow:
    """`number` counts from 1 as the table program shows it; cells are texts, numbers, dates, None or Uncalculated."""

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """One sheet of a file. `rows()` reads from the start each time; `epoch` is day zero of serial dates."""

    path: Path
    detected: Detected
    sheet: str = ""
    epoch: date = EPOCH_1900

    def rows(self) -> Iterator[TableRow]:
        """Every row with anything in it; refuses more than 200,000 rows and broken files."""
        count = 0
        for number, cells in _csv_rows(self) if self.detected.kind is FileKind.CSV else _sheet_rows(self):
            if any(cell is not None and cell != "" for cell in cells):
                count += 1
                if count > MAX_ROWS:
                    raise Refusal(f"名册超过{MAX_ROWS}行，请分成几个文件导入。")
                yield TableRow(number, tuple(cells[:MAX_COLUMNS]))


def open_table(path: Path) -> tuple[Table, ...]:
    """The sheets of a file in their order (a CSV file is one); hidden sheets are left out."""
    detected = detect(path)
    if detected.kind is FileKind.CSV:
        return (Table(path, detected),)
    book = _open(path)
    try:
        tables = tuple(Table(path, detected, name, book.epoch) for name in book.sheets)
    except _DAMAGE as error:
        raise Refusal(_BROKEN) from error
    finally:
        book.close()
    if not tables:
        raise Refusal("工作簿里没有可以读的工作表。")
    return tables


def _csv_rows(table: Table) -> Iterator[tuple[int, Sequence[object]]]:
    with table.path.open(encoding=table.detected.encoding, newline="") as file:
        delimiter = _delimiter(file.read(65_536))
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            yield from enumerate(reader, 1)
        except csv.Error:
            raise Refusal(f"第{reader.line_num}行附近的引号不成对，读不下去，请检查这一行。") from None


def _delimiter(sample: str) -> str:
    """The delimiter that parts most cells in the first lines (comma, tab, semicolon, bar or Chinese comma)."""
    lines = sample.splitlines()[:10]
    return max(",\t;|，", key=lambda mark: sum(line.count(mark) for line in lines))


def _sheet_rows(table: Table) -> Iterator[tuple[int, Sequence[object]]]:
    book = _open(table.path)
    try:
        yield from book.rows(book.sheets[table.sheet])
    except _DAMAGE as error:
        raise Refusal(_BROKEN) from error
    finally:
        book.close()


def _open(path: Path) -> Workbook:
    try:
        return Workbook(path)
    except _DAMAGE as error:
        raise Refusal(_BROKEN) from error
