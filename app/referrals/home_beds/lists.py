"""The lists of home beds: indications, endings, what is never done in one. resources/referrals/home_bed.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource


@dataclass(frozen=True)
class Forbidden:
    """`also`: other words for it."""

    words: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class HomeBedLists:
    """Days and months as in `terms` of the file."""

    indications: Mapping[str, str]
    forbidden: tuple[Forbidden, ...]
    endings: tuple[str, ...]
    outcomes: tuple[str, ...]
    most_months: int
    months: int
    visits_week: int
    most_visits: int
    grace_days: int
    remind_days: int


@cache
def lists() -> HomeBedLists:
    read = tomllib.loads(resource("referrals", "home_bed.toml").read_text("utf-8"))
    return HomeBedLists(
        indications={one["code"]: one["words"] for one in read["indication"]},
        forbidden=tuple(Forbidden(one["words"], tuple(one.get("also", ()))) for one in read["forbidden"]),
        endings=tuple(read["endings"]),
        outcomes=tuple(read["outcomes"]),
        **read["terms"],
    )


def forbidden_in(said: str) -> str:
    """What is never done in a home bed and yet named, in words; empty where nothing is."""
    return next(
        (one.words for one in lists().forbidden if any(word in said for word in (one.words, *one.also))), ""
    )


def indication_words(codes: list[str]) -> str:
    """`失能，需定期医疗护理；…`."""
    known = lists().indications
    return "；".join(known.get(code, code) for code in codes)
