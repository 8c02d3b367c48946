"""Problems, aids and places of rehab: problems.toml (ICF), aids.toml, places.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.entry import ListEntry, by_code, read_list
from app.residents.vocabulary import MOST, Entry, find

COMPONENTS = {"b": "身体功能", "s": "身体结构", "d": "活动和参与", "e": "环境因素"}
"""The parts of the ICF by the letter its codes begin with."""


@dataclass(frozen=True)
class Problem:
    """A problem as the ICF has it: `b730` 肌肉力量功能."""

    code: str
    words: str
    also: tuple[str, ...] = ()

    @property
    def component(self) -> str:
        return self.code[0]


@dataclass(frozen=True)
class Aid:
    """An aid that is prescribed, lent and returned. `fit`: what is looked at when it is fitted; `skin`: the skin
    under it is looked at."""

    code: str
    words: str
    group: str
    fit: str = ""
    skin: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a session is held. `capacity`: how many residents at once, 0 for no limit."""

    code: str
    words: str
    capacity: int = 0


@cache
def problems() -> Mapping[str, Problem]:
    """By ICF code, in the order of the file."""
    return read_list("problems", build_problems)


@cache
def aids() -> Mapping[str, Aid]:
    """By code, in the order of the file."""
    return read_list("aids", build_aids)


@cache
def places() -> Mapping[str, Place]:
    """By code, in the order of the file."""
    return read_list("places", build_places)


def find_problems(typed: str, most: int = MOST) -> tuple[Problem, ...]:
    """Problems found by Chinese, pinyin, initials or ICF code, the nearest first."""
    return tuple(problems()[entry.code] for entry in find(_findable_problems(), typed, most))


def find_aids(typed: str, most: int = MOST) -> tuple[Aid, ...]:
    """Aids found by Chinese, pinyin or initials, the nearest first."""
    return tuple(aids()[entry.code] for entry in find(_findable_aids(), typed, most))


@cache
def _findable_problems() -> tuple[Entry, ...]:
    return tuple(Entry(one.words, one.also, one.code, one.component) for one in problems().values())


@cache
def _findable_aids() -> tuple[Entry, ...]:
    return tuple(Entry(one.words, one.also, one.code, one.group) for one in aids().values())


def build_problems(top: ListEntry) -> dict[str, Problem]:
    return by_code(top.tables("problem"), _problem)


def build_aids(top: ListEntry) -> dict[str, Aid]:
    return by_code(top.tables("aid"), _aid)


def build_places(top: ListEntry) -> dict[str, Place]:
    return by_code(top.tables("place"), _place)


def _problem(entry: ListEntry) -> Problem:
    code = entry.text("code")
    if code[0] not in COMPONENTS or not code[1:].isdigit() or not 3 <= len(code[1:]) <= 5:
        entry.refuse("code", "应是 b、s、d、e 加 3～5 位数字的 ICF 编码")
    return Problem(code, entry.text("words"), entry.texts_or_none("also"))


def _aid(entry: ListEntry) -> Aid:
    return Aid(
        entry.text("code"),
        entry.text("words"),
        entry.text("group"),
        entry.text("fit", ""),
        entry.flag("skin"),
        entry.texts_or_none("also"),
    )


def _place(entry: ListEntry) -> Place:
    return Place(entry.text("code"), entry.text("words"), entry.number_or_none("capacity", 1, 100) or 0)
