"""A list of beds as institutions keep it, read row by row: which column says what, and what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from app.core.errors import Refusal
from app.residents.codes import code_list
from app.residents.roster.columns import HEADER_WITHIN
from app.residents.roster.headings import cell_of, fields_of, synonyms
from app.residents.roster.table import Table, open_table
from app.residents.rules import PlacePath, Wrong, read_bed_names, read_place, squeeze


@dataclass(frozen=True)
class PlanRow:
    """One row of the file: the beds it names, their type (empty: not said), or in `wrong` why it says none."""

    number: int
    said: str
    paths: tuple[PlacePath, ...]
    bed_type: str
    wrong: str = ""


@dataclass(frozen=True)
class Plan:
    """An opened list of beds: the sheet, its heading row, where each field stands."""

    table: Table
    row: int
    fields: Mapping[str, int]

    def rows(self) -> Iterator[PlanRow]:
        """Every row below the headings that says anything in our columns, good or bad, in the file's order."""
        for row in self.table.rows():
            if row.number <= self.row:
                continue
            cells = {field: cell_of(row, place) for field, place in self.fields.items()}
            if any(cells.values()):
                yield _read(row.number, cells)


def open_plan(path: Path) -> Plan:
    """Open a list of beds; refuses files that are no table and tables without the headings."""
    for table in open_table(path):
        for row in takewhile(lambda row: row.number <= HEADER_WITHIN, table.rows()):
            fields = fields_of(row, synonyms("place_columns"))
            if "bed" in fields or {"room", "count"} <= fields.keys():
                return Plan(table, row.number, MappingProxyType(fields))
    words = f"前{HEADER_WITHIN}行里没有找到表头。表头要有“床号”，或者“房间”和“床位数”，还可以有楼栋、楼层、床位类型。"
    raise Refusal(words)


def _read(number: int, cells: Mapping[str, str]) -> PlanRow:
    said = " ".join(part for part in cells.values() if part)
    building, floor, room = (cells.get(field, "") for field in ("building", "floor", "room"))
    try:
        bed_type = _type(cells.get("type", ""))
        beds = _beds(cells.get("bed", ""), cells.get("count", ""))
        paths = tuple(_path((building, floor, room), bed) for bed in beds)
    except Wrong as wrong:
        return PlanRow(number, said, (), "", wrong.text)
    return PlanRow(number, said, paths, bed_type)


def _beds(bed: str, count: str) -> tuple[str, ...]:
    """The beds of a row: a name, several (`1、2、3`), or as many as the room has."""
    if bed:
        return read_bed_names(bed) if re.search("[、,，;；~～]", bed) else (bed,)
    if not count:
        raise Wrong("没有写床号")
    if not re.fullmatch(r"\d{1,2}张?", squeeze(count)) or not int(squeeze(count).rstrip("张")):
        raise Wrong(f"床位数“{count}”不是 1 到 99 的数")
    return tuple(str(number) for number in range(1, int(squeeze(count).rstrip("张")) + 1))


def _path(above: tuple[str, str, str], bed: str) -> PlacePath:
    path = read_place(*above, bed)
    if path is None:
        raise Wrong(f"“{bed}”不能作床号")
    if not path.room and not path.floor:
        raise Wrong("没有写房间，也没有写楼层")
    return path


def _type(said: str) -> str:
    if not said:
        return ""
    found = code_list("bed_type").find(said)
    if found is None:
        known = "、".join(entry.words for entry in code_list("bed_type").entries)
        raise Wrong(f"不认识的床位类型“{said}”，可以写：{known}")
    return found
