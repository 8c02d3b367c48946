"""How rounds are planned and what is offered while one is written down: resources/referrals/rounds.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource
from app.residents.rules.windows import read_time


@dataclass(frozen=True)
class RoundLists:
    """`minute`: of the day a round is planned for; days as in the file; `offers` by field."""

    minute: int
    ahead: int
    back: int
    remind: int
    changes: int
    offers: Mapping[str, tuple[str, ...]]


@cache
def lists() -> RoundLists:
    read = tomllib.loads(resource("referrals", "rounds.toml").read_text("utf-8"))
    said = read["planning"]
    return RoundLists(
        minute=read_time(said["time"]),
        ahead=said["ahead"],
        back=said["back"],
        remind=said["remind"],
        changes=said["changes"],
        offers={field: tuple(words) for field, words in read["offers"].items()},
    )
