"""A roster as a whole: the sheet that has headings, and its people one row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path

from app.core.errors import Refusal
from app.residents.roster.columns import HEADER_WITHIN, Columns, find_columns
from app.residents.roster.person import read_row
from app.residents.roster.rows import RosterRow
from app.residents.roster.table import Table, open_table


@dataclass(frozen=True)
class Roster:
    """An opened roster. `unread` names sheets of the workbook that have rows but were not read."""

    table: Table
    columns: Columns
    unread: tuple[str, ...] = ()

    def people(self, today: date) -> Iterator[RosterRow]:
        """Every row below the headings that holds a person, good or bad, in the file's order."""
        for row in self.table.rows():
            if row.number > self.columns.row and (person := read_row(row, self.columns, self.table, today)):
                yield person

    def count(self) -> int:
        """Rows below the headings, for progress; reads the file once, without judging it."""
        return sum(1 for row in self.table.rows() if row.number > self.columns.row)


def open_roster(path: Path) -> Roster:
    """Open a roster; refuses files that are no table, tables without headings, headings that say one thing twice."""
    tables = open_table(path)
    for place, table in enumerate(tables):
        columns = find_columns(takewhile(lambda row: row.number <= HEADER_WITHIN, table.rows()))
        if columns is not None:
            return Roster(
                table, columns, tuple(other.sheet for other in tables[place + 1 :] if _has_rows(other))
            )
    raise Refusal(
        f"前{HEADER_WITHIN}行里没有找到表头。表头要有“姓名”，以及性别、出生日期、身份证号等列名中的至少一个。"
    )


def _has_rows(table: Table) -> bool:
    return next(table.rows(), None) is not None
