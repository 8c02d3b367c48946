"""Classes of medicines: `resources/drugs/classes.toml` with the wider classes of each, and who is allergic to which."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.resources import resource


@dataclass(frozen=True)
class DrugClass:
    """One class. `duplicate`: two medicines of it are one treatment given twice; `allergens`: words of allergy that
    forbid it; `cross`: words that only warn."""

    key: str
    words: str
    within: tuple[str, ...] = ()
    duplicate: bool = False
    allergens: tuple[str, ...] = ()
    cross: tuple[str, ...] = ()


@cache
def classes() -> Mapping[str, DrugClass]:
    """Every class by key, in the order of the file."""
    return {
        key: DrugClass(
            key,
            one["words"],
            tuple(one.get("within", ())),
            one.get("duplicate", False),
            tuple(one.get("allergens", ())),
            tuple(one.get("cross", ())),
        )
        for key, one in _read()["classes"].items()
    }


@cache
def substances() -> Mapping[str, tuple[str, ...]]:
    """Words of allergy that mean single substances: the ingredients they are."""
    return {words: tuple(found) for words, found in _read()["substances"].items()}


def widened(keys: Iterable[str]) -> tuple[str, ...]:
    """The classes and every wider one they belong to, each once, the nearest first. LookupError for an unknown one."""
    found: list[str] = []
    queue = list(keys)
    while queue:
        key = queue.pop(0)
        if key not in found:
            found.append(key)
            queue.extend(classes()[key].within)
    return tuple(found)


def class_words(key: str) -> str:
    known = classes().get(key)
    return known.words if known is not None else key


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(resource("drugs", "classes.toml").read_text(encoding="utf-8"))
    return read
