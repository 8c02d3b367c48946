"""A list of medicines as institutions keep it, read row by row: what each row says, or what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.core.errors import Refusal
from app.core.resources import resource
from app.medication.drugs.forms import DrugForm, form_said, form_within
from app.medication.drugs.reading import BARCODE
from app.medication.drugs.sizes import Size, read_size
from app.residents.roster.columns import HEADER_WITHIN
from app.residents.roster.headings import cell_of, fields_of, synonyms
from app.residents.roster.table import Table, open_table
from app.residents.rules import squeeze, tidy

_FILE = "drug_columns"
_FLAGS = {"high_alert": "高警示", "essential": "基本药物", "skin_test": "皮试"}
_TRADE = re.compile(r"[(（](.+?)[)）]$")


class _Unread(Exception):
    """Why a row says no medicine, in words."""


@dataclass(frozen=True)
class DrugRow:
    """One row. `name` without its form; `said`: what else of a medicine the row says, keys as in a drug file; `wrong`
    why it says none."""

    number: int
    shown: str
    name: str = ""
    form: DrugForm | None = None
    size: Size = Size()  # noqa: RUF009  # frozen, so one may be every row's
    said: Mapping[str, Any] = field(default_factory=dict)
    wrong: str = ""


@dataclass(frozen=True)
class DrugTable:
    """An opened list of medicines: the sheet, its heading row, where each field stands."""

    table: Table
    row: int
    fields: Mapping[str, int]

    def rows(self) -> Iterator[DrugRow]:
        """Every row below the headings that says anything in our columns, good or bad, in the file's order."""
        for row in self.table.rows():
            if row.number <= self.row:
                continue
            cells = {name: tidy(cell_of(row, place)) for name, place in self.fields.items()}
            if any(cells.values()):
                yield _row(row.number, cells)


def open_drug_table(path: Path) -> DrugTable:
    """Open a list of medicines; refuses files that are no table and tables without the headings."""
    for table in open_table(path):
        for row in takewhile(lambda row: row.number <= HEADER_WITHIN, table.rows()):
            fields = fields_of(row, synonyms(_FILE))
            if {"name", "size"} <= fields.keys():
                return DrugTable(table, row.number, MappingProxyType(fields))
    raise Refusal(
        f"前{HEADER_WITHIN}行里没有找到表头。表头要有“通用名”和“规格”，"
        "还可以有剂型、包装、商品名、条码、基药、储存等。"
    )


def bare_name(name: str) -> str:
    """A name without its salt, as a substance is looked for: 盐酸二甲双胍 → 二甲双胍."""
    salts = _words()["salts"]
    for salt in sorted(salts["before"], key=len, reverse=True):
        if name.startswith(salt) and len(name) > len(salt) + 1:
            name = name.removeprefix(salt)
            break
    for salt in salts["after"]:
        if name.endswith(salt) and len(name) > len(salt) + 2:
            return name.removesuffix(salt)
    return name


def _row(number: int, cells: Mapping[str, str]) -> DrugRow:
    shown = " ".join(part for part in (cells.get("name", ""), cells.get("size", "")) if part)
    try:
        name, form, trade = _name(cells)
        size = _size(cells)
        said = {**_others(cells), **({"trade": [trade]} if trade else {})}
    except _Unread as wrong:
        return DrugRow(number, shown, wrong=str(wrong))
    return DrugRow(number, shown, name, form, size, said)


def _name(cells: Mapping[str, str]) -> tuple[str, DrugForm | None, str]:
    """Name, form and trade name; the form may stand at the end of the name, the trade name in brackets behind it."""
    name = "".join(cells.get("name", "").split())
    if not name:
        raise _Unread("没有写通用名")
    trade = cells.get("trade", "")
    if (within := _TRADE.search(name)) is not None and not trade:
        trade = within[1]
    name = _TRADE.sub("", name)
    parted = form_within(name)
    said = cells.get("form", "")
    if not said:
        return (parted[0] if parted else name), (parted[1] if parted else None), trade
    form = form_said(squeeze(said))
    if form is None:
        raise _Unread(f"不认识的剂型“{said}”")
    if parted is None:
        return name, form, trade
    exact = (
        parted[1] if parted[1].words.endswith(form.words) else form
    )  # 缓释片 of the name over 片 of the column
    return parted[0], exact, trade


def _size(cells: Mapping[str, str]) -> Size:
    said = cells.get("size", "")
    size = read_size(said)
    if size is None:
        raise _Unread(f"读不出规格“{said}”，请写成 5mg*28片/盒 这样")
    pack = cells.get("pack", "")
    if not pack or size.pack:
        return size
    counted = read_size(f"*{pack}" if not pack.startswith("*") else pack)
    if counted is None or not counted.pack:
        raise _Unread(f"读不出包装“{pack}”，请写成 28片/盒 这样")
    unit = cells.get("pack_unit", "") or counted.pack_unit
    return Size(size.strength, size.strength_unit, size.words, counted.unit, counted.pack, unit)


def _others(cells: Mapping[str, str]) -> dict[str, Any]:
    """What the row says besides name, form and size."""
    said: dict[str, Any] = {}
    for key in ("trade", "barcodes"):
        if cells.get(key):
            said[key] = [part for part in re.split(r"[、,，;；\s]+", cells[key]) if part]
    for one in said.get("barcodes", ()):
        if BARCODE.fullmatch(one) is None:
            raise _Unread(f"条码“{one}”不是 8、12–14 或 20 位数字")
    for key, words in _FLAGS.items():
        if cells.get(key):
            said[key] = _yes(cells[key], words)
    for key, kinds in (("control", ("麻", "精一", "精二", "毒")), ("storage", ("fridge", "cool", "normal"))):
        if cells.get(key) and (kind := _kind(cells[key], kinds)):
            said[key] = kind
    if cells.get("atc"):
        said["atc"] = squeeze(cells["atc"]).upper()
    return {**said, **{key: cells[key] for key in ("inn", "note") if cells.get(key)}}


def _yes(said: str, words: str) -> bool:
    known = squeeze(said).lower()
    if known in _words()["words"]["yes"]:
        return True
    if known in _words()["words"]["no"]:
        return False
    raise _Unread(f"{words}“{said}”请写是或否")


def _kind(said: str, kinds: tuple[str, ...]) -> str:
    known = squeeze(said).lower()
    if known in _words()["words"]["no"]:
        return ""
    for kind in kinds:
        if any(known == squeeze(word).lower() for word in _words()["words"][kind]):
            return kind
    for kind in kinds:
        if any(squeeze(word).lower() in known for word in _words()["words"][kind] if len(word) > 1):
            return kind
    raise _Unread(f"不认识“{said}”")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("codes", f"{_FILE}.toml").read_text(encoding="utf-8"))
