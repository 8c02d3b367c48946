"""What an instrument asks besides its items (appendix A of GB/T 42195): sections, fields, choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.errors import Refusal

Fact = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""What one field of the information says: a text, the words of choices, or rows of texts."""

FIELD_KINDS = ("choice", "choices", "date", "number", "rows", "text")
"""The kinds of field a form may have; `Field.kind` is one of them."""


@dataclass(frozen=True)
class Choice:
    """One choice of a field, kept by its words. `asks` names a text it asks for, `alone` excludes the others,
    `counts` is the events it stands for (None where nothing is counted). Three things suggest it: `icd`, a range
    of ICD-10 codes; `said`, words of a diagnosis without code; `codes`, entries of the code list of the field."""

    words: str
    help: str = ""
    asks: str = ""
    alone: bool = False
    icd: str = ""
    said: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    counts: int | None = None


@dataclass(frozen=True)
class Field:
    """One field of the information (appendix A). `kind` is one of FIELD_KINDS;
    `known_from` is where the station knows it, `offered` the resident's coded value that suggests a choice;
    what `carries` is offered again in the next assessment."""

    code: str
    name: str
    kind: str
    choices: tuple[Choice, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    help: str = ""
    unit: str = ""
    low: int | None = None
    high: int | None = None
    known_from: str = ""
    required: bool = False
    carries: bool = False
    offered: str = ""

    def choice(self, words: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.words == words), None)

    def supplement(self, words: str) -> str:
        """The key under which the text asked for by a choice is kept."""
        return f"{self.code}/{words}"

    @property
    def label(self) -> str:
        return f"{self.group}：{self.name}" if self.group else self.name


@dataclass(frozen=True)
class Section:
    """A table of the information, such as 表A.2."""

    code: str
    title: str
    fields: tuple[Field, ...]


def fact_of(code: str, value: Any) -> Fact:
    """A fact from what a draft or record kept as JSON (lists become tuples); refuses any other shape."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        if all(isinstance(one, str) for one in value):
            return tuple(value)
        if all(isinstance(row, list | tuple) and all(isinstance(cell, str) for cell in row) for row in value):
            return tuple(tuple(row) for row in value)
    raise Refusal(f"{code}：填写的形式不对", field=code)


def spoken(said: Fact) -> tuple[str, ...]:
    """The words of a fact, whether one or several."""
    if isinstance(said, str):
        return (said,)
    return tuple(one for one in said if isinstance(one, str))
