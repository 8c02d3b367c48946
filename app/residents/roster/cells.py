"""The cells of one row by field: texts cleaned, numbers and dates as texts, formulas and errors as problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from app.residents.codes import code_list
from app.residents.roster.columns import Columns
from app.residents.roster.rows import Problem
from app.residents.roster.table import TableRow
from app.residents.roster.values import ERRORS, Uncalculated, cell_text
from app.residents.rules import Wrong, tidy

T = TypeVar("T")
_FORMULA = re.compile(r"=[A-Za-z(+\-]")


class Cells:
    """One row being read: hands out cells by field and collects what is wrong with them."""

    def __init__(self, row: TableRow, columns: Columns) -> None:
        self.row = row
        self.columns = columns
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.remarks: dict[str, str] = {}

    def raw(self, field: str) -> object:
        """The cell as it lies in the file; None where the row or the file has none, or a formula gave nothing."""
        place = self.columns.fields.get(field)
        if place is None or place >= len(self.row.cells):
            return None
        cell = self.row.cells[place]
        if isinstance(cell, str) and cell[:1] not in ("=", "#"):
            return cell
        if isinstance(cell, Uncalculated) or (isinstance(cell, str) and _FORMULA.match(cell)):
            self.problem(field, "单元格是公式，还没有算出结果；请改成数值，或在表格软件中打开保存一次")
            return None
        if isinstance(cell, str) and cell.strip() in ERRORS:
            self.problem(field, "单元格的公式出错了，请改成数值")
            return None
        return cell

    def text(self, field: str) -> str:
        return tidy(cell_text(self.raw(field)))

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """The field's value by a reader of `rules`; a `Wrong` becomes a problem and the row comes back."""
        said = self.text(field)
        if not said:
            return None
        try:
            return reader(said)
        except Wrong as wrong:
            self.problem(field, wrong.text)
            return None

    def coded(self, field: str, code_list_name: str) -> str:
        """The code of a word, or empty with a doubt and a remark where the list does not know the word."""
        said = self.text(field)
        code = _code(code_list_name, said) if said else ""
        if code is None:
            self.leave_out(field, f"不认识“{said}”，没有填入，已记入备注")
        return code or ""

    def leave_out(self, field: str, reason: str) -> None:
        """Keep what was written as a remark instead, and say so."""
        self.doubt(field, reason)
        self.remarks[self.columns.heading(field)] = self.text(field)

    def problem(self, field: str, reason: str) -> None:
        problem = Problem(self.row.number, self.columns.heading(field), self._shown(field), reason)
        if problem not in self.problems:
            self.problems.append(problem)

    def doubt(self, field: str, reason: str) -> None:
        self.doubts.append(Problem(self.row.number, self.columns.heading(field), self._shown(field), reason))

    def keep_the_rest(self) -> None:
        """Every cell without a field of ours becomes a remark under its column's name."""
        for place, cell in enumerate(self.row.cells):
            said = "" if place in self.columns.read else cell_text(cell)
            if said.strip():
                name = self.columns.name_of(place)
                self.remarks[name] = (
                    f"{self.remarks[name]}；{tidy(said)}" if name in self.remarks else tidy(said)
                )

    def _shown(self, field: str) -> str:
        place = self.columns.fields.get(field)
        return cell_text(self.row.cells[place]) if place is not None and place < len(self.row.cells) else ""


@lru_cache(maxsize=4096)
def _code(code_list_name: str, said: str) -> str | None:
    return code_list(code_list_name).find(said)
