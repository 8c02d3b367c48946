"""The lists of allergens and common diagnoses, found by Chinese words, pinyin, initials or ICD-10 code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.resources import resource
from app.residents.rules import Spoken, nearest
from app.residents.search_text import pinyin_of, search_query

MOST = 8
"""Entries offered at once: as many as are read at a glance."""


@dataclass(frozen=True)
class Entry:
    """One entry: the words that are kept, others it is found by, its ICD-10 code or (allergens) its group."""

    words: str
    others: tuple[str, ...] = ()
    code: str = ""
    group: str = ""


@cache
def allergens() -> tuple[Entry, ...]:
    """`resources/codes/allergens.toml`, drugs first."""
    groups = _read("allergens")["groups"]
    return tuple(
        Entry(line[0], tuple(line[1:]), group=group) for group, lines in groups.items() for line in lines
    )


@cache
def tellers() -> tuple[Entry, ...]:
    """Who or what an allergy is usually known from."""
    return tuple(Entry(words) for words in _read("allergens")["sources"]["words"])


@cache
def diseases() -> tuple[Entry, ...]:
    """`resources/codes/icd10.toml`, by code."""
    listed = _read("icd10")["diseases"]
    return tuple(Entry(names[0], tuple(names[1:]), code=code) for code, names in listed.items())


def find(entries: tuple[Entry, ...], typed: str, most: int = MOST) -> tuple[Entry, ...]:
    """The entries that fit what was typed, the nearest first."""
    return tuple(entries[place] for place in nearest(search_query(typed), _spoken(entries), most))


def entry_of(entries: tuple[Entry, ...], words: str) -> Entry | None:
    """The entry with these words, shown or other; None where the list does not know them."""
    meant = search_query(words)
    found = (entry for entry in entries if any(search_query(name) == meant for name in _names(entry)))
    return next(found, None)


@cache
def _spoken(entries: tuple[Entry, ...]) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(
            names=tuple(search_query(name) for name in _names(entry)),
            sounds=tuple(dict.fromkeys(sound for name in _names(entry) for sound in _sounds(name))),
            code=entry.code.lower(),
        )
        for entry in entries
    )


def _sounds(words: str) -> Iterator[str]:
    """Pinyin and initials of the words without punctuation, in the readings names are searched by."""
    yield from pinyin_of(re.sub(r"\W", "", words).lower())


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.words, *entry.others)


@cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(resource("codes", f"{name}.toml").read_text(encoding="utf-8"))
    return read
