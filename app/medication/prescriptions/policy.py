"""The rules of prescriptions as the institution has them: resources/medication/prescriptions.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from app.core.resources import resource


@dataclass(frozen=True)
class LongPolicy:
    """`antimicrobials`, `title_check`: refuse, or reason; `special_storage`: refuse, warn or ignore."""

    usual_weeks: int
    longest_weeks: int
    remind: timedelta
    controls: frozenset[str]
    antimicrobials: str
    special_storage: str
    first_titles: tuple[str, ...]
    title_check: str


@dataclass(frozen=True)
class FreePolicy:
    """Of free basic medicines. `diseases`: words → prefixes of ICD-10; `entitlements`: key of the journal → words.

    Where a diagnosis has no code: `words` of each disease stand in it, and none of `others`.
    """

    diseases: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]
    others: tuple[str, ...]
    entitlements: Mapping[str, str]
    groups: frozenset[str]


@cache
def long_policy() -> LongPolicy:
    said = _read()["long"]
    return LongPolicy(
        said["usual_weeks"],
        said["longest_weeks"],
        timedelta(days=said["remind_days"]),
        frozenset(said["controls"]),
        said["antimicrobials"],
        said["special_storage"],
        tuple(said["first_titles"]),
        said["first_title_check"],
    )


@cache
def most_items() -> int:
    """How many medicines one prescription may have."""
    return int(_read()["most_items"])


@cache
def extended_days() -> int:
    """The longest a hospital's prescription is continued at once."""
    return int(_read()["extended"]["longest_days"])


@cache
def free_policy() -> FreePolicy:
    said = _read()["free"]
    diseases = {words: tuple(prefixes) for words, prefixes in said["diseases"].items()}
    return FreePolicy(
        diseases,
        dict(said["words"]),
        tuple(said["others"]),
        dict(said["entitlements"]),
        frozenset(said["groups"]),
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(resource("medication", "prescriptions.toml").read_text("utf-8"))
