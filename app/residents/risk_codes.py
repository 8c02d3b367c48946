"""The risks a resident may carry, from resources/codes: words, the word on a badge, its drawing, the goal of care."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app.core.resources import resource

HIGH = "high"
"""The graver of the two grades a risk may have; the other is `guard`, that it needs protection."""


@dataclass(frozen=True)
class RiskCode:
    """One risk. `sign` is the word on a badge, `goal` what care against it aims at."""

    code: str
    words: str
    sign: str
    icon: str
    goal: str = ""


@cache
def risk_codes() -> Mapping[str, RiskCode]:
    """`resources/codes/risks.toml` by code, in the order badges stand in."""
    read = tomllib.loads(resource("codes", "risks.toml").read_text(encoding="utf-8"))["entry"]
    return MappingProxyType({one["code"]: RiskCode(**one) for one in read})


def risk_code(code: str) -> RiskCode:
    """The entry of a code; one the list does not have is shown as it is."""
    return risk_codes().get(code) or RiskCode(code, code, code, "triangle-alert")


def risk_words(codes: Iterable[str], *, high: bool, most: int = 3) -> str:
    """跌倒高风险, 压疮、跌倒需防护, in the order of the list; of more than `most` the first, with 等."""
    known = tuple(risk_codes())
    ordered = sorted(codes, key=lambda code: known.index(code) if code in known else len(known))
    more = "等" if len(ordered) > most else ""
    return "、".join(risk_code(one).words for one in ordered[:most]) + more + ("高风险" if high else "需防护")


def badge_words(code: str, *, high: bool) -> str:
    """跌倒高风险, or 防跌倒 where it only needs protection."""
    word = risk_code(code).sign
    return f"{word}高风险" if high else f"防{word}"
