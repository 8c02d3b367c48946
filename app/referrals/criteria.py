"""Criteria, belongings and flags of medicines as data: resources/referrals/criteria.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.resources import resource
from app.referrals.rules.conditions import (
    AlertCondition,
    Condition,
    DaysCondition,
    EventCondition,
    LostCondition,
    ScoreCondition,
    SignCondition,
    WoundCondition,
)
from app.referrals.rules.criteria import KINDS, Rule, Window


@dataclass(frozen=True)
class Down:
    """When a hospital may send somebody back 下转."""

    code: str
    words: str


@dataclass(frozen=True)
class Belonging:
    """Something that usually goes along; `when`: only for whom the chart says so."""

    words: str
    when: str = ""


@dataclass(frozen=True)
class FlagRule:
    """A flag of medicines: their classes, the word on the list; `stopped_hours`: how long after its last dose one
    that was stopped is told of, 0: as long as any other."""

    code: str
    words: str
    classes: tuple[str, ...]
    stopped_hours: int = 0


@dataclass(frozen=True)
class Book:
    """The whole file."""

    up: tuple[Rule, ...]
    down: tuple[Down, ...]
    belongings: tuple[Belonging, ...]
    flags: tuple[FlagRule, ...]
    stopped_hours: int

    @property
    def by_code(self) -> Mapping[str, Rule]:
        return {one.code: one for one in self.up}


@cache
def book() -> Book:
    read = tomllib.loads(resource("referrals", "criteria.toml").read_text("utf-8"))
    return Book(
        tuple(_rule(one) for one in read["up"]),
        tuple(Down(one["code"], one["words"]) for one in read["down"]),
        tuple(Belonging(**one) for one in read["belonging"]),
        tuple(FlagRule(**{**one, "classes": tuple(one["classes"])}) for one in read["flag"]),
        read["stopped"]["hours"],
    )


def cause_words(code: str) -> str:
    """The cause a referral is counted under, in words; one that is not in the file any more as it is."""
    rule = book().by_code.get(code)
    return code if rule is None else rule.title if rule.title != "血糖" else rule.words


def _rule(one: Mapping[str, Any]) -> Rule:
    """One criterion. KeyError, TypeError or ValueError for what nobody understands."""
    kept = {key: one[key] for key in one if key not in ("when", "windows", "confidence")}
    if one["kind"] not in KINDS or one["confidence"] not in ("V", "M", "U"):
        raise ValueError(f"criteria.toml: {one['code']}")
    when = one.get("when", [])
    tables = when if isinstance(when, list) else [when]
    windows = tuple(Window(**window) for window in one.get("windows", ()))
    return Rule(**kept, when=tuple(_condition(table) for table in tables), windows=windows)


def _condition(table: Mapping[str, Any]) -> Condition:
    if "score" in table or "single" in table:
        return ScoreCondition(table.get("score"), "single" in table, table.get("score_below"))
    if "sign" in table:
        return DaysCondition(**table) if "days" in table else SignCondition(**table)
    if "alert" in table:
        return AlertCondition()
    if "wound" in table:
        return WoundCondition(tuple(table["wound"]))
    if "lost" in table:
        return LostCondition(**table)
    said = {
        key: {name: tuple(words) for name, words in table[key].items()}
        for key in ("answers", "unless")
        if key in table
    }
    return EventCondition(
        tuple(table["events"]),
        harm=tuple(table.get("harm", ())),
        flag=table.get("flag", ""),
        asked=table.get("asked", False),
        **said,
    )
