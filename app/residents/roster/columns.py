"""Which heading of a roster means which field: synonyms are data, the unknown becomes a remark, doubt is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app.core.errors import Refusal
from app.core.resources import resource
from app.residents.roster.headings import heading_key
from app.residents.roster.table import TableRow

HEADER_WITHIN = 10
"""Rows from the top in which the headings may stand, below titles and dates of filling in."""
_CONTACT_FIELDS = ("contact_name", "contact_phone", "contact_relation", "contact_powers")


@dataclass(frozen=True)
class Columns:
    """Where each field stands. `headings` are as written in the file; what is not `read` becomes a remark."""

    row: int
    headings: tuple[str, ...]
    fields: Mapping[str, int]
    read: frozenset[int]
    places: frozenset[int]

    def heading(self, field: str) -> str:
        """The column's name as in the file, for a problem; ours where the file has no such column."""
        place = self.fields.get(field)
        return _synonyms()[1][field] if place is None else self.headings[place]

    def name_of(self, place: int) -> str:
        """A column's name as in the file, or its letter where it has none."""
        heading = self.headings[place] if place < len(self.headings) else ""
        return heading or f"{column_letter(place)}列"


def find_columns(rows: Iterable[TableRow]) -> Columns | None:
    """The heading row: of the first ten rows the one that names most fields, 姓名 among them; None without one.

    Refuses two columns for one field, naming both.
    """
    best: tuple[int, TableRow] | None = None
    for row in rows:
        if row.number > HEADER_WITHIN:
            break
        named = {field_of(cell) for cell in row.cells} - {None, "ignored"}
        if "name" in named and len(named) > (best[0] if best else 1):
            best = len(named), row
    return _columns(best[1]) if best else None


def field_of(heading: object) -> str | None:
    """The field a heading means, or None."""
    return _synonyms()[0].get(heading_key(str(heading))) if heading is not None else None


def column_letter(place: int) -> str:
    """0 → A, 26 → AA: how table programs name columns."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def _columns(row: TableRow) -> Columns:
    headings = tuple("" if cell is None else " ".join(str(cell).split()) for cell in row.cells)
    fields: dict[str, int] = {}
    read: set[int] = set()
    before = ""
    for place, heading in enumerate(headings):
        field = field_of(heading) or ""
        if field == "phone" and "phone" in fields and before in _CONTACT_FIELDS:
            field = "contact_phone"  # 联系人 and then 电话 once more: the second is the contact's
        if field in fields:
            _refuse_twice(headings, fields[field], place)
        if field:
            read.add(place)
        if field and field != "ignored":
            fields[field] = place
        before = field or before
    return Columns(
        row.number, headings, MappingProxyType(fields), frozenset(read), frozenset(fields.values())
    )


def _refuse_twice(headings: tuple[str, ...], first: int, second: int) -> None:
    one, two, a, b = headings[first], headings[second], column_letter(first), column_letter(second)
    if one == two:
        raise Refusal(f"表头“{one}”出现了两次（{a}列和{b}列），请只留一列或改名。")
    raise Refusal(f"表头“{one}”（{a}列）和“{two}”（{b}列）是同一个意思，请只留一列或改名。")


@cache
def _synonyms() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """From heading to field, and from field to our own name for it."""
    read = tomllib.loads(resource("codes", "roster_columns.toml").read_text(encoding="utf-8"))["fields"]
    meanings = {heading_key(word): field for field, words in read.items() for word in words}
    return MappingProxyType(meanings), MappingProxyType({field: words[0] for field, words in read.items()})
