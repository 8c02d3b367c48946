"""Headings of a table file: which column means which field, by synonyms kept as data in `resources/codes`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from app.core.errors import Refusal
from app.core.resources import resource
from app.residents.roster.table import TableRow
from app.residents.roster.values import cell_text
from app.residents.rules import squeeze


@cache
def synonyms(name: str) -> Mapping[str, str]:
    """From heading to field, by `resources/codes/<name>.toml`."""
    read = tomllib.loads(resource("codes", f"{name}.toml").read_text(encoding="utf-8"))["fields"]
    return MappingProxyType({heading_key(word): field for field, words in read.items() for word in words})


def heading_key(heading: str) -> str:
    """A heading as it is compared: without spaces, brackets, stars."""
    bare = re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", squeeze(heading).lower())
    return bare.strip("*:.、·")


def fields_of(row: TableRow, known: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands in a heading row; refuses two columns for one field."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        field = known.get(heading_key(cell_text(cell)))
        if field is None:
            continue
        if field in found:
            first = cell_text(row.cells[found[field]])
            raise Refusal(f"表头“{first}”和“{cell_text(cell)}”是同一个意思，请只留一列或改名。")
        found[field] = place
    return found


def cell_of(row: TableRow, place: int) -> str:
    """A cell as a person reads it; empty where the row is shorter."""
    return cell_text(row.cells[place]).strip() if place < len(row.cells) else ""
