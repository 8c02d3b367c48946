"""What figures there are and what each counts: resources/referrals/figures.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource
from app.referrals.rules.figures import Measure


@dataclass(frozen=True)
class GroupKind:
    """Figures that count alike; `definition` says what and of how many."""

    code: str
    section: str
    words: str
    icon: str
    definition: str


@dataclass(frozen=True)
class FigureLists:
    """`least`: with fewer cases a share is not told in per cent."""

    title: str
    sections: Mapping[str, str]
    groups: Mapping[str, GroupKind]
    least: int

    def measure(self, unit: str) -> Measure:
        return Measure(unit, self.least)


@cache
def lists() -> FigureLists:
    read = tomllib.loads(resource("referrals", "figures.toml").read_text("utf-8"))
    return FigureLists(
        read["title"],
        {one["code"]: one["words"] for one in read["section"]},
        {one["code"]: GroupKind(**one) for one in read["group"]},
        read["least"],
    )
