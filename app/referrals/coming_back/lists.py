"""What a hospital owes us and what we owe who came back, as the institution has it: resources/referrals/return.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from app.core.resources import resource


@dataclass(frozen=True)
class Paper:
    """Something a hospital gives with who comes back. `field`: the text of the return that is the thing itself."""

    code: str
    label: str
    hint: str = ""
    field: str = ""


@dataclass(frozen=True)
class Item:
    """One part of the return assessment, and what in the chart proves that it was done. `says`: words one key may say
    instead; `first`: within the first hours."""

    code: str
    label: str
    place: str
    tab: str = ""
    first: bool = False
    vitals: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    orders: bool = False
    reconciliation: bool = False
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lists:
    """`before`: measured so long before the return counts; `begun`: a letter so long before the hospital still was for
    it; `every`: days between askings after the last fixed one."""

    papers: Mapping[str, Paper]
    items: Mapping[str, Item]
    ways: Mapping[str, str]
    before: timedelta
    unregistered: timedelta
    admitted: timedelta
    begun: timedelta
    every: int


@cache
def lists() -> Lists:
    read = tomllib.loads(resource("referrals", "return.toml").read_text("utf-8"))
    limits = read["limits"]
    return Lists(
        papers={one["code"]: Paper(**one) for one in read["paper"]},
        items={one["code"]: _item(one) for one in read["item"]},
        ways=read["ways"],
        before=timedelta(minutes=limits["before_minutes"]),
        unregistered=timedelta(days=limits["unregistered_days"]),
        admitted=timedelta(days=limits["admitted_days"]),
        begun=timedelta(days=limits["begun_days"]),
        every=limits["chase_every"],
    )


def _item(one: Mapping[str, Any]) -> Item:
    said: dict[str, Any] = {key: tuple(part) if isinstance(part, list) else part for key, part in one.items()}
    return Item(**said)
