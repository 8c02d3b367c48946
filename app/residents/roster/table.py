"""The rows of a table file, one at a time: cells as they lie in the file, row numbers as the person sees them there."""

from __future__ import annotations

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from app.core.errors import Refusal
from app.residents.roster.detect import Detected, FileKind, detect
from app.residents.rules import EPOCH_1900, EPOCH_1904

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_ROWS = 200_000
MAX_COLUMNS = 500
_BROKEN = "表格内容已损坏，读不出来。请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。"


@dataclass(frozen=True)
class Uncalculated:
    """A formula whose result the file does not hold."""

    formula: str


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
    formulas: bool = False

    def rows(self) -> Iterator[TableRow]:
        """Every row with anything in it; refuses more than 200,000 rows and broken files."""
        read = _csv_rows(self) if self.detected.kind is FileKind.CSV else _sheet_rows(self)
        for number, cells in enumerate(read, 1):
            if number > MAX_ROWS + 10:
                raise Refusal(f"名册超过{MAX_ROWS}行，请分成几个文件导入。")
            if any(cell is not None and cell != "" for cell in cells):
                yield TableRow(number, tuple(cells[:MAX_COLUMNS]))


def open_table(path: Path) -> tuple[Table, ...]:
    """The sheets of a file in their order (a CSV file is one); hidden sheets are left out."""
    detected = detect(path)
    if detected.kind is FileKind.CSV:
        return (Table(path, detected),)
    book = _open_book(path, data_only=True)
    try:
        epoch = EPOCH_1904 if book.epoch.year == 1904 else EPOCH_1900
        names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    finally:
        book.close()
    if not names:
        raise Refusal("工作簿里没有可以读的工作表。")
    formulas = _holds_formulas(path)
    return tuple(Table(path, detected, name, epoch, formulas) for name in names)


def _csv_rows(table: Table) -> Iterator[list[str]]:
    with table.path.open(encoding=table.detected.encoding, newline="") as file:
        delimiter = _delimiter(file.read(65_536))
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            yield from reader
        except csv.Error:
            raise Refusal(f"第{reader.line_num}行附近的引号不成对，读不下去，请检查这一行。") from None


def _delimiter(sample: str) -> str:
    """The delimiter that parts most cells in the first lines (comma, tab, semicolon, bar or Chinese comma)."""
    lines = sample.splitlines()[:10]
    return max(",\t;|，", key=lambda mark: sum(line.count(mark) for line in lines))


def _open_book(path: Path, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # openpyxl warns of styles and extensions it leaves out; we want values only
        try:
            return load_workbook(path.open("rb"), read_only=True, data_only=data_only, keep_links=False)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, ParseError) as error:
            raise Refusal(_BROKEN) from error
        except (zipfile.BadZipFile, InvalidFileException, EOFError) as error:
            raise Refusal(_BROKEN) from error


def _sheet_rows(table: Table) -> Iterator[tuple[object, ...]]:
    values = _values(table, data_only=True)
    if not table.formulas:
        yield from values
        return
    for row, written in zip(values, _values(table, data_only=False), strict=True):
        yield tuple(
            Uncalculated(formula)
            if value is None and isinstance(formula, str) and formula[:1] == "="
            else value
            for value, formula in zip(row, written, strict=True)
        )


def _values(table: Table, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    book = _open_book(table.path, data_only=data_only)
    try:
        sheet = book[table.sheet]
        sheet.reset_dimensions()  # some exporters write a wrong size, and rows would be cut
        yield from sheet.iter_rows(values_only=True)
    except (KeyError, ValueError, TypeError, IndexError, ParseError, zipfile.BadZipFile, EOFError) as error:
        raise Refusal(_BROKEN) from error
    finally:
        book.close()


def _holds_formulas(path: Path) -> bool:
    """Whether any sheet has a formula at all; only then the file is read twice."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    tail = b""
                    while chunk := part.read(1 << 20):
                        if re.search(rb"<f[ >/]", tail + chunk):
                            return True
                        tail = chunk[-4:]
    return False
