"""The catalogue of vital signs, NEWS2's table, the rounds of a day: the files in resources/vitals as frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Any

from app.core.resources import resource
from app.residents.codes import CodeList, code_list
from app.vitals.rules.news2 import Response, Table
from app.vitals.rules.sign import Ask, Letter, Limits, Range, Sign


@dataclass(frozen=True)
class Round:
    """One round of a day; one that ends before it begins goes over midnight."""

    code: str
    words: str
    nominal: time
    begins: time
    ends: time


@dataclass(frozen=True)
class Caution:
    """A diagnosis beside which a score is read with care; `short` stands beside the badge."""

    icd: tuple[str, ...]
    words: tuple[str, ...]
    short: str
    say: str


@cache
def signs() -> tuple[Sign, ...]:
    """Every sign, in the order of the file."""
    read = _read("signs")
    asks = {
        key: Ask(key, one["words"], tuple((choice[0], choice[1]) for choice in one["choices"]))
        for key, one in read["ask"].items()
    }
    return tuple(_sign(one, asks, int(read["elder_from"])) for one in read["sign"])


@cache
def _by_code() -> Mapping[str, Sign]:
    return {sign.code: sign for sign in signs()}


def sign_of(code: str) -> Sign:
    """The sign of a code; LookupError for one that is none."""
    return _by_code()[code]


def is_sign(code: str) -> bool:
    return code in _by_code()


@cache
def not_measured() -> CodeList:
    """Why nothing was measured."""
    return code_list("not_measured")


@cache
def round_columns() -> tuple[str, ...]:
    """What a round asks, in order."""
    return tuple(_read("rounds")["columns"])


@cache
def basics() -> tuple[str, ...]:
    """What is asked of everybody in a round."""
    return tuple(_read("rounds")["basics"])


@cache
def late_after_minutes() -> int:
    """Entered so many minutes after it was measured, a value is marked 补录."""
    return int(_read("rounds")["late_after_minutes"])


@cache
def rounds() -> tuple[Round, ...]:
    """The rounds of a day, in order."""
    return tuple(
        Round(
            one["code"],
            one["words"],
            *(time.fromisoformat(one[key]) for key in ("nominal", "begins", "ends")),
        )
        for one in _read("rounds")["round"]
    )


@cache
def news2_table() -> Table:
    """The scoring table of NEWS2."""
    read = _read("news2")
    bands = {
        key: tuple((float(start), int(points)) for start, points in rows)
        for key, rows in read["score"].items()
    }
    responses = tuple(
        Response(one.get("from"), one["risk"], one["words"], one["tone"], one["say"])
        for one in read["response"]
    )
    other = read["other"]
    return Table(bands, int(other["oxygen"]), int(other["not_alert"]), responses, int(read["from_age"]))


@cache
def scale2_limits() -> Mapping[str, float]:
    """The saturation's own limits of somebody on SpO₂ scale 2."""
    return {key: float(value) for key, value in _read("news2")["scale2"].items()}


@cache
def cautions() -> tuple[Caution, ...]:
    """Diagnoses beside which NEWS2 is read with care."""
    return tuple(
        Caution(tuple(one["icd"]), tuple(one["words"]), one["short"], one["say"])
        for one in _read("news2")["note"]
    )


def _sign(read: Mapping[str, Any], asks: Mapping[str, Ask], elder_from: int) -> Sign:
    limits = _limits(read, Limits())
    second = read.get("second")
    between = read.get("between")
    beyond = read.get("beyond")
    return Sign(
        code=read["code"],
        words=read["words"],
        short=read["short"],
        unit=read["unit"],
        ucum=read["ucum"],
        loinc=read["loinc"],
        decimals=int(read.get("decimals", 0)),
        limits=limits,
        ages=tuple((int(one["until"]), _limits(one, limits)) for one in read.get("child", ())),
        elder=(elder_from, _limits(read["elder"], limits)) if "elder" in read else None,
        first=read.get("first", ""),
        second_words=second["words"] if second else "",
        second=_limits(second, Limits()) if second else None,
        second_ages=tuple(
            (int(one["until"]), _limits(one["second"], _limits(second, Limits())))
            for one in read.get("child", ())
            if second and "second" in one
        ),
        second_loinc=second["loinc"] if second else "",
        between_words=between["words"] if between else "",
        between=_range(between["yellow"]) if between else None,
        letters=tuple(Letter(one["code"], one["words"], one["tone"]) for one in read.get("letters", ())),
        beyond=(beyond["low"], beyond["high"]) if beyond else None,
        change=read.get("change"),
        asks=tuple(asks[key] for key in read.get("ask", ())),
    )


def _limits(read: Mapping[str, Any], otherwise: Limits) -> Limits:
    """The ranges a table names; the others as they are otherwise."""

    def one(key: str, usual: Range | None) -> Range | None:
        return _range(read[key]) if key in read else usual

    return Limits(
        hard=one("hard", otherwise.hard),
        soft=one("soft", otherwise.soft),
        yellow=one("yellow", otherwise.yellow),
        red=one("red", otherwise.red),
    )


def _range(ends: list[float]) -> Range:
    return Range(float(ends[0]), float(ends[1]))


def _read(name: str) -> dict[str, Any]:
    path = resource("vitals", f"{name}.toml")
    read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return read
