"""What a version of a record says, field by field in words; labels, codes and their words are data."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from app.access.names import author_names
from app.assessments.shelf import instruments
from app.care.lists import why_words
from app.core.clock import local
from app.core.resources import resource
from app.core.unit import Reader
from app.journals.journal_file import journal_called
from app.journals.words import read_content, said
from app.residents.codes import code_list
from app.residents.queries.history_words import content_words
from db.models import Place

Said = dict[str, str]


@dataclass(frozen=True)
class Column:
    """How one column reads: its label, a code list, words of its own for codes, or the record it names."""

    label: str
    codes: str = ""
    words: Mapping[str, str] | None = None
    record: str = ""


@cache
def columns_of(kind: str) -> dict[str, Column]:
    """The readable columns of a kind; empty for one that has no table in the file."""
    read = tomllib.loads(resource("history", "columns.toml").read_text("utf-8"))
    found: dict[str, str | dict[str, Any]] = read.get(kind, {})
    return {name: Column(said) if isinstance(said, str) else Column(**said) for name, said in found.items()}


def reading(reader: Reader, kind: str, content: Mapping[str, Any]) -> Said:
    """The content of one version, label → words; what is empty says nothing."""
    if kind in OWN:
        return OWN[kind](reader, kind, content)
    return plainly(reader, kind, content)


def plainly(reader: Reader, kind: str, content: Mapping[str, Any]) -> Said:
    """As the table of labels says."""
    found = {
        column.label: _words(reader, column, content.get(name)) for name, column in columns_of(kind).items()
    }
    return {label: words for label, words in found.items() if words}


def _words(reader: Reader, column: Column, value: Any) -> str:
    if value is None or value == "":
        return ""
    if column.words is not None:
        return column.words.get(str(value), str(value))
    if column.codes:
        return code_list(column.codes).words(str(value))
    if column.record == "place":
        place = reader.session.get(Place, value if isinstance(value, UUID) else UUID(str(value)))
        return place.label if place is not None else ""
    if column.record == "staff":
        return author_names(reader).get(value if isinstance(value, UUID) else UUID(str(value)), "")
    return _plain(reader, value)


def _plain(reader: Reader, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{local(reader.settings.zone, value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        return "、".join(str(one) for one in value)
    return str(value)


def _register(reader: Reader, kind: str, content: Mapping[str, Any]) -> Said:
    return content_words(kind, content, author_names(reader))


def _entry(_reader: Reader, _kind: str, content: Mapping[str, Any]) -> Said:
    """An entry of a journal: the labels of the journal's own file, and the days it holds."""
    journal = journal_called(content["journal"])
    words = said(journal, read_content(content["content"]))
    found = {"记录": journal.title, **{field.label: words.get(field.key, "") for field in journal.fields}}
    for label, column in (("起", "begins"), ("止", "ends")):
        found[label] = "" if content.get(column) is None else str(content[column])
    return {label: value for label, value in found.items() if value}


def _doing(reader: Reader, kind: str, content: Mapping[str, Any]) -> Said:
    """What was done of a care task: the reason in its words."""
    return plainly(reader, kind, {**content, "why": why_words(content["why"])})


def _deferral(reader: Reader, kind: str, content: Mapping[str, Any]) -> Said:
    """A decision about a due assessment: the instrument by its name; without a day it does not apply."""
    code = str(content["instrument"])
    found = instruments(reader.session).get(code)
    said = plainly(reader, kind, {**content, "instrument": found.title if found is not None else code})
    return said if content.get("until") else {**said, "决定": "不再需要"}


OWN: dict[str, Callable[[Reader, str, Mapping[str, Any]], Said]] = {
    "resident": _register,
    "contact": _register,
    "entry": _entry,
    "care_doing": _doing,
    "assessment_deferral": _deferral,
}
"""Kinds whose subject says its contents itself."""
